//! What is told of a State or resolution beside its own records: on its page what the newest reports tell, and below it a
//! page for each part of the rest.
//!
//! Invariant: no such page grows with the archive. Reports fill the parts from the oldest on, so that a page once filled
//! stays as it is, at its address, whatever newer reports bring.

use super::listing::{RecordsView, by_report, note};
use super::overview::Overview;
use super::said::{Said, all_said, said};
use super::subject::{Head, Input, Local, Page, Subject, Subjects, address, fill, subjects};
use super::{resolutions, state};
use crate::index::{FactRef, RecordRef, ResolutionIndex, StateIndex};
use crate::model::citation::Symbol;
use crate::model::report::Report;
use crate::model::state::Iso3;
use crate::render::view::Link;
use crate::resolve::Corpus;
use serde::Serialize;
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// How many records that mention a State fill a page, some 20 kB.
const MENTIONS_A_PART: usize = 80;

/// The same for what records say that a State did, or States to a resolution, with the words of each: some 20 kB.
const SAID_A_PART: usize = 25;

/// What records tell of a State or resolution, beside its own.
#[derive(Clone, Copy)]
pub(super) enum Told<'a> {
    /// Records of others that mention a State.
    Mentioned(Iso3, &'a StateIndex),
    /// What records say that a State did.
    Said(Iso3, &'a StateIndex),
    /// What records say that States did to a resolution.
    SaidOf(&'a Symbol, &'a ResolutionIndex),
}

/// What a page leaves out of what is told.
#[derive(Default, Serialize)]
pub(super) struct LeftOut {
    /// How much is shown.
    note: String,
    /// The pages that have the rest.
    links: Vec<Link>,
}

/// The page of a part: what some reports, mostly one, tell.
struct Part<'a> {
    told: Told<'a>,
    reports: RangeInclusive<usize>,
    first: &'a Report,
    last: &'a Report,
}

/// The parts of all that is told.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    let Input { index, corpus, .. } = *input;
    let of_state = |(iso3, entry): (&Iso3, &'a StateIndex)| [Told::Mentioned(*iso3, entry), Told::Said(*iso3, entry)];
    let of_states = index.states.iter().flat_map(of_state);
    let all = of_states.chain(index.resolutions.iter().map(|(symbol, entry)| Told::SaidOf(symbol, entry)));
    subjects(all.flat_map(|told| told.parts(corpus)))
}

impl<'a> Told<'a> {
    /// The records, in archive order; one that tells several things stands there as often.
    fn records(self) -> Cow<'a, [RecordRef]> {
        match self {
            Self::Mentioned(_, entry) => Cow::Borrowed(&entry.mentioned_by),
            Self::Said(..) | Self::SaidOf(..) => Cow::Owned(self.facts().iter().map(|fact| fact.at).collect()),
        }
    }

    /// The facts that it is made of.
    fn facts(self) -> &'a [FactRef] {
        match self {
            Self::Mentioned(..) => &[],
            Self::Said(_, entry) => &entry.facts,
            Self::SaidOf(_, entry) => &entry.facts,
        }
    }

    /// The pages below that of the key.
    fn parts(self, corpus: &'a Corpus) -> Vec<Part<'a>> {
        let records = self.records();
        let groups: Vec<&[RecordRef]> = by_report(&records).collect();
        let n_lines = match self {
            Self::Mentioned(..) => MENTIONS_A_PART,
            Self::Said(..) | Self::SaidOf(..) => SAID_A_PART,
        };
        let mut rest = groups.as_slice();
        let part = |length: usize| {
            let (part, after) = rest.split_at(length);
            rest = after;
            let (first, last) = (part[0][0].report, part[length - 1][0].report);
            Part { told: self, reports: first..=last, first: &corpus.reports[first], last: &corpus.reports[last] }
        };
        filled(&groups, n_lines).into_iter().map(part).collect()
    }

    /// Those of `items` that the page of the key shows: all but those of reports that have pages of their own.
    pub(super) fn shown<T: Copy>(self, local: Local<'a>, items: &[T], report: impl Fn(&T) -> usize) -> Vec<T> {
        let last = self.parts(local.corpus()).last().map(|part| *part.reports.end());
        items.iter().filter(|item| last.is_none_or(|last| report(item) > last)).copied().collect()
    }

    /// What the page of the key leaves out, where it does.
    pub(super) fn left_out(self, local: Local<'a>) -> Option<LeftOut> {
        let (parts, records) = (self.parts(local.corpus()), self.records());
        let n_shown = self.shown(local, &records, |at| at.report).len();
        (!parts.is_empty()).then(|| LeftOut {
            note: note(local, n_shown, records.len()),
            links: parts.iter().map(|part| Link::new(part.address(), part.name(local))).collect(),
        })
    }

    /// The page of the key, and the list that it is in.
    fn link(self, local: Local<'_>) -> (Link, &'static Overview) {
        match self {
            Self::Mentioned(iso3, _) => {
                let words = fill(&local.words().state.mentioned, &[("state", &local.state_name(iso3))]);
                (Link::new(format!("{}#{}", address::state(iso3), address::MENTIONED), words), &state::LIST)
            }
            Self::Said(iso3, _) => (Link::new(address::state(iso3), local.state_name(iso3)), &state::LIST),
            Self::SaidOf(symbol, _) => (local.resolution(symbol), &resolutions::LIST),
        }
    }
}

