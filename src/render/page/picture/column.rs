//! How many records stand in each column of a time axis: those whose dates cover it, and beside them those that may belong
//! there, of which only the year or the report's period is known.

use super::super::super::chart::MonthAxis;
use super::super::super::messages::fill;
use super::super::super::site::Local;
use super::noted;
use crate::index::{Months, MonthsBasis};
use std::collections::{BTreeMap, BTreeSet};

/// The records of one column.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Number {
    /// Those whose dates cover it.
    pub(super) dated: usize,
    /// Those that may belong there.
    pub(super) bounded: usize,
}

/// Records by the columns of an axis.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// The numbers; a column without records has none.
    pub(super) numbers: BTreeMap<i32, Number>,
    /// Records with a date that is known to the month.
    pub(super) dated: usize,
    /// Records that are shown by what bounds them.
    pub(super) bounded: usize,
    /// Records that no column has.
    pub(super) left_out: usize,
}

impl Number {
    /// Both together.
    pub(super) fn total(self) -> usize {
        self.dated + self.bounded
    }

    /// As the picture's table has it.
    pub(super) fn figure(self, local: Local<'_>) -> String {
        match self.bounded {
            0 => local.grouped(self.dated),
            bounded => {
                let figures = [("dated", local.grouped(self.dated)), ("bounded", local.grouped(bounded))];
                let figures = figures.each_ref().map(|(name, figure)| (*name, figure.as_str()));
                fill(&local.words().picture.bounded_figure, &figures)
            }
        }
    }

    /// In words.
    pub(super) fn words(self, local: Local<'_>) -> String {
        let bounded = local.count_any(&local.words().picture.bounded, self.bounded);
        [Some(local.record_count(self.dated)), bounded]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(&local.words().dates.join)
    }
}

impl Columns {
    /// Counts `number` records of the same months in.
    pub(super) fn add(&mut self, axis: &MonthAxis, months: &Months, number: usize) {
        let columns: BTreeSet<i32> = months.stretches.iter().flat_map(|months| axis.columns_of(*months)).collect();
        let is_dated = months.basis == MonthsBasis::Dates;
        match (columns.is_empty(), is_dated) {
            (true, _) => self.left_out += number,
            (false, true) => self.dated += number,
            (false, false) => self.bounded += number,
        }
        for column in columns {
            let of_column = self.numbers.entry(column).or_default();
            *(if is_dated { &mut of_column.dated } else { &mut of_column.bounded }) += number;
        }
    }

    /// What is shown and left out.
    pub(super) fn notes(&self, local: Local<'_>) -> Vec<String> {
        let words = &local.words().picture;
        noted([
            local.count_any(&words.shown, self.dated),
            local.count_any(&words.hatched, self.bounded),
            local.count_any(&words.undated, self.left_out),
        ])
    }
}

/// The axis for records of these months. A year that is all that is known of one does not make it longer.
pub(super) fn axis<'a>(months: impl Iterator<Item = &'a Months> + Clone) -> Option<MonthAxis> {
    let spanning = months.filter(|months| months.basis != MonthsBasis::Year).flat_map(|months| &months.stretches);
    MonthAxis::spanning(spanning.flat_map(|(first, last)| [*first, *last]))
}
