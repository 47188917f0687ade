//! Bare numbers: `62/59`, `1718(2006)`, `217 A (III)`, `S-24/2`, `一㈠`, `2010/461/CFSP`.
//!
//! Input: a text and the position of a digit or of a special session's letter. Output: the number
//! and where it ends. Invariant: a number says what it looks like, never whether it is a citation.
//! Source: research.un.org/en/docs/symbols, and 98,680 links set by editors in resolutions.

use super::look_alike::latin;
use super::reading::{
    between, char_at, char_before, fold, is_inside_word, match_any, match_any_back, match_word, peek, read_digits,
    skip_blanks, skip_letters, skip_silent,
};
use crate::parse::lexicon::citation::CitationWords;

/// What a bare number looks like.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    /// Session or year and number: `62/59`, `2016/6`.
    Pair(u32, u32),
    /// Number and year: `1718(2006)`.
    Year(u32, u32),
    /// Number and session: `2625(XXV)`, `1874(S-IV)`, `2359(XXXVIII-O/08)`.
    Session(u32, String),
    /// Special session and number: `S-24/2`, `ES-10/15`.
    Special(String, u32),
    /// A number alone, `1540`: only as good as the body named with it.
    Plain(u32),
    /// A European Union act, whole: `2010/461/CFSP`.
    European(String),
}

/// A bare number with its part letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// What it looks like.
    pub shape: Shape,
    /// `A`, or `A-C` for a group.
    pub part: Option<String>,
}

/// Characters before a digit that make it a piece of something longer: a symbol, an address, a sum.
const BINDING: &str = "/.-_%=&?#@+$€£*~";

/// Whether something that stands at a position is whole, not the end of something longer.
pub(super) fn begins_here(text: &str, position: usize) -> bool {
    let Some((character, start)) = char_before(text, position) else { return true };
    // A full-width comma never stands inside a number.
    let is_comma = between(text, start, position) == "," && peek(text, position).is_ascii_digit();
    let digits = between(text, 0, start).bytes().rev().take(5).take_while(u8::is_ascii_digit).count();
    // Four digits before a comma are a year, and the blank behind the comma is lost: 2018,74/61.
    let is_thousand = is_comma && digits > 0 && digits != 4;
    !(character.is_ascii_alphanumeric() || BINDING.contains(character) || is_thousand)
}

/// The bare number at a position.
pub(super) fn read_number(text: &str, position: usize, words: &CitationWords) -> Option<(Number, usize)> {
    if !begins_here(text, position) {
        return None;
    }
    if let Some((prefix, after)) = session_mark(text, position, words).filter(|(prefix, _)| !prefix.is_empty()) {
        return read_special_number(text, &prefix, after, words);
    }
    match peek(text, position) {
        'S' | 'E' => read_special(text, position, words),
        digit if digit.is_ascii_digit() => read_arabic(text, position, words),
        _ => read_numerals(text, position, words),
    }
}

fn read_arabic(text: &str, position: usize, words: &CitationWords) -> Option<(Number, usize)> {
    let (first, end) = read_digits(text, position, 4)?;
    read_pair(text, first, end, words).or_else(|| read_bracketed(text, first, end, words))
}

/// `62/59`, with its part letters, or a European Union act.
fn read_pair(text: &str, first: u32, end: usize, words: &CitationWords) -> Option<(Number, usize)> {
    let (second, end) = read_second(text, end)?;
    if peek(text, end) == '/' {
        return read_european(text, first, second, end);
    }
    let shape = Shape::Pair(first, second);
    let part = read_part(text, end, words);
    if part.is_none() && !ends_here(text, end) {
        return None;
    }
    let (part, end) = part.map_or((None, end), |(part, end)| (Some(part), end));
    Some((Number { shape, part }, end))
}

/// The number after a stroke; segmentation and line wraps leave blanks on either side of it.
fn read_second(text: &str, end: usize) -> Option<(u32, usize)> {
    let stroke = skip_blanks(text, end);
    let ('/', after) = char_at(text, stroke)? else { return None };
    let (second, end) = read_digits(text, skip_blanks(text, after), 4)?;
    (second > 0).then_some((second, end))
}

