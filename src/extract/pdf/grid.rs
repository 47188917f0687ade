//! Where a page's tables are: their columns, and what parts their rows.
//!
//! Input: lines and rules of a page. Output: [`Grid`]s from top to bottom. Columns are where upright rules are, else
//! where words of many lines begin behind a gap that no other line crosses.

use super::edge::{BLANK, MOST_COLUMNS, NEAR, between_texts, edges, is_kept, straddles};
use super::line::{Line, Word};
use super::rule::Rule;
use super::stack::{Stack, columns_of, is_parted_by_uprights, stacks};

/// A table's place on a page.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// The lines that are in it: first, and behind the last.
    pub first: usize,
    pub end: usize,
    /// Where its columns begin.
    pub edges: Vec<f32>,
    /// Level rules that part its rows, from top to bottom.
    pub parts: Vec<f32>,
    /// Whether a rule stands between each two of its rows.
    pub is_ruled: bool,
    /// The level and upright rules in it.
    pub rules: Vec<Rule>,
    /// Where it ends, on the right.
    pub right: f32,
    /// Whether upright rules part its columns in most of its rows.
    pub is_boxed: bool,
}

impl Grid {
    /// The column that `word` stands in.
    pub(super) fn column(&self, word: &Word) -> usize {
        let begin = word.x0 + NEAR;
        self.edges.iter().rposition(|edge| *edge <= begin).unwrap_or(0)
    }

    /// Takes in the row that goes on over the end of the page, below its last rule, and a head, or the rest of a row
    /// from the page before, above its first.
    fn extend(&mut self, lines: &[Line], from: usize, goes_on: bool) {
        let distance = |one: usize, other: usize| match (lines.get(one), lines.get(other)) {
            (Some(one), Some(other)) => (other.y - one.y) / one.size.max(other.size),
            _ => f32::MAX,
        };
        let keeps =
            |line: &Line| !self.is_across(line) && self.edges.first().is_some_and(|left| line.x0() > left - NEAR);
        // Rows stand as far apart as they do inside the table.
        let inside = || (self.first + 1..self.end).map(|index| distance(index - 1, index));
        let rows_apart = LINES_APART.max(1.05 * inside().fold(0.0, f32::max));
        let below_each_other = inside().filter(|distance| *distance > OVERLAPPING);
        let lines_apart = LINES_APART.max(1.05 * below_each_other.fold(rows_apart, f32::min));
        let is_near = |above: usize, is_row_border: bool| {
            distance(above, above + 1) < if is_row_border { rows_apart } else { lines_apart }
        };
        let rest = lines.iter().enumerate().skip(self.end);
        let below = rest
            .take_while(|(index, line)| keeps(line) && *index > 0 && is_near(index - 1, *index == self.end))
            .count();
        let taken = &lines[self.end..self.end + below];
        let is_row = taken.iter().flat_map(|line| &line.words).any(|word| self.column(word) > 0);
        let rest = lines.iter().enumerate().take(self.first).skip(from).rev();
        let is_part = |line: &Line| keeps(line) && (goes_on || begins_at_edge(self, line));
        let above = rest.take_while(|(index, line)| is_part(line) && is_near(*index, index + 1 == self.first)).count();
        self.end += if is_row { below } else { 0 };
        self.first -= above;
    }

    /// Whether `line` goes across the border of two columns: a word does, or its words follow each other as in running
    /// text.
    pub(super) fn is_across(&self, line: &Line) -> bool {
        self.is_crossed_by(line) || self.runs_on(line)
    }

    /// Whether a word of `line` stands on the border of two columns, or no rule does.
    pub(super) fn is_crossed_by(&self, line: &Line) -> bool {
        self.edges.iter().skip(1).any(|edge| straddles(line, *edge)) || self.is_open(line.y)
    }

    /// Whether no upright rule parts the columns of a boxed table at `y`.
    fn is_open(&self, y: f32) -> bool {
        let covers = |rule: &Rule| rule.is_vertical && (rule.from as f32) < y && y < rule.to as f32 + NEAR;
        let (top, bottom) = (self.parts.first().copied(), self.parts.last().copied());
        let is_inside = top.is_some_and(|top| top < y) && bottom.is_some_and(|bottom| y < bottom);
        let is_inner = |rule: &&Rule| self.edges.iter().skip(1).any(|edge| (rule.at as f32 - edge).abs() < 2.0 * NEAR);
        self.is_boxed && is_inside && !self.rules.iter().filter(is_inner).any(covers)
    }

    /// Whether the level rule at `part` goes below `column`: a cell that goes on in other columns has none.
    pub(super) fn is_parted(&self, column: usize, part: f32) -> bool {
        let begin = self.edges.get(column).copied().unwrap_or_default();
        let middle = f32::midpoint(begin, self.edges.get(column + 1).copied().unwrap_or(self.right));
        let is_below = |rule: &Rule| (rule.from as f32) < middle && middle < rule.to as f32;
        self.rules.iter().any(|rule| !rule.is_vertical && (rule.at as f32 - part).abs() <= NEAR && is_below(rule))
    }

