//! Cleaned text that knows where every piece of it came from.

use crate::base::span::Span;
use serde::{Deserialize, Serialize};

/// A piece of cleaned text copied unchanged from the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Byte offset in the cleaned text.
    pub at: usize,
    /// The bytes of the source it was copied from.
    pub source: Span,
}

/// A reference to a footnote inside a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FootnoteMark {
    /// Byte offset in the cleaned text at which the mark stood.
    pub at: usize,
    /// The footnote's letter or number, lower case.
    pub label: String,
    /// The mark in the source.
    pub source: Span,
}

/// Text as a reader wants it, with the map back to the source.
///
/// Runs are in text order, cover the text but for characters put in by the reader (the line feed and
/// `- ` before a bullet), and never overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The cleaned text.
    pub text: String,
    /// Where it came from.
    pub runs: Vec<Run>,
    /// Footnote marks taken out of it.
    pub marks: Vec<FootnoteMark>,
}

impl Excerpt {
    /// Appends what stands in the source at `span`.
    pub fn push(&mut self, text: &str, span: Span) {
        let at = self.text.len();
        self.text.push_str(text);
        match self.runs.last_mut() {
            // What stands for a character of another length is a run of its own.
            Some(run)
                if run.source.end == span.start && run.at + run.source.len() == at && text.len() == span.len() =>
            {
                run.source.end = span.end;
            }
            _ => self.runs.push(Run { at, source: span }),
        }
    }

    /// Appends text that stands nowhere in the source.
    pub fn push_inserted(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Begins a line with the bullet that stands in the source at `span`, whatever its form.
    pub fn push_bullet(&mut self, span: Span) {
        self.push_inserted("\n");
        self.push("-", span);
        self.push_inserted(" ");
    }

    /// Appends all of `other`.
    pub fn append(&mut self, other: &Excerpt) {
        let offset = self.text.len();
        self.text.push_str(&other.text);
        self.runs.extend(other.runs.iter().map(|run| Run { at: run.at + offset, source: run.source }));
        self.marks.extend(other.marks.iter().map(|mark| FootnoteMark { at: mark.at + offset, ..mark.clone() }));
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The source ranges the text came from, in text order.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.runs.iter().map(|run| run.source)
    }

    /// The rest of the run that byte `at` of the text was copied with, from there on; the next run where it was put in.
    #[must_use]
    pub fn source_from(&self, at: usize) -> Option<Span> {
        let run = self.runs.get(self.runs.partition_point(|run| run.at + run.source.len() <= at))?;
        Some(Span::new(run.source.start + at.saturating_sub(run.at), run.source.end))
    }

    /// The source ranges the text came from, those joined between which only white space stands.
    #[must_use]
    pub fn joined_spans(&self, source: &str) -> Vec<Span> {
        let mut joined: Vec<Span> = Vec::new();
        for span in self.spans() {
            match joined.last_mut() {
                Some(last) if is_blank(source, last.end, span.start) => last.end = span.end,
                _ => joined.push(span),
            }
        }
        joined
    }
}

fn is_blank(source: &str, start: usize, end: usize) -> bool {
    source.get(start..end).is_some_and(|between| between.chars().all(char::is_whitespace))
}
