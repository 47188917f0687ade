//! Identifiers of records, made of what is printed: never of a counter that a better parser shifts.
//!
//! A row: report, section, State, running number among that State's rows of the section
//! (`a-64-ctbt-1a-aus-2`). A paragraph: report and number (`npt-conf-2010-pc-i-wp-78-18`); in a
//! reply, the State before the number (`a-65-137-jpn-8`).

use crate::base::path::slug;
use crate::model::record::{RecordId, SectionCode};
use crate::model::report::ReportId;
use crate::model::state::Iso3;
use crate::parse::label;
use std::collections::BTreeMap;

/// What stands for a State whose name is not known.
const UNKNOWN: &str = "unknown";

/// Gives identifiers to the records of one report, in source order.
#[derive(Debug)]
pub struct Identifiers<'a> {
    report: &'a ReportId,
    given: BTreeMap<String, usize>,
}

impl<'a> Identifiers<'a> {
    /// For the records of `report`.
    #[must_use]
    pub fn new(report: &'a ReportId) -> Self {
        Self { report, given: BTreeMap::new() }
    }

    /// The identifier of the next row of `state` in `section`.
    pub fn row(&mut self, section: &SectionCode, state: Option<Iso3>) -> RecordId {
        let section = if section.0.is_empty() { "0" } else { &section.0 };
        let stem = format!("{}-{section}-{}", self.report, state_part(state));
        let number = self.count(&stem);
        RecordId(format!("{stem}-{number}"))
    }

    /// The identifier of the paragraph with this number, which may be empty where none is printed.
    ///
    /// `reply` is the State of a reply, none in the document's own text. A number that occurs again
    /// gets a further running number behind it.
    pub fn paragraph(&mut self, reply: Option<Option<Iso3>>, number: &str) -> RecordId {
        let state = reply.map(|state| format!("-{}", state_part(state))).unwrap_or_default();
        let stem = format!("{}{state}", self.report);
        if number.is_empty() {
            let number = self.count(&format!("{stem}-u"));
            return RecordId(format!("{stem}-u{number}"));
        }
        let id = format!("{stem}-{}", slug(&in_latin(number)));
        match self.count(&id) {
            1 => RecordId(id),
            again => RecordId(format!("{id}-{again}")),
        }
    }

    fn count(&mut self, stem: &str) -> usize {
        let count = self.given.entry(stem.to_owned()).or_insert(0);
        *count += 1;
        *count
    }
}

fn state_part(state: Option<Iso3>) -> String {
    state.map_or_else(|| UNKNOWN.to_owned(), Iso3::to_lower)
}

/// A number with the letters of its subparagraphs in Latin ones, as paths have no others: `3(b)` for `3(ب)`.
fn in_latin(number: &str) -> String {
    number.split('(').map(|part| label::in_latin(part.trim_end_matches(')'))).collect::<Vec<_>>().join("-")
}
