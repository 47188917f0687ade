//! The State of each row: printed, carried from the row above, inferred or corrected.
//!
//! Input: the rows of a report in order. Output: a State and its basis for each. Invariant: a State
//! that is not printed in its own row says so.
//!
//! A cell can stand one row off: printed too high, its row speaks of the State above while the next
//! row, with an empty cell, speaks of the printed State; or too low, a row with an empty cell speaks
//! of the State that the next row prints.

use crate::model::record::{CorrectedBy, CorrectedField, Correction, Reason, StateBasis};
use crate::model::state::{Iso3, Mention};
use crate::parse::item::{Row, StateCell};

/// A row as far as its State goes.
#[derive(Debug, Clone, Copy)]
pub struct RowView<'a> {
    /// The row.
    pub row: &'a Row,
    /// The States its text names.
    pub named: &'a [Mention],
}

/// What the State of a row is, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowState {
    /// The State; none if its name is not known.
    pub state: Option<Iso3>,
    /// Where it comes from.
    pub basis: StateBasis,
    /// Whether the State was corrected, and why.
    pub correction: Option<Correction>,
}

impl RowView<'_> {
    fn names(&self, state: Iso3) -> bool {
        self.named.iter().any(|mention| mention.state == state)
    }

    /// The State with whose name the text begins.
    fn subject(&self) -> Option<Iso3> {
        self.named.first().filter(|mention| mention.range.start == 0).map(|mention| mention.state)
    }

    fn is_empty_cell(&self) -> bool {
        matches!(&self.row.state, StateCell::AsPrinted { cell, .. } if cell.is_empty())
    }

    fn printed(&self) -> Option<Iso3> {
        match &self.row.state {
            StateCell::AsPrinted { state, .. } => *state,
            StateCell::Segmented { .. } => None,
        }
    }
}

/// The State of every row of one report.
#[must_use]
pub fn states(rows: &[RowView<'_>]) -> Vec<RowState> {
    let mut states: Vec<RowState> = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let same_section = |other: &RowView<'_>| other.row.section == row.row.section;
        let above = index.checked_sub(1).filter(|above| rows.get(*above).is_some_and(same_section));
        let above = above.and_then(|above| states.get(above));
        let below = rows.get(index + 1).filter(|below| same_section(below));
        states.push(state_of(row, above, index.checked_sub(1).and_then(|above| rows.get(above)), below));
    }
    states
}

fn state_of(
    row: &RowView<'_>,
    above: Option<&RowState>,
    row_above: Option<&RowView<'_>>,
    below: Option<&RowView<'_>>,
) -> RowState {
    match &row.row.state {
        StateCell::Segmented { state, basis, .. } => plain(*state, *basis),
        StateCell::AsPrinted { cell, state } if !cell.is_empty() => {
            too_high(row, above, below).unwrap_or_else(|| plain(*state, StateBasis::Printed))
        }
        StateCell::AsPrinted { .. } => empty_cell(row, above, row_above, below),
    }
}

fn plain(state: Option<Iso3>, basis: StateBasis) -> RowState {
    RowState { state, basis, correction: None }
}

/// The printed name belongs to the next row: this text is still about the State above.
fn too_high(row: &RowView<'_>, above: Option<&RowState>, below: Option<&RowView<'_>>) -> Option<RowState> {
    let printed = row.printed()?;
    let above = above?.state.filter(|above| *above != printed)?;
    let below = below?;
    let moved = below.is_empty_cell() && below.names(printed) && !below.names(above);
    let contradicted = row.subject() == Some(above) && !row.names(printed);
    (moved && contradicted).then(|| RowState {
        state: Some(above),
        basis: StateBasis::Corrected,
        correction: Some(Correction {
            field: CorrectedField::State,
            printed: Some(row.row.state.cell().text.clone()),
            corrected: above.to_string(),
            why: Reason::NameTooHigh { above, printed },
            by: CorrectedBy::Rule,
            date: None,
        }),
    })
}

fn empty_cell(
    row: &RowView<'_>,
    above: Option<&RowState>,
    row_above: Option<&RowView<'_>>,
    below: Option<&RowView<'_>>,
) -> RowState {
    let carried = above.and_then(|above| above.state);
    let displaced = above.filter(|above| above.basis == StateBasis::Corrected);
    if let (Some(_), Some(printed)) = (displaced, row_above.and_then(RowView::printed)) {
        return plain(Some(printed), StateBasis::Inferred);
    }
    match too_low(row, carried, below) {
        Some(state) => plain(Some(state), StateBasis::Inferred),
        None => plain(carried, StateBasis::Carried),
    }
}

/// The name is printed in the next row: this text already begins with it and does not speak of the State above.
fn too_low(row: &RowView<'_>, carried: Option<Iso3>, below: Option<&RowView<'_>>) -> Option<Iso3> {
    let subject = row.subject()?;
    let printed_below = below?.printed()?;
    let carried_is_absent = carried.is_none_or(|carried| !row.names(carried));
    (subject == printed_below && Some(subject) != carried && carried_is_absent).then_some(subject)
}
