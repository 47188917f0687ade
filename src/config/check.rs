//! What serde cannot check of the settings: languages, addresses, symbols.
//!
//! Input: the settings and the text they were read from. Output: diagnostics at the faulty values.

use super::{Config, Localized, is_base_url};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::is_slug;
use crate::base::settings;
use crate::base::suggestion;

/// The text under examination and what was found in it.
struct Examination<'a> {
    path: &'a str,
    text: &'a str,
    found: Vec<Diagnostic>,
}

impl Examination<'_> {
    fn add(&mut self, keys: &[&str], diagnostic: Diagnostic) {
        self.found.push(diagnostic.at(settings::place(self.path, self.text, keys)));
    }
}

/// Everything that is wrong with `config`, in the order of its parts.
pub(super) fn check(config: &Config, path: &str, text: &str) -> Vec<Diagnostic> {
    let mut examination = Examination { path, text, found: Vec::new() };
    check_languages(config, &mut examination);
    check_base_url(config, &mut examination);
    check_wordings(config, &mut examination);
    check_treaty(config, &mut examination);
    check_sections(config, &mut examination);
    check_series(config, &mut examination);
    check_patterns(config, &mut examination);
    check_licences(config, &mut examination);
    check_publication(config, &mut examination);
    examination.found
}

fn check_languages(config: &Config, examination: &mut Examination) {
    if config.languages.is_empty() {
        let empty = Diagnostic::error(code::BAD_LANGUAGE, "a site needs at least one language");
        examination
            .add(&["languages"], empty.hint("the first language stands at the root: `languages = [\"zh\", \"en\"]`"));
    }
    for (index, language) in config.languages.iter().enumerate() {
        let keys = ["languages", &index.to_string()];
        if !is_language_tag(language) {
            let bad = Diagnostic::error(code::BAD_LANGUAGE, format!("`{language}` is not the tag of a language"));
            examination.add(&keys, bad.hint("write it like `zh` or `en`"));
        } else if config.languages.iter().take(index).any(|earlier| earlier == language) {
            let twice = Diagnostic::error(code::BAD_LANGUAGE, format!("the language `{language}` is named twice"));
            examination.add(&keys, twice.hint("leave one of the two out"));
        }
    }
}

