//! Who ever voted against the resolutions of a series or abstained, and how in each year: a grid of States and resolutions.
//!
//! Absence is no vote: a State that was only ever absent is left out.

use super::super::site::Local;
use super::super::view::Link;
use super::resolution::vote_word;
use crate::index::ResolutionIndex;
use crate::model::citation::Symbol;
use crate::model::reference::Vote;
use crate::model::state::Iso3;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use tera::Value;

/// The grid of a series.
#[derive(Serialize)]
pub(super) struct Dissent {
    /// The name of the series.
    name: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
}

/// A resolution of the series.
#[derive(Serialize)]
struct Column {
    link: Link,
    /// The year of its adoption.
    year: String,
    /// Whether it is that of the page.
    is_here: bool,
}

/// A State and its votes.
#[derive(Serialize)]
struct Row {
    state: Value,
    votes: Vec<Cell>,
}

/// A vote; empty where none is known.
#[derive(Serialize)]
struct Cell {
    words: String,
    /// What it is called in the style sheet.
    kind: &'static str,
}

/// The grid of the series that the resolution `symbol` belongs to; none where nobody's vote is known to have been other
/// than in favour.
pub(super) fn of_series(local: Local<'_>, symbol: &Symbol) -> Option<Dissent> {
    let series = local.site.input.config.series.iter().find(|series| series.symbols.contains(&symbol.0))?;
    let symbols: Vec<Symbol> = series.symbols.iter().map(|symbol| Symbol(symbol.clone())).collect();
    let votes: Vec<BTreeMap<Iso3, Vote>> = symbols.iter().map(|symbol| votes_on(local, symbol)).collect();
    let all = votes.iter().flatten();
    let dissenting = local.in_order(all.filter(|(_, vote)| is_dissent(**vote)).map(|(state, _)| *state));
    let count = |state: Iso3, kind: Vote| votes.iter().filter(|votes| votes.get(&state) == Some(&kind)).count();
    let mut states = dissenting;
    states.sort_by_key(|state| Reverse((count(*state, Vote::No), count(*state, Vote::Abstain))));
    let row = |state: &Iso3| Row {
        state: local.state(*state),
        votes: votes.iter().map(|votes| cell(local, votes.get(state).copied())).collect(),
    };
    (!states.is_empty()).then(|| Dissent {
        name: local.text(&series.name).to_owned(),
        columns: symbols.iter().map(|other| column(local, other, symbol)).collect(),
        rows: states.iter().map(row).collect(),
    })
}

fn is_dissent(vote: Vote) -> bool {
    matches!(vote, Vote::No | Vote::Abstain)
}

fn votes_on(local: Local<'_>, symbol: &Symbol) -> BTreeMap<Iso3, Vote> {
    let rows = local.index().resolution(symbol).map(|entry| entry.votes.as_slice()).unwrap_or_default();
    let rows = rows.iter().filter_map(|row| local.corpus().reference.votes.get(*row));
    rows.map(|row| (row.iso3, row.vote)).collect()
}

fn column(local: Local<'_>, symbol: &Symbol, here: &Symbol) -> Column {
    let row = local.index().resolution(symbol).and_then(|entry: &ResolutionIndex| entry.row);
    let row = row.and_then(|row| local.corpus().reference.resolutions.get(row));
    let year = row.and_then(|row| row.adoption_date.as_ref()?.years().next());
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    Column { link: local.resolution(symbol), year, is_here: symbol == here }
}

fn cell(local: Local<'_>, vote: Option<Vote>) -> Cell {
    let words = vote.map(|vote| vote_word(local, vote)).unwrap_or_default();
    let kind = match vote {
        Some(Vote::No) => "against",
        Some(Vote::Abstain) => "abstaining",
        Some(Vote::Yes | Vote::NotRecorded) | None => "other",
    };
    Cell { words, kind }
}
