//! Editors' corrections, applied to records.
//!
//! A correction names the value it found; if the record says something else by now, the correction
//! no longer matches and the build stops. The text of a record keeps its misprints: a correction of
//! the text stands beside it.

use super::work::Works;
use super::{RecordRef, keep};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::model::record::{Body, Record, RecordId, StateBasis};
use crate::model::report::Report;
use crate::model::state::Iso3;
use crate::read::EditorCorrection;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Applies `corrections` to the records of works' own reports; what does not match is an error. Returns the entries for
/// which those have no record: another expression may have it alone. What another expression says of a record of the
/// work is not corrected: it is shown where they differ.
pub fn apply<'a>(
    reports: &mut [Arc<Report>],
    corrections: &'a [EditorCorrection],
) -> (Vec<Diagnostic>, Vec<&'a EditorCorrection>) {
    let mut diagnostics = keep::apply(reports, corrections);
    let entries = corrections.iter().filter(|entry| entry.correction.field != keep::FIELD).collect();
    let (found, left) = apply_to(reports, entries, |report, _| !report.id.is_other_expression());
    diagnostics.extend(found);
    (diagnostics, left)
}

/// Applies `entries` to the records that only another expression of their work has.
pub fn apply_alone(reports: &mut [Arc<Report>], works: &Works, entries: Vec<&EditorCorrection>) -> Vec<Diagnostic> {
    let is_alone = |report: &Report, at: RecordRef| report.id.is_other_expression() && works.pair(at).is_none();
    let (mut diagnostics, left) = apply_to(reports, entries, is_alone);
    diagnostics.extend(left.into_iter().map(|entry| in_entry(*without_record(entry), entry)));
    diagnostics
}

/// Applies `entries` to the records of `reports` that are meant; returns those that are for no such record.
fn apply_to<'a>(
    reports: &mut [Arc<Report>],
    entries: Vec<&'a EditorCorrection>,
    is_meant: impl Fn(&Report, RecordRef) -> bool,
) -> (Vec<Diagnostic>, Vec<&'a EditorCorrection>) {
    let mut records = named(reports, &entries.iter().map(|entry| &entry.record).collect(), is_meant);
    let (mut diagnostics, mut left) = (Vec::new(), Vec::new());
    for entry in entries {
        match records.get_mut(&entry.record).map(|record| apply_one(record, entry)) {
            Some(Ok(())) => {}
            Some(Err(diagnostic)) => diagnostics.push(in_entry(*diagnostic, entry)),
            None => left.push(entry),
        }
    }
    (diagnostics, left)
}

/// The records of `reports` that have one of `ids` and are meant, to be changed.
fn named<'a>(
    reports: &'a mut [Arc<Report>],
    ids: &BTreeSet<&RecordId>,
    is_meant: impl Fn(&Report, RecordRef) -> bool,
) -> BTreeMap<RecordId, &'a mut Record> {
    let mut found = BTreeMap::new();
    for (position, report) in reports.iter_mut().enumerate() {
        let named = report.records.iter().enumerate().filter(|(_, record)| ids.contains(&record.id));
        let refs = named.map(|(record, _)| RecordRef { report: position, record });
        let meant: BTreeSet<usize> = refs.filter(|at| is_meant(report, *at)).map(|at| at.record).collect();
        if !meant.is_empty() {
            let records = Arc::make_mut(report).records.iter_mut().enumerate();
            let records = records.filter(|(number, _)| meant.contains(number));
            found.extend(records.map(|(_, record)| (record.id.clone(), record)));
        }
    }
    found
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
    let matches = match correction.field.as_str() {
        "state" => state_matches(record, correction.printed.as_deref()),
        "date_edtf" => date_matches(record, correction.printed.as_deref()),
        "text" => correction.printed.as_deref().is_some_and(|printed| record.text.text.contains(printed)),
        field => return Err(Box::new(unknown_field(field))),
    };
    if !matches {
        return Err(Box::new(mismatch(record, correction.printed.as_deref())));
    }
    set(record, &correction.field, &correction.corrected)?;
    record.corrections.push(correction.clone());
    Ok(())
}

fn set(record: &mut Record, field: &str, corrected: &str) -> Result<(), Box<Diagnostic>> {
    match (field, &mut record.body) {
        ("state", body) => {
            let state = Iso3::new(corrected).ok_or_else(|| no_code(corrected))?;
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

fn no_code(corrected: &str) -> Box<Diagnostic> {
    let message = format!("`{corrected}` is no ISO 3166-1 alpha-3 code");
    Box::new(Diagnostic::error(code::CORRECTION_MISMATCH, message).hint("three capital letters: `AUT`"))
}

fn state_matches(record: &Record, printed: Option<&str>) -> bool {
    let code = record.state.map(|state| state.to_string());
    let cell = record.activity().and_then(|activity| activity.state_printed.as_deref());
    printed == code.as_deref() || printed == cell
}

fn date_matches(record: &Record, printed: Option<&str>) -> bool {
    let is_dated = !matches!(record.body, Body::Paragraph(_));
    is_dated && (printed == record.date_printed() || printed == record.date_edtf())
}

fn unknown_field(field: &str) -> Diagnostic {
    Diagnostic::error(code::CORRECTION_MISMATCH, format!("`{field}` cannot be corrected"))
        .hint("fields that can be corrected: `state`, `date_edtf`, `text`, `id`")
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
