//! Every correction of the archive: as printed, as corrected, why, and by whom.

use super::overview::Overview;
use super::report;
use super::subject::{Input, Local, Page, Subjects, fill, subjects};
use crate::model::edtf::Edtf;
use crate::model::record::{CorrectedBy, CorrectedField, Correction, Reason, Record};
use crate::model::report::Report;
use crate::model::state::Iso3;
use serde::Serialize;
use tera::Value;

/// The page of corrections.
pub(super) const OVERVIEW: Overview = Overview {
    name: "corrections",
    title: |words| &words.corrections.title,
    description: |words| &words.corrections.description,
    on_home: None,
    is_in_navigation: false,
    page: |local, head| Page::new("corrections.html", head, &view(local)),
};

/// What `corrections.html` shows.
#[derive(Serialize)]
struct CorrectionsView {
    total: String,
    groups: Vec<CorrectionGroup>,
}

/// The corrections of one report.
#[derive(Serialize)]
struct CorrectionGroup {
    report: Value,
    count: String,
    corrections: Vec<CorrectionView>,
}

/// A correction: as printed, as corrected, and why.
#[derive(Serialize)]
pub(super) struct CorrectionView {
    /// The record, on pages of several.
    record: Option<Value>,
    field: String,
    printed: Option<String>,
    /// Language of what is printed, where it is not the page's.
    printed_lang: Option<String>,
    corrected: String,
    why: String,
    why_lang: Option<&'static str>,
    by: String,
}

impl CorrectionView {
    /// The same correction with a link to its record.
    pub(super) fn of(self, record: &Value) -> Self {
        Self { record: Some(record.clone()), ..self }
    }
}

/// The page.
pub(super) fn pages<'a>(_: &Input<'a>) -> Subjects<'a> {
    subjects([&OVERVIEW])
}

fn view(local: Local<'_>) -> CorrectionsView {
    let counts = &local.words().counts.corrections;
    let reports = local.corpus().reports.iter().enumerate();
    let groups = reports.map(|(position, report)| {
        let corrections = report::all_corrections(local, position, report);
        CorrectionGroup { report: local.report(position), count: local.count(counts, corrections.len()), corrections }
    });
    let groups: Vec<CorrectionGroup> = groups.filter(|group| !group.corrections.is_empty()).collect();
    CorrectionsView { total: local.count(counts, groups.iter().map(|group| group.corrections.len()).sum()), groups }
}

/// A record's corrections.
pub(super) fn corrections(local: Local<'_>, report: &Report, record: &Record) -> Vec<CorrectionView> {
    record.corrections.iter().map(|correction| correction_view(local, report, correction)).collect()
}

fn correction_view(local: Local<'_>, report: &Report, correction: &Correction) -> CorrectionView {
    let words = &local.words().labels;
    let printed = correction.printed.as_deref().map(|value| value_words(local, correction.field, value));
    let is_as_printed = printed == correction.printed && !local.speaks(&report.language);
    CorrectionView {
        record: None,
        field: field_word(local, correction.field),
        printed_lang: (is_as_printed && printed.is_some()).then(|| report.language.clone()),
        printed,
        corrected: value_words(local, correction.field, &correction.corrected),
        why: reason_words(local, &correction.why),
        why_lang: reason_language(local, &correction.why),
        by: match correction.by {
            CorrectedBy::Rule => words.rule.clone(),
            CorrectedBy::Editor => words.editor.clone(),
        },
    }
}

/// A rule's reason in the words of the language, an editor's as written.
fn reason_words(local: Local<'_>, reason: &Reason) -> String {
    let words = &local.words().reason;
    match reason {
        Reason::NameTooHigh { above, printed } => {
            let (above, printed) = (local.state_name(*above), local.state_name(*printed));
            fill(&words.name_too_high, &[("above", &above), ("printed", &printed)])
        }
        Reason::DigitsExchanged { wrong, right } => {
            fill(&words.digits_exchanged, &[("wrong", &wrong.to_string()), ("right", &right.to_string())])
        }
        Reason::Editor(words) => words.clone(),
    }
}

/// The language of a reason where it is not the page's: an editor's words in ASCII only are English.
fn reason_language(local: Local<'_>, reason: &Reason) -> Option<&'static str> {
    matches!(reason, Reason::Editor(words) if words.is_ascii() && !local.speaks("en")).then_some("en")
}

/// A field in words.
fn field_word(local: Local<'_>, field: CorrectedField) -> String {
    let words = local.words();
    match field {
        CorrectedField::State => words.field.state.clone(),
        CorrectedField::DateEdtf => words.field.date.clone(),
        CorrectedField::Text => words.record.text.clone(),
        CorrectedField::Id => field.to_string(),
    }
}

/// A value as a reader knows it: a State's name for its code, a date in words.
fn value_words(local: Local<'_>, field: CorrectedField, value: &str) -> String {
    match (field, Iso3::new(value)) {
        (CorrectedField::State, Some(iso3)) => local.state_name(iso3),
        (CorrectedField::DateEdtf, _) => local.date(&Edtf::as_printed(value)),
        _ => value.to_owned(),
    }
}
