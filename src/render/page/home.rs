//! The home page.

use super::citation::{Cited, cited_html, usual_style};
use super::directory::Directory;
use super::overviews::LISTS;
use super::subject::{Head, Input, Local, Page, Subject, Subjects, address, subjects};
use super::{annex, picture, report, reports};
use crate::cite::cite;
use crate::index::{RecordRef, years};
use crate::render::html::SafeHtml;
use crate::render::messages::fill;
use crate::render::view::{Link, Row};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use tera::Value;

/// The home page.
struct HomePage;

/// What `home.html` shows.
#[derive(Serialize)]
struct HomeView {
    totals: Vec<String>,
    /// Questions that the search answers, each with its address.
    questions: Vec<Link>,
    missing: Option<annex::Missing>,
    reports: Directory,
    all_reports: Link,
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

/// The page.
pub(super) fn pages<'a>(_: &Input<'a>) -> Subjects<'a> {
    subjects([HomePage])
}

impl Subject for HomePage {
    fn address(&self) -> String {
        address::HOME.to_owned()
    }

    fn is_of_archive(&self) -> bool {
        true
    }

    fn page(&self, local: Local<'_>) -> Page {
        let config = local.site.input.config;
        let view = HomeView {
            totals: totals(local),
            questions: questions(local),
            missing: annex::missing(local),
            reports: reports::newest(local),
            all_reports: report::LIST.link(local),
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
    let query = |words: &str| utf8_percent_encode(words, NON_ALPHANUMERIC).to_string();
    asked.map(|words| Link::new(format!("{}?q={}", address::SEARCH, query(&words)), words)).collect()
}

fn totals(local: Local<'_>) -> Vec<String> {
    let (counts, index) = (&local.words().counts, local.index());
    let acting = index.states.values().filter(|state| !state.records.is_empty()).count();
    vec![
        local.count(&counts.reports, local.corpus().works().count()),
        local.count(&counts.records, index.records.len()),
        local.count(&counts.acting, acting),
        local.count(&counts.resolutions, index.resolutions.len()),
    ]
}

fn browse(local: Local<'_>) -> Vec<Row> {
    let (home, index) = (&local.words().home, local.index());
    let row = |link: &Link, text: &str, count: String| Row::new(link, count).text(text, None);
    let lists = LISTS.into_iter().filter_map(|list| Some((list, list.on_home.as_ref()?)));
    let mut rows: Vec<Row> = lists
        .map(|(list, entry)| row(&list.link(local), (entry.text)(local.words()), local.grouped((entry.count)(index))))
        .collect();
    let annex = annex::link(local).map(|link| row(&link, &home.annex_text, local.grouped(index.annex.len())));
    rows.extend(annex);
    rows.push(row(&picture::OVERVIEW.link(local), &home.pictures_text, String::new()));
    rows
}

fn example(local: Local<'_>) -> Option<Example> {
    let at = local.index().records.values().next().copied()?;
    let citable = local.site.citations().record(at)?.opening(&local.language.tag);
    let style = usual_style(local);
    Some(Example { link: local.record(at), citation: cited_html(&cite(&citable, style, None), style.language()) })
}
