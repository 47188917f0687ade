//! Cleaning: blanks that a layout put into the text go, blanks that part words stay.
//!
//! Invariant: every character kept maps to its place in the source while it is kept, never by
//! searching afterwards.

use super::paragraph::bullet;
use crate::base::language::is_unspaced;
use crate::base::limits::MAX_SYMBOL_BYTES;
use crate::base::span::Span;
use crate::model::excerpt::Excerpt;

/// Where a paragraph ends inside a line, in text taken out of a document.
pub const PARAGRAPH_END: char = '\u{2028}';

/// What Chromium and PDFium copy for a hyphen at the end of a line.
const COPIED_HYPHEN: char = '\u{fffe}';

/// How far back is looked for the script of a number.
const NEAR: usize = 40;

/// How the blanks of a source came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blanks {
    /// Line ends and blanks around Latin letters and digits, as in PDF text.
    Wrapped,
    /// A blank between any two words, as in segmented text.
    Segmented,
}

/// The text at `spans` of `source` without layout blanks. Spans are taken as parted by a blank.
#[must_use]
pub fn clean(source: &str, spans: &[Span], blanks: Blanks) -> Excerpt {
    let mut excerpt = Excerpt::default();
    for span in spans {
        append(&mut excerpt, source, *span, blanks);
    }
    excerpt
}

/// Appends the text at `span` to `excerpt`, as [`clean`] does. A bullet behind a [`PARAGRAPH_END`] begins a line.
pub fn append(excerpt: &mut Excerpt, source: &str, span: Span, blanks: Blanks) {
    let mut blank = (!excerpt.is_empty()).then_some(Span::new(span.start, span.start));
    let mut after_paragraph = false;
    let mut at = span.start;
    while let Some(rest) = source.get(at..span.end)
        && let Some(first) = rest.chars().next()
    {
        if is_blank(first) {
            let place = Span::new(at, at + first.len_utf8());
            after_paragraph |= first == PARAGRAPH_END;
            blank = blank.or(Some(place));
            at = place.end;
            continue;
        }
        let bullet = if after_paragraph && !excerpt.is_empty() { bullet(rest) } else { None };
        after_paragraph = false;
        if let Some(len) = bullet {
            excerpt.push_bullet(Span::new(at, at + len));
            at += len;
            continue;
        }
        if let Some(gap) = blank.take() {
            push_gap(excerpt, gap, first, blanks, source);
        }
        let ends = |(at, character): &(usize, char)| is_blank(*character) && !is_inside_word(rest, *at, *character);
        let end = rest.char_indices().find(ends).map_or(rest.len(), |(end, _)| end);
        let stretch = rest.get(..end).unwrap_or(rest);
        push_stretch(excerpt, stretch, at);
        at += stretch.len();
    }
}

/// Appends a stretch without blanks that stands in the source from `at` on.
fn push_stretch(excerpt: &mut Excerpt, stretch: &str, at: usize) {
    let mut start = 0;
    for (hyphen, found) in stretch.match_indices(COPIED_HYPHEN) {
        excerpt.push(&stretch[start..hyphen], Span::new(at + start, at + hyphen));
        start = hyphen + found.len();
        excerpt.push("-", Span::new(at + hyphen, at + start));
    }
    if start < stretch.len() {
        excerpt.push(&stretch[start..], Span::new(at + start, at + stretch.len()));
    }
}

fn push_gap(excerpt: &mut Excerpt, gap: Span, next: char, blanks: Blanks, source: &str) {
    let Some(previous) = excerpt.text.chars().next_back() else { return };
    let printed = &source[gap.start..gap.end];
    let is_apart = parts_words(previous, next)
        || is_french(printed, previous, next)
        || (parts_number(previous, next) && is_spaced(&excerpt.text));
    if !is_apart || (blanks == Blanks::Segmented && inside_symbol(&excerpt.text, next)) {
        return;
    }
    if source.get(gap.start..gap.end) == Some(" ") {
        excerpt.push(" ", gap);
    } else {
        excerpt.push_inserted(" ");
    }
}

/// White space, and what is as invisible in files: the byte order mark, the zero-width space, and the marks of the
/// direction of writing, which stand around each line and number of Arabic in text out of a PDF.
#[must_use]
pub fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}') || is_direction(character)
}

