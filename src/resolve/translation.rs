//! Translations found for the texts that reports have today.
//!
//! A translation names its text by fingerprint: once the text is another, nobody knows whether the translation still
//! says the same, and it is not shown.

use super::Corpus;
use super::ledger::fingerprint;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::language::is_one_language;
use crate::base::unique::unique;
use crate::model::report::{Report, ReportId};
use crate::model::translation::{Translated, Translations};
use crate::read::{TranslationEntry, TranslationFile};
use std::collections::HashMap;
use std::sync::Arc;

/// The translations in `files` of texts that `reports` have; a warning for each other, and a note for each report that
/// is translated in part.
#[must_use]
pub fn translations(reports: &[Arc<Report>], files: &[TranslationFile]) -> (Translations, Vec<Diagnostic>) {
    let (mut translations, mut diagnostics) = (Translations::default(), Vec::new());
    for file in files {
        let texts = reports.iter().find(|report| report.id == file.report).map(|report| report.texts());
        let texts = texts.unwrap_or_default();
        let (translated, faults) = translated(&texts, file);
        diagnostics.extend(faults);
        diagnostics.extend(in_part(&texts, &translated, file));
        translations.0.entry(file.language.clone()).or_default().insert(file.report.clone(), translated);
    }
    (translations, diagnostics)
}

/// A text that has no translation.
#[derive(Debug, Clone)]
pub struct Untranslated {
    /// The fingerprint by which a translation names it.
    pub fingerprint: String,
    /// What it says.
    pub text: String,
}

/// The texts of each report that have no translation into `language`, each once. A work that the archive has in that
/// language needs none.
#[must_use]
pub fn untranslated(corpus: &Corpus, language: &str) -> Vec<(ReportId, Vec<Untranslated>)> {
    let Corpus { reports, translations, works, .. } = corpus;
    let is_in_language = |at: &usize| reports.get(*at).is_some_and(|of| is_one_language(&of.language, language));
    let foreign = corpus.works().filter(|(at, _)| !works.expressions(*at).iter().any(is_in_language));
    let texts = foreign.map(|(_, report)| (report.id.clone(), untranslated_texts(report, translations, language)));
    texts.filter(|(_, texts)| !texts.is_empty()).collect()
}

fn untranslated_texts(report: &Report, translations: &Translations, language: &str) -> Vec<Untranslated> {
    let texts = unique(report.texts().into_iter()).into_iter();
    let missing = texts.filter(|text| translations.find(language, &report.id, text).is_none());
    missing.map(|text| Untranslated { fingerprint: fingerprint(text), text: text.to_owned() }).collect()
}

fn translated(texts: &[&str], file: &TranslationFile) -> (Translated, Vec<Diagnostic>) {
    let by_fingerprint: HashMap<String, &str> = texts.iter().map(|text| (fingerprint(text), *text)).collect();
    let (mut translated, mut stale) = (Translated::new(), Vec::new());
    // One that is blank is still to be written.
    for entry in file.entries.iter().filter(|entry| !entry.translation.trim().is_empty()) {
        match by_fingerprint.get(&entry.fingerprint) {
            Some(text) => {
                translated.insert((*text).to_owned(), entry.translation.clone());
            }
            None => stale.push(without_text(entry, file)),
        }
    }
    (translated, stale)
}

fn without_text(entry: &TranslationEntry, file: &TranslationFile) -> Diagnostic {
    let (path, text) = &file.file;
    let message = format!("no text of `{}` has the fingerprint `{}`", file.report, entry.fingerprint);
    let place = Place::InText { path: path.as_ref().to_owned(), text: Arc::clone(text), span: entry.span };
    let hint = "the text has changed since it was translated, so that the translation is not shown; \
                `depositary untranslated` prints what needs one";
    Diagnostic::warning(code::STALE_TRANSLATION, message).at(place).hint(hint)
}

/// A note where texts of a report that has translations have none.
fn in_part(texts: &[&str], translated: &Translated, file: &TranslationFile) -> Option<Diagnostic> {
    let missing = texts.iter().filter(|text| !translated.contains_key(**text)).count();
    let message =
        format!("{missing} of {} texts of `{}` have no translation into `{}`", texts.len(), file.report, file.language);
    let note = Diagnostic::note(code::UNTRANSLATED, message);
    (missing > 0).then(|| note.hint("`depositary untranslated` prints them, to be translated"))
}
