//! The most probable rows of a section: dynamic programming over the places where a row may begin.
//!
//! Input: the compact text of a section. Output: the starts of its rows, each with its State.
//! Invariant: the path is the best under [`weights`]; nothing is decided place by place.
//!
//! 1. Each place where a row may begin is scored by what stands before and behind it.
//! 2. Each row between two places is scored by whether its text names its State.
//! 3. Each step from row to row is scored by the order of States.
//! 4. The path with the highest sum wins.

use super::compact::Compact;
use super::section::Section;
use super::start::{Above, Opening, Start, starts};
use crate::model::state::Iso3;
use crate::parse::Lexicon;
use crate::parse::date;
use crate::parse::lexicon::states::Clue;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Weights, in units of roughly a natural logarithm of odds. They state how reports are printed, and
/// were set by reading, not fitted to one report.
mod weights {
    /// Each row costs something, lest a text falls apart.
    pub const ROW: f64 = -5.0;
    /// A State's name as a cell, with a sign that it is one: a date behind it, or the name again.
    pub const CELL: f64 = 8.0;
    /// A State's name as a cell, with no other sign than that it stands here for the first time.
    pub const FIRST_CELL: f64 = 4.0;
    /// A State's name taken for a cell without such a sign: repeated cells are gone.
    pub const CELL_WITHOUT_SIGN: f64 = -8.0;
    /// A date cell.
    pub const DATE: f64 = 4.0;
    /// The text begins with the row's own State.
    pub const OWN_STATE: f64 = 4.0;
    /// The text begins with another State behind a date cell.
    pub const OTHER_STATE_AFTER_DATE: f64 = 1.0;
    /// The text begins with another State.
    pub const OTHER_STATE: f64 = -8.0;
    /// The text begins with a phrase, then names its State.
    pub const PHRASE_THEN_OWN: f64 = 3.0;
    /// The text begins with a phrase, then names an office-holder or organ.
    pub const PHRASE_THEN_SUBJECT: f64 = 2.0;
    /// The text begins with a date, then names its State.
    pub const DATE_THEN_OWN: f64 = 1.5;
    /// The text begins with a phrase after which the State is not named.
    pub const PHRASE: f64 = -2.0;
    /// The text begins with an office-holder or organ.
    pub const SUBJECT: f64 = 5.5;
    /// The same behind a date cell, which already speaks for the row.
    pub const SUBJECT_AFTER_DATE: f64 = 3.5;
    /// The text begins with a title or a person behind a cell.
    pub const TITLE_AFTER_CELL: f64 = 1.0;
    /// The text begins in no known way, behind a cell.
    pub const OTHER: f64 = -6.0;
    /// The same where the State's name stands before it.
    pub const OTHER_AFTER_NAME: f64 = -1.0;
    /// The text above ends as cells of this report end.
    pub const ENDS_AS_CELLS: f64 = 3.0;
    /// The text above ends with a quotation.
    pub const ENDS_WITH_QUOTE: f64 = 0.0;
    /// The text above ends with a full stop behind a quotation.
    pub const ENDS_BEHIND_QUOTE: f64 = -3.0;
    /// The text above ends as cells of this report do not.
    pub const ENDS_OTHERWISE: f64 = -7.0;
    /// The text above ends without a full stop, although cells of this report have one.
    pub const ENDS_WITHOUT_STOP: f64 = 0.0;
    /// The text above ends with a word that seldom ends a text.
    pub const ENDS_UNLIKELY: f64 = -3.0;
    /// The text names the row's State.
    pub const NAMED: f64 = 2.0;
    /// The text does not name the row's State.
    pub const NOT_NAMED: f64 = -3.0;
    /// The text does not name it, but points at it: a capital, an organ, a group.
    pub const CLUE: f64 = 0.5;
    /// The State changes although neither cell nor text names the new one.
    pub const CHANGE_UNNAMED: f64 = -1.5;
    /// A cell although the State above goes on.
    pub const CELL_WITHOUT_CHANGE: f64 = -12.0;
    /// The text repeats a date behind the date cell.
    pub const DATE_AFTER_DATE: f64 = 3.0;
    /// A State's first row in the document has no cell, although nothing can have removed it.
    pub const FIRST_WITHOUT_CELL: f64 = -5.0;
    /// The State comes before the one above in the alphabet.
    pub const OUT_OF_ORDER: f64 = -2.0;
    /// A text of a few characters.
    pub const SHORT: f64 = -8.0;
    /// The text ends with a date, which is rather the date cell of the next row.
    pub const ENDS_WITH_DATE: f64 = -5.0;
    /// A short text that does not name its State.
    pub const SHORT_UNNAMED: f64 = -4.0;
}

