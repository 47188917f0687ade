//! A document other than a resolution.

use super::super::messages::fill;
use super::super::site::Local;
use super::super::view::{Entry, Group};
use super::citation::listed_records;
use super::lists::List;
use super::passage::{PassageView, passages};
use super::year::by_report;
use super::{Head, Page};
use crate::index::DocumentIndex;
use crate::model::citation::Symbol;
use crate::model::reference::DocumentEntry;
use serde::Serialize;

/// What `document.html` shows.
#[derive(Serialize)]
struct DocumentView {
    entries: Vec<Entry>,
    official: Option<String>,
    total: String,
    groups: Vec<Group>,
    beside: Vec<PassageView>,
}

/// A document's page.
pub(super) fn page(local: Local<'_>, symbol: &Symbol) -> Option<Page> {
    let entry = local.index().documents.get(symbol)?;
    let head = Head {
        title: symbol.to_string(),
        description: fill(&local.words().document.description, &[("symbol", symbol.as_str())]),
        trail: vec![List::Documents.link(local)],
        listed: listed_records(local, &entry.cited_by),
        ..Head::default()
    };
    let view = DocumentView {
        entries: entries(local, entry),
        official: local.site.input.config.official.address(symbol.as_str(), &local.language.tag),
        total: local.words().counts.citing.of(entry.cited_by.len()),
        groups: by_report(local, &entry.cited_by),
        beside: passages(local, &entry.cited_beside),
    };
    Some(Page::new("document.html", head, &view))
}

/// A document's title and its language, where the table has one.
pub(super) fn title<'a>(local: Local<'a>, entry: &DocumentIndex) -> Option<(&'a str, &'static str)> {
    let row = row(local, entry)?;
    let chinese = row.title_zh.as_deref().map(|title| (title, "zh-Hans"));
    let english = row.title_en.as_deref().map(|title| (title, "en"));
    if local.speaks("zh") { chinese.or(english) } else { english.or(chinese) }
}

fn row<'a>(local: Local<'a>, entry: &DocumentIndex) -> Option<&'a DocumentEntry> {
    local.corpus().reference.documents.get(entry.row?)
}

fn entries(local: Local<'_>, entry: &DocumentIndex) -> Vec<Entry> {
    let (words, field, unknown) = (&local.words().document, &local.words().field, &local.words().site.unknown);
    let mut entries = Vec::new();
    match title(local, entry) {
        Some((title, language)) => entries.push(Entry::text(&field.title, title).in_language(language)),
        None => entries.push(Entry::known(&field.title, None, unknown)),
    }
    let date = row(local, entry).and_then(|row| row.date.as_deref()).map(|date| local.date(date));
    entries.push(Entry::known(&words.date, date.as_deref(), unknown));
    if let Some(evidence) = row(local, entry).and_then(|row| row.evidence.as_deref()) {
        entries.push(Entry::text(&words.evidence, evidence).in_language("en"));
    }
    if let Some(report) = entry.report.and_then(|report| local.corpus().reports.get(report)) {
        entries.push(Entry::link(&words.this_archive, local.report_link(report)));
    }
    entries
}
