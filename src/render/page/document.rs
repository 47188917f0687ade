//! A document other than a resolution.

use super::super::messages::fill;
use super::super::site::Local;
use super::super::view::Entry;
use super::listing::{Key, Listing};
use super::lists::List;
use super::passage::{PassageView, passages};
use super::{Head, Page};
use crate::index::DocumentIndex;
use crate::model::citation::Symbol;
use crate::model::reference::DocumentEntry;
use crate::model::report::Report;
use serde::Serialize;

/// What `document.html` shows.
#[derive(Serialize)]
struct DocumentView {
    entries: Vec<Entry>,
    official: Vec<OfficialText>,
    total: String,
    listing: Listing,
    beside: Vec<PassageView>,
}

/// A document as its official publisher has it in one language.
#[derive(Serialize)]
pub(super) struct OfficialText {
    language: String,
    tag: String,
    url: String,
}

impl OfficialText {
    /// Its language.
    pub(super) fn tag(&self) -> &str {
        &self.tag
    }
}

/// The official texts of a document, in the order of their languages' names.
pub(super) fn official_texts(local: Local<'_>, symbol: &str) -> Vec<OfficialText> {
    let names = &local.words().state.names_in;
    let text = |(tag, url): (&str, String)| OfficialText {
        language: names.get(tag).map_or(tag, String::as_str).to_owned(),
        tag: tag.to_owned(),
        url,
    };
    let mut texts: Vec<OfficialText> = local.site.input.config.official.addresses(symbol).map(text).collect();
    texts.sort_by(|one, other| one.language.cmp(&other.language));
    texts
}

/// A document's page.
pub(super) fn page(local: Local<'_>, symbol: &Symbol) -> Option<Page> {
    let entry = local.index().documents.get(symbol)?;
    let head = Head {
        title: symbol.to_string(),
        description: fill(&local.words().document.description, &[("symbol", symbol.as_str())]),
        trail: vec![List::Documents.link(local)],
        ..Head::default()
    };
    let view = DocumentView {
        entries: entries(local, entry),
        official: official_texts(local, symbol.as_str()),
        total: local.count(&local.words().counts.citing, entry.cited_by.len()),
        listing: Key::Document(symbol).listing(local),
        beside: passages(local, &entry.cited_beside),
    };
    Some(Page::new("document.html", head, &view))
}

/// A document's title and its language: from the table, or of the report of this archive that it is; in the page's
/// language before others.
pub(in super::super) fn title(local: Local<'_>, entry: &DocumentIndex) -> Option<(String, String)> {
    let row = row(local, entry);
    let in_table = |title: fn(&DocumentEntry) -> &Option<String>, language: &str| {
        row.and_then(|row| title(row).clone()).map(|title| (title, language.to_owned()))
    };
    let (chinese, english) = (in_table(|row| &row.title_zh, "zh-Hans"), in_table(|row| &row.title_en, "en"));
    let of_report = report(local, entry).filter(|report| report.is_titled()).map(|report| local.report_title(report));
    let mut known: Vec<(String, String)> = [english, chinese, of_report].into_iter().flatten().collect();
    let own = known.iter().position(|(_, language)| local.speaks(language)).unwrap_or(0);
    (!known.is_empty()).then(|| known.swap_remove(own))
}

/// The report of this archive that the document is.
fn report<'a>(local: Local<'a>, entry: &DocumentIndex) -> Option<&'a Report> {
    local.corpus().reports.get(entry.report?).map(AsRef::as_ref)
}

fn row<'a>(local: Local<'a>, entry: &DocumentIndex) -> Option<&'a DocumentEntry> {
    local.corpus().reference.documents.get(entry.row?)
}

fn entries(local: Local<'_>, entry: &DocumentIndex) -> Vec<Entry> {
    let (words, field, unknown) = (&local.words().document, &local.words().field, &local.words().site.unknown);
    let mut entries = Vec::new();
    match title(local, entry) {
        Some((title, language)) => entries.push(Entry::text(&field.title, title).in_language(&language)),
        None => entries.push(Entry::known(&field.title, None, unknown)),
    }
    let date = row(local, entry).and_then(|row| row.date.as_ref()).map(|date| local.date(date));
    let issued = || local.index().issued(local.corpus(), report(local, entry)?);
    match date.is_none().then(issued).flatten() {
        Some(issued) => entries.push(super::report::dated(local, &issued)),
        None => entries.push(Entry::known(&words.date, date.as_deref(), unknown)),
    }
    if let Some(evidence) = row(local, entry).and_then(|row| row.evidence.as_deref()) {
        entries.push(Entry::text(&words.evidence, evidence).in_language("en"));
    }
    if let Some(report) = report(local, entry) {
        entries.push(Entry::link(&words.this_archive, local.report_link(report)));
    }
    entries
}
