//! A State's records on a line of years.

use super::super::messages::grouped;
use super::super::site::Local;
use crate::index::{RecordRef, usable_date};
use crate::model::edtf::{Moment, Stretch, read_edtf};
use serde::Serialize;
use std::collections::BTreeMap;

/// Width of the drawing, in SVG units.
const WIDTH: i32 = 720;

/// Room for the number behind the last bar.
const NUMBER: i32 = 40;

/// Height of a bar with its gap.
const LANE: i32 = 18;

/// Height of the years above the bars.
const HEAD: i32 = 24;

/// Most bars drawn; a State with more different dates gets one bar a year.
const MAX_LANES: usize = 40;

/// What `timeline.html` shows.
#[derive(Serialize)]
pub(super) struct Timeline {
    width: i32,
    height: i32,
    years: Vec<Tick>,
    bars: Vec<Bar>,
    title: String,
    text: String,
    /// How many records it leaves out, in words.
    lost: Option<String>,
}

#[derive(Serialize)]
struct Tick {
    x: i32,
    label: String,
    path: Option<String>,
}

#[derive(Serialize)]
struct Bar {
    x: i32,
    /// Where the number stands.
    after: i32,
    y: i32,
    width: i32,
    words: String,
    count: String,
    number: String,
}

/// Days in a month of the drawing: all alike, because a pixel is more than a day.
const DAYS: i32 = 31;

/// Days from the first shown to the last.
struct Scale {
    first: i32,
    days: i32,
}

impl Scale {
    fn of_years(first: i32, last: i32) -> Self {
        Self { first: first * 12 * DAYS, days: (last - first + 1) * 12 * DAYS }
    }

    fn x(&self, day: i32) -> i32 {
        (day - self.first).clamp(0, self.days) * WIDTH / self.days.max(1)
    }

    /// Where a moment begins.
    fn start(&self, moment: Moment) -> i32 {
        self.x(moment.first_month() * DAYS + moment.day.map_or(0, i32::from) - i32::from(moment.day.is_some()))
    }

    /// Where a moment ends.
    fn end(&self, moment: Moment) -> i32 {
        self.x(moment.last_month() * DAYS + moment.day.map_or(DAYS, i32::from))
    }
}

/// The time line of `records`; none if no record has a date.
pub(super) fn timeline(local: Local<'_>, records: &[RecordRef]) -> Option<Timeline> {
    let (lanes, lost) = lanes(local, records);
    let lanes = if lanes.len() > MAX_LANES { by_year(&lanes) } else { lanes };
    let first = lanes.keys().filter_map(|lane| lane.start).map(|start| start.year).min()?;
    let last = lanes.keys().filter_map(|lane| lane.end).map(|end| end.year).max()?;
    let scale = Scale::of_years(first, last);
    let words = &local.words().state;
    Some(Timeline {
        width: WIDTH + NUMBER,
        height: HEAD + LANE * i32::try_from(lanes.len()).unwrap_or(i32::MAX / LANE - HEAD),
        years: (first..=last).map(|year| tick(local, year, &scale, last - first)).collect(),
        bars: lanes.iter().enumerate().map(|(lane, (when, count))| bar(local, lane, *when, *count, &scale)).collect(),
        title: words.timeline.clone(),
        text: words.timeline_text.clone(),
        lost: (lost > 0).then(|| local.words().counts.undated.of(lost)),
    })
}

/// The different dates with how many records have each, and how many records have none.
fn lanes(local: Local<'_>, records: &[RecordRef]) -> (BTreeMap<Stretch, usize>, usize) {
    let mut lanes = BTreeMap::new();
    let mut lost = 0;
    for (_, record) in records.iter().filter_map(|at| at.get(local.corpus())) {
        let stretches = usable_date(record).map(read_edtf).unwrap_or_default();
        if stretches.is_empty() && record.activity().is_some() {
            lost += 1;
        }
        for stretch in stretches.into_iter().filter_map(closed) {
            *lanes.entry(stretch).or_insert(0) += 1;
        }
    }
    (lanes, lost)
}

/// A stretch with both ends; of a half, that end alone.
fn closed(stretch: Stretch) -> Option<Stretch> {
    let known = stretch.start.or(stretch.end)?;
    Some(Stretch { start: stretch.start.or(Some(known)), end: stretch.end.or(Some(known)), interval: stretch.interval })
}

fn by_year(lanes: &BTreeMap<Stretch, usize>) -> BTreeMap<Stretch, usize> {
    let mut years = BTreeMap::new();
    for (lane, count) in lanes {
        for year in lane.years().into_iter().flatten() {
            let moment = Some(Moment { year, month: None, day: None });
            *years.entry(Stretch { start: moment, end: moment, interval: false }).or_insert(0) += count;
        }
    }
    years
}

fn tick(local: Local<'_>, year: i32, scale: &Scale, span: i32) -> Tick {
    // Every year up to twenty, then every fifth or tenth, so that figures do not touch.
    let every = match span {
        0..=20 => 1,
        21..=60 => 5,
        _ => 10,
    };
    let label = if year % every == 0 { year.to_string() } else { String::new() };
    let path = local.index().years.contains_key(&year).then(|| super::super::address::year(year));
    Tick { x: scale.x(year * 12 * DAYS), label, path }
}

fn bar(local: Local<'_>, lane: usize, when: Stretch, count: usize, scale: &Scale) -> Bar {
    let start = when.start.map_or(0, |start| scale.start(start));
    let end = when.end.map_or(start, |end| scale.end(end));
    Bar {
        x: start,
        after: start + (end - start).max(4) + 5,
        y: HEAD + LANE * i32::try_from(lane).unwrap_or(0),
        width: (end - start).max(4),
        words: super::super::words::stretch_words(when, &local.words().dates),
        count: local.record_count(count),
        number: grouped(count),
    }
}