/// Whether `text` can be the tag of a language and part of an address: a language of two or three letters (BCP 47
/// § 2.2.1) and subtags, in lower case.
fn is_language_tag(text: &str) -> bool {
    let first = text.split_once('-').map_or(text, |(first, _)| first);
    is_slug(text) && matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// An error for each language of the site that is not among `known`, for which there are words.
pub(super) fn check_known_languages(config: &Config, path: &str, text: &str, known: &[&str]) -> Vec<Diagnostic> {
    let mut examination = Examination { path, text, found: Vec::new() };
    for (index, language) in config.languages.iter().enumerate() {
        if !known.contains(&language.as_str()) {
            let unknown = Diagnostic::error(code::BAD_LANGUAGE, format!("the interface has no words in `{language}`"));
            let hint = suggestion::hint(language, known, "languages");
            examination.add(&["languages", &index.to_string()], unknown.hint(hint));
        }
    }
    examination.found
}

fn check_base_url(config: &Config, examination: &mut Examination) {
    if !is_base_url(&config.base_url) {
        let message = format!("`{}` is not an absolute address with a final slash", config.base_url);
        let bad = Diagnostic::error(code::BAD_BASE_URL, message);
        examination.add(&["base_url"], bad.hint("write it like `https://example.org/archive/`, or leave it empty"));
    }
}

fn check_wordings(config: &Config, examination: &mut Examination) {
    check_wording(&config.title, &["title"], config, examination);
    check_wording(&config.description, &["description"], config, examination);
    if !config.publisher.is_empty() {
        check_wording(&config.publisher, &["publisher"], config, examination);
    }
}

/// Warns of each language of the site in which `wording` says nothing.
fn check_wording(wording: &Localized, keys: &[&str], config: &Config, examination: &mut Examination) {
    for language in &config.languages {
        if wording.get(language).is_none_or(|text| text.trim().is_empty()) {
            let message = format!("`{}` has no wording in `{language}`", keys.join("."));
            let hint = format!("add `{language} = \"…\"` to it; until then another language stands in its place");
            examination.add(keys, Diagnostic::warning(code::MISSING_TRANSLATION, message).hint(hint));
        }
    }
}

fn check_treaty(config: &Config, examination: &mut Examination) {
    let Some(treaty) = &config.treaty else { return };
    check_wording(&treaty.name, &["treaty", "name"], config, examination);
    check_wording(&treaty.short_name, &["treaty", "short_name"], config, examination);
    let stem = treaty.status_table.strip_suffix(".csv").unwrap_or("");
    if !is_slug(stem) {
        let message = format!("`{}` is not the name of a table in `content/reference/`", treaty.status_table);
        let bad = Diagnostic::error(code::BAD_SLUG, message).hint("write it like `ctbt-status.csv`");
        examination.add(&["treaty", "status_table"], bad);
    }
    if let Some(annex) = &treaty.annex {
        check_wording(annex, &["treaty", "annex"], config, examination);
    }
    if treaty.annex.is_some() && !treaty.annex_slug.as_deref().is_some_and(is_slug) {
        let bad = Diagnostic::error(code::BAD_SLUG, "the list of the annex has no valid address");
        let keys: &[&str] = if treaty.annex_slug.is_some() { &["treaty", "annex_slug"] } else { &["treaty"] };
        examination.add(keys, bad.hint("write it like `annex_slug = \"annex-2\"`"));
    }
}

fn check_sections(config: &Config, examination: &mut Examination) {
    for (section_code, section) in &config.sections {
        let keys = ["sections", section_code.as_str()];
        if !is_slug(section_code) {
            let bad = Diagnostic::error(code::BAD_SLUG, format!("`{section_code}` cannot be the code of a section"));
            examination.add(&keys, bad.hint("use the printed number and letter in lower case: `1a`"));
        }
        check_wording(&section.name, &["sections", section_code, "name"], config, examination);
    }
}

fn check_series(config: &Config, examination: &mut Examination) {
    for (series_index, series) in config.series.iter().enumerate() {
        let series_index = series_index.to_string();
        check_wording(&series.name, &["series", &series_index, "name"], config, examination);
        for (index, symbol) in series.symbols.iter().enumerate() {
            let keys = ["series", &series_index, "symbols", &index.to_string()];
            if !is_symbol(symbol) {
                let bad = Diagnostic::error(code::BAD_SYMBOL, format!("`{symbol}` is not a document symbol"));
                examination.add(&keys, bad.hint("write the whole symbol, like `A/RES/62/59`"));
            } else if series.symbols.iter().take(index).any(|earlier| earlier == symbol) {
                let twice = Diagnostic::error(code::BAD_SYMBOL, format!("duplicate symbol `{symbol}` in its series"));
                examination.add(&keys, twice.hint("leave one of the two out"));
            }
        }
    }
}

/// Whether `text` can be a document symbol: parts joined by `/`, the first beginning with a capital, no blanks
/// (research.un.org/en/docs/symbols).
fn is_symbol(text: &str) -> bool {
    let is_plain = text.chars().all(|character| character.is_ascii_graphic());
    is_plain
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.split('/').count() > 1
        && text.split('/').all(|part| !part.is_empty())
}

fn check_publication(config: &Config, examination: &mut Examination) {
    let publish = &config.publish;
    if let Some(date) = publish.date.as_ref().filter(|date| !is_day(date)) {
        let bad = Diagnostic::error(code::WRONG_VALUE, format!("`{date}` is not a day"));
        examination.add(&["publish", "date"], bad.hint("write the day of publication like `2026-07-30`"));
    }
    if let Some(doi) = publish.doi.as_ref().filter(|doi| !is_doi(doi)) {
        let bad = Diagnostic::error(code::WRONG_VALUE, format!("`{doi}` is not a DOI"));
        examination.add(&["publish", "doi"], bad.hint("write it without an address: `10.5281/zenodo.1234567`"));
    }
    if let Some(ark) = publish.ark.as_ref().filter(|ark| !is_ark(ark)) {
        let bad = Diagnostic::error(code::WRONG_VALUE, format!("`{ark}` is not an ARK"));
        examination.add(&["publish", "ark"], bad.hint("write it without an address: `ark:/12345/x54xz321`"));
    }
}

fn is_day(text: &str) -> bool {
    text.parse::<chrono::NaiveDate>().is_ok_and(|day| day.to_string() == text)
}

/// Whether `text` has the form of a DOI: a prefix of digits and a suffix without blanks (DataCite Metadata Schema 4.5).
fn is_doi(text: &str) -> bool {
    let parts = text.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
    parts.is_some_and(|(registrant, suffix)| {
        (4..=9).contains(&registrant.len()) && registrant.bytes().all(|byte| byte.is_ascii_digit()) && is_name(suffix)
    })
}

/// Whether `text` has the form of an ARK: `ark:`, the number of the authority, a name (draft-kunze-ark).
fn is_ark(text: &str) -> bool {
    let rest = text.strip_prefix("ark:").map(|rest| rest.strip_prefix('/').unwrap_or(rest));
    let parts = rest.and_then(|rest| rest.split_once('/'));
    parts.is_some_and(|(authority, name)| {
        authority.len() >= 5 && authority.bytes().all(|byte| byte.is_ascii_alphanumeric()) && is_name(name)
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn check_licences(config: &Config, examination: &mut Examination) {
    for (index, licence) in config.licences.iter().enumerate() {
        let index = index.to_string();
        let name = &licence.name;
        if name.is_empty()
            || !name.chars().all(|character| character.is_ascii_alphanumeric() || "-._".contains(character))
        {
            let bad = Diagnostic::error(code::WRONG_VALUE, format!("`{name}` cannot be the short name of a licence"));
            examination.add(&["licences", &index, "name"], bad.hint("write it like `CC0-1.0`, or `notspecified`"));
        }
        if let Some(url) = licence.url.as_ref().filter(|url| !url.starts_with("https://")) {
            let bad = Diagnostic::error(code::BAD_PATTERN, format!("`{url}` is not the address of a licence"));
            let hint = "write it like `https://creativecommons.org/publicdomain/zero/1.0/`, or leave it out";
            examination.add(&["licences", &index, "url"], bad.hint(hint));
        }
        check_wording(&licence.of, &["licences", &index, "of"], config, examination);
    }
}

fn check_patterns(config: &Config, examination: &mut Examination) {
    for (language, pattern) in &config.official.document {
        if !pattern.starts_with("https://") || !pattern.contains("{symbol}") {
            let bad = Diagnostic::error(code::BAD_PATTERN, format!("`{pattern}` is not an address with `{{symbol}}`"));
            let hint = "write it like `https://docs.un.org/en/{symbol}`";
            examination.add(&["official", "document", language], bad.hint(hint));
        }
    }
    check_wording(&config.official.document, &["official", "document"], config, examination);
}
