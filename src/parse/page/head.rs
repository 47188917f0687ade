//! Heads of tables: side by side, over several lines where a column is narrow (`Observatio` above `ns`), or one to a line.

use super::LineRole;
use super::bracket::without_bracketed;
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

/// How many lines may stand between two heads of one table.
const NEAR_HEADS: usize = 4;

/// How many lines stand above the heads at the top of a page.
const MOST_TOP_LINES: usize = 2;

/// The head of a column has no more bytes.
const LONGEST_HEAD: usize = 120;

/// Marks the lines that are heads of tables together with others.
pub fn mark_heads(lines: &Lines<'_>, roles: &mut [LineRole], words: &LayoutWords) {
    mark_column(lines, roles, words);
    mark_side_by_side(lines, roles, words);
}

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
    pieces_of(&lines.text[line.full.start..line.full.end], line.full.start, wide)
}

/// Whether `text` may have several pieces: two blanks side by side.
fn has_wide_blank(text: &str) -> bool {
    let mut blanks = 0;
    text.chars().any(|character| {
        blanks = if is_blank(character) { blanks + 1 } else { 0 };
        blanks == 2
    })
}

/// The words of the pieces of `text`.
pub fn parts(text: &str) -> impl Iterator<Item = &str> {
    pieces_of(text, 0, false).into_iter().map(|piece| &text[piece.span.start..piece.span.end])
}

