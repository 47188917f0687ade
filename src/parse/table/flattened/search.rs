//! The search for the best path through one section.
//!
//! Input: the places where a row may begin. Output: those where one begins, each with its State.
//! Invariant: of all ways to cut the section the one with the highest sum of weights is found.

use super::open_rows::{Candidate, OpenRows, Row};
use super::path::{Path, Step};
use super::start::{PrecedingEnd, Start};
use crate::base::limits::MAX_ROW_CHOICES;
use crate::model::state::Iso3;
use crate::parse::lexicon::states::Clue;
use std::collections::BTreeSet;

/// Fewer characters than this are hardly a text.
const SHORT_TEXT: usize = 14;
/// A text that does not name its State has more characters than this.
const SHORT_UNNAMED: usize = 26;
/// A clue to the State stands among this many first characters.
const CLUE_CHARACTERS: usize = 60;
/// A group with more members points at none of them.
const SMALL_GROUP: usize = 10;

/// Where the rows of a section may begin, and what is known of each before any weight is.
#[derive(Clone)]
pub struct SectionStarts {
    starts: Vec<Start>,
    /// What each start says of every row that begins there, wherever it ends; nothing of a section that is too long.
    texts: Vec<RowText>,
    /// Bytes at which a date ends.
    date_ends: BTreeSet<usize>,
    /// The end of the section.
    end: usize,
}

impl SectionStarts {
    /// Of a section that ends at `end`; `path` knows its document's States already.
    #[must_use]
    pub fn new(path: &Path<'_>, starts: Vec<Start>, end: usize) -> Self {
        let is_too_long = starts.len() * path.states.len() > MAX_ROW_CHOICES;
        let searched = if is_too_long { &[][..] } else { &starts[..] };
        let texts = searched.iter().map(|start| RowText::new(path, start, end)).collect();
        let date_ends = starts.iter().filter_map(|start| Some(start.date?.1)).collect();
        Self { starts, texts, date_ends, end }
    }
}

/// The most probable rows of the section with these `places`; `bonus` adds to what is said of a start and a State.
///
/// A section that is too long to be searched is one row without a State.
pub fn best_rows(path: &Path<'_>, places: &SectionStarts, bonus: impl Fn(&Start, Iso3) -> f64) -> Vec<Step> {
    if places.texts.is_empty() { whole(&places.starts) } else { Search::new(path, places).best(bonus) }
}

/// What the weights say of `steps` as a path through the section with these `places`; nothing if they are none.
pub fn score(path: &Path<'_>, places: &SectionStarts, steps: &[Step]) -> Option<f64> {
    let search = Search::new(path, places);
    let mut sum = 0.0;
    let mut above = None;
    for step in steps {
        let index = places.starts.iter().position(|start| *start == step.start)?;
        let rank = path.states.iter().position(|state| Some(*state) == step.state)?;
        let state = path.states[rank];
        sum += path.start_score(&step.start, state)?;
        sum += search.change_score(index, state, above.is_none_or(|(_, above)| above != rank));
        if let Some((row, above)) = above {
            sum += search.row_score(row, above, step.start.at) + search.dangling(step.start.at);
            sum += if above > rank { path.weights.out_of_order } else { 0.0 };
        }
        above = Some((index, rank));
    }
    above.map(|(row, rank)| sum + search.row_score(row, rank, places.end))
}

/// One section's search.
struct Search<'a, 'b> {
    path: &'b Path<'a>,
    places: &'b SectionStarts,
    /// Best sums: of a path whose last row begins at this start with this State.
    best: Vec<Vec<f64>>,
    /// Where the best path came from.
    from: Vec<Vec<Option<(usize, usize)>>>,
}

impl<'a, 'b> Search<'a, 'b> {
    fn new(path: &'b Path<'a>, places: &'b SectionStarts) -> Self {
        let (starts, states) = (places.starts.len(), path.states.len());
        let best = vec![vec![f64::NEG_INFINITY; states]; starts];
        Self { path, places, best, from: vec![vec![None; states]; starts] }
    }

    /// The rows of the best path.
    fn best(mut self, bonus: impl Fn(&Start, Iso3) -> f64) -> Vec<Step> {
        let mut open_rows = OpenRows::new(self.path.states.len());
        for index in 0..self.places.starts.len() {
            self.relax(index, &mut open_rows, &bonus);
            self.begin(index, &mut open_rows);
        }
        self.trace()
    }

    /// Adds the rows that begin at the start `index` to those that are open.
    fn begin(&self, index: usize, open_rows: &mut OpenRows) {
        let (start, text) = (&self.places.starts[index], &self.places.texts[index]);
        for (rank, _) in self.best[index].iter().enumerate().filter(|(_, sum)| sum.is_finite()) {
            let named = text.first_named[rank].saturating_add(1);
            let changes = [start.text + 1, text.long_at, text.long_unnamed_at, named];
            let after_text = changes.into_iter().filter(|from| *from > start.text);
            open_rows.add(Row { start: index, at: start.at, rank }, after_text);
        }
    }

    /// Finds the best way to begin a row at the start `index` with each State.
    fn relax(&mut self, index: usize, open_rows: &mut OpenRows, bonus: impl Fn(&Start, Iso3) -> f64) {
        let start = &self.places.starts[index];
        let before = self.arrivals(start.at, open_rows);
        for (rank, state) in self.path.states.iter().enumerate() {
            let Some(score) = self.path.start_score(start, *state) else { continue };
            let (sum, from) = if start.above == PrecedingEnd::Nothing {
                (self.change_score(index, *state, true), None)
            } else {
                match before[rank] {
                    Some((sum, row, above)) => {
                        (sum + self.change_score(index, *state, above != rank), Some((row, above)))
                    }
                    None => continue,
                }
            };
            (self.best[index][rank], self.from[index][rank]) = (sum + score + bonus(start, *state), from);
        }
    }

