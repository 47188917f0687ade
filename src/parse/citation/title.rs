//! Titles in quotation marks: 题为“…”, entitled “…”, and `63/87 (“…”)`.
//!
//! Input: a text and a position. Output: the title as a reader wants it and where it ends.
//! Invariant: a title is no longer than `MOST_TITLE_BYTES`, so that a lost closing mark costs little.

use super::reading::{between, char_at, match_any, match_word, peek, skip_blanks};
use super::scan::{Piece, Token};
use crate::parse::lexicon::citation::CitationWords;
use std::ops::Range;

/// The longest title of a resolution of the sixty-fifth session has some 400 bytes.
const MOST_TITLE_BYTES: usize = 900;

/// A title stands at most this far from its number: a date and a body's name lie between.
const MOST_TITLE_GAP: usize = 160;

/// More names than this never stand between a title and its number.
const MOST_NAMES: usize = 8;

/// A clause ends here, and with it what a title may belong to.
const CLAUSE_ENDS: [char; 10] = ['，', ',', '،', '؛', '；', ';', '、', '。', '\u{ff1a}', ':'];

/// The title that stands before the first number of a list: 题为“…”的第62/59号决议.
pub(super) fn title_before(text: &str, tokens: &[Token], head: usize) -> Option<String> {
    let token = tokens.get(head)?;
    let mut before =
        tokens.get(..head)?.iter().rev().take(MOST_NAMES).skip_while(|token| matches!(token.piece, Piece::Body(_)));
    let title = before.next()?;
    let Piece::Title(words, _) = &title.piece else { return None };
    // A title in brackets is that of the number before it: 63/87(“…”)、63/73(“…”).
    let is_bracketed = before.next().is_some_and(|number| number.end == title.start);
    let gap = between(text, title.end, token.start);
    (!is_bracketed && gap.len() < MOST_TITLE_GAP && !gap.contains(CLAUSE_ENDS)).then(|| words.clone())
}

/// The title that stands after a number: resolution 65/91 of 8 December 2010, entitled “…”.
pub(super) fn title_after(text: &str, tokens: &[Token], idx: usize, tail: usize) -> Option<String> {
    let mut after =
        tokens.get(idx + 1..)?.iter().enumerate().take(MOST_NAMES).skip_while(|(_, token)| is_passed(token, tail));
    let (offset, title) = after.next()?;
    let Piece::Title(words, _) = &title.piece else { return None };
    let gap = between(text, tail, title.start);
    let is_next_ones = tokens.iter().enumerate().skip(idx + 2 + offset).take(2).any(|(next, token)| {
        matches!(token.piece, Piece::Number(_) | Piece::Symbol(_)) && title_before(text, tokens, next).is_some()
    });
    let is_one_clause = gap.matches(CLAUSE_ENDS).count() < 2;
    (gap.len() < MOST_TITLE_GAP / 2 && is_one_clause && !is_next_ones).then(|| words.clone())
}

/// The number's own noun, or the body that adopted it, may stand before the title.
fn is_passed(token: &Token, tail: usize) -> bool {
    token.end <= tail || matches!(token.piece, Piece::Body(_) | Piece::Noun(_))
}

/// A title read from a text.
pub(super) struct TitleRead {
    /// The title as a reader wants it.
    pub title: String,
    /// Where it stands, between the quotation marks: it may cite a resolution itself.
    pub inside: Range<usize>,
    /// Where it ends, with marks and brackets.
    pub end: usize,
}

/// The title in quotation marks at a position.
pub(super) fn read_title(text: &str, position: usize, words: &CitationWords) -> Option<TitleRead> {
    let start = skip_blanks(text, position);
    words.quotes.iter().find_map(|(open, close)| {
        let inside = match_word(text, start, open)?;
        let length = find_close(text, inside, open, close)?;
        let title = tidy(between(text, inside, inside + length));
        let end = inside + length + close.len();
        (!title.is_empty()).then_some(TitleRead { title, inside: inside..inside + length, end })
    })
}

/// The length of a title up to its closing mark; titles may quote titles.
fn find_close(text: &str, start: usize, open: &str, close: &str) -> Option<usize> {
    let rest = text.get(start..)?;
    let mut depth = 0_usize;
    for (offset, _) in rest.char_indices().take_while(|(offset, _)| *offset < MOST_TITLE_BYTES) {
        let here = rest.get(offset..)?;
        if here.starts_with(close) && depth == 0 {
            return Some(offset);
        }
        if here.starts_with(close) {
            depth -= 1;
        } else if here.starts_with(open) {
            depth += 1;
        }
    }
    None
}

/// A title in brackets right after a number, with the brackets.
pub(super) fn read_bracketed_title(text: &str, end: usize, words: &CitationWords) -> Option<TitleRead> {
    let start = skip_blanks(text, end);
    let ('(', inside) = char_at(text, start)? else { return None };
    let opener = match_any(text, skip_blanks(text, inside), &words.title_openers).unwrap_or(inside);
    let read = read_title(text, opener, words)?;
    let (bracket, end) = char_at(text, skip_blanks(text, read.end))?;
    (bracket == ')').then_some(TitleRead { end, ..read })
}

/// A title without line wraps and segmentation blanks: a blank stays only between Latin words.
fn tidy(title: &str) -> String {
    let mut tidied = String::new();
    let mut blank = false;
    for (offset, character) in title.char_indices() {
        if character.is_whitespace() {
            blank = true;
            continue;
        }
        let is_latin =
            |letter: char| letter.is_alphanumeric() && u32::from(letter) < 0x2e80 || letter.is_ascii_punctuation();
        let is_mark = |letter: char| matches!(letter, '“' | '”' | '‘' | '’' | '«' | '»' | '–' | '—' | '،' | '؛');
        let before = tidied.chars().next_back().unwrap_or(' ');
        let parts = |first: char, second: char| is_latin(first) && (is_latin(second) || is_mark(second));
        if blank && (parts(before, character) || parts(peek(title, offset), before)) {
            tidied.push(' ');
        }
        blank = false;
        tidied.push(character);
    }
    tidied
}
