//! The printed lines of a source: where they stand, how far apart, where a page begins.

use super::text::is_blank;
use crate::base::source::line_spans;
use crate::base::span::Span;

/// A line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its bytes without the blanks around them.
    pub span: Span,
    /// All its bytes but the line end.
    pub full: Span,
    /// Number of blank lines above it.
    pub gap: usize,
    /// Number of blanks before its first character.
    pub indent: usize,
    /// Whether a form feed stands before it.
    pub form_feed: bool,
}

/// A printed line has no more characters.
const LONGEST_PRINTED: usize = 250;

/// The lines of a source.
#[derive(Debug, Clone)]
pub struct Lines<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Its lines, blank ones left out.
    pub lines: Vec<Line>,
    /// The usual number of blank lines between two lines of one paragraph: 1 in PDF text that puts
    /// an empty line after each printed line, else 0.
    pub pitch: usize,
}

impl<'a> Lines<'a> {
    /// Finds the lines of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let lines = find(text);
        let pitch = pitch(text, &lines);
        Self { text, lines, pitch }
    }

    /// The text of `line`.
    #[must_use]
    pub fn text_of(&self, line: Line) -> &'a str {
        &self.text[line.span.start..line.span.end]
    }

    /// The line at `index`, if there is one.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Line> {
        self.lines.get(index).copied()
    }

    /// The text of the line at `index`, empty after the last.
    #[must_use]
    pub fn at(&self, index: usize) -> &'a str {
        self.get(index).map_or("", |line| self.text_of(line))
    }

    /// Whether the line at `index` begins a page: PDF text shows it by a form feed, or by an
    /// indented line that follows without the usual blank line.
    #[must_use]
    pub fn begins_page(&self, index: usize) -> bool {
        self.get(index).is_some_and(|line| line.form_feed || (line.gap < self.pitch && line.indent > 0))
    }

    /// Whether more than the usual distance lies above the line at `index`.
    #[must_use]
    pub fn after_gap(&self, index: usize) -> bool {
        self.get(index).is_some_and(|line| line.gap > self.pitch)
    }

    /// Whether the line at `index` follows the one above without the usual distance.
    #[must_use]
    pub fn is_tight(&self, index: usize) -> bool {
        index > 0 && self.get(index).is_some_and(|line| line.gap < self.pitch.max(1))
    }
}

fn find(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut gap = 0;
    let mut form_feed = false;
    for span in line_spans(text) {
        let content = &text[span.start..span.end];
        let head = content.trim_start_matches(is_blank);
        let tail = head.trim_end_matches(is_blank);
        let lead = content.len() - head.len();
        let breaks = |part: Option<&str>| part.is_some_and(|part| part.contains('\u{c}'));
        form_feed |= breaks(content.get(..lead));
        if tail.is_empty() {
            gap += 1;
            continue;
        }
        let start = span.start + lead;
        let indent = content.chars().count() - head.chars().count();
        lines.push(Line { span: Span::new(start, start + tail.len()), full: span, gap, indent, form_feed });
        (gap, form_feed) = (0, breaks(content.get(lead + tail.len()..)));
    }
    lines
}

/// Most lines stand apart in PDF text, and few of them end with a mark. Where most do, where a line is longer than any
/// printed one, or where lines say what they are, each is a paragraph of its own, and the blank lines part paragraphs.
fn pitch(text: &str, lines: &[Line]) -> usize {
    let text_of = |line: &Line| &text[line.span.start..line.span.end];
    let apart = lines.iter().skip(1).filter(|line| line.gap > 0).count();
    let complete = lines.iter().filter(|line| ends_with_mark(text_of(line))).count();
    let is_printed = |line: &Line| {
        let text = text_of(line);
        // Programs that tell where a page ends put no empty line after each line.
        text.chars().take(LONGEST_PRINTED + 1).count() <= LONGEST_PRINTED && !text.starts_with('⟦') && !line.form_feed
    };
    usize::from(apart * 5 >= lines.len() * 3 && complete * 2 <= lines.len() && lines.iter().all(is_printed))
}

/// Whether a line ends with a mark, or is a row of cells.
fn ends_with_mark(text: &str) -> bool {
    let marks = ['。', '；', '：', '！', '？', '”', '，', '）', '.', ';', ':', '!', '?', '"', ',', ')'];
    text.ends_with(marks) || text.contains('\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_apart_where_most_do_not_where_half_do() {
        let pitch = |text| pitch(text, &find(text));
        assert_eq!(pitch("a\n\nb\n\nc\nd\n\ne\n"), 1);
        assert_eq!(pitch("a\n\nb\nc\n\nd\n"), 0);
        assert_eq!(pitch("a\n\nb,\n\nc;\n\nd.\n"), 0);
        assert_eq!(pitch("a\n\nb\n\nc\n\n⟦1⟧\n"), 0);
    }
}
