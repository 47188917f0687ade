//! The rows a path may be in when it comes to a place, each with what the path is worth if the row ends there.
//!
//! Input: rows, as paths reach them, and places, first to last. Output: for each State the best row that may end at
//! the place. What a row is worth changes at three places only and never falls, so that a row is weighed where it
//! changes, not at each place where it might end: the search is linear in the section, not in its square.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// No row is longer, in bytes.
const LONGEST_ROW: usize = 9000;

/// A row that ends: the sum of the path with it, its start, and its State's place among those of the path.
pub type Candidate = (f64, usize, usize);

/// What is known of the rows that have begun.
pub struct OpenRows {
    /// For each State, rows by worth, the best on top. What a row was worth before it was worth more lies below.
    rows: Vec<BinaryHeap<Worth>>,
    /// Bytes at which rows are worth more than before, the first on top.
    changes: BinaryHeap<Reverse<Change>>,
}

/// A row that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Its start, by number.
    pub start: usize,
    /// The byte it begins at.
    pub at: usize,
    /// The place of its State among those of the path.
    pub rank: usize,
}

/// From this byte on a row is worth more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    from: usize,
    row: Row,
}

/// What a path with this row is worth.
#[derive(Debug, Clone, Copy)]
struct Worth {
    sum: f64,
    row: Row,
}

impl OpenRows {
    /// No row of any of `states` States has begun.
    #[must_use]
    pub fn new(states: usize) -> Self {
        Self { rows: vec![BinaryHeap::new(); states], changes: BinaryHeap::new() }
    }

    /// Adds a row that changes its worth at the bytes `changes`.
    pub fn add(&mut self, row: Row, changes: impl IntoIterator<Item = usize>) {
        let near = changes.into_iter().filter(|from| *from <= row.at + LONGEST_ROW);
        self.changes.extend(near.map(|from| Reverse(Change { from, row })));
    }

    /// For each State the best row that may end at byte `end`, the latest of equal ones.
    ///
    /// `worth` tells what the path with a row is worth if it ends there.
    pub fn ending_at(&mut self, end: usize, worth: impl Fn(Row) -> Option<f64>) -> Vec<Option<Candidate>> {
        while let Some(Reverse(change)) = self.changes.peek().copied().filter(|Reverse(change)| change.from <= end) {
            self.changes.pop();
            if let (Some(sum), Some(rows)) = (worth(change.row), self.rows.get_mut(change.row.rank)) {
                rows.push(Worth { sum, row: change.row });
            }
        }
        self.rows.iter_mut().map(|rows| best(rows, end)).collect()
    }
}

/// The best of `rows` that is not too long at byte `end`; those that are have no part any more.
fn best(rows: &mut BinaryHeap<Worth>, end: usize) -> Option<Candidate> {
    while let Some(best) = rows.peek() {
        if best.row.at + LONGEST_ROW >= end {
            return Some((best.sum, best.row.start, best.row.rank));
        }
        rows.pop();
    }
    None
}

impl Ord for Worth {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.sum.total_cmp(&other.sum).then(self.row.cmp(&other.row))
    }
}

impl PartialOrd for Worth {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Worth {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Worth {}
