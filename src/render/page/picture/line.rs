//! A State's own records and the mentions by others on a line of time.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, Key, MonthAxis, Step, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::messages::{fill, grouped};
use super::super::super::site::Local;
use super::{count_in, noted, root_of, year_heads};
use crate::index::{PeriodIndex, RecordRef, StateIndex, months};
use crate::model::edtf::{Stretch, read_edtf};
use crate::model::state::Iso3;
use std::collections::{BTreeMap, BTreeSet};

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

/// Records by each column that their dates cover.
struct Row {
    numbers: BTreeMap<i32, usize>,
    left_out: usize,
}

/// The numbers behind the picture.
struct Line {
    axis: MonthAxis,
    own: Row,
    others: Row,
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
        notes: notes(local, entry, &line),
        keys: vec![Key {
            title: String::new(),
            steps: vec![Step::colour("own", &words.line_own), Step::colour("others", &words.line_others)],
        }],
        is_linked: true,
    };
    let size = (NAMES + line.axis.width() + 4, HEIGHT);
    let table = table(local, &line);
    Some(figure(&caption, size, &root_of(path), &table, words, |canvas| draw(local, canvas, state, entry, &line)))
}

fn line(local: Local<'_>, entry: &StateIndex) -> Option<Line> {
    let covered = |records: &[RecordRef]| -> Vec<Vec<(i32, i32)>> {
        records.iter().filter_map(|at| at.get(local.corpus())).map(|(_, record)| months(record)).collect()
    };
    let (own, others) = (covered(&entry.records), covered(&entry.mentioned_by));
    let axis = MonthAxis::spanning(own.iter().chain(&others).flatten().flat_map(|(first, last)| [*first, *last]))?;
    let (own, others) = (row(&axis, &own), row(&axis, &others));
    let most = own.numbers.values().chain(others.numbers.values()).max().copied().unwrap_or(0);
    Some(Line { own, others, axis: axis.with_room_for(most) })
}

fn row(axis: &MonthAxis, records: &[Vec<(i32, i32)>]) -> Row {
    let mut numbers = BTreeMap::new();
    for record in records {
        let columns: BTreeSet<i32> = record.iter().flat_map(|months| axis.columns_of(*months)).collect();
        for column in columns {
            *numbers.entry(column).or_default() += 1;
        }
    }
    Row { numbers, left_out: records.iter().filter(|months| months.is_empty()).count() }
}

/// What is shown and left out of the State's own records, and of the records of others.
fn notes(local: Local<'_>, entry: &StateIndex, line: &Line) -> Vec<String> {
    let words = &local.words().picture;
    let note = |title: &str, all: usize, left_out: usize| {
        let counts = noted([words.shown.of_any(all - left_out), words.undated.of_any(left_out)]);
        let counts = if all == 0 { local.words().site.none.clone() } else { counts.join(&words.join) };
        format!("{title}{}{counts}", local.words().site.colon)
    };
    vec![
        note(&words.line_own, entry.records.len(), line.own.left_out),
        note(&words.line_others, entry.mentioned_by.len(), line.others.left_out),
    ]
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
    let most = line.own.numbers.values().chain(line.others.numbers.values()).max().copied().unwrap_or(1);
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
            canvas.text("middle", NAMES + (start + end) / 2, HEAD + 16, &period.edtf.replace('/', "–"));
        }
    });
}

/// The first and the last month of an EDTF text, counted from the year 0.
fn months_of(edtf: &str) -> Option<(i32, i32)> {
    let stretches: Vec<Stretch> = read_edtf(edtf);
    Some((stretches.first()?.start?.first_month(), stretches.last()?.end?.last_month()))
}

fn bar(
    local: Local<'_>,
    canvas: &mut Canvas,
    axis: &MonthAxis,
    (column, number, most): (i32, usize, usize),
    (class, is_above): (&str, bool),
) {
    let height = i32::try_from(number * usize::try_from(BAR).unwrap_or(1) / most).unwrap_or(BAR).max(3);
    let x = NAMES + column * axis.column_width;
    let (y, label) =
        if is_above { (MIDDLE - 1 - height, MIDDLE - 5 - height) } else { (MIDDLE + 1, MIDDLE + height + NUMBER - 2) };
    let when = local.date(&axis.edtf(column));
    let count = local.record_count(number);
    canvas.part("", None, &format!("{when}{}{count}", local.words().site.colon), |canvas| {
        canvas.rect(class, Area { x: x + 2, y, width: axis.column_width - 3, height });
        canvas.text("middle", x + axis.column_width / 2, label, &grouped(number));
    });
}

fn table(local: Local<'_>, line: &Line) -> Table {
    let words = &local.words().picture;
    let columns = (0..line.axis.columns)
        .filter(|column| line.own.numbers.contains_key(column) || line.others.numbers.contains_key(column));
    let number = |row: &Row, column: i32| Cell::text(grouped(row.numbers.get(&column).copied().unwrap_or(0)));
    let row = |column: i32| {
        vec![Cell::text(local.date(&line.axis.edtf(column))), number(&line.own, column), number(&line.others, column)]
    };
    let heads = [&local.words().field.date, &words.line_own, &words.line_others];
    Table { heads: heads.map(String::clone).to_vec(), rows: columns.map(row).collect() }
}
