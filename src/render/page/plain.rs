//! The plain pages, for `--plain`: records, States, years, resolutions, sections and reports with their records in full,
//! the lists of these, and the home page. Their templates are those under `templates/plain/`.
//!
//! They are what any generator makes of such an archive, so that its speed can be held against that of others.

use super::super::address;
use super::super::html::SafeHtml;
use super::super::site::Local;
use super::super::text::{Footnotes, text_html};
use super::super::view::{Link, Row};
use super::lists::List;
use super::{Kind, frame};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::index::{RecordRef, years};
use crate::model::record::Record;
use crate::model::report::Report;
use serde::Serialize;
use tera::{Context, Value};

/// The lists that lead to plain pages.
const LISTS: [List; 5] = [List::Reports, List::States, List::Years, List::Resolutions, List::Sections];

/// What `plain/base.html` shows of the page it stands around.
#[derive(Serialize)]
struct PlainFrame<'a> {
    root: String,
    title: &'a str,
    canonical: Option<String>,
}

/// What stands on every plain page.
#[derive(Serialize)]
struct PlainEverywhere {
    navigation: Vec<Link>,
}

/// What `plain/card.html` shows.
#[derive(Serialize)]
struct CardView<'a> {
    id: &'a str,
    path: String,
    title: String,
    date: Option<&'a str>,
    text: SafeHtml,
}

/// What `plain/record.html` shows.
#[derive(Serialize)]
struct RecordView<'a> {
    date: Option<&'a str>,
    text: SafeHtml,
    entries: Vec<Entry<'a>>,
}

/// The pages under which a record stands, of one kind.
#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    links: Vec<Value>,
}

/// What `plain/records.html` shows.
#[derive(Serialize)]
struct RecordsView {
    cards: Vec<SafeHtml>,
}

/// What `plain/list.html` shows.
#[derive(Serialize)]
struct ListView {
    rows: Vec<Row>,
}

/// A plain page: where it stands below the root, and what its template shows.
pub(super) struct PlainPage {
    /// Its address.
    pub(super) path: String,
    template: &'static str,
    title: String,
    view: Value,
}

impl PlainPage {
    fn records(local: Local<'_>, path: String, title: impl Into<String>, records: &[RecordRef]) -> Self {
        let view = Value::from_serializable(&RecordsView { cards: local.cards(records) });
        Self { path, template: "records.html", title: title.into(), view }
    }

    fn list(path: String, title: impl Into<String>, rows: Vec<Row>) -> Self {
        Self { path, template: "list.html", title: title.into(), view: Value::from_serializable(&ListView { rows }) }
    }

    /// Fills the template.
    ///
    /// # Errors
    /// If it is wrong.
    pub(super) fn fill(self, local: Local<'_>, path: &SitePath) -> Result<Vec<u8>, Box<Diagnostic>> {
        let canonical = frame::absolute(local.site, path.as_str());
        let mut context = Context::new();
        context.insert_value("m", local.language.words.clone());
        context.insert_value("site", local.language.shared.everywhere.clone().unwrap_or_else(Value::none));
        context.insert("frame", &PlainFrame { root: path.way_up(), title: &self.title, canonical });
        context.insert_value("page", self.view);
        local.site.engine.fill_page(self.template, &context)
    }
}

