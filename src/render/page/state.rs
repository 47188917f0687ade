//! A State: names, treaty status, time axis, acts, records, votes, who mentioned it.

use super::super::standing;
use super::super::view::{Entry, Link, Remark};
use super::citation::Cited;
use super::listing::{Listing, MAX_OWN_LINES, newest};
use super::overview::{OnHome, Overview};
use super::resolution::{CastVote, vote_of};
use super::said::{Said, said};
use super::states::list;
use super::subject::{
    Document, Facets, Field, Head, Input, Kind, Local, Page, Siblings, Site, Subject, Subjects, address, field, fill,
    subjects,
};
use super::timeline::{Timeline, timeline};
use super::told::{LeftOut, Told};
use super::{annex, compare, feed, picture};
use crate::index::{RecordRef, StateIndex};
use crate::model::citation::Symbol;
use crate::model::gist::Act;
use crate::model::reference::{State, TreatyStatus};
use crate::model::state::Iso3;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use tera::Value;

/// The list of States.
pub(super) const LIST: Overview = Overview {
    name: "states",
    title: |words| &words.nav.states,
    description: |words| &words.list.states,
    on_home: Some(OnHome { text: |words| &words.home.states_text, count: |index| index.states.len() }),
    is_in_navigation: true,
    page: |local, head| {
        let next = vec![compare::OVERVIEW.link(local).value(), picture::OVERVIEW.link(local).value()];
        list(local).page(Head { next, ..head })
    },
};

/// A State and what concerns it.
struct StatePage<'a> {
    iso3: Iso3,
    entry: &'a StateIndex,
}

/// What `state.html` shows.
#[derive(Serialize)]
struct StateView {
    code: String,
    names: Vec<Name>,
    aliases: Vec<Alias>,
    entries: Vec<Entry>,
    treaty: Vec<Entry>,
    /// What its newest records tell that it did, by kind, the most frequent first.
    acts: Vec<ActGroup>,
    /// How often it voted how.
    tallies: Vec<Tally>,
    timeline: Option<Timeline>,
    total: String,
    listing: Listing,
    resolutions: Vec<Link>,
    mentioned_heading: String,
    mentioned: Vec<MentionGroup>,
    mentioned_elsewhere: Option<LeftOut>,
    votes: Vec<CastVote>,
    said: Vec<Said>,
    said_elsewhere: Option<LeftOut>,
}

/// How often there is something of one kind.
#[derive(Serialize)]
struct Tally {
    name: String,
    number: String,
}

/// Records that tell of one kind of act.
#[derive(Serialize)]
struct ActGroup {
    name: String,
    number: String,
    records: Vec<ActLink>,
}

/// What was done, and when.
#[derive(Serialize)]
struct ActLink {
    link: Link,
    when: Option<String>,
}

/// A State's names in one language.
#[derive(Serialize)]
struct Name {
    language: String,
    tag: String,
    direction: &'static str,
    short: Option<String>,
    official: Option<String>,
}

#[derive(Serialize)]
struct Alias {
    name: String,
    tag: String,
    direction: &'static str,
    kind: Remark,
    source: Option<Remark>,
}

/// Records of one State that name the State of the page.
#[derive(Serialize)]
pub(super) struct MentionGroup {
    /// Who names it; none for records without a State.
    pub(super) state: Option<Value>,
    /// In which records.
    pub(super) records: Vec<MentioningRecord>,
}

/// A record that names the State of the page.
#[derive(Serialize)]
pub(super) struct MentioningRecord {
    link: Value,
    facets: String,
}

/// The pages of States.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    subjects(input.index.states.iter().map(|(iso3, entry)| StatePage { iso3: *iso3, entry }))
}

impl Subject for StatePage<'_> {
    fn address(&self) -> String {
        address::state(self.iso3)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let name = local.state_name(self.iso3);
        let order = local.language.states_in_order.iter().copied();
        let head = Head {
            description: fill(&local.words().state.description, &[("state", &name)]),
            title: name,
            trail: vec![LIST.link(local)],
            next: next(local, self.iso3, self.entry),
            siblings: Siblings::new(order, &self.iso3, |iso3| local.state(*iso3)),
            cited: local.site.citations().state(self.iso3).map(Cited::state),
            feed: feed::of_page(&self.address(), &self.entry.records),
            ..Head::default()
        };
        Page::new("state.html", head, &view(local, self.iso3, self.entry))
    }

    fn beside(&self, local: Local<'_>) -> Vec<(&'static str, Vec<u8>)> {
        let name = local.state_name(self.iso3);
        let subtitle = fill(&local.words().state.description, &[("state", &name)]);
        feed::beside(local, self.address(), name, subtitle, &self.entry.records)
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        let row = self.entry.row.and_then(|row| site.input.corpus.reference.states.get(row));
        let shown = |local: Local<'a>| (local.state_name(self.iso3), String::new());
        Some(Document {
            fields: row.map(every_name).unwrap_or_default(),
            facets: Facets { state: Some(self.iso3), ..Facets::default() },
            ..Document::new(site, Kind::State, self.address(), shown)
        })
    }
}