/// The pieces of a line with the text `text`, which begins at the byte `start`.
fn pieces_of(text: &str, start: usize, wide: bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut blanks) = (0, 2);
    for (offset, character) in text.char_indices() {
        let (start, begin) = (start + offset, at);
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
fn lines_of_heads(lines: &Lines<'_>, index: usize, words: &LayoutWords) -> Option<usize> {
    let line = lines.get(index).filter(|line| line.full.len() <= LONGEST_LINE)?;
    if !has_wide_blank(lines.at(index)) {
        return None;
    }
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

/// Whether `text` is the head of an activity table: the heads of at least three columns, in any order.
pub fn is_table_head(text: &str, words: &LayoutWords) -> bool {
    let text = &without_bracketed(text);
    if is_row_of_heads(text, words) {
        return true;
    }
    let longest: usize = words.table_heads.iter().filter_map(|forms| forms.iter().map(String::len).max()).sum();
    let mut rest = String::with_capacity(longest);
    for character in text.chars().filter(|character| !is_blank(*character)) {
        if rest.len() >= longest {
            return false;
        }
        rest.extend(character.to_lowercase());
    }
    let columns = words.table_heads.iter().filter(|forms| take(&mut rest, forms)).count();
    columns >= 3 && rest.is_empty()
}

/// Whether each cell of a row begins as the head of a column does: what stands in one row with two others is a head,
/// however it is worded.
fn is_row_of_heads(text: &str, words: &LayoutWords) -> bool {
    let has_tab = text.contains('\t');
    if text.len() > LONGEST_HEAD * words.table_heads.len() || !(has_tab || has_wide_blank(text)) {
        return false;
    }
    let mut cells = if has_tab { text.split('\t').collect() } else { parts(text).collect::<Vec<_>>() };
    cells.retain(|cell| !cell.chars().all(is_blank));
    let columns: BTreeSet<usize> = cells.iter().filter_map(|cell| column_of_cell(cell, words)).collect();
    columns.len() >= 3 && columns.len() == cells.len()
}

/// The column whose head `cell`, one of a row of heads, is or begins as.
pub fn column_of_cell(cell: &str, words: &LayoutWords) -> Option<usize> {
    column_of_head(cell, words).or_else(|| {
        let cell: String = (cell.len() <= LONGEST_HEAD).then(|| compact(cell).collect())?;
        let begins = |stems: &Vec<String>| stems.iter().any(|stem| cell.starts_with(stem.as_str()));
        words.head_stems.iter().position(begins)
    })
}

/// Takes the longest of `forms` out of `text`, which has no blanks and no capitals.
fn take(text: &mut String, forms: &[String]) -> bool {
    let forms = forms.iter().map(|form| compact(form).collect::<String>());
    let mut found = forms.filter_map(|form| Some((text.find(form.as_str())?, form.len()))).collect::<Vec<_>>();
    found.sort_by_key(|(_, len)| std::cmp::Reverse(*len));
    let Some((at, len)) = found.first().copied() else { return false };
    text.replace_range(at..at + len, "");
    true
}

/// `text` without blanks and capitals: heads are compared so.
fn compact(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|character| !is_blank(*character)).flat_map(char::to_lowercase)
}

/// The column of an activity table that the cell `text` is the head of.
pub fn column_of_head(text: &str, words: &LayoutWords) -> Option<usize> {
    // A long text is not looked at.
    let cell = (text.len() <= LONGEST_HEAD).then(|| without_bracketed(text))?;
    words.table_heads.iter().position(|forms| forms.iter().any(|form| compact(form).eq(compact(&cell))))
}

/// Heads printed one to a line (国家 ⏎ 日期/期间 ⏎ 活动和内容 ⏎ 备注).
fn mark_column(lines: &Lines<'_>, roles: &mut [LineRole], words: &LayoutWords) {
    let mut index = 0;
    while index + 2 < roles.len() {
        // The first head may stand apart, where the cells of its column do.
        let first = column_of_head(lines.at(index), words).unwrap_or(0).min(1);
        let heads = (first..4).zip(index..);
        let count = heads.take_while(|(column, line)| column_of_head(lines.at(*line), words) == Some(*column)).count();
        // Two that stand apart are heads whose others names of a column have parted from them.
        let stand_apart =
            count == 2 && (index..=index + 2).all(|line| lines.get(line).is_some_and(|line| line.gap > 0));
        if count >= 3 || stand_apart {
            roles.iter_mut().skip(index).take(count).for_each(|role| *role = LineRole::TableHead);
        }
        index += count.max(1);
    }
    // A head may be printed apart from the others, before or behind them, and broken in the middle of its word.
    for index in 0..roles.len() {
        let count = (1..=2).find(|count| is_head_apart(lines, roles, index..index + count, words));
        roles.iter_mut().skip(index).take(count.unwrap_or(0)).for_each(|role| *role = LineRole::TableHead);
    }
}

/// Whether the lines `range` are one head, apart from the others of its table: near them, or at an edge of its page.
fn is_head_apart(lines: &Lines<'_>, roles: &[LineRole], range: Range<usize>, words: &LayoutWords) -> bool {
    let is_head = |index: usize| roles.get(index) == Some(&LineRole::TableHead);
    let begins_page = |index: usize| lines.get(index).is_some_and(|line| line.form_feed);
    let is_one = |index: usize| lines.get(index).is_some_and(|line| line.gap == 0 && !line.form_feed);
    if range.clone().any(is_head) || !range.clone().skip(1).all(is_one) {
        return false;
    }
    let mut near = range.start.saturating_sub(NEAR_HEADS)..range.end + NEAR_HEADS;
    let is_near = lines.get(range.start).is_some_and(|line| line.gap > 0) && near.any(is_head);
    let mut tops = range.start.saturating_sub(MOST_TOP_LINES)..=range.start;
    let is_at_edge = range.end >= roles.len() || begins_page(range.end) || tops.any(begins_page);
    (is_near || is_at_edge) && column_of_head(&range.map(|index| lines.at(index)).collect::<String>(), words).is_some()
}

/// Heads that are printed over several lines, side by side.
fn mark_side_by_side(lines: &Lines<'_>, roles: &mut [LineRole], words: &LayoutWords) {
    for index in 0..roles.len() {
        let count = lines_of_heads(lines, index, words).unwrap_or(0);
        roles.iter_mut().skip(index).take(count).for_each(|role| *role = LineRole::TableHead);
    }
}
