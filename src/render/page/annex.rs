//! The States whose ratification the treaty needs.

use super::directory::{Cell, Column, Directory, Group, Row};
use super::listing::note;
use super::picture;
use super::state::{MentionGroup, mentions};
use super::subject::{Document, Head, Input, Local, Page, Site, Subject, Subjects, address, fill, subjects};
use crate::config::Localized;
use crate::index::{RecordRef, StateIndex};
use crate::model::reference::TreatyStatus;
use crate::model::state::Iso3;
use crate::render::html::SafeHtml;
use crate::render::standing;
use crate::render::view::Link;
use serde::Serialize;
use tera::Value;

/// Most records that name States of the list, some 140 kB. Where there are more, each State shares in that, and its own
/// page has the others.
const MAX_NAMING: usize = 700;

/// The list, by its name and the last part of its address.
struct AnnexPage<'a> {
    slug: &'a str,
    name: &'a Localized,
}

/// What `annex.html` shows.
#[derive(Serialize)]
struct AnnexView {
    /// How many States lack what the treaty needs.
    lacking: Option<String>,
    table: Option<Directory>,
    /// Those that records name, in alphabetical order.
    named: Vec<NamedState>,
    urged: Option<SafeHtml>,
    over_time: Option<SafeHtml>,
}

/// A State and the records that name it.
#[derive(Serialize)]
struct NamedState {
    link: Value,
    anchor: String,
    mentioned: String,
    named_by: Vec<MentionGroup>,
    /// That only the newest are shown, and where the others are.
    note: Option<String>,
    others: Option<Link>,
}

/// The page, if the settings and the tables know of such a list.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    subjects(annex(input))
}

fn annex<'a>(input: &Input<'a>) -> Option<AnnexPage<'a>> {
    let treaty = input.config.treaty.as_ref()?;
    let (slug, name) = (treaty.annex_slug.as_deref()?, treaty.annex.as_ref()?);
    (!input.index.annex.is_empty()).then_some(AnnexPage { slug, name })
}

/// The list's name.
pub(super) fn name(local: Local<'_>) -> Option<String> {
    let treaty = local.site.input.config.treaty.as_ref()?;
    Some(local.text(treaty.annex.as_ref()?).to_owned())
}

/// A link to the list.
pub(super) fn link(local: Local<'_>) -> Option<Link> {
    let page = annex(local.site.input)?;
    Some(Link::new(page.address(), local.text(page.name)))
}

impl Subject for AnnexPage<'_> {
    fn address(&self) -> String {
        address::editorial(self.slug)
    }

    fn is_of_archive(&self) -> bool {
        true
    }

    fn page(&self, local: Local<'_>) -> Page {
        let (title, description) = self.words(local);
        let head = Head { title, description, next: directed_sections(local), ..Head::default() };
        let lacking = lacking(local);
        let view = AnnexView {
            lacking: lacking.as_ref().map(|lacking| lacking.sentence(local)),
            table: lacking.map(|lacking| table(local, &lacking)),
            named: named(local),
            urged: picture::urged::picture(local, &self.address()),
            over_time: picture::treaty::picture(local, &self.address()),
        };
        Page::new("annex.html", head, &view)
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        Some(Document::overview(site, "annex", self.address(), |local| self.words(local)))
    }
}

impl AnnexPage<'_> {
    /// The name of the list and one line on it.
    fn words(&self, local: Local<'_>) -> (String, String) {
        let count = local.index().annex.len().to_string();
        (local.text(self.name).to_owned(), fill(&local.words().annex.description, &[("n", &count)]))
    }
}

/// The States of the list without a ratification in force: what the home page, the page of the list and the pictures say
/// is counted here.
pub(super) struct Lacking<'a> {
    not_ratified: Vec<(Iso3, &'a TreatyStatus)>,
    withdrawn: Vec<(Iso3, &'a TreatyStatus)>,
    ratified: Vec<(Iso3, &'a TreatyStatus)>,
}

/// Which States of the list have which standing; none where there is no list.
pub(super) fn lacking(local: Local<'_>) -> Option<Lacking<'_>> {
    annex(local.site.input)?;
    let states = local.in_order(local.index().annex.iter().copied());
    let mut lacking = Lacking { not_ratified: Vec::new(), withdrawn: Vec::new(), ratified: Vec::new() };
    for state in states {
        let row = local.index().state(state).and_then(|entry| entry.status);
        let Some(status) = row.and_then(|row| local.corpus().reference.treaty_status.get(row)) else { continue };
        let list = match (&status.ratification_date, &status.withdrawal_date) {
            (None, _) => &mut lacking.not_ratified,
            (Some(_), Some(_)) => &mut lacking.withdrawn,
            (Some(_), None) => &mut lacking.ratified,
        };
        list.push((state, status));
    }
    Some(lacking)
}

impl<'a> Lacking<'a> {
    /// How many they are, in a sentence without its stop.
    pub(super) fn sentence(&self, local: Local<'_>) -> String {
        let lacking = self.not_ratified.len() + self.withdrawn.len();
        let (n, all) = (local.grouped(lacking), local.grouped(lacking + self.ratified.len()));
        let annex = name(local).unwrap_or_default();
        fill(&local.words().annex.lacking, &[("annex", &annex), ("n", &n), ("all", &all)])
    }

    /// The standings under which the States stand, those first that keep the treaty from entering into force.
    fn standings(&self, local: Local<'_>) -> [(String, &[(Iso3, &'a TreatyStatus)]); 3] {
        let words = &local.words().standing;
        [
            (standing::as_of(local, &words.none), &self.not_ratified),
            (words.withdrew.clone(), &self.withdrawn),
            (words.others.clone(), &self.ratified),
        ]
    }
}

