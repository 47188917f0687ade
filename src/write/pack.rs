//! The whole site as one ZIP file.
//!
//! Input: a folder and the paths of its files. Output: the archive, file by file. Invariants: the same files give
//! the same bytes (order, dates and permissions are fixed); memory holds two batches of files, never the site.

use super::manifest::ManifestEntry;
use super::receipt::Standing;
use super::seek::{CountingWriter, HashingWriter, NearReader};
use crate::base::path::SitePath;
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use zip::result::ZipResult;
use zip::write::{PreparedZipFile, SimpleFileOptions};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The folder in the archive that holds all its files, so that they do not spill where it is opened.
const TOP: &str = "site";

/// How many files are compressed while as many are written.
const BATCH: usize = 1024;

/// How many of them a core takes at a time: a page of a section is as long as hundreds of records.
const SHARE: usize = 4;

/// The archive of the site that is replaced.
pub(super) struct Packed<'a> {
    /// Where it is.
    pub(super) archive: PathBuf,
    /// What it holds.
    pub(super) standing: &'a Standing,
}

/// How hard DEFLATE tries, of 9. Pages repeat much, and the first levels find nearly all of that in a third of the time.
const LEVEL: i64 = 2;

/// A file as the archive takes it.
enum Entry {
    /// Compressed now.
    Prepared(PreparedZipFile),
    /// As it stands in the old archive, under this number.
    Copied(usize),
}

/// Writes the files of `folder` in `entries`, in their order, into a new archive at `target`, which is `path` in the
/// site; gives its entry. Files that are the same in the site that is replaced are taken over from its archive, `packed`,
/// where there is one.
///
/// # Errors
/// If a file cannot be read or the archive not be written.
pub(super) fn pack(
    folder: &Path,
    entries: &[ManifestEntry],
    (path, target): (SitePath, &Path),
    packed: Option<&Packed<'_>>,
) -> io::Result<ManifestEntry> {
    let mut archive = ZipWriter::new(CountingWriter::new(HashingWriter::new(File::create_new(target)?)));
    let mut old = packed.and_then(|packed| ZipArchive::new(NearReader::new(File::open(&packed.archive).ok()?)).ok());
    let numbers: Vec<Option<usize>> = entries.par_iter().map(|entry| number_in(old.as_ref(), packed, entry)).collect();
    let mut batches = entries.chunks(BATCH).zip(numbers.chunks(BATCH));
    let mut ready = Vec::new();
    loop {
        // While one batch is written, the next is compressed.
        let next = batches.next();
        let compress = || next.map(|(entries, numbers)| prepared(folder, entries, numbers)).transpose();
        let (added, next) = rayon::join(|| add(&mut archive, old.as_mut(), ready), compress);
        added?;
        match next? {
            Some(files) => ready = files,
            None => break,
        }
    }
    match archive.finish()?.into_inner()?.finish() {
        Some((n_bytes, sha256)) => Ok(ManifestEntry::of_hash(path, n_bytes, sha256)),
        None => ManifestEntry::of_file(path, target),
    }
}

/// What the archive takes of `entries`, which have these `numbers` in the old archive if they are the same there.
fn prepared(folder: &Path, entries: &[ManifestEntry], numbers: &[Option<usize>]) -> ZipResult<Vec<Entry>> {
    let prepare = |(entry, number): (&ManifestEntry, &Option<usize>)| match number {
        Some(number) => Ok(Entry::Copied(*number)),
        None => compressed(folder, entry.path()).map(Entry::Prepared),
    };
    entries.par_iter().zip(numbers).with_max_len(SHARE).map(prepare).collect()
}

/// Adds `files`, some of which are in the `old` archive.
fn add<W: Write + Seek, R: Read + Seek>(
    archive: &mut ZipWriter<W>,
    mut old: Option<&mut ZipArchive<R>>,
    files: Vec<Entry>,
) -> ZipResult<()> {
    for file in files {
        match (file, &mut old) {
            (Entry::Prepared(file), _) => archive.add_prepared_file(file)?,
            (Entry::Copied(number), Some(old)) => archive.raw_copy_file(old.by_index_raw(number)?)?,
            (Entry::Copied(_), None) => {}
        }
    }
    Ok(())
}

/// The number of a file in the old archive, if it is there and the same.
fn number_in<R: Read + Seek>(
    old: Option<&ZipArchive<R>>,
    packed: Option<&Packed<'_>>,
    entry: &ManifestEntry,
) -> Option<usize> {
    packed?.standing.same(entry)?;
    old?.index_for_name(&name(entry.path()))
}

fn name(path: &SitePath) -> String {
    format!("{TOP}/{path}")
}

fn compressed(folder: &Path, path: &SitePath) -> ZipResult<PreparedZipFile> {
    // The date is the first that the form knows: a build reads no clock.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    PreparedZipFile::from_path(name(path), folder.join(path.as_str()), options)
}
