//! Works that the archive has in several languages (FRBR's works and expressions): which records are one.
//!
//! Input: the reports. Output: [`Works`], and identifiers that are the same in every language. Two records are paired by
//! what needs no language: number, section, State, dates, symbols, figures, States named; order comes last, as States
//! stand in each language's alphabet. Invariants: nothing is paired twice; what has no partner stays a record of its own;
//! a pair that little speaks for says so.

mod difference;
mod evidence;

pub use difference::{Difference, Field};

use super::identifier::Place;
use super::{Corpus, RecordRef};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place as DiagnosticPlace};
use crate::base::span::Span;
use crate::model::record::{Record, RecordId, SectionCode};
use crate::model::report::Report;
use crate::model::state::Iso3;
use evidence::{Evidence, Likeness};
use hashbrown::HashSet;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most pairs of records that are compared within one group; beyond that, only records at about the same place are.
const MAX_COMPARED: usize = 250_000;

/// A record of an expression in another language that is one of the work's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// The record of the work, as its report has it.
    pub record: RecordRef,
    /// Whether little speaks for it.
    pub is_doubtful: bool,
    /// Where the two say different things.
    pub differences: Vec<Difference>,
}

/// The works of an archive and their expressions.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Works {
    /// The positions of a work's other expressions, by the position of the report that gives its records their places.
    expressions: BTreeMap<usize, Vec<usize>>,
    /// That position, by those.
    works: BTreeMap<usize, usize>,
    /// The records of other expressions that are records of their work.
    pairs: BTreeMap<RecordRef, Pair>,
    /// The records of other expressions, by the record of the work that they are.
    versions: BTreeMap<RecordRef, Vec<RecordRef>>,
}

impl Works {
    /// Whether the archive has any work in several languages.
    #[must_use]
    pub fn are_any(&self) -> bool {
        !self.works.is_empty()
    }

    /// The positions of the other expressions of the work that the report at `position` belongs to, that report first.
    #[must_use]
    pub fn expressions(&self, position: usize) -> Vec<usize> {
        let work = self.work(position);
        let others = self.expressions.get(&work).map(Vec::as_slice).unwrap_or_default();
        std::iter::once(work).chain(others.iter().copied()).collect()
    }

    /// The position of the report that gives the records of the work their places: for most the report itself.
    #[must_use]
    pub fn work(&self, position: usize) -> usize {
        self.works.get(&position).copied().unwrap_or(position)
    }

    /// Whether the report at `position` is another expression of a work.
    #[must_use]
    pub fn is_other_expression(&self, position: usize) -> bool {
        self.works.contains_key(&position)
    }

    /// What the record of another expression is paired with; none for a record of its own.
    #[must_use]
    pub fn pair(&self, at: RecordRef) -> Option<&Pair> {
        self.pairs.get(&at)
    }

