//! Diagnostics as JSON lines, for editors. The shape is described in `docs/diagnostics.md`, and is kept.

use super::reporter::Counts;
use super::snippet::acts;
use depositary::base::diagnostic::{Diagnostic, Severity};
use depositary::base::location::Locator;
use serde::Serialize;

/// One line of standard error.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Diagnostic(DiagnosticLine<'a>),
    Count { errors: usize, warnings: usize, notes: usize, summary: Option<&'a str> },
}

/// One diagnostic; what is not known is null.
#[derive(Debug, Default, Serialize)]
struct DiagnosticLine<'a> {
    severity: &'static str,
    /// None for a failure that is no fault of the input.
    code: Option<&'static str>,
    message: &'a str,
    hint: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
}

/// `diagnostic`, whose place `locator` finds.
pub(super) fn diagnostic_line<'a>(diagnostic: &'a Diagnostic, locator: &mut Locator<'a>) -> String {
    let location = diagnostic.place.as_ref().and_then(|place| locator.location(place));
    let points = location.as_ref().and_then(|location| location.points);
    let bytes = location.as_ref().and_then(|location| location.bytes);
    line(&Line::Diagnostic(DiagnosticLine {
        severity: severity(diagnostic.severity),
        code: Some(diagnostic.code),
        message: &diagnostic.message,
        hint: diagnostic.hint.as_deref(),
        file: location.as_ref().map(|location| location.file),
        line: points.map(|(start, _)| start.line),
        column: points.map(|(start, _)| start.column),
        end_line: points.map(|(_, end)| end.line),
        end_column: points.map(|(_, end)| end.column),
        start: bytes.map(|(start, _)| start),
        end: bytes.and_then(|(_, end)| end),
    }))
}

/// How many diagnostics there were, and what was done.
pub(super) fn count_line(counts: Counts, summary: Option<&str>) -> String {
    let Counts { errors, warnings, notes } = counts;
    line(&Line::Count { errors, warnings, notes, summary })
}

/// Why a command could not run.
pub(super) fn failure_line(message: &str) -> String {
    line(&Line::Diagnostic(DiagnosticLine {
        severity: severity(Severity::Error),
        message,
        ..DiagnosticLine::default()
    }))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn line(line: &Line<'_>) -> String {
    escaped(&serde_json::to_string(line).unwrap_or_else(|error| unreachable!("{error}")))
}

/// `json` with characters that would act on a terminal in escapes; they stand in strings only.
fn escaped(json: &str) -> String {
    let written = |character: char| match character {
        other if acts(other) => other.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
        other => other.to_string(),
    };
    json.chars().map(written).collect()
}
