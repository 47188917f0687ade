//! Sentences and clauses of a clean text.
//!
//! Input: a text and the marks that end sentences and clauses. Output: their byte ranges.
//! Invariant: what stands in quotation marks or brackets never ends a clause, since titles have commas of their own.

use super::phrase::Phrases;
use std::ops::Range;

/// One sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::parse) struct Sentence {
    /// Its place in the text.
    pub range: Range<usize>,
    /// The clauses, in order; their ends include the mark.
    pub clauses: Vec<Range<usize>>,
    /// What stands in quotation marks or title marks.
    pub quoted: Vec<Range<usize>>,
    /// What stands in brackets.
    pub bracketed: Vec<Range<usize>>,
}

impl Sentence {
    /// The sentence at `range` of `text`.
    pub fn new(text: &str, range: Range<usize>, phrases: &Phrases) -> Self {
        let (quoted, bracketed) = shelters(text, &range);
        let sheltered: Vec<Range<usize>> = quoted.iter().chain(&bracketed).cloned().collect();
        let clauses = phrases.ends.clauses.split(text, range.clone(), &sheltered);
        Self { range, clauses, quoted, bracketed }
    }

    /// The index of the clause that holds byte `at`.
    pub fn clause_at(&self, at: usize) -> Option<usize> {
        self.clauses.iter().position(|clause| clause.contains(&at))
    }

    /// Whether byte `at` lies within a quotation or a title.
    pub fn is_quoted(&self, at: usize) -> bool {
        self.quoted.iter().any(|range| range.contains(&at))
    }

    /// Whether byte `at` lies within a quotation, a title or brackets.
    pub fn is_sheltered(&self, at: usize) -> bool {
        self.is_quoted(at) || self.bracketed.iter().any(|range| range.contains(&at))
    }
}

/// The places of the sentences of `text`, in order.
pub(in crate::parse) fn sentences(text: &str, phrases: &Phrases) -> Vec<Range<usize>> {
    phrases.ends.sentences.split(text, 0..text.len(), &[])
}

/// The marks that end sentences and clauses.
#[derive(Debug, Default)]
pub(super) struct Ends {
    /// Those of sentences.
    pub sentences: Marks,
    /// Those of clauses.
    pub clauses: Marks,
}

/// Marks that end something.
#[derive(Debug)]
pub(super) struct Marks {
    marks: Vec<String>,
    /// Which bytes begin one: most bytes of a text begin none, and are passed over.
    begins: [bool; 256],
}

impl Marks {
    /// The marks that end something.
    pub fn new(marks: &[String]) -> Self {
        let mut begins = [false; 256];
        for first in marks.iter().filter_map(|mark| mark.as_bytes().first()) {
            if let Some(begins) = begins.get_mut(usize::from(*first)) {
                *begins = true;
            }
        }
        Self { marks: marks.to_vec(), begins }
    }

    /// The pieces of `range`, each ending with a mark that is not inside one of `sheltered`.
    fn split(&self, text: &str, range: Range<usize>, sheltered: &[Range<usize>]) -> Vec<Range<usize>> {
        let (mut pieces, mut start, mut next) = (Vec::new(), range.start, range.start);
        let bytes = text.as_bytes()[range.clone()].iter().enumerate();
        for (offset, _) in bytes.filter(|(_, byte)| self.begins.get(usize::from(**byte)) == Some(&true)) {
            let at = range.start + offset;
            let rest = &text[at..range.end];
            let end = self.marks.iter().find(|end| at >= next && rest.starts_with(end.as_str()));
            let Some(end) = end.filter(|_| !sheltered.iter().any(|inside| inside.contains(&at))) else { continue };
            next = at + end.len();
            pieces.push(start..next);
            start = next;
        }
        if start < range.end {
            pieces.push(start..range.end);
        }
        pieces
    }
}

impl Default for Marks {
    fn default() -> Self {
        Self::new(&[])
    }
}

/// The quotations and the brackets of one sentence. A mark without its partner shelters nothing.
fn shelters(text: &str, range: &Range<usize>) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut quoted, mut bracketed, mut open) = (Vec::new(), Vec::new(), Vec::<(char, usize)>::new());
    for (offset, mark) in text[range.clone()].char_indices() {
        let at = range.start + offset;
        let partner = open.iter().rposition(|(opening, _)| closes(*opening, mark));
        if let Some(idx) = partner {
            let start = open.get(idx).map_or(at, |(_, start)| *start);
            let shelter = start..at + mark.len_utf8();
            if matches!(mark, ')' | '）') {
                bracketed.push(shelter)
            } else {
                quoted.push(shelter)
            }
            open.truncate(idx);
        } else if matches!(mark, '《' | '“' | '「' | '『' | '"' | '(' | '（') {
            open.push((mark, at));
        }
    }
    (quoted, bracketed)
}

fn closes(opening: char, mark: char) -> bool {
    let pair = (opening, mark);
    let quotes = matches!(pair, ('《', '》') | ('“', '”') | ('「', '」') | ('『', '』') | ('"', '"'));
    // Sources mix brackets of both widths within one pair.
    quotes || matches!(pair, ('(' | '（', ')' | '）'))
}