/// Fewer characters than this are hardly a text.
const SHORT_TEXT: usize = 14;
/// A text that does not name its State has more characters than this.
const SHORT_UNNAMED: usize = 26;
/// A clue to the State stands among this many first characters.
const CLUE_CHARACTERS: usize = 60;
/// A group with more members points at none of them.
const SMALL_GROUP: usize = 10;
/// No row is longer, in bytes.
const LONGEST_ROW: usize = 9000;

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
    compact: &'a Compact,
    lexicon: &'a Lexicon,
    /// Where names of States stand, in order.
    names: Vec<Range<usize>>,
    /// Bytes at which each State is named.
    named: BTreeMap<Iso3, Vec<usize>>,
    /// States that have had a cell, which is gone from their later rows.
    seen: BTreeSet<Iso3>,
    /// States any row of the document may have, in order.
    states: Vec<Iso3>,
    /// Whether cells of this report end with a full stop.
    stops: bool,
    /// Whether cells that had occurred before are still there: names stand as cells in more than one section.
    repeats: bool,
    /// The first year the document names, as the year in which groups have their members.
    year: Option<u16>,
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
        };
        path.survey(sections);
        path
    }

    /// Reads off the rows whose cells are beyond doubt which States the document has, and how its cells end.
    fn survey(&mut self, sections: &[Section]) {
        let (mut states, mut stopped, mut open) = (BTreeSet::new(), 0, 0);
        let mut cells: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (index, section) in sections.iter().enumerate() {
            for start in starts(self.compact, &self.names, section.rows, self.lexicon) {
                let doubled = start.cell_state.is_some_and(|state| start.opening == Opening::State(state));
                let certain = start.cell.is_some() && (doubled || start.date.is_some());
                states.extend(start.cell_state.filter(|_| start.cell.is_some()));
                if let Some((from, to)) = start.cell.filter(|_| certain) {
                    cells.entry(self.compact.slice(from, to)).or_default().insert(index);
                }
                stopped += usize::from(certain && start.above == Above::Sentence);
                open += usize::from(certain && start.above == Above::Open);
            }
        }
        self.stops = stopped > open;
        self.repeats = cells.values().filter(|sections| sections.len() > 1).count() > 1;
        self.states = states.into_iter().collect();
        self.states.sort_by_key(|state| self.lexicon.states.rank(*state));
    }

    /// The best path through the text from `start` to `end`.
    pub fn through(&mut self, start: usize, end: usize) -> Vec<Step> {
        let starts = starts(self.compact, &self.names, (start, end), self.lexicon);
        let steps = Search::new(self, &starts, end).best();
        for step in &steps {
            self.seen.extend(step.state.filter(|_| step.start.cell.is_some()));
        }
        steps
    }

    fn is_named(&self, state: Iso3, start: usize, end: usize) -> bool {
        self.named.get(&state).is_some_and(|places| {
            places.get(places.partition_point(|place| *place < start)).is_some_and(|place| *place < end)
        })
    }

    /// What speaks for `start` as the start of a row of `state`, whatever the row's end.
    fn start_score(&self, start: &Start, state: Iso3) -> Option<f64> {
        if start.cell_state.is_some_and(|cell| cell != state) {
            return None;
        }
        let mut score = weights::ROW + self.above_score(start.above) + self.opening_score(start, state);
        if start.cell.is_some() {
            score += self.cell_score(start, state);
        }
        if start.date.is_some() {
            score += weights::DATE;
        }
        Some(score)
    }

    fn above_score(&self, above: Above) -> f64 {
        match (above, self.stops) {
            (Above::Nothing, _) | (Above::Open, false) | (Above::Sentence, true) => weights::ENDS_AS_CELLS,
            (Above::Quoted, _) => weights::ENDS_WITH_QUOTE,
            (Above::QuotedThenStop, false) => weights::ENDS_BEHIND_QUOTE,
            (Above::QuotedThenStop, true) => weights::ENDS_AS_CELLS,
            (Above::Unlikely, _) => weights::ENDS_UNLIKELY,
            (Above::Open, true) => weights::ENDS_WITHOUT_STOP,
            (Above::Sentence, false) => weights::ENDS_OTHERWISE,
        }
    }

    fn cell_score(&self, start: &Start, state: Iso3) -> f64 {
        let doubled = start.opening == Opening::State(state);
        if doubled || start.date.is_some() {
            weights::CELL
        } else if self.repeats || !self.seen.contains(&state) {
            weights::FIRST_CELL
        } else {
            weights::CELL_WITHOUT_SIGN
        }
    }

    fn opening_score(&self, start: &Start, state: Iso3) -> f64 {
        match (start.opening, start.date.is_some(), start.cell.is_some()) {
            (Opening::State(named), _, _) if named == state => weights::OWN_STATE,
            (Opening::State(_), true, _) => weights::OTHER_STATE_AFTER_DATE,
            (Opening::State(_), false, _) => weights::OTHER_STATE,
            (Opening::PhraseThenState(named), _, _) if named == state => weights::PHRASE_THEN_OWN,
            (Opening::DateThenState(named), false, _) if named == state => weights::DATE_THEN_OWN,
            (Opening::Date | Opening::DateThenState(_), true, _) => weights::DATE_AFTER_DATE,
            (Opening::PhraseThenSubject, _, _) => weights::PHRASE_THEN_SUBJECT,
            (_, _, true) if start.opening.is_phrase() => 0.0,
            (_, _, false) if start.opening.is_phrase() => weights::PHRASE,
            (Opening::Subject, true, _) | (Opening::Subject, _, true) => weights::SUBJECT_AFTER_DATE,
            (Opening::Subject, false, false) => weights::SUBJECT,
            (Opening::TitleOrPerson, true, _) | (Opening::TitleOrPerson, _, true) => weights::TITLE_AFTER_CELL,
            (_, _, true) => weights::OTHER_AFTER_NAME,
            (_, _, false) => weights::OTHER,
        }
    }
}

