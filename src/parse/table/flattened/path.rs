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
use super::search::best_rows;
use super::section::Section;
use super::start::{Opening, PrecedingEnd, Start, starts};
use crate::model::state::Iso3;
use crate::parse::Lexicon;
use crate::parse::date;
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
pub struct Path<'a> {
    pub(super) compact: &'a Compact,
    pub(super) lexicon: &'a Lexicon,
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
    /// Where rows may begin, by the first byte of their section.
    starts: BTreeMap<usize, Vec<Start>>,
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
            names: mentions.into_iter().map(|mention| mention.range).collect(),
            named,
            seen: BTreeSet::new(),
            states: Vec::new(),
            stops: false,
            repeats: false,
            year: first_year(compact, lexicon, sections),
            starts: BTreeMap::new(),
        };
        path.survey(sections);
        path
    }

    /// Reads off the rows whose cells are beyond doubt which States the document has, and how its cells end.
    fn survey(&mut self, sections: &[Section]) {
        let (mut states, mut stopped, mut open) = (BTreeSet::new(), 0, 0);
        let mut cells: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let copied = Copied::of(self.compact);
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
            self.starts.insert(section.rows.0, starts);
        }
        self.stops = stopped > open;
        self.repeats = cells.values().filter(|sections| sections.len() > 1).count() > 1;
        self.states = states.into_iter().collect();
        self.states.sort_by_key(|state| self.lexicon.states.rank(*state));
    }

    /// The best path through the rows of `section`, one of those this was made of.
    pub fn through(&mut self, section: &Section) -> Vec<Step> {
        let (start, end) = section.rows;
        let starts = self.starts.remove(&start).unwrap_or_default();
        let steps = best_rows(self, &starts, end);
        for step in &steps {
            self.seen.extend(step.state.filter(|_| step.start.cell.is_some()));
        }
        steps
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
        let mut score = self.lexicon.row_weights.row + self.above_score(start.above) + self.opening_score(start, state);
        if start.cell.is_some() {
            score += self.cell_score(start, state);
        }
        if start.date.is_some() {
            score += self.lexicon.row_weights.date;
        }
        if start.is_sequel && start.above.ends_sentence() {
            score += self.lexicon.row_weights.sequel;
        }
        if start.is_copied {
            score += self.lexicon.row_weights.copied;
        }
        Some(score)
    }

    fn above_score(&self, above: PrecedingEnd) -> f64 {
        match (above, self.stops) {
            (PrecedingEnd::Nothing, _) | (PrecedingEnd::Open, false) | (PrecedingEnd::Sentence, true) => {
                self.lexicon.row_weights.ends_as_cells
            }
            (PrecedingEnd::Quoted, _) => self.lexicon.row_weights.ends_with_quote,
            (PrecedingEnd::QuotedThenStop, false) => self.lexicon.row_weights.ends_behind_quote,
            (PrecedingEnd::QuotedThenStop, true) => self.lexicon.row_weights.ends_as_cells,
            (PrecedingEnd::Unlikely, _) => self.lexicon.row_weights.ends_unlikely,
            (PrecedingEnd::Open, true) => self.lexicon.row_weights.ends_without_stop,
            (PrecedingEnd::Sentence, false) => self.lexicon.row_weights.ends_otherwise,
        }
    }

    fn cell_score(&self, start: &Start, state: Iso3) -> f64 {
        let doubled = start.opening == Opening::State(state);
        if doubled || start.date.is_some() {
            self.lexicon.row_weights.cell
        } else if self.repeats || !self.seen.contains(&state) {
            self.lexicon.row_weights.first_cell
        } else {
            self.lexicon.row_weights.cell_without_sign
        }
    }

    fn opening_score(&self, start: &Start, state: Iso3) -> f64 {
        match (start.opening, start.date.is_some(), start.cell.is_some()) {
            (Opening::State(named), _, _) if named == state => self.lexicon.row_weights.own_state,
            (Opening::State(_), true, _) => self.lexicon.row_weights.other_state_after_date,
            (Opening::State(_), false, _) => self.lexicon.row_weights.other_state,
            (Opening::PhraseThenState(named), _, _) if named == state => self.lexicon.row_weights.phrase_then_own,
            (Opening::DateThenState(named), false, _) if named == state => self.lexicon.row_weights.date_then_own,
            (Opening::Date | Opening::DateThenState(_), true, _) => self.lexicon.row_weights.date_after_date,
            (Opening::PhraseThenSubject, _, _) => self.lexicon.row_weights.phrase_then_subject,
            (_, _, true) if start.opening.is_phrase() => 0.0,
            (_, _, false) if start.opening.is_phrase() => self.lexicon.row_weights.phrase,
            (Opening::Subject, true, _) | (Opening::Subject, _, true) => self.lexicon.row_weights.subject_after_date,
            (Opening::Subject, false, false) => self.lexicon.row_weights.subject,
            (Opening::TitleOrPerson, true, _) | (Opening::TitleOrPerson, _, true) => {
                self.lexicon.row_weights.title_after_cell
            }
            (Opening::TitleOrPerson, false, false) => self.lexicon.row_weights.title,
            (_, _, true) => self.lexicon.row_weights.other_after_name,
            (_, _, false) => self.lexicon.row_weights.other,
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
