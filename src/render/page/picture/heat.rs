//! States × reporting periods.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, Shades, Table, figure_in_parts};
use super::super::super::html::SafeHtml;
use super::super::super::site::Local;
use super::{clipped, count_in, noted, number_cell, parts, record_key, root_of};
use crate::model::edtf::{Edtf, Moment};
use crate::model::state::Iso3;

/// Room for the names of States.
const NAMES: i32 = 210;

/// Letters of a name that fit there.
const NAME_LETTERS: usize = 30;

/// Room for the names of periods.
const HEAD: i32 = 40;

/// Width of a column with its gap.
const COLUMN: i32 = 76;

/// Height of a row with its gap: a target that a finger finds.
const ROW: i32 = 26;

/// Most rows in a part of the picture, so that it fits on upright paper below a heading.
const PART_ROWS: usize = 30;

/// Most cells, so that the picture with its table has some 150 kB: where there would be more, the earliest periods share a
/// column.
const MAX_CELLS: usize = 480;

/// Gap between cells.
const GAP: i32 = 2;

/// The numbers behind the picture.
struct Heat<'a> {
    columns: Vec<Column<'a>>,
    rows: Vec<HeatRow>,
}

/// A reporting period, or the reports that name none.
struct Column<'a> {
    words: String,
    /// The period.
    edtf: Option<&'a Edtf>,
    path: Option<String>,
    reports: Vec<usize>,
}

/// A State and its number of records in each column.
struct HeatRow {
    state: Iso3,
    name: String,
    numbers: Vec<usize>,
}

impl HeatRow {
    fn total(&self) -> usize {
        self.numbers.iter().sum()
    }
}

/// The picture on the page at `path`; none where no State has a record.
pub(in super::super) fn picture(local: Local<'_>, path: &str) -> Option<SafeHtml> {
    let heat = heat(local);
    let most = heat.rows.iter().flat_map(|row| &row.numbers).max().copied()?;
    let shades = Shades::up_to(most);
    let shown: usize = heat.rows.iter().map(HeatRow::total).sum();
    let left_out = local.index().records.len().saturating_sub(shown);
    let words = &local.words().picture;
    let caption = Caption {
        id: "heat".to_owned(),
        title: words.heat.clone(),
        text: words.heat_text.clone(),
        notes: noted([Some(local.count(&words.shown, shown)), local.count_any(&words.heat_left_out, left_out)]),
        keys: vec![record_key(local, &shades)],
        is_linked: true,
    };
    let parts = parts(&heat.rows, PART_ROWS);
    let parts: Vec<_> = parts.into_iter().map(|rows| (HEAD + ROW * length(rows.len()), rows)).collect();
    let size = (NAMES + COLUMN * length(heat.columns.len()), parts.as_slice());
    let table = table(local, &heat);
    Some(figure_in_parts(&caption, size, &root_of(path), &table, words, |canvas, rows| {
        draw(local, canvas, &heat, (rows, &shades));
    }))
}

fn length(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / (COLUMN + ROW))
}