    /// Whether no gap between words of `line`, that begins in the first column or in the middle of one, is wider than a
    /// blank.
    pub(super) fn runs_on(&self, line: &Line) -> bool {
        let begins_later = self.edges.iter().skip(1).any(|edge| (line.x0() - edge).abs() < NEAR);
        let is_blank = |pair: &[Word]| matches!(pair, [one, other] if other.x0 - one.x1 < BLANK * line.size);
        !begins_later && used(self, line) > 1 && line.words.windows(2).all(is_blank)
    }
}

/// Lines nearer than this, in parts of their size, stand side by side.
const OVERLAPPING: f32 = 0.7;

/// Lines of one row are closer than this, in parts of their size, where those of the table are not farther apart.
const LINES_APART: f32 = 2.5;

impl Grid {
    /// A table without rules, of the lines `first..end`.
    fn bare(first: usize, end: usize, edges: Vec<f32>) -> Self {
        let (parts, rules, right) = (Vec::new(), Vec::new(), 0.0);
        Self { first, end, edges, parts, is_ruled: false, rules, right, is_boxed: false }
    }
}

/// The tables among `lines`. `earlier` is the table at the end of the page before.
pub(super) fn find(lines: &[Line], rules: &[Rule], earlier: Option<&Grid>) -> Vec<Grid> {
    let mut grids: Vec<Grid> = Vec::new();
    for stack in stacks(rules) {
        let first = lines.partition_point(|line| line.y < stack.top);
        let end = lines.partition_point(|line| line.y < stack.bottom);
        if grids.last().is_some_and(|grid| grid.end > first) {
            continue;
        }
        if let Some(mut grid) = ruled(lines, first, end, &stack, earlier.filter(|_| grids.is_empty())) {
            grid.extend(lines, grids.last().map_or(0, |grid| grid.end), earlier.is_some() && grids.is_empty());
            grids.push(grid);
        }
    }
    let mut all = Vec::new();
    let mut from = 0;
    for grid in grids {
        all.extend(unruled(lines, from, grid.first, earlier.filter(|_| from == 0)));
        from = grid.end;
        all.push(grid);
    }
    all.extend(unruled(lines, from, lines.len(), earlier.filter(|_| from == 0)));
    all
}

fn ruled(lines: &[Line], first: usize, end: usize, stack: &Stack, earlier: Option<&Grid>) -> Option<Grid> {
    let inside = lines.get(first..end)?;
    let columns = columns_of(stack);
    let is_boxed = columns.len() > 1;
    let edges = if is_boxed { columns } else { without_uprights(inside, stack, earlier) };
    let goes_on = earlier.is_some_and(|earlier| earlier.is_ruled && earlier.edges == edges);
    let is_ruled = goes_on || stack.level.len() > if is_boxed { 3 } else { 4 };
    let (parts, rules, right) = (stack.level.clone(), stack.rules.clone(), stack.to);
    let is_boxed = is_boxed && is_parted_by_uprights(stack, &edges);
    (edges.len() > 1).then_some(Grid { first, end, edges, parts, is_ruled, rules, right, is_boxed })
}

/// The columns of a table that only level rules part: where texts begin, or between them where they are centred.
fn without_uprights(lines: &[Line], stack: &Stack, earlier: Option<&Grid>) -> Vec<f32> {
    let edges = going_on(lines, edges(lines), earlier);
    let grid = Grid::bare(0, lines.len(), edges);
    let texts = lines.iter().flat_map(|line| line.words.chunk_by(|one, other| grid.column(one) == grid.column(other)));
    let firsts: Vec<&Word> = texts.filter_map(<[Word]>::first).collect();
    let is_at_edge = |word: &&&Word| grid.edges.iter().any(|edge| (word.x0 - edge).abs() < NEAR);
    if firsts.iter().filter(is_at_edge).count() * 4 >= firsts.len() * 3 {
        return grid.edges;
    }
    let known =
        earlier.filter(|earlier| earlier.is_ruled && is_kept(lines, &earlier.edges)).map(|grid| grid.edges.clone());
    known.or_else(|| between_texts(lines, stack.from)).unwrap_or(grid.edges)
}

/// The columns of a table that goes on from the page before, if the lines keep to them.
fn going_on(lines: &[Line], edges: Vec<f32>, earlier: Option<&Grid>) -> Vec<f32> {
    match earlier {
        Some(earlier) if earlier.edges.len() >= edges.len() && is_kept(lines, &earlier.edges) => earlier.edges.clone(),
        _ => edges,
    }
}

