//! The most probable rows of a section: dynamic programming over the places where a row may begin.
//!
//! Input: the compact text of a section. Output: the starts of its rows, each with its State.
//! Invariant: the path is the best under the weights of the lexicon; nothing is decided place by place.
//!
//! 1. Each place where a row may begin is scored by what stands before and behind it.
//! 2. Each row between two places is scored by whether its text names its State.
//! 3. Each step from row to row is scored by the order of States.
//! 4. The path with the highest sum wins.

use super::compact::Compact;
use super::copied::Copied;
use super::search::{SectionStarts, best_rows, score};
use super::section::Section;
use super::start::{Opening, PrecedingEnd, Start, starts};
use crate::model::state::Iso3;
use crate::parse::Lexicon;
use crate::parse::date;
use crate::parse::lexicon::row_weights::RowWeights;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A row of the path.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where it begins.
    pub start: Start,
    /// Its State.
    pub state: Option<Iso3>,
}

/// Finds the paths through the sections of one document, in order.
#[derive(Clone)]
pub struct Path<'a> {
    pub(super) compact: &'a Compact,
    pub(super) lexicon: &'a Lexicon,
    /// What the paths are weighed by: the weights of the lexicon, or such as are tried.
    pub weights: RowWeights,
    /// Where names of States stand, in order.
    names: Vec<Range<usize>>,
    /// Bytes at which each State is named.
    named: BTreeMap<Iso3, Vec<usize>>,
    /// States that have had a cell, which is gone from their later rows.
    pub(super) seen: BTreeSet<Iso3>,
    /// States any row of the document may have, in order.
    pub(super) states: Vec<Iso3>,
    /// Whether cells of this report end with a full stop.
    stops: bool,
    /// Whether cells that had occurred before are still there: names stand as cells in more than one section.
    pub(super) repeats: bool,
    /// The first year the document names, as the year in which groups have their members.
    pub(super) year: Option<u16>,
    /// Where rows may begin, section by section.
    places: Vec<SectionStarts>,
}

impl<'a> Path<'a> {
    /// Gathers what the whole document says: its States, and how its cells end.
    #[must_use]
    pub fn new(compact: &'a Compact, lexicon: &'a Lexicon, sections: &[Section]) -> Self {
        let mut named: BTreeMap<Iso3, Vec<usize>> = BTreeMap::new();
        let mentions = lexicon.states.mentions(&compact.text);
        for mention in &mentions {
            named.entry(mention.state).or_default().push(mention.range.start);
        }
        let mut path = Self {
            compact,
            lexicon,
            weights: (*lexicon.row_weights).clone(),
            names: mentions.into_iter().map(|mention| mention.range).collect(),
            named,
            seen: BTreeSet::new(),
            states: Vec::new(),
            stops: false,
            repeats: false,
            year: first_year(compact, lexicon, sections),
            places: Vec::new(),
        };
        path.survey(sections);
        path
    }

    /// Reads off the rows whose cells are beyond doubt which States the document has, and how its cells end.
    fn survey(&mut self, sections: &[Section]) {
        let (mut states, mut stopped, mut open) = (BTreeSet::new(), 0, 0);
        let mut cells: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let copied = Copied::of(self.compact);
        let mut places = Vec::new();
        for (index, section) in sections.iter().enumerate() {
            let starts = starts(self.compact, &self.names, &copied, section.rows, self.lexicon);
            for start in &starts {
                let doubled = start.cell_state.is_some_and(|state| start.opening == Opening::State(state));
                let certain = start.cell.is_some() && (doubled || start.date.is_some());
                states.extend(start.cell_state.filter(|_| start.cell.is_some()));
                if let Some((from, to)) = start.cell.filter(|_| certain) {
                    cells.entry(self.compact.slice(from, to)).or_default().insert(index);
                }
                stopped += usize::from(certain && start.above == PrecedingEnd::Sentence);
                open += usize::from(certain && start.above == PrecedingEnd::Open);
            }
            places.push((starts, section.rows.1));
        }
        self.stops = stopped > open;
        self.repeats = cells.values().filter(|sections| sections.len() > 1).count() > 1;
        self.states = states.into_iter().collect();
        self.states.sort_by_key(|state| self.lexicon.states.rank(*state));
        self.places = places.into_iter().map(|(starts, end)| SectionStarts::new(self, starts, end)).collect();
    }

    /// The rows of the section with this `index`.
    pub fn through(&mut self, index: usize) -> Vec<Step> {
        let steps = self.best(index, |_, _| 0.0);
        self.mark_seen(&steps);
        steps
    }

