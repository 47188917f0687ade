//! Running text in two columns → one column below the other.
//!
//! Input: a page and its zones. Output: the parts of the page in reading order, each a [`Page`] of its own: what goes
//! across both columns, then the first, then the second. Invariants: each line, or part of one, is in one part; both
//! columns are measured from the same side, as if each were a page.

use super::line::{Line, Word, runs};
use super::page::Page;
use super::rule::Rule;
use super::zone::Zones;

/// Fewest lines in a column, beside lines of the other.
const FEWEST_LINES: usize = 8;
/// Lines that have a gap at one place by chance are fewer, one below the other.
const LINES_OF_BLOCK: usize = 3;
/// The gap between columns is within so much of the middle, in parts of the width of the text.
const OFF_MIDDLE: f32 = 0.08;
/// The gap between columns is at least so wide, in parts of the size.
const GAP: f32 = 0.9;

/// A part of a page, with the lines of it that are no furniture.
struct Part {
    lines: Vec<Line>,
    /// How far it is moved to the left.
    by: f32,
    /// The rules that are in it.
    rules: Vec<Rule>,
}

/// The parts of `page`, whose columns have a `gap` between them. `notes` finds the first line of footnotes in a part's
/// lines between two.
pub(super) fn parts(
    page: Page,
    zones: Zones,
    gap: f32,
    notes: impl Fn(&Page, usize, usize) -> usize,
) -> Vec<(Page, Zones)> {
    let parts = parted(&page.lines[zones.body..zones.foot], &page.rules, gap);
    let count = parts.len();
    let Page { width, height, is_right_to_left, mirrors, .. } = page;
    let mut head = page.lines[..zones.body].to_vec();
    let foot = &page.lines[zones.foot..];
    let mut sideways = page.sideways;
    let pages = parts.into_iter().enumerate().map(|(index, part)| {
        let body = head.len();
        let mut lines = std::mem::take(&mut head);
        lines.extend(part.lines.into_iter().map(|line| moved(line, part.by)));
        let end = lines.len();
        let is_last = index + 1 == count;
        if is_last {
            lines.extend_from_slice(foot);
        }
        let by = f64::from(part.by);
        let rules = part.rules.into_iter().map(|rule| match rule.is_vertical {
            true => Rule { at: rule.at - by, ..rule },
            false => Rule { from: rule.from - by, to: rule.to - by, ..rule },
        });
        let rules = rules.collect();
        let sideways = if is_last { std::mem::take(&mut sideways) } else { Vec::new() };
        let page = Page { width, height, is_right_to_left, mirrors, lines, rules, sideways, ..Page::default() };
        let zones = Zones { body, notes: notes(&page, body, end), foot: end };
        (page, zones)
    });
    pages.collect()
}

fn moved(mut line: Line, by: f32) -> Line {
    for word in &mut line.words {
        word.x0 -= by;
        word.x1 -= by;
    }
    line
}

/// The middle of the gap between two columns of running text; none if there is none. `earlier` is that of the page
/// before.
pub(super) fn gap(lines: &[Line], rules: &[Rule], earlier: Option<f32>) -> Option<f32> {
    let left = lines.iter().map(Line::x0).fold(f32::MAX, f32::min);
    let right = lines.iter().map(Line::x1).fold(0.0, f32::max);
    let size = lines.first()?.size;
    let of_page: Vec<(f32, f32)> = lines.iter().flat_map(|line| runs(&line.words, GAP * line.size)).collect();
    let at = free_place(&of_page, f32::midpoint(left, right), OFF_MIDDLE * (right - left), GAP * size)?;
    let blocks = lines.chunk_by(|one, other| crosses(one, at) == crosses(other, at));
    let blocks = blocks.filter(|block| block.len() >= LINES_OF_BLOCK && !crosses(&block[0], at));
    let beside: Vec<&Line> = blocks.flatten().collect();
    let crossing = lines.len() - beside.len();
    let near = NEAR * size;
    let goes_on = earlier.is_some_and(|earlier| (earlier - at).abs() < near);
    let fewest = if goes_on { 1 } else { FEWEST_LINES };
    let is_text = |is_first: bool| is_text(&beside, |line| side(line, at, is_first), fewest);
    let is_table = |rule: &&Rule| !rule.is_vertical && (rule.from as f32) < at - near && rule.to as f32 > at + near;
    let is_ruled = rules.iter().filter(is_table).count() >= FEWEST_RULES;
    (is_text(true) && is_text(false) && crossing < 2 * beside.len() && !is_ruled).then_some(at)
}

