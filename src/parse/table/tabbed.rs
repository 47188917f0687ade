//! A table with tabs between its cells (layout 2).
//!
//! A row is cut by a page break where what follows has no State and no date of its own: both cells are empty, repeat
//! the name above, or go on with the name or date above. A line without tabs inside the table is a heading, or
//! continues the cell above.

use super::columns::{Columns, cells};
use super::rows::{Cells, Rows};
use super::section;
use crate::base::span::Span;
use crate::parse::Lexicon;
use crate::parse::date;
use crate::parse::item::Item;
use crate::parse::page::{LineRole, Page};
use crate::parse::text::Blanks;

/// The heading of a table has no more bytes.
const LONGEST_HEADING: usize = 200;

struct Table<'a> {
    page: &'a Page<'a>,
    lexicon: &'a Lexicon,
    columns: Columns,
    /// A head in words that are not known.
    head: Option<&'a str>,
    /// Whether the texts of this table end with a full stop.
    stops: bool,
    rows: Rows<'a>,
}

/// Reads the body lines from `first` on as the rows of a table.
#[must_use]
pub fn rows(page: &Page<'_>, first: usize, lexicon: &Lexicon) -> Vec<Item> {
    let (columns, head) = Columns::find(page, lexicon);
    let stops = has_stops(page, first, columns, lexicon);
    let mut table = Table { page, lexicon, columns, head, stops, rows: Rows::new(page, lexicon) };
    for index in first..page.lines.lines.len() {
        if page.is_body(index) {
            table.line(index);
        }
    }
    table.rows.finish()
}

