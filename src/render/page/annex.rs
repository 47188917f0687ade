//! The States whose ratification the treaty needs.

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
    standings: Vec<Standing>,
    urged: Option<SafeHtml>,
    over_time: Option<SafeHtml>,
}

/// The States of one standing towards the treaty.
#[derive(Serialize)]
struct Standing {
    heading: String,
    states: Vec<AnnexState>,
}

#[derive(Serialize)]
struct AnnexState {
    link: Value,
    anchor: String,
    signed: String,
    ratified: String,
    remark: Option<String>,
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

    fn page(&self, local: Local<'_>) -> Page {
        let (title, description) = self.words(local);
        let head = Head { title, description, next: directed_sections(local), ..Head::default() };
        let annex = local.in_order(local.index().annex.iter().copied());
        let view = AnnexView {
            standings: standings(local, &annex),
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

/// The States without whose ratification the treaty cannot enter into force, under a heading that counts them.
#[derive(Serialize)]
pub(super) struct Missing {
    heading: String,
    states: Vec<Value>,
    link: Link,
}

/// Who of the list has not ratified; none where everybody has.
pub(super) fn missing(local: Local<'_>) -> Option<Missing> {
    let link = link(local)?;
    let annex = local.in_order(local.index().annex.iter().copied());
    let has_ratified = |iso3: &Iso3| {
        let status = local.index().state(*iso3).and_then(|entry| entry.status);
        let status = status.and_then(|row| local.corpus().reference.treaty_status.get(row));
        status.is_none_or(|status| status.ratification_date.is_some())
    };
    let states: Vec<Iso3> = annex.iter().copied().filter(|iso3| !has_ratified(iso3)).collect();
    let words = standing::as_of(local, &local.words().standing.none);
    let (n, all) = (states.len().to_string(), annex.len().to_string());
    let heading = fill(&local.words().annex.standing, &[("standing", &words), ("n", &n), ("all", &all)]);
    (!states.is_empty()).then(|| Missing { heading, states: local.states(states), link })
}

/// The States by their standing, those that keep the treaty from entering into force first.
fn standings(local: Local<'_>, annex: &[Iso3]) -> Vec<Standing> {
    let words = &local.words().standing;
    let entries = annex.iter().map(|iso3| (*iso3, &local.index().states[iso3]));
    let known = entries
        .filter_map(|(iso3, entry)| Some((iso3, entry, local.corpus().reference.treaty_status.get(entry.status?)?)));
    let most = most_shown(local, annex);
    let (mut without, mut withdrawn, mut ratified) = (Vec::new(), Vec::new(), Vec::new());
    for (iso3, entry, status) in known {
        let list = match (&status.ratification_date, &status.withdrawal_date) {
            (None, _) => &mut without,
            (Some(_), Some(_)) => &mut withdrawn,
            (Some(_), None) => &mut ratified,
        };
        list.push(state(local, (iso3, entry), status, most));
    }
    let standing = |words: &str, states: Vec<AnnexState>| {
        let (n, all) = (states.len().to_string(), annex.len().to_string());
        let heading = fill(&local.words().annex.standing, &[("standing", words), ("n", &n), ("all", &all)]);
        (!states.is_empty()).then_some(Standing { heading, states })
    };
    let groups = [
        standing(&standing::as_of(local, &words.none), without),
        standing(&words.withdrew, withdrawn),
        standing(&words.others, ratified),
    ];
    groups.into_iter().flatten().collect()
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

fn state(local: Local<'_>, (iso3, entry): (Iso3, &StateIndex), status: &TreatyStatus, most: usize) -> AnnexState {
    let naming = directed_records(local, &entry.mentioned_by);
    let newest = &naming[naming.len().saturating_sub(most)..];
    AnnexState {
        link: local.state(iso3),
        anchor: iso3.to_lower(),
        signed: standing::signed(local, status),
        ratified: standing::ratified(local, status),
        remark: status.note.clone(),
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
