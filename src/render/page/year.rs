//! A calendar year, and a reporting period.

use super::super::address;
use super::super::messages::fill;
use super::super::site::Local;
use super::super::view::Group;
use super::citation::listed_records;
use super::lists::List;
use super::{Head, Page};
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
        next: neighbours(local, year),
        listed: listed_records(local, records),
        ..Head::default()
    };
    let undated = local.index().undated.len();
    let view = RecordsView {
        total: local.record_count(records.len()),
        note: (undated > 0).then(|| words.counts.undated.of(undated)),
        reports: Vec::new(),
        groups: by_report(local, records),
    };
    Some(Page::new("records.html", address::year(year), head, &view))
}

fn neighbours(local: Local<'_>, year: i32) -> Vec<Value> {
    let years = &local.index().years;
    let before = years.range(..year).next_back();
    let after = years.range(year + 1..).next();
    before.into_iter().chain(after).map(|(year, _)| local.year(*year).value()).collect()
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
        listed: listed_records(local, &period.records),
        ..Head::default()
    };
    let view = RecordsView {
        total: local.record_count(period.records.len()),
        note: None,
        reports: period.reports.iter().map(|report| local.report(*report)).collect(),
        groups: by_report(local, &period.records),
    };
    Some(Page::new("records.html", address::period(slug), head, &view))
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
        anchor: format!("in-{id}"),
        count: local.record_count(records.len()),
        cards: local.cards(records),
    })
}
