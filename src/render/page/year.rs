//! A calendar year, and a reporting period.

use super::super::address;
use super::super::messages::fill;
use super::super::site::Local;
use super::super::view::{Entry, Link};
use super::listing::{Key, RecordsView};
use super::lists::List;
use super::{Beside, Head, Page};
use crate::index::RecordRef;
use crate::model::reference::Event;

/// A calendar year.
pub(super) fn page(local: Local<'_>, year: i32) -> Option<Page> {
    let dated = local.index().years.get(&year)?;
    let records = local.index().in_year(year);
    let (words, number) = (local.words(), year.to_string());
    let head = Head {
        title: fill(&words.year.title, &[("year", &number)]),
        description: fill(&words.year.description, &[("year", &number)]),
        trail: vec![List::Years.link(local)],
        beside: Beside::new(local.index().years.keys(), &&year, |year| local.year(**year).value()),
        ..Head::default()
    };
    let view = RecordsView {
        total: counts(local, year, dated),
        note: (records.len() > dated.len()).then(|| words.year.bounded.clone()),
        events: events(local, &number),
        listing: Key::Year(year).listing(local),
        ..RecordsView::default()
    };
    Some(Page::new("records.html", head, &view))
}

/// How many records a year has, and how many more may belong to it.
pub(super) fn counts(local: Local<'_>, year: i32, dated: &[RecordRef]) -> String {
    let bounded = local.index().bounded.get(&year).map_or(0, Vec::len);
    let counts = [Some(local.record_count(dated.len())), local.count_any(&local.words().counts.undated, bounded)];
    counts.into_iter().flatten().collect::<Vec<_>>().join(&local.words().dates.join)
}

/// The events of the reference table in a year.
fn events(local: Local<'_>, year: &str) -> Vec<Entry> {
    let of_year = |event: &&Event| event.date.as_ref().is_some_and(|date| date.as_str().starts_with(year));
    local.corpus().reference.events.iter().filter(of_year).filter_map(|event| event_entry(local, event)).collect()
}

fn event_entry(local: Local<'_>, event: &Event) -> Option<Entry> {
    let date = local.date(event.date.as_ref()?);
    let (chinese, english) =
        (event.name_zh.as_ref().map(|name| (name, "zh-Hans")), event.name_en.as_ref().map(|name| (name, "en")));
    let (name, language) = if local.speaks("zh") { chinese.or(english) } else { english.or(chinese) }?;
    Some(Entry::text(&date, name).in_language(language).sourced(&event.source))
}

/// A reporting period.
pub(super) fn period_page(local: Local<'_>, slug: &str) -> Option<Page> {
    let period = local.index().periods.get(slug)?;
    let words = &local.words().year;
    let name = local.date(&period.edtf);
    let periods = local.index().periods.iter().map(|(slug, period)| (slug.as_str(), &period.edtf));
    let head = Head {
        title: fill(&words.period_title, &[("period", &name)]),
        description: fill(&words.period_description, &[("period", &name)]),
        trail: vec![List::Periods.link(local)],
        beside: Beside::new(periods, &(slug, &period.edtf), |(slug, edtf)| {
            Link::new(address::period(slug), local.date(edtf)).value()
        }),
        ..Head::default()
    };
    let view = RecordsView {
        total: local.record_count(period.records.len()),
        reports: period.reports.iter().map(|report| local.report(*report)).collect(),
        listing: Key::Period(slug).listing(local),
        ..RecordsView::default()
    };
    Some(Page::new("records.html", head, &view))
}
