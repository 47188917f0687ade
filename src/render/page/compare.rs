//! States side by side: the page, and for each State a script that hands it what the page shows.
//!
//! A page opened from a folder may load scripts, but nothing else (`fetch` is refused there), so the data are
//! scripts. They are the same for all languages but for dates in words; names come from the page.

use super::overview::Overview;
use super::said::vote_word;
use super::subject::{Head, Page};
use super::{resolution, state};
use crate::index::{RecordRef, ResolutionIndex, StateIndex};
use crate::model::edtf::Edtf;
use crate::model::reference::{TreatyStatus, Vote};
use crate::model::state::Iso3;
use crate::render::address;
use crate::render::html::visible;
use crate::render::messages::fill;
use crate::render::sink::{RenderError, Sink, site_path};
use crate::render::site::{Local, Site};
use crate::render::standing;
use crate::render::view::Link;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use tera::Value;

/// The page that compares States.
pub(super) const OVERVIEW: Overview = Overview {
    name: "compare",
    title: |words| &words.compare.title,
    description: |words| &words.compare.description,
    on_home: None,
    is_in_navigation: false,
    page: |local, head| Page::new("compare.html", Head { trail: vec![state::LIST.link(local)], ..head }, &view(local)),
};

/// As many States as stand beside each other.
const COMPARED: usize = 3;

/// What `compare.html` shows.
#[derive(Serialize)]
struct CompareView {
    states: Vec<StateChoice>,
    sections: Vec<Named>,
    periods: Vec<Named>,
    votes: Vec<Named>,
    annex: Option<AnnexWords>,
    example: Link,
}

/// The list of States whose ratification is needed, and whether a State is one of them, in words.
#[derive(Serialize)]
struct AnnexWords {
    name: String,
    yes: String,
    no: String,
}

/// A State that can be chosen.
#[derive(Serialize)]
struct StateChoice {
    code: String,
    link: Value,
}

/// A key of the data with what the page calls it.
#[derive(Serialize)]
struct Named {
    key: String,
    label: String,
}

/// One State as its script hands it over.
#[derive(Serialize)]
struct ComparedState<'a> {
    /// Short names by language.
    names: Vec<(&'a str, &'a str)>,
    /// Dates, or that there are none, in the words of each language.
    signed: BTreeMap<&'a str, String>,
    ratified: BTreeMap<&'a str, String>,
    annex: bool,
    mentions: usize,
    records: Vec<ComparedRecord<'a>>,
    votes: Vec<ComparedVote>,
}

#[derive(Serialize)]
struct ComparedRecord<'a> {
    id: &'a str,
    section: &'a str,
    period: String,
    date: &'a str,
}

#[derive(Serialize)]
struct ComparedVote {
    symbol: String,
    path: String,
    vote: &'static str,
}

/// A link to the page with one State chosen.
pub(super) fn link_from(local: Local<'_>, iso3: Iso3) -> Link {
    Link::new(format!("{}?states={}", address::COMPARE, iso3.to_lower()), &local.words().compare.with)
}

fn view(local: Local<'_>) -> CompareView {
    let states = local.language.states_in_order.iter();
    let sections = local.index().sections.keys();
    let periods = local.index().periods.iter();
    let votes = [Vote::Yes, Vote::No, Vote::Abstain, Vote::NotRecorded];
    CompareView {
        states: states.map(|iso3| StateChoice { code: iso3.to_lower(), link: local.state(*iso3) }).collect(),
        sections: sections.map(|code| Named { key: code.0.clone(), label: local.section_title(code) }).collect(),
        periods: periods.map(|(slug, period)| Named { key: slug.clone(), label: local.date(&period.edtf) }).collect(),
        votes: votes.map(|vote| Named { key: vote.name().to_owned(), label: vote_word(local, vote) }).into(),
        annex: super::annex::name(local).map(|name| annex_words(local, name)),
        example: example(local),
    }
}

/// The States with most records, side by side.
fn example(local: Local<'_>) -> Link {
    let mut states: Vec<(&Iso3, &StateIndex)> = local.index().states.iter().collect();
    states.sort_by_key(|(_, entry)| Reverse(entry.records.len()));
    let states = states.iter().take(COMPARED).map(|(iso3, _)| **iso3);
    let codes: Vec<String> = states.clone().map(|iso3| iso3.to_lower()).collect();
    let names: Vec<String> = states.map(|iso3| local.state_name(iso3)).collect();
    Link::new(format!("{}?states={}", address::COMPARE, codes.join(",")), local.listed(&names))
}

