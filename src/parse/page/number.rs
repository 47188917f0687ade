//! Marks of numbered notes that are printed like text: `treaty,1 and`, `Goals6 and`, `20055 and`, 条约，1并.
//!
//! Input: lines, and the number of a note. Output: the place of its mark. Invariant: a number that counts or names
//! something is no mark, and of several places the one that can be nothing else is taken.

use super::LineRole;
use crate::base::language::is_unspaced;
use crate::base::span::Span;
use crate::parse::lexicon::note::NoteWords;
use crate::parse::line::Lines;
use crate::parse::text::is_blank;
use std::ops::Range;

/// Between the bracket and the number of a mark in brackets stand no more characters.
const BRACKET_DISTANCE: usize = 6;

/// How surely a number is a mark, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Certainty {
    /// Close behind punctuation or a word.
    Joined,
    /// Close behind a year, or behind a number and punctuation.
    BehindNumber,
    /// Alone before a word that it cannot count, or before punctuation.
    Alone,
    /// Alone at the end of a line.
    EndsLine,
}

/// The mark of the note with the number `label` in the bytes `range`.
pub fn find(
    lines: &Lines<'_>,
    roles: &[LineRole],
    label: &str,
    range: Range<usize>,
    words: &NoteWords,
) -> Option<Span> {
    let first = lines.lines.partition_point(|line| line.span.end <= range.start);
    let end = lines.lines.partition_point(|line| line.span.start < range.end);
    let printed = [label.to_owned(), in_arabic(label)];
    let mut best: Option<(Certainty, Span)> = None;
    for index in (first..end).filter(|index| roles.get(*index) == Some(&LineRole::Body)) {
        let (text, start) = (lines.at(index), lines.lines[index].span.start);
        for digits in &printed {
            for (at, _) in text.match_indices(digits.as_str()).filter(|(at, _)| start + at >= range.start) {
                let around = (&text[..at], &text[at + digits.len()..]);
                let found = certainty(around.0, around.1, || lines.at(index + 1), words);
                if found.is_some_and(|found| best.is_none_or(|(known, _)| found < known)) {
                    best = found.map(|found| (found, Span::new(start + at, start + at + digits.len())));
                }
            }
        }
        if best.is_some_and(|(found, _)| found == Certainty::Joined) {
            break;
        }
    }
    best.map(|(_, span)| span)
}

/// A number in the digits of Arabic.
fn in_arabic(label: &str) -> String {
    let digit = |digit: char| digit.to_digit(10).and_then(|value| char::from_u32(u32::from('٠') + value));
    label.chars().map(|character| digit(character).unwrap_or(character)).collect()
}

fn certainty<'a>(before: &str, after: &str, next_line: impl Fn() -> &'a str, words: &NoteWords) -> Option<Certainty> {
    let is_number = after.starts_with(|next: char| next.is_ascii_digit());
    if is_number || after.starts_with(char::is_alphabetic) && !after.starts_with(is_unspaced) {
        return None;
    }
    if is_joined(before, after, words) {
        return Some(Certainty::Joined);
    }
    if is_behind_number(before, after) {
        return Some(Certainty::BehindNumber);
    }
    if is_between_words(before, after, words) {
        return Some(Certainty::Alone);
    }
    is_at_line_end(before, after, next_line, words).then_some(Certainty::EndsLine)
}

/// `treaty,1 and`, `Goals6 and`, 条约，1并: a number that a blank would part from what is before, if it counted something.
fn is_joined(before: &str, after: &str, words: &NoteWords) -> bool {
    let mut characters = before.chars().rev();
    let (Some(last), Some(word)) = (characters.next(), characters.next()) else { return false };
    let spaced = matches!(last, ',' | ';' | '.' | ':' | ')' | '”' | '’' | '"' | '»' | '،' | '؛')
        && (word.is_alphabetic() || matches!(word, ')' | '”' | '»' | '》'));
    let unspaced = matches!(last, '，' | '。' | '；' | '：' | '、' | '”' | '》' | '）');
    (spaced && ends(after) && !has_abbreviation(before))
        || (unspaced && !words.counts(after))
        || (last.is_alphabetic() && ends(after) && ends_with_word(before))
        || is_in_brackets(before, after)
}

/// Whether nothing that belongs to a number stands behind it.
fn ends(after: &str) -> bool {
    let mut characters = after.chars();
    let next = characters.next();
    next.is_none_or(|next| is_blank(next) || matches!(next, ',' | ';' | '.' | ':' | ')' | '،' | '؛' | '”' | '»'))
        && !characters.next().is_some_and(|next| next.is_ascii_digit())
}

/// Whether `before` ends with a word in small letters, which is no part of a symbol.
fn ends_with_word(before: &str) -> bool {
    let word = before.rsplit_once(is_blank).map_or(before, |(_, word)| word);
    let small = word.chars().rev().take_while(|character| character.is_lowercase()).count();
    small >= 2 && !word.contains(|part: char| part == '/' || part.is_numeric())
}

/// `المستدامة(6)`: a number in brackets that follow a word, whatever the reading order made of them.
fn is_in_brackets(before: &str, after: &str) -> bool {
    if before.ends_with(')') && after.starts_with('(') {
        return true;
    }
    let mut characters = before.chars().rev().take(BRACKET_DISTANCE);
    let bracket = characters.find(|character| !is_blank(*character) && !matches!(character, ')' | '.' | '،' | '؛'));
    let word = before.trim_end_matches(|last| last != '(').trim_end_matches('(').trim_end_matches(['”', '“', '"', '»']);
    bracket == Some('(') && word.ends_with(is_arabic)
}

