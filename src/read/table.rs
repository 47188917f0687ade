//! Comma-separated values → rows whose cells know their place.
//!
//! Input: the text of a table and the columns it may have. Output: rows. Invariants: a blank cell is none; every
//! fault names file, row and column, and a faulty row does not hide the next.

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::{MAX_SYMBOL_BYTES, MAX_TABLE_DIAGNOSTICS};
use crate::base::path::slug;
use crate::base::span::Span;
use crate::base::suggestion;
use crate::model::citation::Symbol;
use crate::model::edtf::Edtf;
use crate::model::state::Iso3;
use std::collections::{BTreeMap, BTreeSet};

/// A table's name and the columns it may have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// Columns that must be there.
    pub required: &'static [&'static str],
    /// Columns that may be there.
    pub optional: &'static [&'static str],
}

/// A table while it is read: its rows are taken one by one, faults are gathered.
pub(crate) struct Table<'a> {
    path: &'a str,
    text: &'a str,
    columns: Vec<String>,
    rows: Vec<RawRow>,
    keys: BTreeMap<String, u64>,
    /// What was found wrong, at most [`MAX_TABLE_DIAGNOSTICS`] and a last one that counts the rest.
    diagnostics: Vec<Diagnostic>,
    n_suppressed: usize,
}

struct RawRow {
    line: u64,
    span: Span,
    cells: Vec<String>,
}

impl RawRow {
    /// What parts the cells of this header in place of commas.
    fn wrong_separator(&self, layout: Layout) -> Option<&'static str> {
        let [cell] = self.cells.as_slice() else { return None };
        let names_column = |name: &str| layout.required.iter().chain(layout.optional).any(|known| *known == name);
        let separators = [(';', "semicolons"), ('\t', "tabs"), ('|', "upright strokes")];
        let parts = |sign: char| cell.split(sign).map(|name: &str| name.trim().trim_matches('"'));
        let is_wrong = |sign: char| parts(sign).count() > 1 && parts(sign).any(names_column);
        separators.into_iter().find(|(sign, _)| is_wrong(*sign)).map(|(_, name)| name)
    }
}

/// One row of a table.
pub(crate) struct Row<'t, 'a> {
    table: &'t mut Table<'a>,
    raw: RawRow,
    /// Whether a cell of this row was refused.
    pub is_faulty: bool,
}

/// The number of the line that holds a place, for places in ascending order.
struct LineCount<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl LineCount<'_> {
    fn line_at(&mut self, place: usize) -> u64 {
        let passed = &self.text[self.at..place];
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count() as u64;
        self.at = place;
        self.line
    }
}

fn raw_row(record: &csv::StringRecord, span: Span, lines: &mut LineCount<'_>) -> RawRow {
    let text = &lines.text[span.start..span.end];
    // The reader passes over blank lines before a row, which are no part of it.
    let start = span.start + (text.len() - text.trim_start_matches(['\r', '\n']).len());
    RawRow {
        line: lines.line_at(start),
        span: Span::new(start, span.start + text.trim_end_matches(['\r', '\n']).len()),
        cells: record.iter().map(|cell| cell.trim().to_owned()).collect(),
    }
}

impl<'a> Table<'a> {
    /// Reads header and rows of `text`; `path` is the file's path for people.
    pub(crate) fn read(path: &'a str, text: &'a str, layout: Layout) -> Self {
        let mut table = Self {
            path,
            text,
            columns: Vec::new(),
            rows: Vec::new(),
            keys: BTreeMap::new(),
            diagnostics: Vec::new(),
            n_suppressed: 0,
        };
        table.read_rows();
        table.drop_blank_cells();
        if table.check_header(layout) {
            table.drop_ragged_rows();
        } else {
            table.rows.clear();
        }
        table
    }

