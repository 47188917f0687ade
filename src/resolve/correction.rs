//! Editors' corrections, applied to records.
//!
//! A correction names the value it found; if the record says something else by now, the correction
//! no longer matches and the build stops. The text of a record keeps its misprints: a correction of
//! the text stands beside it.

use super::work::Works;
use super::{RecordRef, keep};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::model::edtf::Edtf;
use crate::model::record::{Body, CorrectedField, Record, RecordId, StateBasis};
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
    let entries = corrections.iter().filter(|entry| entry.correction.field != CorrectedField::Id).collect();
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
