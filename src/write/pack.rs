//! The whole site as one ZIP file.
//!
//! Input: a folder and the paths of its files. Output: the archive, file by file. Invariants: the same files give
//! the same bytes (order, dates and permissions are fixed); memory holds two batches of files, never the site.

use super::manifest::ManifestEntry;
use crate::base::path::SitePath;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use zip::result::ZipResult;
use zip::write::{PreparedZipFile, SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The folder in the archive that holds all its files, so that they do not spill where it is opened.
const TOP: &str = "site";

/// How many files are compressed while as many are written.
const BATCH: usize = 1024;

/// How many of them a core takes at a time: a page of a section is as long as hundreds of records.
const SHARE: usize = 4;

/// How hard DEFLATE tries, of 9. Pages repeat much; what is left to find after this level is a fiftieth.
const LEVEL: i64 = 4;

/// How many bytes are gathered before they are written.
const CAPACITY: usize = 1 << 18;

/// A file that is hashed while it is written, so that a large one need not be read again.
struct HashedFile {
    file: BufWriter<File>,
    n_bytes: u64,
    hash: Sha256,
}

/// Writes the files of `folder` in `entries`, in their order, into the new file `archive`, which is `path` in the site;
/// gives its entry.
///
/// # Errors
/// If a file cannot be read or the archive not be written.
pub(super) fn pack(
    folder: &Path,
    entries: &[ManifestEntry],
    path: SitePath,
    archive: File,
) -> io::Result<ManifestEntry> {
    // Every size is known before its file is written, so the archive is written straight on.
    let mut archive = ZipWriter::new(StreamWriter::new(HashedFile::new(archive)));
    let mut batches = entries.chunks(BATCH);
    let mut ready = Vec::new();
    loop {
        // While one batch is written, the next is compressed.
        let next = batches.next();
        let compress = || next.map(|entries| compressed(folder, entries)).transpose();
        let (added, next) = rayon::join(|| archive.add_prepared_files(ready), compress);
        added?;
        match next? {
            Some(files) => ready = files,
            None => break,
        }
    }
    archive.finish()?.into_inner().finish(path)
}

fn compressed(folder: &Path, entries: &[ManifestEntry]) -> ZipResult<Vec<PreparedZipFile>> {
    // The date is the first that the form knows: a build reads no clock.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let compress = |entry: &ManifestEntry| {
        let path = entry.path();
        PreparedZipFile::from_path(format!("{TOP}/{path}"), folder.join(path.as_str()), options)
    };
    entries.par_iter().with_max_len(SHARE).map(compress).collect()
}

impl HashedFile {
    fn new(file: File) -> Self {
        Self { file: BufWriter::with_capacity(CAPACITY, file), n_bytes: 0, hash: Sha256::new() }
    }

    /// The entry of the file, which is `path` in the site.
    fn finish(mut self, path: SitePath) -> io::Result<ManifestEntry> {
        self.file.flush()?;
        Ok(ManifestEntry::of_hash(path, self.n_bytes, self.hash.finalize().into()))
    }
}

impl Write for HashedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hash.update(bytes);
        self.n_bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
