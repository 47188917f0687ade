//! The file that marks a folder as made by this program, and lists what is in it.
//!
//! Its first line is the mark; each further line is a file's SHA-256, length in bytes and path. Two builds are
//! the same exactly if their manifests are.

use super::own::{begins, text};
use crate::base::hash::{from_hexadecimal, hexadecimal, sha256};
use crate::base::path::SitePath;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// Name of the manifest in the output folder.
pub const MARKER: &str = ".depositary";

/// First line of a manifest, with the version of its form.
const FIRST_LINE: &str = "depositary 1";

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ManifestEntry {
    path: SitePath,
    n_bytes: u64,
    sha256: [u8; 32],
}

impl ManifestEntry {
    /// The entry of the file at `path`.
    pub(super) fn new(path: SitePath, bytes: &[u8]) -> Self {
        Self { path, n_bytes: bytes.len() as u64, sha256: Sha256::digest(bytes).into() }
    }

    /// The entry of the file at `path` of this length and hash.
    pub(super) fn of_hash(path: SitePath, n_bytes: u64, sha256: [u8; 32]) -> Self {
        Self { path, n_bytes, sha256 }
    }

    /// The entry that a line of a manifest is of.
    fn of_line(line: &str) -> Option<Self> {
        let mut parts = line.splitn(3, ' ');
        let (digits, n_bytes, path) = (parts.next()?, parts.next()?, parts.next()?);
        let (path, n_bytes) = (SitePath::new(path).ok()?, n_bytes.parse().ok()?);
        Some(Self { path, n_bytes, sha256: from_hexadecimal(digits)? })
    }

    /// The entry of the file at `path`, which is at `file` on disk and may be large.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn of_file(path: SitePath, file: &Path) -> io::Result<Self> {
        let mut file = fs::File::open(file)?;
        let (mut hash, mut n_bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
        loop {
            let n_read = file.read(&mut buffer)?;
            let Some(read) = buffer.get(..n_read).filter(|read| !read.is_empty()) else { break };
            hash.update(read);
            n_bytes += n_read as u64;
        }
        Ok(Self { path, n_bytes, sha256: hash.finalize().into() })
    }

    /// Where the file is in the site.
    pub(super) fn path(&self) -> &SitePath {
        &self.path
    }
}

/// The text of the manifest of `entries`, which are put in order.
pub(super) fn manifest(entries: &mut [ManifestEntry]) -> String {
    entries.sort();
    let mut text = format!("{FIRST_LINE}\n");
    for entry in entries {
        let _ = writeln!(text, "{} {} {}", hexadecimal(&entry.sha256), entry.n_bytes, entry.path);
    }
    text
}

/// The SHA-256 of each file that the manifest `text` lists, by path; none if it is not that of a finished build.
pub(super) fn entries(text: &str) -> Option<BTreeMap<&str, &str>> {
    let lines = text.strip_prefix(FIRST_LINE)?.strip_prefix('\n')?.lines();
    lines
        .map(|line| {
            let (sha256, rest) = line.split_once(' ')?;
            Some((rest.split_once(' ')?.1, sha256))
        })
        .collect()
}

/// Every file that the manifest `text` lists, in the order of their paths; none if it is not that of a finished build.
pub(super) fn entries_of(text: &str) -> Option<Vec<ManifestEntry>> {
    let lines = text.strip_prefix(FIRST_LINE)?.strip_prefix('\n')?;
    lines.par_lines().map(ManifestEntry::of_line).collect()
}

/// The path and length in bytes of each file that the manifest `text` lists; none if it is not that of a finished build.
pub(super) fn lengths(text: &str) -> Option<impl Iterator<Item = (&str, u64)>> {
    let lines = text.strip_prefix(FIRST_LINE)?.strip_prefix('\n')?.lines();
    Some(lines.filter_map(|line| {
        let mut parts = line.splitn(3, ' ').skip(1);
        let n_bytes = parts.next()?.parse().ok()?;
        Some((parts.next()?, n_bytes))
    }))
}

/// The text of the marker of a folder that is not finished.
pub(super) fn unfinished() -> String {
    format!("{FIRST_LINE} unfinished\n")
}

/// The text of the manifest in `folder`; none if what stands there is no manifest.
///
/// # Errors
/// If there is nothing, or it cannot be read.
pub(super) fn manifest_in(folder: &Path) -> io::Result<Option<String>> {
    text(&folder.join(MARKER), FIRST_LINE)
}

/// The SHA-256 of `text` in lower-case hexadecimal.
pub(super) fn digest(text: &str) -> String {
    sha256(text.as_bytes())
}

/// Whether this program made the folder.
pub(super) fn is_ours(folder: &Path) -> bool {
    begins(&folder.join(MARKER), FIRST_LINE)
}
