//! Activities by State and reporting period. What is no row of a table of activities is not counted.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, PART_WIDTH, Part, Parts, Shades, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::messages::fill;
use super::super::super::site::Local;
use super::columns::{Column, columns};
use super::{clipped, from_reports, length, most, noted, number_cell, parts, record_key, root_of};
use crate::model::state::Iso3;

/// Room for the names of States.
const NAMES: i32 = 150;

/// Letters of a name that fit there.
const NAME_LETTERS: usize = 19;

/// Room for the names of columns.
const HEAD: i32 = 34;

/// Height of a row with its gap: a target that a finger finds.
const ROW: i32 = 26;

/// Most rows in a part.
const PART_ROWS: usize = 16;

/// Most rows, so that the picture with its table has some 100 kB: those of the States with most activities.
const MAX_ROWS: usize = 96;

/// Gap between cells.
const GAP: i32 = 2;

/// A State and its number of activities in each column.
struct Row {
    state: Iso3,
    name: String,
    numbers: Vec<usize>,
}

impl Row {
    fn total(&self) -> usize {
        self.numbers.iter().sum()
    }
}

/// The picture on the page at `path`; none where no State has an activity.
pub(in super::super) fn picture(local: Local<'_>, path: &str) -> Option<SafeHtml> {
    let all = columns(local);
    let rows = rows(local, &all);
    // A column of reports without activities says nothing.
    let has_some = |place: usize| rows.iter().any(|row| row.numbers.get(place).is_some_and(|number| *number > 0));
    let places: Vec<usize> = (0..all.len()).filter(|place| has_some(*place)).collect();
    let columns: Vec<&Column<'_>> = places.iter().filter_map(|place| all.get(*place)).collect();
    let numbers = |row: Row| {
        let numbers = places.iter().filter_map(|place| row.numbers.get(*place).copied()).collect();
        Row { numbers, ..row }
    };
    let rows: Vec<Row> = rows.into_iter().map(numbers).collect();
    let shades = Shades::up_to(rows.iter().flat_map(|row| &row.numbers).max().copied()?);
    let shown: usize = rows.iter().map(Row::total).sum();
    let left_out = local.index().activities.saturating_sub(shown);
    let words = &local.words().picture;
    let (n, states) = most(local, rows.iter().map(|row| (row.total(), row.name.clone())))?;
    let caption = Caption {
        id: "heat".to_owned(),
        title: words.heat.clone(),
        finding: fill(&words.heat_finding, &[("states", &states), ("n", &local.grouped(n))]),
        text: words.heat_text.clone(),
        notes: noted([Some(local.count(&words.shown, shown)), local.count_any(&words.heat_left_out, left_out)]),
        keys: vec![record_key(local, &shades)],
        is_linked: true,
        source: from_reports(local),
    };
    let height = |rows: &[Row]| HEAD + ROW * length(rows.len());
    let drawn = parts(&rows, PART_ROWS).into_iter().map(|rows| Part { size: (PART_WIDTH, height(rows)), of: rows });
    let drawn: Vec<Part<&[Row]>> = drawn.collect();
    let table = table(local, &columns, &rows);
    Some(figure(&caption, (&drawn, Parts::Apart), &root_of(path), &table, words, |canvas, rows| {
        draw(local, canvas, (&columns, rows), &shades);
    }))
}

/// The States with activities, those with most first.
fn rows(local: Local<'_>, columns: &[Column<'_>]) -> Vec<Row> {
    let states = local.language.states_in_order.iter();
    let mut rows: Vec<Row> = states.map(|state| row(local, *state, columns)).filter(|row| row.total() > 0).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.total()));
    rows.truncate(MAX_ROWS);
    rows
}

fn row(local: Local<'_>, state: Iso3, columns: &[Column<'_>]) -> Row {
    let records = local.index().state(state).map(|entry| entry.records.as_slice()).unwrap_or_default();
    let activities =
        records.iter().filter(|at| at.get(local.corpus()).is_some_and(|(_, record)| record.activity().is_some()));
    let reports: Vec<usize> = activities.map(|at| at.report).collect();
    let number = |column: &Column<'_>| reports.iter().filter(|report| column.reports.contains(report)).count();
    Row { state, name: local.state_name(state), numbers: columns.iter().map(number).collect() }
}

/// The State's records of a column on the State's page; none where it has none.
fn target(local: Local<'_>, state: Iso3, column: &Column<'_>) -> Option<String> {
    let records = &local.index().state(state)?.records;
    let first = records.iter().find(|at| column.reports.contains(&at.report))?;
    let id = &local.corpus().reports.get(first.report)?.id;
    Some(format!("{}#{}", address::state(state), address::report_anchor(id)))
}

fn draw(local: Local<'_>, canvas: &mut Canvas, (columns, rows): (&[&Column<'_>], &[Row]), shades: &Shades) {
    let width = (PART_WIDTH - NAMES) / length(columns.len()).max(1);
    for (number, column) in columns.iter().enumerate() {
        column.head(canvas, NAMES + width * length(number) + width / 2);
    }
    for (number, row) in rows.iter().enumerate() {
        let y = HEAD + ROW * length(number);
        canvas.part("", Some(&address::state(row.state)), &row.name, |canvas| {
            canvas.text("end", NAMES - 8, y + 17, &clipped(&row.name, NAME_LETTERS));
        });
        for (place, (count, column)) in row.numbers.iter().zip(columns).enumerate() {
            let area = Area { x: NAMES + width * length(place), y, width: width - GAP, height: ROW - GAP };
            let Some(target) = target(local, row.state, column).filter(|_| *count > 0) else {
                number_cell(local, canvas, shades, (*count, area));
                continue;
            };
            let records = local.record_count(*count);
            let words = [&row.name, &column.words, &records].map(String::as_str);
            canvas.part("", Some(&target), &words.join(&local.words().dates.join), |canvas| {
                number_cell(local, canvas, shades, (*count, area));
            });
        }
    }
}

fn table(local: Local<'_>, columns: &[&Column<'_>], rows: &[Row]) -> Table {
    let words = local.words();
    let names = columns.iter().map(|column| column.words.clone());
    let heads = std::iter::once(words.field.state.clone()).chain(names).chain([words.picture.total.clone()]);
    let cells = |row: &Row| {
        let numbers = row.numbers.iter().zip(columns).map(|(number, column)| {
            let target = target(local, row.state, column).filter(|_| *number > 0);
            let words = local.grouped(*number);
            target.map_or_else(|| Cell::text(words.clone()), |target| Cell::link(target, words.clone()))
        });
        let name = Cell::link(address::state(row.state), &row.name);
        std::iter::once(name).chain(numbers).chain([Cell::text(local.grouped(row.total()))]).collect()
    };
    Table { heads: heads.collect(), rows: rows.iter().map(cells).collect() }
}
