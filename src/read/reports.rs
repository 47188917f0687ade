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
use crate::base::limits::{MAX_REPORT_BYTES, MAX_REPORT_ID_BYTES, MAX_WRITTEN_BYTES};
use crate::base::path::{is_slug, slug};
use crate::base::source::{Encoding, Source, SourceId};
use crate::extract::extract;
use crate::model::report::{ReportId, ReportMeta};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The folder of the reports.
const FOLDER: &str = "content/reports";

/// Reads the reports of the site at `root`, ordered by id.
pub(crate) fn read_reports(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<ReportFile> {
    let mut texts = BTreeMap::new();
    let mut metas = BTreeMap::new();
    for file in walk(root, FOLDER, diagnostics) {
        sort_file(file, &mut texts, &mut metas, diagnostics);
    }
    for (id, file) in &metas {
        if !texts.contains_key(id) {
            let lonely = Diagnostic::warning(code::META_WITHOUT_REPORT, format!("there is no report `{id}.txt`"));
            diagnostics.push(lonely.at(in_file(&file.shown)).hint("put the text beside it, or remove this file"));
        }
    }
    let files: Vec<(String, FoundFile)> = texts.into_iter().collect();
    let sources = read_sources(
        files.iter().map(|(_, file)| (file.path.as_path(), file.shown.as_str())),
        read_source,
        diagnostics,
    );
    let by_path: BTreeMap<&str, &str> = files.iter().map(|(id, file)| (file.shown.as_str(), id.as_str())).collect();
    let report = |source: Source| {
        let id = (*by_path.get(source.path.as_str())?).to_owned();
        let meta = metas.get(&id).map_or_else(ReportMeta::default, |file| read_meta(file, diagnostics));
        Some(ReportFile { id: ReportId(id), source, meta })
    };
    sources.into_iter().filter_map(report).collect()
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
            let unread = Diagnostic::warning(code::UNREAD_FILE, "not read: a report is `<id>.txt`, with `<id>.toml`");
            return diagnostics.push(unread.at(in_file(&file.shown)).hint("rename it, or keep it outside `content/`"));
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

/// Why `stem` cannot be the id of a report, if it cannot.
fn bad_name(stem: &str) -> Option<Diagnostic> {
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

/// Reads files given by hand, in the order given; a file that cannot be read gives a diagnostic and no source.
#[must_use]
pub fn read_files(paths: &[PathBuf]) -> (Vec<Source>, Vec<Diagnostic>) {
    let shown: Vec<String> = paths.iter().map(|path| path.to_string_lossy().replace('\\', "/")).collect();
    let files = paths.iter().map(PathBuf::as_path).zip(shown.iter().map(String::as_str));
    let mut diagnostics = Vec::new();
    let sources = read_sources(files, read_loose, &mut diagnostics);
    (sources, diagnostics)
}

/// Reads a file of any kind that holds a text: plain, or a published document.
fn read_loose(path: &Path, shown: &str) -> Result<(Source, Vec<Diagnostic>), Box<Diagnostic>> {
    let bytes = read_bytes(path, shown, MAX_REPORT_BYTES)?;
    match extract(&bytes, shown)? {
        Some(extraction) => {
            let source = Source {
                id: SourceId(0),
                path: shown.to_owned(),
                text: extraction.text,
                sha256: sha256(&bytes),
                encoding: Encoding::Utf8,
            };
            Ok((source, extraction.remarks))
        }
        None => plain_text(&bytes, shown),
    }
}

/// Ids for reports given by hand, one for each source: the slug of the file's name, made unique by a number.
#[must_use]
pub fn ids_from_names(sources: &[Source]) -> Vec<ReportId> {
    let mut taken = BTreeSet::new();
    let id = |source: &Source| {
        let name = source.path.rsplit('/').next().unwrap_or("");
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

/// Reads texts side by side; their ids are their places among those that could be read.
fn read_sources<'a>(
    files: impl Iterator<Item = (&'a Path, &'a str)>,
    read: impl Fn(&Path, &str) -> Result<(Source, Vec<Diagnostic>), Box<Diagnostic>> + Sync,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Source> {
    let files: Vec<(&Path, &str)> = files.collect();
    let results: Vec<_> = files.par_iter().map(|(path, shown)| read(path, shown)).collect();
    let mut sources = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok((mut source, remarks)) => {
                diagnostics.extend(remarks);
                source.id = SourceId(sources.len());
                diagnostics.extend(hidden_character(&source.text, |span| Place::InSource(source.id, span)));
                sources.push(source);
            }
            Err(fault) => diagnostics.push(*fault),
        }
    }
    sources
}

fn read_source(path: &Path, shown: &str) -> Result<(Source, Vec<Diagnostic>), Box<Diagnostic>> {
    plain_text(&read_bytes(path, shown, MAX_REPORT_BYTES)?, shown)
}

fn plain_text(bytes: &[u8], shown: &str) -> Result<(Source, Vec<Diagnostic>), Box<Diagnostic>> {
    let (text, encoding) = decode(bytes, shown)?;
    if text.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}').is_empty() {
        let message = if bytes.is_empty() { "the file is empty" } else { "the file holds nothing but white space" };
        let empty = Diagnostic::error(code::EMPTY_FILE, message).at(in_file(shown));
        return Err(Box::new(empty.hint("put the text of the report into it, or remove it")));
    }
    let sha256 = sha256(bytes);
    Ok((Source { id: SourceId(0), path: shown.to_owned(), text, sha256, encoding }, Vec::new()))
}
