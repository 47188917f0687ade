//! The pages: which there are, and how one is made.

mod annex;
mod annotation;
mod citation;
mod compare;
mod corrections;
mod data;
mod dissent;
mod document;
mod edition;
mod editorial;
mod frame;
mod head;
mod home;
mod listing;
mod lists;
mod meeting;
mod overview;
mod passage;
mod picture;
mod plain;
mod record;
mod report;
mod resolution;
mod search;
mod section;
mod source;
mod state;
mod superseded;
mod version;
mod year;

pub(super) use annex::slug as annex_slug;
pub(super) use compare::put_states;
pub(super) use document::title as document_title;
pub(super) use frame::everywhere;
pub(super) use overview::{Overview, overviews};
pub(super) use plain::{plain_card, plain_everywhere};
pub(super) use resolution::{title as resolution_title, vote_word};

use super::address;
use super::site::{Local, Site};
use super::view::Link;
use super::{RenderError, Sink};
use crate::base::path::SitePath;
use crate::index::{Index, RecordRef};
use crate::model::citation::Symbol;
use crate::model::ledger::address as address_of_identifier;
use crate::model::record::SectionCode;
use crate::model::state::Iso3;
use listing::Told;
use serde::Serialize;
use std::ops::RangeInclusive;
use tera::{Context, Value};

/// A page as its maker hands it over.
pub(super) struct Page {
    template: &'static str,
    head: Head,
    view: Value,
}

/// A page, where it stands below the root of its language, and the report that it is a part of.
pub(super) struct Placed {
    address: String,
    report: Option<usize>,
    page: Page,
}

/// What the frame around a page needs to know of it.
#[derive(Default)]
pub(super) struct Head {
    /// Its title.
    title: String,
    /// Language of the title where it is not the interface's.
    title_language: Option<String>,
    /// One line on what it is.
    description: String,
    /// The pages above it, outermost first, without home.
    trail: Vec<Link>,
    /// Where to go next.
    next: Vec<Value>,
    /// The pages before and after it in their order.
    beside: Beside,
    /// Address below the root of the language of the page that stands in its place.
    replaced_by: Option<String>,
    /// What it is for those who cite it.
    cited: Option<citation::Cited>,
    /// What it lists, as context objects; for a page that cannot be cited itself, as its own tags go first.
    listed: Vec<String>,
}

/// The pages before and after a page, where its kind has an order.
#[derive(Default, Serialize)]
pub(super) struct Beside {
    before: Option<Value>,
    after: Option<Value>,
}

impl Beside {
    /// The neighbours of `here` among pages in `order`, each as `link` makes it.
    fn new<T: PartialEq>(order: impl IntoIterator<Item = T>, here: &T, link: impl Fn(&T) -> Value) -> Self {
        let mut order = order.into_iter();
        let mut before = None;
        while let Some(item) = order.next() {
            if item == *here {
                return Self { before: before.as_ref().map(&link), after: order.next().as_ref().map(&link) };
            }
            before = Some(item);
        }
        Self::default()
    }
}

impl Page {
    /// A page from a typed view.
    fn new<V: Serialize>(template: &'static str, head: Head, view: &V) -> Self {
        Self { template, head, view: Value::from_serializable(view) }
    }
}

/// One page to make.
pub(super) struct Job<'a> {
    language: usize,
    kind: Kind<'a>,
}