/// A number may not run on into letters or decimals.
fn ends_here(text: &str, end: usize) -> bool {
    let (character, next) = char_at(text, end).unwrap_or((' ', end));
    let is_decimal = matches!(character, '.' | ',') && peek(text, next).is_ascii_digit();
    !(character.is_ascii_alphanumeric() || character == '%' || is_decimal)
}

/// Council decisions of the European Union are numbered year/number/treaty.
fn read_european(text: &str, year: u32, number: u32, stroke: usize) -> Option<(Number, usize)> {
    let (_, start) = char_at(text, stroke)?;
    let end = skip_letters(text, start);
    let treaty = between(text, start, end);
    let is_treaty = (2..=7).contains(&treaty.len()) && treaty.bytes().next().is_some_and(|b| b.is_ascii_uppercase());
    let shape = Shape::European(format!("{year}/{number}/{treaty}"));
    ((1950..2100).contains(&year) && is_treaty).then_some((Number { shape, part: None }, end))
}

/// `1718(2006)`, `2625 (XXV)`, `217 A (III)`.
fn read_bracketed(text: &str, first: u32, end: usize, words: &CitationWords) -> Option<(Number, usize)> {
    let (part, end) = read_part(text, end, words).map_or((None, end), |(part, end)| (Some(part), end));
    let (inside, end) = read_brackets(text, end)?;
    if let Ok(year @ 1946..2100) = inside.parse() {
        return Some((Number { shape: Shape::Year(first, year), part }, end));
    }
    let session = read_session(&inside, words)?;
    Some((Number { shape: Shape::Session(first, session), part }, end))
}

/// What short brackets hold, folded and without blanks, and where they end.
pub(super) fn read_brackets(text: &str, position: usize) -> Option<(String, usize)> {
    let ('(', mut end) = char_at(text, skip_blanks(text, position))? else { return None };
    let mut inside = String::new();
    for _ in 0..48 {
        let (character, next) = char_at(text, end)?;
        end = next;
        match character {
            ')' => return Some((inside, end)),
            '(' => return None,
            blank if blank.is_whitespace() => {}
            other => inside.push(other),
        }
    }
    None
}

/// A session as printed in brackets: `XXV`, `S-IV`, `XXXVIII-O/08`, 十五; `S IV` is a misprint.
pub(super) fn read_session(inside: &str, words: &CitationWords) -> Option<String> {
    if let Some(value) = numeral_value(inside, words) {
        return Some(roman(value));
    }
    if let Some((mark, after)) = session_mark(inside, 0, words) {
        let (session, end) = read_digits(inside, after, 2)?;
        return (end == inside.len()).then(|| format!("{mark}{}", roman(session)));
    }
    let inside: String = inside.chars().map(latin).collect();
    let inside = inside.as_str();
    let (prefix, rest) = ["ES-", "S-", "ES", "S"]
        .iter()
        .find_map(|prefix| Some((*prefix, inside.strip_prefix(prefix)?)))
        .unwrap_or(("", inside));
    let numeral_end = rest.find(|digit| !"IVXLC".contains(digit)).unwrap_or(rest.len());
    let (numeral, tail) = rest.split_at_checked(numeral_end)?;
    let is_whole = tail.is_empty() || (prefix.is_empty() && is_american_tail(tail));
    let hyphen = if prefix.is_empty() { "" } else { "-" };
    (is_whole && !numeral.is_empty() && numeral.len() < 9)
        .then(|| format!("{}{hyphen}{numeral}{tail}", prefix.trim_end_matches('-')))
}

/// `-O/08`: regular (O) or special (E) session and year of the Organization of American States.
fn is_american_tail(tail: &str) -> bool {
    let year = tail.strip_prefix("-O/").or_else(|| tail.strip_prefix("-E/"));
    year.is_some_and(|year| year.len() == 2 && year.bytes().all(|digit| digit.is_ascii_digit()))
}

/// `S-24/2`, `ES-10/15`, with part letters.
fn read_special(text: &str, position: usize, words: &CitationWords) -> Option<(Number, usize)> {
    let letters_end = skip_letters(text, position);
    let prefix = between(text, position, letters_end);
    let ('-', after) = char_at(text, letters_end)? else { return None };
    if !matches!(prefix, "S" | "ES") {
        return None;
    }
    read_special_number(text, &format!("{prefix}-"), after, words)
}

