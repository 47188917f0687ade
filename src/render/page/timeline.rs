//! A State's time axis, year by year: when it signed and ratified and how it voted, what it did, at which meetings, and who
//! urged it. Each of them leads to where it is written.
//!
//! Invariant: it does not grow with the archive; of each kind the newest stand there.

use super::dissent::year_of;
use super::said::vote_word;
use super::subject::{Local, address, fill};
use crate::index::{RecordRef, StateIndex, bounding_years, years};
use crate::model::edtf::Edtf;
use crate::model::record::Record;
use crate::model::reference::TreatyStatus;
use crate::model::state::Iso3;
use crate::render::view::Link;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most events of a kind, and most years: together some 50 kB.
const MAX_EVENTS: usize = 60;

/// The time axis as a table: a row for each year in which something is known, a column for each kind.
#[derive(Serialize)]
pub(super) struct Timeline {
    lanes: Vec<String>,
    years: Vec<Year>,
    note: Option<String>,
}

/// A year and what is known of it, by kind.
#[derive(Serialize)]
struct Year {
    link: Link,
    has_page: bool,
    lanes: Vec<Vec<Event>>,
}

/// Something that happened.
#[derive(Serialize)]
struct Event {
    link: Link,
    when: Option<String>,
}

impl Event {
    fn new(link: Link, when: Option<String>) -> Self {
        Self { link, when }
    }
}

/// What happened of one kind, each with its year.
type Lane = Vec<(i32, Event)>;

/// The axis of a State; none where nothing is known of any year.
pub(super) fn timeline(local: Local<'_>, iso3: Iso3, entry: &StateIndex) -> Option<Timeline> {
    let words = &local.words().state;
    let lanes = [
        (&words.lane_treaty, treaty_and_votes(local, iso3, entry)),
        (&words.lane_acts, acts(local, entry)),
        (&local.words().field.meetings, meetings(local, entry)),
        (&words.lane_urged, urgings(local, iso3)),
    ];
    let has_more = lanes.iter().any(|(_, lane)| lane.len() > MAX_EVENTS);
    let others = other_records(local, iso3, entry);
    let (names, lanes): (Vec<&String>, Vec<Lane>) =
        lanes.into_iter().filter(|(_, lane)| !lane.is_empty()).map(|(name, lane)| (name, newest(lane))).unzip();
    let acts = names.iter().position(|name| **name == words.lane_acts);
    let known: BTreeSet<i32> = lanes.iter().flatten().map(|(year, _)| *year).collect();
    let mut rows: BTreeMap<i32, Vec<Vec<Event>>> =
        known.into_iter().map(|year| (year, names.iter().map(|_| Vec::new()).collect())).collect();
    for (place, lane) in lanes.into_iter().enumerate() {
        for (year, event) in lane {
            rows.entry(year).or_default()[place].push(event);
        }
    }
    for (year, row) in &mut rows {
        if let (Some(acts), Some(other)) = (acts, others.get(year)) {
            row[acts].push(Event::new(other.clone(), None));
        }
    }
    let first = rows.len().saturating_sub(MAX_EVENTS);
    let years: Vec<Year> = rows.into_iter().skip(first).map(|(year, lanes)| row(local, year, lanes)).collect();
    (!years.is_empty()).then(|| Timeline {
        lanes: names.into_iter().cloned().collect(),
        years,
        note: (has_more || first > 0).then(|| fill(&words.newest, &[("n", &local.grouped(MAX_EVENTS))])),
    })
}

fn row(local: Local<'_>, year: i32, lanes: Vec<Vec<Event>>) -> Year {
    Year { link: local.year(year), has_page: local.index().years.contains_key(&year), lanes }
}

fn newest(mut lane: Lane) -> Lane {
    lane.sort_by_key(|(year, _)| *year);
    lane.split_off(lane.len().saturating_sub(MAX_EVENTS))
}

