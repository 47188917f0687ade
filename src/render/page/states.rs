//! The list of States: what each did towards the treaty, and what the archive has of it.

use super::annex;
use super::directory::{Cell, Column, Directory, Group, Row};
use super::picture::map;
use super::subject::{Local, address, fill};
use crate::index::StateIndex;
use crate::model::reference::{State, Vote};
use crate::model::state::Iso3;

/// All States: those with records, those that others mention, the rest.
pub(super) fn list(local: Local<'_>) -> Directory {
    let words = local.words();
    let has_treaty = !local.corpus().reference.treaty_status.is_empty();
    let annex = annex::name(local);
    let has_votes = !local.corpus().reference.votes.is_empty();
    let treaty = Column::signed_and_ratified(local).into_iter().filter(|_| has_treaty);
    let annex = annex.as_deref().map(Column::words);
    let counts = [&words.field.records, &words.list.mentions].map(|head| Column::number(head));
    let votes = has_votes.then(|| Column::number(&words.list.votes));
    Directory {
        head: words.field.state.clone(),
        columns: treaty.chain(annex).chain(counts).chain(votes).collect(),
        groups: groups(local),
        note: Some(note(local)),
        map: map::picture(local, &address::list("states")),
    }
}

fn groups(local: Local<'_>) -> Vec<Group> {
    let words = &local.words().list;
    let of_kind = |heading: &String, is_of: fn(&StateIndex) -> bool| {
        let states = local.language.states_in_order.iter().map(|iso3| (*iso3, &local.index().states[iso3]));
        let rows: Vec<Row> =
            states.filter(|(_, entry)| is_of(entry)).map(|(iso3, entry)| row(local, iso3, entry)).collect();
        let count = local.count(&local.words().counts.states, rows.len());
        (!rows.is_empty()).then(|| Group { heading: Some(heading.clone()), count, rows })
    };
    let groups = [
        of_kind(&words.with_records, |entry| !entry.records.is_empty()),
        of_kind(&words.mentioned, |entry| entry.records.is_empty() && !entry.mentioned_by.is_empty()),
        of_kind(&words.without_records, |entry| entry.records.is_empty() && entry.mentioned_by.is_empty()),
    ];
    groups.into_iter().flatten().collect()
}

/// In which order they stand, and as of when it is known who has not signed or ratified.
fn note(local: Local<'_>) -> String {
    let treaty = local.site.input.config.treaty.as_ref();
    let date = treaty.and_then(|treaty| treaty.status_as_of.as_ref());
    let as_of = date.map(|date| fill(&local.words().list.as_of, &[("date", &local.date(date))]));
    std::iter::once(local.words().site.order.clone()).chain(as_of).collect::<Vec<_>>().join(&local.words().picture.join)
}

fn row(local: Local<'_>, iso3: Iso3, entry: &StateIndex) -> Row {
    let reference = &local.corpus().reference;
    let status = entry.status.and_then(|row| reference.treaty_status.get(row));
    let has_treaty = !reference.treaty_status.is_empty();
    let mut cells: Vec<Cell> = if has_treaty { Cell::signed_and_ratified(local, status).into() } else { Vec::new() };
    if annex::name(local).is_some() {
        let is_in = status.is_some_and(|status| status.annex2);
        cells.push(Cell::text(if is_in { local.words().state.annex.as_str() } else { "" }));
    }
    cells.push(Cell::text(local.grouped(entry.records.len())));
    cells.push(Cell::text(local.grouped(entry.mentioned_by.len())));
    if !reference.votes.is_empty() {
        cells.push(Cell::text(votes(local, entry)));
    }
    let state = entry.row.and_then(|row| reference.states.get(row));
    Row { link: local.state(iso3), also: also(iso3, state), cells }
}

/// How often it voted in favour, against, abstained; nothing where no vote of it is known.
fn votes(local: Local<'_>, entry: &StateIndex) -> String {
    let votes = || entry.votes.iter().filter_map(|row| local.corpus().reference.votes.get(*row));
    let number = |kind: Vote| votes().filter(|vote| vote.vote == kind).count();
    let numbers = [Vote::Yes, Vote::No, Vote::Abstain].map(number);
    if numbers.iter().sum::<usize>() == 0 {
        String::new()
    } else {
        numbers.map(|number| local.grouped(number)).join("–")
    }
}

/// Its code and its names in all languages.
fn also(iso3: Iso3, state: Option<&State>) -> String {
    let names = state.into_iter().flat_map(|state| &state.short_names).map(|(_, name)| name.as_str());
    std::iter::once(iso3.as_str()).chain(names).collect::<Vec<_>>().join(" ")
}
