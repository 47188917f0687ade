//! The only stage that sees all reports: States, carried and inferred cells, ids, corrections.
//!
//! Input: parsed reports and reference tables. Output: [`Corpus`]. Invariant: what was inferred or
//! corrected says so.

pub mod carry;
pub mod identifier;
pub mod report;
pub mod typo;

use crate::base::source::Source;
use crate::model::reference::Reference;
use crate::model::report::Report;

/// The whole archive.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// Source texts, indexed by `SourceId`.
    pub sources: Vec<Source>,
    /// Reports by id.
    pub reports: Vec<Report>,
    /// Reference tables.
    pub reference: Reference,
}
