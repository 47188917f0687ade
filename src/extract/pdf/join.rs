//! Printed lines → one text.
//!
//! Input: the lines of a paragraph, cell or footnote. Output: its [`Text`]. Invariant: of what is printed only a hyphen
//! that divides a word at the end of a line is left out, and it is counted.

use super::direction::Piece;
use crate::extract::document::Text;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A line of a text: its pieces in logical order, and its place.
#[derive(Debug, Clone, Default)]
pub(super) struct Printed {
    pub pieces: Vec<Piece>,
    pub x0: f32,
    /// Where its text begins behind the number or letter of a paragraph; where it does itself if it has none.
    pub text_x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub is_bold: bool,
    /// How much room its first word takes; of Han, its first character.
    pub first_width: f32,
}

impl Printed {
    /// Its text without marks.
    pub(super) fn plain(&self) -> String {
        let characters = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Character(character) => Some(*character),
            Piece::Mark(_) => None,
        });
        characters.collect()
    }
}

/// A part of a text.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Line(Printed),
    /// What follows is a paragraph of its own.
    Paragraph,
    /// What follows is on the next page.
    Page,
}

/// The printed lines of a text.
pub(super) fn lines(parts: &[Part]) -> impl DoubleEndedIterator<Item = &Printed> {
    parts.iter().filter_map(|part| if let Part::Line(line) = part { Some(line) } else { None })
}

/// The words that a document prints undivided: what a divided word is weighed by.
#[derive(Debug, Default)]
pub(super) struct Words {
    whole: HashSet<u64>,
    /// Whether hyphens inside words are U+2010.
    has_own_hyphen: bool,
    /// How many hyphens at ends of lines divide words that the document has whole, and how many stand in such words.
    divided: usize,
    hyphenated: usize,
}

impl Words {
    /// Notes the words of a line that are whole: all but the first and last, which may be parts.
    pub(super) fn add(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        for word in words.iter().skip(1).rev().skip(1) {
            self.whole.insert(hash(word));
            self.has_own_hyphen |= word.trim_end_matches('\u{2010}').contains('\u{2010}');
        }
    }

    /// Notes a word whose first part `left` ends a line, and whose second part may be `right`.
    pub(super) fn weigh(&mut self, left: &str, right: &str) {
        match self.is_divided(left, right) {
            Some(true) => self.divided += 1,
            Some(false) => self.hyphenated += 1,
            None => {}
        }
    }

    /// Whether the hyphen at the end of `left` divides a word that the document has whole; none if it has not.
    fn is_divided(&self, left: &str, right: &str) -> Option<bool> {
        let stem = left.trim_end_matches(is_hyphen);
        match (self.has(&format!("{stem}{right}")), self.has(&format!("{stem}-{right}"))) {
            (true, false) => Some(true),
            (_, true) => Some(false),
            (false, false) => None,
        }
    }

    fn has(&self, word: &str) -> bool {
        self.whole.contains(&hash(word))
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    let inner = word.trim_matches(|character: char| !character.is_alphanumeric());
    inner
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if is_hyphen(c) { '-' } else { c })
        .for_each(|c| c.hash(&mut hasher));
    hasher.finish()
}

/// What joining needs to know of the document, and what it counts.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    pub words: Words,
    /// Labels of its footnotes, as printed: only these are marks.
    pub labels: HashSet<String>,
    /// Hyphens that were left out.
    pub hyphens: String,
}

/// How two lines are joined.
enum Seam {
    Blank,
    Nothing,
    /// The hyphen at the end of the first divides a word.
    Divided,
}

/// Ends as many pages as `n_ended`, of which none is left then.
fn break_pages(text: &mut Text, n_ended: &mut usize) {
    for _ in 0..std::mem::take(n_ended) {
        text.break_page();
    }
}

impl Joiner {
    /// The text of `parts`.
    pub(super) fn join(&mut self, parts: &[Part]) -> Text {
        let mut text = Text::default();
        let mut before: Option<Vec<Piece>> = None;
        // Pages that ended since the last line: one may be empty.
        let mut n_ended = 0;
        for part in parts {
            match part {
                Part::Page => n_ended += 1,
                Part::Paragraph => {
                    self.write(&mut text, before.take().unwrap_or_default());
                    if n_ended == 0 {
                        text.break_line();
                    }
                    break_pages(&mut text, &mut n_ended);
                }
                Part::Line(line) => {
                    if let Some(mut earlier) = before.take() {
                        let seam = self.seam(&earlier, &line.pieces);
                        if matches!(seam, Seam::Divided)
                            && let Some(Piece::Character(hyphen)) = earlier.pop()
                        {
                            self.hyphens.push(hyphen);
                        }
                        self.write(&mut text, earlier);
                        break_pages(&mut text, &mut n_ended);
                        if matches!(seam, Seam::Blank) {
                            text.push(" ");
                        }
                    }
                    break_pages(&mut text, &mut n_ended);
                    before = Some(line.pieces.clone());
                }
            }
        }
        self.write(&mut text, before.unwrap_or_default());
        break_pages(&mut text, &mut n_ended);
        text
    }