/// Tables without rules among the lines `from..until`.
fn unruled(lines: &[Line], from: usize, until: usize, earlier: Option<&Grid>) -> Vec<Grid> {
    let mut grids = Vec::new();
    let mut from = from;
    if let Some(earlier) = earlier {
        let rest = &lines[from..until];
        let count = rest_of_table(rest, earlier);
        if count > 0 {
            let end = from + count;
            let is_ruled = earlier.is_ruled;
            grids.push(Grid { is_ruled, ..Grid::bare(from, end, earlier.edges.clone()) });
            from = end;
        }
    }
    let inside = &lines[from..until];
    let left = inside.iter().map(Line::x0).fold(f32::MAX, f32::min);
    let right = inside.iter().map(Line::x1).fold(0.0, f32::max);
    let has_columns = |line: &Line| has_columns(line) && !is_stretched(line, right);
    let indented = |line: &Line| line.x0() > left + INDENTED * (right - left);
    let mut index = 0;
    while let Some(first) = inside.iter().skip(index).position(&has_columns).map(|at| index + at) {
        // A region of lines in columns goes on over the lines of a section's heading, and of cells.
        let mut known = inside.get(first).map(|line| line.begins(1.0)).unwrap_or_default();
        let mut end = first + 1;
        let mut others = 0;
        for (at, line) in inside.iter().enumerate().skip(end) {
            if has_columns(line) || others == 0 && indented(line) || keeps_to(line, known.get(1..).unwrap_or_default())
            {
                (end, others) = (at + 1, 0);
                if has_columns(line) && known.len() < MOST_COLUMNS {
                    known.extend(line.begins(1.2));
                }
            } else if others < SECTION_LINES {
                others += 1;
            } else {
                break;
            }
        }
        let region = &inside[first..end];
        if let Some(edges) = columns_without_rules(region) {
            let trimmed = trimmed(region, &edges);
            grids.push(Grid::bare(from + first, from + first + trimmed, edges));
            end = first + trimmed.max(1);
        }
        index = end;
    }
    grids
}

/// Whether a word of `line` begins, behind a gap or as its first, where one of `edges` is.
fn keeps_to(line: &Line, edges: &[f32]) -> bool {
    line.begins(0.35).iter().any(|begin| edges.iter().any(|edge| (begin - edge).abs() < NEAR))
}

/// A line that begins so far in, in parts of the width, may be of a later column.
const INDENTED: f32 = 0.12;
/// Most lines of the headings between two rows of a table.
const SECTION_LINES: usize = 4;

/// Whether a line has parts with a gap between them that no blank makes, besides a number before its text.
fn has_columns(line: &Line) -> bool {
    let mut parts = line.words.chunk_by(|one, other| other.x0 - one.x1 < 1.2 * line.size);
    let first: usize = parts.next().unwrap_or_default().iter().map(|word| word.text.chars().count()).sum();
    let count = parts.count();
    count > 1 || count == 1 && first > LONGEST_NUMBER
}

/// Whether the blanks of a line are stretched so that it ends at `right`: all are of one width.
fn is_stretched(line: &Line, right: f32) -> bool {
    right - line.x1() < NEAR && line.blanks().count() > 1 && line.is_even()
}

/// A paragraph's number before its text has at most so many characters.
const LONGEST_NUMBER: usize = 5;

/// The columns of a region without rules; none if its lines are no table.
fn columns_without_rules(region: &[Line]) -> Option<Vec<f32>> {
    let grid = Grid::bare(0, region.len(), edges(region));
    let rows = region.iter().filter(|line| !grid.is_across(line) && used(&grid, line) > 1).count();
    let wide = grid.edges.len() > 2;
    (grid.edges.len() > 1 && rows >= if wide { 3 } else { 5 }).then_some(grid.edges)
}

/// How many columns a line has words in.
fn used(grid: &Grid, line: &Line) -> usize {
    line.words.chunk_by(|one, other| grid.column(one) == grid.column(other)).count()
}

/// The lines of a region up to the last that keeps to its columns.
fn trimmed(region: &[Line], edges: &[f32]) -> usize {
    let grid = Grid::bare(0, 0, edges.to_vec());
    let keeps = |line: &Line| begins_at_edge(&grid, line) && !grid.is_across(line);
    region.iter().rposition(keeps).map_or(0, |last| last + 1)
}

/// Whether a line has columns, or begins where one of the later ones begins.
fn begins_at_edge(grid: &Grid, line: &Line) -> bool {
    used(grid, line) > 1 || grid.edges.iter().skip(1).any(|edge| (line.x0() - edge).abs() < 2.0 * NEAR)
}

/// How many lines at the top of a page go on with the table of the page before.
fn rest_of_table(lines: &[Line], earlier: &Grid) -> usize {
    let Some(left) = earlier.edges.first() else { return 0 };
    let mut count = 0;
    let mut others = 0;
    for (index, line) in lines.iter().enumerate() {
        if line.x0() < left - 2.0 * NEAR {
            break;
        }
        if begins_at_edge(earlier, line) && !earlier.is_across(line) {
            (count, others) = (index + 1, 0);
        } else if others < SECTION_LINES {
            others += 1;
        } else {
            break;
        }
    }
    count
}