    fn read_rows(&mut self) {
        // The mark is no part of the first column's name; offsets stay those of the whole text.
        let offset = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let body = &self.text[offset..];
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(body.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut lines = LineCount { text: self.text, at: 0, line: 1 };
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {
                    let start = offset + record.position().map_or(0, |position| position.byte() as usize);
                    let end = offset + reader.position().byte() as usize;
                    self.rows.push(raw_row(&record, Span::new(start, end), &mut lines));
                }
                Err(error) => {
                    let broken = Diagnostic::error(code::BAD_TABLE, format!("not a table: {error}"));
                    let place = Place::InFile { path: self.path.to_owned(), offset: None };
                    self.add(broken.at(place).hint("save it as comma-separated values in UTF-8"));
                    break;
                }
            }
        }
    }

    /// Drops rows without any cell, and columns at the end without any: spreadsheets write both.
    fn drop_blank_cells(&mut self) {
        let n_filled = |row: &RawRow| row.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        self.rows.retain(|row| n_filled(row) > 0);
        let Some(n_named) = self.rows.first().map(n_filled) else { return };
        for row in &mut self.rows {
            // A cell beyond the columns that have names is kept, to be told.
            let n_kept = n_filled(row).max(n_named);
            row.cells.truncate(n_kept);
        }
    }

    /// Takes the header off the rows; false if the table cannot be read with it.
    fn check_header(&mut self, layout: Layout) -> bool {
        if self.rows.is_empty() {
            let message = "no header: the first line must name the columns";
            let place = Place::InFile { path: self.path.to_owned(), offset: None };
            let columns = layout.required.join(",");
            self.add(Diagnostic::error(code::BAD_TABLE, message).at(place).hint(format!("begin it with `{columns}`")));
            return false;
        }
        let header = self.rows.remove(0);
        if let Some(separator) = header.wrong_separator(layout) {
            let message = format!("the cells are parted by {separator}, not by commas");
            let hint = "save it anew as comma-separated values (CSV, UTF-8), with the comma as separator";
            self.add_at(&header, None, Diagnostic::error(code::BAD_TABLE, message).hint(hint));
            return false;
        }
        let known: Vec<&str> = layout.required.iter().chain(layout.optional).copied().collect();
        let mut seen = BTreeSet::new();
        for (index, name) in header.cells.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let unknown = Diagnostic::error(code::UNKNOWN_COLUMN, format!("unknown column `{name}`"));
                self.add_at(&header, Some(index), unknown.hint(suggestion::hint(name, &known, "columns")));
            } else if !seen.insert(name.as_str()) {
                let twice = Diagnostic::error(code::MISSING_COLUMN, format!("duplicate column `{name}`"));
                self.add_at(&header, Some(index), twice.hint("keep one of the two"));
            }
        }
        for name in layout.required.iter().filter(|name| !seen.contains(**name)) {
            let missing = Diagnostic::error(code::MISSING_COLUMN, format!("column `{name}` is missing"));
            let hint = format!("add it: the table must have `{}`", layout.required.join("`, `"));
            self.add_at(&header, None, missing.hint(hint));
        }
        self.columns = header.cells;
        self.diagnostics.is_empty()
    }

    fn drop_ragged_rows(&mut self) {
        let n_columns = self.columns.len();
        let (even, ragged): (Vec<RawRow>, Vec<RawRow>) =
            std::mem::take(&mut self.rows).into_iter().partition(|row| row.cells.len() == n_columns);
        self.rows = even;
        for row in ragged {
            let message = format!("this row has {} cells, the header has {n_columns}", row.cells.len());
            let hint = "put a cell that holds a comma or a line end in quotation marks";
            self.add_at(&row, None, Diagnostic::error(code::RAGGED_ROW, message).hint(hint));
        }
    }

    /// Makes of every row what `make` makes of it; a row of which a cell was refused gives nothing.
    pub(crate) fn map_rows<T>(&mut self, mut make: impl FnMut(&mut Row<'_, 'a>) -> Option<T>) -> Vec<T> {
        let mut made = Vec::new();
        for raw in std::mem::take(&mut self.rows) {
            let mut row = Row { table: self, raw, is_faulty: false };
            let value = make(&mut row);
            made.extend(value.filter(|_| !row.is_faulty));
        }
        made
    }

    /// What was found wrong.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        if self.n_suppressed > 0 {
            let message = format!("{} more faults in this table", self.n_suppressed);
            let place = Place::InFile { path: self.path.to_owned(), offset: None };
            let more = Diagnostic::error(code::BAD_TABLE, message).at(place);
            self.diagnostics
                .push(more.hint("fix those above first; a fault in the header or in a quotation mark makes many"));
        }
        self.diagnostics
    }

    fn add(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MAX_TABLE_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else {
            self.n_suppressed += 1;
        }
    }

    /// Adds `diagnostic` at a cell of `row`, or at all of it. Its place is looked for only if it is told, as a row may
    /// have as many faults as cells.
    fn add_at(&mut self, row: &RawRow, column: Option<usize>, diagnostic: Diagnostic) {
        let is_told = self.diagnostics.len() < MAX_TABLE_DIAGNOSTICS;
        self.add(if is_told { diagnostic.at(self.place(row, column)) } else { diagnostic });
    }

    fn place(&self, row: &RawRow, column: Option<usize>) -> Place {
        let text = &self.text[row.span.start..row.span.end];
        Place::InTable {
            path: self.path.to_owned(),
            row: row.line,
            offset: Some(row.span.start),
            column: column.and_then(|index| self.columns.get(index)).cloned(),
            text: text.to_owned(),
            span: column.map_or(Span::new(0, text.len()), |index| cell_span(text, index)),
        }
    }
}

