//! `content/reports/`: texts, and what is known of them.
//!
//! Input: a root, or paths given by hand. Output: sources and report files in the order of their ids. Invariant:
//! a source's id is its place in the list, and no two reports have one id.

use super::ReportFile;
use super::decode::decode;
use super::meta::parse_meta;
use super::text::{hidden_character, read_text};
use super::walk::{FoundFile, in_file, read_bytes, walk};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::hash::sha256;
use crate::base::language::primary;
use crate::base::limits::{MAX_REPORT_BYTES, MAX_REPORT_ID_BYTES, MAX_WRITTEN_BYTES};
use crate::base::path::{is_slug, slug};
use crate::base::source::{Encoding, Pages, Source, SourceId};
use crate::extract::format::{Content, content};
use crate::extract::{Extraction, extract};
use crate::model::part::Part;
use crate::model::report::{ReportId, ReportMeta};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The folder of the reports.
pub(super) const FOLDER: &str = "content/reports";

/// Longest tag of a language that a file may be named by: what RFC 5646, section 4.4.1, asks programs to take.
const MAX_TAG_BYTES: usize = 35;

/// Reads the reports of the site at `root`, ordered by id.
pub(crate) fn read_reports(
    root: &Path,
    part: Part,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<String>, Vec<ReportFile>) {
    let mut texts = BTreeMap::new();
    let mut metas = BTreeMap::new();
    for file in walk(root, FOLDER, diagnostics) {
        sort_file(file, &mut texts, &mut metas, diagnostics);
    }
    for (id, file) in &texts {
        if let Some((work, _)) = expression(id).filter(|(work, _)| !texts.contains_key(*work)) {
            let message = format!("there is no report `{work}.txt` that this would be another language of");
            let lonely = Diagnostic::error(code::EXPRESSION_WITHOUT_WORK, message);
            let hint = format!("name one of the languages of the work `content/reports/{work}.txt`");
            diagnostics.push(lonely.at(in_file(&file.shown)).hint(hint));
        }
    }
    for (id, file) in &metas {
        if !texts.contains_key(id) {
            let lonely = Diagnostic::warning(code::META_WITHOUT_REPORT, format!("there is no report `{id}.txt`"));
            diagnostics.push(lonely.at(in_file(&file.shown)).hint("put the text beside it, or remove this file"));
        }
    }
    let ids: Vec<String> = texts.keys().cloned().collect();
    let of_part = texts.into_iter().enumerate().filter(|(position, _)| part.has(*position));
    let files: Vec<(String, FoundFile)> = of_part.map(|(_, file)| file).collect();
    let read = |(_, file): &(String, FoundFile)| read_report_text(&file.path, &file.shown);
    let results: Vec<Result<Source, Box<Diagnostic>>> = files.par_iter().map(read).collect();
    let mut reports = Vec::with_capacity(files.len());
    for ((id, _), result) in files.into_iter().zip(results) {
        let mut meta = metas.get(&id).map_or_else(ReportMeta::default, |file| read_meta(file, diagnostics));
        if let Some((_, language)) = expression(&id) {
            meta.language.get_or_insert_with(|| language.to_owned());
        }
        match result {
            Ok(mut source) => {
                source.id = SourceId(reports.len());
                let pages = meta.original.as_ref().and_then(|original| original.pages);
                source.pages = pages.map(|_| Pages::of(&source.text));
                diagnostics.extend(hidden_in(&source));
                reports.push(ReportFile { id: ReportId(id), source, meta });
            }
            Err(fault) => diagnostics.push(*fault),
        }
    }
    (ids, reports)
}

/// Reads the text of a report, which is plain: a published document is told, and how to add it.
fn read_report_text(path: &Path, shown: &str) -> Result<Source, Box<Diagnostic>> {
    let bytes = read_bytes(path, shown, MAX_REPORT_BYTES)?;
    let Content::Document(format) = content(&bytes, shown)? else { return plain_text(&bytes, shown) };
    let message = format!("this is {}, where a plain text is wanted", format.name());
    let fault = Diagnostic::error(code::NOT_PLAIN_TEXT, message).at(in_file(shown));
    Err(Box::new(fault.hint("move it out of `content/reports/`, and make a report of it with `depositary add FILE`")))
}