fn heat(local: Local<'_>) -> Heat<'_> {
    let states = local.index().states.iter().filter(|(_, entry)| !entry.records.is_empty()).map(|(iso3, _)| *iso3);
    let states: Vec<Iso3> = states.collect();
    let columns = newest(local, columns(local), (MAX_CELLS / states.len().max(1)).max(2));
    let rows = local.in_order(states).into_iter().map(|state| row(local, state, &columns));
    Heat { rows: rows.filter(|row| row.total() > 0).collect(), columns }
}

fn columns(local: Local<'_>) -> Vec<Column<'_>> {
    let periods = local.index().periods.iter();
    let mut columns: Vec<Column<'_>> = periods
        .map(|(slug, period)| Column {
            words: local.date(&period.edtf),
            edtf: Some(&period.edtf),
            path: Some(address::period(slug)),
            reports: period.reports.clone(),
        })
        .collect();
    let is_known = |at: &usize| columns.iter().any(|column| column.reports.contains(at));
    let others: Vec<usize> = (0..local.corpus().reports.len()).filter(|at| !is_known(at)).collect();
    if !others.is_empty() {
        let words = local.words().picture.no_period.clone();
        columns.push(Column { words, edtf: None, path: None, reports: others });
    }
    columns
}

/// At most `number` columns: the first is that of all periods before the others.
fn newest<'a>(local: Local<'a>, mut columns: Vec<Column<'a>>, number: usize) -> Vec<Column<'a>> {
    if columns.len() <= number {
        return columns;
    }
    let newest = columns.split_off(columns.len() - number + 1);
    let reports = columns.into_iter().flat_map(|column| column.reports).collect();
    let earlier = Column { words: local.words().picture.earlier.clone(), edtf: None, path: None, reports };
    std::iter::once(earlier).chain(newest).collect()
}

fn row(local: Local<'_>, state: Iso3, columns: &[Column<'_>]) -> HeatRow {
    let records = local.index().state(state).map(|entry| entry.records.as_slice()).unwrap_or_default();
    let number = |column: &Column<'_>| column.reports.iter().map(|report| count_in(records, *report)).sum();
    HeatRow { state, name: local.state_name(state), numbers: columns.iter().map(number).collect() }
}

/// The State's records of a period on the State's page; none where it has none.
fn target(local: Local<'_>, state: Iso3, column: &Column<'_>) -> Option<String> {
    let records = &local.index().state(state)?.records;
    let first = column.reports.iter().find(|report| count_in(records, **report) > 0)?;
    let id = &local.corpus().reports.get(*first)?.id;
    Some(format!("{}#{}", address::state(state), address::report_anchor(id)))
}

fn draw(local: Local<'_>, canvas: &mut Canvas, heat: &Heat<'_>, (rows, shades): (&[HeatRow], &Shades)) {
    for (number, column) in heat.columns.iter().enumerate() {
        column_head(canvas, column, NAMES + COLUMN * length(number) + COLUMN / 2);
    }
    for (number, row) in rows.iter().enumerate() {
        draw_row(local, canvas, heat, row, (HEAD + ROW * length(number), shades));
    }
}

/// The first and the last month of a period, in two lines.
fn column_head(canvas: &mut Canvas, column: &Column<'_>, x: i32) {
    canvas.part("", column.path.as_deref(), &column.words, |canvas| {
        let period = column.edtf.and_then(Edtf::single);
        let start = period.and_then(|period| period.start).map(Moment::to_edtf);
        canvas.text("middle", x, 14, start.as_ref().unwrap_or(&column.words));
        if let Some(end) = period.filter(|period| period.interval).and_then(|period| period.end).map(Moment::to_edtf) {
            canvas.text("middle", x, 30, &format!("–{end}"));
        }
    });
}

fn draw_row(local: Local<'_>, canvas: &mut Canvas, heat: &Heat<'_>, row: &HeatRow, (y, shades): (i32, &Shades)) {
    canvas.part("", Some(&address::state(row.state)), &row.name, |canvas| {
        canvas.text("end", NAMES - 8, y + 17, &clipped(&row.name, NAME_LETTERS));
    });
    for (position, (number, column)) in row.numbers.iter().zip(&heat.columns).enumerate() {
        let area = Area { x: NAMES + COLUMN * length(position), y, width: COLUMN - GAP, height: ROW - GAP };
        let Some(target) = target(local, row.state, column) else {
            number_cell(local, canvas, shades, (*number, area));
            continue;
        };
        let count = local.record_count(*number);
        let words = [&row.name, &column.words, &count].map(String::as_str).join(&local.words().dates.join);
        canvas.part("", Some(&target), &words, |canvas| number_cell(local, canvas, shades, (*number, area)));
    }
}

fn table(local: Local<'_>, heat: &Heat<'_>) -> Table {
    let words = local.words();
    let periods = heat.columns.iter().map(|column| column.words.clone());
    let heads = std::iter::once(words.field.state.clone()).chain(periods).chain([words.picture.total.clone()]);
    let cells = |row: &HeatRow| {
        let numbers =
            row.numbers.iter().zip(&heat.columns).map(|(number, column)| match target(local, row.state, column) {
                Some(target) => Cell::link(target, local.grouped(*number)),
                None => Cell::text(local.grouped(*number)),
            });
        let name = Cell::link(address::state(row.state), &row.name);
        std::iter::once(name).chain(numbers).chain([Cell::text(local.grouped(row.total()))]).collect()
    };
    Table { heads: heads.collect(), rows: heat.rows.iter().map(cells).collect() }
}
