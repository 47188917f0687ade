//! What can be found: pages with their titles, texts and the facets they stand under.

use super::called::{in_han_numbers, meeting_names};
use super::field::{
    Field, document_fields, field, meeting_fields, page_fields, record_fields, report_fields, resolution_fields,
    state_fields,
};
use crate::index::{PeriodIndex, RecordRef};
use crate::model::citation::Symbol;
use crate::model::edtf::Edtf;
use crate::model::record::{Record, SectionCode};
use crate::model::reference::{Meeting, Vote};
use crate::model::report::Report;
use crate::model::state::Iso3;
use crate::render::address;
use crate::render::html::visible;
use crate::render::messages::fill;
use crate::render::page::{Overview, document_title, overviews, resolution_title, vote_word};
use crate::render::site::{Local, Site};
use crate::resolve::Corpus;
use std::borrow::Cow;

/// What a document is, in the order in which documents are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
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
    pub(super) fn name(self) -> &'static str {
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
pub(super) struct Shown {
    /// Its title.
    pub(super) title: String,
    /// A line on it; a record's is made of its facets, after what bounds one without a date.
    pub(super) context: String,
}

/// The values of a document under each facet besides its kind.
#[derive(Default)]
pub(super) struct Facets {
    /// Its own State.
    pub(super) state: Option<Iso3>,
    /// Calendar years of its date.
    pub(super) years: Vec<i32>,
    /// Its section.
    pub(super) section: Option<SectionCode>,
    /// Its report, as an index into the corpus.
    pub(super) report: Option<usize>,
    /// Pages of resolutions that it cites, or that it is.
    pub(super) resolutions: Vec<Symbol>,
}

/// A page that can be found.
pub(super) struct Document<'a> {
    /// What it is.
    pub(super) kind: Kind,
    /// Address below the root of a language.
    pub(super) path: String,
    /// What is shown of it, by interface language.
    pub(super) shown: Vec<Shown>,
    /// Its texts.
    pub(super) fields: Vec<Field<'a>>,
    /// What it is called besides its titles.
    pub(super) names: Vec<String>,
    /// Its date.
    pub(super) date: Option<Cow<'a, Edtf>>,
    /// Where it counts.
    pub(super) facets: Facets,
}

/// Every document of the archive, the pages of things before the records.
pub(super) fn documents<'a>(site: &'a Site<'a>) -> Vec<Document<'a>> {
    let locals: Vec<Local<'a>> = (0..site.languages.len()).filter_map(|position| site.local(position)).collect();
    let (index, corpus) = (site.input.index, site.input.corpus);
    let maker = Maker { site, locals };
    let mut documents: Vec<Document<'a>> = index.states.keys().map(|iso3| maker.state(*iso3)).collect();
    documents.extend(index.resolutions.keys().map(|symbol| maker.resolution(symbol)));
    documents.extend(corpus.reports.iter().enumerate().map(|(position, report)| maker.report(position, report)));
    documents.extend(index.documents.keys().map(|symbol| maker.document(symbol)));
    let meetings = corpus.reference.meetings.iter().filter(|meeting| index.meetings.contains_key(&meeting.id));
    documents.extend(meetings.map(|meeting| maker.meeting(meeting)));
    documents.extend(maker.pages());
    documents.extend(index.years.keys().map(|year| maker.year(*year)));
    documents.extend(index.periods.iter().map(|(slug, period)| maker.period(slug, period)));
    documents.extend(index.sections.keys().map(|code| maker.section(code)));
    documents.extend(corpus.records().map(|(at, report, record)| maker.record(at, report, record)));
    maker.add_years(&mut documents);
    documents.iter_mut().for_each(show);
    documents
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

struct Maker<'a> {
    site: &'a Site<'a>,
    locals: Vec<Local<'a>>,
}

