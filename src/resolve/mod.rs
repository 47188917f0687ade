//! The only stage that sees all reports: States, carried and inferred cells, ids, corrections.
//!
//! Input: parsed reports and reference tables. Output: [`Corpus`]. Invariant: what was inferred or
//! corrected says so.

pub mod carry;
pub mod correction;
pub mod duplicate;
pub mod fact;
pub mod identifier;
mod keep;
pub mod ledger;
pub mod meeting;
pub mod recall;
pub mod report;
pub mod translation;
pub mod typo;

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::MAX_RECORDS;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::model::record::RecordId;
use crate::model::reference::Reference;
use crate::model::report::{Report, ReportId};
use crate::model::translation::Translations;
use crate::read::EditorCorrection;
use hashbrown::HashMap;
use std::sync::Arc;

/// The whole archive.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// Source texts, indexed by `SourceId`.
    pub sources: Vec<Source>,
    /// Reports by id.
    pub reports: Vec<Arc<Report>>,
    /// Reference tables.
    pub reference: Reference,
    /// Unofficial translations.
    pub translations: Translations,
}

/// What only shows with all reports at hand: editors' corrections, and identifiers that are not unique.
#[must_use]
pub fn together(reports: &mut [Arc<Report>], corrections: &[EditorCorrection]) -> Vec<Diagnostic> {
    let mut diagnostics = correction::apply(reports, corrections);
    diagnostics.extend(collisions(reports));
    diagnostics.extend(reports.iter().filter_map(|report| too_long(report)));
    diagnostics
}

/// An error if each record of the report would need a page, and there are too many for that.
fn too_long(report: &Report) -> Option<Diagnostic> {
    let first = report.records.get(MAX_RECORDS)?;
    let span = first.text.spans().next().unwrap_or(Span::default());
    let message = format!("{} records in one report, where the limit is {MAX_RECORDS}", report.records.len());
    let fault = Diagnostic::error(code::TOO_MANY_RECORDS, message).at(Place::InSource(report.source, span));
    Some(fault.hint("divide the text into the reports that it is made of"))
}

fn collisions(reports: &[Arc<Report>]) -> Vec<Diagnostic> {
    let mut seen: HashMap<&RecordId, &ReportId> = HashMap::new();
    let mut diagnostics = Vec::new();
    for report in reports {
        for record in &report.records {
            let Some(other) = seen.insert(&record.id, &report.id) else { continue };
            let span = record.text.spans().next().unwrap_or(Span::default());
            let message = format!("two records have the identifier `{}`, in `{other}` and `{}`", record.id, report.id);
            let hint = "give one of the reports an id that is no beginning of the other's";
            diagnostics.push(
                Diagnostic::error(code::RECORD_ID_COLLISION, message)
                    .at(Place::InSource(report.source, span))
                    .hint(hint),
            );
        }
    }
    diagnostics
}