/// The bytes of cell `index` in the text of a row, quotation marks included (RFC 4180 § 2).
fn cell_span(text: &str, index: usize) -> Span {
    let (mut start, mut n_commas, mut is_quoted) = (0, 0, false);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted && n_commas == index => return Span::new(start, offset),
            b',' if !is_quoted => {
                n_commas += 1;
                start = offset + 1;
            }
            _ => {}
        }
    }
    Span::new(start, text.len())
}

impl Row<'_, '_> {
    /// The cell of `column`, none if it is blank or there is no such column.
    pub(crate) fn text(&self, column: &str) -> Option<String> {
        let cell = self.raw.cells.get(self.index(column)?)?;
        (!cell.is_empty()).then(|| cell.clone())
    }

    /// The cell of `column`, which must not be blank.
    pub(crate) fn required(&mut self, column: &str) -> Option<String> {
        let cell = self.text(column);
        if cell.is_none() {
            let blank = Diagnostic::error(code::BLANK_CELL, format!("`{column}` is blank"));
            self.fault(column, blank.hint("fill the cell, or remove the row"));
        }
        cell
    }

    /// The code in `column`, which must not be blank.
    pub(crate) fn iso3(&mut self, column: &str) -> Option<Iso3> {
        let cell = self.required(column)?;
        let found = Iso3::new(&cell);
        if found.is_none() {
            let message = format!("`{cell}` is not an ISO 3166-1 alpha-3 code");
            self.fault(column, Diagnostic::error(code::BAD_ISO3, message).hint("three capital letters: `AUT`"));
        }
        found
    }

    /// The code in `column`, which must be that of one of `states`.
    pub(crate) fn state(&mut self, column: &str, states: &BTreeSet<Iso3>) -> Option<Iso3> {
        let found = self.iso3(column)?;
        if !states.contains(&found) {
            let message = format!("no State of the States table has the code `{found}`");
            self.fault(column, Diagnostic::error(code::BAD_ISO3, message).hint("add it to `states.csv`"));
        }
        Some(found)
    }

