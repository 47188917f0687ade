//! Words that touch those of the next column → words of one column each.
//!
//! Input: the lines and rules of a page, measured from the side where lines begin. Output: its lines, with the same text
//! in more words. A cell without a margin may be full up to where the next begins. Where other lines begin shows where
//! that is.

use super::edge::MOST_COLUMNS;
use super::line::{Line, Word};
use super::rule::Rule;
use super::stack::stacks;
use std::ops::Range;

/// Parts the words of `lines` where a column of a table begins inside them: between the first and the last line that show
/// it, so that heads and feet of pages stay whole, and around a table between `rules`, outside of which a row may go on.
pub(super) fn part_words(lines: &mut [Line], rules: &[Rule], is_right_to_left: bool) {
    let mut tables: Vec<(usize, usize)> = Vec::new();
    for stack in stacks(rules) {
        let first = lines.partition_point(|line| line.y < stack.top);
        let end = lines.partition_point(|line| line.y < stack.bottom);
        if tables.last().is_none_or(|(_, end)| *end <= first) {
            tables.push((first, end));
        }
    }
    let from = std::iter::once(0).chain(tables.iter().map(|(_, end)| *end));
    let until = tables.iter().skip(1).map(|(first, _)| *first).chain(std::iter::once(lines.len()));
    let mut places = columns(lines);
    for ((first, end), (from, until)) in tables.iter().zip(from.zip(until)) {
        places.extend(columns(&lines[*first..*end]).into_iter().map(|(begin, _)| (begin, from..until)));
    }
    let split_off = if is_right_to_left { split_off_left } else { split_off_right };
    for (begin, among) in places {
        lines[among].iter_mut().for_each(|line| part(line, begin, split_off));
    }
}

/// Where at least [`FEWEST`] parts of lines begin, set apart from what is before them, and the lines between the first
/// and the last of these. The first column is left out: nothing stands before it that could touch it.
fn columns(lines: &[Line]) -> Vec<(f32, Range<usize>)> {
    let begins_of = |(index, line): (usize, &Line)| line.begins(APART).into_iter().map(move |begin| (begin, index));
    let mut begins: Vec<(f32, usize)> = lines.iter().enumerate().flat_map(begins_of).collect();
    begins.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let near = begins.chunk_by(|(one, _), (other, _)| other - one < SAME).filter(|near| near.len() >= FEWEST);
    let column = |near: &[(f32, usize)]| {
        let indices = || near.iter().map(|(_, index)| *index);
        Some((near.first()?.0, indices().min()?..indices().max()? + 1))
    };
    near.filter_map(column).skip(1).take(MOST_COLUMNS).collect()
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
