//! What of a page is furniture, and what its footnotes.
//!
//! Input: all pages. Output: for each page its [`Zones`]. Furniture is what recurs at one place at the edge of pages, or
//! has the shape of a page or job number there; footnotes are what stands below a short rule, or in smaller print
//! behind raised labels, at the foot.

use super::line::Line;
use super::note;
use super::page::Page;
use std::collections::{HashMap, HashSet};

/// The lines of a page by what they are: ranges of its lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Zones {
    /// Behind the furniture at the head.
    pub body: usize,
    /// The first line of footnotes.
    pub notes: usize,
    /// The first line of furniture at the foot.
    pub foot: usize,
}

/// How many lines at an edge may be furniture.
const EDGE_LINES: usize = 5;
/// Furniture on two pages may stand so much higher or lower, in points.
const SAME_PLACE: f32 = 3.0;

/// Finds the zones of `pages`. `size` is that of most text, `marks` the labels that text refers to.
pub(super) fn find(pages: &[Page], size: f32, marks: &HashSet<String>) -> Vec<Zones> {
    let mut known: HashMap<(bool, String), Vec<Place>> = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        for is_head in [true, false] {
            for line in edge(page, is_head) {
                known.entry((is_head, key(line))).or_default().push(Place::of(page, index, line, is_head));
            }
        }
    }
    let recurs = |page: &Page, index: usize, line: &Line, is_head: bool| {
        let place = Place::of(page, index, line, is_head);
        known.get(&(is_head, key(line))).is_some_and(|places| {
            let near = places.partition_point(|other| other.page + NEAR_PAGES < index);
            let mut around = places.iter().skip(near).take_while(|other| other.page <= index + NEAR_PAGES);
            around.any(|other| other.is_same(&place))
        })
    };
    // A few letters recur in cells too, and lines at the foot, but there other lines are near.
    let is_furniture = |page: &Page, index: usize, at: usize, line: &Line, is_head: bool| {
        let is_near = |other: &&Line| (other.y - line.y).abs() < CLOSE * line.size.max(other.size);
        let next = edge(page, is_head).nth(at + 1).filter(is_near);
        let is_cell = (is_weak(line) || !is_head) && next.is_some_and(|next| !recurs(page, index, next, is_head));
        recurs(page, index, line, is_head) && !is_cell
    };
    let zones = pages.iter().enumerate().map(|(index, page)| {
        let head = edge(page, true).enumerate().take_while(|(at, line)| {
            let shaped = *at == 0 && is_apart(page, line) && line.y < 0.12 * page.height;
            let next = edge(page, true).nth(*at + 1).filter(|next| next.y - line.y < OVERLAPPING * line.size);
            let is_of_table = std::iter::once(*line).chain(next).any(|line| is_head_of_table(page, line));
            !is_of_table && (is_furniture(page, index, *at, line, true) || shaped)
        });
        let body = head.count();
        let foot = edge(page, false).enumerate().take_while(|(at, line)| {
            let shaped = is_job_number(line) || *at == 0 && is_apart(page, line);
            is_furniture(page, index, *at, line, false) || shaped && line.y > 0.85 * page.height
        });
        let foot = page.lines.len() - foot.count().min(page.lines.len() - body);
        Zones { body, notes: notes(page, body, foot, size, marks), foot }
    });
    zones.collect()
}

/// Where a line stands that may be furniture.
#[derive(Debug, Clone)]
struct Place {
    page: usize,
    from_edge: f32,
    text: String,
    /// How far its first and its last two numbers are from that of the page: one is the same on all pages if it counts
    /// them.
    offsets: [Option<usize>; 3],
}

impl Place {
    fn of(page: &Page, index: usize, line: &Line, is_head: bool) -> Self {
        let text = text(line);
        let offset = |digits: &str| digits.parse::<usize>().ok().map(|number| number.wrapping_sub(index));
        let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
        let offsets = [numbers.next(), numbers.next_back(), numbers.next_back()].map(|number| number.and_then(offset));
        Self { page: index, from_edge: from_edge(page, line, is_head), text, offsets }
    }

    /// Whether a line at `other`, on another page, is the same furniture.
    fn is_same(&self, other: &Self) -> bool {
        let counts = || self.offsets.iter().zip(&other.offsets).any(|(one, other)| one.is_some() && one == other);
        self.page != other.page
            && (self.from_edge - other.from_edge).abs() < SAME_PLACE
            && (counts() || self.text == other.text && !is_page_number(&self.text))
    }
}

/// How far apart pages are whose furniture is compared: left and right pages differ, and chapters.
const NEAR_PAGES: usize = 4;

fn edge(page: &Page, is_head: bool) -> impl Iterator<Item = &Line> {
    let count = page.lines.len();
    let lines = (0..count.min(EDGE_LINES))
        .filter_map(move |index| page.lines.get(if is_head { index } else { count - 1 - index }));
    // Furniture is in the margins: within a quarter of the page from its edge.
    lines.take_while(move |line| from_edge(page, line, is_head) < 0.25 * page.height)
}

fn from_edge(page: &Page, line: &Line, is_head: bool) -> f32 {
    if is_head { line.y } else { page.height - line.y }
}

fn text(line: &Line) -> String {
    line.words.iter().map(|word| word.text.as_str()).collect()
}

/// Whether a line has few letters.
fn is_weak(line: &Line) -> bool {
    text(line).chars().filter(|character| character.is_alphabetic()).count() <= 10
}

/// Lines nearer than this, in parts of their size, are lines of one text.
const CLOSE: f32 = 1.4;

/// Lines nearer than this, in parts of their size, stand side by side: cells of two and of three lines in the middle of
/// their row.
const OVERLAPPING: f32 = 0.8;

