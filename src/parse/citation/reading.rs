//! Small readers over a text and a byte position: characters, blanks, digits and words.
//!
//! Input: a text and a byte position. Output: what stands there and where it ends. Invariants: no
//! reader fails on a position that is no character boundary (it finds nothing there), and none
//! looks further than a fixed number of bytes except along the thing it reads.

/// Blanks that may stand inside one citation: a hard line wrap leaves a newline, an empty line and
/// the indent of the next one, as in the extracted text of NPT/CONF.2010/PC.I/WP.78.
const MOST_BLANKS: usize = 24;

/// The two newlines of such a wrap; a third one separates things that do not belong together.
const MOST_NEWLINES: usize = 2;

/// The plain form of a character that is printed in several: full-width Latin letters and brackets,
/// the hyphens of the joint symbols (`A/67/517‑S/2012/760` is set with U+2011), fixed blanks.
pub(super) fn fold(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}' => ' ',
        other => other,
    }
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
    !word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// The end of `word` if it stands at a position.
///
/// A blank in the word is any run of blanks in the text; a Han word may have blanks between its
/// characters; a word in small letters may begin with a capital. Latin words end at a word's end.
pub(super) fn match_word(text: &str, position: usize, word: &str) -> Option<usize> {
    let (mut end, mut continuous) = (position, None);
    for (count, wanted) in word.chars().enumerate() {
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
        if found != fold(wanted) && !(count == 0 && found.to_ascii_lowercase() == wanted) {
            return None;
        }
        end = next;
    }
    ends_cleanly(text, end, word).then_some(end)
}

/// A Latin word may not go on after its last letter.
fn ends_cleanly(text: &str, end: usize, word: &str) -> bool {
    let is_latin = word.chars().next_back().is_some_and(|last| last.is_ascii_alphanumeric());
    !(is_latin && peek(text, end).is_ascii_alphanumeric())
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
        let (found, before) = char_before(text, start)?;
        if !found.eq_ignore_ascii_case(&fold(wanted)) {
            return None;
        }
        start = before;
    }
    begins_cleanly(text, start, word).then_some(start)
}

/// A Latin word may not have begun before its first letter.
fn begins_cleanly(text: &str, start: usize, word: &str) -> bool {
    let is_latin = word.chars().next().is_some_and(|first| first.is_ascii_alphanumeric());
    !(is_latin && char_before(text, start).is_some_and(|(character, _)| character.is_ascii_alphanumeric()))
}

/// The beginning of the longest of `words` that ends at a position.
pub(super) fn match_any_back(text: &str, position: usize, words: &[String]) -> Option<usize> {
    words.iter().filter_map(|word| match_word_back(text, position, word)).min()
}

/// The end of a footnote mark `[^7]`, the form that converted resolutions have.
pub(super) fn skip_footnote_mark(text: &str, position: usize) -> Option<usize> {
    let rest = text.get(position..)?.strip_prefix("[^")?;
    let length = rest.bytes().take(8).position(|byte| byte == b']')?;
    Some(position + 2 + length + 1)
}

/// The part of a text between two positions, empty when they do not bound one.
pub(super) fn between(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}
