//! The lines at the foot of a page → its footnotes.

use super::join::{Part, label};
use super::line::{Line, Word};
use super::page::Page;
use super::paragraph::printed;
use std::collections::HashSet;

/// A footnote at the foot of a page.
#[derive(Debug, Clone)]
pub(super) struct Note {
    /// Its label, without brackets; none if it goes on from the page before.
    pub label: Option<String>,
    pub parts: Vec<Part>,
}

/// The footnotes in `lines`; `marks` are the labels that are referred to near them. A number that no mark has begins no
/// footnote, but a line.
pub(super) fn read(page: &Page, lines: &[Line], marks: &HashSet<String>) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    let left = lines.iter().map(Line::x0).fold(f32::MAX, f32::min);
    for line in lines {
        let labelled = labelled(line, marks).filter(|_| line.x0() < left + 3.0 * line.size);
        let (label, words) = match labelled {
            Some((label, count)) => (Some(label), &line.words[count..]),
            None => (None, line.words.as_slice()),
        };
        if label.is_some() || notes.is_empty() {
            notes.push(Note { label, parts: Vec::new() });
        }
        if let Some(note) = notes.last_mut()
            && !words.is_empty()
        {
            note.parts.push(Part::Line(printed(page, line, words)));
        }
    }
    notes
}

/// The labels of the marks in `lines`.
pub(super) fn marks(lines: &[Line]) -> impl Iterator<Item = String> {
    lines.iter().flat_map(|line| &line.words).filter(|word| word.is_raised).map(label_of)
}

/// The label that a line begins with, and how many words it takes.
fn labelled(line: &Line, marks: &HashSet<String>) -> Option<(String, usize)> {
    let first = line.words.first()?;
    if first.is_raised {
        let count = line.words.iter().take_while(|word| word.is_raised).count();
        let text: String = line.words.iter().take(count).map(|word| word.text.as_str()).collect();
        return Some((name(&text), count));
    }
    let apart = line.words.get(1).is_none_or(|second| second.after_blank);
    let label = name(&first.text);
    let is_known = marks.contains(&label) || is_sign(&label);
    (apart && is_label(&first.text) && is_known).then_some((label, 1))
}

/// The label that a raised word is.
pub(super) fn label_of(word: &Word) -> String {
    name(&word.text)
}

fn name(text: &str) -> String {
    label(text).trim_matches([')', '(', '.']).to_owned()
}

/// Whether a label is made of signs, which begin no sentence.
fn is_sign(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§'))
}

/// Whether a word has the shape of a footnote's label: stars, one letter, or a number of up to three digits.
fn is_label(word: &str) -> bool {
    let inner = word.trim_matches(['(', ')', '[', ']', '.']);
    let number = (1..=3).contains(&inner.len()) && inner.chars().all(|c| c.is_ascii_digit());
    let letter = inner.len() == 1 && inner.chars().all(|c| c.is_ascii_lowercase());
    is_sign(inner) || number || letter
}
