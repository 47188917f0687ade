//! A bag for deposit (BagIt 1.0, RFC 8493): files, and the hash of each, in a form that repositories take.
//!
//! Input: files with their names in the bag. Output: a folder. Invariants: the folder is whole or not there; the same
//! files give the same bytes; memory holds one block of a file.

use super::WriteError;
use super::manifest::MARKER;
use super::verify::verify;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::hash::{hexadecimal, sha256};
use crate::base::printed::on_one_line;
use crate::config::{Config, english};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// The folder of a bag that holds what is deposited.
const PAYLOAD: &str = "data";

/// The bag declaration.
const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// How many bytes of a file are held at a time.
const BLOCK: usize = 1 << 16;

/// A file to be deposited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposited {
    /// Its path below the payload folder, with `/` between its parts.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// What a bag holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bagged {
    /// How many files were deposited.
    pub n_files: usize,
    /// How many bytes they have.
    pub n_bytes: u64,
}

/// The files of the site that a build left in `folder`, with its manifest, below `name`.
///
/// # Errors
/// If it is not as it was built, with a diagnostic for each file, or cannot be read.
pub fn built_files(folder: &Path, name: &str) -> Result<Vec<Deposited>, WriteError> {
    let verified = verify(folder)?;
    if !verified.diagnostics.is_empty() {
        return Err(WriteError::Refused(verified.diagnostics));
    }
    let paths = verified.paths.into_iter().chain([MARKER.to_owned()]);
    Ok(paths.map(|path| Deposited { name: format!("{name}/{path}"), path: folder.join(path) }).collect())
}

/// Makes the bag `bag` of `files`, which belong to the archive that `config` describes.
///
/// # Errors
/// If something stands at `bag`, or the file system refuses.
pub fn put_bag(bag: &Path, mut files: Vec<Deposited>, config: &Config) -> Result<Bagged, WriteError> {
    if fs::symlink_metadata(bag).is_ok() {
        return Err(occupied(bag));
    }
    let parent = bag.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let staging = tempfile::Builder::new().prefix(".bag-").tempdir_in(parent).map_err(WriteError::at(parent))?;
    // The temporary folder is for its owner only; the bag is for everyone who may read what is in it.
    let staged = staging.path().join("bag");
    fs::create_dir(&staged).map_err(WriteError::at(&staged))?;
    files.sort_by(|left, right| left.name.cmp(&right.name));
    let (mut manifest, mut n_bytes) = (String::new(), 0);
    for file in &files {
        let name = format!("{PAYLOAD}/{}", file.name);
        let (hash, length) = copy(&file.path, &staged.join(&name)).map_err(WriteError::at(&file.path))?;
        let _ = writeln!(manifest, "{hash}  {}", encoded(&name));
        n_bytes += length;
    }
    let information = format!("{}Payload-Oxum: {n_bytes}.{}\n", information(config), files.len());
    let tags =
        [("bag-info.txt", information), ("bagit.txt", DECLARATION.to_owned()), ("manifest-sha256.txt", manifest)];
    let hashes: String = tags.iter().map(|(name, text)| format!("{}  {name}\n", sha256(text.as_bytes()))).collect();
    for (name, text) in tags.into_iter().chain([("tagmanifest-sha256.txt", hashes)]) {
        let path = staged.join(name);
        fs::write(&path, text).map_err(WriteError::at(&path))?;
    }
    fs::rename(&staged, bag).map_err(WriteError::at(bag))?;
    Ok(Bagged { n_files: files.len(), n_bytes })
}

fn occupied(bag: &Path) -> WriteError {
    let place = Place::InFile { path: bag.to_string_lossy().into_owned(), offset: None };
    let fault = Diagnostic::error(code::OUTPUT_REFUSED, "something stands here already").at(place);
    WriteError::Refused(vec![fault.hint("name a folder that is not there yet: a bag is never changed")])
}

/// Copies a file into a folder that is made where it is missing; gives its SHA-256 and length.
fn copy(from: &Path, to: &Path) -> io::Result<(String, u64)> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    if !fs::symlink_metadata(from)?.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "not a plain file"));
    }
    let (mut source, mut target) = (File::open(from)?, File::create_new(to)?);
    let (mut hash, mut length, mut block) = (Sha256::new(), 0, vec![0; BLOCK]);
    loop {
        let n_read = source.read(&mut block)?;
        let Some(bytes) = block.get(..n_read).filter(|bytes| !bytes.is_empty()) else { break };
        hash.update(bytes);
        target.write_all(bytes)?;
        length += n_read as u64;
    }
    Ok((hexadecimal(&hash.finalize()), length))
}

/// A path as manifests have it: what would end a line is percent-encoded (RFC 8493 § 2.1.3).
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

/// What `bag-info.txt` says of the archive. The day is that of publication, where the settings name it: no clock is read.
fn information(config: &Config) -> String {
    let publish = &config.publish;
    let identifiers = [publish.doi.as_ref(), publish.ark.as_ref(), Some(&config.base_url)];
    let mut lines = vec![
        ("Source-Organization", Some(config.publisher())),
        ("External-Description", Some(english(&config.description))),
        ("Bagging-Date", publish.date.as_deref()),
        ("Bag-Software-Agent", Some(concat!("depositary ", env!("CARGO_PKG_VERSION")))),
    ];
    lines.extend(identifiers.into_iter().map(|identifier| ("External-Identifier", identifier.map(String::as_str))));
    let line = |(label, value): (&str, Option<&str>)| {
        let value = on_one_line(value?);
        (!value.is_empty()).then(|| format!("{label}: {value}\n"))
    };
    lines.into_iter().filter_map(line).collect()
}