    /// A change of State that neither the cell nor the beginning of the text shows.
    fn change_score(&self, index: usize, state: Iso3, change: bool) -> f64 {
        let start = &self.places.starts[index];
        let shown = start.cell.is_some() || start.opening.names() == Some(state);
        let may_be_lost = !self.path.repeats && self.path.seen.contains(&state);
        let lost_cell = change && start.cell.is_none() && !may_be_lost;
        let first = if lost_cell { self.path.weights.first_without_cell } else { 0.0 };
        match change {
            true if !shown => first + self.path.weights.change_unnamed,
            true => first,
            false if start.cell.is_some() => self.path.weights.cell_without_change,
            false => 0.0,
        }
    }

    /// For each State, the best path whose last row ends at byte `end`.
    ///
    /// The State may stay, or move on in the order; moving back costs.
    fn arrivals(&self, end: usize, open_rows: &mut OpenRows) -> Vec<Option<Candidate>> {
        let mut candidates = open_rows.ending_at(end, |row| self.score(row.start, row.rank, end));
        let dangling = self.dangling(end);
        for (sum, ..) in candidates.iter_mut().flatten() {
            *sum += dangling;
        }
        let everywhere = best_of(candidates.iter().flatten().copied());
        let mut running = None;
        candidates
            .iter()
            .map(|own| {
                running = best_of(running.into_iter().chain(*own));
                let back = everywhere.map(|(sum, row, above)| (sum + self.path.weights.out_of_order, row, above));
                best_of(running.into_iter().chain(back))
            })
            .collect()
    }

    /// What is said of a row that ends at byte `end` where a date ends too.
    fn dangling(&self, end: usize) -> f64 {
        if self.places.date_ends.contains(&end) { self.path.weights.ends_with_date } else { 0.0 }
    }

    /// The best sum of a path whose last row is `row` with the State at `rank`, and ends at byte `end`.
    fn score(&self, row: usize, rank: usize, end: usize) -> Option<f64> {
        let sum = self.best[row][rank];
        sum.is_finite().then(|| sum + self.row_score(row, rank, end))
    }

    /// What the text of the row from start `row` to `end` says of its State.
    fn row_score(&self, row: usize, rank: usize, end: usize) -> f64 {
        let (start, text) = (&self.places.starts[row], &self.places.texts[row]);
        let is_named = text.first_named[rank] < end;
        let named = match (is_named, text.clues[rank]) {
            (true, _) => self.path.weights.named,
            (false, true) => self.path.weights.clue,
            (false, false) => self.path.weights.not_named,
        };
        let shown = start.cell.is_some() && start.date.is_some();
        let short = match (end < text.long_at, shown) {
            (true, true) => self.path.weights.short_with_cells,
            (true, false) => self.path.weights.short,
            (false, _) => 0.0,
        };
        let unlikely = end < text.long_unnamed_at && !is_named;
        named + short + if unlikely { self.path.weights.short_unnamed } else { 0.0 }
    }

    /// The best path, followed back from the end of the section.
    fn trace(&self) -> Vec<Step> {
        let rows =
            (0..self.places.starts.len()).flat_map(|row| (0..self.path.states.len()).map(move |rank| (row, rank)));
        let ends = rows.filter_map(|(row, rank)| Some((self.score(row, rank, self.places.end)?, row, rank)));
        let mut at = best_of(ends).map(|(_, row, rank)| (row, rank));
        let mut steps = Vec::new();
        while let Some((row, rank)) = at {
            steps.push(Step { start: self.places.starts[row].clone(), state: Some(self.path.states[rank]) });
            at = self.from[row][rank];
        }
        steps.reverse();
        if steps.is_empty() { whole(&self.places.starts) } else { steps }
    }
}

/// A section in which no path was found is one row without a State.
fn whole(starts: &[Start]) -> Vec<Step> {
    let first = starts.first().cloned();
    first
        .map(|start| Step { start: Start { cell: None, date: None, text: start.at, ..start }, state: None })
        .into_iter()
        .collect()
}

/// The text behind a start, by the States of the path in their order. Each way to end the row looks only this up: it
/// is asked for thousands of times.
#[derive(Clone)]
struct RowText {
    /// Whether the first words point at the State.
    clues: Vec<bool>,
    /// The byte at which the State is named first.
    first_named: Vec<usize>,
    /// The byte at which the text is no longer short.
    long_at: usize,
    /// The byte at which it is no longer short for one that does not name its State.
    long_unnamed_at: usize,
}

impl RowText {
    fn new(path: &Path<'_>, start: &Start, end: usize) -> Self {
        let clues = clues(path, start, end);
        let text = path.compact.slice(start.text, end);
        let after =
            |count: usize| text.char_indices().nth(count - 1).map(|(at, last)| start.text + at + last.len_utf8());
        Self {
            clues: path.states.iter().map(|state| clues.contains(state)).collect(),
            first_named: path.states.iter().map(|state| path.first_named(*state, start.text)).collect(),
            long_at: after(SHORT_TEXT).unwrap_or(usize::MAX),
            long_unnamed_at: after(SHORT_UNNAMED).unwrap_or(usize::MAX),
        }
    }
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
fn best_of(sums: impl Iterator<Item = Candidate>) -> Option<Candidate> {
    sums.fold(None, |best: Option<Candidate>, entry| match best {
        Some(best) if best.0 >= entry.0 => Some(best),
        _ => Some(entry),
    })
}
