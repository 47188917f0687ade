//! A page as printed lines and rules, in the direction in which it is read.
//!
//! Input: what a page shows. Output: [`Page`]. Invariant: distances grow in reading direction; a page of Arabic is
//! measured from its right edge, so that all that follows sees lines that begin at the small x.

use super::content;
use super::direction::{self, Piece};
use super::line::{self, Line, Word};
use super::margin;
use super::rule::Rule;
use hayro_font::kurbo::{Point, Vec2};
use std::collections::BTreeMap;

/// A page's lines and rules.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub width: f32,
    pub height: f32,
    pub is_right_to_left: bool,
    /// Whether its fonts name brackets of Arabic text by their printed shape.
    pub mirrors: bool,
    pub lines: Vec<Line>,
    pub rules: Vec<Rule>,
    /// Lines that stand sideways.
    pub sideways: Vec<Line>,
    /// Glyphs without a map to Unicode, and all glyphs but blanks.
    pub unmapped: usize,
    pub strokes: usize,
    pub doubled: String,
    pub is_over_limit: bool,
}

impl Page {
    pub(super) fn read(shown: content::Shown) -> Self {
        let content::Shown { width, height, glyphs, rules, is_over_limit } = shown;
        let mut page = Self { width: width as f32, height: height as f32, rules, is_over_limit, ..Self::default() };
        let mut by_turn: BTreeMap<u8, Vec<content::Glyph>> = BTreeMap::new();
        for glyph in glyphs {
            by_turn.entry(glyph.turn).or_default().push(glyph);
        }
        let most =
            by_turn.iter().max_by_key(|(turn, glyphs)| (glyphs.len(), u8::MAX - **turn)).map_or(0, |(turn, _)| *turn);
        for (turn, glyphs) in by_turn {
            let found = line::read(glyphs);
            page.unmapped += found.unmapped;
            page.strokes += found.strokes;
            page.doubled.push_str(&found.doubled);
            if turn == most {
                page.lines = found.lines;
            } else {
                page.sideways.extend(found.lines);
            }
        }
        if most != 0 {
            page.turn_back(most);
        }
        page.is_right_to_left = is_arabic(&page.lines);
        page.mirrors = mirrors(&page);
        if page.is_right_to_left {
            page.flip();
        }
        margin::part_words(&mut page.lines, &page.rules, page.is_right_to_left);
        page
    }

    /// Turns the page back by `turn` quarters, and moves its corner back to zero.
    fn turn_back(&mut self, turn: u8) {
        if turn % 2 == 1 {
            (self.width, self.height) = (self.height, self.width);
        }
        let by_x = if turn >= 2 { self.width } else { 0.0 };
        let by_y = if matches!(turn, 1 | 2) { self.height } else { 0.0 };
        for line in &mut self.lines {
            line.y += by_y;
            for word in &mut line.words {
                word.x0 += by_x;
                word.x1 += by_x;
            }
        }
        for rule in &mut self.rules {
            let end = |along| if rule.is_vertical { Point::new(rule.at, along) } else { Point::new(along, rule.at) };
            let ends = [rule.from, rule.to].map(|along| content::turned_back(end(along), turn));
            let ends = ends.map(|end| end + Vec2::new(f64::from(by_x), f64::from(by_y)));
            let is_vertical = rule.is_vertical != (turn % 2 == 1);
            let ([from, to], at) =
                if is_vertical { (ends.map(|end| end.y), ends[0].x) } else { (ends.map(|end| end.x), ends[0].y) };
            *rule = Rule { from: from.min(to), to: from.max(to), at, is_vertical };
        }
    }

    /// Measures from the right edge.
    fn flip(&mut self) {
        let width = self.width;
        for line in &mut self.lines {
            flip(&mut line.words, width);
        }
        for rule in &mut self.rules {
            let width = f64::from(width);
            if rule.is_vertical {
                rule.at = width - rule.at;
            } else {
                (rule.from, rule.to) = (width - rule.to, width - rule.from);
            }
        }
    }

    /// The text of words that follow each other on a line, in logical order.
    pub(super) fn pieces(&self, words: &[Word]) -> Vec<Piece> {
        let mut printed = Vec::new();
        let right = self.is_right_to_left;
        let in_print: Vec<&Word> = if right { words.iter().rev().collect() } else { words.iter().collect() };
        for (index, word) in in_print.iter().enumerate() {
            let blank = if right {
                in_print.get(index.wrapping_sub(1)).is_some_and(|left| left.after_blank)
            } else {
                word.after_blank
            };
            if blank && index > 0 {
                printed.push(Piece::Character(' '));
            }
            if word.is_raised {
                printed.push(Piece::Mark(direction::logical_mark(&word.text, right, self.mirrors)));
            } else {
                printed.extend(word.text.chars().map(Piece::Character));
            }
        }
        direction::logical(printed, right, self.mirrors)
    }
}

fn flip(words: &mut [Word], width: f32) {
    let blanks: Vec<bool> = words.iter().map(|word| word.after_blank).collect();
    words.reverse();
    for (word, blank) in words.iter_mut().zip(std::iter::once(true).chain(blanks.into_iter().rev())) {
        (word.x0, word.x1) = (width - word.x1, width - word.x0);
        word.after_blank = blank;
    }
}

/// Whether most letters of the lines are written from right to left.
fn is_arabic(lines: &[Line]) -> bool {
    let characters = lines.iter().flat_map(|line| &line.words).flat_map(|word| word.text.chars());
    let (arabic, other) =
        characters.filter(|character| character.is_alphabetic()).fold((0, 0), |(arabic, other), character| {
            if direction::is_arabic(character) { (arabic + 1, other) } else { (arabic, other + 1) }
        });
    arabic > other
}

/// Whether brackets in Arabic text are named by their printed shape: then, read from the right, `)` comes before `(`.
fn mirrors(page: &Page) -> bool {
    let mut named = 0_i32;
    let has_arabic = |line: &&Line| line.words.iter().any(|word| word.text.chars().any(direction::is_arabic));
    for line in page.lines.iter().filter(has_arabic) {
        let mut characters = line.words.iter().rev().flat_map(|word| word.text.chars().rev());
        let first = characters.find(|character| matches!(character, '(' | ')'));
        let last =
            line.words.iter().flat_map(|word| word.text.chars()).find(|character| matches!(character, '(' | ')'));
        named += match (first, last) {
            (Some('('), Some(')')) => 1,
            (Some(')'), Some('(')) => -1,
            _ => 0,
        };
    }
    named < 0
}