/// Whether most texts end with a full stop.
fn has_stops(page: &Page<'_>, first: usize, columns: Columns, lexicon: &Lexicon) -> bool {
    let lines = page.lines.lines.iter().enumerate().skip(first).filter(|(index, _)| page.is_body(*index));
    let texts = lines.filter_map(|(_, line)| {
        let text = *cells(page.lines.text, line.full).get(columns.text?)?;
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
            return self.rows.heading(head, &[line.span]);
        }
        if self.head == Some(text) {
            return self.rows.repeated(line.span);
        }
        if self.heads_table(index, text) {
            return self.rows.untitled(line.span);
        }
        let cells = cells(self.page.lines.text, line.full);
        if cells.len() > 1 { self.row_line(&cells, index) } else { self.lone_line(line.span, index) }
    }

    /// A line without cells: text, or at the top of a page all that is left there of the name or date above.
    fn lone_line(&mut self, span: Span, index: usize) {
        let above = self.rows.open.as_ref().filter(|_| self.page.breaks_before(index));
        let completes_name = above.is_some_and(|row| self.is_rest_of_name(&row.state, span));
        let completes_date = above.is_some_and(|row| self.is_rest_of_date(&row.date, span));
        match &mut self.rows.open {
            Some(row) if completes_name => row.state.push(span),
            Some(row) if completes_date => row.date.push(span),
            _ => self.rows.text_line(span),
        }
    }

    fn row_line(&mut self, cells: &[Span], index: usize) {
        let cell = |column: Option<usize>| cells.get(column?).copied().filter(|span| !span.is_empty());
        let (state, date) = (cell(self.columns.state), cell(self.columns.date));
        let (text, remarks) = (cell(self.columns.text), cell(self.columns.remarks));
        let repeats = state.filter(|_| date.is_none()).is_some_and(|state| self.repeats_name(index, state));
        let own = (state.is_some() && !repeats) || date.is_some();
        let goes_on = repeats || if own { self.cells_go_on(index, state, date) } else { self.continues(index, text) };
        if !goes_on {
            self.rows.begin(Cells::default());
        }
        if let Some(state) = state.filter(|_| repeats) {
            self.rows.repeated(state);
        }
        let row = self.rows.open.get_or_insert_default();
        row.state.extend(state.filter(|_| !repeats));
        row.date.extend(date);
        row.text.extend(text);
        row.remarks.extend(remarks);
        let known =
            [self.columns.state, self.columns.date, self.columns.text, self.columns.remarks, self.columns.number];
        let others =
            cells.iter().enumerate().filter(|(column, span)| !known.contains(&Some(*column)) && !span.is_empty());
        row.text.extend(others.map(|(_, span)| *span));
        if let Some(number) = cell(self.columns.number) {
            self.rows.repeated(number);
        }
    }

    /// Whether a line without cells is the heading of a table, whose head or first row stands right below it.
    fn heads_table(&self, index: usize, text: &str) -> bool {
        let is_heading =
            !text.contains('\t') && text.len() <= LONGEST_HEADING && !self.lexicon.layout.ends_sentence(text);
        let below = self.page.lines.get(index + 1).map(|line| self.page.lines.text_of(line));
        let is_head = self.page.roles.get(index + 1) == Some(&LineRole::TableHead)
            || below.is_some_and(|below| self.head == Some(below));
        is_heading && is_head && !self.page.lines.begins_page(index)
    }

    /// Whether the name of the row above is repeated at the top of a page: 法国（续）.
    fn repeats_name(&self, index: usize, state: Span) -> bool {
        let Some(row) = self.rows.open.as_ref().filter(|_| self.page.breaks_before(index)) else { return false };
        let name = self.text(&[state]);
        let bare = self.lexicon.layout.without_continued(&name);
        let above = self.text(&row.state);
        bare != name
            && (above.is_empty() || above == bare || self.lexicon.whole_state(&above) == self.lexicon.whole_state(bare))
    }

    /// Whether the name and the date at the top of a page, where printed, are the rest of the name and date above.
    fn cells_go_on(&self, index: usize, state: Option<Span>, date: Option<Span>) -> bool {
        let Some(row) = self.rows.open.as_ref().filter(|_| self.page.breaks_before(index)) else { return false };
        let name_goes_on = state.is_none_or(|state| self.is_rest_of_name(&row.state, state));
        name_goes_on && date.is_none_or(|date| self.is_rest_of_date(&row.date, date))
    }

    fn is_rest_of_name(&self, above: &[Span], rest: Span) -> bool {
        let names = |spans: &[Span]| self.lexicon.whole_state(&self.text(spans)).is_some();
        !above.is_empty() && !names(&[rest]) && names(&[above, &[rest]].concat())
    }

    fn is_rest_of_date(&self, above: &[Span], rest: Span) -> bool {
        let read = |spans: &[Span]| date::read_cell(&self.text(spans), &self.lexicon.dates);
        // A day and month may have lost their year to the next page: `9 April`.
        let open = read(above).is_none_or(|above| above.open || above.edtf.lacks_year());
        let alone = read(&[rest]).is_some_and(|rest| rest.has_year);
        !above.is_empty() && (open || !alone) && read(&[above, &[rest]].concat()).is_some_and(|whole| !whole.open)
    }

    fn text(&self, spans: &[Span]) -> String {
        self.page.excerpt(spans, Blanks::Wrapped).text
    }

    /// Whether a line without State and date goes on with the row above.
    ///
    /// After a page break it does, unless it begins with a State's name below a complete text. Elsewhere it is a row
    /// that has lost its date, unless texts end with a full stop and the one above does not.
    fn continues(&self, index: usize, text: Option<Span>) -> bool {
        let Some(row) = &self.rows.open else { return false };
        let so_far = row.text.last().map_or_else(String::new, |span| self.page.raw(*span));
        let is_complete = self.lexicon.layout.ends_sentence(&so_far);
        let is_named = text.is_some_and(|text| self.lexicon.states.match_at_spaced(self.slice(text), 0).is_some());
        if self.page.breaks_before(index) {
            !(is_named && (is_complete || !self.stops))
        } else {
            self.stops && !is_complete && !is_named
        }
    }

    fn slice(&self, span: Span) -> &str {
        &self.page.lines.text[span.start..span.end]
    }
}

/// A heading in one cell, the others being empty.
fn heading(line: &str) -> Option<section::Head> {
    let mut cells = line.split('\t').map(str::trim).filter(|cell| !cell.is_empty());
    let only = cells.next()?;
    cells.next().is_none().then(|| section::paragraph(only).or_else(|| section::lettered(only))).flatten()
}
