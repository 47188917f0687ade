//! Whether a text has any trace of a citation: most rows of a table have none, and need not be read for them.
//!
//! Input: a text and a language's words. Output: no, or maybe. Invariant: a text that cites is never told to have none,
//! as every symbol and every number of two parts has a stroke with a letter or digit behind it, and every other number
//! is claimed by a noun for a resolution.

use super::reading::{char_at, skip_blanks};
use crate::parse::lexicon::citation::CitationWords;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// A full-width stroke, which is read as the narrow one.
static WIDE_STROKE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("／"));

/// A soft hyphen, which may part a noun.
static SOFT_HYPHEN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\u{ad}"));

/// Whether `text` may cite something.
pub(super) fn may_cite(text: &str, words: &CitationWords) -> bool {
    has_joining_stroke(text)
        || words.traces.iter().any(|trace| trace.is_in(text))
        || SOFT_HYPHEN.find(text.as_bytes()).is_some()
}

/// Whether a stroke joins something to what stands before it: in 和/或 it does not.
fn has_joining_stroke(text: &str) -> bool {
    let narrow = memchr::memchr_iter(b'/', text.as_bytes()).map(|at| at + '/'.len_utf8());
    let wide = WIDE_STROKE.find_iter(text.as_bytes()).map(|at| at + '／'.len_utf8());
    narrow.chain(wide).any(|after| joins(text, after))
}

fn joins(text: &str, after: usize) -> bool {
    char_at(text, skip_blanks(text, after)).is_some_and(|(next, _)| next.is_ascii_alphanumeric())
}

/// What a text has that holds a certain noun.
#[derive(Debug, Clone)]
pub(in crate::parse) struct Trace {
    finder: Finder<'static>,
    /// Whether the noun is also read where it is printed in full width.
    is_latin: bool,
}

impl Trace {
    /// The trace of `noun`: of a Han or Arabic noun its first character, as blanks or strokes may part it from the others;
    /// of another what follows its first letter, which may be a capital, up to a blank.
    pub(in crate::parse) fn of(noun: &str) -> Self {
        let first = noun.chars().next().map_or(0, char::len_utf8);
        let (first, rest) = noun.split_at(first);
        let is_latin = first.starts_with(|first: char| first.is_uppercase() || first.is_lowercase());
        let part = if is_latin { rest.split(' ').next().unwrap_or(rest) } else { first };
        Self { finder: Finder::new(part).into_owned(), is_latin }
    }

    fn is_in(&self, text: &str) -> bool {
        let is_wide = |character: char| matches!(character, 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
        self.finder.find(text.as_bytes()).is_some() || self.is_latin && text.contains(is_wide)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_cite_is_told_from_what_cannot() {
        let (zh, en) = (CitationWords::zh(), CitationWords::en());
        for text in ["第62/59号", "６２ ／ \n５９", "第1540(2004)号决 议", "CD/1864", "一五一四(十五)決議"]
        {
            assert!(may_cite(text, zh), "{text}");
        }
        for text in ["签署和/或批准《条约》", "2010年9月23日", "a/", ""] {
            assert!(!may_cite(text, zh), "{text}");
        }
        for text in ["Resolution 1540 (2004)", "UNSCR 1718", "ｒｅｓｏｌｕｔｉｏｎ 1540", "UNGA Res. 217"] {
            assert!(may_cite(text, en), "{text}");
        }
        assert!(!may_cite("Japan signed the Treaty on 24 September 1996.", en));
    }
}
