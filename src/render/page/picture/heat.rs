//! States × reporting periods.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, Shades, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::messages::grouped;
use super::super::super::site::Local;
use super::{clipped, count_in, in_order, number_cell, record_key, root_of};
use crate::index::PeriodIndex;
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

/// Gap between cells.
const GAP: i32 = 2;

/// The numbers behind the picture.
struct Heat<'a> {
    periods: Vec<(&'a String, &'a PeriodIndex)>,
    rows: Vec<HeatRow>,
}

/// A State and its number of records in each period.
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

/// The picture on the page at `path`; none where no State has a record in a period.
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
        notes: vec![words.shown.of(shown), words.heat_left_out.of(left_out)],
        keys: vec![record_key(local, &shades)],
        is_linked: true,
    };
    let size = (NAMES + COLUMN * length(heat.periods.len()), HEAD + ROW * length(heat.rows.len()));
    let table = table(local, &heat);
    Some(figure(&caption, size, &root_of(path), &table, words, |canvas| draw(local, canvas, &heat, &shades)))
}

fn length(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / (COLUMN + ROW))
}

fn heat(local: Local<'_>) -> Heat<'_> {
    let periods: Vec<_> = local.index().periods.iter().collect();
    let states = local.index().states.iter().filter(|(_, entry)| !entry.records.is_empty()).map(|(iso3, _)| *iso3);
    let rows = in_order(local, states).into_iter().map(|state| row(local, state, &periods));
    Heat { rows: rows.filter(|row| row.total() > 0).collect(), periods }
}

fn row(local: Local<'_>, state: Iso3, periods: &[(&String, &PeriodIndex)]) -> HeatRow {
    let records = local.index().state(state).map(|entry| entry.records.as_slice()).unwrap_or_default();
    let number = |period: &PeriodIndex| period.reports.iter().map(|report| count_in(records, *report)).sum();
    HeatRow { state, name: local.state_name(state), numbers: periods.iter().map(|(_, period)| number(period)).collect() }
}

/// The State's records of a period on the State's page; none where it has none.
fn target(local: Local<'_>, state: Iso3, period: &PeriodIndex) -> Option<String> {
    let records = &local.index().state(state)?.records;
    let first = period.reports.iter().find(|report| count_in(records, **report) > 0)?;
    let id = &local.corpus().reports.get(*first)?.id;
    Some(format!("{}#{}", address::state(state), address::report_anchor(id)))
}

fn draw(local: Local<'_>, canvas: &mut Canvas, heat: &Heat<'_>, shades: &Shades) {
    for (column, (slug, period)) in heat.periods.iter().enumerate() {
        let x = NAMES + COLUMN * length(column) + COLUMN / 2;
        canvas.part("", Some(&address::period(slug)), &local.date(&period.edtf), |canvas| {
            let (start, end) = period.edtf.split_once('/').unwrap_or((&period.edtf, ""));
            canvas.text("middle", x, 14, start);
            if !end.is_empty() {
                canvas.text("middle", x, 30, &format!("–{end}"));
            }
        });
    }
    for (number, row) in heat.rows.iter().enumerate() {
        draw_row(local, canvas, heat, row, (HEAD + ROW * length(number), shades));
    }
}

fn draw_row(local: Local<'_>, canvas: &mut Canvas, heat: &Heat<'_>, row: &HeatRow, (y, shades): (i32, &Shades)) {
    canvas.part("", Some(&address::state(row.state)), &row.name, |canvas| {
        canvas.text("end", NAMES - 8, y + 17, &clipped(&row.name, NAME_LETTERS));
    });
    for (column, (number, (_, period))) in row.numbers.iter().zip(&heat.periods).enumerate() {
        let area = Area { x: NAMES + COLUMN * length(column), y, width: COLUMN - GAP, height: ROW - GAP };
        let Some(target) = target(local, row.state, period) else {
            number_cell(canvas, shades, *number, area);
            continue;
        };
        let count = local.record_count(*number);
        let words = [&row.name, &local.date(&period.edtf), &count].map(String::as_str).join(&local.words().dates.join);
        canvas.part("", Some(&target), &words, |canvas| number_cell(canvas, shades, *number, area));
    }
}

fn table(local: Local<'_>, heat: &Heat<'_>) -> Table {
    let words = local.words();
    let periods = heat.periods.iter().map(|(_, period)| local.date(&period.edtf));
    let heads = std::iter::once(words.field.state.clone()).chain(periods).chain([words.picture.total.clone()]);
    let cells = |row: &HeatRow| {
        let numbers = row.numbers.iter().zip(&heat.periods).map(|(number, (_, period))| {
            match target(local, row.state, period) {
                Some(target) => Cell::link(target, grouped(*number)),
                None => Cell::text(grouped(*number)),
            }
        });
        let name = Cell::link(address::state(row.state), &row.name);
        std::iter::once(name).chain(numbers).chain([Cell::text(grouped(row.total()))]).collect()
    };
    Table { heads: heads.collect(), rows: heat.rows.iter().map(cells).collect() }
}
