//! `content/originals/`: the published documents that texts were extracted from.
//!
//! Input: the reports of a site. Output: the originals that are to be published, by their path in the site. Invariant:
//! an original that is there is the file that its report names by its hash.

use super::ReportFile;
use super::meta::parse_meta;
use super::walk::{FoundFile, in_file, read_bytes, walk};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::hash::sha256;
use crate::base::limits::{MAX_REPORT_BYTES, MAX_WRITTEN_BYTES};
use crate::base::source::Source;
use crate::base::span::Span;
use crate::config::Publish;
use crate::extract::extract;
use crate::model::report::Original;
use rayon::prelude::*;
use similar::{DiffOp, TextDiff};
use std::collections::BTreeMap;
use std::path::Path;

/// The folder of the originals.
pub(crate) const FOLDER: &str = "content/originals";

/// Checks the originals of `reports` in the site at `root`, and gives those that are published.
pub(crate) fn read_originals(
    root: &Path,
    reports: &[ReportFile],
    publish: &Publish,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Vec<u8>> {
    let files: BTreeMap<String, FoundFile> =
        walk(root, FOLDER, diagnostics).into_iter().map(|file| (file.name.clone(), file)).collect();
    let named: BTreeMap<&str, (&ReportFile, &Original)> = reports
        .iter()
        .filter_map(|report| report.meta.original.as_ref().map(|original| (original.file.as_str(), (report, original))))
        .collect();
    for file in files.values().filter(|file| !named.contains_key(file.name.as_str())) {
        let unread = Diagnostic::warning(code::UNREAD_FILE, "no report names this file as its original");
        diagnostics.push(unread.at(in_file(&file.shown)).hint("`depositary add FILE` makes a report of a document"));
    }
    let read = |(name, (report, original)): (&&str, &(&ReportFile, &Original))| {
        let file = files.get(*name).ok_or_else(|| missing(report, name))?;
        read_original(file, &original.sha256)
    };
    let results: Vec<_> = named.par_iter().map(|(name, named)| (*name, read((name, named)))).collect();
    let (mut published, mut n_bytes, mut n_over) = (BTreeMap::new(), 0, 0);
    for (name, result) in results {
        match result {
            Ok(bytes) if publish.originals && is_harmless(name) => {
                n_bytes += bytes.len() as u64;
                if n_bytes <= publish.max_original_bytes {
                    published.insert(format!("originals/{name}"), bytes);
                } else {
                    n_over += 1;
                }
            }
            Ok(_) => {}
            Err(fault) => diagnostics.push(*fault),
        }
    }
    if n_over > 0 {
        let n_all = published.len() + n_over;
        let message = format!("{n_over} of {n_all} originals not published: together they have {n_bytes} bytes");
        let hint = "raise `max_original_bytes` in `[publish]` of site.toml, or set `originals` to false";
        diagnostics.push(Diagnostic::warning(code::ORIGINALS_OVER_BUDGET, message).hint(hint));
    }
    published
}

/// Whether a browser shows or saves the file without running anything of it. A page of HTML or XML would run its scripts
/// as the site's own.
fn is_harmless(name: &str) -> bool {
    [".pdf", ".docx", ".odt"].iter().any(|ending| name.ends_with(ending))
}

fn missing(report: &ReportFile, name: &str) -> Box<Diagnostic> {
    let message = format!("the original of `{}` is not there: `{FOLDER}/{name}`", report.id);
    let fault = Diagnostic::warning(code::ORIGINAL_MISSING, message).at(in_file(&report.source.path));
    Box::new(fault.hint("put it back, or take `[original]` out of the report's TOML file"))
}

fn read_original(file: &FoundFile, expected: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let bytes = read_bytes(&file.path, &file.shown, MAX_REPORT_BYTES)?;
    if sha256(&bytes) == expected {
        return Ok(bytes);
    }
    let message = "this is not the file that the report's text was extracted from: its SHA-256 is another";
    let fault = Diagnostic::error(code::ORIGINAL_CHANGED, message).at(in_file(&file.shown));
    Err(Box::new(fault.hint("put the first file back; a new print is added as a report of its own")))
}

/// Most places of one text that are told to differ from what its original gives.
const MAX_DIFFERENCES: usize = 5;

/// Where the texts in `sources`, which are the reports of the site at `root`, differ from what their originals give
/// now: they were edited by hand, or the extraction has changed.
#[must_use]
pub fn differences_from_originals(root: &Path, sources: &[Source]) -> Vec<Diagnostic> {
    let differences = sources.par_iter().map(|source| {
        let extracted = extracted_again(root, source)?;
        Some(differing_places(source, &extracted))
    });
    differences.collect::<Vec<_>>().into_iter().flatten().flatten().collect()
}

/// What the original of `source` gives now; none without an original. What is wrong with either was told before.
fn extracted_again(root: &Path, source: &Source) -> Option<String> {
    let meta_path = source.path.strip_suffix(".txt").map(|stem| format!("{stem}.toml"))?;
    let bytes = read_bytes(&root.join(&meta_path), &meta_path, MAX_WRITTEN_BYTES).ok()?;
    let original = parse_meta(&meta_path, std::str::from_utf8(&bytes).ok()?).ok()?.original?;
    let shown = format!("{FOLDER}/{}", original.file);
    let bytes = read_bytes(&root.join(&shown), &shown, MAX_REPORT_BYTES).ok()?;
    Some(extract(&bytes, &shown).ok()??.text)
}

fn differing_places(source: &Source, extracted: &str) -> Vec<Diagnostic> {
    let diff = TextDiff::from_lines(source.text.as_str(), extracted);
    let changes: Vec<&DiffOp> = diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. })).collect();
    let lines = crate::base::source::line_spans(&source.text);
    let place = |op: &&DiffOp| {
        let old = op.old_range();
        let first = lines.get(old.start).or(lines.last()).copied().unwrap_or_default();
        let last = lines.get(old.end.saturating_sub(1).max(old.start)).copied().unwrap_or(first);
        let new: String = diff.new_slices()[op.new_range()].concat();
        let message = match op {
            DiffOp::Delete { .. } => "the original does not give this".to_owned(),
            DiffOp::Insert { .. } => "the original gives more before this".to_owned(),
            _ => "the original gives something else here".to_owned(),
        };
        let hint = if new.trim().is_empty() {
            "add the original anew, or keep the text as it is".to_owned()
        } else {
            format!("the original gives: {}", shortened(new.trim()))
        };
        let span = Span::new(first.start, last.end.max(first.end));
        Diagnostic::note(code::TEXT_DIFFERS, message).at(Place::InSource(source.id, span)).hint(hint)
    };
    let mut places: Vec<Diagnostic> = changes.iter().take(MAX_DIFFERENCES).map(place).collect();
    if changes.len() > MAX_DIFFERENCES {
        let more = changes.len() - MAX_DIFFERENCES;
        let message = format!("the original gives something else in {more} more places");
        let note = Diagnostic::note(code::TEXT_DIFFERS, message).at(in_file(&source.path));
        places.push(note.hint("`depositary parse` on the original prints the records it gives now"));
    }
    places
}

/// The beginning of a text, in one line.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 300;
    let line = text.replace(['\n', '\t', '\u{c}'], " ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", line.get(..end).unwrap_or(&line)),
        None => line,
    }
}
