//! A table as PDF text that keeps its columns: cells side by side, parted by runs of blanks.
//!
//! Every printed line may carry a piece of each cell. The head shows where the columns begin; a
//! piece belongs to the last column that begins at or before it. A row begins with a State's name,
//! or with a date that does not go on from the date above.

use super::rows::{Cells, Rows};
use super::section;
use crate::base::span::Span;
use crate::parse::Lexicon;
use crate::parse::date;
use crate::parse::item::Item;
use crate::parse::line::Line;
use crate::parse::page::{LineRole, Page};
use crate::parse::text::{Blanks, is_blank};
use unicode_width::UnicodeWidthChar;

/// A piece may begin this far before its column: centred heads, narrow blanks.
const TOLERANCE: usize = 2;
/// State, date, activity, remarks.
const COLUMNS: usize = 4;

/// Where each column begins, and in what that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    starts: [usize; COLUMNS],
    wide: bool,
}

/// A piece of a line between runs of two or more blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    span: Span,
    at: usize,
}

/// The pieces of a line, one list a column.
type Pieces = [Vec<Span>; COLUMNS];

/// The columns of `page`, if its table has them: the head is set wide, and most lines below leave
/// the first two columns empty.
#[must_use]
pub fn columns(page: &Page<'_>, first: usize, lexicon: &Lexicon) -> Option<Columns> {
    let head = page.roles.iter().position(|role| *role == LineRole::TableHead)?;
    let line = page.lines.get(head)?;
    [true, false].into_iter().find_map(|wide| {
        let columns = columns_of_head(page, line, wide, lexicon)?;
        fits(page, first, columns).then_some(columns)
    })
}

fn columns_of_head(page: &Page<'_>, line: Line, wide: bool, lexicon: &Lexicon) -> Option<Columns> {
    let pieces = pieces(page, line, wide);
    let mut starts = [usize::MAX; COLUMNS];
    for (column, start) in starts.iter_mut().enumerate() {
        let forms = lexicon.layout.table_heads.get(column)?;
        let named = |piece: &&Piece| {
            forms.iter().any(|form| page.lines.text.get(piece.span.start..piece.span.end) == Some(form.as_str()))
        };
        if let Some(piece) = pieces.iter().find(named) {
            *start = piece.at;
        }
    }
    let set = starts.windows(2).take(2).all(|pair| pair.first() < pair.get(1));
    set.then_some(Columns { starts, wide })
}

/// Whether most body lines are continued cells: nothing stands in the first column.
fn fits(page: &Page<'_>, first: usize, columns: Columns) -> bool {
    let lines = (first..page.lines.lines.len()).filter(|index| page.is_body(*index));
    let firsts: Vec<usize> = lines
        .filter_map(|index| {
            pieces(page, page.lines.get(index)?, columns.wide).first().map(|piece| columns.column(piece.at))
        })
        .collect();
    let continued = firsts.iter().filter(|column| **column >= 1).count();
    let texts = firsts.iter().filter(|column| **column == 2).count();
    continued * 2 > firsts.len() && texts > 0
}

impl Columns {
    fn column(&self, at: usize) -> usize {
        let begun = self.starts.iter().rposition(|start| start.saturating_sub(TOLERANCE) <= at);
        begun.unwrap_or(0)
    }
}

/// The pieces of `line` with the place at which each begins, in characters or in display columns.
fn pieces(page: &Page<'_>, line: Line, wide: bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut blanks) = (0, 2);
    for (offset, character) in page.lines.text.get(line.full.start..line.full.end).unwrap_or("").char_indices() {
        let start = line.full.start + offset;
        if is_blank(character) {
            blanks += 1;
        } else {
            let end = start + character.len_utf8();
            match pieces.last_mut() {
                Some(piece) if blanks < 2 => piece.span.end = end,
                _ => pieces.push(Piece { span: Span::new(start, end), at }),
            }
            blanks = 0;
        }
        at += if wide { character.width().unwrap_or(1) } else { 1 };
    }
    pieces
}

struct Table<'a> {
    page: &'a Page<'a>,
    lexicon: &'a Lexicon,
    columns: Columns,
    rows: Rows<'a>,
}

/// Reads the body lines from `first` on as the rows of a table with these columns.
#[must_use]
pub fn rows(page: &Page<'_>, first: usize, columns: Columns, lexicon: &Lexicon) -> Vec<Item> {
    let mut table = Table { page, lexicon, columns, rows: Rows::new(page, lexicon) };
    for index in (first..page.lines.lines.len()).filter(|index| page.is_body(*index)) {
        table.line(index);
    }
    table.rows.finish()
}

/// A State's name is printed in no more lines.
const MOST_LINES_OF_NAME: usize = 12;

impl Table<'_> {
    fn line(&mut self, index: usize) {
        let Some(line) = self.page.lines.get(index) else { return };
        if let Some(head) = section::line(self.page.lines.text_of(line)) {
            return self.rows.heading(head, line.span);
        }
        let mut cells = Pieces::default();
        for piece in pieces(self.page, line, self.columns.wide) {
            if let Some(cell) = cells.get_mut(self.columns.column(piece.at)) {
                cell.push(piece.span);
            }
        }
        if self.begins_row(&cells) {
            self.rows.begin(Cells::default());
        }
        let [state, date, text, remarks] = cells;
        let row = self.rows.open.get_or_insert_default();
        row.state.extend(state);
        row.date.extend(date);
        row.text.extend(text);
        row.remarks.extend(remarks);
    }

    /// A name begins a row unless it is the rest of the name above; a date does unless it goes on from the date above.
    fn begins_row(&self, [state, date, ..]: &Pieces) -> bool {
        let Some(Cells { state: state_above, date: date_above, .. }) = &self.rows.open else { return true };
        if !state.is_empty() && state_above.len() > MOST_LINES_OF_NAME {
            return self.lexicon.whole_state(&self.text(state)).is_some();
        }
        if !state.is_empty() {
            let names = |spans: &[Span]| self.lexicon.whole_state(&self.text(spans)).is_some();
            let is_part = names(&[state_above.as_slice(), state].concat()) || !names(state_above);
            return state_above.is_empty() || names(state) || !is_part;
        }
        let read = |spans: &[Span]| date::read_cell(&self.text(spans), &self.lexicon.dates);
        let open_above = date_above.is_empty() || read(date_above).is_none_or(|above| above.open);
        let alone = read(date).is_some_and(|date| date.has_year);
        !date.is_empty() && ((alone && !open_above) || read(&[date_above.as_slice(), date].concat()).is_none())
    }

    fn text(&self, spans: &[Span]) -> String {
        self.page.excerpt(spans, Blanks::Wrapped).text
    }
}
