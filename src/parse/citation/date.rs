//! The year of the date that is printed with a resolution's number.
//!
//! Input: the text between two numbers. Output: a year. Invariant: a year counts only beside a
//! month, so that "the 2030 Agenda" and the years of conferences are none.

use super::reading::{between, fold, match_any, read_digits, skip_blanks};
use crate::parse::lexicon::citation::CitationWords;

/// A month and its day, or what joins it to its year, stand this near to the year: `12 December 2019`, 2018年12月.
const NEAR: usize = 14;

/// What joins a month to its year has no more bytes than this: `de `.
const MOST_JOINT: usize = 5;

/// The years of all dates in a part of a text, in order.
pub(super) fn years(text: &str, start: usize, end: usize, words: &CitationWords) -> Vec<u32> {
    let mut before = ' ';
    let stretch = between(text, start, end).char_indices();
    let digits = stretch.filter(|(_, character)| {
        let is_first = fold(*character).is_ascii_digit() && !before.is_ascii_digit();
        before = fold(*character);
        is_first
    });
    digits.filter_map(|(offset, _)| year_at(text, start + offset, words)).collect()
}

/// The year at a position, if a month is beside it.
fn year_at(text: &str, position: usize, words: &CitationWords) -> Option<u32> {
    let (year, end) = read_digits(text, position, 4)?;
    let has_month = if words.years_stand_before_months {
        has_month(text, skip_blanks(text, end), end + NEAR, words)
    } else {
        let longest = words.months.iter().map(String::len).max().unwrap_or(0) + MOST_JOINT;
        has_month(text, position.saturating_sub(longest), position, words)
    };
    ((1945..2100).contains(&year) && has_month).then_some(year)
}

fn has_month(text: &str, start: usize, end: usize, words: &CitationWords) -> bool {
    (start..end).any(|position| match_any(text, position, &words.months).is_some())
}
