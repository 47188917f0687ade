//! A table with tabs between its cells (layout 2).
//!
//! A row is cut by a page break where a row without State and date follows it; a line without tabs
//! inside the table continues the cell above.

use super::rows::{Cells, Rows};
use super::section;
use crate::base::span::Span;
use crate::parse::Lexicon;
use crate::parse::item::Item;
use crate::parse::page::{LineRole, Page};

/// In which column each cell stands.
#[derive(Debug, Clone, Copy)]
struct Columns {
    state: usize,
    date: usize,
    text: usize,
    remarks: usize,
}

struct Table<'a> {
    page: &'a Page<'a>,
    lexicon: &'a Lexicon,
    columns: Columns,
    /// Whether the texts of this table end with a full stop.
    stops: bool,
    rows: Rows<'a>,
}

/// Reads the body lines from `first` on as the rows of a table.
#[must_use]
pub fn rows(page: &Page<'_>, first: usize, lexicon: &Lexicon) -> Vec<Item> {
    let columns = columns(page, lexicon);
    let stops = has_stops(page, first, columns, lexicon);
    let mut table = Table { page, lexicon, columns, stops, rows: Rows::new(page, lexicon) };
    for index in first..page.lines.lines.len() {
        if page.is_body(index) {
            table.line(index);
        }
    }
    table.rows.finish()
}

/// The columns in the order of the first head; a column that it does not name is the next one left over.
fn columns(page: &Page<'_>, lexicon: &Lexicon) -> Columns {
    let head = page.roles.iter().position(|role| *role == LineRole::TableHead);
    let cells: Vec<&str> =
        head.map(|index| page.lines.at(index).split('\t').map(str::trim).collect()).unwrap_or_default();
    let place = |column: usize| {
        let forms = lexicon.layout.table_heads.get(column)?;
        cells.iter().position(|cell| forms.iter().any(|form| form == cell))
    };
    let [state, date, text, remarks] = [0, 1, 2, 3].map(place);
    let taken = [state, date, text, remarks];
    let mut free = (0..).filter(|column| !taken.contains(&Some(*column)));
    let mut or_free = |column: Option<usize>| column.or_else(|| free.next()).unwrap_or(usize::MAX);
    Columns { state: or_free(state), date: or_free(date), text: or_free(text), remarks: or_free(remarks) }
}

/// Whether most texts end with a full stop.
fn has_stops(page: &Page<'_>, first: usize, columns: Columns, lexicon: &Lexicon) -> bool {
    let lines = page.lines.lines.iter().enumerate().skip(first).filter(|(index, _)| page.is_body(*index));
    let texts = lines.filter_map(|(_, line)| {
        let text = *cells(page.lines.text, line.full).get(columns.text)?;
        page.lines.text.get(text.start..text.end).filter(|text| !text.is_empty())
    });
    let (stopped, open): (Vec<_>, Vec<_>) = texts.partition(|text| lexicon.layout.ends_sentence(text));
    stopped.len() > open.len()
}

impl Table<'_> {
    fn line(&mut self, index: usize) {
        let Some(line) = self.page.lines.get(index) else { return };
        let text = self.page.lines.text_of(line);
        if let Some(head) = heading(text) {
            return self.rows.heading(head, line.span);
        }
        let cells = cells(self.page.lines.text, line.full);
        if cells.len() > 1 { self.row_line(&cells, index) } else { self.rows.text_line(line.span) }
    }

    fn row_line(&mut self, cells: &[Span], index: usize) {
        let cell = |column: usize| cells.get(column).copied().filter(|span| !span.is_empty());
        let (state, date) = (cell(self.columns.state), cell(self.columns.date));
        let (text, remarks) = (cell(self.columns.text), cell(self.columns.remarks));
        if state.is_some() || date.is_some() || !self.continues(index, text) {
            self.rows.begin(Cells::default());
        }
        let row = self.rows.open.get_or_insert_default();
        row.state.extend(state);
        row.date.extend(date);
        row.text.extend(text);
        row.remarks.extend(remarks);
        let known = [self.columns.state, self.columns.date, self.columns.text, self.columns.remarks];
        let others = cells.iter().enumerate().filter(|(column, span)| !known.contains(column) && !span.is_empty());
        row.text.extend(others.map(|(_, span)| *span));
    }

    /// Whether a line without State and date goes on with the row above.
    ///
    /// After a page break it does, unless it begins with a State's name below a complete text. Elsewhere it is a row
    /// that has lost its date, unless texts end with a full stop and the one above does not.
    fn continues(&self, index: usize, text: Option<Span>) -> bool {
        let Some(row) = &self.rows.open else { return false };
        let so_far = row.text.last().map_or("", |span| self.slice(*span));
        let is_complete = self.lexicon.layout.ends_sentence(so_far);
        let is_named = text.is_some_and(|text| self.lexicon.states.match_at_spaced(self.slice(text), 0).is_some());
        if self.page.breaks_before(index) {
            !(is_named && (is_complete || !self.stops))
        } else {
            self.stops && !is_complete && !is_named
        }
    }

    fn slice(&self, span: Span) -> &str {
        self.page.lines.text.get(span.start..span.end).unwrap_or("")
    }
}

/// A heading in the first cell, the others being empty.
fn heading(line: &str) -> Option<section::Head> {
    let mut cells = line.split('\t').map(str::trim);
    let first = cells.next()?;
    cells.all(str::is_empty).then(|| section::line(first)).flatten()
}

/// The cells of the line at `full`, without the blanks around them.
fn cells(text: &str, full: Span) -> Vec<Span> {
    let mut start = full.start;
    let mut cells = Vec::new();
    for cell in text.get(full.start..full.end).unwrap_or("").split('\t') {
        let lead = cell.len() - cell.trim_start().len();
        let content = cell.trim();
        let begin = if content.is_empty() { start } else { start + lead };
        cells.push(Span::new(begin, begin + content.len()));
        start += cell.len() + 1;
    }
    cells
}
