//! What published records said, and the manifests of releases → their files.
//!
//! Only files whose lines changed are written, and every file is whole at any moment. Lines are in natural order, so that
//! the same versions have the same bytes.

use super::WriteError;
use super::ledger::replace;
use crate::model::ledger::natural_key;
use crate::model::release::{self, Release};
use crate::model::wording::{self, COLUMNS, Version, Versions};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// First line of a file of versions.
const ABOUT: &str = "# What the published records of one report said, kept for ever: no line goes, `depositary ledger \
                     accept` and `depositary release` add new ones.\n";

/// Writes `versions` into their folder of the site at `root`.
///
/// # Errors
/// If the file system refuses.
pub fn put_versions(root: &Path, versions: &Versions) -> Result<(), WriteError> {
    let folder = root.join(wording::FOLDER);
    let mut files: BTreeMap<&str, Vec<(&str, &Version)>> = BTreeMap::new();
    for (id, version) in versions.iter().flat_map(|(id, of)| of.iter().map(move |version| (id, version))) {
        files.entry(&version.file).or_default().push((id, version));
    }
    if !files.is_empty() {
        fs::create_dir_all(&folder).map_err(WriteError::at(&folder))?;
    }
    for (file, mut versions) in files {
        versions.sort_by_cached_key(|(id, version)| (natural_key(id), version.number));
        let lines = versions.into_iter().map(|(id, version)| version.cells(id).join("\t") + "\n");
        let text = format!("{ABOUT}{}\n{}", COLUMNS.join("\t"), lines.collect::<String>());
        let path = folder.join(format!("{file}.tsv"));
        replace(&path, text.as_bytes()).map_err(WriteError::at(&path))?;
    }
    Ok(())
}

/// Writes the manifest of `release` into the folder of releases of the site at `root`.
///
/// # Errors
/// If the file system refuses.
pub fn put_release(root: &Path, release: &Release) -> Result<(), WriteError> {
    let folder = root.join(release::FOLDER);
    fs::create_dir_all(&folder).map_err(WriteError::at(&folder))?;
    let path = folder.join(format!("{}.txt", release.date));
    replace(&path, release.text().as_bytes()).map_err(WriteError::at(&path)).map(drop)
}