/// The session and number behind the mark of a special session.
fn read_special_number(text: &str, prefix: &str, position: usize, words: &CitationWords) -> Option<(Number, usize)> {
    let (session, end) = read_digits(text, position, 2)?;
    let (number, end) = read_second(text, end)?;
    if peek(text, end) == '/' {
        return None;
    }
    // The order of writing may turn the two of an Arabic number round. No number of this form is of an earlier session.
    let is_turned =
        !words.session_marks.is_empty() && session < FIRST_SPECIAL_SESSION && number >= FIRST_SPECIAL_SESSION;
    let (session, number) = if is_turned { (number, session) } else { (session, number) };
    let (part, end) = read_part(text, end, words).map_or((None, end), |(part, end)| (Some(part), end));
    Some((Number { shape: Shape::Special(format!("{prefix}{session}"), number), part }, end))
}

/// The first special session of the Assembly whose resolutions are numbered with it: S-8/1.
const FIRST_SPECIAL_SESSION: u32 = 8;

/// The mark of a session that a language writes in letters of its own, as symbols have it, and where its number begins:
/// `دإ-` is `S-`. Blanks may part its letters.
fn session_mark(text: &str, position: usize, words: &CitationWords) -> Option<(String, usize)> {
    if words.session_marks.is_empty() {
        return None;
    }
    // A conjunction is written onto it: ودإط-11/6.
    if is_inside_word(text, position) && match_any_back(text, position, &words.prefixes).is_none() {
        return None;
    }
    let marks = words.session_marks.iter();
    let read = |(mark, meant): &(String, String)| {
        let mut end = position;
        for letter in mark.chars() {
            let (found, next) = char_at(text, skip_silent(text, skip_blanks(text, end)))?;
            end = next;
            if found != fold(letter) {
                return None;
            }
        }
        let ('-', after) = char_at(text, skip_blanks(text, skip_silent(text, end)))? else { return None };
        Some((meant.clone(), skip_blanks(text, after)))
    };
    marks.filter_map(read).max_by_key(|(_, after)| *after)
}

/// Old Chinese texts print `一五一四(十五)` and `一㈠`.
fn read_numerals(text: &str, position: usize, words: &CitationWords) -> Option<(Number, usize)> {
    let mut end = position;
    let mut value = 0;
    while let Some((digit, next)) = char_at(text, end).and_then(|(c, next)| Some((digit_value(c, words)?, next))) {
        value = value * 10 + digit;
        end = next;
        if value > 9999 {
            return None;
        }
    }
    let (session, end) = read_enclosed(text, end, words).or_else(|| read_brackets(text, end))?;
    let session = read_session(&session, words)?;
    (value > 0).then_some((Number { shape: Shape::Session(value, session), part: None }, end))
}

fn digit_value(digit: char, words: &CitationWords) -> Option<u32> {
    let value = words.numerals.chars().position(|numeral| numeral == digit)?;
    u32::try_from(value).ok()
}

/// An enclosed numeral, ㈠, which folding leaves alone.
fn read_enclosed(text: &str, position: usize, words: &CitationWords) -> Option<(String, usize)> {
    let (character, end) = char_at(text, skip_blanks(text, position))?;
    words.enclosed_numerals.contains(character).then(|| (character.to_string(), end))
}

/// The value of a short numeral in the language's own digits: 五, 十, 十五, 二十五, 二五, ㈠.
fn numeral_value(numeral: &str, words: &CitationWords) -> Option<u32> {
    if let Some(value) = words.enclosed_numerals.chars().position(|one| numeral.chars().eq([one])) {
        return u32::try_from(value + 1).ok();
    }
    if numeral.is_empty() || words.ten.is_empty() || numeral.chars().count() > 3 {
        return None;
    }
    let number = |digits: &str| digits.chars().try_fold(0, |sum, digit| Some(sum * 10 + digit_value(digit, words)?));
    match numeral.split_once(words.ten.as_str()) {
        None => number(numeral),
        Some((tens, ones)) => Some(if tens.is_empty() { 1 } else { number(tens)? } * 10 + number(ones)?),
    }
}

/// A small number as a roman numeral.
fn roman(mut value: u32) -> String {
    let mut numeral = String::new();
    for (step, digits) in [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while value >= step {
            numeral.push_str(digits);
            value -= step;
        }
    }
    numeral
}

