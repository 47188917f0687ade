//! Identifiers of records, made of what is printed: never of a counter that a better parser shifts, and the same in
//! every language that a work is printed in.
//!
//! A row: work, section, State, running number among that State's rows of the section
//! (`a-64-ctbt-1a-aus-2`). A paragraph: work and number (`npt-conf-2010-pc-i-wp-78-18`); in a
//! reply, the State before the number (`a-65-137-jpn-8`).

use crate::base::path::slug;
use crate::model::record::{Body, Record, RecordId, SectionCode};
use crate::model::report::ReportId;
use crate::model::state::Iso3;
use crate::parse::label;
use std::collections::BTreeMap;

/// What stands for a State whose name is not known.
const UNKNOWN: &str = "unknown";

/// What is printed beside a record; records with the same are told apart by a running number alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A row of a table: its section, and whose it is.
    Row(SectionCode, Option<Iso3>),
    /// A paragraph: of a reply its State, which may be unknown, and the slug of its number, empty where none is printed.
    Paragraph(Option<Option<Iso3>>, String),
}

impl Place {
    /// The place of a paragraph with the printed `number`; `reply` is the State of a reply, none in the document's own
    /// text.
    #[must_use]
    pub fn of_paragraph(reply: Option<Option<Iso3>>, number: &str) -> Self {
        Self::Paragraph(reply, slug(&in_latin(number)))
    }

    /// The place of `record`.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        match &record.body {
            Body::Activity(activity) => Self::Row(activity.section.clone(), record.state),
            Body::Reply(reply) => Self::of_paragraph(Some(record.state), &reply.paragraph.number),
            Body::Paragraph(paragraph) => Self::of_paragraph(None, &paragraph.number),
        }
    }

    /// The identifier of the record of `work` that is number `n`, from 1, at this place.
    #[must_use]
    pub fn identifier(&self, work: &str, n: usize) -> RecordId {
        RecordId(match self {
            Self::Row(section, state) => {
                let section = if section.0.is_empty() { "0" } else { &section.0 };
                format!("{work}-{section}-{}-{n}", state_part(*state))
            }
            Self::Paragraph(reply, number) => {
                let state = reply.map(|state| format!("-{}", state_part(state))).unwrap_or_default();
                match (number.as_str(), n) {
                    ("", n) => format!("{work}{state}-u{n}"),
                    (number, 1) => format!("{work}{state}-{number}"),
                    (number, again) => format!("{work}{state}-{number}-{again}"),
                }
            }
        })
    }
}

/// Gives identifiers to the records of one report, in source order.
#[derive(Debug)]
pub struct Identifiers<'a> {
    work: &'a str,
    given: BTreeMap<Place, usize>,
}

impl<'a> Identifiers<'a> {
    /// For the records of `report`.
    #[must_use]
    pub fn new(report: &'a ReportId) -> Self {
        Self { work: report.work(), given: BTreeMap::new() }
    }

    /// The identifier of the next record at `place`.
    pub fn next(&mut self, place: Place) -> RecordId {
        let given = self.given.entry(place.clone()).or_default();
        *given += 1;
        place.identifier(self.work, *given)
    }
}

fn state_part(state: Option<Iso3>) -> String {
    state.map_or_else(|| UNKNOWN.to_owned(), Iso3::to_lower)
}

/// A number with the letters of its subparagraphs in Latin ones, as paths have no others: `3(b)` for `3(ب)`.
fn in_latin(number: &str) -> String {
    number.split('(').map(|part| label::in_latin(part.trim_end_matches(')'))).collect::<Vec<_>>().join("-")
}
