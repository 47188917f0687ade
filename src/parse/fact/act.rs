//! Facts said with a verb: voted, sponsored, hosted, contributed.
//!
//! Input: a sentence with its States and citations. Output: facts. Invariant: a fact's State is named in the sentence.
//!
//! 1. The phrase must stand outside quotations and titles, and its neighbours must not make it no deed done.
//! 2. The States before it in its clause, nearest first, are its subject, unless they are a place or a partner.
//! 3. A clause that names none takes the State that begins an earlier clause of the sentence.

use super::FactInput;
use super::clause::Sentence;
use super::finder::Found;
use super::phrase::{Act, Phrases, Resolutions};
use crate::base::language::is_unspaced;
use crate::base::limits::MAX_SENTENCE_FACTS;
use crate::base::unique::unique;
use crate::model::citation::{Citation, CitationKind, Symbol};
use crate::model::edtf::Edtf;
use crate::model::fact::{Fact, FactKind};
use crate::model::state::{Iso3, Mention};
use std::ops::Range;
use std::sync::Arc;

/// The facts a sentence says with one of the verbs that were `found` in it, or as many of them as show that they are too many.
pub(super) fn acts(input: &FactInput<'_>, phrases: &Phrases, sentence: &Sentence, found: &Found) -> Vec<Fact> {
    let mut facts = Vec::new();
    for of_act in found.acts.chunk_by(|one, next| one.0 == next.0) {
        let Some(act) = of_act.first().and_then(|(act, _)| phrases.acts.get(*act)) else { continue };
        let of_act = of_act.iter().map(|(_, place)| place.clone());
        for place in places(input.text, act, sentence, of_act) {
            let clause = Clause { input, phrases, sentence, found, act, place };
            facts.extend(clause.facts().into_iter().flatten());
            if facts.len() > MAX_SENTENCE_FACTS {
                return facts;
            }
        }
    }
    facts
}

/// Of the places in the sentence where phrases of `act` were `found`, those that count. A phrase inside a longer one is
/// not counted again.
fn places(text: &str, act: &Act, sentence: &Sentence, found: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let words = &text[sentence.range.clone()];
    if !act.needs.is_empty() && !act.needs.iter().any(|need| words.contains(need.as_str())) {
        return Vec::new();
    }
    let mut places: Vec<Range<usize>> = found
        .map(|place| sentence.range.start + place.start..sentence.range.start + place.end)
        .filter(|place| !sentence.is_quoted(place.start))
        .collect();
    places.dedup_by(|inner, outer| inner.start < outer.end);
    places.retain(|place| stands_free(text, place, act));
    places
}

fn stands_free(text: &str, place: &Range<usize>, act: &Act) -> bool {
    let before = &text[..place.start];
    let after = &text[place.end..];
    let is_letter = |character: char| character.is_ascii_alphabetic();
    let runs_on = before.ends_with(is_letter) || after.starts_with(is_letter);
    let forbidden = act.not_after.iter().any(|word| before.ends_with(word.as_str()))
        || act.not_before.iter().any(|word| after.starts_with(word.as_str()));
    !runs_on && !forbidden
}

/// A phrase in its sentence.
struct Clause<'a> {
    input: &'a FactInput<'a>,
    phrases: &'a Phrases,
    sentence: &'a Sentence,
    found: &'a Found,
    act: &'a Act,
    place: Range<usize>,
}