/// Whether what `side` leaves of the lines is running text: most begin where others do, and many end where the column does.
fn is_text<'l>(lines: &[&'l Line], side: impl Fn(&'l Line) -> &'l [Word], fewest: usize) -> bool {
    let sides: Vec<(f32, &[Word])> = lines.iter().map(|line| (line.size, side(line))).collect();
    let reaches: Vec<(f32, f32)> = sides.iter().flat_map(|(_, words)| runs(words, f32::MAX)).collect();
    let near = NEAR * lines.first().map_or(0.0, |line| line.size);
    let count = reaches.len();
    let end = reaches.iter().map(|(_, to)| *to).fold(0.0, f32::max);
    let n_ends = reaches.iter().filter(|(_, to)| end - to < near).count();
    let mut begins: Vec<f32> = reaches.iter().map(|(from, _)| *from).collect();
    begins.sort_by(f32::total_cmp);
    let set_in = begins.first().map_or(0.0, |first| first + (end - first) / SET_IN);
    let firsts = begins.iter().enumerate().take_while(|(_, from)| **from <= set_in);
    let n_begins = firsts.map(|(at, first)| begins.partition_point(|from| from - first < near) - at).max().unwrap_or(0);
    // A justified line of few words has gaps of its own, but few lines are so.
    let n_parted = sides.iter().filter(|(size, words)| runs(words, WIDEST_BLANK * size).count() > 1).count();
    count >= fewest && n_begins * 2 > count && n_ends * FULL_OF_LINES > count && n_parted * 4 <= count
}

/// Lines begin or end at one place if they do so within this of each other, in parts of their size.
const NEAR: f32 = 2.5;

/// Words of a justified line are nearer to each other than this, in parts of their size.
const WIDEST_BLANK: f32 = 3.0;

/// A list is set in by no more than this part of its column.
const SET_IN: f32 = 4.0;

/// One of so many lines of a column ends where the column does; the others end paragraphs, or stand at the front.
const FULL_OF_LINES: usize = 4;

/// Fewest rules across the page that make a table.
const FEWEST_RULES: usize = 3;

/// The place near `middle` that fewest `runs` go across, if it is in a gap of the others of at least `width`.
fn free_place(runs: &[(f32, f32)], middle: f32, near: f32, width: f32) -> Option<f32> {
    let count = 2 * PLACES + 1;
    let place = |index: usize| middle + near * (index as f32 / PLACES as f32 - 1.0);
    let crossed = |at: f32| runs.iter().filter(|(from, to)| *from < at && *to > at).count();
    let counts: Vec<usize> = (0..count).map(|index| crossed(place(index))).collect();
    let least = *counts.iter().min()?;
    let first = counts.iter().position(|count| *count == least)?;
    let length = counts.iter().skip(first).take_while(|count| **count == least).count();
    let gap = place(first + length - 1) - place(first);
    (gap >= width * 0.5).then_some(place(first) + gap / 2.0)
}

/// How many places on each side of the middle are tried.
const PLACES: usize = 40;

fn gap_between(pair: &[Word], size: f32) -> Option<(f32, f32)> {
    match pair {
        [one, other] if other.x0 - one.x1 > GAP * size => Some((one.x1, other.x0)),
        _ => None,
    }
}

/// Whether a word of `line` stands at `at`, or words on both sides of it are near.
fn crosses(line: &Line, at: f32) -> bool {
    let around = |pair: &[Word]| match pair {
        [one, other] => one.x1 <= at && other.x0 >= at && gap_between(pair, line.size).is_none(),
        _ => false,
    };
    line.words.iter().any(|word| word.x0 < at && word.x1 > at) || line.words.windows(2).any(around)
}

/// The words of `line` in the first column, or in the second.
fn side(line: &Line, at: f32, is_first: bool) -> &[Word] {
    let (first, second) = line.words.split_at(line.words.partition_point(|word| word.x0 < at));
    if is_first { first } else { second }
}

/// The parts of `lines` from top to bottom, those between lines across all in two columns.
fn parted(lines: &[Line], rules: &[Rule], at: f32) -> Vec<Part> {
    let mut parts = Vec::new();
    for run in lines.chunk_by(|one, other| crosses(one, at) == crosses(other, at)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let inside = |rule: &&Rule| {
            let y = if rule.is_vertical { rule.from } else { rule.at } as f32;
            y > first.y - 3.0 * first.size && y < last.y + last.size
        };
        let inside: Vec<Rule> = rules.iter().filter(inside).copied().collect();
        if crosses(first, at) {
            parts.push(Part { lines: run.to_vec(), by: 0.0, rules: inside });
            continue;
        }
        let column = |is_first: bool| -> Vec<Line> {
            let lines = run.iter().map(|line| Line { words: side(line, at, is_first).to_vec(), ..line.clone() });
            lines.filter(|line| !line.words.is_empty()).collect()
        };
        let left = |lines: &[Line]| lines.iter().map(Line::x0).fold(f32::MAX, f32::min);
        let (first, second) = (column(true), column(false));
        let by = if first.is_empty() || second.is_empty() { 0.0 } else { left(&second) - left(&first) };
        for (lines, by, is_first) in [(first, 0.0, true), (second, by, false)] {
            let is_here = |rule: &&Rule| {
                let x = if rule.is_vertical { rule.at } else { f64::midpoint(rule.from, rule.to) } as f32;
                (x < at) == is_first
            };
            let rules = inside.iter().filter(is_here).copied().collect();
            if !lines.is_empty() {
                parts.push(Part { lines, by, rules });
            }
        }
    }
    parts
}
