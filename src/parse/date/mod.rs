//! The grammar of dates and periods, from printed to EDTF (ISO 8601-2:2019, level 1).
//!
//! Input: text, white space anywhere. Output: [`Match`]. Invariant: the value says what is printed;
//! a lost end stays open (`2010-01/`), an impossible date stays as it is.

mod done;
mod token;
mod value;
mod written;

pub use done::done;
pub use written::written;

use super::lexicon::date::DateWords;
use super::text::is_blank;
use crate::model::edtf::Edtf;
use token::{Token, tokens};

/// A date expression found at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Its length in bytes.
    pub len: usize,
    /// Its value.
    pub edtf: Edtf,
    /// Whether one end of a period is not printed.
    pub open: bool,
    /// Whether it names a year; without one it is no date cell.
    pub has_year: bool,
}

impl Match {
    /// Whether no end of a period and no year is lost.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.has_year && !self.open && !self.edtf.lacks_year()
    }
}

/// The longest date expression at the start of `text`, white space between its parts allowed.
///
/// With `open_end`, a range word after which no date follows belongs to the expression, which then
/// is a period whose end is lost.
#[must_use]
pub fn match_start(text: &str, words: &DateWords, open_end: bool) -> Option<Match> {
    let tokens = tokens(text, words);
    let (values, mut used) = value::read(&tokens, words)?;
    let open = open_end && matches!(tokens.get(used), Some((Token::Range, _)));
    used += usize::from(open);
    let len = tokens.get(used.checked_sub(1)?)?.1.end;
    let rest = text.get(len..)?.trim_start_matches(is_blank);
    let spoiled = !open && words.not_before.iter().any(|word| rest.starts_with(word.as_str()));
    let has_year = values.iter().any(|value| value.start.year.is_some());
    (!spoiled).then(|| Match { len, edtf: value::edtf(&values, open), open, has_year })
}

/// The length in bytes of the parts of a date at the start of `text`, which need not be a date together: what one line
/// of a cell holds (`19-20 November`, `2008 年 5 月 9 日和 11`). A word that joins it to something else (`2012 and published`)
/// is none of them.
#[must_use]
pub fn parts(text: &str, words: &DateWords) -> Option<usize> {
    let tokens = tokens(text, words);
    // `Trinidad and` above `Tobago` holds a word between dates, and none of a date.
    if tokens.iter().all(|(token, _)| matches!(token, Token::Range | Token::And)) {
        return None;
    }
    let (last, range) = tokens.last()?;
    let joins = matches!(last, Token::Range | Token::And) && text.get(range.clone())?.chars().all(char::is_alphabetic);
    let rest = text.get(range.end..)?.trim_start_matches(is_blank);
    if joins && !rest.is_empty() {
        // `Junio de 2012 a Las embajadas`: what begins with a capital is another cell's, and the period lacks its end.
        let is_other = *last == Token::Range && rest.starts_with(char::is_uppercase) && !words.joints.is_empty();
        return if is_other { Some(range.end) } else { tokens.iter().rev().nth(1).map(|(_, range)| range.end) };
    }
    // `14 y 15 de abril de`: a joint at the end leads to a part on the next line. What begins with a capital is another
    // cell's, though it be a joint elsewhere: `14 y 15 de abril de En su declaración`.
    let start = text.len() - rest.len();
    let ends_cell = |joint: &usize| {
        text.get(*joint..).is_some_and(|behind| behind.is_empty() || behind.starts_with(char::is_uppercase))
    };
    let lacks_year = !tokens.iter().rev().take(2).any(|(token, _)| matches!(token, Token::Year(_)));
    let joint = token::joint_ends(text, start, words).find(ends_cell).filter(|_| lacks_year);
    Some(joint.and_then(|joint| text.get(..joint)).map_or(range.end, |parts| parts.trim_end_matches(is_blank).len()))
}

/// Whether `text` begins with a word that joins what follows to a date before it: `a mayo de`.
#[must_use]
pub fn joins(text: &str, words: &DateWords) -> bool {
    matches!(tokens(text, words).first(), Some((Token::Range | Token::And, _)))
}

/// Reads `text`, all of it, as a date cell.
#[must_use]
pub fn read_cell(text: &str, words: &DateWords) -> Option<Match> {
    let lead = text.len() - text.trim_start_matches(is_blank).len();
    let found = match_start(text.get(lead..)?, words, true)?;
    text.get(lead + found.len..)?.trim_matches(is_blank).is_empty().then_some(Match { len: lead + found.len, ..found })
}

/// The same for a cell that has lost the hyphen between two dates at the end of a line, as `pdftotext` takes it for that of
/// a divided word: `2008年4月13日18日`, `June 2012May 2013`; or whose column was too narrow for a word: `Septembe r 2012`.
#[must_use]
pub fn read_torn_cell(text: &str, words: &DateWords) -> Option<Match> {
    let read = |cell: String| read_cell(&cell, words).filter(|found| found.is_whole() && found.edtf.is_possible());
    let found =
        without_a_blank(text).find_map(read).or_else(|| with_a_range(text, words).into_iter().find_map(read))?;
    Some(Match { len: text.len(), ..found })
}

/// `text` without one of the blanks that may stand in a word.
fn without_a_blank(text: &str) -> impl Iterator<Item = String> {
    let parts = text.match_indices(' ').take(MOST_PLACES).map(|(at, blank)| (&text[..at], &text[at + blank.len()..]));
    let in_word = parts
        .filter(|(before, behind)| before.ends_with(char::is_alphabetic) && behind.starts_with(char::is_lowercase));
    in_word.map(|(before, behind)| format!("{before}{behind}"))
}

/// `text` with the sign of a range in one of the places where it may have stood. A word would need blanks.
fn with_a_range(text: &str, words: &DateWords) -> Vec<String> {
    let Some(range) = words.range_words.iter().find(|word| !word.contains(char::is_alphabetic)) else {
        return Vec::new();
    };
    let places = tokens(text, words).into_iter().skip(1).take(MOST_PLACES).map(|(_, place)| text.split_at(place.start));
    let torn = places.filter(|(before, _)| !before.ends_with(char::is_whitespace));
    torn.map(|(before, behind)| format!("{before}{range}{behind}")).collect()
}

/// In how many places a hyphen may be lost, or a blank too many.
const MOST_PLACES: usize = 8;
