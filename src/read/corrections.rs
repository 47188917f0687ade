//! `content/corrections/<report>.toml` → editors' corrections.
//!
//! Whether a record is there and printed as quoted is for `resolve` to say; here the file's form is checked.

use super::EditorCorrection;
use super::date::is_day;
use super::text::read_text;
use super::walk::{FoundFile, in_file, walk};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::limits::MAX_WRITTEN_BYTES;
use crate::base::settings;
use crate::base::span::Span;
use crate::model::record::{CorrectedBy, CorrectedField, Correction, Reason, RecordId};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The folder of the corrections.
const FOLDER: &str = "content/corrections";

/// The keys of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionsFile {
    #[serde(default)]
    correction: Vec<toml::Spanned<Entry>>,
}

/// The keys of one `[[correction]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    record: String,
    field: CorrectedField,
    printed: Option<String>,
    corrected: String,
    why: String,
    date: Option<String>,
    #[serde(default)]
    by: By,
}

/// Who corrects; only an editor writes files.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum By {
    #[default]
    Editor,
}

/// Reads all corrections of the site at `root`, which has the reports `report_ids`.
pub(crate) fn read_corrections(
    root: &Path,
    report_ids: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<EditorCorrection> {
    let reports: BTreeSet<&str> = report_ids.iter().copied().collect();
    let mut corrections = Vec::new();
    for file in walk(root, FOLDER, diagnostics) {
        let report = file.name.strip_suffix(".toml");
        match report {
            None => diagnostics.push(
                Diagnostic::warning(code::UNREAD_FILE, "not read: corrections stand in `<report>.toml`")
                    .at(in_file(&file.shown))
                    .hint("name it after the report that it corrects, or remove it"),
            ),
            Some(report) if !reports.contains(report) => diagnostics.push(
                Diagnostic::error(code::CORRECTION_WITHOUT_REPORT, format!("there is no report `{report}`"))
                    .at(in_file(&file.shown))
                    .hint("name the file after the id of the report, as in `content/reports/<id>.txt`"),
            ),
            Some(_) => match read_file(&file, diagnostics) {
                Ok(found) => corrections.extend(found),
                Err(fault) => diagnostics.push(*fault),
            },
        }
    }
    corrections
}

fn read_file(file: &FoundFile, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<EditorCorrection>, Box<Diagnostic>> {
    let text = read_text(file, MAX_WRITTEN_BYTES, diagnostics)?;
    parse_corrections(&file.shown, &text)
}

/// Reads the text of one file.
///
/// # Errors
/// With the first fault of form, a blank reason among them.
fn parse_corrections(path: &str, text: &str) -> Result<Vec<EditorCorrection>, Box<Diagnostic>> {
    let parsed: CorrectionsFile = settings::parse(path, text)?;
    let file: (Arc<str>, Arc<str>) = (path.into(), text.into());
    let mut corrections = Vec::with_capacity(parsed.correction.len());
    for (index, entry) in parsed.correction.into_iter().enumerate() {
        if entry.get_ref().why.trim().is_empty() {
            let place = settings::place(path, text, &["correction", &index.to_string(), "why"]);
            let blank = Diagnostic::error(code::WRONG_VALUE, "a correction needs its reason").at(place);
            return Err(Box::new(blank.hint("say in `why` how a reader can see that the print is wrong")));
        }
        if entry.get_ref().date.as_deref().is_some_and(|date| !is_day(date)) {
            let place = settings::place(path, text, &["correction", &index.to_string(), "date"]);
            let bad = Diagnostic::error(code::WRONG_VALUE, "the date of a correction is not a day").at(place);
            return Err(Box::new(bad.hint("write the day on which it was made, like `2026-07-30`")));
        }
        corrections.push(correction(entry, file.clone()));
    }
    Ok(corrections)
}

fn correction(entry: toml::Spanned<Entry>, file: (Arc<str>, Arc<str>)) -> EditorCorrection {
    let span = Span::new(entry.span().start, entry.span().end);
    let Entry { record, field, printed, corrected, why, date, by: By::Editor } = entry.into_inner();
    let why = Reason::Editor(why);
    EditorCorrection {
        record: RecordId(record),
        correction: Correction { field, printed, corrected, why, by: CorrectedBy::Editor, date },
        file,
        span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "[[correction]]\nrecord = \"a-64-ctbt-2a-rus-1\"\nfield = \"state\"\nprinted = \"RUS\"\n\
                         corrected = \"PRT\"\nwhy = \"the text is Portugal's\"\nby = \"editor\"\n";

    #[test]
    fn an_entry_knows_its_bytes() {
        let text = format!("# note\n{ENTRY}\n{ENTRY}");
        let found = parse_corrections("a.toml", &text).unwrap();
        assert_eq!(found.len(), 2);
        assert!(text[found[1].span.start..].starts_with("[[correction]]"), "{:?}", found[1].span);
        assert_eq!(found[0].correction.printed.as_deref(), Some("RUS"));
    }

    #[test]
    fn form_is_checked() {
        let fault = |from, to| parse_corrections("a.toml", &ENTRY.replace(from, to)).unwrap_err().code;
        assert_eq!(fault("by = \"editor\"", "by = \"rule\""), code::WRONG_VALUE);
        assert_eq!(fault("the text is Portugal's", " "), code::WRONG_VALUE);
        assert_eq!(fault("why", "reason"), code::UNKNOWN_KEY);
        assert_eq!(fault("by =", "date = \"2026-07\"\nby ="), code::WRONG_VALUE);
        assert_eq!(fault("field = \"state\"\n", ""), code::WRONG_VALUE);
        assert_eq!(fault("\"state\"", "\"remarks\""), code::WRONG_VALUE);
    }
}
