//! What records say that States did, beside the table of votes: who sponsored a resolution, who voted how, who ratified.

use super::super::json::word;
use super::super::site::Local;
use super::super::view::Link;
use crate::index::FactRef;
use crate::model::fact::{Fact, FactKind};
use crate::model::reference::Vote;
use serde::Serialize;
use tera::Value;

/// What a record says States did, beside the table of votes.
#[derive(Serialize)]
pub(super) struct Said {
    /// The States of which it says the same in the same words.
    pub(super) states: Vec<Value>,
    /// The resolution.
    pub(super) resolution: Option<Link>,
    /// What it did.
    pub(super) act: String,
    /// When.
    pub(super) date: Option<String>,
    /// The words that say it, and their language.
    pub(super) words: String,
    /// Their language.
    pub(super) lang: String,
    /// The record.
    pub(super) record: Value,
    /// What the table of votes says to it.
    pub(super) table: Option<String>,
    /// Whether the table contradicts it.
    pub(super) differs: bool,
}

/// What records say, States together of which a record says the same.
pub(super) fn all_said(local: Local<'_>, facts: impl IntoIterator<Item = FactRef>) -> Vec<Said> {
    let mut all: Vec<(FactRef, Said)> = Vec::new();
    for (reference, next) in facts.into_iter().filter_map(|fact| Some((fact, said(local, fact)?))) {
        match all.iter_mut().find(|(other, said)| other.at == reference.at && said.is_like(&next)) {
            Some((_, said)) => said.states.extend(next.states),
            None => all.push((reference, next)),
        }
    }
    all.into_iter().map(|(_, said)| said).collect()
}

impl Said {
    /// Whether it says the same of another State.
    fn is_like(&self, other: &Self) -> bool {
        let of = |said: &Self| (said.act.clone(), said.date.clone(), said.words.clone(), said.table.clone());
        let resolution = |said: &Self| said.resolution.as_ref().map(|link| link.path.clone());
        of(self) == of(other) && resolution(self) == resolution(other)
    }
}

/// What a record says a State did.
pub(super) fn said(local: Local<'_>, reference: FactRef) -> Option<Said> {
    let fact = reference.get(local.corpus())?;
    let report = reference.at.get(local.corpus())?.0;
    let (table, differs) = beside_table(local, fact);
    Some(Said {
        states: vec![local.state(fact.state)],
        resolution: fact.resolution.as_ref().map(|symbol| local.resolution(symbol)),
        act: act(local, fact.kind),
        date: fact.date.as_ref().map(|date| local.date(date)),
        words: fact.words.to_string(),
        lang: report.language.clone(),
        record: local.record(reference.at),
        table,
        differs,
    })
}

fn act(local: Local<'_>, kind: FactKind) -> String {
    local.words().resolution.fact[&word(&kind)].clone()
}

/// What the table of votes says to a fact, in words, and whether it contradicts it.
fn beside_table(local: Local<'_>, fact: &Fact) -> (Option<String>, bool) {
    let expected = match fact.kind {
        FactKind::VotedFor => Vote::Yes,
        FactKind::VotedAgainst => Vote::No,
        FactKind::Abstained => Vote::Abstain,
        _ => return (None, false),
    };
    let words = &local.words().resolution;
    match recorded_vote(local, fact) {
        None => (Some(words.no_row.clone()), false),
        Some(vote) if vote == expected => (Some(words.agrees.clone()), false),
        Some(vote) => (Some(format!("{}{}{}", words.differs, local.words().site.colon, vote_word(local, vote))), true),
    }
}

fn recorded_vote(local: Local<'_>, fact: &Fact) -> Option<Vote> {
    let entry = local.index().resolution(fact.resolution.as_ref()?)?;
    let mut rows = entry.votes.iter().filter_map(|row| local.corpus().reference.votes.get(*row));
    rows.find(|row| row.iso3 == fact.state).map(|row| row.vote)
}

/// A vote in words.
pub(super) fn vote_word(local: Local<'_>, vote: Vote) -> String {
    local.words().resolution.vote[vote.name()].clone()
}
