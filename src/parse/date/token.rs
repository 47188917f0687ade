//! The tokens of a date expression.

use crate::base::language::is_unspaced;
use crate::parse::citation::{fold, match_word};
use crate::parse::lexicon::date::DateWords;
use crate::parse::text::is_blank;
use std::ops::Range;

/// A part of a date expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A year.
    Year(u32),
    /// A month, 1 to 12 or whatever is printed.
    Month(u32),
    /// A day of the month.
    Day(u32),
    /// A number whose unit stands after a later number: the 6 of 10月6-10日.
    Bare(u32),
    /// Between the ends of a period.
    Range,
    /// Between two dates.
    And,
}

/// A date expression of more tokens is none: a list of sixty-four days, each with its month and year, has as many.
const MOST_TOKENS: usize = 256;

/// The longest run of tokens at the start of `text`, each with its bytes; none if it is longer than any date.
pub fn tokens(text: &str, words: &DateWords) -> Vec<(Token, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut at = skip_joints(text, skip_blank(text, 0), words);
    while let Some((token, end)) = next(text, at, words) {
        if matches!(token, Token::Year(_)) && ends_with_comma(text, &tokens) {
            tokens.pop();
        }
        tokens.push((token, at..end));
        at = skip_joints(text, skip_blank(text, end), words);
        if tokens.len() > MOST_TOKENS {
            return Vec::new();
        }
    }
    tokens
}

/// Whether a comma behind a day and its month ends `tokens`: September 29, 2015.
fn ends_with_comma(text: &str, tokens: &[(Token, Range<usize>)]) -> bool {
    let [.., (first, _), (second, _), (Token::And, comma)] = tokens else { return false };
    let is_day = matches!((first, second), (Token::Month(_), Token::Day(_)) | (Token::Day(_), Token::Month(_)));
    is_day && text.get(comma.clone()) == Some(",")
}

/// The end of the joints that begin at `at`; the longest date has few before each part.
pub fn skip_joints(text: &str, at: usize, words: &DateWords) -> usize {
    joint_ends(text, at, words).last().unwrap_or(at)
}

/// Where each of the joints that begin at `at` ends, with the blanks behind it.
pub fn joint_ends(text: &str, at: usize, words: &DateWords) -> impl Iterator<Item = usize> {
    let next = |end: &usize| longest(&text[*end..], &words.joints).map(|len| skip_blank(text, end + len));
    std::iter::successors(next(&at), next).take(MOST_JOINTS)
}

/// In the period from the month of May: في الفترة من شهر.
const MOST_JOINTS: usize = 4;

fn next(text: &str, at: usize, words: &DateWords) -> Option<(Token, usize)> {
    let rest = text.get(at..)?;
    number(text, at, words)
        .or_else(|| month_name(rest, words).map(|(month, len)| (Token::Month(month), at + len)))
        .or_else(|| longest(rest, &words.range_words).map(|len| (Token::Range, at + len)))
        .or_else(|| longest(rest, &words.and_words).map(|len| (Token::And, at + len)))
}

/// A number with its unit, in digits of any script; a number of more than four is no date.
fn number(text: &str, at: usize, words: &DateWords) -> Option<(Token, usize)> {
    let mut value = 0;
    let mut end = at;
    let mut digits = 0;
    for character in text.get(at..)?.chars() {
        let Some(digit) = fold(character).to_digit(10) else { break };
        value = value * 10 + digit;
        digits += 1;
        end += character.len_utf8();
        if digits > 4 {
            return None;
        }
    }
    if digits == 0 { None } else { Some(with_unit(text, value, digits, end, words)) }
}

fn with_unit(text: &str, value: u32, digits: usize, end: usize, words: &DateWords) -> (Token, usize) {
    let unit = skip_blank(text, end);
    let rest = &text[unit..];
    let after = |units: &[String]| longest(rest, units).map(|len| unit + len);
    if let Some(end) = after(&words.year_units) {
        (Token::Year(value), end)
    } else if let Some(end) = after(&words.month_units) {
        (Token::Month(value), end)
    } else if let Some(end) = after(&words.day_units) {
        (Token::Day(value), end)
    } else if words.month_units.is_empty() && digits == 4 {
        (Token::Year(value), end)
    } else if words.month_units.is_empty() && digits <= 2 {
        (Token::Day(value), end)
    } else {
        (Token::Bare(value), end)
    }
}

fn month_name(rest: &str, words: &DateWords) -> Option<(u32, usize)> {
    let forms = words.month_names.iter().zip(1..);
    forms.filter_map(|(names, month)| Some((month, longest(rest, names)?))).max_by_key(|(_, len)| *len)
}

fn longest(rest: &str, words: &[String]) -> Option<usize> {
    words.iter().filter_map(|word| starts_with(rest, word)).max()
}

/// The length of what stands at the start of `rest` for `word`, whose blanks, case and strokes vary with the printing.
pub fn starts_with(rest: &str, word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    let found = rest.chars().next()?;
    // Most words fail here. Han characters have one form.
    let has_forms = !is_unspaced(found) && !is_unspaced(first);
    let is_possible = found == first
        || has_forms && (fold(found) == fold(first) || found.is_uppercase() && found.to_lowercase().eq([first]));
    if !is_possible {
        return None;
    }
    match_word(rest, 0, word)
}

fn skip_blank(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + (rest.len() - rest.trim_start_matches(is_blank).len())
}