/// What is the same in a line on several pages: its text, and of one with few letters, such as `Page 3 of 9`, all but
/// its numbers. Of others a page number among the words at their ends is left out.
fn key(line: &Line) -> String {
    let text = text(line);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if !is_weak(line) || digits > 8 {
        let last = line.words.len() - 1;
        let words = line.words.iter().enumerate().map(|(index, word)| {
            let is_at_end = index < END_WORDS || index + END_WORDS > last;
            let is_page = is_at_end && is_page_number(&word.text);
            if is_page { "#" } else { word.text.as_str() }
        });
        return words.collect();
    }
    let mut key = String::new();
    for character in text.chars() {
        if !character.is_ascii_digit() {
            key.push(character);
        } else if !key.ends_with('#') {
            key.push('#');
        }
    }
    key
}

/// Among so many words at an end of a line the page number stands: `Page 3 of 9`.
const END_WORDS: usize = 3;

/// Whether a line is the head of a table that is repeated: a rule across the page stands above it, or it has three
/// parts far from each other.
fn is_head_of_table(page: &Page, line: &Line) -> bool {
    let wide = |rule: &&super::rule::Rule| !rule.is_vertical && rule.to - rule.from > 0.5 * f64::from(page.width);
    let above = |rule: &super::rule::Rule| (rule.at as f32) < line.y && (rule.at as f32) > line.y - 3.0 * line.size;
    page.rules.iter().filter(wide).any(above) || parts(line).count() > 2
}

/// The parts of a line that stand far from each other.
pub(super) fn parts(line: &Line) -> impl Iterator<Item = &[super::line::Word]> {
    line.words.chunk_by(|one, other| other.x0 - one.x1 < FAR * line.size)
}

/// Words farther apart than this, in parts of their size, are parts of a line of their own.
const FAR: f32 = 3.0;

/// Whether a line is a page number, and stands apart from the text: the last number of a cell does not.
fn is_apart(page: &Page, line: &Line) -> bool {
    let is_near = |other: &Line| {
        let distance = (other.y - line.y).abs() / line.size.max(other.size);
        (0.5..1.8).contains(&distance)
    };
    is_page_number(&text(line)) && !edge(page, true).chain(edge(page, false)).any(is_near)
}

/// Whether a text is a page number: `7`, `- 7 -`, `7/12`, `iv`.
fn is_page_number(text: &str) -> bool {
    let text = text.trim_matches(|character: char| matches!(character, '-' | '–' | '—' | '.' | ' ' | '/'));
    let digits =
        !text.is_empty() && text.len() <= 9 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-'));
    let roman = !text.is_empty() && text.len() <= 6 && text.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l'));
    digits && text.split(['/', '-']).all(|part| part.len() <= 4) || roman
}

/// Whether a line has a job number, such as `13-30084 (C)`: year, serial number, language.
fn is_job_number(line: &Line) -> bool {
    let is_job = |text: &str| {
        let mut parts = text.split('-');
        let (year, serial) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let is = |part: &str, length: std::ops::RangeInclusive<usize>| {
            length.contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit())
        };
        parts.next().is_none() && (is(year, 2..=2) && is(serial, 5..=5))
    };
    line.words.len() <= 6 && line.words.iter().any(|word| is_job(word.text.trim_matches(|c: char| !c.is_ascii_digit())))
}

/// The labels of all raised marks behind text.
pub(super) fn marks(pages: &[Page]) -> HashSet<String> {
    let lines = pages.iter().flat_map(|page| &page.lines);
    lines.flat_map(|line| line.words.iter().skip(1)).filter(|word| word.is_raised).map(note::label_of).collect()
}

/// The first line of footnotes among the lines `body..foot`. `marks` are the labels that text refers to.
pub(super) fn notes(page: &Page, body: usize, foot: usize, size: f32, marks: &HashSet<String>) -> usize {
    let lines = &page.lines[body..foot];
    let left = lines.iter().map(Line::x0).fold(f32::MAX, f32::min);
    let right = lines.iter().map(Line::x1).fold(0.0, f32::max);
    let level = super::stack::merged(page.rules.iter().filter(|rule| !rule.is_vertical));
    let short = level.iter().filter(|rule| {
        let (from, to) = (rule.from as f32, rule.to as f32);
        // Lines of Arabic begin on the right, and the rule may stand at the margin on the left, which is as wide.
        let margin = page.width - left;
        let at_edge = (from - left).abs() < 8.0 || (to - right).abs() < 8.0 || (to - margin).abs() < 8.0;
        at_edge && to - from < 0.5 * (right - left) && to - from > 20.0
    });
    let lowest = short.map(|rule| rule.at as f32).fold(f32::MIN, f32::max);
    let others = page.rules.iter().any(|rule| {
        let reach = if rule.is_vertical { rule.to as f32 } else { rule.at as f32 };
        reach > lowest + 1.0 && lines.last().is_some_and(|line| reach < line.y)
    });
    let below = body + lines.partition_point(|line| line.y < lowest);
    if !others && below > body && below < foot {
        return below;
    }
    // Without a rule: the small print at the end from the first raised label on, or from the first that text refers to.
    let small = lines.iter().rposition(|line| line.size >= 0.93 * size).map_or(0, |last| last + 1);
    let labelled = lines.iter().enumerate().position(|(index, line)| {
        let label = line.words.first().filter(|word| word.is_raised && line.x0() < left + 3.0 * line.size);
        let is_below = page.rules.iter().all(|rule| !rule.is_vertical || (rule.to as f32) < line.y);
        label.is_some_and(|label| {
            index >= small || is_below && parts(line).count() == 1 && marks.contains(&note::label_of(label))
        })
    });
    labelled.map_or(foot, |first| body + first)
}