/// One section's search.
struct Search<'a, 'b> {
    path: &'b Path<'a>,
    starts: &'b [Start],
    end: usize,
    /// States in order, with the clues to them at each start.
    clues: Vec<BTreeSet<Iso3>>,
    /// Bytes at which a date ends.
    date_ends: BTreeSet<usize>,
    /// Best sums: of a path whose last row begins at this start with this State.
    best: Vec<Vec<f64>>,
    /// Where the best path came from.
    from: Vec<Vec<Option<(usize, usize)>>>,
}

impl<'a, 'b> Search<'a, 'b> {
    fn new(path: &'b Path<'a>, starts: &'b [Start], end: usize) -> Self {
        let clues = starts.iter().map(|start| clues(path, start, end)).collect();
        let states = path.states.len();
        let best = vec![vec![f64::NEG_INFINITY; states]; starts.len()];
        let from = vec![vec![None; states]; starts.len()];
        let date_ends = starts.iter().filter_map(|start| Some(start.date?.1)).collect();
        Self { path, starts, end, clues, date_ends, best, from }
    }

    fn best(mut self) -> Vec<Step> {
        for index in 0..self.starts.len() {
            self.reach(index);
        }
        self.trace()
    }

    /// Finds the best way to begin a row at the start `index` with each State.
    fn reach(&mut self, index: usize) {
        let Some(start) = self.starts.get(index) else { return };
        let before = self.arrivals(index);
        for (rank, state) in self.path.states.iter().enumerate() {
            let Some(score) = self.path.start_score(start, *state) else { continue };
            let (sum, from) = if start.above == Above::Nothing {
                (self.first_score(index, *state), None)
            } else {
                match before.get(rank).copied().flatten() {
                    Some((sum, row, above)) => {
                        (sum + self.change_score(index, *state, above != rank), Some((row, above)))
                    }
                    None => continue,
                }
            };
            self.keep(index, rank, sum + score, from);
        }
    }

    fn keep(&mut self, index: usize, rank: usize, sum: f64, from: Option<(usize, usize)>) {
        if let (Some(best), Some(source)) = (
            self.best.get_mut(index).and_then(|row| row.get_mut(rank)),
            self.from.get_mut(index).and_then(|row| row.get_mut(rank)),
        ) {
            *best = sum;
            *source = from;
        }
    }

    fn first_score(&self, index: usize, state: Iso3) -> f64 {
        self.change_score(index, state, true)
    }

    /// A change of State that neither the cell nor the beginning of the text shows.
    fn change_score(&self, index: usize, state: Iso3, change: bool) -> f64 {
        let Some(start) = self.starts.get(index) else { return 0.0 };
        let shown = start.cell.is_some()
            || matches!(start.opening, Opening::State(named) | Opening::PhraseThenState(named) if named == state);
        let may_be_lost = !self.path.repeats && self.path.seen.contains(&state);
        let lost_cell = change && start.cell.is_none() && !may_be_lost;
        let first = if lost_cell { weights::FIRST_WITHOUT_CELL } else { 0.0 };
        match change {
            true if !shown => first + weights::CHANGE_UNNAMED,
            true => first,
            false if start.cell.is_some() => weights::CELL_WITHOUT_CHANGE,
            false => 0.0,
        }
    }

    /// For each State, the best sum of the rows up to the start `index`, with the last row's start and State.
    ///
    /// The State may stay, or move on in the order; moving back costs.
    fn arrivals(&self, index: usize) -> Vec<Option<(f64, usize, usize)>> {
        let ended = self.ended_rows(index);
        let everywhere = best_of(ended.iter().flatten().copied());
        let mut running = None;
        ended
            .iter()
            .map(|own| {
                running = best_of(running.into_iter().chain(*own));
                let back = everywhere.map(|(sum, row, above)| (sum + weights::OUT_OF_ORDER, row, above));
                best_of(running.into_iter().chain(back))
            })
            .collect()
    }

