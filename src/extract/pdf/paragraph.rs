//! Lines of running text → paragraphs.
//!
//! Input: printed lines. Output: where paragraphs begin. Invariant: a line that could not have ended where it does,
//! since the next word had room on it, ends a paragraph.

use super::direction::Piece;
use super::join::{Printed, is_han};
use super::line::{Line, Word};
use super::page::Page;

/// The words of a line as a line of text.
pub(super) fn printed(page: &Page, line: &Line, words: &[Word]) -> Printed {
    let (x0, x1) = (words.first().map_or(0.0, |word| word.x0), words.last().map_or(0.0, |word| word.x1));
    let first_width = words.first().map_or(0.0, |word| {
        let before_blank =
            words.iter().skip(1).take_while(|word| !word.after_blank).last().map_or(word.x1, |last| last.x1);
        match word.text.chars().position(is_han) {
            Some(first) => undivided(&word.text, first) * (word.x1 - word.x0) / word.text.chars().count().max(1) as f32,
            None => before_blank - word.x0,
        }
    });
    let (pieces, is_bold) = (page.pieces(words), line.is_bold());
    let printed = Printed { pieces, x0, text_x0: x0, x1, y: line.y, size: line.size, is_bold, first_width };
    let behind_label = words.get(1).filter(|_| is_label(&printed.plain()));
    Printed { text_x0: behind_label.map_or(x0, |second| second.x0), ..printed }
}

/// How many characters at the beginning of a text with Han stand on one line: opening marks with what they open, and
/// what precedes the Han character at `first`.
fn undivided(text: &str, first: usize) -> f32 {
    let opening =
        text.chars().take_while(|c| matches!(c, '(' | '（' | '《' | '〈' | '“' | '「' | '『' | '【' | '‘')).count();
    opening.max(first.saturating_sub(1)) as f32 + 1.0
}

/// What is known of the lines around when a paragraph is judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    /// Where lines begin and end.
    pub left: f32,
    pub right: f32,
    /// The usual distance of lines, in parts of their size.
    pub pitch: f32,
    /// Whether paragraphs have several sentences.
    pub has_sentences: bool,
}

/// Whether `line` begins a paragraph behind `last`. `is_next` is whether it has the first number, or that behind the last.
pub(super) fn begins(last: &Printed, line: &Printed, measure: Measure, is_next: bool) -> bool {
    let distance = line.y - last.y;
    if distance > (measure.pitch + 0.25 * measure.pitch.min(SPACED)) * last.size.max(line.size) + 0.5 || distance < 0.0
    {
        return true;
    }
    if (line.size - last.size).abs() > 0.08 * last.size || line.is_bold != last.is_bold {
        return true;
    }
    if is_set_right(last, measure) && (line.x0 - last.x0).abs() > 0.8 * line.size {
        return true;
    }
    let right =
        if is_centered(last, measure) && is_centered(line, measure) { last.x1.max(line.x1) } else { measure.right };
    if has_room(last, line, right) {
        return true;
    }
    // The first line of a paragraph is set in, or all its lines but the first are: these stand below the text behind its
    // number.
    let is_ended = is_ended(&last.plain());
    if !measure.has_sentences && ends_sentence(&last.plain()) {
        return true;
    }
    // What stands before the first numbered paragraph of a resolution ends with a comma.
    if is_next && (is_ended || last.plain().trim_end().ends_with([',', '，', '،'])) {
        return true;
    }
    let is_label = is_label(&line.plain());
    line.x0 > last.x0 + 0.8 * line.size
        && if (line.x0 - last.text_x0).abs() < 0.2 * line.size { is_ended && is_label } else { is_label || is_ended }
}

/// Whether the words of `line` are stretched from where lines begin to where they end: all are as far from each other.
pub(super) fn is_justified(line: &Line, measure: Measure) -> bool {
    let is_at = |x: f32, edge: f32| (x - edge).abs() < 0.2 * line.size;
    is_at(line.x0(), measure.left) && is_at(line.x1(), measure.right) && line.is_even()
}

/// Lines that are farther apart than this, in parts of their size, have no wider distances of paragraphs than those that
/// are not.
const SPACED: f32 = 1.8;

fn is_centered(line: &Printed, measure: Measure) -> bool {
    let (before, after) = (line.x0 - measure.left, measure.right - line.x1);
    before > 2.0 * line.size && (before - after).abs() < 1.5 * line.size
}

/// Whether a line stands on the side where lines end, far from where they begin, as the language and date of a reply do.
fn is_set_right(line: &Printed, measure: Measure) -> bool {
    let begins_late = line.x0 - measure.left > SET_RIGHT * (measure.right - measure.left);
    begins_late && (measure.right - line.x1).abs() < 0.5 * line.size
}