/// A State's names for the search, each once.
fn every_name(state: &State) -> Vec<Field<'_>> {
    let names = state.short_names.iter().chain(&state.official_names).map(|(tag, name)| (tag.as_str(), name.as_str()));
    let aliases = state.aliases.iter().map(|alias| (alias.language.as_str(), alias.name.as_str()));
    let mut seen = BTreeSet::new();
    names.chain(aliases).filter(|(_, name)| seen.insert(*name)).map(|(tag, name)| field(tag, name)).collect()
}

fn view<'a>(local: Local<'a>, iso3: Iso3, entry: &'a StateIndex) -> StateView {
    let row = entry.row.and_then(|row| local.corpus().reference.states.get(row));
    let status = entry.status.and_then(|row| local.corpus().reference.treaty_status.get(row));
    let name = local.state_name(iso3);
    let (mentioned, told) = (Told::Mentioned(iso3, entry), Told::Said(iso3, entry));
    let facts = told.shown(local, &entry.facts, |fact| fact.at.report);
    StateView {
        code: iso3.to_string(),
        names: row.map(|row| names(local, row)).unwrap_or_default(),
        aliases: row.map(|row| aliases(local, row)).unwrap_or_default(),
        entries: row.map(|row| entries(local, row)).unwrap_or_default(),
        treaty: status.map(|status| treaty(local, status)).unwrap_or_default(),
        acts: acts(local, newest(&entry.records, MAX_OWN_LINES)),
        tallies: tallies(local, votes_of(local, iso3)),
        timeline: timeline(local, iso3, entry),
        total: local.record_count(entry.records.len()),
        listing: Listing::new(local, &entry.records, MAX_OWN_LINES, &format!("?state={iso3}")).filtered(),
        resolutions: resolutions(local, newest(&entry.records, MAX_OWN_LINES)),
        mentioned_heading: fill(&local.words().state.mentioned, &[("state", &name)]),
        mentioned: mentions(local, &mentioned.shown(local, &entry.mentioned_by, |at| at.report)),
        mentioned_elsewhere: mentioned.left_out(local),
        votes: vote_of(local, iso3),
        said: facts.into_iter().filter_map(|fact| said(local, fact)).collect(),
        said_elsewhere: told.left_out(local),
    }
}

fn next(local: Local<'_>, iso3: Iso3, entry: &StateIndex) -> Vec<Value> {
    let status = entry.status.and_then(|row| local.corpus().reference.treaty_status.get(row));
    let annex = status.is_some_and(|status| status.annex2).then(|| annex::link(local)).flatten();
    annex.into_iter().chain([compare::link_from(local, iso3), LIST.link(local)]).map(|link| link.value()).collect()
}

/// The acts that records tell, those of a kind together.
fn acts(local: Local<'_>, records: &[RecordRef]) -> Vec<ActGroup> {
    let mut kinds: BTreeMap<Act, Vec<ActLink>> = BTreeMap::new();
    for at in records {
        let (report, record) = local.at(*at);
        let (Some(gist), Some(words)) = (&record.gist, local.gist_without_state(record)) else { continue };
        let link = Link::new(local.record_link(*at).path, words);
        kinds.entry(gist.act).or_default().push(ActLink { link, when: local.when(report, record) });
    }
    let mut kinds: Vec<(Act, Vec<ActLink>)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, records)| Reverse(records.len()));
    let group = |(act, records): (Act, Vec<ActLink>)| ActGroup {
        name: local.act_name(act),
        number: local.grouped(records.len()),
        records,
    };
    kinds.into_iter().map(group).collect()
}

/// How often each of `names` comes, the most frequent first, others in the order of the first of each.
fn tallies(local: Local<'_>, names: impl Iterator<Item = String>) -> Vec<Tally> {
    let mut numbers: Vec<(String, usize)> = Vec::new();
    for name in names {
        match numbers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, number)) => *number += 1,
            None => numbers.push((name, 1)),
        }
    }
    numbers.sort_by_key(|(_, number)| Reverse(*number));
    numbers.into_iter().map(|(name, number)| Tally { name, number: local.grouped(number) }).collect()
}

