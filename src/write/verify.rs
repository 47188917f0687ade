//! A published folder against its own manifest, and against those of the editions in it.
//!
//! Input: a folder with the manifest of a build. Output: a diagnostic for each file that was changed, is missing or
//! was added, in order of path, and for each wording that is not as it was released. Invariants: nothing is written; no link is followed.

use super::WriteError;
use super::manifest::{MARKER, entries, manifest_in};
use super::place::hosted;
use super::proof::releases;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::hash::sha256;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// What was found of a published folder.
#[derive(Debug)]
pub struct Verified {
    /// The paths of the files that its manifest lists, in their order.
    pub paths: Vec<String>,
    /// How many editions it tells of.
    pub n_releases: usize,
    /// What differs from the manifests.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compares the files of `folder` with its manifest.
///
/// # Errors
/// If the folder or one of its files cannot be read.
pub fn verify(folder: &Path) -> Result<Verified, WriteError> {
    let marker = folder.join(MARKER);
    let text = manifest_in(folder).map_err(WriteError::at(&marker))?;
    let Some(listed) = text.as_deref().and_then(entries) else {
        let message = "this is not the manifest of a finished build";
        return Ok(Verified {
            paths: Vec::new(),
            n_releases: 0,
            diagnostics: vec![fault(code::SITE_CHANGED, message, MARKER)],
        });
    };
    let present = files(folder)?;
    let mut diagnostics = Vec::new();
    for (path, sha256) in &listed {
        let at = folder.join(path);
        if !present.contains(*path) {
            diagnostics.push(fault(code::SITE_FILE_MISSING, "a file of the site is missing", path));
        } else if !is_same(&at, sha256).map_err(WriteError::at(&at))? {
            diagnostics.push(fault(code::SITE_CHANGED, "this is not what was built", path));
        }
    }
    let added = present.iter().filter(|path| !listed.contains_key(path.as_str()) && path.as_str() != MARKER);
    diagnostics.extend(added.map(|path| fault(code::SITE_FILE_ADDED, "no build made this file", path)));
    let (chain, found) = releases(folder)?;
    diagnostics.extend(found);
    let paths = listed.keys().map(|path| (*path).to_owned()).collect();
    Ok(Verified { paths, n_releases: chain.releases.len(), diagnostics })
}

/// Whether a plain file with this SHA-256 stands at `path`; a link never is one.
fn is_same(path: &Path, expected: &str) -> std::io::Result<bool> {
    Ok(fs::symlink_metadata(path)?.is_file() && sha256(&fs::read(path)?) == expected)
}

/// The paths of everything in `folder` but folders, with `/` between their parts.
fn files(folder: &Path) -> Result<BTreeSet<String>, WriteError> {
    let mut paths = BTreeSet::new();
    let hosted = hosted(folder);
    let is_hosted =
        |entry: &walkdir::DirEntry| entry.depth() == 1 && hosted.iter().any(|name| entry.file_name() == *name);
    for entry in WalkDir::new(folder).min_depth(1).into_iter().filter_entry(|entry| !is_hosted(entry)) {
        let entry = entry.map_err(|error| WriteError::at(folder)(error.into()))?;
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        if !entry.file_type().is_dir() {
            paths.insert(parts.join("/"));
        }
    }
    Ok(paths)
}

fn fault(code: &'static str, message: &str, path: &str) -> Diagnostic {
    let hint = "build the site again, or look at who changed the folder";
    Diagnostic::error(code, message).at(Place::InFile { path: path.to_owned(), offset: None }).hint(hint)
}
