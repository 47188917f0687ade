//! The reports of the archive: in order of time for the home page, and all of them under their titles.

use super::super::view::Link;
use super::directory::{Cell, Column, Directory, Group, Row};
use super::subject::{Local, address};
use crate::base::language::primary;
use crate::model::edtf::Edtf;
use crate::model::report::Report;
use std::collections::BTreeMap;

/// Most reports that the home page names: the newest.
const MAX_ON_HOME: usize = 24;

/// The newest reports in order of time, each by the period it covers.
pub(super) fn newest(local: Local<'_>) -> Directory {
    let words = local.words();
    let reports = in_order(local);
    let newest = &reports[reports.len().saturating_sub(MAX_ON_HOME)..];
    let row = |report: &&Report| {
        let (title, language) = local.report_title(local.report_in_own_language(report));
        let language = (!local.speaks(&language)).then_some(language);
        row(local, report, vec![Cell::in_language(title, language), records(local, report)])
    };
    Directory {
        head: words.list.when.clone(),
        columns: vec![Column::long(&words.field.title), Column::number(&words.field.records)],
        groups: vec![Group { heading: None, count: String::new(), rows: newest.iter().map(row).collect() }],
        note: None,
        map: None,
    }
}

/// All reports, those of one title together in order of time.
pub(super) fn list(local: Local<'_>) -> Directory {
    let words = local.words();
    let mut titles: Vec<(String, Vec<Row>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for report in in_order(local) {
        let (title, _) = local.report_title(local.report_in_own_language(report));
        let place = *places.entry(title.clone()).or_insert(titles.len());
        if place == titles.len() {
            titles.push((title, Vec::new()));
        }
        titles[place].1.push(row(local, report, cells(local, report)));
    }
    let group = |(title, rows): (String, Vec<Row>)| Group {
        heading: Some(title),
        count: local.count(&words.counts.reports, rows.len()),
        rows,
    };
    let field = &words.field;
    let columns = [
        Column::words(&field.symbol),
        Column::number(&field.session),
        Column::words(&words.state.language),
        Column::number(&field.records),
        Column::long(&field.note),
    ];
    Directory {
        head: words.list.when.clone(),
        columns: columns.into(),
        groups: titles.into_iter().map(group).collect(),
        note: Some(words.list.by_time.clone()),
        map: None,
    }
}

/// The works by the period they cover or the day they were issued; those of which neither is known come first.
fn in_order(local: Local<'_>) -> Vec<&Report> {
    let mut reports: Vec<&Report> = local.corpus().works().map(|(_, report)| report).collect();
    let begins = |date: &Edtf| Some(date.stretches().first()?.start?.first_month());
    let issued = |report: &Report| begins(&local.index().issued(local.corpus(), report)?.date);
    reports.sort_by_cached_key(|report| report.period().and_then(begins).or_else(|| issued(report)));
    reports
}

fn row(local: Local<'_>, report: &Report, cells: Vec<Cell>) -> Row {
    let issued = || Some(local.issued(&local.index().issued(local.corpus(), report)?));
    let when = report.period().map(|period| local.date(period)).or_else(issued);
    let own = &local.report_in_own_language(report).id;
    let link = Link::new(address::report(own), when.unwrap_or_else(|| own.0.clone()));
    Row { link: link.value(), also: String::new(), cells }
}

fn cells(local: Local<'_>, report: &Report) -> Vec<Cell> {
    let words = local.words();
    let language = words.state.names_in.get(primary(&report.language)).unwrap_or(&report.language);
    vec![
        Cell::text(report.symbol().unwrap_or(&words.labels.symbol)),
        Cell::text(report.session().map(|session| session.to_string()).unwrap_or_default()),
        Cell::text(language),
        records(local, report),
        note(local, report),
    ]
}

fn records(local: Local<'_>, report: &Report) -> Cell {
    Cell::text(local.grouped(report.records.len()))
}

/// What was lost of it, or else what its editor says.
fn note(local: Local<'_>, report: &Report) -> Cell {
    report.meta.note.as_deref().map(|note| Cell::remark(local.remark_on(report, note))).unwrap_or_default()
}
