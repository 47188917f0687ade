//! `content/releases/*.txt` → the releases of the archive.

use super::date::is_day;
use super::decode::decode;
use super::walk::{FoundFile, in_file, read_bytes, walk};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::MAX_TABLE_BYTES;
use crate::base::source::line_spans;
use crate::model::release::{Chain, FOLDER, Release};
use std::path::Path;

/// What to do about a manifest that is wrong.
const HINT: &str = "take the file from an earlier commit: a manifest is never changed once it is released";

/// Reads the releases of the site at `root`. Whether they belong together is told by `resolve`.
pub(crate) fn read_releases(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Chain {
    let mut releases = Vec::new();
    for file in walk(root, FOLDER, diagnostics) {
        match file.name.strip_suffix(".txt") {
            Some(name) => match read_file(&file, name) {
                Ok(release) => releases.push(release),
                Err(fault) => diagnostics.push(*fault),
            },
            None => diagnostics.push(
                Diagnostic::warning(code::UNREAD_FILE, "not read: the manifest of a release stands in `<day>.txt`")
                    .at(in_file(&file.shown))
                    .hint("remove it, or keep it outside `content/`"),
            ),
        }
    }
    Chain::new(releases)
}

fn read_file(file: &FoundFile, name: &str) -> Result<Release, Box<Diagnostic>> {
    let (text, _) = decode(&read_bytes(&file.path, &file.shown, MAX_TABLE_BYTES)?, &file.shown)?;
    let fault = |line: usize, message: String| {
        let span = line_spans(&text).get(line - 1).copied().unwrap_or_default();
        let place = Place::InText { path: file.shown.clone(), text: text.as_str().into(), span };
        Box::new(Diagnostic::error(code::BAD_RELEASE, message).at(place).hint(HINT))
    };
    let release = Release::parse(&text).map_err(|(line, message)| fault(line, message))?;
    if release.date != name || !is_day(name) {
        return Err(fault(2, "the day is not the one that the file is named after".to_owned()));
    }
    Ok(release)
}
