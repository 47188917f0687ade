//! A State's own records and the mentions by others on a line of time.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, Key, MonthAxis, Step, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::messages::fill;
use super::super::super::site::Local;
use super::column::{self, Columns, Number};
use super::{count_in, root_of, year_heads};
use crate::index::{Months, PeriodIndex, RecordRef, StateIndex, months};
use crate::model::edtf::Edtf;
use crate::model::state::Iso3;

/// Room for the names of the two rows.
const NAMES: i32 = 130;

/// Where the bands of periods begin, under the years.
const HEAD: i32 = 22;

/// Height of the band that is a link.
const BAND: i32 = 24;

/// Greatest height of a bar.
const BAR: i32 = 80;

/// Room for the number at the end of a bar.
const NUMBER: i32 = 16;

/// The line between records and mentions.
const MIDDLE: i32 = HEAD + BAND + NUMBER + BAR + 6;

/// Height of the picture.
const HEIGHT: i32 = MIDDLE + BAR + NUMBER + 8;

/// The numbers behind the picture.
struct Line {
    axis: MonthAxis,
    own: Columns,
    others: Columns,
}

/// The picture on the page at `path`; none where no date is known to the month.
pub(in super::super) fn picture(local: Local<'_>, state: Iso3, path: &str) -> Option<SafeHtml> {
    let entry = local.index().state(state)?;
    let line = line(local, entry)?;
    let words = &local.words().picture;
    let name = local.state_name(state);
    let caption = Caption {
        id: "line".to_owned(),
        title: format!("{}{}{}", name, local.words().site.colon, words.line),
        text: fill(&words.line_text, &[("state", &name)]),
        notes: notes(local, &line),
        keys: vec![Key {
            title: String::new(),
            steps: vec![
                Step::colour("own", &words.line_own),
                Step::colour("others", &words.line_others),
                Step::hatched(&words.bounded_key),
            ],
        }],
        is_linked: true,
    };
    let size = (NAMES + line.axis.width() + 4, HEIGHT);
    let table = table(local, &line);
    Some(figure(&caption, size, &root_of(path), &table, words, |canvas| draw(local, canvas, state, entry, &line)))
}

fn line(local: Local<'_>, entry: &StateIndex) -> Option<Line> {
    let covered = |records: &[RecordRef]| -> Vec<Months> {
        let records = records.iter().filter_map(|at| at.get(local.corpus()));
        records.map(|(report, record)| months(report, record)).collect()
    };
    let (own, others) = (covered(&entry.records), covered(&entry.mentioned_by));
    let axis = column::axis(own.iter().chain(&others))?;
    let columns = |records: &[Months]| {
        let mut columns = Columns::default();
        records.iter().for_each(|months| columns.add(&axis, months, 1));
        columns
    };
    let (own, others) = (columns(&own), columns(&others));
    let most = numbers(&own, &others).map(|number| number.dated).max().unwrap_or(0);
    Some(Line { own, others, axis: axis.with_room_for(most, &local.language.numbers) })
}

fn numbers<'a>(own: &'a Columns, others: &'a Columns) -> impl Iterator<Item = Number> + 'a {
    own.numbers.values().chain(others.numbers.values()).copied()
}

/// What is shown and left out of the State's own records, and of the records of others.
fn notes(local: Local<'_>, line: &Line) -> Vec<String> {
    let words = &local.words().picture;
    let note = |title: &str, columns: &Columns| {
        let counts = columns.notes(local);
        let counts = if counts.is_empty() { local.words().site.none.clone() } else { counts.join(&words.join) };
        format!("{title}{}{counts}", local.words().site.colon)
    };
    vec![note(&words.line_own, &line.own), note(&words.line_others, &line.others)]
}

fn draw(local: Local<'_>, canvas: &mut Canvas, state: Iso3, entry: &StateIndex, line: &Line) {
    // Under the bands, which let the rules of the years through but not their own heads.
    year_heads(local, canvas, &line.axis, NAMES, HEIGHT);
    for (number, period) in local.index().periods.values().enumerate() {
        band(local, canvas, line, (state, entry), (number, period));
    }
    let words = &local.words().picture;
    canvas.text("end", NAMES - 8, MIDDLE - 8, &words.line_own);
    canvas.text("end", NAMES - 8, MIDDLE + 18, &words.line_others);
    let most = numbers(&line.own, &line.others).map(Number::total).max().unwrap_or(1);
    for (row, class, is_above) in [(&line.own, "own", true), (&line.others, "others", false)] {
        for (column, number) in &row.numbers {
            bar(local, canvas, &line.axis, (*column, *number, most), (class, is_above));
        }
    }
    canvas.line("axis", (NAMES, MIDDLE), (NAMES + line.axis.width(), MIDDLE));
}