/// Puts a file where it belongs by its name.
fn sort_file(
    file: FoundFile,
    texts: &mut BTreeMap<String, FoundFile>,
    metas: &mut BTreeMap<String, FoundFile>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (stem, extension) = file.name.rsplit_once('.').unwrap_or((&file.name, ""));
    let id = stem.to_lowercase();
    let group = match extension.to_lowercase().as_str() {
        "txt" if !stem.contains('/') => texts,
        "toml" if !stem.contains('/') => metas,
        _ => {
            let message =
                "not read: a report is `<id>.txt`, in another language `<id>.<language>.txt`, each with a `.toml`";
            let unread = Diagnostic::warning(code::UNREAD_FILE, message);
            return diagnostics.push(
                unread
                    .at(in_file(&file.shown))
                    .hint("`depositary add FILE` makes a report of a document; keep other files outside `content/`"),
            );
        }
    };
    if let Some(other) = group.get(&id) {
        let message = format!("two files with the id `{id}`: this and `{}`", other.shown);
        let hint = "ids that differ only in case are one id on many systems; rename one of the files";
        diagnostics.push(Diagnostic::error(code::TWO_FILES_ONE_ID, message).at(in_file(&file.shown)).hint(hint));
    } else {
        diagnostics.extend(bad_name(stem).map(|bad| bad.at(in_file(&file.shown))));
        group.insert(id, file);
    }
}

/// The work and the language that `stem` names, if it names a language: `a-65-137.en`.
fn expression(stem: &str) -> Option<(&str, &str)> {
    stem.split_once('.').filter(|(_, language)| is_language_tag(language))
}

/// Whether `tag` has the form of a BCP 47 tag in lower-case letters: a language of two or three letters, and what follows.
fn is_language_tag(tag: &str) -> bool {
    let language = primary(tag);
    let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|letter| letter.is_ascii_lowercase());
    is_language && tag.len() <= MAX_TAG_BYTES && is_slug(tag)
}

/// Why `stem` cannot be the id of a report, if it cannot.
fn bad_name(stem: &str) -> Option<Diagnostic> {
    let stem = expression(stem).map_or(stem, |(work, _)| work);
    if stem.len() > MAX_REPORT_ID_BYTES {
        let message = format!("an id of {} bytes, where the limit is {MAX_REPORT_ID_BYTES}", stem.len());
        let hint = "give the report a shorter name, like its symbol: `a-62-159`";
        return Some(Diagnostic::error(code::BAD_NAME, message).hint(hint));
    }
    let bad = Diagnostic::error(code::BAD_NAME, format!("`{stem}` cannot be the id of a report"));
    let hint = || format!("use lower-case letters, digits and single hyphens: `{}`", slug(stem));
    (!is_slug(stem)).then(|| bad.hint(hint()))
}

fn read_meta(file: &FoundFile, diagnostics: &mut Vec<Diagnostic>) -> ReportMeta {
    let text = read_text(file, MAX_WRITTEN_BYTES, diagnostics);
    let meta = text.and_then(|text| parse_meta(&file.shown, &text));
    meta.unwrap_or_else(|fault| {
        diagnostics.push(*fault);
        ReportMeta::default()
    })
}

/// Reads texts given by hand, in the order given; a file that cannot be read gives a diagnostic and no source.
#[must_use]
pub fn read_files(paths: &[PathBuf]) -> (Vec<Source>, Vec<Diagnostic>) {
    let (loose, diagnostics) = read_loose(paths, |path, shown| Ok(Loose::text(read_source(path, shown)?)));
    (loose.into_iter().map(|loose| loose.source).collect(), diagnostics)
}

/// Reads documents given by hand, texts or published ones, in the order given; a file that cannot be read gives a
/// diagnostic and nothing else.
#[must_use]
pub fn read_documents(paths: &[PathBuf]) -> (Vec<Loose>, Vec<Diagnostic>) {
    read_loose(paths, read_document)
}

