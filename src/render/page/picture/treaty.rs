//! Signatures and ratifications over time, with the totals at the end of each reporting period and what else happened.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, Key, Part, Parts, Step, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::messages::fill;
use super::super::super::site::Local;
use super::super::super::standing::as_of;
use super::super::annex;
use super::super::year::event_name;
use super::{from_treaty_table, length, noted, parts, root_of};
use crate::model::edtf::{Edtf, Moment};
use std::collections::BTreeMap;

/// Width of a year.
const YEAR: i32 = 34;

/// Years in a part.
const PART_YEARS: usize = 9;

/// Most years with a column each; of a longer time the last are shown, each total with all before it.
const MAX_YEARS: i32 = 60;

/// Greatest height of a bar.
const BAR: i32 = 200;

/// Room for the number over the highest bar.
const HEAD: i32 = 24;

/// The line on which the bars stand.
const FLOOR: i32 = HEAD + BAR;

/// Height of the picture: below the floor are the years, the marks of periods and those of events.
const HEIGHT: i32 = FLOOR + 78;

/// The numbers behind the picture.
struct Totals<'a> {
    /// The day, month or year of every signature, ratification and withdrawal.
    signed: Vec<Moment>,
    ratified: Vec<Moment>,
    withdrawn: Vec<Moment>,
    /// States without a date of ratification.
    without: usize,
    /// The ends of reporting periods in order of time, with the last part of the address and the period.
    periods: BTreeMap<(Moment, &'a str), &'a Edtf>,
    /// What happened, by the year: conferences, tests.
    events: BTreeMap<i32, Vec<String>>,
    first: i32,
    last: i32,
}

impl Totals<'_> {
    /// How many States had signed and how many had ratified by `end`, less those that had withdrawn.
    fn until(&self, end: Moment) -> (usize, usize) {
        let ratified = until(&self.ratified, end).saturating_sub(until(&self.withdrawn, end));
        (until(&self.signed, end), ratified)
    }
}

/// The picture on the page at `path`; none where no date of ratification is known.
pub(in super::super) fn picture(local: Local<'_>, path: &str) -> Option<SafeHtml> {
    let treaty = local.site.input.config.treaty.as_ref()?;
    let totals = totals(local)?;
    let words = &local.words().picture;
    let caption = Caption {
        id: "ratifications".to_owned(),
        title: [words.treaty.as_str(), local.text(&treaty.short_name)].join(&local.words().site.colon),
        finding: finding(local, &totals),
        text: words.treaty_text.clone(),
        notes: noted([
            Some(local.count(&words.ratified_shown, totals.ratified.len())),
            Some(local.count(&words.signed_shown, totals.signed.len())),
            local.count_any(&words.not_ratified, totals.without).map(|words| as_of(local, &words)),
        ]),
        keys: vec![Key {
            title: String::new(),
            steps: vec![
                Step::colour("own", &words.ratified),
                Step::colour("total-line", format!("― {}", words.signed)),
                Step::mark(format!("▲ {}", words.period_end)),
                Step::mark(format!("◆ {}", words.event)),
            ],
        }],
        is_linked: true,
        source: from_treaty_table(local),
    };
    let years: Vec<i32> = (totals.first..=totals.last).collect();
    let part = |years| Part { size: (YEAR * length(<[i32]>::len(years)), HEIGHT), of: years };
    let drawn: Vec<Part<&[i32]>> = parts(&years, PART_YEARS).into_iter().map(part).collect();
    let table = table(local, &totals);
    Some(figure(&caption, (&drawn, Parts::Joined), &root_of(path), &table, words, |canvas, years| {
        draw(local, canvas, &totals, years);
    }))
}

/// How many ratifications are in force, and how many of the States that the treaty needs have none.
fn finding(local: Local<'_>, totals: &Totals<'_>) -> String {
    let words = &local.words().picture;
    let (_, ratified) = totals.until(year_end(totals.last));
    let ratified = fill(&words.treaty_finding, &[("n", &local.grouped(ratified))]);
    let stop = &local.words().site.stop;
    let lacking = annex::lacking(local).map(|lacking| format!("{}{stop}", lacking.sentence(local)));
    std::iter::once(ratified).chain(lacking).collect::<Vec<_>>().join(&words.join)
}

/// The names of meetings and of what else happened, by the year.
fn events(local: Local<'_>) -> BTreeMap<i32, Vec<String>> {
    let reference = &local.corpus().reference;
    let year = |date: &Option<Edtf>| date.as_ref()?.years().next();
    let meetings = reference
        .meetings
        .iter()
        .filter_map(|meeting| Some((year(&meeting.start_date)?, local.meeting_name(meeting).0)));
    let others =
        reference.events.iter().filter_map(|event| Some((year(&event.date)?, event_name(local, event)?.parts().0)));
    let mut events: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    meetings.chain(others).for_each(|(year, name)| events.entry(year).or_default().push(name));
    events
}

