//! Words that touch those of the next column → words of one column each.
//!
//! Input: the lines of a page, measured from the side where lines begin. Output: its lines, with the same text
//! in more words. A cell without a margin may be full up to where the next begins. Where other lines begin shows where
//! that is.

use super::edge::MOST_COLUMNS;
use super::line::{Line, Word};

/// Parts the words of `lines` where a column of a table may begin inside them.
pub(super) fn part_words(lines: &mut [Line], is_right_to_left: bool) {
    let split_off = if is_right_to_left { split_off_left } else { split_off_right };
    // Nothing stands before the first column that could touch it.
    for begin in columns(lines).into_iter().skip(1) {
        lines.iter_mut().for_each(|line| part(line, begin, split_off));
    }
}

/// Where at least [`FEWEST`] parts of lines begin, set apart from what is before them.
fn columns(lines: &[Line]) -> Vec<f32> {
    let mut begins: Vec<f32> = lines.iter().flat_map(|line| line.begins(APART)).collect();
    begins.sort_by(f32::total_cmp);
    let near = begins.chunk_by(|one, other| other - one < SAME);
    let common = near.filter(|near| near.len() >= FEWEST).filter_map(|near| near.first().copied());
    common.take(MOST_COLUMNS).collect()
}

/// Parts the word of `line` in which a glyph begins at `begin`, without a blank.
fn part(line: &mut Line, begin: f32, split_off: fn(&mut Word, f32) -> Option<Word>) {
    let Some(index) = line.words.iter().position(|word| word.x0 + SAME < begin && begin < word.x1) else { return };
    if let Some(rest) = line.words.get_mut(index).and_then(|word| split_off(word, begin)) {
        line.words.insert(index + 1, rest);
    }
}

/// Takes off `word`, which is read from left to right, what begins with the glyph at `begin`.
fn split_off_right(word: &mut Word, begin: f32) -> Option<Word> {
    let at = word.glyphs.iter().position(|(x, _)| (word.x0 + x - begin).abs() < SAME)?;
    let (x, place) = word.glyphs.get(at).copied()?;
    let glyphs = word.glyphs.split_off(at).iter().map(|glyph| (glyph.0 - x, glyph.1 - place)).collect();
    let rest = Word { x0: word.x0 + x, text: word.text.split_off(place), glyphs, after_blank: false, ..*word };
    word.x1 = rest.x0;
    Some(rest)
}

/// Takes off `word`, which is read from right to left, what stands left of `begin`: the word before it ends there or a
/// little to the right.
fn split_off_left(word: &mut Word, begin: f32) -> Option<Word> {
    let edge = word.x1 - begin;
    let at = word.glyphs.iter().position(|(x, _)| *x > edge - SAME).filter(|at| *at > 0)?;
    let (x, place) = word.glyphs.get(at).copied().filter(|(x, _)| *x < edge + TOUCHING)?;
    let right_glyphs = word.glyphs.split_off(at).iter().map(|glyph| (glyph.0 - x, glyph.1 - place)).collect();
    let right_text = word.text.split_off(place);
    let glyphs = std::mem::replace(&mut word.glyphs, right_glyphs);
    let text = std::mem::replace(&mut word.text, right_text);
    let rest = Word { x0: begin, text, glyphs, after_blank: false, ..*word };
    word.x1 = word.x1.min(begin);
    Some(rest)
}

/// Fewest parts of lines that show a column.
const FEWEST: usize = 3;
/// Widest gap that may be one of running text, in parts of the size.
const APART: f32 = 1.0;
/// Words nearer than this, in points, touch.
const TOUCHING: f32 = 1.5;
/// Glyphs nearer than this, in points, begin at one place.
const SAME: f32 = 0.5;
