//! Identifiers that editors keep with their records, where the print would give them others by now.
//!
//! A row that was overlooked, found by a better parser or put into a mended source, shifts the running numbers of
//! the rows below it. What was published stays with its text by an entry for the field `id` in
//! `content/corrections/`: it names the record by the identifier that the print gives, and says which it keeps.
//! Entries of other fields name records by the identifiers they have in the end. What is kept is no reading of the
//! print, so a record does not show it among its corrections.

use super::correction::{in_entry, mismatch, without_record};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::limits::MAX_RECORD_ID_BYTES;
use crate::base::path::is_slug;
use crate::model::record::{CorrectedField, Record, RecordId};
use crate::model::report::Report;
use crate::read::EditorCorrection;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Gives the records of `reports` the identifiers they keep, all at once, as each may be another's old one.
pub(super) fn apply(reports: &mut [Arc<Report>], corrections: &[EditorCorrection]) -> Vec<Diagnostic> {
    let (mut entries, mut diagnostics) = (BTreeMap::new(), Vec::new());
    for entry in corrections.iter().filter(|entry| entry.correction.field == CorrectedField::Id) {
        if let Some(other) = entries.insert(&entry.record, entry) {
            let message = format!("two entries keep an identifier for `{}`", other.record);
            let twice = Diagnostic::error(code::CORRECTION_MISMATCH, message).hint("leave one of the two out");
            diagnostics.push(in_entry(twice, entry));
        }
    }
    for report in reports.iter_mut().filter(|report| !report.id.is_other_expression()) {
        if !has_any(report, &entries) {
            continue;
        }
        for record in Arc::make_mut(report).records.iter_mut() {
            let Some(entry) = entries.remove(&record.id) else { continue };
            match kept(record, entry) {
                Ok(id) => record.id = id,
                Err(diagnostic) => diagnostics.push(in_entry(*diagnostic, entry)),
            }
        }
    }
    diagnostics.extend(entries.into_values().map(|entry| in_entry(*without_record(entry), entry)));
    diagnostics
}

fn has_any(report: &Report, entries: &BTreeMap<&RecordId, &EditorCorrection>) -> bool {
    report.records.iter().any(|record| entries.contains_key(&record.id))
}

fn kept(record: &Record, entry: &EditorCorrection) -> Result<RecordId, Box<Diagnostic>> {
    let correction = &entry.correction;
    if correction.printed.as_ref().is_some_and(|printed| *printed != record.id.0) {
        return Err(Box::new(mismatch(record, correction.printed.as_deref())));
    }
    if !is_slug(&correction.corrected) || correction.corrected.len() > MAX_RECORD_ID_BYTES {
        let message = format!("`{}` cannot be an identifier", correction.corrected);
        let bad = Diagnostic::error(code::CORRECTION_MISMATCH, message);
        let hint = format!("use at most {MAX_RECORD_ID_BYTES} lower-case letters, digits and single hyphens");
        return Err(Box::new(bad.hint(hint)));
    }
    Ok(RecordId(correction.corrected.clone()))
}