#[derive(Clone)]
enum Kind<'a> {
    Home,
    Data,
    Lost,
    List(lists::List),
    /// The resolutions of a session or organ, where there are many.
    Resolutions(&'a str),
    Report(usize),
    Source(usize),
    Record(RecordRef),
    State(Iso3),
    Year(i32),
    Period(&'a str),
    Resolution(&'a Symbol),
    Document(&'a Symbol),
    Meeting(usize),
    Section(&'a SectionCode),
    Annex,
    Pictures,
    Corrections,
    Compare,
    Search,
    Editorial(&'a str),
    Superseded(&'a str),
    /// What some reports, mostly one, tell of a State or resolution.
    Part(Told<'a>, RangeInclusive<usize>),
}

impl Job<'_> {
    /// Whether it is the page that lists the data files, which are made before it.
    pub(super) fn is_of_data(&self) -> bool {
        matches!(self.kind, Kind::Data)
    }

    /// Where the page stands below the root of the site; none if there is no such page.
    pub(super) fn path(&self, site: &Site<'_>) -> Option<String> {
        let local = site.local(self.language)?;
        Some(format!("{}{}", local.language.prefix, self.kind.address(local)?))
    }
}

impl Kind<'_> {
    /// Where the page stands below the root of its language; none if what it is about is not there.
    fn address(&self, local: Local<'_>) -> Option<String> {
        let report = |position: usize| local.corpus().reports.get(position).map(|report| &report.id);
        Some(match self {
            Self::Home => address::HOME.to_owned(),
            Self::Data => address::list(data::FOLDER),
            Self::Lost => home::LOST.to_owned(),
            Self::List(list) => address::list(list.folder()),
            Self::Resolutions(group) => address::resolutions_of(group),
            Self::Report(position) => address::report(report(*position)?),
            Self::Source(position) => address::source(report(*position)?),
            Self::Record(at) => address::record(&at.get(local.corpus())?.1.id),
            Self::State(iso3) => address::state(*iso3),
            Self::Year(year) => address::year(*year),
            Self::Period(slug) => address::period(slug),
            Self::Resolution(symbol) => address::resolution(symbol),
            Self::Document(symbol) => address::document(symbol),
            Self::Meeting(position) => address::meeting(&local.corpus().reference.meetings.get(*position)?.id),
            Self::Section(code) => address::section(code),
            Self::Annex => annex::link(local)?.path,
            Self::Pictures => address::PICTURES.to_owned(),
            Self::Corrections => address::CORRECTIONS.to_owned(),
            Self::Compare => address::COMPARE.to_owned(),
            Self::Search => address::SEARCH.to_owned(),
            Self::Editorial(slug) => address::editorial(slug),
            Self::Superseded(id) => address_of_identifier(id),
            Self::Part(told, reports) => told.part_address(local, *reports.start())?,
        })
    }

    /// The report that the page is a part of, whose terms hold for it.
    fn report(&self) -> Option<usize> {
        match self {
            Self::Report(report) | Self::Source(report) => Some(*report),
            Self::Record(at) => Some(at.report),
            _ => None,
        }
    }
}

/// Every page of the site, the large ones first so that no core waits for one at the end.
pub(super) fn jobs<'a>(site: &'a Site<'_>) -> Vec<Job<'a>> {
    if site.is_plain() {
        let kinds = site.local(0).map(plain::kinds).unwrap_or_default().into_iter();
        return kinds.map(|kind| Job { language: 0, kind }).collect();
    }
    let kinds = kinds(site);
    let languages = 0..site.languages.len();
    let of_language = |language| kinds.iter().map(move |kind| Job { language, kind: kind.clone() });
    let mut jobs: Vec<Job<'a>> = languages.flat_map(of_language).collect();
    jobs.push(Job { language: 0, kind: Kind::Lost });
    jobs
}

fn kinds<'a>(site: &'a Site<'_>) -> Vec<Kind<'a>> {
    let (index, corpus) = (site.input.index, site.input.corpus);
    let mut kinds: Vec<Kind<'a>> = Vec::with_capacity(index.records.len() + 1_000);
    kinds.extend(index.sections.keys().map(Kind::Section));
    kinds.extend(index.years.keys().map(|year| Kind::Year(*year)));
    kinds.extend(index.periods.keys().map(|slug| Kind::Period(slug)));
    kinds.extend((0..corpus.reports.len()).flat_map(|report| [Kind::Report(report), Kind::Source(report)]));
    kinds.extend(index.states.keys().map(|iso3| Kind::State(*iso3)));
    kinds.extend(index.resolutions.keys().map(Kind::Resolution));
    kinds.extend(index.documents.keys().map(Kind::Document));
    kinds.extend((0..corpus.reference.meetings.len()).map(Kind::Meeting));
    kinds.extend(parts(index));
    kinds.extend(lists::List::ALL.into_iter().map(Kind::List));
    kinds.extend(lists::resolution_groups(index).into_iter().flatten().map(|(group, _)| Kind::Resolutions(group)));
    kinds.extend([Kind::Home, Kind::Data, Kind::Corrections, Kind::Pictures, Kind::Compare, Kind::Search]);
    if annex::exists(site) {
        kinds.push(Kind::Annex);
    }
    kinds.extend(editorial::slugs(site).into_iter().map(Kind::Editorial));
    kinds.extend(superseded::ids(site).map(Kind::Superseded));
    kinds.extend(index.records.values().map(|at| Kind::Record(*at)));
    kinds
}

/// The pages of what is told of a State or resolution by reports that its own page leaves out.
fn parts<'a>(index: &'a Index) -> impl Iterator<Item = Kind<'a>> {
    let of_states = index.states.keys().flat_map(|iso3| [Told::Mentioned(*iso3), Told::Said(*iso3)]);
    let all = of_states.chain(index.resolutions.keys().map(Told::SaidOf));
    all.flat_map(move |told| told.parts(index).into_iter().map(move |reports| Kind::Part(told, reports)))
}

/// Makes one page and hands it to the sink; gives its path, if there is such a page.
pub(super) fn put(site: &Site<'_>, job: &Job<'_>, sink: &dyn Sink) -> Result<Option<SitePath>, RenderError> {
    let Some(local) = site.local(job.language) else { return Ok(None) };
    if site.is_plain() {
        return put_plain(local, &job.kind, sink);
    }
    let Some(address) = job.kind.address(local) else { return Ok(None) };
    let path = super::site_path(&format!("{}{address}", local.language.prefix))?;
    let Some(page) = make(local, &job.kind) else { return Ok(None) };
    let files = files(local, &path, Placed { address, report: job.kind.report(), page })?;
    files.into_iter().try_for_each(|(path, bytes)| sink.put(path, bytes))?;
    Ok(Some(path))
}

/// The page that stands at `path`, and the files beside it.
fn files(local: Local<'_>, path: &SitePath, placed: Placed) -> Result<Vec<(SitePath, Vec<u8>)>, RenderError> {
    let data = placed.page.head.cited.as_ref().map(|cited| citation::file(local, cited)).transpose()?;
    let mut context = Context::new();
    context.insert_value("m", local.language.words.clone());
    context.insert_value("site", local.language.shared.everywhere.clone().unwrap_or_else(Value::none));
    context.insert("frame", &frame::frame(local, path, &placed));
    context.insert_value("page", placed.page.view);
    let filled = local.site.engine.fill_page(placed.page.template, &context)?;
    Ok([(path.clone(), filled)].into_iter().chain(data.flatten()).collect())
}

fn put_plain(local: Local<'_>, kind: &Kind<'_>, sink: &dyn Sink) -> Result<Option<SitePath>, RenderError> {
    let Some(page) = plain::make(local, kind) else { return Ok(None) };
    let path = super::site_path(&page.path)?;
    let filled = page.fill(local, &path)?;
    sink.put(path.clone(), filled)?;
    Ok(Some(path))
}

/// A page; none if what it is about is not there.
fn make(local: Local<'_>, kind: &Kind<'_>) -> Option<Page> {
    match kind {
        Kind::Home => Some(home::page(local)),
        Kind::Data => Some(data::page(local)),
        Kind::Lost => Some(home::lost(local)),
        Kind::List(list) => Some(list.page(local)),
        Kind::Resolutions(group) => lists::resolutions_page(local, group),
        Kind::Report(position) => report::page(local, *position),
        Kind::Source(position) => source::page(local, *position),
        Kind::Record(at) => record::page(local, *at),
        Kind::State(iso3) => state::page(local, *iso3),
        Kind::Year(year) => year::page(local, *year),
        Kind::Period(slug) => year::period_page(local, slug),
        Kind::Resolution(symbol) => resolution::page(local, symbol),
        Kind::Document(symbol) => document::page(local, symbol),
        Kind::Meeting(position) => meeting::page(local, *position),
        Kind::Section(code) => section::page(local, code),
        Kind::Annex => annex::page(local),
        Kind::Pictures => Some(picture::page(local)),
        Kind::Compare => Some(compare::page(local)),
        Kind::Corrections => Some(corrections::page(local)),
        Kind::Search => Some(search::page(local)),
        Kind::Editorial(slug) => editorial::page(local, slug),
        Kind::Superseded(id) => superseded::page(local, id),
        Kind::Part(told, reports) => told.part(local, reports),
    }
}