impl<'a> Maker<'a> {
    fn shown(&self, of: impl Fn(Local<'a>) -> (String, String)) -> Vec<Shown> {
        let both = self.locals.iter().map(|local| of(*local));
        both.map(|(title, context)| Shown { title, context }).collect()
    }

    fn state(&self, iso3: Iso3) -> Document<'a> {
        let row = self.site.input.index.state(iso3).and_then(|entry| entry.row);
        let state = row.and_then(|row| self.site.input.corpus.reference.states.get(row));
        Document {
            kind: Kind::State,
            path: address::state(iso3),
            shown: self.shown(|local| (local.state_name(iso3), String::new())),
            fields: state.map(state_fields).unwrap_or_default(),
            names: Vec::new(),
            date: None,
            facets: Facets { state: Some(iso3), ..Facets::default() },
        }
    }

    fn resolution(&self, symbol: &'a Symbol) -> Document<'a> {
        let row = self.site.input.index.resolution(symbol).and_then(|entry| entry.row);
        let row = row.and_then(|row| self.site.input.corpus.reference.resolutions.get(row));
        let date = row.and_then(|row| row.adoption_date.as_ref());
        let title = |local: Local<'a>| {
            let entry = self.site.input.index.resolution(symbol);
            entry.and_then(|entry| resolution_title(local, entry)).map(|title| title.text).unwrap_or_default()
        };
        Document {
            kind: Kind::Resolution,
            path: address::resolution(symbol),
            shown: self.shown(|local| (symbol.to_string(), title(local))),
            fields: resolution_fields(symbol, row).into_iter().chain(self.votes(symbol)).collect(),
            names: Vec::new(),
            date: date.map(Cow::Borrowed),
            facets: Facets { years: years(date), resolutions: vec![symbol.clone()], ..Facets::default() },
        }
    }

    fn report(&self, position: usize, report: &'a Report) -> Document<'a> {
        let date = report.period().or(report.meta.date.as_ref());
        let period = |local: Local<'a>| report.period().map(|edtf| local.date(edtf)).unwrap_or_default();
        Document {
            kind: Kind::Report,
            path: address::report(&report.id),
            shown: self.shown(|local| (local.report_name(report), period(local))),
            fields: report_fields(report),
            names: Vec::new(),
            date: date.map(Cow::Borrowed),
            facets: Facets {
                years: years(date),
                report: Some(position),
                resolutions: self.pages_of(report.front.mandates.iter().map(|mandate| &mandate.resolution)),
                ..Facets::default()
            },
        }
    }

    fn document(&self, symbol: &'a Symbol) -> Document<'a> {
        let row = self.site.input.index.documents.get(symbol).and_then(|entry| entry.row);
        let row = row.and_then(|row| self.site.input.corpus.reference.documents.get(row));
        let date = row.and_then(|row| row.date.as_ref());
        let title = |local: Local<'a>| {
            let entry = self.site.input.index.documents.get(symbol);
            entry.and_then(|entry| document_title(local, entry)).map(|(title, _)| title).unwrap_or_default()
        };
        Document {
            kind: Kind::Document,
            path: address::document(symbol),
            shown: self.shown(|local| (symbol.to_string(), title(local))),
            fields: document_fields(symbol, row),
            names: Vec::new(),
            date: date.map(Cow::Borrowed),
            facets: Facets { years: years(date), ..Facets::default() },
        }
    }

    fn meeting(&self, meeting: &'a Meeting) -> Document<'a> {
        let date = |local: Local<'a>| meeting.start_date.as_ref().map(|date| local.date(date)).unwrap_or_default();
        Document {
            kind: Kind::Meeting,
            path: address::meeting(&meeting.id),
            shown: self.shown(|local| (local.meeting_name(meeting).0, date(local))),
            fields: meeting_fields(meeting),
            names: meeting_names(self.site.input.config, meeting),
            date: span(meeting).map(Cow::Owned),
            facets: Facets { years: years(meeting.start_date.as_ref()), ..Facets::default() },
        }
    }

    /// Editorial pages, those of one address together.
    fn pages(&self) -> Vec<Document<'a>> {
        let pages = self.site.input.pages;
        let slugs: std::collections::BTreeSet<&str> = pages.iter().map(|page| page.slug.as_str()).collect();
        let of = |slug: &'a str| pages.iter().filter(move |page| page.slug == slug);
        let title = |local: Local<'a>, slug: &'a str| {
            let own = of(slug).find(|page| page.language == local.language.tag);
            own.or_else(|| of(slug).next()).map(|page| page.title.clone()).unwrap_or_default()
        };
        let document = |slug: &'a str| Document {
            kind: Kind::Page,
            path: address::editorial(slug),
            shown: self.shown(|local| (title(local, slug), String::new())),
            fields: of(slug).flat_map(page_fields).collect(),
            names: std::iter::once(slug.replace('-', " ")).chain(self.also(slug)).collect(),
            date: None,
            facets: Facets::default(),
        };
        slugs.into_iter().map(document).chain(self.overviews()).collect()
    }

