//! What records tell that States did, by the kind of act and the reporting period.

use super::super::super::chart::{Area, Canvas, Caption, Cell, PART_WIDTH, Part, Parts, Shades, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::messages::fill;
use super::super::super::site::Local;
use super::columns::{Column, columns};
use super::{clipped, from_reports, length, most, noted, number_cell, parts, record_key, root_of};
use std::collections::BTreeMap;

/// Room for the names of columns.
const HEAD: i32 = 34;

/// Height of the name of a kind.
const NAME: i32 = 18;

/// Letters of a name that fit into a part.
const NAME_LETTERS: usize = 48;

/// Height of a row: name, figures, a gap.
const ROW: i32 = 50;

/// Height of a cell.
const CELL: i32 = 24;

/// Kinds in a part.
const PART_ROWS: usize = 8;

/// A kind of act and how many records of each column tell of it.
struct Row {
    name: String,
    numbers: Vec<usize>,
}

impl Row {
    fn total(&self) -> usize {
        self.numbers.iter().sum()
    }
}

/// The picture on the page at `path`; none where no act is known.
pub(in super::super) fn picture(local: Local<'_>, path: &str) -> Option<SafeHtml> {
    let columns = columns(local);
    let rows = rows(local, &columns);
    let shades = Shades::up_to(rows.iter().flat_map(|row| &row.numbers).max().copied()?);
    let shown: usize = rows.iter().map(Row::total).sum();
    let left_out = local.index().records.len().saturating_sub(shown);
    let words = &local.words().picture;
    let (n, acts) = most(local, rows.iter().map(|row| (row.total(), row.name.clone())))?;
    let caption = Caption {
        id: "acts".to_owned(),
        title: words.acts.clone(),
        finding: fill(&words.acts_finding, &[("acts", &acts), ("n", &local.grouped(n))]),
        text: words.acts_text.clone(),
        notes: noted([Some(local.count(&words.shown, shown)), local.count_any(&words.acts_left_out, left_out)]),
        keys: vec![record_key(local, &shades)],
        is_linked: true,
        source: from_reports(local),
    };
    let part = |rows: &'_ [Row]| HEAD + ROW * length(rows.len());
    let drawn = parts(&rows, PART_ROWS).into_iter().map(|rows| Part { size: (PART_WIDTH, part(rows)), of: rows });
    let drawn: Vec<Part<&[Row]>> = drawn.collect();
    let table = table(local, &columns, &rows);
    Some(figure(&caption, (&drawn, Parts::Apart), &root_of(path), &table, words, |canvas, rows| {
        draw(local, canvas, (&columns, rows), &shades);
    }))
}

fn rows(local: Local<'_>, columns: &[Column<'_>]) -> Vec<Row> {
    let row = |(act, reports): (&_, &BTreeMap<usize, usize>)| {
        let number = |column: &Column<'_>| column.reports.iter().filter_map(|report| reports.get(report)).sum();
        Row { name: local.act_name(*act), numbers: columns.iter().map(number).collect() }
    };
    let mut rows: Vec<Row> = local.index().acts.iter().map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.total()));
    rows
}

fn draw(local: Local<'_>, canvas: &mut Canvas, (columns, rows): (&[Column<'_>], &[Row]), shades: &Shades) {
    let width = PART_WIDTH / length(columns.len()).max(1);
    for (number, column) in columns.iter().enumerate() {
        column.head(canvas, width * length(number) + width / 2);
    }
    for (number, row) in rows.iter().enumerate() {
        let y = HEAD + ROW * length(number);
        canvas.part("", None, &row.name, |canvas| canvas.text("", 0, y + 13, &clipped(&row.name, NAME_LETTERS)));
        for (place, (count, column)) in row.numbers.iter().zip(columns).enumerate() {
            let area = Area { x: width * length(place), y: y + NAME, width: width - 2, height: CELL };
            let words = format!("{}{}{}", column.words, local.words().site.colon, local.record_count(*count));
            canvas.part("", None, &words, |canvas| {
                number_cell(local, canvas, shades, (*count, area));
            });
        }
    }
}

fn table(local: Local<'_>, columns: &[Column<'_>], rows: &[Row]) -> Table {
    let words = &local.words().picture;
    let names = columns.iter().map(|column| column.words.clone());
    let heads = std::iter::once(words.act.clone()).chain(names).chain([words.total.clone()]);
    let row = |row: &Row| {
        let numbers = row.numbers.iter().copied().chain([row.total()]).map(|number| Cell::text(local.grouped(number)));
        std::iter::once(Cell::text(&row.name)).chain(numbers).collect()
    };
    Table { heads: heads.collect(), rows: rows.iter().map(row).collect() }
}