    /// The best path through a section, where `bonus` adds to what the weights say of a start as that of a State's row.
    #[must_use]
    pub fn best(&self, index: usize, bonus: impl Fn(&Start, Iso3) -> f64) -> Vec<Step> {
        best_rows(self, &self.places[index], bonus)
    }

    /// What the weights say of `steps` as the path through a section; nothing if they are none. Weights are only added:
    /// where one is 1 and the others are 0, this is how often that one counts.
    #[must_use]
    pub fn score(&self, index: usize, steps: &[Step]) -> Option<f64> {
        score(self, &self.places[index], steps)
    }

    /// Notes the cells of rows that were found: they are gone from the sections below.
    pub fn mark_seen(&mut self, steps: &[Step]) {
        self.seen.extend(steps.iter().filter(|step| step.start.cell.is_some()).filter_map(|step| step.state));
    }

    /// The byte from `start` on at which `state` is named first; the greatest number where it is not.
    pub(super) fn first_named(&self, state: Iso3, start: usize) -> usize {
        let places = self.named.get(&state).map_or(&[][..], Vec::as_slice);
        places.get(places.partition_point(|place| *place < start)).copied().unwrap_or(usize::MAX)
    }

    /// What speaks for `start` as the start of a row of `state`, whatever the row's end.
    pub(super) fn start_score(&self, start: &Start, state: Iso3) -> Option<f64> {
        if start.cell_state.is_some_and(|cell| cell != state) {
            return None;
        }
        let mut score = self.weights.row + self.above_score(start.above) + self.opening_score(start, state);
        if start.cell.is_some() {
            score += self.cell_score(start, state);
        }
        if start.date.is_some() {
            score += self.weights.date;
        }
        if start.is_sequel && start.above.ends_sentence() {
            score += self.weights.sequel;
        }
        if start.is_copied {
            score += self.weights.copied;
        }
        Some(score)
    }

    fn above_score(&self, above: PrecedingEnd) -> f64 {
        match (above, self.stops) {
            (PrecedingEnd::Nothing, _) | (PrecedingEnd::Open, false) | (PrecedingEnd::Sentence, true) => {
                self.weights.ends_as_cells
            }
            (PrecedingEnd::Quoted, _) => self.weights.ends_with_quote,
            (PrecedingEnd::QuotedThenStop, false) => self.weights.ends_behind_quote,
            (PrecedingEnd::QuotedThenStop, true) => self.weights.ends_as_cells,
            (PrecedingEnd::Unlikely, _) => self.weights.ends_unlikely,
            (PrecedingEnd::Open, true) => self.weights.ends_without_stop,
            (PrecedingEnd::Sentence, false) => self.weights.ends_otherwise,
        }
    }

    fn cell_score(&self, start: &Start, state: Iso3) -> f64 {
        let doubled = start.opening == Opening::State(state);
        if doubled || start.date.is_some() {
            self.weights.cell
        } else if self.repeats || !self.seen.contains(&state) {
            self.weights.first_cell
        } else {
            self.weights.cell_without_sign
        }
    }

    fn opening_score(&self, start: &Start, state: Iso3) -> f64 {
        match (start.opening, start.date.is_some(), start.cell.is_some()) {
            (Opening::State(named), _, _) if named == state => self.weights.own_state,
            (Opening::State(_), true, _) => self.weights.other_state_after_date,
            (Opening::State(_), false, _) => self.weights.other_state,
            (Opening::PhraseThenState(named), _, _) if named == state => self.weights.phrase_then_own,
            (Opening::DateThenState(named), false, _) if named == state => self.weights.date_then_own,
            (Opening::Date | Opening::DateThenState(_), true, _) => self.weights.date_after_date,
            (Opening::PhraseThenSubject, _, _) => self.weights.phrase_then_subject,
            (_, false, false) if start.opening.is_phrase() => self.weights.phrase,
            _ if start.opening.is_phrase() => 0.0,
            (Opening::Subject, true, _) | (Opening::Subject, _, true) => self.weights.subject_after_date,
            (Opening::Subject, false, false) => self.weights.subject,
            (Opening::TitleOrPerson, true, _) | (Opening::TitleOrPerson, _, true) => self.weights.title_after_cell,
            (Opening::TitleOrPerson, false, false) => self.weights.title,
            (_, _, true) => self.weights.other_after_name,
            (_, _, false) => self.weights.other,
        }
    }
}

/// The first year named above the sections: that of the reporting period.
fn first_year(compact: &Compact, lexicon: &Lexicon, sections: &[Section]) -> Option<u16> {
    let end = sections.first().map_or(0, |section| section.heading.0);
    let mut dates =
        compact.words(0, end).filter_map(|at| date::match_start(compact.slice(at, end), &lexicon.dates, false));
    u16::try_from(dates.find_map(|found| found.edtf.years().next())?).ok()
}