/// A line that begins so far in, in parts of the width, is no line that is set in.
const SET_RIGHT: f32 = 0.4;

/// Whether the first word of `line` had room at the end of `last`.
pub(super) fn has_room(last: &Printed, line: &Printed, right: f32) -> bool {
    let begins_han = line.pieces.iter().find_map(|piece| match piece {
        Piece::Character(character) => Some(is_han(*character)),
        Piece::Mark(_) => None,
    });
    // Han text keeps signs from the beginning of a line by moving one or two characters.
    let spare = if begins_han == Some(true) { 2.1 } else { 0.6 };
    right - last.x1 > line.first_width + spare * last.size
}

/// Whether a line of a cell begins a paragraph of its own in it.
pub(super) fn begins_in_cell(last: &Printed, line: &Printed, pitch: f32) -> bool {
    line.y - last.y > 1.3 * pitch || is_item(&line.plain()) && is_ended(&last.plain())
}

/// Whether a text ends as a sentence or part of a list does; closing marks and brackets apart.
pub(super) fn is_ended(text: &str) -> bool {
    text.trim_end_matches(is_closing)
        .ends_with(['.', '。', '!', '?', ';', '；', '؛', '؟', '！', '？', '…', ':', '：', '．'])
}

/// Whether a text has a sentence behind another.
pub(super) fn has_sentences(text: &str) -> bool {
    text.char_indices().any(|(at, character)| {
        let (before, behind) = text.split_at(at + character.len_utf8());
        let next = behind.trim_start().chars().next();
        let begins = next.is_some_and(|next| next.is_alphabetic() && !next.is_lowercase());
        begins && (character == '。' || behind.starts_with(char::is_whitespace)) && ends_sentence(before)
    })
}

/// Whether a text ends with the stop of a sentence, closing marks apart. What has one behind few letters may be shortened.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(is_closing);
    let Some(stop @ ('.' | '。' | '!' | '?' | '؟')) = text.chars().next_back() else { return false };
    let before = text[..text.len() - stop.len_utf8()].trim_end_matches(is_closing);
    let word = before.chars().rev().take_while(|character| character.is_alphabetic());
    stop == '。' || before.len() + stop.len_utf8() < text.len() || word.count() >= LETTERS_OF_WORD
}

/// Shortened words have fewer letters.
const LETTERS_OF_WORD: usize = 4;

fn is_closing(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']' | '）' | '】' | '」' | '』' | '*')
}

/// Whether a text begins with the sign of an item: a dash or a bullet with a blank behind it.
fn is_item(text: &str) -> bool {
    let mut characters = text.chars();
    let sign =
        characters.next().is_some_and(|first| matches!(first, '-' | '–' | '—' | '•' | '·' | '●' | '▪' | '○' | '－'));
    sign && characters.next().is_some_and(char::is_whitespace)
}

/// Whether a text begins with the number or letter of a paragraph, or the sign of an item.
pub(super) fn is_label(text: &str) -> bool {
    is_item(text) || Label::of(text).is_some()
}

/// The number or letter that a paragraph begins with: `4.`, `(b)`, `iv)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label<'t> {
    inner: &'t str,
    before: &'t str,
    behind: &'t str,
}

impl<'t> Label<'t> {
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let first = text.split_whitespace().next()?;
        let opened = first.trim_start_matches(['(', '（']);
        let inner = opened.trim_end_matches(['.', ')', '）', '．', '、']);
        let (before, behind) = (&first[..first.len() - opened.len()], &opened[inner.len()..]);
        let is_number = inner.chars().count() <= 4 && inner.chars().all(|c| c.is_ascii_digit());
        let is_letter = inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic);
        let is_roman = inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'));
        let is_label = inner.len() < first.len() && !inner.is_empty() && (is_number || is_letter || is_roman);
        is_label.then_some(Self { inner, before, behind })
    }

    /// Whether it is the first number, or the first Latin letter.
    pub(super) fn is_first(self) -> bool {
        matches!(self.inner, "1" | "a")
    }

    /// Whether it is the number or Latin letter behind `other`, in the same signs.
    pub(super) fn follows(self, other: Label<'_>) -> bool {
        let place = |inner: &str| inner.parse::<u32>().ok().or_else(|| letter(inner));
        let is_same_kind = self.before == other.before
            && self.behind == other.behind
            && self.inner.starts_with(|c: char| c.is_ascii_digit())
                == other.inner.starts_with(|c: char| c.is_ascii_digit());
        is_same_kind && place(other.inner).is_some_and(|other| place(self.inner) == Some(other + 1))
    }
}

fn letter(inner: &str) -> Option<u32> {
    let first = inner.chars().next().filter(|first| first.is_ascii_alphabetic() && inner.len() == 1)?;
    Some(u32::from(first))
}
