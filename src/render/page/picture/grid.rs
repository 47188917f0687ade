//! Numbers of records in a grid: a row a State or a kind of act, a column a reporting period.

use super::super::super::chart::{Area, Canvas, Caption, Cell, PART_WIDTH, Part, Parts, Shades, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::messages::{Count, fill};
use super::super::super::site::Local;
use super::columns::Column;
use super::{clipped, from_reports, length, most, noted, number_cell, parts, record_key, root_of};

/// Room for the names of columns.
const HEAD: i32 = 34;

/// Height of a cell: a target that a finger finds.
const CELL: i32 = 24;

/// Gap between cells.
const GAP: i32 = 2;

/// Where the name of a row stands to its cells.
pub(super) struct Names {
    /// Where the name is written, from the corner of the row, and which end of it stands there.
    at: (i32, i32),
    anchor: &'static str,
    /// Letters of it that fit.
    letters: usize,
    /// Where the cells begin, from the corner of the row.
    cells: (i32, i32),
    /// Height of a row with its gap.
    row: i32,
    /// Most rows in a part.
    part_rows: usize,
}

/// Names before the cells: short ones.
pub(super) const BESIDE: Names =
    Names { at: (142, 17), anchor: "end", letters: 19, cells: (150, 0), row: CELL + GAP, part_rows: 16 };

/// Names over the cells: whole sentences.
pub(super) const ABOVE: Names =
    Names { at: (0, 13), anchor: "", letters: 48, cells: (0, 18), row: 18 + CELL + 8, part_rows: 8 };

/// What is said of a grid.
pub(super) struct Said<'a> {
    /// Its anchor.
    pub(super) id: &'static str,
    /// Its title.
    pub(super) title: &'a str,
    /// Which rows have most, with `{n}` and the names of the rows.
    pub(super) finding: &'a str,
    /// What `finding` calls the names.
    pub(super) names: &'static str,
    /// What is counted.
    pub(super) text: &'a str,
    /// How many of `all` records are in no row.
    pub(super) left_out: &'a Count,
    pub(super) all: usize,
    /// What the rows are.
    pub(super) head: &'a str,
}

/// A row: its name and page, and its records in each column.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) path: Option<String>,
    pub(super) numbers: Vec<Number>,
}

/// A number of records, and where they are.
pub(super) struct Number {
    pub(super) number: usize,
    pub(super) path: Option<String>,
}

impl Row {
    /// The records of the row in all columns.
    pub(super) fn total(&self) -> usize {
        self.numbers.iter().map(|number| number.number).sum()
    }
}

/// The grid on the page at `path`, the rows with most first; none where nothing is counted.
pub(super) fn picture(
    local: Local<'_>,
    path: &str,
    names: &Names,
    (columns, mut rows): (&[&Column<'_>], Vec<Row>),
    said: &Said<'_>,
) -> Option<SafeHtml> {
    rows.sort_by_key(|row| std::cmp::Reverse(row.total()));
    let shades = Shades::up_to(rows.iter().flat_map(|row| &row.numbers).map(|number| number.number).max()?);
    let shown: usize = rows.iter().map(Row::total).sum();
    let words = &local.words().picture;
    let (n, most) = most(local, rows.iter().map(|row| (row.total(), row.name.clone())))?;
    let caption = Caption {
        id: said.id.to_owned(),
        title: said.title.to_owned(),
        finding: fill(said.finding, &[(said.names, &most), ("n", &local.grouped(n))]),
        text: said.text.to_owned(),
        notes: noted([
            Some(local.count(&words.shown, shown)),
            local.count_any(said.left_out, said.all.saturating_sub(shown)),
        ]),
        keys: vec![record_key(local, &shades)],
        is_linked: true,
        source: from_reports(local),
    };
    let height = |rows: &[Row]| HEAD + names.row * length(rows.len());
    let drawn = parts(&rows, names.part_rows).into_iter();
    let drawn: Vec<Part<&[Row]>> = drawn.map(|rows| Part { size: (PART_WIDTH, height(rows)), of: rows }).collect();
    let table = table(local, said.head, columns, &rows);
    Some(figure(&caption, (&drawn, Parts::Apart), &root_of(path), &table, words, |canvas, rows| {
        draw(local, canvas, names, (columns, rows), &shades);
    }))
}

fn draw(
    local: Local<'_>,
    canvas: &mut Canvas,
    names: &Names,
    (columns, rows): (&[&Column<'_>], &[Row]),
    shades: &Shades,
) {
    let (left, down) = names.cells;
    let width = (PART_WIDTH - left) / length(columns.len()).max(1);
    for (number, column) in columns.iter().enumerate() {
        column.head(canvas, left + width * length(number) + width / 2);
    }
    for (number, row) in rows.iter().enumerate() {
        let y = HEAD + names.row * length(number);
        canvas.part("", row.path.as_deref(), &row.name, |canvas| {
            canvas.text(names.anchor, names.at.0, y + names.at.1, &clipped(&row.name, names.letters));
        });
        for (place, (number, column)) in row.numbers.iter().zip(columns).enumerate() {
            let x = left + width * length(place);
            let area = Area { x, y: y + down, width: width - GAP, height: CELL };
            if number.number == 0 {
                number_cell(local, canvas, shades, (0, area));
                continue;
            }
            let records = local.record_count(number.number);
            let words = [&row.name, &column.words, &records].map(String::as_str).join(&local.words().dates.join);
            canvas.part("", number.path.as_deref(), &words, |canvas| {
                number_cell(local, canvas, shades, (number.number, area));
            });
        }
    }
}

fn table(local: Local<'_>, head: &str, columns: &[&Column<'_>], rows: &[Row]) -> Table {
    let names = columns.iter().map(|column| column.words.clone());
    let heads = std::iter::once(head.to_owned()).chain(names).chain([local.words().picture.total.clone()]);
    let cell = |path: Option<&String>, words: String| match path {
        Some(path) => Cell::link(path, words),
        None => Cell::text(words),
    };
    let cells = |row: &Row| {
        let numbers = row.numbers.iter().map(|number| cell(number.path.as_ref(), local.grouped(number.number)));
        let name = cell(row.path.as_ref(), row.name.clone());
        std::iter::once(name).chain(numbers).chain([Cell::text(local.grouped(row.total()))]).collect()
    };
    Table { heads: heads.collect(), rows: rows.iter().map(cells).collect() }
}
