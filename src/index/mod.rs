//! Who, when, under which resolution, where: every record under every key that has a page.
//!
//! Input: the [`Corpus`] and the [`Config`]. Output: the [`Index`]. Invariants: only ordered maps, so
//! that two builds agree; lists are in archive order; nothing is copied that the corpus holds.
//!
//! 1. symbols that share a page · 2. reference tables by key · 3. records by key, in one walk ·
//! 4. front matter and footnotes by what they cite · 5. series of resolutions

mod build;
mod issued;
mod passage;
mod symbol;

pub use issued::{Issued, IssuedBasis};

use crate::config::Config;
use crate::model::citation::Symbol;
use crate::model::edtf::{Edtf, Stretch};
use crate::model::fact::Fact;
use crate::model::gist::Act;
use crate::model::passage::Passage;
use crate::model::record::{Record, RecordId, SectionCode};
use crate::model::report::{Block, Report};
use crate::model::state::Iso3;
use crate::resolve::Corpus;
pub use crate::resolve::RecordRef;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A fact's place in the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactRef {
    /// The record that states it.
    pub at: RecordRef,
    /// Its index in the record's facts.
    pub fact: usize,
}

impl FactRef {
    /// The fact itself.
    #[must_use]
    pub fn get(self, corpus: &Corpus) -> Option<&Fact> {
        self.at.get(corpus)?.1.facts.get(self.fact)
    }
}

/// Which text of a report that is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PassagePlace {
    /// A line or paragraph of front matter, as an index into the report's blocks.
    Front(usize),
    /// A footnote, as an index into the report's footnotes.
    Footnote(usize),
}

/// The place in the corpus of a text that is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PassageRef {
    /// Index of the report.
    pub report: usize,
    /// Which of its texts.
    pub place: PassagePlace,
}

impl PassageRef {
    /// The text itself and its report.
    #[must_use]
    pub fn get(self, corpus: &Corpus) -> Option<(&Report, &Passage)> {
        let report = corpus.reports.get(self.report)?;
        let passage = match self.place {
            PassagePlace::Front(block) => match report.blocks.get(block)? {
                Block::FrontLine(passage) | Block::FrontParagraph(_, passage) => passage,
                _ => return None,
            },
            PassagePlace::Footnote(footnote) => &report.footnotes.get(footnote)?.passage,
        };
        Some((report, passage))
    }
}

/// The place of any text that names things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TextRef {
    /// A record.
    Record(RecordRef),
    /// Another text.
    Passage(PassageRef),
}

/// What concerns one State.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateIndex {
    /// Its row in the table of States.
    pub row: Option<usize>,
    /// Its row in the table of treaty status.
    pub status: Option<usize>,
    /// Its own records.
    pub records: Vec<RecordRef>,
    /// Records of others that name it.
    pub mentioned_by: Vec<RecordRef>,
    /// Facts about it, whoever states them.
    pub facts: Vec<FactRef>,
    /// Its rows in the table of votes.
    pub votes: Vec<usize>,
}

/// What concerns one reporting period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodIndex {
    /// The period.
    pub edtf: Edtf,
    /// Indices of the reports on it.
    pub reports: Vec<usize>,
    /// Their records.
    pub records: Vec<RecordRef>,
}

/// What concerns one resolution.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolutionIndex {
    /// Its row in the table of resolutions.
    pub row: Option<usize>,
    /// Records that cite it.
    pub cited_by: Vec<RecordRef>,
    /// Front matter and footnotes that cite it.
    pub cited_beside: Vec<PassageRef>,
    /// Reports that it asked for.
    pub mandate_of: Vec<usize>,
    /// The report of this archive that is its text.
    pub report: Option<usize>,
    /// Facts about it.
    pub facts: Vec<FactRef>,
    /// Its rows in the table of votes.
    pub votes: Vec<usize>,
    /// Titles that texts give it, with the text that gives it first, records before others.
    pub printed_titles: BTreeMap<String, TextRef>,
    /// The resolution before it in its series.
    pub before: Option<Symbol>,
    /// The resolution after it in its series.
    pub after: Option<Symbol>,
}

/// What concerns one other document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentIndex {
    /// Its row in the table of documents.
    pub row: Option<usize>,
    /// Records that cite it.
    pub cited_by: Vec<RecordRef>,
    /// Front matter and footnotes that cite it.
    pub cited_beside: Vec<PassageRef>,
    /// The report of this archive that it is.
    pub report: Option<usize>,
}

