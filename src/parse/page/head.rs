//! The heads of a table that is printed with its columns side by side, over several lines where a column is narrow:
//! `Observatio` above `ns`.

use super::furniture::column_of_cell;
use crate::base::span::Span;
use crate::parse::lexicon::layout::LayoutWords;
use crate::parse::line::{Line, Lines};
use crate::parse::text::is_blank;
use std::collections::BTreeSet;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// The heads of a table are printed in no more lines.
const MOST_LINES: usize = 3;

/// Two heads beside each other have no more words.
const MOST_WORDS: usize = 12;

/// A line of heads that stand side by side has no more bytes.
const LONGEST_LINE: usize = 480;

/// A table has the heads of so many columns at least.
const LEAST_COLUMNS: usize = 3;

/// A piece of a line between runs of two or more blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes.
    pub span: Span,
    /// Where it begins, in characters or in display columns.
    pub at: usize,
    /// Where it ends, counted likewise.
    pub end: usize,
}

/// The pieces of `line`, their places counted in display columns if `wide`, else in characters.
pub fn pieces(lines: &Lines<'_>, line: Line, wide: bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut blanks) = (0, 2);
    for (offset, character) in lines.text[line.full.start..line.full.end].char_indices() {
        let (start, begin) = (line.full.start + offset, at);
        at += width(character, wide);
        if is_blank(character) {
            blanks += 1;
            continue;
        }
        let end = start + character.len_utf8();
        match pieces.last_mut() {
            Some(piece) if blanks < 2 => (piece.span.end, piece.end) = (end, at),
            _ => pieces.push(Piece { span: Span::new(start, end), at: begin, end: at }),
        }
        blanks = 0;
    }
    pieces
}

/// How many columns `character` takes on a screen if `wide`, else one.
pub fn width(character: char, wide: bool) -> usize {
    if wide { character.width().unwrap_or(1) } else { 1 }
}

/// A head, and where it begins.
pub struct Head {
    /// Its words, those of lower lines behind those above them without a blank.
    pub text: String,
    /// As in [`Piece`].
    pub at: usize,
    end: usize,
}

/// The heads in these lines: a piece belongs to the head above it.
pub fn heads(lines: &Lines<'_>, range: Range<usize>, wide: bool, words: &LayoutWords) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for line in range.filter_map(|index| lines.get(index)) {
        let pieces = pieces(lines, line, wide).into_iter();
        for piece in pieces.flat_map(|piece| parted(lines, piece, wide, words)) {
            let words = &lines.text[piece.span.start..piece.span.end];
            match heads.iter_mut().find(|head| piece.at < head.end && head.at < piece.end) {
                Some(head) => {
                    head.text.push_str(words);
                    (head.at, head.end) = (head.at.min(piece.at), head.end.max(piece.end));
                }
                None => heads.push(Head { text: words.to_owned(), at: piece.at, end: piece.end }),
            }
        }
    }
    heads
}

/// The piece; if it is several heads that one blank parts, each.
fn parted(lines: &Lines<'_>, piece: Piece, wide: bool, words: &LayoutWords) -> Vec<Piece> {
    let text = &lines.text[piece.span.start..piece.span.end];
    let are_heads = |(left, right): &(&str, &str)| {
        let [left, right] = [left, right.trim_start_matches(is_blank)].map(|part| column_of_cell(part, words));
        left.is_some() && right.is_some() && left < right
    };
    let blanks = text.char_indices().filter(|(_, character)| is_blank(*character)).map(|(at, _)| at);
    let Some((left, right)) = blanks.take(MOST_WORDS).map(|at| text.split_at(at)).find(are_heads) else {
        return vec![piece];
    };
    let n_columns = |text: &str| text.chars().map(|character| width(character, wide)).sum::<usize>();
    let begin = text.len() - right.trim_start_matches(is_blank).len();
    let first = Span::new(piece.span.start, piece.span.start + left.len());
    let rest = Span::new(piece.span.start + begin, piece.span.end);
    let mut pieces = vec![Piece { span: first, end: piece.at + n_columns(left), ..piece }];
    pieces.extend(parted(lines, Piece { span: rest, at: piece.at + n_columns(&text[..begin]), ..piece }, wide, words));
    pieces
}

/// How many lines from the one at `index` on are the heads of a table together, and of more columns than that line alone.
pub fn lines_of_heads(lines: &Lines<'_>, index: usize, words: &LayoutWords) -> Option<usize> {
    let line = lines.get(index).filter(|line| line.full.len() <= LONGEST_LINE)?;
    let pieces = pieces(lines, line, false);
    let is_head = |piece: &Piece| column_of_cell(&lines.text[piece.span.start..piece.span.end], words).is_some();
    if pieces.len() < 2 || !pieces.iter().any(is_head) {
        return None;
    }
    let goes_on = |index: usize| lines.get(index).is_some_and(|line| !line.form_feed && line.gap == 0);
    let columns = |count: usize| {
        [true, false]
            .into_iter()
            .filter_map(move |wide| columns_of(&heads(lines, index..index + count, wide, words), words))
            .max()
    };
    let alone = columns(1).unwrap_or(0);
    let counts = (2..=MOST_LINES).take_while(|count| goes_on(index + count - 1));
    counts.into_iter().find(|count| columns(*count).is_some_and(|columns| columns >= LEAST_COLUMNS.max(alone + 1)))
}

/// How many columns these are the heads of, if each is the head of another.
fn columns_of(heads: &[Head], words: &LayoutWords) -> Option<usize> {
    let columns: BTreeSet<usize> = heads.iter().filter_map(|head| column_of_cell(&head.text, words)).collect();
    (columns.len() == heads.len()).then_some(columns.len())
}
