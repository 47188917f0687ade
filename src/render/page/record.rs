//! A record: its text, what is known of it, and where every word of it comes from.

use super::super::data::edition as dates;
use super::super::html::SafeHtml;
use super::super::text::{Footnotes, record_links, text_html};
use super::super::view::{Date, Entry, Label, Link};
use super::citation::Cited;
use super::corrections::{CorrectionView, corrections};
use super::document::{OfficialText, official_texts};
use super::edition::{self, FootnoteView};
use super::history::{self, VersionView as PublishedView};
use super::said::{Said, all_said};
use super::source::{self, Place, places};
use super::subject::{
    Document, Facets, Field, Head, Input, Kind, Local, Page, Site, Subject, Subjects, address, field, fill, optional,
    subjects,
};
use super::thread::{Neighbours, Thread, in_report, threads};
use super::version::{VersionView, versions};
use super::{report, superseded};
use crate::base::source::Encoding;
use crate::index::{FactRef, RecordRef};
use crate::model::citation::Symbol;
use crate::model::date::DateBasis;
use crate::model::record::{Body, DoneBasis, Record, StateBasis};
use crate::model::report::Report;
use crate::render::gist;
use crate::resolve::Corpus;
use chrono::NaiveDate;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use tera::Value;

/// A record, by its place.
struct RecordPage<'a> {
    at: RecordRef,
    corpus: &'a Corpus,
}

/// What `record.html` shows.
#[derive(Serialize)]
struct RecordView<'a> {
    id: &'a str,
    kind: String,
    /// Its heading, whose language is empty where it is the page's.
    heading: Heading<'a>,
    when: Option<String>,
    /// Whether the heading was made by rule.
    is_by_rule: bool,
    text: SafeHtml,
    lang: &'a str,
    versions: Vec<VersionView<'a>>,
    labels: Vec<Label>,
    number: Option<&'a str>,
    headings: Vec<Heading<'a>>,
    state: Option<Value>,
    state_printed: Option<&'a str>,
    state_basis: Option<String>,
    date: Option<Date>,
    /// What bounds it where nothing says when it was.
    bounds: Option<String>,
    /// Whether the words of the text give the date.
    is_in_words: bool,
    date_basis: Option<String>,
    reported: Option<String>,
    period: Option<Link>,
    section: Option<Value>,
    in_edition: String,
    original_language: Option<&'a str>,
    resolutions: Vec<Link>,
    documents: Vec<Link>,
    mentions: Vec<Value>,
    meetings: Vec<Link>,
    remarks: Option<&'a str>,
    footnotes: Vec<FootnoteView>,
    facts: Vec<Said>,
    corrections: Vec<CorrectionView>,
    /// What it said in other editions, with what it says.
    history: Vec<PublishedView>,
    identifier: Vec<Entry>,
    places: Vec<Place>,
    source_lang: &'a str,
    /// The words of the source, marked.
    quoted: Option<SafeHtml>,
    original: Option<OriginalView>,
    /// The document as its official publisher has it, in each language.
    official: Vec<OfficialText>,
    in_report: Neighbours,
    threads: Vec<Thread>,
}

/// A heading, in the language of the page where it is translated or made.
#[derive(Serialize)]
struct Heading<'a> {
    words: Cow<'a, str>,
    lang: Cow<'a, str>,
    is_translated: bool,
}

/// The pages of records.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    let corpus = input.corpus;
    subjects(corpus.places().map(|at| RecordPage { at, corpus }))
}

impl Subject for RecordPage<'_> {
    fn address(&self) -> String {
        address::record(&self.record().id)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let (at, report, record) = (self.at, self.report(), self.record());
        let heading = local.heading(at, HEADING_COLUMNS);
        let when = dated(local, report, record);
        let head = Head {
            title: [heading.words.as_str()].into_iter().chain(when.as_deref()).collect::<Vec<_>>().join(" · "),
            title_language: heading.language.clone(),
            description: description(local, at),
            trail: vec![report::LIST.link(local), local.report_link(report)],
            cited: local.site.citations().record(at).map(|citable| Cited::record(citable, at, report)),
            related: history::relations(local, &record.id.0),
            ..Head::default()
        };
        Page::new("record.html", head, &view(local, at, heading))
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        let record = self.record();
        let mut resolutions: Vec<Symbol> =
            record.resolutions().into_iter().map(|symbol| site.input.index.page_symbol(symbol).clone()).collect();
        resolutions.sort();
        resolutions.dedup();
        Some(Document {
            fields: self.fields(site),
            date: record.done().map(|(edtf, _)| edtf),
            facets: Facets {
                state: record.state,
                section: record.section().cloned(),
                report: Some(self.at.report),
                resolutions,
                ..Facets::default()
            },
            ..Document::new(site, Kind::Record, self.address(), |local| (self.title(local), self.context(local)))
        })
    }

    fn report(&self) -> Option<usize> {
        Some(self.at.report)
    }

    fn changed(&self, input: &Input<'_>) -> Option<NaiveDate> {
        dates::changed(input, self.record()).or_else(|| dates::written(input, self.at.report))
    }
}

