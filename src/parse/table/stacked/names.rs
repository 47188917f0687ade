//! The rows of names that stand by themselves.
//!
//! Input: the rows and names of a table in the order in which they are printed. Output: names in the State cells of rows,
//! and names left over. A name right above a date is its row's. Of names printed together, each has a row of its page, in
//! their order, so that the texts tell of the States that their rows have then: the best way is found by going through the
//! rows once for each name.

use super::draft::{Drafts, Name};
use super::subject::subject;
use crate::base::span::Span;
use crate::model::state::Iso3;
use crate::parse::Lexicon;
use crate::parse::page::Page;
use crate::parse::text::Blanks;
use std::collections::{BTreeMap, BTreeSet};

/// A row is looked for among so many on either side of its name.
const FARTHEST: usize = 40;

/// The text tells of the row's State; of another one.
const SUBJECT: i32 = 6;
/// The text names the row's State.
const NAMED: i32 = 1;
/// A name right above a date.
const ABOVE: i32 = 2;
/// The State comes behind the one above in the alphabet, or before it.
const ORDER: i32 = 2;
/// The first row below a heading has no name.
const NAMELESS: i32 = -5;

/// What the text of a row says of its State.
struct Told {
    subject: Option<Iso3>,
    named: BTreeSet<Iso3>,
    /// The State of its name.
    own: Option<Option<Iso3>>,
    /// Whether a heading stands above, below which States begin anew.
    below_heading: bool,
    sheet: usize,
}

impl Told {
    fn fits(&self, state: Option<Iso3>) -> i32 {
        let Some(state) = state else { return 0 };
        let subject = match self.subject {
            Some(subject) if subject == state => SUBJECT,
            Some(_) => -SUBJECT,
            None => 0,
        };
        subject + if self.named.contains(&state) { NAMED } else { 0 }
    }
}

/// What finding the rows of names gives.
#[derive(Debug, Default)]
pub struct Placed {
    /// Headings printed with names away from their rows, by the part that they stand above.
    pub headings: BTreeMap<usize, Vec<usize>>,
    /// Where the names are printed that fit no row.
    pub left_over: Vec<Vec<Span>>,
}

/// Gives each name its row, and the headings above it their place.
pub fn place(page: &Page<'_>, lexicon: &Lexicon, drafts: &mut Drafts) -> Placed {
    // A heading above a name that is printed elsewhere belongs to that name.
    let headed: BTreeSet<usize> =
        drafts.names.iter().filter(|name| !name.headings.is_empty()).map(|name| name.place).collect();
    let told = |index| tell(page, lexicon, drafts, index, headed.contains(&index));
    let mut told: Vec<Told> = (0..drafts.rows()).filter_map(told).collect();
    let names = std::mem::take(&mut drafts.names);
    let states: Vec<Option<Iso3>> = names.iter().map(|name| lexicon.whole_state(&name.text)).collect();
    let in_run = |index: usize| {
        names.get(index).is_some_and(|name| name.follows) || names.get(index + 1).is_some_and(|next| next.follows)
    };
    let mut rows: Vec<Option<usize>> = vec![None; names.len()];
    for (index, (name, state)) in names.iter().zip(&states).enumerate() {
        let Some(row) = told.get_mut(name.place) else { continue };
        let stands = row.sheet == name.sheet && row.own.is_none() && !in_run(index) && row.fits(*state) >= 0;
        if stands && let Some(place) = rows.get_mut(index) {
            row.own = Some(*state);
            *place = Some(name.place);
        }
    }
    let mut index = 0;
    while index < names.len() {
        let free = |index: &usize| rows.get(*index) == Some(&None);
        if !free(&index) {
            index += 1;
            continue;
        }
        let sheet = names.get(index).map(|name| name.sheet);
        let same = |index: &usize| free(index) && names.get(*index).map(|name| name.sheet) == sheet;
        let end =
            (index..names.len()).take(FARTHEST).find(|next| !same(next)).unwrap_or(names.len().min(index + FARTHEST));
        let found = run(lexicon, &told, &names[index..end], &states[index..end]);
        for (name, row) in (index..end).zip(found) {
            if let (Some(place), Some(told)) = (rows.get_mut(name), told.get_mut(row)) {
                told.own = states.get(name).copied();
                *place = Some(row);
            }
        }
        index = end;
    }
    let mut placed = Placed::default();
    for (name, row) in names.into_iter().zip(rows) {
        let begin = row.map(|row| begin_of_alphabet(lexicon, &told, row, name.place));
        let part = begin.and_then(|row| drafts.part_of_row(row));
        if let Some(part) = part.filter(|_| !name.headings.is_empty()) {
            placed.headings.entry(part).or_default().extend(name.headings);
        }
        match row.and_then(|row| drafts.row_mut(row)) {
            Some(row) => row.cells.state = name.spans,
            None => placed.left_over.push(name.spans),
        }
    }
    placed
}