    /// The document symbol in `column` in its canonical spelling: the blanks that tables and catalogues put into
    /// symbols (`S/RES/1718 (2006)`, `AG/RES. 2359 (…)`) are no part of them; the name of a part behind a comma is.
    pub(crate) fn symbol(&mut self, column: &str) -> Option<Symbol> {
        let cell = self.text(column)?;
        let (symbol, part) = cell.split_once(',').map_or((cell.as_str(), None), |(symbol, part)| (symbol, Some(part)));
        let symbol: String = symbol.chars().filter(|character| !character.is_whitespace()).collect();
        if !symbol.starts_with(|first: char| first.is_ascii_uppercase()) || !symbol.contains('/') {
            let bad = Diagnostic::error(code::BAD_CELL, format!("`{cell}` is not a document symbol"));
            self.fault(column, bad.hint("write the whole symbol, like `A/RES/62/59`"));
        }
        if symbol.len() > MAX_SYMBOL_BYTES {
            let message = format!("a symbol of {} bytes, where the limit is {MAX_SYMBOL_BYTES}", symbol.len());
            let bad = Diagnostic::error(code::BAD_CELL, message);
            self.fault(column, bad.hint("write the symbol alone, without what surrounds it"));
        }
        Some(Symbol(part.map_or(symbol.clone(), |part| format!("{symbol}, {}", part.trim()))))
    }

    /// The date in `column`: a day, month or year of the calendar.
    pub(crate) fn date(&mut self, column: &str) -> Option<Edtf> {
        let cell = self.text(column)?;
        let date = super::date::date(&cell);
        if date.is_none() {
            let bad = Diagnostic::error(code::BAD_DATE, format!("`{cell}` is not a date"));
            self.fault(column, bad.hint("write `2008-06-15`, `2008-06` or `2008`"));
        }
        date
    }

    /// The whole number in `column`.
    pub(crate) fn number<N: std::str::FromStr>(&mut self, column: &str) -> Option<N> {
        let cell = self.text(column)?;
        let found = cell.parse().ok();
        if found.is_none() {
            let bad = Diagnostic::error(code::BAD_CELL, format!("`{cell}` is not a whole number"));
            self.fault(column, bad.hint("write it in digits, without separators"));
        }
        found
    }

    /// The value that `choices` gives to the cell of `column`, which must not be blank.
    pub(crate) fn choice<T: Copy>(&mut self, column: &str, choices: &[(&str, T)]) -> Option<T> {
        let cell = self.required(column)?;
        let found = choices.iter().find(|(name, _)| *name == cell).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let unknown = Diagnostic::error(code::BAD_CELL, format!("`{cell}` is not a value of `{column}`"));
            self.fault(column, unknown.hint(suggestion::hint(&cell, &names, "values")));
        }
        found
    }

    /// Refuses the row if an earlier one has the same `key`; `column` is shown as its place.
    pub(crate) fn unique(&mut self, column: &str, key: &str) {
        let line = self.raw.line;
        if let Some(earlier) = self.table.keys.get(key).copied() {
            let message = format!("`{key}` stands in line {earlier} already");
            self.fault(column, Diagnostic::error(code::DUPLICATE_KEY, message).hint("keep one of the two rows"));
        } else {
            self.table.keys.insert(key.to_owned(), line);
        }
    }

    /// As [`Self::unique`], for a symbol that has a page: signs alone do not tell one address from another.
    pub(crate) fn unique_address(&mut self, column: &str, symbol: &str) {
        let (line, address) = (self.raw.line, format!("{}/", slug(symbol)));
        let earlier = self.table.keys.get(&address).copied().filter(|_| !self.table.keys.contains_key(symbol));
        self.unique(column, symbol);
        if let Some(earlier) = earlier {
            let message = format!("`{symbol}` would have the address `{address}` of the symbol in line {earlier}");
            let hint = "keep one of the two rows, as symbols that differ only in punctuation cannot both have a page";
            self.fault(column, Diagnostic::error(code::DUPLICATE_KEY, message).hint(hint));
        }
        self.table.keys.entry(address).or_insert(line);
    }

    /// Refuses the cell of `column`.
    pub(crate) fn fault(&mut self, column: &str, diagnostic: Diagnostic) {
        self.is_faulty = true;
        self.table.add_at(&self.raw, self.index(column), diagnostic);
    }

    fn index(&self, column: &str) -> Option<usize> {
        self.table.columns.iter().position(|name| name == column)
    }
}

#[cfg(test)]
mod tests;