fn treaty_and_votes(local: Local<'_>, iso3: Iso3, entry: &StateIndex) -> Lane {
    let status = entry.status.and_then(|row| local.corpus().reference.treaty_status.get(row));
    let mut lane = status.map(|status| standing(local, status)).unwrap_or_default();
    let votes = entry.votes.iter().filter_map(|row| local.corpus().reference.votes.get(*row));
    let votes = votes.filter(|vote| vote.iso3 == iso3).filter_map(|vote| {
        let link = local.resolution(&vote.resolution);
        let label = format!("{}{}{}", link.label, local.words().site.colon, vote_word(local, vote.vote));
        Some((year_of(local, &vote.resolution)?.parse().ok()?, Event::new(Link { label, ..link }, None)))
    });
    lane.extend(votes);
    lane
}

/// Signature, ratification and withdrawal, which lead to the pictures of all of them.
fn standing(local: Local<'_>, status: &TreatyStatus) -> Lane {
    let words = local.words();
    let event = |(name, date): (&String, &Option<Edtf>)| {
        let date = date.as_ref()?;
        Some((date.years().next()?, Event::new(Link::new(address::PICTURES, name.clone()), Some(local.date(date)))))
    };
    let dates = [
        (&words.state.signed, &status.signature_date),
        (&words.state.ratified, &status.ratification_date),
        (&words.standing.withdrew, &status.withdrawal_date),
    ];
    dates.into_iter().filter_map(event).collect()
}

/// What its own records tell that it did, as far as rules are sure.
fn acts(local: Local<'_>, entry: &StateIndex) -> Lane {
    let event = |at: &RecordRef| {
        let label = local.gist_without_state(local.at(*at).1)?;
        event_of(local, *at, label)
    };
    entry.records.iter().filter_map(event).collect()
}

/// A record under the year in which what it tells began, or else the period of its report.
fn event_of(local: Local<'_>, at: RecordRef, label: String) -> Option<(i32, Event)> {
    let (report, record) = local.at(at);
    let bounding = bounding_years(report, record);
    let year = years(record).first().or(bounding.first()).copied()?;
    let link = Link::new(local.record_link(at).path, label);
    Some((year, Event::new(link, local.when(report, record))))
}

/// Its other records by the year in which they begin, each a way to the list of them.
fn other_records(local: Local<'_>, iso3: Iso3, entry: &StateIndex) -> BTreeMap<i32, Link> {
    let records = entry.records.iter().filter_map(|at| at.get(local.corpus()));
    let silent = records.filter(|(_, record)| local.gist_without_state(record).is_none());
    let mut numbers: BTreeMap<i32, usize> = BTreeMap::new();
    silent.filter_map(|(_, record)| years(record).first().copied()).for_each(|year| {
        *numbers.entry(year).or_default() += 1;
    });
    let link = |(year, number): (i32, usize)| {
        let words = fill(&local.words().state.lane_others, &[("records", &local.record_count(number))]);
        (year, Link::new(format!("{}?from={year}&until={year}#records", address::state(iso3)), words))
    };
    numbers.into_iter().map(link).collect()
}

/// The meetings that its own records name, each once.
fn meetings(local: Local<'_>, entry: &StateIndex) -> Lane {
    let mut seen = BTreeSet::new();
    let records = entry.records.iter().filter_map(|at| at.get(local.corpus()));
    let named = records.flat_map(|(_, record)| record.meetings.iter().map(move |id| (id, record)));
    let event = |(id, record): (&String, &Record)| {
        let meeting = local.corpus().reference.meetings.iter().find(|meeting| meeting.id == *id)?;
        let of_meeting = meeting.start_date.as_ref().and_then(|date| date.years().next());
        let year = of_meeting.or_else(|| years(record).first().copied())?;
        let (name, language) = local.meeting_name(meeting);
        let link = Link::new(address::meeting(id), name);
        let link = if local.speaks(language) { link } else { link.in_language(language) };
        Some((year, Event::new(link, meeting.start_date.as_ref().map(|date| local.date(date)))))
    };
    named.filter(|(id, _)| seen.insert(*id)).filter_map(event).collect()
}

/// Records of others that urge it to sign or ratify, by who does.
fn urgings(local: Local<'_>, iso3: Iso3) -> Lane {
    let urging = local.index().urgings.get(&iso3).into_iter().flatten();
    urging.filter_map(|at| event_of(local, *at, local.state_name(local.at(*at).1.state?))).collect()
}
