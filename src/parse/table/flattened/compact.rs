//! Segmented text without its blanks, and where the blanks were.

use crate::base::span::Span;
use crate::parse::page::{LineRole, Page};
use crate::parse::text::is_blank;

/// A range of bytes of the compact text.
pub type ByteRange = (usize, usize);

/// The body text of a source without blanks and footnote marks.
#[derive(Debug, Clone, Default)]
pub struct Compact {
    /// The text.
    pub text: String,
    /// For each byte of the text, the offset of the source byte it came from.
    places: Vec<usize>,
    /// For each byte of the text, whether a blank stood before it.
    blanks: Vec<bool>,
    /// Offset of the source byte behind the last line.
    end: usize,
    /// Lines that are no text of the document, in order; marks alone on a line belong to the text before them.
    gaps: Vec<Span>,
}

impl Compact {
    /// The body lines of `page`, joined.
    #[must_use]
    pub fn new(page: &Page<'_>) -> Self {
        let mut compact = Self::default();
        for (line, role) in page.lines.lines.iter().zip(&page.roles) {
            match role {
                LineRole::Body => {
                    compact.append(&page.raw(line.span), line.span.start);
                    compact.end = line.span.end;
                }
                LineRole::MarkOnly => {}
                LineRole::Furniture | LineRole::TableHead | LineRole::Footnote(_) => compact.gaps.push(line.span),
            }
        }
        compact
    }

    fn append(&mut self, text: &str, start: usize) {
        let mut blank = true;
        for (offset, character) in text.char_indices() {
            if is_blank(character) {
                blank = true;
                continue;
            }
            self.text.push(character);
            for byte in 0..character.len_utf8() {
                self.places.push(start + offset + byte);
                self.blanks.push(blank && byte == 0);
            }
            blank = false;
        }
    }

    /// Whether a word begins at byte `at`: a blank stood before it, or the text ends there.
    #[must_use]
    pub fn begins_word(&self, at: usize) -> bool {
        at >= self.text.len() || self.blanks.get(at) == Some(&true)
    }

    /// The bytes at which a word begins, from `start` up to `end`.
    pub fn words(&self, start: usize, end: usize) -> impl Iterator<Item = usize> + '_ {
        (start..end.min(self.text.len())).filter(|at| self.begins_word(*at))
    }

    /// The word that ends at byte `at`.
    #[must_use]
    pub fn word_before(&self, at: usize) -> &str {
        let start = (0..at).rev().find(|start| self.begins_word(*start)).unwrap_or(0);
        &self.text[start..at]
    }

    /// The text from byte `start` up to `end`; nothing where a word reaches beyond `end`.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or("")
    }

    /// The source ranges of the text from byte `start` up to `end`, with the footnote marks behind it: one, but where
    /// lines that are no text of the document stand within.
    #[must_use]
    pub fn spans(&self, start: usize, end: usize) -> Vec<Span> {
        let whole = self.span(start, end);
        let first = self.gaps.partition_point(|gap| gap.end <= whole.start);
        let gaps = self.gaps[first..].iter().take_while(|gap| gap.start < whole.end);
        let (mut spans, mut at) = (Vec::new(), whole.start);
        for gap in gaps {
            spans.push(Span::new(at, gap.start));
            at = gap.end;
        }
        spans.push(Span::new(at, whole.end));
        spans.retain(|span| span.start < span.end);
        spans
    }

    /// The source range from the first byte of that text up to what follows it.
    fn span(&self, start: usize, end: usize) -> Span {
        let place = |at: usize| self.places.get(at).copied();
        match (place(start), place(end).unwrap_or(self.end)) {
            (Some(first), next) if end > start => Span::new(first, next),
            _ => Span::default(),
        }
    }
}