    /// The record in the work's other expressions, in the order of their languages.
    #[must_use]
    pub fn versions(&self, at: RecordRef) -> &[RecordRef] {
        self.versions.get(&at).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Pairs the records of every expression with those of its work, gives them their identifiers, and notes what differs.
#[must_use]
pub fn works(reports: &mut [Arc<Report>]) -> (Works, Vec<Diagnostic>) {
    let by_id: BTreeMap<&str, usize> =
        reports.iter().enumerate().map(|(position, report)| (report.id.0.as_str(), position)).collect();
    let others = reports.iter().enumerate().filter(|(_, report)| report.id.is_other_expression());
    let members: Vec<(usize, usize)> =
        others.filter_map(|(position, report)| Some((*by_id.get(report.id.work())?, position))).collect();
    let paired: Vec<Vec<Option<Paired>>> = members
        .par_iter()
        .map(|(work, other)| match (reports.get(*work), reports.get(*other)) {
            (Some(work), Some(other)) => pairs(work, other),
            _ => Vec::new(),
        })
        .collect();
    let (mut works, mut diagnostics) = (Works::default(), Vec::new());
    for ((work, other), paired) in members.into_iter().zip(paired) {
        works.works.insert(other, work);
        works.expressions.entry(work).or_default().push(other);
        works.add(reports, work, other, &paired);
        diagnostics.extend(remark(reports, other, &works));
    }
    identify(reports, &works);
    (works, diagnostics)
}

impl Works {
    fn add(&mut self, reports: &[Arc<Report>], work: usize, other: usize, paired: &[Option<Paired>]) {
        for (number, paired) in paired.iter().enumerate() {
            let Some(Paired { record, is_doubtful }) = *paired else { continue };
            let (record, at) = (RecordRef { report: work, record }, RecordRef { report: other, record: number });
            let both = reports.get(work).and_then(|report| report.records.get(record.record));
            let both = both.zip(reports.get(other).and_then(|report| report.records.get(number)));
            let differences = both.map(|(record, version)| difference::differences(record, version));
            let differences = differences.unwrap_or_default();
            self.pairs.insert(at, Pair { record, is_doubtful, differences });
            self.versions.entry(record).or_default().push(at);
        }
    }
}

/// A note on what the expression at `other` has that its work has not, and the other way round.
fn remark(reports: &[Arc<Report>], other: usize, works: &Works) -> Option<Diagnostic> {
    let report = reports.get(other)?;
    let all = (0..report.records.len()).map(|record| RecordRef { report: other, record });
    let (mut unpaired, mut doubtful, mut different) = (0, 0, 0);
    for at in all {
        match works.pair(at) {
            None => unpaired += 1,
            Some(pair) => {
                doubtful += usize::from(pair.is_doubtful);
                different += usize::from(!pair.differences.is_empty());
            }
        }
    }
    let work = reports.get(works.work(other))?;
    let missing = (work.records.len() + unpaired).saturating_sub(report.records.len());
    let counts = [
        (different, "with another date, State or symbol"),
        (unpaired, "only here"),
        (missing, "only there"),
        (doubtful, "paired on little evidence"),
    ];
    let told: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if told.is_empty() {
        return None;
    }
    let message = format!("records that differ from those of `{}`: {}", work.id, told.join(", "));
    let place = DiagnosticPlace::InSource(report.source, Span::default());
    let note = Diagnostic::note(code::EXPRESSIONS_DIFFER, message).at(place);
    Some(note.hint("the page of this text lists them, and so does data/expressions.csv"))
}

/// Gives paired records the identifier of their partner, and the others one that no record of the work has.
fn identify(reports: &mut [Arc<Report>], works: &Works) {
    let mut taken: BTreeMap<usize, HashSet<RecordId>> = BTreeMap::new();
    for (other, work) in &works.works {
        let Some(of_work) = reports.get(*work) else { continue };
        let taken =
            taken.entry(*work).or_insert_with(|| of_work.records.iter().map(|record| record.id.clone()).collect());
        let Some(report) = reports.get(*other) else { continue };
        let ids: Vec<RecordId> = (report.records.iter().enumerate())
            .map(|(number, record)| {
                let pair = works.pair(RecordRef { report: *other, record: number });
                let partner = pair.and_then(|pair| of_work.records.get(pair.record.record));
                partner.map_or_else(|| free(record, report.id.work(), taken), |partner| partner.id.clone())
            })
            .collect();
        if report.records.iter().zip(&ids).all(|(record, id)| record.id == *id) {
            continue;
        }
        let Some(report) = reports.get_mut(*other) else { continue };
        for (record, id) in Arc::make_mut(report).records.iter_mut().zip(ids) {
            record.id = id;
        }
    }
}

/// The first identifier at the record's place that is not in `taken`, which then has it.
fn free(record: &Record, work: &str, taken: &mut HashSet<RecordId>) -> RecordId {
    let place = Place::of(record);
    let mut n = 1;
    loop {
        let id = place.identifier(work, n);
        if taken.insert(id.clone()) {
            return id;
        }
        n += 1;
    }
}

/// The record of the work that one of another expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Paired {
    record: usize,
    is_doubtful: bool,
}

/// For every record of `other` the record of `work` that it is, if one is.
fn pairs(work: &Report, other: &Report) -> Vec<Option<Paired>> {
    let mut pairing = Pairing {
        of_work: work.records.iter().map(Evidence::of).collect(),
        of_other: other.records.iter().map(Evidence::of).collect(),
        pairs: vec![None; other.records.len()],
    };
    for (of_work, of_other) in groups(work, other, Place::of) {
        pairing.at_one_place(&of_work, &of_other);
    }
    // A State or number may be lost or misread in one language.
    let taken: HashSet<usize> = pairing.pairs.iter().flatten().map(|paired| paired.record).collect();
    for (of_work, of_other) in groups(work, other, surroundings) {
        let of_work: Vec<usize> = of_work.into_iter().filter(|record| !taken.contains(record)).collect();
        let of_other: Vec<usize> =
            of_other.into_iter().filter(|record| pairing.pairs.get(*record) == Some(&None)).collect();
        pairing.by_evidence(&of_work, &of_other, |likeness| likeness.is_strong(), true);
    }
    pairing.pairs
}

/// The records of both reports that share a key.
fn groups<Key: Ord>(work: &Report, other: &Report, key: impl Fn(&Record) -> Key) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut groups: BTreeMap<Key, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (number, record) in work.records.iter().enumerate() {
        groups.entry(key(record)).or_default().0.push(number);
    }
    for (number, record) in other.records.iter().enumerate() {
        groups.entry(key(record)).or_default().1.push(number);
    }
    groups.into_values().filter(|(of_work, of_other)| !of_work.is_empty() && !of_other.is_empty()).collect()
}

/// The section of a row, the State of a reply: what is left of a place when State or number are lost.
fn surroundings(record: &Record) -> (Option<SectionCode>, Option<Option<Iso3>>) {
    match Place::of(record) {
        Place::Row(section, _) => (Some(section), None),
        Place::Paragraph(reply, _) => (None, reply),
    }
}

