//! A document other than a resolution.

use super::directory::{Cell, Column, Directory, Group, Row};
use super::listing::{Listing, MAX_LINES};
use super::overview::{OnHome, Overview, citing, natural_key};
use super::passage::{PassageView, passages};
use super::subject::{
    Document, Facets, Head, Input, Kind, Local, Page, Site, Subject, Subjects, address, field, fill, optional,
    subjects, years,
};
use crate::index::DocumentIndex;
use crate::model::citation::Symbol;
use crate::model::reference::DocumentEntry;
use crate::model::report::Report;
use crate::render::view::{Entry, Title};
use serde::Serialize;
use std::borrow::Cow;

/// The list of documents.
pub(super) const LIST: Overview = Overview {
    name: "documents",
    title: |words| &words.nav.documents,
    description: |words| &words.list.documents,
    on_home: Some(OnHome { text: |words| &words.home.documents_text, count: |index| index.documents.len() }),
    is_in_navigation: false,
    page: |local, head| directory(local).page(head),
};

/// A document and what concerns it.
struct DocumentPage<'a> {
    symbol: &'a Symbol,
    entry: &'a DocumentIndex,
}

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

/// The pages of documents.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    subjects(input.index.documents.iter().map(|(symbol, entry)| DocumentPage { symbol, entry }))
}

/// The documents that records cite, those that only front matter or footnotes do, and those that nothing cites.
fn directory(local: Local<'_>) -> Directory {
    let words = local.words();
    let mut documents: Vec<_> = local.index().documents.iter().collect();
    documents.sort_by_cached_key(|(symbol, _)| natural_key(symbol.as_str()));
    let group = |heading: &String, is_of: fn(&DocumentIndex) -> bool| {
        let own = documents.iter().filter(|(_, entry)| is_of(entry));
        let rows: Vec<Row> = own.map(|(symbol, entry)| row(local, symbol, entry)).collect();
        let count = local.grouped(rows.len());
        (!rows.is_empty()).then(|| Group { heading: Some(heading.clone()), count, rows })
    };
    let groups = [
        group(&words.list.cited, |entry| !entry.cited_by.is_empty()),
        group(&words.list.cited_beside, |entry| entry.cited_by.is_empty() && !entry.cited_beside.is_empty()),
        group(&words.list.uncited, |entry| entry.cited_by.is_empty() && entry.cited_beside.is_empty()),
    ];
    let columns =
        [Column::long(&words.field.title), Column::day(&words.document.date), Column::words(&words.list.cited_by)];
    Directory {
        head: words.field.symbol.clone(),
        columns: columns.into(),
        groups: groups.into_iter().flatten().collect(),
        note: Some(words.list.by_number.clone()),
        map: None,
    }
}

fn row(local: Local<'_>, symbol: &Symbol, entry: &DocumentIndex) -> Row {
    let unknown = || local.words().site.unknown.clone();
    let title = match title(local, entry) {
        Some((text, lang)) => Cell::title(local, Title { text, lang, source: None, candidate: false }),
        None => Cell::text(unknown()),
    };
    let date = date(local, entry);
    let citing = citing(local, &entry.cited_by, &entry.cited_beside);
    Row {
        link: local.document(symbol).value(),
        also: String::new(),
        cells: vec![title, Cell::text(date.unwrap_or_else(unknown)), Cell::text(citing.unwrap_or_default())],
    }
}

/// Its date: from the table, or of the report of this archive that it is.
fn date(local: Local<'_>, entry: &DocumentIndex) -> Option<String> {
    let in_table = row_of(local, entry).and_then(|row| row.date.as_ref()).map(|date| local.date(date));
    let issued = || local.index().issued(local.corpus(), report(local, entry)?);
    in_table.or_else(|| Some(local.issued(&issued()?)))
}

impl Subject for DocumentPage<'_> {
    fn address(&self) -> String {
        address::document(self.symbol)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let Self { symbol, entry } = *self;
        let head = Head {
            title: symbol.to_string(),
            description: fill(&local.words().document.description, &[("symbol", symbol.as_str())]),
            trail: vec![LIST.link(local)],
            ..Head::default()
        };
        let view = DocumentView {
            entries: entries(local, entry),
            official: official_texts(local, symbol.as_str()),
            total: local.count(&local.words().counts.citing, entry.cited_by.len()),
            listing: Listing::new(local, &entry.cited_by, MAX_LINES, ""),
            beside: passages(local, &entry.cited_beside),
        };
        Page::new("document.html", head, &view)
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        let row = self.entry.row.and_then(|row| site.input.corpus.reference.documents.get(row));
        let date = row.and_then(|row| row.date.as_ref());
        let titles = row.into_iter().flat_map(|row| [("zh-Hans", &row.title_zh), ("en", &row.title_en)]);
        let fields = titles.filter_map(|(language, title)| optional(language, title));
        let shown = |local: Local<'a>| {
            let title = title(local, self.entry).map(|(title, _)| title);
            (self.symbol.to_string(), title.unwrap_or_default())
        };
        Some(Document {
            fields: std::iter::once(field("en", self.symbol.as_str())).chain(fields).collect(),
            date: date.map(Cow::Borrowed),
            facets: Facets { years: years(date), ..Facets::default() },
            ..Document::new(site, Kind::Document, self.address(), shown)
        })
    }
}

/// A document's title and its language: from the table, or of the report of this archive that it is; in the page's
/// language before others.
fn title(local: Local<'_>, entry: &DocumentIndex) -> Option<(String, String)> {
    let row = row_of(local, entry);
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

fn row_of<'a>(local: Local<'a>, entry: &DocumentIndex) -> Option<&'a DocumentEntry> {
    local.corpus().reference.documents.get(entry.row?)
}

fn entries(local: Local<'_>, entry: &DocumentIndex) -> Vec<Entry> {
    let (words, field, unknown) = (&local.words().document, &local.words().field, &local.words().site.unknown);
    let mut entries = Vec::new();
    match title(local, entry) {
        Some((title, language)) => entries.push(Entry::text(&field.title, title).in_language(&language)),
        None => entries.push(Entry::known(&field.title, None, unknown)),
    }
    let date = row_of(local, entry).and_then(|row| row.date.as_ref()).map(|date| local.date(date));
    let issued = || local.index().issued(local.corpus(), report(local, entry)?);
    match date.is_none().then(issued).flatten() {
        Some(issued) => entries.push(super::report::dated(local, &issued)),
        None => entries.push(Entry::known(&words.date, date.as_deref(), unknown)),
    }
    if let Some(evidence) = row_of(local, entry).and_then(|row| row.evidence.as_deref()) {
        entries.push(Entry::remark(&words.evidence, local.remark(evidence)));
    }
    if let Some(report) = report(local, entry) {
        entries.push(Entry::link(&words.this_archive, local.report_link(report)));
    }
    entries
}
