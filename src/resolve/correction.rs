//! Editors' corrections, applied to records.
//!
//! A correction names the value it found; if the record says something else by now, the correction
//! no longer matches and the build stops. The text of a record keeps its misprints: a correction of
//! the text stands beside it.

use super::keep;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::model::edtf::Edtf;
use crate::model::record::{Body, CorrectedField, Record, RecordId, StateBasis};
use crate::model::report::Report;
use crate::model::state::Iso3;
use crate::read::EditorCorrection;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Applies `corrections` to the records of `reports`; what does not match is an error. What other expressions of a work
/// say is not corrected: it is shown where they differ.
pub fn apply(reports: &mut [Arc<Report>], corrections: &[EditorCorrection]) -> Vec<Diagnostic> {
    let mut diagnostics = keep::apply(reports, corrections);
    let entries = || corrections.iter().filter(|entry| entry.correction.field != CorrectedField::Id);
    let mut records = named(reports, &entries().map(|entry| &entry.record).collect());
    for entry in entries() {
        let result = match records.get_mut(&entry.record) {
            Some(record) => apply_one(record, entry),
            None => Err(without_record(entry)),
        };
        diagnostics.extend(result.err().map(|diagnostic| in_entry(*diagnostic, entry)));
    }
    diagnostics
}

/// The records of `reports` that have one of `ids`, to be changed.
fn named<'a>(reports: &'a mut [Arc<Report>], ids: &BTreeSet<&RecordId>) -> BTreeMap<RecordId, &'a mut Record> {
    let is_named = |record: &Record| ids.contains(&record.id);
    let own = reports.iter_mut().filter(|report| !report.id.is_other_expression());
    let reports = own.filter(|report| report.records.iter().any(is_named));
    let records = reports.flat_map(|report| &mut Arc::make_mut(report).records);
    records.filter(|record| is_named(record)).map(|record| (record.id.clone(), record)).collect()
}

/// A diagnostic at the entry it speaks of.
pub(super) fn in_entry(diagnostic: Diagnostic, entry: &EditorCorrection) -> Diagnostic {
    let (path, text) = &entry.file;
    diagnostic.at(Place::InText { path: path.as_ref().to_owned(), text: Arc::clone(text), span: entry.span })
}

/// An entry for a record that is not there.
pub(super) fn without_record(entry: &EditorCorrection) -> Box<Diagnostic> {
    let message = format!("there is no record `{}`", entry.record);
    let hint = "name the record by the identifier on its page; `depositary ledger status` lists what moved";
    Box::new(Diagnostic::error(code::CORRECTION_WITHOUT_RECORD, message).hint(hint))
}

fn apply_one(record: &mut Record, entry: &EditorCorrection) -> Result<(), Box<Diagnostic>> {
    let correction = &entry.correction;
    let printed = correction.printed.as_deref();
    let matches = match correction.field {
        CorrectedField::State => state_matches(record, printed),
        CorrectedField::DateEdtf => date_matches(record, printed),
        CorrectedField::Text | CorrectedField::Id => printed.is_some_and(|printed| record.text.text.contains(printed)),
    };
    if !matches {
        return Err(Box::new(mismatch(record, printed)));
    }
    set(record, correction.field, &correction.corrected)?;
    record.corrections.push(correction.clone());
    Ok(())
}

fn set(record: &mut Record, field: CorrectedField, corrected: &str) -> Result<(), Box<Diagnostic>> {
    match field {
        CorrectedField::State => {
            let state = Iso3::new(corrected)
                .ok_or_else(|| wrong_value(corrected, "an ISO 3166-1 alpha-3 code", "write three capitals: `AUT`"))?;
            record.state = Some(state);
            if let Body::Activity(activity) = &mut record.body {
                activity.state_basis = StateBasis::Corrected;
            }
        }
        CorrectedField::DateEdtf => {
            let date = Edtf::parse(corrected).ok_or_else(|| {
                wrong_value(corrected, "a date or period", "write `2008-06-15`, `2008-06`, `2008` or `2007-06/2008-05`")
            })?;
            match &mut record.body {
                Body::Activity(activity) => activity.date = Some(date),
                Body::Reply(reply) => reply.date = Some(date),
                Body::Paragraph(_) => {}
            }
        }
        CorrectedField::Text | CorrectedField::Id => {}
    }
    Ok(())
}

fn wrong_value(corrected: &str, wanted: &str, hint: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(code::CORRECTION_MISMATCH, format!("`{corrected}` is not {wanted}")).hint(hint))
}

fn state_matches(record: &Record, printed: Option<&str>) -> bool {
    let code = record.state.map(|state| state.to_string());
    let cell = record.activity().and_then(|activity| activity.state_printed.as_deref());
    printed == code.as_deref() || printed == cell
}

fn date_matches(record: &Record, printed: Option<&str>) -> bool {
    let is_dated = !matches!(record.body, Body::Paragraph(_));
    is_dated && (printed == record.date_printed() || printed == record.date().map(Edtf::as_str))
}

/// An entry that expects another value than the record has.
pub(super) fn mismatch(record: &Record, printed: Option<&str>) -> Diagnostic {
    let printed = printed.map_or_else(|| "nothing".to_owned(), |printed| format!("`{printed}`"));
    Diagnostic::error(
        code::CORRECTION_MISMATCH,
        format!("the correction of `{}` expects {printed} where the record says something else", record.id),
    )
    .hint("the report or the parser has changed since; look at the record and renew or remove the correction")
}
