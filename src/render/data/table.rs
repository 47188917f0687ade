//! Tables as CSV after RFC 4180: UTF-8, a head line, CRLF, quotes where they are needed.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@` (also in full width), TAB, CR or LF as a formula
//! (OWASP, "CSV Injection"). Such a cell gets a `'` in front. So does one in which only `'` stand before such a
//! character; taking one `'` away from those cells gives the value back.

use super::column::Column;
use crate::model::edtf::{self, Edtf};
use std::borrow::Cow;

/// What makes a spreadsheet run a cell.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A table.
pub(in crate::render) struct Table {
    /// Its columns.
    pub(super) columns: &'static [Column],
    /// Its rows, their cells as they are before CSV guards and quotes them.
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a head and no rows.
    pub(super) fn new(columns: &'static [Column]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Appends a row; one cell for each column, an empty one for what is unknown.
    pub(super) fn push<'a>(&mut self, cells: impl IntoIterator<Item = Cow<'a, str>>) {
        self.rows.push(cells.into_iter().map(Cow::into_owned).collect());
    }

    /// The table as CSV.
    ///
    /// # Errors
    /// If a row has not one cell for each column.
    pub(super) fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(self.columns.iter().map(|column| column.name))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| guarded(cell).into_owned()))?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    }
}

/// A cell that no spreadsheet runs.
fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

/// A cell that may be unknown.
pub(super) fn optional(value: Option<&str>) -> Cow<'_, str> {
    Cow::Borrowed(value.unwrap_or(""))
}

/// A cell with a number, or anything else that can be written.
pub(super) fn written(value: impl ToString) -> Cow<'static, str> {
    Cow::Owned(value.to_string())
}

/// A cell: a date, empty where there is none.
pub(super) fn date(edtf: Option<&Edtf>) -> Cow<'_, str> {
    optional(edtf.map(Edtf::as_str))
}

/// Two cells: the first and the last day of a date.
pub(super) fn days(edtf: Option<&Edtf>) -> [Cow<'static, str>; 2] {
    let (first, last) = edtf::days(edtf);
    [first, last].map(|day| Cow::Owned(day.unwrap_or_default()))
}

/// A cell with a list: `;` between its items, and before a `;` or `\` in an item a `\`.
pub(super) fn joined<'a>(items: impl IntoIterator<Item = &'a str>) -> Cow<'static, str> {
    let escaped = items.into_iter().map(|item| item.replace('\\', "\\\\").replace(';', "\\;"));
    Cow::Owned(escaped.collect::<Vec<_>>().join(";"))
}

/// The items of a cell with a list.
pub(super) fn items(cell: &str) -> Vec<String> {
    if cell.is_empty() {
        return Vec::new();
    }
    let (mut items, mut is_escaped) = (vec![String::new()], false);
    for character in cell.chars() {
        match character {
            '\\' if !is_escaped => is_escaped = true,
            ';' if !is_escaped => items.push(String::new()),
            _ => {
                is_escaped = false;
                items.last_mut().into_iter().for_each(|item| item.push(character));
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cell of a table with one column and one row.
    fn cell(text: &str) -> String {
        let columns = const { &[Column::text("a", "")] };
        let mut table = Table::new(columns);
        table.push([Cow::Borrowed(text)]);
        let lines = String::from_utf8(table.csv().unwrap()).unwrap();
        lines.strip_prefix("a\r\n").unwrap().strip_suffix("\r\n").unwrap().to_owned()
    }

    #[test]
    fn no_cell_runs_as_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''@x"] {
            assert!(cell(text).trim_start_matches('"').starts_with('\''), "{text}");
            assert_eq!(cell(text).trim_matches('"').strip_prefix('\''), Some(text), "{text}");
        }
        assert_eq!(cell("'tis"), "'tis");
        assert_eq!(cell("1-2=-1"), "1-2=-1");
    }

    #[test]
    fn quotes_as_rfc_4180_says() {
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("a\"b"), "\"a\"\"b\"");
        assert_eq!(cell("a\nb"), "\"a\nb\"");
        assert_eq!(cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    }

    #[test]
    fn lists_keep_their_items_apart() {
        assert_eq!(joined(["a", "b;c", "d\\"]), "a;b\\;c;d\\\\");
        for list in [&["a", "b;c", "d\\", "", "\\;"] as &[&str], &[]] {
            assert_eq!(items(&joined(list.iter().copied())), list);
        }
    }
}
