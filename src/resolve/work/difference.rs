//! Where a record says different things in two languages.

use crate::model::record::Record;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// In what two expressions of a record differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Whose activity or reply it is.
    State,
    /// The date of the row or reply.
    Date,
    /// A symbol that is cited.
    Symbol,
    /// A State that the text names.
    Mention,
}

/// Something that two expressions of a record do not have alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What it is.
    pub field: Field,
    /// What the work's own report has: a code, EDTF, a symbol; none if nothing.
    pub work: Option<String>,
    /// What the other expression has.
    pub expression: Option<String>,
}

/// Where `version` says something else than `record`.
pub(super) fn differences(record: &Record, version: &Record) -> Vec<Difference> {
    let state = |record: &Record| record.state.map(|state| state.to_string());
    let date = |record: &Record| record.date().map(ToString::to_string);
    let mut differences = Vec::new();
    differences.extend(one(Field::State, state(record), state(version)));
    differences.extend(one(Field::Date, date(record), date(version)));
    differences.extend(each(Field::Symbol, &symbols(record), &symbols(version)));
    differences.extend(each(Field::Mention, &mentions(record), &mentions(version)));
    differences
}

fn one(field: Field, work: Option<String>, expression: Option<String>) -> Option<Difference> {
    (work != expression).then_some(Difference { field, work, expression })
}

/// What one of two sets has and the other has not.
fn each(field: Field, work: &BTreeSet<String>, expression: &BTreeSet<String>) -> Vec<Difference> {
    let lost = work.difference(expression);
    let lost = lost.map(|value| Difference { field, work: Some(value.clone()), expression: None });
    let added = expression.difference(work);
    lost.chain(added.map(|value| Difference { field, work: None, expression: Some(value.clone()) })).collect()
}

fn symbols(record: &Record) -> BTreeSet<String> {
    record.citations.iter().map(|citation| citation.symbol.to_string()).collect()
}

fn mentions(record: &Record) -> BTreeSet<String> {
    record.mentions().iter().map(ToString::to_string).collect()
}