/// Part letters: `A`, `A和B`, `A and B`, `A-C`; the group is spelled `A-B`.
///
/// Letters after Z are read and left out: 53/77 AA is a part of one document, A/RES/53/77, while
/// single letters name documents of their own, A/RES/67/234B.
pub(super) fn read_part(text: &str, position: usize, words: &CitationWords) -> Option<(String, usize)> {
    let (first, mut end) = read_letter(text, position, words)?;
    let mut last = None;
    while let Some((letter, next)) = read_joined_letter(text, end, words) {
        (last, end) = (Some(letter), next);
    }
    let part = match last {
        _ if first.len() > 1 => String::new(),
        Some(last) => format!("{first}-{last}"),
        None => first,
    };
    Some((part, end))
}

/// One part letter: a capital, or the same one twice after Z was used up; or the name of one.
fn read_letter(text: &str, position: usize, words: &CitationWords) -> Option<(String, usize)> {
    let start = skip_blanks(text, position);
    let named = |at: usize| {
        let names = words.letter_names.iter().zip('A'..='Z');
        names.filter_map(|(name, letter)| Some((match_word(text, at, name)?, letter))).max()
    };
    if let Some((end, letter)) = named(start) {
        let twice = named(skip_blanks(text, end)).filter(|(_, second)| *second == letter);
        return Some(twice.map_or((letter.to_string(), end), |(end, _)| (format!("{letter}{letter}"), end)));
    }
    let end = skip_capitals(text, start);
    let letters: String = between(text, start, end).chars().map(fold).map(latin).collect();
    let first = letters.chars().next().filter(char::is_ascii_uppercase)?;
    let is_part = letters.len() < 3 && letters.chars().all(|letter| letter == first);
    (is_part && !goes_on(text, end) && !is_word(text, end, first, words)).then_some((letters, end))
}

/// The end of a run of letters, Latin or typed for Latin ones; a word of Cyrillic letters is none.
fn skip_capitals(text: &str, position: usize) -> usize {
    let mut end = position;
    while let Some((character, next)) = char_at(text, end) {
        match latin(character) {
            letter if letter.is_ascii_alphabetic() => end = next,
            '\u{400}'..='\u{4ff}' => return position,
            _ => break,
        }
    }
    end
}

/// `A/57/124` after a number is a symbol, `A.` may end a sentence, `A.1` may not, `A-7` neither.
fn goes_on(text: &str, end: usize) -> bool {
    let (character, next) = char_at(text, end).unwrap_or((' ', end));
    let binds = matches!(character, '.' | '-' | '\'' | '’') && peek(text, next).is_ascii_alphanumeric();
    let is_group = character == '-' && next_is_letter(text, next);
    character.is_ascii_digit() || character == '/' || (binds && !is_group)
}

/// `A-E`: the other end of a group of parts.
fn next_is_letter(text: &str, position: usize) -> bool {
    let end = skip_letters(text, position);
    let next = peek(text, end);
    peek(text, position).is_ascii_uppercase() && end == position + 1 && !next.is_ascii_digit() && next != '/'
}

/// Whether a single letter is a word of the language: "A new beginning".
fn is_word(text: &str, end: usize, letter: char, words: &CitationWords) -> bool {
    let next = skip_blanks(text, end);
    let before_word = next > end && peek(text, next).is_lowercase();
    words.single_letter_words.contains(&letter) && before_word && match_any(text, next, &words.after_letters).is_none()
}

/// The next letter of a group: a joiner and a letter.
fn read_joined_letter(text: &str, position: usize, words: &CitationWords) -> Option<(String, usize)> {
    let start = skip_blanks(text, position);
    let joined = match_any(text, start, &words.range_words).or_else(|| match_any(text, start, &words.joiners))?;
    read_letter(text, joined, words)
}

/// A number alone, of as many digits as resolutions have.
pub(super) fn read_plain(text: &str, position: usize) -> Option<(Number, usize)> {
    let (value, end) = read_digits(text, position, 4)?;
    let whole = begins_here(text, position) && ends_here(text, end) && !matches!(peek(text, end), '/' | '-' | '–');
    (whole && value > 0).then_some((Number { shape: Shape::Plain(value), part: None }, end))
}
