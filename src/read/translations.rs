//! `content/translations/<language>/<report>.toml` → unofficial translations.
//!
//! Whether a report still says what was translated is for `resolve` to say; here the files' form is checked.

use super::TranslationFile;
use super::text::read_text;
use super::walk::{FoundFile, in_file, walk};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::limits::MAX_WRITTEN_BYTES;
use crate::base::settings;
use crate::base::span::Span;
use crate::model::report::ReportId;
use serde::Deserialize;
use std::path::Path;

/// The folder of the translations.
const FOLDER: &str = "content/translations";

/// The keys of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TranslationsFile {
    #[serde(default)]
    text: Vec<toml::Spanned<Entry>>,
}

/// The keys of one `[[text]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: String,
    translation: String,
}

/// A text in another language.
#[derive(Debug, Clone)]
pub struct TranslationEntry {
    /// The fingerprint of the text that it translates, as the ledger has fingerprints.
    pub fingerprint: String,
    /// What that says.
    pub translation: String,
    /// The bytes of the entry in its file.
    pub span: Span,
}

/// Reads all translations of the site at `root`, which has pages in `languages`.
pub(crate) fn read_translations(
    root: &Path,
    languages: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<TranslationFile> {
    let mut translations = Vec::new();
    // The terms of a language are there for its translators.
    let is_glossary = |file: &FoundFile| file.name.ends_with("/glossary.tsv");
    for file in walk(root, FOLDER, diagnostics).into_iter().filter(|file| !is_glossary(file)) {
        let parts = file.name.strip_suffix(".toml").and_then(|name| name.split_once('/'));
        let Some((language, report)) = parts.filter(|(language, _)| languages.iter().any(|own| own == language)) else {
            let message = "not read: translations stand in `<language>/<report>.toml`, by a language of the site";
            let unread = Diagnostic::warning(code::UNREAD_FILE, message).at(in_file(&file.shown));
            diagnostics.push(unread.hint("name the file after the report, and its folder after one of `languages`"));
            continue;
        };
        match read_file(&file, language, report, diagnostics) {
            Ok(read) => translations.push(read),
            Err(fault) => diagnostics.push(*fault),
        }
    }
    translations
}

fn read_file(
    file: &FoundFile,
    language: &str,
    report: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<TranslationFile, Box<Diagnostic>> {
    let text = read_text(file, MAX_WRITTEN_BYTES, diagnostics)?;
    let parsed: TranslationsFile = settings::parse(&file.shown, &text)?;
    let entry = |entry: toml::Spanned<Entry>| {
        let span = Span::new(entry.span().start, entry.span().end);
        let Entry { fingerprint, translation } = entry.into_inner();
        TranslationEntry { fingerprint, translation, span }
    };
    Ok(TranslationFile {
        language: language.to_owned(),
        report: ReportId(report.to_owned()),
        entries: parsed.text.into_iter().map(entry).collect(),
        file: (file.shown.as_str().into(), text.as_str().into()),
    })
}
