//! Everything that is read from disk, and the only reader of files.
//!
//! Input: the root of a site. Output: [`Inputs`]. Invariant: nothing is skipped in silence.

mod assets;
mod built_in;
mod corrections;
mod date;
mod decode;
mod ledger;
mod meta;
mod originals;
mod pages;
pub mod part;
mod reference;
mod releases;
mod reports;
mod table;
mod text;
mod translations;
mod union;
mod versions;
mod walk;

pub(crate) use built_in::MESSAGES;
pub use built_in::files as built_in_files;
pub use decode::decode;
pub use originals::differences_from_originals;
pub use pages::MARKDOWN;
pub use reference::built_in_reference;
pub use reports::{Loose, Published, ids_from_names, read_documents, read_files};
pub use translations::TranslationEntry;

use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::hexadecimal;
use crate::base::limits::MAX_WRITTEN_BYTES;
use crate::base::source::Source;
use crate::config::Config;
use crate::model::ledger::Ledger;
use crate::model::part::Part;
use crate::model::record::{Correction, RecordId};
use crate::model::reference::Reference;
use crate::model::release::Chain;
use crate::model::report::{ReportId, ReportMeta};
use crate::model::wording::Versions;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folders of a site that hold what its owner wrote.
const FOLDERS: [&str; 3] = ["content", "static", "templates"];

/// Name of the file with the settings, at the root of a site.
const SETTINGS: &str = "site.toml";

/// A report as found: its text and what the file beside it says.
#[derive(Debug, Clone)]
pub struct ReportFile {
    /// Its id: the file name without `.txt`.
    pub id: ReportId,
    /// Its text.
    pub source: Source,
    /// What `<id>.toml` says; empty where there is none.
    pub meta: ReportMeta,
}

/// An editor's correction of one record's field, from `content/corrections/<report>.toml`.
#[derive(Debug, Clone)]
pub struct EditorCorrection {
    /// The record it corrects.
    pub record: RecordId,
    /// What is corrected; `printed` must match what the parser read.
    pub correction: Correction,
    /// The file it stands in, and its text, for diagnostics.
    pub file: (Arc<str>, Arc<str>),
    /// The bytes of the entry in that file.
    pub span: crate::base::span::Span,
}

/// Unofficial translations of one report, from `content/translations/<language>/<report>.toml`.
#[derive(Debug, Clone)]
pub struct TranslationFile {
    /// The language of the pages that show them: `en`.
    pub language: String,
    /// The report whose texts they translate.
    pub report: ReportId,
    /// The translations, in the order of the file.
    pub entries: Vec<TranslationEntry>,
    /// The file and its text, for diagnostics.
    pub file: (Arc<str>, Arc<str>),
}

/// An editorial page from `content/pages/**/*.md`.
#[derive(Debug, Clone)]
pub struct EditorialPage {
    /// Address without language and `index.html`: `about`, `notes/jpn`.
    pub slug: String,
    /// Its language: `zh`, `en`.
    pub language: String,
    /// Its title: the first heading of level 1.
    pub title: String,
    /// The whole file.
    pub text: Arc<str>,
    /// Byte of the file after that heading.
    pub body: usize,
    /// The path as shown to people.
    pub path: String,
}

impl EditorialPage {
    /// The Markdown after the title.
    #[must_use]
    pub fn markdown(&self) -> &str {
        &self.text[self.body..]
    }
}

/// A template, or a table of interface messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The path as shown to people: `templates/base.html`, or `templates/base.html (built in)`.
    pub shown: String,
    /// What it says.
    pub text: String,
}

/// The files from which the site in `root` is built, each with its path below `root` and where it is, and what is wrong
/// with some of them.
#[must_use]
pub fn own_files(root: &Path) -> (Vec<(String, PathBuf)>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut files = vec![(SETTINGS.to_owned(), root.join(SETTINGS))];
    for folder in FOLDERS {
        let found = walk::walk(root, folder, &mut diagnostics);
        files.extend(found.into_iter().map(|file| (file.shown, file.path)));
    }
    (files, diagnostics)
}

/// A hash of what the site in `root` is built from, the program's own files included: of texts and originals of reports
/// no more than names and lengths, as each has a hash of its own.
///
/// # Errors
/// With a diagnostic for each file that cannot be read.
pub fn content_hash(root: &Path) -> Result<String, Vec<Diagnostic>> {
    let (files, faults) = own_files(root);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut hash = Sha256::new();
    let mut add = |name: &str, length: u64, bytes: &[u8]| {
        hash.update(format!("{name} {length}\n"));
        hash.update(bytes);
    };
    for (name, path) in files {
        let unreadable = |error: std::io::Error| {
            let fault = Diagnostic::error(code::UNREADABLE, format!("`{name}`: {error}"));
            vec![fault.hint("see that the path is right, and that you may read it")]
        };
        let has_own_hash = name.starts_with(reports::FOLDER) || name.starts_with(originals::FOLDER);
        let length = fs::metadata(&path).map_err(unreadable)?.len();
        let bytes = if has_own_hash { Vec::new() } else { fs::read(&path).map_err(unreadable)? };
        add(&name, length, &bytes);
    }
    for (name, bytes) in built_in_files() {
        add(&name, bytes.len() as u64, bytes);
    }
    Ok(hexadecimal(&hash.finalize()))
}