    fn write(&self, text: &mut Text, pieces: Vec<Piece>) {
        let mut plain = String::new();
        for piece in pieces {
            match piece {
                Piece::Character(character) => plain.push(character),
                Piece::Mark(mark) if self.labels.contains(label(&mark)) => {
                    let (open, close) = brackets(&mark);
                    plain.push_str(open);
                    text.push(&std::mem::take(&mut plain));
                    text.push_mark(label(&mark));
                    plain.push_str(close);
                }
                Piece::Mark(mark) => plain.push_str(&mark),
            }
        }
        text.push(&plain);
    }

    fn seam(&self, earlier: &[Piece], later: &[Piece]) -> Seam {
        let last = earlier.iter().rev().find_map(character);
        let next = later.iter().find_map(character);
        let (Some(last), Some(next)) = (last, next) else { return Seam::Blank };
        let in_han = |piece: &Piece| character(piece).is_some_and(is_han);
        if is_han(last) || is_han(next) {
            return if is_han(last) && is_han(next)
                || next.is_alphanumeric()
                || last.is_alphanumeric()
                || is_han_mark(last)
                || is_han_mark(next)
            {
                Seam::Nothing
            } else {
                Seam::Blank
            };
        }
        if last.is_ascii_digit() && next.is_ascii_digit() && earlier.iter().chain(later).any(in_han) {
            return Seam::Nothing;
        }
        let mut tail = earlier.iter().rev().filter_map(character);
        let (_, before) = (tail.next(), tail.next());
        let attached = before.is_some_and(|before| !before.is_whitespace());
        // A line ends in « only where a blank follows, as in French.
        if matches!(last, '(' | '[' | '“' | '‘' | '（') || matches!(next, ')' | ']' | ',' | ';' | '،' | '؛' | '）')
        {
            return Seam::Nothing;
        }
        if last == '\u{ad}' {
            return Seam::Divided;
        }
        if is_hyphen(last) && attached {
            return self.at_hyphen(earlier, later);
        }
        if attached && matches!(last, '/' | '\u{2013}' | '\u{2014}' | '\u{2012}') && next.is_alphanumeric() {
            return Seam::Nothing;
        }
        Seam::Blank
    }

    /// At a hyphen: whether it divides a word is told by what the document prints elsewhere, by its other hyphens, and by
    /// whether the document divides words at all.
    fn at_hyphen(&self, earlier: &[Piece], later: &[Piece]) -> Seam {
        let left: String = earlier.iter().rev().map_while(character).take_while(|c| !c.is_whitespace()).collect();
        let left: String = left.chars().rev().collect();
        let right: String = later.iter().map_while(character).take_while(|c| !c.is_whitespace()).collect();
        let stem = left.trim_end_matches(is_hyphen);
        let letters = stem.chars().next_back().is_some_and(char::is_alphabetic)
            && right.chars().next().is_some_and(char::is_lowercase);
        if !letters {
            return Seam::Nothing;
        }
        let by_hyphen = left.ends_with('\u{2010}') && !self.words.has_own_hyphen;
        let divides = self.words.divided > MOST_BY_CHANCE && self.words.divided > 2 * self.words.hyphenated;
        if self.words.is_divided(&left, &right).unwrap_or(by_hyphen || divides) { Seam::Divided } else { Seam::Nothing }
    }
}

/// So many words may look divided in a document that divides none.
const MOST_BY_CHANCE: usize = 3;

fn character(piece: &Piece) -> Option<char> {
    match piece {
        Piece::Character(character) => Some(*character),
        Piece::Mark(_) => None,
    }
}

pub(super) fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}')
}

/// Whether a character is of a script or of signs that are set without blanks: Han, Kana, full-width forms.
pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{30ff}' | '\u{31c0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Signs of Han text that stand on the whole width of a character, or are set as if they did.
fn is_han_mark(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

/// The label of a mark, without brackets around it.
pub(super) fn label(mark: &str) -> &str {
    mark.trim().trim_matches(['(', ')', '[', ']'])
}

/// The brackets around a mark.
fn brackets(mark: &str) -> (&str, &str) {
    let mark = mark.trim();
    let opens = mark.starts_with(['(', '[']);
    let closes = mark.len() > 1 && mark.ends_with([')', ']']);
    let open = if opens { mark.get(..1) } else { None };
    let close = if closes { mark.get(mark.len() - 1..) } else { None };
    (open.unwrap_or_default(), close.unwrap_or_default())
}
