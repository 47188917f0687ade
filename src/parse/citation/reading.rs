//! Small readers over a text and a byte position: characters, blanks, digits and words.
//!
//! Input: a text and a byte position. Output: what stands there and where it ends. Invariants: no
//! reader fails on a position that is no character boundary (it finds nothing there), and none
//! looks further than a fixed number of bytes except along the thing it reads.

use crate::base::language::is_unspaced;
use crate::parse::text::{is_direction, is_silent};

/// Blanks that may stand inside one citation: a hard line wrap leaves a newline, an empty line and
/// the indent of the next one, as in the extracted text of NPT/CONF.2010/PC.I/WP.78.
const MOST_BLANKS: usize = 24;

/// The two newlines of such a wrap; a third one separates things that do not belong together.
const MOST_NEWLINES: usize = 2;

/// The plain form of a character that is printed in several: full-width Latin letters and brackets, the digits, commas and
/// alefs of Arabic, the hyphens of the joint symbols (`A/67/517‑S/2012/760` is set with U+2011), fixed blanks, marks of
/// direction.
pub(in crate::parse) fn fold(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '٠'..='٩' => char::from_digit(u32::from(character) - 0x660, 10).unwrap_or(character),
        '۰'..='۹' => char::from_digit(u32::from(character) - 0x6f0, 10).unwrap_or(character),
        '،' => ',',
        '؛' => ';',
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' => 'ي',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        direction if is_direction(direction) => ' ',
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}' => ' ',
        other => other,
    }
}

/// The position behind silent characters.
pub(super) fn skip_silent(text: &str, position: usize) -> usize {
    let silent =
        text.get(position..).unwrap_or("").chars().take(MOST_BLANKS).take_while(|character| is_silent(*character));
    position + silent.map(char::len_utf8).sum::<usize>()
}

/// Whether a word ends or begins with a letter of a script that parts words by blanks.
fn is_word_letter(character: char) -> bool {
    !is_unspaced(character) && character.is_alphanumeric()
}

/// Whether a position stands behind a letter of the same word.
pub(super) fn is_inside_word(text: &str, position: usize) -> bool {
    char_before(text, position).is_some_and(|(before, _)| is_word_letter(before) || is_silent(before))
}

/// The folded character at a position and the position after it.
pub(super) fn char_at(text: &str, position: usize) -> Option<(char, usize)> {
    let byte = *text.as_bytes().get(position)?;
    if byte < 0x80 {
        return Some((char::from(byte), position + 1));
    }
    let character = text.get(position..)?.chars().next()?;
    Some((fold(character), position + character.len_utf8()))
}

/// The folded character before a position and the position where it begins.
pub(super) fn char_before(text: &str, position: usize) -> Option<(char, usize)> {
    let before = text.get(..position)?;
    let character = before.chars().next_back()?;
    Some((fold(character), position - character.len_utf8()))
}

/// The folded character at a position, or a blank at the end of the text.
pub(super) fn peek(text: &str, position: usize) -> char {
    char_at(text, position).map_or(' ', |(character, _)| character)
}

/// The position of the next character that is no blank, as far as one citation may be torn apart.
pub(super) fn skip_blanks(text: &str, position: usize) -> usize {
    let mut end = position;
    let mut newlines = 0;
    for _ in 0..MOST_BLANKS {
        match char_at(text, end) {
            Some(('\n', _)) if newlines == MOST_NEWLINES => return end,
            Some((character, next)) if character.is_whitespace() => {
                newlines += usize::from(character == '\n');
                end = next;
            }
            _ => return end,
        }
    }
    end
}

/// The end of the last character before a position that is no blank.
pub(super) fn skip_blanks_back(text: &str, position: usize) -> usize {
    let mut start = position;
    for _ in 0..MOST_BLANKS {
        match char_before(text, start) {
            Some((character, before)) if character.is_whitespace() => start = before,
            _ => return start,
        }
    }
    start
}

/// A decimal number of at most `most` digits, and where it ends; longer runs are none.
pub(super) fn read_digits(text: &str, position: usize, most: usize) -> Option<(u32, usize)> {
    let mut value = 0_u32;
    let mut end = position;
    for count in 0..=most {
        let digit = char_at(text, end).and_then(|(character, next)| Some((character.to_digit(10)?, next)));
        match digit {
            Some(_) if count == most => return None,
            Some((digit, next)) => (value, end) = (value * 10 + digit, next),
            None => return (count > 0).then_some((value, end)),
        }
    }
    None
}

/// The end of a run of ASCII letters, full-width ones included.
pub(super) fn skip_letters(text: &str, position: usize) -> usize {
    let mut end = position;
    while let Some((character, next)) = char_at(text, end) {
        if !character.is_ascii_alphabetic() {
            break;
        }
        end = next;
    }
    end
}