impl<'a> RecordPage<'a> {
    fn report(&self) -> &'a Report {
        &self.corpus.reports[self.at.report]
    }

    fn record(&self) -> &'a Record {
        &self.report().records[self.at.record]
    }

    /// Its title among the results of a search: what it tells above all, else its State; its date and number.
    fn title(&self, local: Local<'_>) -> String {
        let record = self.record();
        let gist = local.gist(record);
        let state = record.state.filter(|_| gist.is_none()).map(|state| local.state_name(state));
        // Dates in the words of a text are found there.
        let date = record.activity().and_then(|_| local.record_date(record)).filter(|date| date.printed.is_some());
        let date = date.map(|date| date.words);
        let number =
            record.paragraph().map(|paragraph| fill(&local.words().field.paragraph, &[("n", &paragraph.number)]));
        let parts: Vec<String> = gist.into_iter().chain(state).chain(date).chain(number).collect();
        if parts.is_empty() { record.id.to_string() } else { parts.join(" · ") }
    }

    /// What bounds it where it has no date.
    fn context(&self, local: Local<'_>) -> String {
        local.bounds(self.report(), self.record()).unwrap_or_default()
    }

    /// What is printed of it in every language, and its translations, for the search.
    fn fields<'b>(&'b self, site: &'b Site<'b>) -> Vec<Field<'b>> {
        let corpus = site.input.corpus;
        let (report, record) = (self.report(), self.record());
        let mut fields = printed(report, record);
        let translations = corpus.translations.all(&report.id, &record.text.text);
        let translation = |(language, words)| Field { is_translation: true, ..field(language, words) };
        fields.extend(translations.map(translation));
        let versions = corpus.works.versions(self.at).iter().filter_map(|version| version.get(corpus));
        fields.extend(versions.flat_map(|(report, record)| printed(report, record)));
        fields
    }
}

/// What is printed of a record: its text, its remarks, the headings above it.
fn printed<'a>(report: &'a Report, record: &'a Record) -> Vec<Field<'a>> {
    let language = report.language.as_str();
    let text = |text: &'a String| field(language, text.as_str());
    let mut fields = vec![text(&record.text.text)];
    match &record.body {
        Body::Activity(activity) => fields.extend(optional(language, &activity.remarks)),
        Body::Reply(reply) => fields.extend(reply.paragraph.headings.iter().map(text)),
        Body::Paragraph(paragraph) => fields.extend(paragraph.headings.iter().map(text)),
    }
    fields
}

/// When what it tells was done, where something says so.
fn dated(local: Local<'_>, report: &Report, record: &Record) -> Option<String> {
    local.when(report, record).filter(|_| local.bounds(report, record).is_none())
}

/// Columns of the first words that head a record of which no rule tells what it says.
const HEADING_COLUMNS: usize = 80;

/// Columns of a record's description: as many as a preview of a link shows.
const DESCRIPTION_COLUMNS: usize = 100;

/// The first words of a record in the language of the page, if they are known in it; else what it is.
fn description(local: Local<'_>, at: RecordRef) -> String {
    let heading = local.heading_of_text(at, DESCRIPTION_COLUMNS);
    if heading.language.is_none() {
        return heading.words;
    }
    fill(&local.words().record.description, &[("report", &local.report_name(local.at(at).0))])
}

fn view<'a>(local: Local<'a>, at: RecordRef, heading: gist::Heading) -> RecordView<'a> {
    let (report, record) = local.at(at);
    let source = &local.corpus().sources[report.source.0];
    let activity = record.activity();
    let words = &local.words().basis;
    // What is read stands in the language of the page, where the archive has it in that.
    let (read_in, read) = local.at(local.in_own_language(at));
    RecordView {
        id: &record.id.0,
        kind: word(&words.kind, &record.kind().to_string()),
        is_by_rule: heading.is_by_rule,
        heading: Heading {
            words: heading.words.into(),
            lang: heading.language.map_or(Cow::Borrowed(""), Cow::Owned),
            is_translated: false,
        },
        when: dated(local, report, record),
        text: text(local, read_in, read),
        lang: &read_in.language,
        versions: versions(local, at),
        labels: local.labels(record),
        number: read.paragraph().map(|paragraph| paragraph.number.as_str()),
        headings: headings(local, read_in, read),
        state: record.state.map(|state| local.state(state)),
        state_printed: state_printed(local, read_in, read),
        state_basis: activity
            .filter(|activity| activity.state_basis != StateBasis::Printed)
            .map(|activity| word(&words.state, &activity.state_basis.to_string())),
        date: local.record_date(record),
        bounds: local.bounds(report, record),
        is_in_words: record.done().is_some_and(|(_, basis)| basis == DoneBasis::Text),
        reported: report.reported(record).filter(|_| activity.is_none()).map(|date| local.date(date)),
        date_basis: activity
            .filter(|activity| activity.date_basis != DateBasis::Printed)
            .map(|activity| word(&words.date, &activity.date_basis.to_string())),
        period: local.period(report),
        section: record.section().map(|section| local.section(section)),
        in_edition: format!("{}#{}", address::report(&report.id), record.id),
        original_language: original_language(local, record),
        resolutions: record.resolutions().into_iter().map(|symbol| local.resolution(symbol)).collect(),
        documents: record.documents().into_iter().map(|symbol| local.document(symbol)).collect(),
        mentions: local.states(record.mentions()),
        meetings: meetings(local, record),
        remarks: read.activity().and_then(|activity| activity.remarks.as_deref()),
        footnotes: edition::footnotes_of(local, read_in, read),
        facts: all_said(local, (0..record.facts.len()).map(|fact| FactRef { at, fact })),
        corrections: corrections(local, report, record),
        history: history::versions(local, &record.id.0),
        identifier: superseded::changes(local, &record.id.0),
        places: places(local, at, report, record),
        source_lang: &report.language,
        quoted: source::quoted(local, report, record),
        original: original(local, report, record.pages(source)),
        official: report.symbol().map(|symbol| official_texts(local, symbol)).unwrap_or_default(),
        in_report: in_report(local, at, report),
        threads: threads(local, at, record),
    }
}

