//! The whole site as one ZIP file.
//!
//! Input: a folder and the paths of its files. Output: the archive, file by file. Invariants: the same files give
//! the same bytes (order, dates and permissions are fixed); memory holds a few files, never the site.

use crate::base::path::SitePath;
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use zip::write::{PreparedZipFile, SimpleFileOptions};
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The folder in the archive that holds all its files, so that they do not spill where it is opened.
const TOP: &str = "site";

/// How many files are compressed at a time, on all cores.
const BATCH: usize = 256;

/// Writes the files of `folder` at `paths`, in their order, into a new archive at `target`.
///
/// # Errors
/// If a file cannot be read or the archive not be written.
pub(super) fn pack(folder: &Path, paths: &[&SitePath], target: &Path) -> io::Result<()> {
    let mut archive = ZipWriter::new(BufWriter::new(File::create_new(target)?));
    for batch in paths.chunks(BATCH) {
        let compress = |path: &&SitePath| compressed(folder, path);
        let files: Result<Vec<PreparedZipFile>, zip::result::ZipError> = batch.par_iter().map(compress).collect();
        for file in files? {
            archive.add_prepared_file(file)?;
        }
    }
    archive.finish()?.flush()
}

fn compressed(folder: &Path, path: &SitePath) -> zip::result::ZipResult<PreparedZipFile> {
    let name = format!("{TOP}/{path}");
    // The date is the first that the form knows: a build reads no clock.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    PreparedZipFile::from_path(name, folder.join(path.as_str()), options)
}