/// Everything that a build reads.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The reports, by id.
    pub reports: Vec<ReportFile>,
    /// The reference tables.
    pub reference: Reference,
    /// Editors' corrections.
    pub corrections: Vec<EditorCorrection>,
    /// Unofficial translations.
    pub translations: Vec<TranslationFile>,
    /// Published identifiers; none if the site has no ledger.
    pub ledger: Option<Ledger>,
    /// The wordings that records were published with.
    pub versions: Versions,
    /// The releases of the archive.
    pub releases: Chain,
    /// Editorial pages.
    pub pages: Vec<EditorialPage>,
    /// Templates by name: `record.html`; those of the program where the site has none.
    pub templates: BTreeMap<String, Template>,
    /// Files copied as they are, by path inside the site: originals that are published, the site's own files, and those
    /// of the program where the site has none.
    pub static_files: BTreeMap<String, Vec<u8>>,
}

/// What reading a site gave.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its settings and everything else that was read; none if the settings could not be read.
    pub site: Option<(Config, Inputs)>,
    /// What is wrong with the files. A build goes on only if no error is among them.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the site at `root`: `site.toml`, `content/`, `templates/`, `static/`.
///
/// Faults do not hide each other: everything is read even where a part of it is refused.
#[must_use]
pub fn read(root: &Path) -> Reading {
    read_part(root, Part::WHOLE)
}

/// Reads the site at `root`, and of its reports those of `part` only.
#[must_use]
pub fn read_part(root: &Path, part: Part) -> Reading {
    let (mut reading, settings_text) = read_interface_and_settings(root);
    let Some((config, inputs)) = &mut reading.site else { return reading };
    let diagnostics = &mut reading.diagnostics;
    let (report_ids, reports) = reports::read_reports(root, part, diagnostics);
    let report_ids: Vec<&str> = report_ids.iter().map(String::as_str).collect();
    inputs.static_files.extend(originals::read_originals(root, &reports, &config.publish, diagnostics));
    inputs.reports = reports;
    inputs.corrections = corrections::read_corrections(root, &report_ids, diagnostics);
    inputs.translations = translations::read_translations(root, &config.languages, diagnostics);
    inputs.ledger = ledger::read_ledger(root, diagnostics);
    inputs.versions = versions::read_versions(root, diagnostics);
    inputs.releases = releases::read_releases(root, diagnostics);
    inputs.reference = reference::read_reference(root, (config, &settings_text), diagnostics);
    reading
}

/// Reads of the site at `root` what is the same however large its archive is: settings, templates, editorial pages and
/// files that are copied.
#[must_use]
pub fn read_interface(root: &Path) -> Reading {
    read_interface_and_settings(root).0
}

fn read_interface_and_settings(root: &Path) -> (Reading, String) {
    let (config, settings_text, mut diagnostics) = match read_config(root) {
        Ok(read) => read,
        Err(diagnostics) => return (Reading { site: None, diagnostics }, String::new()),
    };
    let templates = assets::read_templates(root, &mut diagnostics);
    let own = templates.keys().filter_map(|name| message_language(name));
    let languages: Vec<&str> = MESSAGES.iter().map(|(language, _)| *language).chain(own).collect();
    diagnostics.extend(config.check_languages(SETTINGS, &settings_text, &languages));
    let inputs = Inputs {
        pages: pages::read_pages(root, &config.languages, &mut diagnostics),
        static_files: assets::read_static_files(root, &mut diagnostics),
        templates,
        ..Inputs::default()
    };
    (Reading { site: Some((config, inputs)), diagnostics }, settings_text)
}

/// The language whose words the template `name` holds: `fr` for `messages/fr.toml`.
fn message_language(name: &str) -> Option<&str> {
    name.strip_prefix("messages/")?.strip_suffix(".toml")
}

/// The settings in the nearest `site.toml` in `folder` or above it; neutral ones where there is none.
///
/// # Errors
/// With what is wrong with that file.
pub fn nearest_settings(folder: &Path) -> Result<Config, Vec<Diagnostic>> {
    // Of a relative path, the ancestors end where it begins.
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let site = folder.ancestors().find(|folder| fs::symlink_metadata(folder.join(SETTINGS)).is_ok());
    site.map_or_else(|| Ok(Config::neutral()), |root| read_config(root).map(|(config, ..)| config))
}

/// The settings of the site at `root`, the text they were read from, and warnings.
fn read_config(root: &Path) -> Result<(Config, String, Vec<Diagnostic>), Vec<Diagnostic>> {
    let path = root.join(SETTINGS);
    if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        let missing = Diagnostic::error(code::UNREADABLE, format!("there is no `site.toml` in `{}`", root.display()));
        return Err(vec![missing.hint("name the folder of the site with `--root`")]);
    }
    walk::require_file(&path, SETTINGS).map_err(|fault| vec![*fault])?;
    let bytes = walk::read_bytes(&path, SETTINGS, MAX_WRITTEN_BYTES).map_err(|fault| vec![*fault])?;
    let (text, _) = decode::decode(&bytes, SETTINGS).map_err(|fault| vec![*fault])?;
    let (config, warnings) = Config::parse(SETTINGS, &text)?;
    Ok((config, text, warnings))
}

#[cfg(test)]
mod tests;