fn annex_words(local: Local<'_>, name: String) -> AnnexWords {
    let words = &local.words().state;
    let said = |form: &str| fill(form, &[("annex", &name)]);
    AnnexWords { yes: said(&words.annex), no: said(&words.not_annex), name }
}

/// Hands a script for each State to the sink.
///
/// # Errors
/// If the sink refuses one.
pub(in super::super) fn put_states(site: &Site<'_>, sink: &dyn Sink) -> Result<(), RenderError> {
    for (iso3, entry) in &site.input.index.states {
        let data = serde_json::json!(compared(site, *iso3, entry));
        // A script puts it on the page, so it stands here as pages show it.
        let data = data.to_string();
        let data = visible(&data);
        let script = format!("(window.comparedStates = window.comparedStates || {{}}).{} = {data};\n", iso3.to_lower());
        sink.put(site_path(&address::compared_state(*iso3))?, script.into_bytes())?;
    }
    put_titles(site, sink)
}

/// Hands the titles of the resolutions that somebody voted on to the sink, by the tags that pages carry.
fn put_titles(site: &Site<'_>, sink: &dyn Sink) -> Result<(), RenderError> {
    let voted = site.input.index.resolutions.iter().filter(|(_, entry)| !entry.votes.is_empty());
    let titles = |entry: &ResolutionIndex| -> BTreeMap<&str, String> {
        let title = |local: Local<'_>| Some(resolution::title(local, entry)?.text);
        site.locals().filter_map(|local| Some((local.words().language.html.as_str(), title(local)?))).collect()
    };
    let titles: BTreeMap<String, _> = voted.map(|(symbol, entry)| (symbol.to_string(), titles(entry))).collect();
    let data = serde_json::json!(titles).to_string();
    let script = format!("window.comparedTitles = {};\n", visible(&data));
    sink.put(site_path(address::COMPARED_TITLES)?, script.into_bytes())?;
    Ok(())
}

fn compared<'a>(site: &'a Site<'a>, iso3: Iso3, entry: &StateIndex) -> ComparedState<'a> {
    let reference = &site.input.corpus.reference;
    let row = entry.row.and_then(|row| reference.states.get(row));
    let status = entry.status.and_then(|row| reference.treaty_status.get(row));
    let names = row.map(|row| row.short_names.iter().map(|(tag, name)| (tag.as_str(), name.as_str())).collect());
    ComparedState {
        names: names.unwrap_or_default(),
        signed: in_each_language(site, status, standing::signed),
        ratified: in_each_language(site, status, standing::ratified),
        annex: site.input.index.annex.contains(&iso3),
        mentions: entry.mentioned_by.len(),
        records: entry.records.iter().filter_map(|at| compared_record(site, *at)).collect(),
        votes: votes(site, entry),
    }
}

/// What `told` says of a State's standing in each language, by the tag that its pages carry.
fn in_each_language<'a>(
    site: &'a Site<'a>,
    status: Option<&TreatyStatus>,
    told: fn(Local<'_>, &TreatyStatus) -> String,
) -> BTreeMap<&'a str, String> {
    let words =
        |status| site.locals().map(|local| (local.words().language.html.as_str(), told(local, status))).collect();
    status.map(words).unwrap_or_default()
}

fn compared_record<'a>(site: &'a Site<'a>, at: RecordRef) -> Option<ComparedRecord<'a>> {
    let (report, record) = at.get(site.input.corpus)?;
    Some(ComparedRecord {
        id: &record.id.0,
        section: record.section().map_or("", |section| section.0.as_str()),
        period: report.period().map(Edtf::slug).unwrap_or_default(),
        date: record.date().map_or("", Edtf::as_str),
    })
}

fn votes(site: &Site<'_>, entry: &StateIndex) -> Vec<ComparedVote> {
    let rows = entry.votes.iter().filter_map(|row| site.input.corpus.reference.votes.get(*row));
    rows.map(|row| ComparedVote {
        symbol: row.resolution.to_string(),
        path: address::resolution(site.input.index.page_symbol(&row.resolution)),
        vote: row.vote.name(),
    })
    .collect()
}