impl Part<'_> {
    /// The first report and the last, if it has several.
    fn name(&self, local: Local<'_>) -> String {
        let first = local.report_name(self.first);
        match self.reports.start() == self.reports.end() {
            true => first,
            false => format!("{first} – {}", local.report_name(self.last)),
        }
    }

    fn has(&self, at: RecordRef) -> bool {
        self.reports.contains(&at.report)
    }

    fn view(&self, local: Local<'_>) -> RecordsView {
        if let Told::Mentioned(_, entry) = self.told {
            let records: Vec<RecordRef> = entry.mentioned_by.iter().filter(|at| self.has(**at)).copied().collect();
            let total = local.record_count(records.len());
            return RecordsView { total, mentioned: state::mentions(local, &records), ..RecordsView::default() };
        }
        let facts = self.told.facts().iter().filter(|fact| self.has(fact.at)).copied();
        let is_of_states = matches!(self.told, Told::SaidOf(..));
        let total = facts.clone().count().to_string();
        let said: Vec<Said> = match is_of_states {
            true => all_said(local, facts),
            false => facts.filter_map(|fact| said(local, fact)).collect(),
        };
        RecordsView { total, said, is_of_states, ..RecordsView::default() }
    }
}

impl Subject for Part<'_> {
    fn address(&self) -> String {
        match self.told {
            Told::Mentioned(iso3, _) => address::part(&address::state(iso3), "mentioned", &self.first.id),
            Told::Said(iso3, _) => address::part(&address::state(iso3), "said", &self.first.id),
            Told::SaidOf(symbol, _) => address::part(&address::resolution(symbol), "said", &self.first.id),
        }
    }

    fn page(&self, local: Local<'_>) -> Page {
        let (link, list) = self.told.link(local);
        let (name, words) = (self.name(local), &local.words().listing);
        let head = Head {
            title: fill(&words.part, &[("key", &link.label), ("report", &name)]),
            description: fill(&words.part_description, &[("key", &link.label), ("report", &name)]),
            trail: vec![list.link(local), link],
            ..Head::default()
        };
        Page::new("records.html", head, &self.view(local))
    }
}

/// How many reports fill each page with `n_lines` at least, from the oldest on. The last of these is no page of its own
/// where it fits with what is left.
fn filled(groups: &[&[RecordRef]], n_lines: usize) -> Vec<usize> {
    let (mut lengths, mut n_reports, mut n_filled, mut n_last) = (Vec::new(), 0, 0, 0);
    for group in groups {
        n_reports += 1;
        n_filled += group.len();
        if n_filled >= n_lines {
            lengths.push(std::mem::take(&mut n_reports));
            n_last = std::mem::take(&mut n_filled);
        }
    }
    if n_last + n_filled <= 2 * n_lines {
        lengths.pop();
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_are_filled_stay_as_they_are_whatever_newer_reports_bring() {
        let parts = |lengths: &[usize]| {
            let of = |(report, length): (usize, &usize)| (0..*length).map(move |record| RecordRef { report, record });
            let records: Vec<RecordRef> = lengths.iter().enumerate().flat_map(of).collect();
            filled(&by_report(&records).collect::<Vec<_>>(), 10)
        };
        assert!(parts(&[]).is_empty() && parts(&[9]).is_empty() && parts(&[20]).is_empty());
        assert!(parts(&[6, 6, 8]).is_empty());
        assert_eq!(parts(&[6, 6, 9]), [2]);
        assert_eq!(parts(&[6, 6, 9, 1, 9]), [2]);
        assert_eq!(parts(&[6, 6, 9, 1, 9, 9, 9]), [2, 2, 2]);
        assert_eq!((parts(&[30]), parts(&[30, 6])), (vec![1], vec![1]));
    }
}