/// The plain pages of the archive.
pub(super) fn kinds(local: Local<'_>) -> Vec<Kind<'_>> {
    let index = local.index();
    let lists = LISTS.into_iter().map(Kind::List).chain([Kind::Home]);
    let kinds = (index.sections.keys().map(Kind::Section))
        .chain(index.states.keys().map(|iso3| Kind::State(*iso3)))
        .chain(index.years.keys().map(|year| Kind::Year(*year)))
        .chain((0..local.corpus().reports.len()).map(Kind::Report))
        .chain(index.resolutions.keys().map(Kind::Resolution));
    kinds.chain(lists).chain(index.records.values().map(|at| Kind::Record(*at))).collect()
}

/// A plain page; none if what it is about is not there, or `kind` has none.
pub(super) fn make(local: Local<'_>, kind: &Kind<'_>) -> Option<PlainPage> {
    let index = local.index();
    match kind {
        Kind::Home => Some(home(local)),
        Kind::List(list) => {
            let path = address::list(list.folder());
            Some(PlainPage::list(path, list.link(local).label, list.rows(local)))
        }
        Kind::Section(code) => {
            let title = format!("{} {}", code.0, local.section_name(code));
            Some(PlainPage::records(local, address::section(code), title, index.sections.get(code)?))
        }
        Kind::State(iso3) => {
            let records = &index.state(*iso3)?.records;
            Some(PlainPage::records(local, address::state(*iso3), local.state_name(*iso3), records))
        }
        Kind::Year(year) => {
            Some(PlainPage::records(local, address::year(*year), local.year(*year).label, index.years.get(year)?))
        }
        Kind::Resolution(symbol) => {
            let records = &index.resolution(symbol)?.cited_by;
            Some(PlainPage::records(local, address::resolution(symbol), symbol.to_string(), records))
        }
        Kind::Report(position) => report(local, *position),
        Kind::Record(at) => record(local, *at),
        _ => None,
    }
}

fn home(local: Local<'_>) -> PlainPage {
    let rows = LISTS.into_iter().map(|list| Row::new(&list.link(local), String::new())).collect();
    PlainPage::list(address::HOME.to_owned(), local.text(&local.site.input.config.title), rows)
}

fn report(local: Local<'_>, position: usize) -> Option<PlainPage> {
    let report = local.corpus().reports.get(position)?;
    let records: Vec<RecordRef> =
        (0..report.records.len()).map(|record| RecordRef { report: position, record }).collect();
    Some(PlainPage::records(local, address::report(&report.id), local.report_name(report), &records))
}

fn record(local: Local<'_>, at: RecordRef) -> Option<PlainPage> {
    let (report, record) = at.get(local.corpus())?;
    let date = record.date_printed();
    let (path, title) = (address::record(&record.id), title(local, record, date));
    let view = RecordView { date, text: text(report, record), entries: entries(local, at, record) };
    Some(PlainPage { path, template: "record.html", title, view: Value::from_serializable(&view) })
}

fn entries<'a>(local: Local<'a>, at: RecordRef, record: &Record) -> Vec<Entry<'a>> {
    let (field, nav) = (&local.words().field, &local.words().nav);
    let links = [
        (&field.state, record.state.map(|state| local.state(state)).into_iter().collect()),
        (&nav.years, years(record).into_iter().map(|year| local.year(year).value()).collect()),
        (
            &field.resolutions,
            record.resolutions().into_iter().map(|symbol| local.resolution(symbol).value()).collect::<Vec<Value>>(),
        ),
        (&field.section, record.section().map(|code| local.section(code)).into_iter().collect()),
        (&nav.reports, vec![local.report(at.report)]),
    ];
    let known = links.into_iter().filter(|(_, links)| !links.is_empty());
    known.map(|(name, links)| Entry { name, links }).collect()
}

/// A record's State, `date` and identifier.
fn title(local: Local<'_>, record: &Record, date: Option<&str>) -> String {
    let state = record.state.map(|state| local.state_name(state));
    let parts = state.as_deref().into_iter().chain(date).chain([record.id.0.as_str()]);
    parts.collect::<Vec<_>>().join(" ")
}

fn text(report: &Report, record: &Record) -> SafeHtml {
    text_html(report, &record.text, &[], Footnotes::Nowhere, None)
}

/// What stands on every plain page, as templates see it.
pub(in super::super) fn plain_everywhere(local: Local<'_>) -> Value {
    Value::from_serializable(&PlainEverywhere { navigation: LISTS.into_iter().map(|list| list.link(local)).collect() })
}

/// A record as plain lists show it.
///
/// # Errors
/// If the template is wrong.
pub(in super::super) fn plain_card(
    local: Local<'_>,
    report: &Report,
    record: &Record,
) -> Result<SafeHtml, Box<Diagnostic>> {
    let date = record.date_printed();
    let view = CardView {
        id: &record.id.0,
        path: address::record(&record.id),
        title: title(local, record, date),
        date,
        text: text(report, record),
    };
    let mut context = Context::new();
    context.insert("card", &view);
    Ok(SafeHtml::from_template(&local.site.engine.fill("card.html", &context)?))
}