/// The States without whose ratification the treaty cannot enter into force, by what they lack.
#[derive(Serialize)]
pub(super) struct Missing {
    heading: String,
    standings: Vec<MissingStates>,
    link: Link,
}

#[derive(Serialize)]
struct MissingStates {
    words: String,
    states: Vec<MissingState>,
}

/// A State, and the day on which it withdrew.
#[derive(Serialize)]
struct MissingState {
    link: Value,
    withdrawal: Option<String>,
}

/// Who of the list has no ratification in force; none where everybody has.
pub(super) fn missing(local: Local<'_>) -> Option<Missing> {
    let (link, lacking) = (link(local)?, lacking(local)?);
    let [not_ratified, withdrawn, _] = lacking.standings(local);
    let lists = [not_ratified, withdrawn].into_iter().filter(|(_, states)| !states.is_empty());
    let state = |(state, status): &(Iso3, &TreatyStatus)| MissingState {
        link: local.state(*state),
        withdrawal: status.withdrawal_date.as_ref().map(|date| local.date(date)),
    };
    let list = |(words, states): (String, &[(Iso3, &TreatyStatus)])| MissingStates {
        words,
        states: states.iter().map(state).collect(),
    };
    let standings: Vec<MissingStates> = lists.map(list).collect();
    (!standings.is_empty()).then(|| Missing { heading: lacking.sentence(local), standings, link })
}

/// The States by their standing: when they signed and ratified.
fn table(local: Local<'_>, lacking: &Lacking<'_>) -> Directory {
    let words = local.words();
    let standings = lacking.standings(local);
    let all: usize = standings.iter().map(|(_, states)| states.len()).sum();
    let row = |(state, status): &(Iso3, &TreatyStatus)| {
        let note = local.source(&status.note).map(Cell::remark).unwrap_or_default();
        let cells = Cell::signed_and_ratified(local, Some(status)).into_iter().chain([note]).collect();
        Row { link: local.state(*state), also: String::new(), cells }
    };
    let group = |(standing, states): (String, &[(Iso3, &TreatyStatus)])| Group {
        heading: Some(standing),
        count: fill(&words.annex.of_all, &[("n", &local.grouped(states.len())), ("all", &local.grouped(all))]),
        rows: states.iter().map(row).collect(),
    };
    Directory {
        head: words.field.state.clone(),
        columns: Column::signed_and_ratified(local).into_iter().chain([Column::long(&words.field.note)]).collect(),
        groups: standings.into_iter().filter(|(_, states)| !states.is_empty()).map(group).collect(),
        note: None,
        map: None,
    }
}

fn directed_sections(local: Local<'_>) -> Vec<Value> {
    let sections = local.index().sections.keys();
    let directed = sections.filter(|code| is_directed(local, &code.0));
    directed.map(|code| local.section(code)).collect()
}

fn is_directed(local: Local<'_>, code: &str) -> bool {
    local.site.input.config.sections.get(code).is_some_and(|section| section.annex)
}

/// How many of the records that name a State are shown.
fn most_shown(local: Local<'_>, annex: &[Iso3]) -> usize {
    let naming = annex.iter().filter_map(|iso3| local.index().state(*iso3));
    let all: usize = naming.map(|entry| directed_records(local, &entry.mentioned_by).len()).sum();
    if all <= MAX_NAMING { all } else { MAX_NAMING / annex.len().max(1) }
}

fn named(local: Local<'_>) -> Vec<NamedState> {
    let annex = local.in_order(local.index().annex.iter().copied());
    let most = most_shown(local, &annex);
    let states = annex.into_iter().filter_map(|iso3| Some((iso3, local.index().state(iso3)?)));
    states
        .map(|(iso3, entry)| named_state(local, iso3, entry, most))
        .filter(|state| !state.named_by.is_empty())
        .collect()
}

fn named_state(local: Local<'_>, iso3: Iso3, entry: &StateIndex, most: usize) -> NamedState {
    let naming = directed_records(local, &entry.mentioned_by);
    let newest = &naming[naming.len().saturating_sub(most)..];
    NamedState {
        link: local.state(iso3),
        anchor: iso3.to_lower(),
        mentioned: local.count(&local.words().counts.mentions, naming.len()),
        named_by: mentions(local, newest),
        note: (newest.len() < naming.len()).then(|| note(local, newest.len(), naming.len())),
        others: (newest.len() < naming.len()).then(|| {
            let words = fill(&local.words().state.mentioned, &[("state", &local.state_name(iso3))]);
            Link::new(format!("{}#{}", address::state(iso3), address::MENTIONED), words)
        }),
    }
}

/// The records of activities directed at the States of the list.
fn directed_records(local: Local<'_>, records: &[RecordRef]) -> Vec<RecordRef> {
    let directed = |at: &&RecordRef| {
        let section = at.get(local.corpus()).and_then(|(_, record)| record.section());
        section.is_some_and(|section| is_directed(local, &section.0))
    };
    records.iter().filter(directed).copied().collect()
}