/// Where a record is printed in the published document.
#[derive(Serialize)]
pub(super) struct OriginalView {
    words: String,
    /// The file, where it is published with the site.
    path: Option<String>,
    file: String,
    hash: String,
}

/// The published document that a report was extracted from, with the pages of a part of it.
pub(super) fn original(local: Local<'_>, report: &Report, pages: Option<(usize, usize)>) -> Option<OriginalView> {
    let original = report.meta.original.as_ref()?;
    let words = &local.words().original;
    let path = address::original(&original.file);
    let is_published = local.site.input.static_files.contains_key(&path);
    // A fragment for the page is understood by viewers of PDF files (RFC 8118, section 3).
    let fragment = pages.filter(|_| original.file.ends_with(".pdf")).map(|(first, _)| format!("#page={first}"));
    Some(OriginalView {
        words: match pages {
            None => words.whole.clone(),
            Some((first, last)) if first == last => fill(&words.page, &[("n", &first.to_string())]),
            Some((first, last)) => fill(&words.pages, &[("first", &first.to_string()), ("last", &last.to_string())]),
        },
        path: is_published.then(|| path + &fragment.unwrap_or_default()),
        file: original.file.clone(),
        hash: original.sha256.clone(),
    })
}

fn word(words: &BTreeMap<String, String>, key: &str) -> String {
    words.get(key).cloned().unwrap_or_else(|| key.to_owned())
}

fn text(local: Local<'_>, report: &Report, record: &Record) -> SafeHtml {
    let mut counts = BTreeMap::new();
    let links = record_links(local.index(), record);
    let translation = local.translation(report, &record.text.text);
    text_html(report, &record.text, &links, Footnotes::Here(&mut counts), translation)
}

fn headings<'a>(local: Local<'a>, report: &'a Report, record: &'a Record) -> Vec<Heading<'a>> {
    let printed = record.paragraph().map(|paragraph| paragraph.headings.as_slice()).unwrap_or_default();
    let heading = |text: &'a String| match local.translation(report, text) {
        Some(translation) => {
            Heading { words: translation.words.into(), lang: translation.language.into(), is_translated: true }
        }
        None => Heading { words: text.into(), lang: report.language.as_str().into(), is_translated: false },
    };
    printed.iter().map(heading).collect()
}

/// The language in which a reply was received, by its name where there is one in the language of the page.
fn original_language<'a>(local: Local<'a>, record: &'a Record) -> Option<&'a str> {
    match &record.body {
        Body::Reply(reply) => {
            let tag = reply.original_language.as_deref()?;
            Some(local.words().state.names_in.get(tag).map_or(tag, String::as_str))
        }
        Body::Activity(_) | Body::Paragraph(_) => None,
    }
}

fn meetings(local: Local<'_>, record: &Record) -> Vec<Link> {
    let ids = record.meetings.iter();
    let all = &local.corpus().reference.meetings;
    ids.filter_map(|id| Some(super::meeting::link(local, all.iter().find(|meeting| meeting.id == *id)?))).collect()
}

/// The State as printed, where that is not what the page calls it.
fn state_printed<'a>(local: Local<'_>, report: &Report, record: &'a Record) -> Option<&'a str> {
    let printed = record.activity()?.state_printed.as_deref()?;
    let is_said =
        record.state.is_some_and(|state| local.speaks(&report.language) && local.state_name(state) == printed);
    (!is_said).then_some(printed)
}

/// An encoding in words.
pub(super) fn encoding(local: Local<'_>, encoding: Encoding) -> String {
    let key = match encoding {
        Encoding::Utf8 => "utf8",
        Encoding::Utf16 => "utf16",
        Encoding::Gb18030 => "gb18030",
    };
    word(&local.words().basis.encoding, key)
}
