//! The file that marks a folder as made by this program, and lists what is in it.
//!
//! Its first line is the mark; each further line is a file's SHA-256, length in bytes and path. Two builds are
//! the same exactly if their manifests are.

use crate::base::hash::{hexadecimal, sha256};
use crate::base::path::SitePath;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
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

    /// Its length.
    pub(super) fn n_bytes(&self) -> u64 {
        self.n_bytes
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

/// The text of the marker of a folder that is not finished.
pub(super) fn unfinished() -> String {
    format!("{FIRST_LINE} unfinished\n")
}

/// The text of the manifest in `folder`; none if what stands there is no manifest.
///
/// # Errors
/// If there is nothing, or it cannot be read.
pub(super) fn manifest_in(folder: &Path) -> io::Result<Option<String>> {
    let Some((mut bytes, mut rest)) = opened(&folder.join(MARKER))? else { return Ok(None) };
    if bytes != FIRST_LINE.as_bytes() {
        return Ok(None);
    }
    rest.read_to_end(&mut bytes)?;
    Ok(String::from_utf8(bytes).ok())
}

/// The SHA-256 of `text` in lower-case hexadecimal.
pub(super) fn digest(text: &str) -> String {
    sha256(text.as_bytes())
}

/// Whether this program made the folder.
pub(super) fn is_ours(folder: &Path) -> bool {
    opened(&folder.join(MARKER)).is_ok_and(|found| found.is_some_and(|(bytes, _)| bytes == FIRST_LINE.as_bytes()))
}

/// What may be the first line of a manifest at `path`, and the rest. Nothing but a plain file is opened, so that no
/// link is followed and no pipe waited for; somebody else's file is read no further than that line.
fn opened(path: &Path) -> io::Result<Option<(Vec<u8>, File)>> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Ok(None);
    }
    let (mut file, mut first) = (File::open(path)?, Vec::new());
    Read::by_ref(&mut file).take(FIRST_LINE.len() as u64).read_to_end(&mut first)?;
    Ok(Some((first, file)))
}
