//! What can be found: pages with their titles, texts and the facets they stand under.

use super::page_names::in_han_numbers;
use crate::index::RecordRef;
use crate::model::citation::Symbol;
use crate::model::edtf::Edtf;
use crate::model::record::SectionCode;
use crate::model::state::Iso3;
use crate::render::html::visible;
use crate::render::site::{Local, Site};
use crate::resolve::Corpus;
use std::borrow::Cow;

/// What a document is, in the order in which documents are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) enum Kind {
    /// A State's page.
    State,
    /// A resolution's page.
    Resolution,
    /// A report.
    Report,
    /// Another document's page.
    Document,
    /// A meeting.
    Meeting,
    /// An editorial page.
    Page,
    /// A calendar year.
    Year,
    /// A reporting period.
    Period,
    /// A section of the activity tables.
    Section,
    /// A record.
    Record,
}

impl Kind {
    /// Its name in addresses and in the tables of words.
    pub(in crate::render) fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Resolution => "resolution",
            Self::Report => "report",
            Self::Document => "document",
            Self::Meeting => "meeting",
            Self::Page => "page",
            Self::Year => "year",
            Self::Period => "period",
            Self::Section => "section",
            Self::Record => "record",
        }
    }
}

/// What is shown of a document in one interface language.
pub(in crate::render) struct Shown {
    /// Its title.
    pub(in crate::render) title: String,
    /// A line on it; a record's is made of its facets, after what bounds one without a date.
    pub(in crate::render) context: String,
}

/// The values of a document under each facet besides its kind.
#[derive(Default)]
pub(in crate::render) struct Facets {
    /// Its own State.
    pub(in crate::render) state: Option<Iso3>,
    /// Calendar years of its date.
    pub(in crate::render) years: Vec<i32>,
    /// Its section.
    pub(in crate::render) section: Option<SectionCode>,
    /// Its report, as an index into the corpus.
    pub(in crate::render) report: Option<usize>,
    /// Pages of resolutions that it cites, or that it is.
    pub(in crate::render) resolutions: Vec<Symbol>,
}

/// A page that can be found.
pub(in crate::render) struct Document<'a> {
    /// What it is.
    pub(in crate::render) kind: Kind,
    /// Address below the root of a language.
    pub(in crate::render) path: String,
    /// What is shown of it, by interface language.
    pub(in crate::render) shown: Vec<Shown>,
    /// Its texts.
    pub(in crate::render) fields: Vec<Field<'a>>,
    /// What it is called besides its titles.
    pub(in crate::render) names: Vec<String>,
    /// Its date.
    pub(in crate::render) date: Option<Cow<'a, Edtf>>,
    /// Where it counts.
    pub(in crate::render) facets: Facets,
}

/// A text of a document and its language.
pub(in crate::render) struct Field<'a> {
    /// BCP 47.
    pub(in crate::render) language: Cow<'a, str>,
    /// As shown.
    pub(in crate::render) text: Cow<'a, str>,
    /// Whether it is an unofficial translation.
    pub(in crate::render) is_translation: bool,
}

/// A text in a language.
pub(in crate::render) fn field<'a>(language: &'a str, text: impl Into<Cow<'a, str>>) -> Field<'a> {
    Field { language: Cow::Borrowed(language), text: text.into(), is_translation: false }
}

/// A text in a language, where there is one.
pub(in crate::render) fn optional<'a>(language: &'a str, text: &'a Option<String>) -> Option<Field<'a>> {
    text.as_deref().filter(|text| !text.is_empty()).map(|text| field(language, text))
}

