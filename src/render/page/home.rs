//! The home page, and the page for what is not there.

use super::super::address;
use super::super::html::SafeHtml;
use super::super::messages::{Lost, fill};
use super::super::site::{Language, Local};
use super::super::view::{Link, Row};
use super::{
    Head, Page, annex,
    citation::{Cited, cited_html, usual_style},
    lists, picture,
};
use crate::cite::cite;
use crate::index::{RecordRef, years};
use serde::Serialize;
use tera::Value;

/// Address of the page for what is not there.
pub(super) const LOST: &str = "404.html";

/// What `home.html` shows.
#[derive(Serialize)]
struct HomeView {
    totals: Vec<String>,
    /// Questions that the search answers, each with its address.
    questions: Vec<Link>,
    missing: Option<annex::Missing>,
    reports: Vec<Row>,
    browse: Vec<Row>,
    map: Option<SafeHtml>,
    example: Option<Example>,
}

/// A record and how to cite it.
#[derive(Serialize)]
struct Example {
    link: Value,
    citation: SafeHtml,
}

/// The home page.
pub(super) fn page(local: Local<'_>) -> Page {
    let config = local.site.input.config;
    let view = HomeView {
        totals: totals(local),
        questions: questions(local),
        missing: annex::missing(local),
        reports: lists::report_rows(local),
        browse: browse(local),
        map: picture::map::picture(local, address::HOME),
        example: example(local),
    };
    let head = Head {
        title: local.text(&config.title).to_owned(),
        description: local.text(&config.description).to_owned(),
        cited: Some(Cited::archive(local)),
        ..Head::default()
    };
    Page::new("home.html", head, &view)
}

/// What can be asked of this archive: about the State with most records, about a vote, for a symbol.
fn questions(local: Local<'_>) -> Vec<Link> {
    let index = local.index();
    let state = index.states.iter().rev().max_by_key(|(_, entry)| entry.records.len());
    let year = |records: &[RecordRef]| {
        let records = records.iter().filter_map(|at| at.get(local.corpus()));
        records.filter_map(|(_, record)| years(record).last().copied()).max()
    };
    let of_state =
        state.and_then(|(iso3, entry)| Some(format!("{} {}", local.state_name(*iso3), year(&entry.records)?)));
    let voted = index.resolutions.iter().find(|(_, entry)| !entry.votes.is_empty()).map(|(symbol, _)| symbol);
    let of_vote = voted.map(|symbol| fill(&local.words().home.ask, &[("symbol", symbol.as_str())]));
    let asked = of_state.into_iter().chain(of_vote).chain(voted.map(ToString::to_string));
    asked.map(|words| Link::new(format!("{}?q={}", address::SEARCH, words.replace(' ', "+")), words)).collect()
}

fn totals(local: Local<'_>) -> Vec<String> {
    let (counts, index) = (&local.words().counts, local.index());
    let acting = index.states.values().filter(|state| !state.records.is_empty()).count();
    vec![
        local.count(&counts.reports, local.corpus().works().count()),
        local.count(&counts.records, index.records.len()),
        local.count(&counts.states, acting),
        local.count(&counts.resolutions, index.resolutions.len()),
    ]
}

fn browse(local: Local<'_>) -> Vec<Row> {
    let (nav, home, index) = (&local.words().nav, &local.words().home, local.index());
    let entry = |name: &str, label: &str, text: &str, count: usize| {
        Row::new(&Link::new(address::list(name), label), local.grouped(count)).text(text, None)
    };
    let mut rows = vec![
        entry("states", &nav.states, &home.states_text, index.states.len()),
        entry("years", &nav.years, &home.years_text, index.years.len()),
        entry("periods", &nav.periods, &home.periods_text, index.periods.len()),
        entry("resolutions", &nav.resolutions, &home.resolutions_text, index.resolutions.len()),
        entry("sections", &nav.sections, &home.sections_text, index.sections.len()),
        entry("meetings", &nav.meetings, &home.meetings_text, index.meetings.len()),
        entry("documents", &nav.documents, &home.documents_text, index.documents.len()),
    ];
    if let Some(link) = annex::link(local) {
        let count = local.grouped(index.annex.len());
        rows.push(Row::new(&link, count).text(&home.annex_text, None));
    }
    rows.push(Row::new(&picture::link(local), String::new()).text(&home.pictures_text, None));
    rows
}

fn example(local: Local<'_>) -> Option<Example> {
    let at = local.index().records.values().next().copied()?;
    let citable = local.site.citations().record(at)?.opening(&local.language.tag);
    let style = usual_style(local);
    Some(Example { link: local.record(at), citation: cited_html(&cite(&citable, style, None), style.language()) })
}

/// What `404.html` shows besides the words of the first language.
#[derive(Serialize)]
struct LostView<'a> {
    others: Vec<LostWords<'a>>,
}

/// The same words in another language.
#[derive(Serialize)]
struct LostWords<'a> {
    html: &'a str,
    words: &'a Lost,
    /// The folder of its pages.
    prefix: &'a str,
    /// The language's home page, below the root of the site.
    home: String,
}

/// The page for what is not there: one for all languages, because a server knows one only.
pub(super) fn lost(local: Local<'_>) -> Page {
    let words = &local.words().lost;
    let head = Head { title: words.title.clone(), description: words.text.clone(), ..Head::default() };
    let others = local.site.languages.iter().filter(|language| language.tag != local.language.tag);
    let view = LostView { others: others.map(lost_words).collect() };
    Page::new("404.html", head, &view)
}

fn lost_words(language: &Language) -> LostWords<'_> {
    let home = format!("{}{}", language.prefix, address::HOME);
    let words = &language.messages.lost;
    LostWords { html: &language.messages.language.html, words, prefix: &language.prefix, home }
}