/// Whether a word is written without blanks, so that word segmentation may have put blanks into it.
fn is_continuous(word: &str) -> bool {
    !word.chars().any(is_word_letter)
}

/// Whether a letter is written together with the word behind it: و, ب, ل.
fn is_written_onto(word: &str) -> bool {
    let mut letters = word.chars();
    matches!((letters.next(), letters.next()), (Some('\u{620}'..='\u{64a}'), None))
}

/// The end of `word` if it stands at a position.
///
/// A blank in the word is any run of blanks in the text; a Han word may have blanks between its
/// characters; a word in small letters may begin with a capital. Latin words end at a word's end.
pub(in crate::parse) fn match_word(text: &str, position: usize, word: &str) -> Option<usize> {
    let (mut end, mut continuous) = (position, None);
    let mut before = ' ';
    for (count, wanted) in word.chars().enumerate() {
        // Blanks may stand around the stroke of a double name.
        if count > 0 && (wanted == '/' || before == '/') {
            end = skip_blanks(text, end);
        }
        before = wanted;
        if wanted == ' ' {
            let next = skip_blanks(text, end);
            if next == end {
                return None;
            }
            end = next;
            continue;
        }
        // Most words fail at their first character, before it matters how they are written.
        if count > 0 && *continuous.get_or_insert_with(|| is_continuous(word)) {
            end = skip_blanks(text, end);
        }
        let (found, next) = char_at(text, end)?;
        if is_same(found, wanted, count == 0) {
            end = next;
            continue;
        }
        let behind = skip_silent(text, end);
        let (found, next) = char_at(text, behind).filter(|_| count > 0)?;
        if !is_same(found, wanted, false) {
            return None;
        }
        end = next;
    }
    if !word.is_ascii() {
        end = skip_silent(text, end);
    }
    ends_cleanly(text, end, word).then_some(end)
}

/// Whether a folded character is the one wanted, which at the start of a word may be a capital.
fn is_same(found: char, wanted: char, is_first: bool) -> bool {
    found == wanted
        || found == fold(wanted)
        || (is_first && found.is_uppercase() && found.to_lowercase().eq([wanted]))
        || (matches!(found, '\'' | '’') && matches!(wanted, '\'' | '’'))
}

/// A word of a script with blanks between words may not go on after its last letter.
fn ends_cleanly(text: &str, end: usize, word: &str) -> bool {
    let is_word = word.chars().next_back().is_some_and(is_word_letter) && !is_written_onto(word);
    !(is_word && is_word_letter(peek(text, end)))
}

/// The end of the longest of `words` that stands at a position.
pub(super) fn match_any(text: &str, position: usize, words: &[String]) -> Option<usize> {
    words.iter().filter_map(|word| match_word(text, position, word)).max()
}

/// The beginning of `word` if it ends at a position.
fn match_word_back(text: &str, position: usize, word: &str) -> Option<usize> {
    let continuous = is_continuous(word);
    let mut start = position;
    for (count, wanted) in word.chars().rev().enumerate() {
        if wanted == ' ' || (continuous && count > 0) {
            start = skip_blanks_back(text, start);
        }
        if wanted == ' ' {
            continue;
        }
        let (mut found, mut before) = char_before(text, start)?;
        while is_silent(found) {
            (found, before) = char_before(text, before)?;
        }
        if !found.eq_ignore_ascii_case(&fold(wanted)) && !is_same(found, wanted, true) {
            return None;
        }
        start = before;
    }
    begins_cleanly(text, start, word).then_some(start)
}

/// A word of a script with blanks between words may not have begun before its first letter.
fn begins_cleanly(text: &str, start: usize, word: &str) -> bool {
    !(word.starts_with(is_word_letter) && is_inside_word(text, start))
}

/// The beginning of the longest of `words` that ends at a position.
pub(super) fn match_any_back(text: &str, position: usize, words: &[String]) -> Option<usize> {
    words.iter().filter_map(|word| match_word_back(text, position, word)).min()
}

/// The end of a footnote mark `[^7]`, the form that converted resolutions have; Arabic ones stand in brackets.
pub(super) fn skip_footnote_mark(text: &str, position: usize) -> Option<usize> {
    let whole = text.get(position..)?;
    let bracketed = whole.strip_prefix('(');
    let rest = bracketed.unwrap_or(whole).strip_prefix("[^")?;
    let length = rest.bytes().take(8).position(|byte| byte == b']')?;
    let end = position + (whole.len() - rest.len()) + length + 1;
    if bracketed.is_none() {
        return Some(end);
    }
    text.get(end..)?.starts_with(')').then_some(end + 1)
}

/// The part of a text between two positions, empty when they do not bound one.
pub(super) fn between(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}
