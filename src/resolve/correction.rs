//! Editors' corrections, applied to records.
//!
//! A correction names the value it found; if the record says something else by now, the correction
//! no longer matches and the build stops. The text of a record keeps its misprints: a correction of
//! the text stands beside it.

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::is_slug;
use crate::model::record::{Body, Record, RecordId, StateBasis};
use crate::model::report::Report;
use crate::model::state::Iso3;
use crate::read::EditorCorrection;
use std::collections::BTreeMap;

/// The field by which an editor keeps an identifier with its record.
const IDENTIFIER: &str = "id";

/// Applies `corrections` to the records of `reports`; what does not match is an error.
pub fn apply(reports: &mut [Report], corrections: &[EditorCorrection]) -> Vec<Diagnostic> {
    let mut diagnostics = apply_identifiers(reports, corrections);
    for entry in corrections.iter().filter(|entry| entry.correction.field != IDENTIFIER) {
        let mut records = reports.iter_mut().flat_map(|report| report.records.iter_mut());
        let result = match records.find(|record| record.id == entry.record) {
            Some(record) => apply_one(record, entry),
            None => Err(without_record(entry)),
        };
        diagnostics.extend(result.err().map(|diagnostic| in_entry(diagnostic, entry)));
    }
    diagnostics
}

/// Gives records the identifiers that editors keep for them, all at once, as each may be another's old one.
///
/// An entry names the record by the identifier that the print gives; entries of other fields name it by the one
/// that it has in the end. The published identifier is no reading of the print, so the record does not show it as
/// a correction.
fn apply_identifiers(reports: &mut [Report], corrections: &[EditorCorrection]) -> Vec<Diagnostic> {
    let entries = corrections.iter().filter(|entry| entry.correction.field == IDENTIFIER);
    let mut kept: BTreeMap<&RecordId, &EditorCorrection> = entries.map(|entry| (&entry.record, entry)).collect();
    let mut diagnostics = Vec::new();
    for record in reports.iter_mut().flat_map(|report| report.records.iter_mut()) {
        let Some(entry) = kept.remove(&record.id) else { continue };
        match kept_identifier(record, entry) {
            Ok(id) => record.id = id,
            Err(diagnostic) => diagnostics.push(in_entry(diagnostic, entry)),
        }
    }
    diagnostics.extend(kept.values().map(|entry| in_entry(without_record(entry), entry)));
    diagnostics
}

fn kept_identifier(record: &Record, entry: &EditorCorrection) -> Result<RecordId, Diagnostic> {
    let correction = &entry.correction;
    if correction.printed.as_ref().is_some_and(|printed| *printed != record.id.0) {
        return Err(mismatch(record, correction.printed.as_deref()));
    }
    let message = || format!("`{}` cannot be an identifier", correction.corrected);
    match is_slug(&correction.corrected) {
        true => Ok(RecordId(correction.corrected.clone())),
        false => Err(Diagnostic::error(code::CORRECTION_MISMATCH, message())),
    }
}

fn without_record(entry: &EditorCorrection) -> Diagnostic {
    Diagnostic::error(code::CORRECTION_WITHOUT_RECORD, format!("there is no record `{}`", entry.record))
}

fn in_entry(diagnostic: Diagnostic, entry: &EditorCorrection) -> Diagnostic {
    let (path, text) = entry.file.clone();
    diagnostic.at(Place::InText { path, text, span: entry.span })
}

fn apply_one(record: &mut Record, entry: &EditorCorrection) -> Result<(), Diagnostic> {
    let correction = &entry.correction;
    let matches = match correction.field.as_str() {
        "state" => state_matches(record, correction.printed.as_deref()),
        "date_edtf" => date_matches(record, correction.printed.as_deref()),
        "text" => correction.printed.as_deref().is_some_and(|printed| record.text.text.contains(printed)),
        field => return Err(unknown_field(field)),
    };
    if !matches {
        return Err(mismatch(record, correction.printed.as_deref()));
    }
    set(record, &correction.field, &correction.corrected)?;
    record.corrections.push(correction.clone());
    Ok(())
}

fn set(record: &mut Record, field: &str, corrected: &str) -> Result<(), Diagnostic> {
    match (field, &mut record.body) {
        ("state", body) => {
            let state = Iso3::new(corrected).ok_or_else(|| {
                Diagnostic::error(code::CORRECTION_MISMATCH, format!("`{corrected}` is no ISO 3166-1 alpha-3 code"))
            })?;
            record.state = Some(state);
            if let Body::Activity(activity) = body {
                activity.state_basis = StateBasis::Corrected;
            }
        }
        ("date_edtf", Body::Activity(activity)) => activity.date_edtf = Some(corrected.to_owned()),
        ("date_edtf", Body::Reply(reply)) => reply.date_edtf = Some(corrected.to_owned()),
        _ => {}
    }
    Ok(())
}

fn state_matches(record: &Record, printed: Option<&str>) -> bool {
    let code = record.state.map(|state| state.to_string());
    let cell = record.activity().and_then(|activity| activity.state_printed.as_deref());
    printed == code.as_deref() || printed == cell
}

fn date_matches(record: &Record, printed: Option<&str>) -> bool {
    let cell = match &record.body {
        Body::Activity(activity) => activity.date_printed.as_deref(),
        Body::Reply(reply) => reply.date_printed.as_deref(),
        Body::Paragraph(_) => return false,
    };
    printed == cell || printed == record.date_edtf()
}

fn unknown_field(field: &str) -> Diagnostic {
    Diagnostic::error(code::CORRECTION_MISMATCH, format!("`{field}` cannot be corrected"))
        .hint("fields that can be corrected: `state`, `date_edtf`, `text`, `id`")
}

fn mismatch(record: &Record, printed: Option<&str>) -> Diagnostic {
    let printed = printed.map_or_else(|| "nothing".to_owned(), |printed| format!("`{printed}`"));
    Diagnostic::error(
        code::CORRECTION_MISMATCH,
        format!("the correction of `{}` expects {printed} where the record says something else", record.id),
    )
    .hint("the report or the parser has changed since; look at the record and renew or remove the correction")
}
