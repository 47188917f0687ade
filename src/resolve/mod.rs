//! The only stage that sees all reports: States, carried and inferred cells, ids, corrections.
//!
//! Input: parsed reports and reference tables. Output: [`Corpus`]. Invariant: what was inferred or
//! corrected says so.

pub mod adoption;
pub mod correction;
pub mod duplicate;
pub mod fact;
pub mod gist;
pub mod identifier;
mod keep;
pub mod ledger;
pub mod meeting;
pub mod report;
pub mod report_cache;
pub mod state_inference;
pub mod translation;
pub mod typo;
pub mod work;

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::lazy::Lazy;
use crate::base::limits::MAX_RECORDS;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::model::record::{Record, RecordId};
use crate::model::reference::Reference;
use crate::model::report::{Report, ReportId};
use crate::model::translation::Translations;
use crate::read::EditorCorrection;
use hashbrown::HashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use work::Works;

/// The whole archive.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// Source texts, indexed by `SourceId`.
    pub sources: Vec<Lazy<Source>>,
    /// Reports by id.
    pub reports: Vec<Arc<Report>>,
    /// Reference tables.
    pub reference: Reference,
    /// Unofficial translations.
    pub translations: Translations,
    /// Which reports are one work in several languages.
    pub works: Works,
}

/// A record's place in the corpus; the order of places is the order of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordRef {
    /// Index of the report.
    pub report: usize,
    /// Index of the record in it.
    pub record: usize,
}

impl Corpus {
    /// The texts alone.
    #[must_use]
    pub fn into_sources(self) -> Vec<Source> {
        self.sources.into_iter().map(Lazy::into_inner).collect()
    }

    /// Unpacks everything.
    pub fn unpack(&mut self) {
        self.sources.par_iter_mut().for_each(Lazy::unpack);
        self.reports.par_iter_mut().for_each(|report| Arc::make_mut(report).unpack());
    }

    /// Gives up what can be unpacked again.
    pub fn release(&mut self) {
        self.sources.iter_mut().for_each(Lazy::release);
        self.reports.iter_mut().for_each(|report| Arc::make_mut(report).release());
    }
}

impl RecordRef {
    /// The record itself and its report.
    #[must_use]
    pub fn get(self, corpus: &Corpus) -> Option<(&Report, &Record)> {
        let report = corpus.reports.get(self.report)?;
        Some((report, report.records.get(self.record)?))
    }
}

/// What only shows with all reports at hand: editors' corrections, works in several languages, and identifiers that are
/// not unique.
#[must_use]
pub fn check_corpus(reports: &mut [Arc<Report>], corrections: &[EditorCorrection]) -> (Works, Vec<Diagnostic>) {
    let (mut diagnostics, left) = correction::apply(reports, corrections);
    let (works, different) = work::works(reports);
    diagnostics.extend(different);
    diagnostics.extend(correction::apply_alone(reports, &works, left));
    diagnostics.extend(collisions(reports, &works));
    diagnostics.extend(reports.iter().filter_map(|report| too_long(report)));
    (works, diagnostics)
}

/// An error if each record of the report would need a page, and there are too many for that.
fn too_long(report: &Report) -> Option<Diagnostic> {
    let first = report.records.get(MAX_RECORDS)?;
    let span = first.text.spans().next().unwrap_or(Span::default());
    let message = format!("{} records in one report, where the limit is {MAX_RECORDS}", report.records.len());
    let fault = Diagnostic::error(code::TOO_MANY_RECORDS, message).at(Place::InSource(report.source, span));
    Some(fault.hint("divide the text into the reports that it is made of"))
}

fn collisions(reports: &[Arc<Report>], works: &Works) -> Vec<Diagnostic> {
    let mut seen: HashMap<&RecordId, &ReportId> = HashMap::new();
    let mut diagnostics = Vec::new();
    for (position, report) in reports.iter().enumerate() {
        for (number, record) in report.records.iter().enumerate() {
            if works.pair(RecordRef { report: position, record: number }).is_some() {
                continue;
            }
            let Some(other) = seen.insert(&record.id, &report.id) else { continue };
            let span = record.text.spans().next().unwrap_or(Span::default());
            let message = format!("two records have the identifier `{}`, in `{other}` and `{}`", record.id, report.id);
            let hint = "give one of the reports an id that is not a prefix of the other's";
            diagnostics.push(
                Diagnostic::error(code::RECORD_ID_COLLISION, message)
                    .at(Place::InSource(report.source, span))
                    .hint(hint),
            );
        }
    }
    diagnostics
}