    /// The pages of the archive as a whole: lists, data, corrections and the like.
    fn overviews(&self) -> Vec<Document<'a>> {
        let all: Vec<Vec<Overview>> = self.locals.iter().map(|local| overviews(*local)).collect();
        let paths = all.first().into_iter().flatten().map(|overview| overview.path.clone());
        let of = |path: &str, local: usize| all.get(local)?.iter().find(|overview| overview.path == path);
        let document = |path: String| {
            let each = || (0..self.locals.len()).filter_map(|local| Some((self.locals.get(local)?, of(&path, local)?)));
            let text = |local: &Local<'a>, text: &str| field(local.language.tag.as_str(), text.to_owned());
            let shown = each().map(|(_, page)| Shown { title: page.title.clone(), context: page.description.clone() });
            let fields = each().flat_map(|(local, page)| [text(local, &page.title), text(local, &page.description)]);
            let also = each().next().map(|(_, page)| self.also(page.name)).unwrap_or_default();
            let titles = each().filter_map(|(_, page)| in_han_numbers(&page.title));
            let names = also.into_iter().chain(titles).collect();
            let (shown, fields) = (shown.collect(), fields.collect());
            Document { kind: Kind::Page, path, shown, fields, names, date: None, facets: Facets::default() }
        };
        paths.map(document).collect()
    }

    /// What a page is called besides its title, in words of each language.
    fn also(&self, name: &str) -> Vec<String> {
        let names = self.locals.iter().filter_map(|local| local.words().search.also.get(name));
        names.flat_map(|names| names.split("; ")).map(str::to_owned).collect()
    }

    /// Who voted against a resolution and who abstained, in words of each language.
    fn votes(&self, symbol: &Symbol) -> Vec<Field<'a>> {
        let votes = self.site.input.index.resolution(symbol).map(|entry| entry.votes.as_slice()).unwrap_or_default();
        let cast = || votes.iter().filter_map(|row| self.site.input.corpus.reference.votes.get(*row));
        let line = |local: &Local<'a>, vote: Vote| {
            let names: Vec<String> =
                cast().filter(|one| one.vote == vote).map(|one| local.state_name(one.iso3)).collect();
            let text = format!("{}{}{}", vote_word(*local, vote), local.words().site.colon, names.join(", "));
            (!names.is_empty()).then(|| field(local.language.tag.as_str(), text))
        };
        let lines = self.locals.iter().flat_map(|local| [Vote::No, Vote::Abstain].map(|vote| line(local, vote)));
        lines.flatten().collect()
    }

    fn year(&self, year: i32) -> Document<'a> {
        let title = move |local: Local<'a>| fill(&local.words().year.title, &[("year", &year.to_string())]);
        Document {
            kind: Kind::Year,
            path: address::year(year),
            shown: self.shown(|local| (title(local), String::new())),
            fields: self.titles(title).into_iter().chain(self.events(year)).collect(),
            names: Vec::new(),
            date: None,
            facets: Facets { years: vec![year], ..Facets::default() },
        }
    }

    /// The names of what happened in a year besides meetings.
    fn events(&self, year: i32) -> Vec<Field<'a>> {
        let events = self.site.input.corpus.reference.events.iter();
        let of_year =
            events.filter(|event| event.date.as_ref().is_some_and(|date| date.years().any(|other| other == year)));
        let names = of_year.flat_map(|event| [("zh-Hans", &event.name_zh), ("en", &event.name_en)]);
        names.filter_map(|(language, name)| Some(field(language, name.as_deref()?))).collect()
    }

    fn period(&self, slug: &str, period: &'a PeriodIndex) -> Document<'a> {
        let title = |local: Local<'a>| fill(&local.words().year.period_title, &[("period", &local.date(&period.edtf))]);
        Document {
            kind: Kind::Period,
            path: address::period(slug),
            shown: self.shown(|local| (title(local), String::new())),
            fields: self.titles(title),
            names: Vec::new(),
            date: Some(Cow::Borrowed(&period.edtf)),
            facets: Facets { years: years(Some(&period.edtf)), ..Facets::default() },
        }
    }

    fn section(&self, code: &'a SectionCode) -> Document<'a> {
        let title = |local: Local<'a>| format!("{code} {}", local.section_name(code));
        Document {
            kind: Kind::Section,
            path: address::section(code),
            shown: self.shown(|local| (title(local), String::new())),
            fields: self.titles(title),
            names: Vec::new(),
            date: None,
            facets: Facets { section: Some(code.clone()), ..Facets::default() },
        }
    }

    /// A title that is made of words of the interface, as texts in its languages.
    fn titles(&self, title: impl Fn(Local<'a>) -> String) -> Vec<Field<'a>> {
        self.locals.iter().map(|local| field(local.language.tag.as_str(), title(*local))).collect()
    }

    fn record(&self, at: RecordRef, report: &'a Report, record: &'a Record) -> Document<'a> {
        Document {
            kind: Kind::Record,
            path: address::record(&record.id),
            shown: self.shown(|local| (record_title(local, record), local.bounds(report, record).unwrap_or_default())),
            fields: record_fields(self.site.input.corpus, at, (report, record)),
            names: Vec::new(),
            date: record.done().map(|(edtf, _)| edtf),
            facets: Facets {
                state: record.state,
                section: record.section().cloned(),
                report: Some(at.report),
                resolutions: self.pages_of(record.resolutions().into_iter()),
                ..Facets::default()
            },
        }
    }

    /// The resolutions' own pages, each once.
    fn pages_of<'b>(&self, symbols: impl Iterator<Item = &'b Symbol>) -> Vec<Symbol> {
        let mut pages: Vec<Symbol> = symbols.map(|symbol| self.site.input.index.page_symbol(symbol).clone()).collect();
        pages.sort();
        pages.dedup();
        pages
    }

    /// The years of records, as the pages of years have them.
    fn add_years(&self, documents: &mut [Document<'a>]) {
        let places = Places::new(self.site.input.corpus, documents);
        for (year, records) in &self.site.input.index.years {
            for document in records.iter().filter_map(|at| places.record(*at)) {
                if let Some(found) = documents.get_mut(document) {
                    found.facets.years.push(*year);
                }
            }
        }
    }
}

/// The years that a date touches; of a period its first and last, which for reports are neighbours.
fn years(edtf: Option<&Edtf>) -> Vec<i32> {
    let ends = edtf.map_or(&[][..], Edtf::stretches).iter().filter_map(|stretch| stretch.years());
    let mut years: Vec<i32> = ends.flat_map(|years| [*years.start(), *years.end()]).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// From a meeting's first day to its last.
fn span(meeting: &Meeting) -> Option<Edtf> {
    let start = meeting.start_date.as_ref()?;
    Some(start.until(meeting.end_date.as_ref().unwrap_or(start)))
}

/// What a record tells above all and when, else its State, date and number.
fn record_title(local: Local<'_>, record: &Record) -> String {
    let gist = local.gist(record);
    let state = record.state.filter(|_| gist.is_none()).map(|state| local.state_name(state));
    // Dates in the words of a text are found there.
    let date = record.activity().and_then(|_| local.record_date(record)).filter(|date| date.printed.is_some());
    let date = date.map(|date| date.words);
    let number = record.paragraph().map(|paragraph| fill(&local.words().field.paragraph, &[("n", &paragraph.number)]));
    let parts: Vec<String> = gist.into_iter().chain(state).chain(date).chain(number).collect();
    if parts.is_empty() { record.id.to_string() } else { parts.join(" · ") }
}
