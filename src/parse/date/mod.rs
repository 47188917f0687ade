//! The grammar of dates and periods, from printed to EDTF (ISO 8601-2:2019, level 1).
//!
//! Input: text, white space anywhere. Output: [`Match`]. Invariant: the value says what is printed;
//! a lost end stays open (`2010-01/`), an impossible date stays as it is.

mod done;
mod token;
mod value;
mod written;

pub use done::done;
pub use value::is_possible;
pub use written::written;

use super::lexicon::date::DateWords;
use token::{Token, tokens};

/// A date expression found at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Its length in bytes.
    pub len: usize,
    /// Its value as EDTF; dates joined by `;`.
    pub edtf: String,
    /// Whether one end of a period is not printed.
    pub open: bool,
    /// Whether it names a year; without one it is no date cell.
    pub has_year: bool,
}

/// The longest date expression at the start of `text`, white space between its parts allowed.
///
/// With `open_end`, a range word after which no date follows belongs to the expression, which then
/// is a period whose end is lost.
#[must_use]
pub fn match_start(text: &str, words: &DateWords, open_end: bool) -> Option<Match> {
    let tokens = tokens(text, words);
    let (values, mut used) = value::read(&tokens, words)?;
    let mut edtf = value::join(&values);
    let mut open = false;
    if let Some((Token::Range, _)) = tokens.get(used)
        && open_end
    {
        edtf.push('/');
        used += 1;
        open = true;
    }
    let len = tokens.get(used.checked_sub(1)?)?.1.end;
    let rest = text.get(len..)?.trim_start();
    let spoiled = !open && words.not_before.iter().any(|word| rest.starts_with(word.as_str()));
    let has_year = values.iter().any(|value| value.start.year.is_some());
    (!spoiled).then_some(Match { len, edtf, open, has_year })
}

/// Reads `text`, all of it, as a date cell.
#[must_use]
pub fn read_cell(text: &str, words: &DateWords) -> Option<Match> {
    let lead = text.len() - text.trim_start().len();
    let found = match_start(text.get(lead..)?, words, true)?;
    text.get(lead + found.len..)?.trim().is_empty().then_some(Match { len: lead + found.len, ..found })
}
