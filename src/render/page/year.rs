//! A calendar year, and a reporting period.

use super::super::address;
use super::super::html::SafeHtml;
use super::super::messages::fill;
use super::super::site::Local;
use super::super::view::{Group, Link};
use super::citation::listed_records;
use super::lists::List;
use super::{Beside, Head, Page};
use crate::index::RecordRef;
use serde::Serialize;
use tera::Value;

/// What `records.html` shows: records under headings.
#[derive(Serialize)]
pub(super) struct RecordsView {
    /// How many records.
    pub(super) total: String,
    /// What is left out.
    pub(super) note: Option<String>,
    /// Reports that the page is about.
    pub(super) reports: Vec<Value>,
    /// A picture of them.
    pub(super) picture: Option<SafeHtml>,
    /// The records.
    pub(super) groups: Vec<Group>,
}

/// A calendar year.
pub(super) fn page(local: Local<'_>, year: i32) -> Option<Page> {
    let records = local.index().years.get(&year)?;
    let (words, number) = (local.words(), year.to_string());
    let head = Head {
        title: fill(&words.year.title, &[("year", &number)]),
        description: fill(&words.year.description, &[("year", &number)]),
        trail: vec![List::Years.link(local)],
        beside: Beside::new(local.index().years.keys(), &&year, |year| local.year(**year).value()),
        listed: listed_records(local, records),
        ..Head::default()
    };
    let undated = local.index().undated.len();
    let view = RecordsView {
        total: local.record_count(records.len()),
        note: (undated > 0).then(|| words.counts.undated.of(undated)),
        reports: Vec::new(),
        picture: None,
        groups: by_report(local, records),
    };
    Some(Page::new("records.html", head, &view))
}

/// A reporting period.
pub(super) fn period_page(local: Local<'_>, slug: &str) -> Option<Page> {
    let period = local.index().periods.get(slug)?;
    let words = &local.words().year;
    let name = local.date(&period.edtf);
    let head = Head {
        title: fill(&words.period_title, &[("period", &name)]),
        description: fill(&words.period_description, &[("period", &name)]),
        trail: vec![List::Periods.link(local)],
        beside: Beside::new(local.index().periods.keys(), &&slug.to_owned(), |slug| period_link(local, slug)),
        listed: listed_records(local, &period.records),
        ..Head::default()
    };
    let view = RecordsView {
        total: local.record_count(period.records.len()),
        note: None,
        reports: period.reports.iter().map(|report| local.report(*report)).collect(),
        picture: None,
        groups: by_report(local, &period.records),
    };
    Some(Page::new("records.html", head, &view))
}

fn period_link(local: Local<'_>, slug: &str) -> Value {
    let edtf = local.index().periods.get(slug).map_or("", |period| period.edtf.as_str());
    Link::new(address::period(slug), local.date(edtf)).value()
}

/// Records in archive order under the reports they stand in.
pub(super) fn by_report(local: Local<'_>, records: &[RecordRef]) -> Vec<Group> {
    let groups = records.chunk_by(|left, right| left.report == right.report);
    groups.filter_map(|group| report_group(local, group)).collect()
}

fn report_group(local: Local<'_>, records: &[RecordRef]) -> Option<Group> {
    let report = records.first()?.report;
    let id = &local.corpus().reports.get(report)?.id;
    Some(Group {
        heading: local.report(report),
        anchor: address::report_anchor(id),
        count: local.record_count(records.len()),
        cards: local.cards(records),
    })
}
