//! The whole site as one ZIP file.
//!
//! Input: a folder and the paths of its files. Output: the archive, file by file. Invariants: the same files give
//! the same bytes (order, dates and permissions are fixed); memory holds two batches of files, never the site.

use super::manifest::ManifestEntry;
use crate::base::path::SitePath;
use libdeflater::{CompressionLvl, Compressor, crc32};
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, DataDescriptorOutput, ErrorKind, ZipArchiveWriter};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The folder in the archive that holds all its files, so that they do not spill where it is opened.
const TOP: &str = "site";

/// How many files are compressed while as many are written.
const BATCH: usize = 1024;

/// How many of them a core takes at a time: a page of a section is as long as hundreds of records.
const SHARE: usize = 4;

/// How hard DEFLATE tries, of 12. Pages repeat much; what is left to find after this level is a fiftieth.
const LEVEL: i32 = 4;

/// The first date that the form knows, 1 January 1980, in seconds as Unix counts them.
const FIRST_DATE: i64 = 315_532_800;

/// How many bytes are gathered before they are written.
const CAPACITY: usize = 1 << 18;

/// A file that is hashed while it is written, so that a large one need not be read again.
struct HashedFile {
    file: BufWriter<File>,
    n_bytes: u64,
    hash: Sha256,
}

/// A file ready for the archive.
struct Compressed {
    name: String,
    bytes: Vec<u8>,
    contents: DataDescriptorOutput,
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
    let mut archive = ZipArchiveWriter::new(HashedFile::new(archive));
    let mut batches = entries.chunks(BATCH);
    let mut ready = Vec::new();
    loop {
        // While one batch is written, the next is compressed.
        let next = batches.next();
        let compress = || next.map(|entries| compressed(folder, entries)).transpose();
        let add = || ready.into_iter().try_for_each(|file| add(&mut archive, file));
        let (added, next) = rayon::join(add, compress);
        added?;
        match next? {
            Some(files) => ready = files,
            None => break,
        }
    }
    archive.finish().map_err(written)?.finish(path)
}

fn compressed(folder: &Path, entries: &[ManifestEntry]) -> io::Result<Vec<Compressed>> {
    #[allow(clippy::expect_used)]
    let compressor = || Compressor::new(CompressionLvl::new(LEVEL).expect("a level of the library"));
    let compress = |compressor: &mut Compressor, entry: &ManifestEntry| {
        let path = entry.path();
        let contents = fs::read(folder.join(path.as_str()))?;
        let mut bytes = vec![0; compressor.deflate_compress_bound(contents.len())];
        let length = compressor.deflate_compress(&contents, &mut bytes).map_err(io::Error::other)?;
        bytes.truncate(length);
        bytes.shrink_to_fit();
        let contents = DataDescriptorOutput::new(crc32(&contents), contents.len() as u64);
        Ok(Compressed { name: format!("{TOP}/{path}"), bytes, contents })
    };
    entries.par_iter().with_max_len(SHARE).map_init(compressor, compress).collect()
}

/// Adds `file`. Its date is the first that the form knows: a build reads no clock.
fn add(archive: &mut ZipArchiveWriter<HashedFile>, file: Compressed) -> io::Result<()> {
    let new = archive.new_file(file.name.as_str()).compression_method(CompressionMethod::DEFLATE);
    let new = new.last_modified(UtcDateTime::from_unix(FIRST_DATE));
    let (mut entry, _) = new.unix_permissions(0o644).start().map_err(written)?;
    entry.write_all(&file.bytes)?;
    entry.finish(file.contents).map_err(written)?;
    Ok(())
}

/// The error of the file that was written to, where it is that.
fn written(error: rawzip::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::IO(error) => error,
        other => io::Error::other(other.to_string()),
    }
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
