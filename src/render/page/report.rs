//! A report's edition: what is known of the document, then all of it in reading order.

use super::citation::{self, Cited};
use super::corrections::{CorrectionView, corrections};
use super::document::{OfficialText, official_texts};
use super::edition::{BlockView, Content, edition};
use super::overview::Overview;
use super::record::{OriginalView, original};
use super::subject::{
    Document, Facets, Field, Head, Input, Kind, Local, Page, Siblings, Site, Subject, Subjects, address, field, fill,
    optional, subjects, years,
};
use super::version::{self, DifferenceView, ExpressionView};
use super::wording::{ChangedView, changes_of_report};
use super::{release, reports};
use crate::index::{Issued, IssuedBasis, RecordRef};
use crate::model::citation::Symbol;
use crate::model::report::{Block, Layout, Mandate, Report};
use crate::render::data::edition as dates;
use crate::render::json::word;
use crate::render::view::{Entry, Label, Link};
use chrono::NaiveDate;
use serde::Serialize;
use std::borrow::Cow;
use tera::Value;

/// Most reports of which the list says to reference managers what they are: the newest.
const MAX_LISTED: usize = 300;

/// The list of reports, which the home page shows.
pub(super) const LIST: Overview = Overview {
    name: "reports",
    title: |words| &words.nav.reports,
    description: |words| &words.list.reports,
    on_home: None,
    is_in_navigation: true,
    page: |local, head| reports::list(local).page(Head { listed: listed(local), ..head }),
};

/// A report and its position in the corpus.
struct ReportPage<'a> {
    position: usize,
    report: &'a Report,
}

/// What `report.html` shows.
#[derive(Serialize)]
struct ReportView<'a> {
    id: &'a str,
    lang: &'a str,
    entries: Vec<Entry>,
    symbol_label: Option<Label>,
    source: String,
    original: Option<OriginalView>,
    official: Vec<OfficialText>,
    total: String,
    unparsed: bool,
    contents: Vec<Content>,
    blocks: Vec<BlockView>,
    corrections: Vec<CorrectionView>,
    correction_count: String,
    /// What changed between editions, and where all of that is.
    changes: Vec<ChangedView>,
    editions: Option<Link>,
    leftovers: Option<String>,
    /// Whether there are translations in it, of which it says once that they are unofficial.
    is_translated: bool,
    expressions: Vec<ExpressionView>,
    differences: Vec<DifferenceView>,
    alone: Vec<Value>,
}

/// The pages of reports.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    let reports = input.corpus.reports.iter().enumerate();
    subjects(reports.map(|(position, report)| ReportPage { position, report }))
}

/// What the newest are, for reference managers.
fn listed(local: Local<'_>) -> Vec<String> {
    let works: Vec<usize> = local.corpus().works().map(|(position, _)| position).collect();
    let newest = &works[works.len().saturating_sub(MAX_LISTED)..];
    let citables = newest.iter().filter_map(|position| local.site.citations().report(*position));
    citables.map(|citable| citation::listed(local, &citable)).collect()
}

impl Subject for ReportPage<'_> {
    fn address(&self) -> String {
        address::report(&self.report.id)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let Self { position, report } = *self;
        let (_, language) = local.report_title(report);
        let head = Head {
            title: local.report_name(report),
            title_language: (!local.speaks(&language)).then_some(language),
            description: description(local, report),
            trail: vec![LIST.link(local)],
            cited: local.site.citations().report(position).map(|citable| Cited::report(citable, report)),
            siblings: Siblings::new(siblings(local, position), &position, |at| local.report(*at)),
            ..Head::default()
        };
        Page::new("report.html", head, &view(local, position, report))
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        let report = self.report;
        let date = report.period().or(report.meta.date.as_ref());
        let mandates = report.front.mandates.iter();
        let mut resolutions: Vec<Symbol> =
            mandates.map(|mandate| site.input.index.page_symbol(&mandate.resolution).clone()).collect();
        resolutions.sort();
        resolutions.dedup();
        let shown = |local: Local<'a>| {
            let period = report.period().map(|edtf| local.date(edtf));
            (local.report_name(report), period.unwrap_or_default())
        };
        Some(Document {
            fields: printed(report),
            date: date.map(Cow::Borrowed),
            facets: Facets { years: years(date), report: Some(self.position), resolutions, ..Facets::default() },
            ..Document::new(site, Kind::Report, self.address(), shown)
        })
    }

    fn report(&self) -> Option<usize> {
        Some(self.position)
    }

    fn changed(&self, input: &Input<'_>) -> Option<NaiveDate> {
        dates::known(input, self.position)
    }
}

/// One line on it, with the period that tells it from the others of its series.
fn description(local: Local<'_>, report: &Report) -> String {
    let words = &local.words().report.description;
    report
        .period()
        .map_or_else(|| words.clone(), |period| [local.date(period).as_str(), words].join(&local.words().site.colon))
}

/// What is printed of a report outside its records, for the search.
fn printed(report: &Report) -> Vec<Field<'_>> {
    let language = report.language.as_str();
    let mut fields: Vec<Field<'_>> = report.symbol().map(|symbol| field("en", symbol)).into_iter().collect();
    fields.push(field(language, report.title()));
    fields.extend(optional("en", &report.meta.title_en));
    let texts = report.blocks.iter().filter_map(|block| match block {
        Block::FrontLine(passage) | Block::FrontParagraph(_, passage) => Some(&passage.text),
        Block::Heading(_, text) | Block::Leftover(text) => Some(text),
        _ => None,
    });
    fields.extend(texts.filter(|text| !text.is_empty()).map(|text| field(language, text.text.as_str())));
    fields.extend(report.footnotes.iter().map(|footnote| field(language, footnote.passage.text.text.as_str())));
    fields
}