/// A document outside any site.
#[derive(Debug, Clone)]
pub struct Loose {
    /// Its text.
    pub source: Source,
    /// The published document; none if it was received as text.
    pub published: Option<Published>,
}

/// A published document and what was extracted from it.
#[derive(Debug, Clone)]
pub struct Published {
    /// The file.
    pub bytes: Vec<u8>,
    /// What was extracted; its text is that of the source.
    pub extraction: Extraction,
}

impl Loose {
    fn text(source: Source) -> Self {
        Self { source, published: None }
    }
}

fn read_document(path: &Path, shown: &str) -> Result<Loose, Box<Diagnostic>> {
    let bytes = read_bytes(path, shown, MAX_REPORT_BYTES)?;
    let Some(mut extraction) = extract(&bytes, shown)? else { return plain_text(&bytes, shown).map(Loose::text) };
    let text = std::mem::take(&mut extraction.text);
    let source = Source {
        id: SourceId(0),
        path: shown.to_owned(),
        sha256: sha256(&bytes),
        encoding: Encoding::Utf8,
        pages: extraction.pages.map(|_| Pages::of(&text)),
        text,
        received: None,
    };
    Ok(Loose { source, published: Some(Published { bytes, extraction }) })
}

/// Reads files side by side with `read`, and gives their sources numbers in the order given.
fn read_loose(
    paths: &[PathBuf],
    read: impl Fn(&Path, &str) -> Result<Loose, Box<Diagnostic>> + Sync,
) -> (Vec<Loose>, Vec<Diagnostic>) {
    let shown = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
    let results: Vec<_> = paths.par_iter().map(|path| read(path, &shown(path))).collect();
    let (mut found, mut diagnostics) = (Vec::with_capacity(results.len()), Vec::new());
    for result in results {
        match result {
            Ok(mut loose) => {
                loose.source.id = SourceId(found.len());
                diagnostics.extend(hidden_in(&loose.source));
                diagnostics.extend(loose.published.iter().flat_map(|document| document.extraction.remarks.clone()));
                found.push(loose);
            }
            Err(fault) => diagnostics.push(*fault),
        }
    }
    (found, diagnostics)
}

fn hidden_in(source: &Source) -> Option<Diagnostic> {
    hidden_character(&source.text, |span| Place::InSource(source.id, span))
}

/// Ids for reports given by hand, one for each source: the slug of the file's name, made unique by a number.
#[must_use]
pub fn ids_from_names(sources: &[Source]) -> Vec<ReportId> {
    let mut taken = BTreeSet::new();
    let id = |source: &Source| {
        let name = source.path.rsplit_once('/').map_or(source.path.as_str(), |(_, last)| last);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        // A name in Chinese only has no slug; the digest names the text as well as anything.
        let slug = if slug(stem).is_empty() { format!("report-{}", source.sha256.get(..8)?) } else { slug(stem) };
        let mut candidates = (2..).map(|number| format!("{slug}-{number}"));
        let is_free = taken.insert(slug.clone());
        let id = if is_free { slug } else { candidates.find(|candidate| taken.insert(candidate.clone()))? };
        Some(ReportId(id))
    };
    sources.iter().filter_map(id).collect()
}

fn read_source(path: &Path, shown: &str) -> Result<Source, Box<Diagnostic>> {
    plain_text(&read_bytes(path, shown, MAX_REPORT_BYTES)?, shown)
}

fn plain_text(bytes: &[u8], shown: &str) -> Result<Source, Box<Diagnostic>> {
    let (text, encoding) = decode(bytes, shown)?;
    if text.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}').is_empty() {
        let message = if bytes.is_empty() { "the file is empty" } else { "the file holds nothing but white space" };
        let empty = Diagnostic::error(code::EMPTY_FILE, message).at(in_file(shown));
        return Err(Box::new(empty.hint("put the text of the report into it, or remove it")));
    }
    let received = (encoding != Encoding::Utf8).then(|| bytes.to_vec());
    let (path, sha256) = (shown.to_owned(), sha256(bytes));
    Ok(Source { id: SourceId(0), path, text, received, sha256, encoding, pages: None })
}