impl<'a> Document<'a> {
    /// The page at `path`, with the title and the context that it has in each language.
    pub(in crate::render) fn new(
        site: &'a Site<'a>,
        kind: Kind,
        path: String,
        shown: impl Fn(Local<'a>) -> (String, String),
    ) -> Self {
        let shown = site.locals().map(shown).map(|(title, context)| Shown { title, context }).collect();
        Self { kind, path, shown, fields: Vec::new(), names: Vec::new(), date: None, facets: Facets::default() }
    }

    /// A page whose title is made of words of the interface, and of which nothing else is searched.
    pub(in crate::render) fn titled(
        site: &'a Site<'a>,
        kind: Kind,
        path: String,
        title: impl Fn(Local<'a>) -> String,
    ) -> Self {
        let fields = site.locals().map(|local| field(&local.language.tag, title(local))).collect();
        Self { fields, ..Self::new(site, kind, path, |local| (title(local), String::new())) }
    }

    /// A page of the archive as a whole, which is found by its title, by what it is, and by the words that each table has
    /// for `name`.
    pub(in crate::render) fn overview(
        site: &'a Site<'a>,
        name: &str,
        path: String,
        words: impl Fn(Local<'a>) -> (String, String),
    ) -> Self {
        let texts = |local: Local<'a>| {
            let (title, description) = words(local);
            [title, description].map(|text| field(&local.language.tag, text))
        };
        let titles = site.locals().filter_map(|local| in_han_numbers(&words(local).0));
        Self {
            fields: site.locals().flat_map(texts).collect(),
            names: also(site, name).chain(titles).collect(),
            ..Self::new(site, Kind::Page, path, words)
        }
    }
}

/// What a page is called besides its title, in words of each language.
pub(in crate::render) fn also<'a>(site: &'a Site<'a>, name: &str) -> impl Iterator<Item = String> + use<'a> {
    let names: Vec<&str> =
        site.locals().filter_map(|local| local.words().search.also.get(name)).map(String::as_str).collect();
    names.into_iter().flat_map(|names| names.split("; ")).map(str::to_owned)
}

/// The years that a date touches; of a period its first and last, which for reports are neighbours.
pub(in crate::render) fn years(edtf: Option<&Edtf>) -> Vec<i32> {
    let ends = edtf.map_or(&[][..], Edtf::stretches).iter().filter_map(|stretch| stretch.years());
    let mut years: Vec<i32> = ends.flat_map(|years| [*years.start(), *years.end()]).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// The documents that `found` are, the pages of things before the records.
pub(super) fn documents<'a>(site: &'a Site<'a>, found: impl Iterator<Item = Document<'a>>) -> Vec<Document<'a>> {
    let mut documents: Vec<Document<'a>> = found.collect();
    documents.sort_by_key(|document| document.kind);
    add_years(site, &mut documents);
    documents.iter_mut().for_each(show);
    documents
}

/// The years of records, as the pages of years have them.
fn add_years(site: &Site<'_>, documents: &mut [Document<'_>]) {
    let places = Places::new(site.input.corpus, documents);
    for (year, records) in &site.input.index.years {
        for document in records.iter().filter_map(|at| places.record(*at)) {
            if let Some(found) = documents.get_mut(document) {
                found.facets.years.push(*year);
            }
        }
    }
}

/// Puts every text as pages show it, as scripts put it on the page.
fn show(document: &mut Document<'_>) {
    for text in document.fields.iter_mut().map(|field| &mut field.text) {
        if let Cow::Owned(shown) = visible(text) {
            *text = Cow::Owned(shown);
        }
    }
    for text in document.shown.iter_mut().flat_map(|shown| [&mut shown.title, &mut shown.context]) {
        *text = visible(text).into_owned();
    }
}

/// Where records stand among the documents, which they end.
pub(super) struct Places {
    /// The numbers of the records of each report; none for those that are records of a work in another language.
    records: Vec<Vec<Option<usize>>>,
}

impl Places {
    pub(super) fn new(corpus: &Corpus, documents: &[Document<'_>]) -> Self {
        let first = documents.iter().take_while(|document| document.kind != Kind::Record).count();
        let mut records: Vec<Vec<Option<usize>>> =
            corpus.reports.iter().map(|report| vec![None; report.records.len()]).collect();
        for (number, (at, _, _)) in corpus.records().enumerate() {
            if let Some(place) = records.get_mut(at.report).and_then(|report| report.get_mut(at.record)) {
                *place = Some(first + number);
            }
        }
        Self { records }
    }

    /// The number of a record's document.
    pub(super) fn record(&self, at: RecordRef) -> Option<usize> {
        *self.records.get(at.report)?.get(at.record)?
    }
}