fn votes_of(local: Local<'_>, iso3: Iso3) -> impl Iterator<Item = String> {
    vote_of(local, iso3).into_iter().map(|cast| cast.vote)
}

fn names(local: Local<'_>, state: &State) -> Vec<Name> {
    let official = |tag: &str| state.official_names.iter().find(|(key, _)| key == tag).map(|(_, name)| name.clone());
    let short = state.short_names.iter();
    short
        .map(|(tag, name)| Name {
            language: local.words().state.names_in.get(tag).unwrap_or(tag).clone(),
            tag: if tag == "zh" { "zh-Hans".to_owned() } else { tag.clone() },
            direction: direction(tag),
            short: Some(name.clone()),
            official: official(tag),
        })
        .collect()
}

fn aliases(local: Local<'_>, state: &State) -> Vec<Alias> {
    let known: BTreeSet<&str> =
        state.short_names.iter().chain(&state.official_names).map(|(_, name)| name.as_str()).collect();
    let mut seen = BTreeSet::new();
    let others = state.aliases.iter().filter(|alias| !known.contains(alias.name.as_str()) && seen.insert(&alias.name));
    others
        .map(|alias| Alias {
            name: alias.name.clone(),
            tag: alias.language.clone(),
            direction: direction(&alias.language),
            kind: local.remark(&alias.kind),
            source: local.source(&alias.source),
        })
        .collect()
}

fn direction(language: &str) -> &'static str {
    if language == "ar" { "rtl" } else { "ltr" }
}

fn entries(local: Local<'_>, state: &State) -> Vec<Entry> {
    let words = local.words();
    let standing = words.basis.status.get(&state.un_status).unwrap_or(&state.un_status);
    let regions = [&state.region, &state.subregion].into_iter().flatten();
    let pick =
        |(english, chinese): &(String, String)| if local.speaks("zh") { chinese.clone() } else { english.clone() };
    let region: Vec<String> = regions.map(pick).filter(|region| !region.is_empty()).collect();
    let region = (!region.is_empty()).then(|| region.join(&words.dates.join));
    vec![
        Entry::text(&words.state.standing, standing),
        Entry::known(&words.state.region, region.as_deref(), &words.site.unknown),
        local.in_table(&words.site.source, state.names_source.as_deref()),
    ]
}

/// A State's standing towards the treaty.
pub(super) fn treaty(local: Local<'_>, status: &TreatyStatus) -> Vec<Entry> {
    let words = &local.words().state;
    let mut entries = vec![
        Entry::text(&words.signed, standing::signed(local, status)).sourced(local.source(&status.signature_source)),
        Entry::text(&words.ratified, standing::ratified(local, status))
            .sourced(local.source(&status.ratification_source)),
    ];
    entries.extend(membership(local, status));
    entries.extend(status.note.as_deref().map(|note| Entry::remark(&local.words().field.note, local.remark(note))));
    entries
}

fn membership(local: Local<'_>, status: &TreatyStatus) -> Option<Entry> {
    let words = &local.words().state;
    let name = annex::name(local)?;
    let form = if status.annex2 { &words.annex } else { &words.not_annex };
    Some(Entry::text(&name, fill(form, &[("annex", &name)])).sourced(local.source(&status.annex2_source)))
}

fn resolutions(local: Local<'_>, records: &[RecordRef]) -> Vec<Link> {
    let records = records.iter().filter_map(|at| at.get(local.corpus()));
    let cited: BTreeSet<&Symbol> = records.flat_map(|(_, record)| record.resolutions()).collect();
    cited.into_iter().map(|symbol| local.resolution(symbol)).collect()
}

/// Records grouped by the State whose they are.
pub(super) fn mentions(local: Local<'_>, records: &[RecordRef]) -> Vec<MentionGroup> {
    let mut groups: BTreeMap<Option<Iso3>, Vec<MentioningRecord>> = BTreeMap::new();
    for at in records {
        let state = at.get(local.corpus()).and_then(|(_, record)| record.state);
        groups.entry(state).or_default().push(mentioning(local, *at));
    }
    let states = local.in_order(groups.keys().copied().flatten());
    let order = states.into_iter().map(Some).chain([None]);
    let group = |state: Option<Iso3>| {
        let records = groups.remove(&state)?;
        Some(MentionGroup { state: state.map(|state| local.state(state)), records })
    };
    order.filter_map(group).collect()
}

fn mentioning(local: Local<'_>, at: RecordRef) -> MentioningRecord {
    let report = &local.corpus().reports[at.report].id;
    MentioningRecord { link: local.record(at), facets: format!("{};report={report}", local.facets(at)) }
}
