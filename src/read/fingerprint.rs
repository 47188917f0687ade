//! A site's files → one number, by which a later run tells that none of them changed.
//!
//! Input: the root of a site. Output: SHA-256 over the paths and bytes of everything that `read` would read.
//! Invariant: nothing is parsed, so that it costs little more than reading.

use super::SETTINGS;
use super::walk::{self, FoundFile, walk};
use crate::base::hash::hexadecimal;
use crate::base::limits::MAX_STATIC_BYTES;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::path::Path;

/// The folders that are read.
const FOLDERS: [&str; 3] = ["content", "static", "templates"];

/// The fingerprint of the site at `root`; none if a part of it cannot be read or is refused, as [`super::read`] tells.
#[must_use]
pub fn fingerprint(root: &Path) -> Option<String> {
    let mut diagnostics = Vec::new();
    let mut files: Vec<FoundFile> = FOLDERS.iter().flat_map(|folder| walk(root, folder, &mut diagnostics)).collect();
    walk::require_file(&root.join(SETTINGS), SETTINGS).ok()?;
    files.push(FoundFile { path: root.join(SETTINGS), shown: SETTINGS.to_owned(), name: SETTINGS.to_owned() });
    if !diagnostics.is_empty() {
        return None;
    }
    let digest = |file: &FoundFile| {
        let bytes = walk::read_bytes(&file.path, &file.shown, MAX_STATIC_BYTES).ok()?;
        Some(Sha256::digest(bytes).into())
    };
    let digests: Option<Vec<[u8; 32]>> = files.par_iter().map(digest).collect();
    let mut hash = Sha256::new();
    for (file, digest) in files.iter().zip(digests?) {
        hash.update((file.shown.len() as u64).to_le_bytes());
        hash.update(&file.shown);
        hash.update(digest);
    }
    Some(hexadecimal(&hash.finalize()))
}