/// The whole archive by key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Every State of the tables and every State that a record names.
    pub states: BTreeMap<Iso3, StateIndex>,
    /// Records by the calendar years in which what they tell was done.
    pub years: BTreeMap<i32, Vec<RecordRef>>,
    /// Records of which nothing says when that was, by the calendar years that their report's period touches.
    pub bounded: BTreeMap<i32, Vec<RecordRef>>,
    /// Reporting periods by the last part of their address.
    pub periods: BTreeMap<String, PeriodIndex>,
    /// Resolutions cited or in the table, by the symbol of their page.
    pub resolutions: BTreeMap<Symbol, ResolutionIndex>,
    /// Their symbols by session, or by organ where the session is not in the symbol: `A/RES/62`, `S/RES`.
    pub resolution_groups: BTreeMap<String, Vec<Symbol>>,
    /// Symbols of resolutions that have no page of their own, with the symbol of the page they share.
    pub cited_otherwise: BTreeMap<Symbol, Symbol>,
    /// Other documents cited or in the table.
    pub documents: BTreeMap<Symbol, DocumentIndex>,
    /// Records by the meeting that they name.
    pub meetings: BTreeMap<String, Vec<RecordRef>>,
    /// Records by section of the activity tables.
    pub sections: BTreeMap<SectionCode, Vec<RecordRef>>,
    /// Records by their State and what it did.
    pub acts_of: BTreeMap<(Iso3, Act), Vec<RecordRef>>,
    /// Records that urge a State to sign or ratify, or raise that with it.
    pub urgings: BTreeMap<Iso3, Vec<RecordRef>>,
    /// How many records are rows of tables of activities.
    pub activities: usize,
    /// How many records of each report tell of each kind of act.
    pub acts: BTreeMap<Act, BTreeMap<usize, usize>>,
    /// The States whose ratification the treaty needs.
    pub annex: Vec<Iso3>,
    /// Records by id.
    pub records: BTreeMap<RecordId, RecordRef>,
}

impl Index {
    /// The State's entry, if the archive knows the State.
    #[must_use]
    pub fn state(&self, iso3: Iso3) -> Option<&StateIndex> {
        self.states.get(&iso3)
    }

    /// The symbol of the page of the resolution `symbol`.
    #[must_use]
    pub fn page_symbol<'a>(&'a self, symbol: &'a Symbol) -> &'a Symbol {
        self.cited_otherwise.get(symbol).unwrap_or(symbol)
    }

    /// The resolution's entry, whichever of its symbols is given.
    #[must_use]
    pub fn resolution(&self, symbol: &Symbol) -> Option<&ResolutionIndex> {
        self.resolutions.get(self.page_symbol(symbol))
    }

    fn resolution_entry(&mut self, symbol: &Symbol) -> &mut ResolutionIndex {
        let symbol = self.page_symbol(symbol).clone();
        self.resolutions.entry(symbol).or_default()
    }

    /// The records of a calendar year in archive order: those done in it, and those that may have been.
    #[must_use]
    pub fn in_year(&self, year: i32) -> Vec<RecordRef> {
        let lists =
            [&self.years, &self.bounded].map(|records| records.get(&year).map(Vec::as_slice).unwrap_or_default());
        let mut records = lists.concat();
        records.sort_unstable();
        records
    }

    /// The records before and after `at` in a list that is in archive order.
    #[must_use]
    pub fn neighbours(list: &[RecordRef], at: RecordRef) -> (Option<RecordRef>, Option<RecordRef>) {
        let Ok(position) = list.binary_search(&at) else { return (None, None) };
        let before = position.checked_sub(1).and_then(|before| list.get(before));
        (before.copied(), list.get(position + 1).copied())
    }
}

/// Puts every record under every key that has a page.
#[must_use]
pub fn index(corpus: &Corpus, config: &Config) -> Index {
    let mut index = Index { cited_otherwise: symbol::cited_otherwise(corpus), ..Index::default() };
    build::add_reference(&mut index, &corpus.reference);
    build::add_reports(&mut index, corpus);
    build::add_records(&mut index, corpus);
    passage::add_passages(&mut index, corpus);
    build::add_texts(&mut index, corpus);
    build::add_series(&mut index, config);
    build::group_resolutions(&mut index);
    index
}

/// When what a record tells was done, as stretches of time.
fn stretches(record: &Record) -> Vec<Stretch> {
    record.done().map_or_else(Vec::new, |(edtf, _)| edtf.stretches().to_vec())
}

/// The calendar years in which what a record tells was done, in order.
#[must_use]
pub fn years(record: &Record) -> Vec<i32> {
    let years: BTreeSet<i32> = stretches(record).iter().flat_map(build::years_of).collect();
    years.into_iter().collect()
}

/// The calendar years that bound when something was done of which nothing says when: those of its report's period.
#[must_use]
pub fn bounding_years(report: &Report, record: &Record) -> Vec<i32> {
    let is_dated = !stretches(record).is_empty();
    let period = report.period().filter(|_| !is_dated).map_or(&[][..], Edtf::stretches);
    let years: BTreeSet<i32> = period.iter().flat_map(build::years_of).collect();
    years.into_iter().collect()
}