fn totals(local: Local<'_>) -> Option<Totals<'_>> {
    let table = &local.corpus().reference.treaty_status;
    let moment = |date: &Option<Edtf>| date.as_ref()?.stretches().first()?.start;
    let signed: Vec<Moment> = table.iter().filter_map(|status| moment(&status.signature_date)).collect();
    let ratified: Vec<Moment> = table.iter().filter_map(|status| moment(&status.ratification_date)).collect();
    let withdrawn: Vec<Moment> = table.iter().filter_map(|status| moment(&status.withdrawal_date)).collect();
    let years = || signed.iter().chain(&ratified).chain(&withdrawn).map(|moment| moment.year);
    let periods = local.index().periods.iter();
    let periods: BTreeMap<_, _> = periods
        .filter_map(|(slug, period)| Some(((period.edtf.stretches().last()?.end?, slug.as_str()), &period.edtf)))
        .collect();
    let last = years().max()?;
    let first = years().min()?.max(last - MAX_YEARS + 1);
    let without = table.len() - ratified.len();
    let events = events(local);
    (!ratified.is_empty()).then_some(Totals { signed, ratified, withdrawn, without, periods, events, first, last })
}

/// How many of `moments` are not after `end`. A year or month alone counts from its end on.
fn until(moments: &[Moment], end: Moment) -> usize {
    let key = |moment: Moment| (moment.last_month(), moment.day.unwrap_or(31));
    moments.iter().filter(|moment| key(**moment) <= key(end)).count()
}

fn year_end(year: i32) -> Moment {
    Moment { year, month: None, day: None }
}

fn draw(local: Local<'_>, canvas: &mut Canvas, totals: &Totals<'_>, years: &[i32]) {
    let (Some(start), width) = (years.first().copied(), YEAR * length(years.len())) else { return };
    let most = totals.signed.len().max(totals.ratified.len()).max(1);
    let height = |number: usize| i32::try_from(number * usize::try_from(BAR).unwrap_or(1) / most).unwrap_or(BAR);
    for year in years.iter().copied() {
        let x = (year - start) * YEAR;
        let (signed, ratified) = totals.until(year_end(year));
        let words = year_words(local, &year.to_string(), signed, ratified);
        canvas.part("", None, &words, |canvas| {
            let (top, bar) = (FLOOR - height(signed), height(ratified));
            canvas.rect("own", Area { x: x + 2, y: FLOOR - bar, width: YEAR - 4, height: bar });
            canvas.rect("total-line", Area { x: x + 2, y: top, width: YEAR - 4, height: 3 });
            canvas.text("middle", x + YEAR / 2, top - 5, &local.grouped(signed));
            let inside = bar >= 20;
            let (class, y) = if inside { ("middle on-bar", FLOOR - bar + 15) } else { ("middle", FLOOR - bar - 4) };
            // Where both figures would meet, the table has them.
            if inside || height(signed) > bar + 36 {
                canvas.text(class, x + YEAR / 2, y, &local.grouped(ratified));
            }
        });
        canvas.text("middle quiet", x + YEAR / 2, FLOOR + 16, &year.to_string());
        if let Some(names) = totals.events.get(&year) {
            let page = local.index().years.contains_key(&year).then(|| address::year(year));
            let words = format!("{year}{}{}", local.words().site.colon, local.listed(names));
            canvas.part("", page.as_deref(), &words, |canvas| canvas.text("middle", x + YEAR / 2, FLOOR + 64, "◆"));
        }
    }
    canvas.line("axis", (0, FLOOR), (width, FLOOR));
    for ((end, slug), edtf) in &totals.periods {
        if years.contains(&end.year) {
            mark(local, canvas, totals, start, (*end, slug, edtf));
        }
    }
}

fn year_words(local: Local<'_>, when: &str, signed: usize, ratified: usize) -> String {
    let words = &local.words().picture;
    let (signed, ratified) = (local.count(&words.signatures, signed), local.count(&words.ratifications, ratified));
    fill(&words.treaty_totals, &[("when", when), ("signed", &signed), ("ratified", &ratified)])
}

/// The end of a reporting period, under the years.
fn mark(
    local: Local<'_>,
    canvas: &mut Canvas,
    totals: &Totals<'_>,
    start: i32,
    (end, slug, edtf): (Moment, &str, &Edtf),
) {
    let x = (end.last_month() + 1 - start * 12) * YEAR / 12;
    let (signed, ratified) = totals.until(end);
    let words = year_words(local, &local.date(edtf), signed, ratified);
    canvas.part("", Some(&address::period(slug)), &words, |canvas| {
        canvas.line("axis", (x, FLOOR), (x, FLOOR + 4));
        canvas.text("middle", x, FLOOR + 36, "▲");
    });
}

fn table(local: Local<'_>, totals: &Totals<'_>) -> Table {
    let words = &local.words().picture;
    let row = |when: Cell, end: Moment| {
        let (signed, ratified) = totals.until(end);
        let names = totals.events.get(&end.year).filter(|_| end.month.is_none());
        let names = names.map(|names| local.listed(names)).unwrap_or_default();
        vec![when, Cell::text(local.grouped(signed)), Cell::text(local.grouped(ratified)), Cell::text(names)]
    };
    let periods = totals.periods.iter().map(|((end, slug), edtf)| {
        let when = format!("▲ {}", local.date(edtf));
        (*end, row(Cell::link(address::period(slug), when), *end))
    });
    let years = (totals.first..=totals.last).map(|year| {
        let end = year_end(year);
        let label = local.date(&end.into());
        let known = local.index().years.contains_key(&year);
        (end, row(if known { Cell::link(address::year(year), label) } else { Cell::text(label) }, end))
    });
    let mut rows: Vec<(Moment, Vec<Cell>)> = periods.chain(years).collect();
    rows.sort_by_key(|(end, _)| end.last_month());
    let heads = [&words.until, &words.signed, &words.ratified, &words.event];
    Table { heads: heads.map(String::clone).to_vec(), rows: rows.into_iter().map(|(_, row)| row).collect() }
}