struct Pairing<'a> {
    of_work: Vec<Evidence<'a>>,
    of_other: Vec<Evidence<'a>>,
    pairs: Vec<Option<Paired>>,
}

impl Pairing<'_> {
    /// Pairs records that stand at one place of the document: one by one, or by what they say.
    fn at_one_place(&mut self, of_work: &[usize], of_other: &[usize]) {
        let in_order: Vec<(usize, usize)> = of_work.iter().copied().zip(of_other.iter().copied()).collect();
        let contradict =
            |pairing: &Self, (record, version): (usize, usize)| pairing.likeness(record, version).is_none();
        let is_in_order = of_work.len() == of_other.len()
            && !in_order.iter().any(|pair| contradict(self, *pair))
            && !in_order.iter().any(|pair| self.has_better(*pair, of_other));
        if is_in_order || (of_work.len(), of_other.len()) == (1, 1) {
            for (record, version) in in_order {
                self.pair(record, version, !is_in_order);
            }
            return;
        }
        self.by_evidence(of_work, of_other, |likeness| likeness.is_any(), of_work.len() != of_other.len());
        // What nothing tells apart stands in one order in all languages.
        let taken: HashSet<usize> = self.pairs.iter().flatten().map(|paired| paired.record).collect();
        let records: Vec<usize> = of_work.iter().copied().filter(|record| !taken.contains(record)).collect();
        let versions: Vec<usize> =
            of_other.iter().copied().filter(|version| self.pairs.get(*version) == Some(&None)).collect();
        if records.len() == versions.len() {
            for (record, version) in records.into_iter().zip(versions) {
                self.pair(record, version, true);
            }
        }
    }

    /// Whether little speaks for a pair, and much for the record with another of `of_other`. In a group too long to compare
    /// nothing is looked at.
    fn has_better(&self, (record, version): (usize, usize), of_other: &[usize]) -> bool {
        let is_strong = |other: usize| self.likeness(record, other).is_some_and(|likeness| likeness.is_strong());
        let is_compared = of_other.len() * of_other.len() <= MAX_COMPARED;
        is_compared && !is_strong(version) && of_other.iter().any(|other| is_strong(*other))
    }

    /// Pairs what is most alike first; of equals, what stands at the same place of the group. `is_doubted` tells whether
    /// a pair that is less than strong is doubtful.
    fn by_evidence(
        &mut self,
        of_work: &[usize],
        of_other: &[usize],
        is_enough: impl Fn(&Likeness) -> bool,
        is_doubted: bool,
    ) {
        let longer = of_work.len().max(of_other.len());
        let reach = (MAX_COMPARED / longer.max(1)).max(1);
        let mut candidates = Vec::new();
        for (place, record) in of_work.iter().enumerate() {
            let near = place.saturating_sub(reach)..(place + reach).min(of_other.len());
            for (other_place, version) in of_other.iter().enumerate().take(near.end).skip(near.start) {
                let likeness = self.likeness(*record, *version).filter(&is_enough);
                candidates.extend(
                    likeness
                        .map(|likeness| (std::cmp::Reverse(likeness), place.abs_diff(other_place), *record, *version)),
                );
            }
        }
        candidates.sort_unstable();
        let mut taken = HashSet::new();
        for (likeness, _, record, version) in candidates {
            let is_free = self.pairs.get(version) == Some(&None);
            if is_free && taken.insert(record) {
                self.pair(record, version, is_doubted && !likeness.0.is_strong());
            }
        }
    }

    fn likeness(&self, record: usize, version: usize) -> Option<Likeness> {
        self.of_work.get(record)?.likeness(self.of_other.get(version)?)
    }

    fn pair(&mut self, record: usize, version: usize, is_doubtful: bool) {
        if let Some(pair) = self.pairs.get_mut(version) {
            *pair = Some(Paired { record, is_doubtful });
        }
    }
}

impl Corpus {
    /// Every work, as the report that gives its records their places, with the position of that.
    pub fn works(&self) -> impl Iterator<Item = (usize, &Report)> {
        let reports = self.reports.iter().enumerate().map(|(position, report)| (position, report.as_ref()));
        reports.filter(|(position, _)| !self.works.is_other_expression(*position))
    }

    /// Every record that has a page, with its report: those of the works, and what only another expression has.
    pub fn records(&self) -> impl Iterator<Item = (RecordRef, &Report, &Record)> {
        self.places().filter_map(|at| at.get(self).map(|(report, record)| (at, report, record)))
    }

    /// The places of these.
    pub fn places(&self) -> impl Iterator<Item = RecordRef> {
        self.reports.iter().enumerate().flat_map(move |(report, found)| {
            let places = (0..found.records.len()).map(move |record| RecordRef { report, record });
            places.filter(|at| self.works.pair(*at).is_none())
        })
    }
}
