//! The head of a government's reply: `[原件：法文]` and `[2010 年 6 月 14 日]`.

use super::Lexicon;
use super::paragraph::strip_blanks;
use super::table::{printed_date, read_date};
use super::text::is_blank;
use crate::model::date::DateReading;

/// The language named in a bracketed line, as a BCP 47 tag, the first if there are two (西班牙文/英文);
/// `und` for a language the lexicon has no tag for.
#[must_use]
pub fn language(line: &str, lexicon: &Lexicon) -> Option<String> {
    let inside = bracketed(line)?;
    let words = &lexicon.layout;
    let name = words.originals.iter().find_map(|word| inside.strip_prefix(word.as_str()))?;
    let known = words.languages.iter().filter(|(known, _)| name.starts_with(known.as_str()));
    let longest = known.max_by_key(|(known, _)| known.len());
    Some(longest.map_or_else(|| "und".to_owned(), |(_, tag)| tag.clone()))
}

/// The date in a bracketed line.
#[must_use]
pub fn date(line: &str, lexicon: &Lexicon) -> Option<DateReading> {
    let printed = printed_date(line, lexicon);
    let inside = printed.strip_prefix(['[', '［'])?.strip_suffix([']', '］'])?;
    read_date(inside.trim_matches(is_blank), lexicon)
}

fn bracketed(line: &str) -> Option<String> {
    let stripped = strip_blanks(line);
    let inside = stripped.strip_prefix(['[', '［'])?.strip_suffix([']', '］'])?;
    Some(inside.to_owned())
}