fn view<'a>(local: Local<'a>, position: usize, report: &'a Report) -> ReportView<'a> {
    let edition = edition(local, position, report);
    let corrections = all_corrections(local, position, report);
    let words = local.words();
    ReportView {
        id: &report.id.0,
        lang: &report.language,
        entries: entries(local, report),
        symbol_label: report.symbol().is_none().then(|| Label::new("symbol", &words.labels.symbol)),
        source: address::source(&report.id),
        original: original(local, report, None),
        official: report.symbol().map(|symbol| official_texts(local, symbol)).unwrap_or_default(),
        total: local.record_count(report.records.len()),
        unparsed: report.layout == Layout::Unparsed,
        // One heading is no way about.
        contents: if edition.contents.len() > 1 { edition.contents } else { Vec::new() },
        blocks: edition.blocks,
        correction_count: local.count(&words.counts.corrections, corrections.len()),
        corrections,
        changes: changes_of_report(local, position),
        editions: release::list_link(local),
        expressions: version::expressions(local, position),
        differences: version::all_differences(local, position),
        alone: version::alone(local, position),
        is_translated: local.is_translated(report),
        leftovers: (edition.leftovers > 0).then(|| local.count(&words.counts.leftovers, edition.leftovers)),
    }
}

/// The reports among which the one at `position` stands in order: the works, or the expressions of its own.
pub(super) fn siblings(local: Local<'_>, position: usize) -> Vec<usize> {
    let corpus = local.corpus();
    if corpus.works.is_other_expression(position) {
        return corpus.works.expressions(position);
    }
    corpus.works().map(|(work, _)| work).collect()
}

/// A report's corrections, each with a link to its record.
pub(super) fn all_corrections(local: Local<'_>, position: usize, report: &Report) -> Vec<CorrectionView> {
    let corrected = report.records.iter().enumerate().filter(|(_, record)| !record.corrections.is_empty());
    corrected
        .flat_map(|(index, record)| {
            let link = local.record(RecordRef { report: position, record: index });
            corrections(local, report, record).into_iter().map(move |view| view.of(&link))
        })
        .collect()
}

/// What is known of the document.
pub(super) fn entries(local: Local<'_>, report: &Report) -> Vec<Entry> {
    let (field, words) = (&local.words().field, local.words());
    let unknown = &words.site.unknown;
    let session = report.session().map(|session| session.to_string());
    let item = report.meta.agenda_item.as_deref().or(report.front.agenda_item.as_deref());
    let mut entries = vec![
        Entry::known(&field.symbol, report.symbol(), &words.labels.symbol),
        Entry::known(&field.session, session.as_deref(), unknown),
        Entry::known(&field.item, item, unknown),
    ];
    entries.push(match local.period(report) {
        Some(period) => Entry::link(&field.period, period),
        None => Entry::known(&field.period, None, unknown),
    });
    entries.extend(mandates(local, report));
    entries.push(Entry::text(&field.layout, layout(local, report)));
    entries.push(Entry::text(&field.records, local.record_count(report.records.len())));
    entries.extend(document_link(local, report));
    entries.extend(local.index().issued(local.corpus(), report).map(|issued| dated(local, &issued)));
    let adopted = report.meta.adopted.as_ref();
    entries.extend(adopted.map(|date| Entry::text(&words.resolution.adopted, date.as_str())));
    let document =
        [(&field.language, &report.meta.original_language), (&words.original.job_number, &report.meta.job_number)];
    entries.extend(document.into_iter().filter_map(|(name, value)| Some(Entry::text(name, value.as_deref()?))));
    let origin = [(&words.site.source, &report.meta.origin), (&field.note, &report.meta.note)];
    entries.extend(
        origin
            .into_iter()
            .filter_map(|(name, value)| Some(Entry::remark(name, local.remark_on(report, value.as_deref()?)))),
    );
    entries
}

/// When the report was issued; one that is not printed says where its date comes from.
pub(super) fn dated(local: Local<'_>, issued: &Issued<'_>) -> Entry {
    let form = match issued.basis {
        IssuedBasis::Session => &local.words().report.date_of_session,
        _ => return Entry::text(&local.words().field.date, local.issued(issued)),
    };
    Entry::text(&local.words().field.date, fill(form, &[("date", &local.date(&issued.date))]))
}

fn mandates(local: Local<'_>, report: &Report) -> Option<Entry> {
    let mandates = &report.front.mandates;
    let links = mandates.iter().map(|mandate| mandate_link(local, mandate)).collect();
    (!mandates.is_empty()).then(|| Entry::links(&local.words().field.mandate, links))
}

fn mandate_link(local: Local<'_>, mandate: &Mandate) -> Link {
    let link = local.resolution(&mandate.resolution);
    match paragraph_words(local, mandate) {
        Some(words) => Link::new(link.path, format!("{} {words}", link.label)),
        None => link,
    }
}

/// The paragraph of a mandate, where it is known.
pub(super) fn paragraph_words(local: Local<'_>, mandate: &Mandate) -> Option<String> {
    Some(fill(&local.words().field.paragraph, &[("n", &mandate.paragraph?.to_string())]))
}

fn document_link(local: Local<'_>, report: &Report) -> Option<Entry> {
    let symbol = crate::model::citation::Symbol(report.symbol()?.to_owned());
    Some(Entry::link(&local.words().nav.documents, local.document(&symbol)))
}

fn layout(local: Local<'_>, report: &Report) -> String {
    local.words().basis.layout[&word(&report.layout)].clone()
}