fn is_arabic(character: char) -> bool {
    matches!(character, '\u{600}'..='\u{6ff}') && character.is_alphabetic()
}

/// `20055 and`, `75/58,7`: a number behind a year, or behind punctuation that ends one.
fn is_behind_number(before: &str, after: &str) -> bool {
    let bare = before.trim_end_matches([',', ';', '.', '，', '；', '。']);
    let digits = bare.bytes().rev().take_while(u8::is_ascii_digit).count();
    let is_year = digits == 4 && matches!(bare.get(bare.len() - 4..bare.len() - 2), Some("19" | "20"));
    let number = &bare[..bare.len() - digits];
    let is_cited = number.ends_with('/') && (1..=3).contains(&digits) && bare.len() < before.len();
    // 2,5 is a number too, and 2005.5 none.
    ends(after) && (is_year || is_cited)
}

/// `No.1`, `para.1`, `WP.1`: a short word before a full stop is an abbreviation.
fn has_abbreviation(before: &str) -> bool {
    let word = before.strip_suffix('.').map(last_word);
    word.is_some_and(|word| word.chars().count() <= 4 || word.chars().all(char::is_uppercase))
}

fn last_word(text: &str) -> &str {
    text.rsplit_once(|character: char| !character.is_alphabetic()).map_or(text, |(_, word)| word)
}

/// `treaty 2 at`, `arms 7, and`, 各国2的: a number behind which nothing stands that it could count.
fn is_between_words(before: &str, after: &str, words: &NoteWords) -> bool {
    let (word, next) = (before.trim_end_matches(is_blank), after.trim_start_matches(is_blank));
    let (Some(last), Some(first)) = (word.chars().next_back(), next.chars().next()) else { return false };
    if is_unspaced(last) {
        let belongs = words.is_numbered_by(last) || words.counts(next);
        return last.is_alphabetic() && is_unspaced(first) && !belongs;
    }
    let parted = before.ends_with(is_blank);
    let function = next.split_once(|character: char| !character.is_alphabetic()).map_or(next, |(word, _)| word);
    let follows = after.starts_with(is_blank) && words.follows(function);
    let punctuated = matches!(first, ',' | ';' | ':') && ends(after);
    let closes = matches!(last, ')' | '”' | '»');
    // `Effects, 1 and`
    let clause = word.strip_suffix([',', ';']).unwrap_or(word);
    let ends_clause = clause.len() < word.len() && clause.ends_with(char::is_lowercase);
    let named = closes || ends_clause || (last.is_lowercase() && !words.is_numbered(last_word(word)));
    parted && named && (follows || (punctuated && !ends_clause))
}

/// `session, 2` at the end of a line, and `session 2` above a line that begins anew.
fn is_at_line_end<'a>(before: &str, after: &str, next_line: impl Fn() -> &'a str, words: &NoteWords) -> bool {
    if !after.is_empty() || !before.ends_with(is_blank) {
        return false;
    }
    let before = before.trim_end_matches(is_blank);
    let bare = before.trim_end_matches([',', ';', '،', '؛']);
    let word = last_word(bare);
    let is_word = bare.ends_with(word) && word.ends_with(char::is_lowercase) && !words.is_numbered(word);
    is_word && (bare.len() < before.len() || next_line().starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<Certainty> {
        let (before, after) = text.split_once('|').unwrap_or_default();
        let after = after.strip_prefix('7').unwrap_or("");
        let (after, next) = after.split_once('\n').unwrap_or((after, ""));
        certainty(before, after, || next, &NoteWords::new().unwrap_or_default())
    }

    #[test]
    fn marks_are_told_from_numbers() {
        use Certainty::{Alone, BehindNumber, EndsLine, Joined};
        let cases = [
            ("the treaty,|7 and", Some(Joined)),
            ("the Goals|7 and", Some(Joined)),
            ("(Convention),|7 which", Some(Joined)),
            ("《公约》)|7 方面", Some(Joined)),
            ("durable|7 ;", Some(Joined)),
            ("целей|7, в", Some(Joined)),
            ("《条约》，|7并", Some(Joined)),
            ("《公约》|7 框架", Some(Joined)),
            ("المستدامة(\u{202a}،) |7\u{202c}، وفي", Some(Joined)),
            ("السالح“(\u{202a})|7\u{202c}؛", Some(Joined)),
            ("القرار \u{202a}،)|7(75/58", Some(Joined)),
            ("September 2005|7 and", Some(BehindNumber)),
            ("resolution 75/58,|7", Some(BehindNumber)),
            ("the arms |7, and", Some(Alone)),
            ("Indiscriminate Effects, |7 and", Some(Alone)),
            ("sur les armes |7, ainsi", Some(Alone)),
            ("(Tratado de Tlatelolco) |7 y los", Some(Alone)),
            ("专家组的报告|7 以及", Some(Alone)),
            ("substantive session, |7\nwelcoming", Some(EndsLine)),
            ("substantive session |7\nWelcoming", Some(EndsLine)),
            ("of |7\nDecember", None),
            ("paragraphe |7, ainsi", None),
            ("article |7 of", None),
            ("on |7 December", None),
            ("A/RES/76/|7", None),
            ("WP|7 of", None),
            ("No.|7 of", None),
            ("1,|7 million", None),
            ("第|7 届", None),
            ("附件|7 国家", None),
            ("the |75 States", None),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
