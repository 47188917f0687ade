//! Activities by State and reporting period. What is no row of a table of activities is not counted.

use super::super::super::address;
use super::super::super::html::SafeHtml;
use super::super::super::site::Local;
use super::columns::{Column, columns};
use super::grid::{self, BESIDE, Number, Row, Said};
use crate::index::RecordRef;
use crate::model::state::Iso3;

/// Most rows, so that the picture with its table has some 100 kB: those of the States with most activities.
const MAX_ROWS: usize = 96;

/// The picture on the page at `path`; none where no State has an activity.
pub(in super::super) fn picture(local: Local<'_>, path: &str) -> Option<SafeHtml> {
    let is_activity = |at: &&RecordRef| at.get(local.corpus()).is_some_and(|(_, record)| record.activity().is_some());
    let activities = |state: Iso3| -> Vec<&RecordRef> {
        local.index().state(state).into_iter().flat_map(|entry| &entry.records).filter(is_activity).collect()
    };
    let states = local.language.states_in_order.iter().map(|state| (*state, activities(*state)));
    let mut states: Vec<(Iso3, Vec<&RecordRef>)> = states.filter(|(_, activities)| !activities.is_empty()).collect();
    states.sort_by_key(|(_, activities)| std::cmp::Reverse(activities.len()));
    states.truncate(MAX_ROWS);
    // A column of reports without activities says nothing.
    let all = columns(local);
    let shown = states.iter().flat_map(|(_, activities)| activities);
    let has_some = |column: &&Column<'_>| shown.clone().any(|at| column.reports.contains(&at.report));
    let columns: Vec<&Column<'_>> = all.iter().filter(has_some).collect();
    let rows = states.iter().map(|(state, activities)| row(local, *state, activities, &columns)).collect();
    let words = &local.words().picture;
    let said = Said {
        id: "heat",
        title: &words.heat,
        finding: &words.heat_finding,
        names: "states",
        text: &words.heat_text,
        left_out: &words.heat_left_out,
        all: local.index().activities,
        head: &local.words().field.state,
    };
    grid::picture(local, path, &BESIDE, (&columns, rows), &said)
}

fn row(local: Local<'_>, state: Iso3, activities: &[&RecordRef], columns: &[&Column<'_>]) -> Row {
    let number = |column: &&Column<'_>| {
        let number = activities.iter().filter(|at| column.reports.contains(&at.report)).count();
        Number { number, path: target(local, state, column).filter(|_| number > 0) }
    };
    let path = Some(address::state(state));
    Row { name: local.state_name(state), path, numbers: columns.iter().map(number).collect() }
}

/// The State's records of a column on the State's page; none where it has none.
fn target(local: Local<'_>, state: Iso3, column: &Column<'_>) -> Option<String> {
    let records = &local.index().state(state)?.records;
    let first = records.iter().find(|at| column.reports.contains(&at.report))?;
    let id = &local.corpus().reports.get(first.report)?.id;
    Some(format!("{}#{}", address::state(state), address::report_anchor(id)))
}