/// The row at which the alphabet begins anew, of those before the one at `row`, which heads printed behind them have:
/// the row itself if its name stands at `place`, above it.
fn begin_of_alphabet(lexicon: &Lexicon, told: &[Told], row: usize, place: usize) -> usize {
    if place <= row {
        return row;
    }
    let rank =
        |index: usize| told.get(index).and_then(|told| told.own.flatten()).map(|state| lexicon.states.rank(state));
    let sheet = told.get(row).map(|told| told.sheet);
    let mut after = rank(row);
    let mut begin = row;
    for index in (0..row).rev().take(FARTHEST).take_while(|index| told.get(*index).map(|told| told.sheet) == sheet) {
        if let (Some(before), Some(next)) = (rank(index), after)
            && before > next
        {
            return begin;
        }
        if let Some(own) = rank(index) {
            (after, begin) = (Some(own), index);
        }
    }
    row
}

fn tell(page: &Page<'_>, lexicon: &Lexicon, drafts: &Drafts, index: usize, is_headed: bool) -> Option<Told> {
    let row = drafts.row(index)?;
    let text = page.excerpt(&row.cells.text, Blanks::Wrapped).text;
    Some(Told {
        subject: subject(&text, lexicon),
        named: lexicon.states.mentions(&text).iter().map(|mention| mention.state).collect(),
        own: (!row.name.is_empty()).then(|| lexicon.whole_state(&row.name)),
        below_heading: drafts.is_below_heading(index) && !is_headed,
        sheet: row.sheet,
    })
}

/// For each of the two ways to a number of names given, how many were given before, and on which way.
type Origins = [Option<(usize, usize)>; 2];

/// The best sum so far, and the way to it: for each row whether a name was given to it.
#[derive(Clone, Copy)]
struct Best {
    sum: i32,
    /// The State that goes on: that of the last name given, or of a row that has its own.
    state: Option<Iso3>,
}

/// The rows of the names `names` of one page with these States, in order; fewer if there are fewer rows.
fn run(lexicon: &Lexicon, told: &[Told], names: &[Name], states: &[Option<Iso3>]) -> Vec<usize> {
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return Vec::new() };
    let near = first.place.saturating_sub(FARTHEST)..(last.place + FARTHEST).min(told.len());
    let window: Vec<usize> = near.filter(|row| told.get(*row).is_some_and(|row| row.sheet == first.sheet)).collect();
    let Some(begin) = window.first().copied() else { return Vec::new() };
    let carried = told[..begin].iter().rev().find_map(|row| row.own).flatten();
    let count = names.len();
    // Two ways for each number of names given: the State that goes on is that of the last of them, or of a row of its own.
    let mut best: Vec<[Option<Best>; 2]> = vec![[None, None]; count + 1];
    if let Some(start) = best.first_mut() {
        *start = [Some(Best { sum: 0, state: carried }), None];
    }
    let mut from: Vec<Vec<Origins>> = Vec::new();
    for row in &window {
        let Some(row_told) = told.get(*row) else { continue };
        let mut next: Vec<[Option<Best>; 2]> = vec![[None, None]; count + 1];
        let mut came = vec![[None, None]; count + 1];
        for given in 0..=count {
            for way in 0..2 {
                let Some(above) = best.get(given).and_then(|ways| ways.get(way)).copied().flatten() else { continue };
                let mut keep = |to: (usize, usize), sum: i32, state: Option<Iso3>| {
                    let slot = next.get_mut(to.0).and_then(|ways| ways.get_mut(to.1));
                    let origin = came.get_mut(to.0).and_then(|ways| ways.get_mut(to.1));
                    if let (Some(slot), Some(origin)) = (slot, origin)
                        && slot.is_none_or(|best| best.sum < sum)
                    {
                        *slot = Some(Best { sum, state });
                        *origin = Some((given, way));
                    }
                };
                let order = |next: Option<Iso3>| match (above.state, next) {
                    (Some(above), Some(next)) if above != next && !row_told.below_heading => {
                        if lexicon.states.rank(above) < lexicon.states.rank(next) { ORDER } else { -ORDER }
                    }
                    _ => 0,
                };
                if let Some(own) = row_told.own {
                    keep((given, 0), above.sum + row_told.fits(own) + order(own), own);
                    continue;
                }
                let nameless = if row_told.below_heading { NAMELESS } else { 0 };
                keep((given, way), above.sum + row_told.fits(above.state) + nameless, above.state);
                if let (Some(name), Some(state)) = (names.get(given), states.get(given)) {
                    let near = if name.place == *row { ABOVE } else { 0 };
                    keep((given + 1, 1), above.sum + row_told.fits(*state) + near + order(*state), *state);
                }
            }
        }
        best = next;
        from.push(came);
    }
    trace(&window, &best, &from)
}

/// The rows to which names were given on the best way that gives most of them.
fn trace(window: &[usize], best: &[[Option<Best>; 2]], from: &[Vec<Origins>]) -> Vec<usize> {
    let ends = best.iter().enumerate().rev().find(|(_, ways)| ways.iter().any(Option::is_some));
    let Some((mut given, ways)) = ends else { return Vec::new() };
    let way = ways.iter().enumerate().filter_map(|(way, best)| Some((best.as_ref()?.sum, way))).max();
    let Some((_, mut way)) = way else { return Vec::new() };
    let mut rows = Vec::new();
    for (row, came) in window.iter().zip(from).rev() {
        let Some((before, before_way)) = came.get(given).and_then(|ways| ways.get(way)).copied().flatten() else {
            break;
        };
        if before < given {
            rows.push(*row);
        }
        (given, way) = (before, before_way);
    }
    rows.reverse();
    rows
}