/// The value of a digit of any of the scripts that the languages use.
#[must_use]
pub fn digit(character: char) -> Option<u32> {
    let zero = match character {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(u32::from(character) - u32::from(zero))
}

/// A character inside a word that says nothing of it: a soft hyphen, the lengthened stroke of Arabic, its vowel signs.
#[must_use]
pub fn is_silent(character: char) -> bool {
    matches!(character, '\u{ad}' | 'ـ' | '\u{64b}'..='\u{652}')
}

/// A mark of the direction of writing (Unicode: `Bidi_Control`).
#[must_use]
pub fn is_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether `character`, at `at` in `text`, is a mark of direction between two letters or digits, which no layout puts
/// there: it stays where it is printed.
fn is_inside_word(text: &str, at: usize, character: char) -> bool {
    let before = || text.get(..at).and_then(|before| before.chars().next_back());
    let behind = || text.get(at + character.len_utf8()..).and_then(|behind| behind.chars().next());
    is_direction(character)
        && before().is_some_and(char::is_alphanumeric)
        && behind().is_some_and(char::is_alphanumeric)
}

/// Whether a blank between the two parts words: it does where neither side is written without blanks.
fn parts_words(previous: char, next: char) -> bool {
    let arabic = |character: char| matches!(character, '\u{620}'..='\u{6ff}');
    let quotes = |character: char| matches!(character, '”' | '“' | '»' | '«');
    let word = |character: char| character.is_alphanumeric() && !is_unspaced(character);
    (word(previous) && word(next))
        || (word(previous) && opens(next) && previous.is_alphabetic())
        || (closes(previous) && next.is_alphabetic() && word(next))
        || (matches!(previous, '–' | '—') && word(next))
        || (word(previous) && matches!(next, '–' | '—') && previous.is_alphabetic())
        || (matches!(previous, ',' | ';' | '.') && word(next))
        || (closes(previous) && opens(next))
        // Arabic opens with ” and closes with “.
        || (arabic(previous) && (quotes(next) || opens(next)) || quotes(previous) && arabic(next))
        || (arabic(previous) && next == '-')
        || (previous == '-' && arabic(next))
}

/// Whether a blank is printed as French does: before : ; ! ? and », behind «.
fn is_french(gap: &str, previous: char, next: char) -> bool {
    let is_printed = !gap.is_empty() && !gap.contains('\n');
    let is_fixed = gap.contains(['\u{a0}', '\u{202f}']);
    let closes = matches!(next, ':' | ';' | '!' | '?' | '»') && !is_unspaced(previous);
    is_printed && (closes && (is_fixed || previous.is_lowercase()) || previous == '«' && !is_unspaced(next))
}

/// Whether a blank between the two may stand at a number, a sign or an amount of money.
fn parts_number(previous: char, next: char) -> bool {
    let word = |character: char| character.is_alphanumeric() && !is_unspaced(character);
    let money = matches!(next, '$' | '€' | '£' | '¥');
    let sign = |character: char| matches!(character, '&' | '+' | '=' | '§' | '№' | '#');
    (word(previous) && (money || sign(next)))
        || (sign(previous) && word(next))
        || (previous.is_ascii_digit() && opens(next))
        || (closes(previous) && (next.is_ascii_digit() || sign(next)))
}

fn opens(character: char) -> bool {
    matches!(character, '(' | '[' | '"' | '“' | '‘' | '«' | '„')
}

fn closes(character: char) -> bool {
    matches!(character, ',' | ';' | ':' | '.' | ')' | ']' | '"' | '”' | '’' | '%' | '»' | '،' | '؛' | '؟' | '!' | '?')
}

/// Whether the last word of `text` is of a script with blanks between words; numbers and symbols show no script.
fn is_spaced(text: &str) -> bool {
    let is_arabic = |character: char| matches!(character, '\u{620}'..='\u{64a}');
    let mut last = text.chars().rev().take(NEAR);
    let shown = last.find(|last| last.is_lowercase() || is_arabic(*last) || is_unspaced(*last));
    shown.is_some_and(|last| !is_unspaced(last))
}

/// Whether a word-segmentation blank cut a symbol: `NPT/CONF.201 0/ WP.55`.
fn inside_symbol(text: &str, next: char) -> bool {
    let near = &text[text.floor_char_boundary(text.len().saturating_sub(MAX_SYMBOL_BYTES))..];
    let word = near.rsplit(|character| is_blank(character) || is_unspaced(character)).next().unwrap_or(near);
    let word = word.trim_start_matches(|character: char| !character.is_alphanumeric());
    let latin = word.chars().next().is_some_and(|character| character.is_ascii_uppercase());
    latin && word.contains('/') && (next.is_ascii_digit() || word.ends_with('/'))
}