    /// For each State, the best sum of a path whose last row ends at the start `index`.
    fn ended_rows(&self, index: usize) -> Vec<Option<(f64, usize, usize)>> {
        let end = self.starts.get(index).map_or(0, |start| start.at);
        let mut ended = vec![None; self.path.states.len()];
        for row in (0..index).rev() {
            let Some(start) = self.starts.get(row) else { continue };
            if end.saturating_sub(start.at) > LONGEST_ROW {
                break;
            }
            if start.text >= end {
                continue;
            }
            for (rank, slot) in ended.iter_mut().enumerate() {
                let Some(sum) = self.sum_to(row, rank, end) else { continue };
                *slot = best_of(slot.iter().copied().chain(std::iter::once((sum, row, rank))));
            }
        }
        ended
    }

    fn sum_to(&self, row: usize, rank: usize, end: usize) -> Option<f64> {
        let sum = self.best.get(row)?.get(rank).copied().filter(|sum| sum.is_finite())?;
        Some(sum + self.row_score(row, *self.path.states.get(rank)?, end))
    }

    /// What the text of the row from start `row` to `end` says of its State.
    fn row_score(&self, row: usize, state: Iso3, end: usize) -> f64 {
        let Some(start) = self.starts.get(row) else { return 0.0 };
        let length = self.path.compact.slice(start.text, end).chars().take(SHORT_UNNAMED).count();
        let clue = self.clues.get(row).is_some_and(|clues| clues.contains(&state));
        let named = match (self.path.is_named(state, start.text, end), clue) {
            (true, _) => weights::NAMED,
            (false, true) => weights::CLUE,
            (false, false) => weights::NOT_NAMED,
        };
        let unlikely = length < SHORT_UNNAMED && !self.path.is_named(state, start.text, end);
        let short = if length < SHORT_TEXT { weights::SHORT } else { 0.0 };
        let dangling = if self.date_ends.contains(&end) { weights::ENDS_WITH_DATE } else { 0.0 };
        named + short + dangling + if unlikely { weights::SHORT_UNNAMED } else { 0.0 }
    }

    /// The best path, followed back from the end of the section.
    fn trace(&self) -> Vec<Step> {
        let rows = (0..self.starts.len()).flat_map(|row| (0..self.path.states.len()).map(move |rank| (row, rank)));
        let ends = rows.filter_map(|(row, rank)| Some((self.sum_to(row, rank, self.end)?, row, rank)));
        let mut at = best_of(ends).map(|(_, row, rank)| (row, rank));
        let mut steps = Vec::new();
        while let Some((row, rank)) = at {
            let (Some(start), state) = (self.starts.get(row), self.path.states.get(rank).copied()) else { break };
            steps.push(Step { start: start.clone(), state });
            at = self.from.get(row).and_then(|sources| sources.get(rank)).copied().flatten();
        }
        steps.reverse();
        if steps.is_empty() { self.whole() } else { steps }
    }

    /// A section in which no path was found is one row without a State.
    fn whole(&self) -> Vec<Step> {
        let first = self.starts.first().cloned();
        first
            .map(|start| Step { start: Start { cell: None, date: None, text: start.at, ..start }, state: None })
            .into_iter()
            .collect()
    }
}

/// The first year named above the sections: that of the reporting period.
fn first_year(compact: &Compact, lexicon: &Lexicon, sections: &[Section]) -> Option<u16> {
    let end = sections.first().map_or(0, |section| section.heading.0);
    let mut dates =
        compact.words(0, end).filter_map(|at| date::match_start(compact.slice(at, end), &lexicon.dates, false));
    dates.find(|found| found.has_year)?.edtf.get(..4)?.parse().ok()
}

/// The States the first words of a row point at without naming them; a group with many members points at none.
fn clues(path: &Path<'_>, start: &Start, end: usize) -> BTreeSet<Iso3> {
    let text: String = path.compact.slice(start.text, end).chars().take(CLUE_CHARACTERS).collect();
    let found = path.lexicon.states.clues(&text, path.year);
    let (members, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, clue)| *clue == Clue::Group);
    let small = if members.len() <= SMALL_GROUP { members } else { Vec::new() };
    others.into_iter().chain(small).map(|(state, _)| state).collect()
}

/// The entry with the highest sum, the earliest of equal ones.
fn best_of(sums: impl Iterator<Item = (f64, usize, usize)>) -> Option<(f64, usize, usize)> {
    sums.fold(None, |best: Option<(f64, usize, usize)>, entry| match best {
        Some(best) if best.0 >= entry.0 => Some(best),
        _ => Some(entry),
    })
}
