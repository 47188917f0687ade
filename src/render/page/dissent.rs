//! Who ever voted against the resolutions of a series or abstained, and how in each year: a grid of States and resolutions.
//!
//! Absence is no vote: a State that was only ever absent is left out.

use super::super::site::Local;
use super::super::view::Link;
use super::said::vote_word;
use crate::config::ResolutionSeries;
use crate::model::citation::Symbol;
use crate::model::reference::{Resolution, Vote};
use crate::model::state::Iso3;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use tera::Value;

/// Most resolutions of a series beside each other: the newest.
const MAX_COLUMNS: usize = 12;

/// The grid as it stands on the page of a resolution.
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

/// The votes of those who ever dissented from the resolutions of a series.
pub(super) struct Grid {
    /// The resolutions, the oldest first.
    pub(super) symbols: Vec<Symbol>,
    /// The States with their votes on each, those who voted against most often first.
    pub(super) rows: Vec<(Iso3, Vec<Option<Vote>>)>,
}

/// The grid of a series.
pub(super) fn grid(local: Local<'_>, series: &ResolutionSeries) -> Grid {
    let first = series.symbols.len().saturating_sub(MAX_COLUMNS);
    let symbols: Vec<Symbol> = series.symbols.iter().skip(first).map(|symbol| Symbol(symbol.clone())).collect();
    let votes: Vec<BTreeMap<Iso3, Vote>> = symbols.iter().map(|symbol| votes_on(local, symbol)).collect();
    let all = votes.iter().flatten();
    let mut states = local.in_order(all.filter(|(_, vote)| is_dissent(**vote)).map(|(state, _)| *state));
    let count = |state: Iso3, kind: Vote| votes.iter().filter(|votes| votes.get(&state) == Some(&kind)).count();
    states.sort_by_key(|state| Reverse((count(*state, Vote::No), count(*state, Vote::Abstain))));
    let row = |state: Iso3| (state, votes.iter().map(|votes| votes.get(&state).copied()).collect());
    Grid { rows: states.into_iter().map(row).collect(), symbols }
}

/// The grid of the series that the resolution `symbol` belongs to; none where nobody's vote is known to have been other
/// than in favour.
pub(super) fn of_series(local: Local<'_>, symbol: &Symbol) -> Option<Dissent> {
    let series = local.site.input.config.series.iter().find(|series| series.symbols.contains(&symbol.0))?;
    let grid = grid(local, series);
    let row = |(state, votes): &(Iso3, Vec<Option<Vote>>)| Row {
        state: local.state(*state),
        votes: votes.iter().map(|vote| cell(local, *vote)).collect(),
    };
    (!grid.rows.is_empty()).then(|| Dissent {
        name: local.text(&series.name).to_owned(),
        columns: grid.symbols.iter().map(|other| column(local, other, symbol)).collect(),
        rows: grid.rows.iter().map(row).collect(),
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

/// Its row in the table of resolutions.
pub(super) fn in_table<'a>(local: Local<'a>, symbol: &Symbol) -> Option<&'a Resolution> {
    let row = local.index().resolution(symbol)?.row?;
    local.corpus().reference.resolutions.get(row)
}

/// The year of its adoption, where that is known.
pub(super) fn year_of(local: Local<'_>, symbol: &Symbol) -> Option<String> {
    let year = in_table(local, symbol)?.adoption_date.as_ref()?.years().next()?;
    Some(year.to_string())
}

fn column(local: Local<'_>, symbol: &Symbol, here: &Symbol) -> Column {
    let year = year_of(local, symbol).unwrap_or_default();
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