/// A reporting period behind the bars; its head leads to the State's records of the period, where it has some.
fn band(
    local: Local<'_>,
    canvas: &mut Canvas,
    line: &Line,
    (state, entry): (Iso3, &StateIndex),
    (number, period): (usize, &PeriodIndex),
) {
    let Some((first, last)) = months_of(&period.edtf) else { return };
    let (start, end) = (line.axis.x(first), line.axis.x(last + 1));
    if end <= start {
        return;
    }
    let area = |y, height| Area { x: NAMES + start, y, width: end - start, height };
    canvas.rect(if number % 2 == 0 { "band" } else { "band odd" }, area(HEAD, HEIGHT - HEAD));
    let report = period.reports.iter().find(|report| count_in(&entry.records, **report) > 0);
    let id = report.and_then(|report| local.corpus().reports.get(*report)).map(|report| &report.id);
    let target = id.map(|id| format!("{}#{}", address::state(state), address::report_anchor(id)));
    let records: usize = period.reports.iter().map(|report| count_in(&entry.records, *report)).sum();
    let words = format!("{}{}{}", local.date(&period.edtf), local.words().site.colon, local.record_count(records));
    canvas.part("", target.as_deref(), &words, |canvas| {
        canvas.rect("band-head", area(HEAD, BAND));
        if end - start >= 110 {
            canvas.text("middle", NAMES + (start + end) / 2, HEAD + 16, &period.edtf.as_str().replace('/', "–"));
        }
    });
}

/// The first and the last month of a period, counted from the year 0.
fn months_of(edtf: &Edtf) -> Option<(i32, i32)> {
    let stretches = edtf.stretches();
    Some((stretches.first()?.start?.first_month(), stretches.last()?.end?.last_month()))
}

fn bar(
    local: Local<'_>,
    canvas: &mut Canvas,
    axis: &MonthAxis,
    (column, number, most): (i32, Number, usize),
    (class, is_above): (&str, bool),
) {
    let height = |number: usize| match number {
        0 => 0,
        _ => i32::try_from(number * usize::try_from(BAR).unwrap_or(1) / most).unwrap_or(BAR).max(3),
    };
    let (dated, bounded) = (height(number.dated), height(number.bounded));
    let (x, total) = (NAMES + column * axis.column_width, dated + bounded);
    let part = |from: i32, height: i32| {
        let y = if is_above { MIDDLE - 1 - from - height } else { MIDDLE + 1 + from };
        Area { x: x + 2, y, width: axis.column_width - 3, height }
    };
    let label = if is_above { MIDDLE - 5 - total } else { MIDDLE + total + NUMBER - 2 };
    let when = local.date(&axis.edtf(column));
    canvas.part("", None, &format!("{when}{}{}", local.words().site.colon, number.words(local)), |canvas| {
        if number.bounded > 0 {
            canvas.rect("hatched", part(dated, bounded));
            canvas.hatch(class, part(dated, bounded));
        }
        if number.dated > 0 {
            canvas.rect(class, part(0, dated));
            canvas.text("middle", x + axis.column_width / 2, label, &local.grouped(number.dated));
        }
    });
}

fn table(local: Local<'_>, line: &Line) -> Table {
    let words = &local.words().picture;
    let columns = (0..line.axis.columns)
        .filter(|column| line.own.numbers.contains_key(column) || line.others.numbers.contains_key(column));
    let number = |columns: &Columns, column: i32| {
        Cell::text(columns.numbers.get(&column).copied().unwrap_or_default().figure(local))
    };
    let row = |column: i32| {
        vec![Cell::text(local.date(&line.axis.edtf(column))), number(&line.own, column), number(&line.others, column)]
    };
    let heads = [&local.words().field.date, &words.line_own, &words.line_others];
    Table { heads: heads.map(String::clone).to_vec(), rows: columns.map(row).collect() }
}