impl Clause<'_> {
    fn facts(&self) -> Option<Vec<Fact>> {
        let subject = self.subject()?;
        if self.is_blocked(&subject) || self.is_other_voter(&subject) {
            return None;
        }
        let citations = self.citations();
        let words = self.words(&subject, &citations);
        let resolutions = unique(citations.iter().map(|citation| Some(&citation.symbol)));
        let resolutions = if resolutions.is_empty() { vec![None] } else { resolutions };
        let states = unique(subject.iter().map(|mention| mention.state));
        let date = self.date();
        let fact = |state: Iso3, resolution: Option<&Symbol>| Fact {
            kind: self.act.kind,
            state,
            resolution: resolution.cloned(),
            date: date.clone(),
            footnote: self.input.footnote.map(str::to_owned),
            words: words.clone(),
        };
        let pairs = states.iter().flat_map(|state| resolutions.iter().map(move |resolution| (*state, *resolution)));
        Some(pairs.take(MAX_SENTENCE_FACTS + 1).map(|(state, resolution)| fact(state, resolution)).collect())
    }

    /// The States that act.
    fn subject(&self) -> Option<Vec<Mention>> {
        let idx = self.sentence.clause_at(self.place.start)?;
        let clause = self.sentence.clauses.get(idx)?;
        let own = self.groups(&(clause.start..self.place.start));
        if let Some(group) = own.into_iter().rev().find(|group| self.may_act(group)) {
            return Some(self.with_list_before(group));
        }
        let earlier = self.sentence.clauses.get(..idx).filter(|_| !self.act.same_clause)?;
        earlier.iter().rev().find_map(|clause| self.initial_group(clause))
    }

    /// A group that ends a list, with the States of that list which commas put into clauses of their own: Austria, Denmark
    /// and Norway.
    fn with_list_before(&self, group: Vec<Mention>) -> Vec<Mention> {
        if group.len() < 2 {
            return group;
        }
        let mentions = self.input.mentions;
        let end = mentions.partition_point(|mention| mention.range.start < group[0].range.start);
        let joined = mentions[..=end].windows(2).rev().take_while(|pair| self.joins(&pair[..1], &pair[1])).count();
        let list = [&mentions[end - joined..end], &group].concat();
        if self.may_act(&list) { list } else { group }
    }

    /// The States a clause begins with, if it begins with States.
    fn initial_group(&self, clause: &Range<usize>) -> Option<Vec<Mention>> {
        let group = self.groups(clause).into_iter().next()?;
        let start = group.first()?.range.start;
        let lead = self.input.text.get(clause.start..start)?;
        (self.is_lead(lead) && self.may_act(&group)).then_some(group)
    }

    /// Whether words before a State leave it the first of its clause: none, a date, or an opening (`此外`).
    fn is_lead(&self, lead: &str) -> bool {
        let mut lead = lead.trim_start();
        while !lead.is_empty() {
            let opening = self.phrases.openings.iter().find_map(|opening| lead.strip_prefix(opening.as_str()));
            let date = || (self.input.read_date)(lead).and_then(|(length, _)| lead.get(length..));
            let Some(rest) = opening.or_else(date).filter(|rest| rest.len() < lead.len()) else { return false };
            lead = rest.trim_start();
        }
        true
    }

    /// The States of a stretch of text, those joined by `和` and the like together.
    fn groups(&self, range: &Range<usize>) -> Vec<Vec<Mention>> {
        let inside = |mention: &&Mention| mention.range.start >= range.start && mention.range.end <= range.end;
        let mut groups: Vec<Vec<Mention>> = Vec::new();
        for mention in self.input.mentions.iter().filter(inside) {
            if self.sentence.is_sheltered(mention.range.start) {
                continue;
            }
            match groups.last_mut().filter(|group| self.joins(group, mention)) {
                Some(group) => group.push(mention.clone()),
                None => groups.push(vec![mention.clone()]),
            }
        }
        groups
    }

    fn joins(&self, group: &[Mention], mention: &Mention) -> bool {
        let Some(last) = group.last() else { return false };
        let between = &self.input.text[last.range.end..mention.range.start];
        self.phrases.joiners.iter().any(|joiner| joiner == between)
    }

    /// Whether a group stands where a subject stands, not as a place, a partner or an owner.
    fn may_act(&self, group: &[Mention]) -> bool {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return false };
        let before = &self.input.text[..first.range.start];
        let after = &self.input.text[last.range.end..];
        !self.phrases.not_subject_after.iter().any(|word| before.ends_with(word.as_str()))
            && !self.phrases.not_subject_before.iter().any(|word| after.starts_with(word.as_str()))
    }

    /// Whether the words between the subject and the phrase, in the clause of the phrase, make it another's deed.
    fn is_blocked(&self, subject: &[Mention]) -> bool {
        let clause = self.sentence.clause_at(self.place.start).map(|idx| self.sentence.clauses[idx].start);
        let after_subject = subject.last().map(|mention| mention.range.end);
        let start = clause.into_iter().chain(after_subject).max().unwrap_or(self.place.start);
        let between = &self.input.text[start..self.place.start];
        self.act.blockers.iter().any(|blocker| {
            between.match_indices(blocker.as_str()).any(|(offset, _)| !self.sentence.is_quoted(start + offset))
        })
    }

    /// Whether this is a vote of another State than the record's own: only its own word is taken for a vote.
    fn is_other_voter(&self, subject: &[Mention]) -> bool {
        let is_vote = matches!(self.act.kind, FactKind::VotedFor | FactKind::VotedAgainst | FactKind::Abstained);
        let own = self.input.own.filter(|_| is_vote);
        own.is_some_and(|own| !subject.iter().any(|mention| mention.state == own))
    }

    /// The resolutions the act is about.
    fn citations(&self) -> Vec<&Citation> {
        let inside = |citation: &&Citation| {
            citation.kind == CitationKind::Resolution
                && self.sentence.range.contains(&citation.range.start)
                && self.act.resolutions != Resolutions::None
        };
        let all = self.input.citations.iter().filter(inside);
        let (before, after): (Vec<_>, Vec<_>) = all.partition(|citation| citation.range.start < self.place.start);
        match after.first().filter(|_| self.act.resolutions == Resolutions::After) {
            Some(first) => {
                let end = self.next_deed(first.range.end);
                after.into_iter().filter(|citation| citation.range.start < end).collect()
            }
            None => self.nearest_before(before),
        }
    }

    /// Where behind `from` the sentence says another deed about resolutions, or another vote: `… and against resolution 60/65`.
    fn next_deed(&self, from: usize) -> usize {
        let text = &self.input.text[..self.sentence.range.end];
        let is_about = |act: usize| self.phrases.acts.get(act).is_some_and(|act| act.resolutions != Resolutions::None);
        let deeds = self.found.acts.iter().filter(|(act, _)| is_about(*act));
        let deeds = deeds.map(|(_, place)| self.sentence.range.start + place.start);
        let is_letter = |character: char| character.is_alphabetic() && !is_unspaced(character);
        let is_whole = |place: &Range<usize>| {
            !text[..place.start].ends_with(is_letter) && !text[place.end..].starts_with(is_letter)
        };
        let votes = self.phrases.tallies.words_of_other_votes(self.act.kind).flat_map(|word| {
            text[from..].match_indices(word).map(|(at, word)| from + at..from + at + word.len()).filter(is_whole)
        });
        let starts = deeds.chain(votes.map(|place| place.start));
        starts.filter(|at| *at >= from && !self.sentence.is_quoted(*at)).min().unwrap_or(text.len())
    }

    /// Of the citations before the phrase, those of its clause; else the last one, which `该决议` then means.
    fn nearest_before<'b>(&self, before: Vec<&'b Citation>) -> Vec<&'b Citation> {
        let clause = self.sentence.clause_at(self.place.start);
        let of_clause = |citation: &&&Citation| self.sentence.clause_at(citation.range.start) == clause;
        let own: Vec<&Citation> = before.iter().filter(of_clause).copied().collect();
        if own.is_empty() { before.last().copied().into_iter().collect() } else { own }
    }

    /// The day of what was hosted or received, if the clause of the phrase names one and no other.
    fn date(&self) -> Option<Edtf> {
        if !matches!(self.act.kind, FactKind::Hosted | FactKind::Received) {
            return None;
        }
        let clause = self.sentence.clauses.get(self.sentence.clause_at(self.place.start)?)?;
        let dates = super::dates_in(self.input, clause, self.sentence);
        let [date] = dates.as_slice() else { return None };
        Some(date.clone())
    }

    /// The clauses from the subject to the phrase and the last resolution.
    fn words(&self, subject: &[Mention], citations: &[&Citation]) -> Arc<str> {
        let first = subject.first().map_or(self.place.start, |mention| mention.range.start).min(self.place.start);
        let last = citations.iter().map(|citation| citation.range.start).max().unwrap_or(0).max(self.place.start);
        let clause = |at: usize| self.sentence.clause_at(at).and_then(|idx| self.sentence.clauses.get(idx));
        let start = clause(first).map_or(first, |clause| clause.start);
        let end = clause(last).map_or(self.place.end, |clause| clause.end);
        super::trim_words(&self.input.text[start..end])
    }
}
