//! The folder in which a site is made, and how it takes the place of the old one.

use super::WriteError;
use super::folder::StagingFolder;
use super::gate::{Gate, Registered, gate};
use super::lock::OutputLock;
use super::manifest::{ManifestEntry, digest, manifest};
use super::pack::pack;
use super::place::{allowed_output, hosted};
use super::size::size_warning;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::config::Config;
use crate::render::{Sink, SinkError, whole_site};
use std::cmp::Reverse;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How many of the largest files are named.
const N_LARGEST: usize = 3;

/// Takes the files of a site. If it is dropped before [`Finished::publish`], the old site stays and nothing is left.
pub struct Staging {
    output: PathBuf,
    folder: StagingFolder,
    gate: Gate,
    whole_site: Option<SitePath>,
    max_bytes: u64,
    entries: Mutex<Vec<ManifestEntry>>,
    /// The last field, as it must be dropped after the folder.
    lock: OutputLock,
}

/// A site that is whole and without fault.
pub struct Finished {
    folder: StagingFolder,
    published: Published,
    /// The last field, as it must be dropped after the folder.
    lock: OutputLock,
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Where the site is.
    pub output: PathBuf,
    /// How many records they show; it is told by who made them, and 0 until then.
    pub n_records: usize,
    /// Number of files.
    pub n_files: usize,
    /// Their length in bytes.
    pub n_bytes: u64,
    /// The length in bytes that its host publishes at most.
    pub max_bytes: u64,
    /// The largest files with their lengths, largest first.
    pub largest: Vec<(SitePath, u64)>,
    /// What stands in its folder and is its host's or version control's, which no build touches.
    pub hosted: Vec<&'static str>,
    /// SHA-256 of the manifest: two builds are the same exactly if this is.
    pub sha256: String,
}

impl Staging {
    /// Makes a staging folder beside `output` for the site of `config` whose sources are at `root`. What a
    /// broken-off run left behind is mended first.
    ///
    /// # Errors
    /// If a site may not be written there, or the folder cannot be made.
    pub fn open(root: &Path, output: &Path, config: &Config) -> Result<Self, WriteError> {
        let output = allowed_output(root, output)?;
        let parent = output.parent().unwrap_or(&output).to_owned();
        fs::create_dir_all(&parent).map_err(WriteError::at(&parent))?;
        let lock = OutputLock::take(&output)?;
        let folder = StagingFolder::make(&output)?;
        let (gate, whole_site, max_bytes) = (gate(config), whole_site(config), config.publish.max_bytes);
        Ok(Self { output, folder, gate, whole_site, max_bytes, entries: Mutex::default(), lock })
    }

    /// Takes a file of a part of the site, whose other marks [`Staging::merge`] takes.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn put_seen(&self, path: SitePath, bytes: &[u8]) -> Result<(), WriteError> {
        let at = self.folder.path().join(path.as_str());
        let registered = self.gate.take_path(&path);
        self.write(path, bytes, registered).map_err(WriteError::at(&at))
    }

    /// Takes what the gate has seen of a part of the site.
    ///
    /// # Errors
    /// If it is not that.
    pub fn merge(&self, seen: &[u8]) -> Result<(), postcard::Error> {
        self.gate.merge(seen)
    }

    /// Writes a file that the gate took note of.
    fn write(&self, path: SitePath, bytes: &[u8], registered: Registered) -> io::Result<()> {
        let target = self.folder.path().join(path.as_str());
        if !make_way(registered, &target) {
            return Ok(());
        }
        match write_file(&target, bytes) {
            // A file stands where a folder is wanted, or the other way round: the gate says so with both paths.
            Err(error) if is_collision(&error) => return Ok(()),
            other => other?,
        }
        let entry = ManifestEntry::new(path, bytes);
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
        Ok(())
    }

    /// Judges the site, and completes it with the archive of it and the manifest.
    ///
    /// # Errors
    /// If the gate finds faults or the file system refuses. The old site then stands as before.
    pub fn finish(self) -> Result<Finished, WriteError> {
        self.put_path(".nojekyll")?;
        let faults = self.gate.judge();
        if !faults.is_empty() {
            return Err(WriteError::Refused(faults));
        }
        let mut entries = self.entries.into_inner().unwrap_or_else(PoisonError::into_inner);
        entries.sort();
        let folder = self.folder.path();
        if let Some(path) = self.whole_site {
            let file = folder.join(path.as_str());
            let whole = in_folder(&file, || File::create_new(&file)).and_then(|new| pack(folder, &entries, path, new));
            entries.push(whole.map_err(WriteError::at(&file))?);
        }
        let text = manifest(&mut entries);
        self.folder.finish(&text)?;
        let published = Published::new(self.output, &entries, digest(&text), self.max_bytes);
        Ok(Finished { folder: self.folder, published, lock: self.lock })
    }

    /// Puts an empty file. GitHub Pages passes a site with `.nojekyll` on as it is.
    fn put_path(&self, path: &str) -> Result<(), WriteError> {
        let Ok(site_path) = SitePath::new(path) else { return Ok(()) };
        let at = self.folder.path().join(path);
        self.put(site_path, Vec::new()).map_err(|error| WriteError::FileSystem { path: at, source: error.source })
    }
}

impl Published {
    /// The site in `output` of these files, whose manifest has the hash `sha256`.
    pub(super) fn new(output: PathBuf, entries: &[ManifestEntry], sha256: String, max_bytes: u64) -> Self {
        let mut largest: Vec<&ManifestEntry> = entries.iter().collect();
        largest.sort_by_key(|entry| (Reverse(entry.n_bytes()), entry.path()));
        largest.truncate(N_LARGEST);
        let is_kept = |name: &&str| !entries.iter().any(|entry| entry.path().as_str() == *name);
        Self {
            n_records: 0,
            n_files: entries.len(),
            n_bytes: entries.iter().map(ManifestEntry::n_bytes).sum(),
            max_bytes,
            largest: largest.into_iter().map(|entry| (entry.path().clone(), entry.n_bytes())).collect(),
            hosted: hosted(&output).into_iter().filter(is_kept).collect(),
            sha256,
            output,
        }
    }
}

impl Finished {
    /// What deserves a look in a site without fault.
    #[must_use]
    pub fn remarks(&self) -> Vec<Diagnostic> {
        size_warning(self.published.n_bytes, self.published.max_bytes).into_iter().collect()
    }

    /// Puts the site in the place of the old one.
    ///
    /// # Errors
    /// If the file system refuses. The old site then stands as before.
    pub fn publish(self) -> Result<Published, WriteError> {
        self.folder.publish(&self.published.output)?;
        drop(self.lock);
        Ok(self.published)
    }
}

impl Sink for Staging {
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
        let registered = self.gate.take(&path, &bytes);
        let shown = path.to_string();
        self.write(path, &bytes, registered).map_err(|source| SinkError { path: shown, source })
    }
}

/// Makes the folder of the first file in it. False if the file must not be written. A folder that cannot be made
/// alone, or is made by another thread, is left to the putting of the file.
fn make_way(registered: Registered, target: &Path) -> bool {
    if let (Registered::InNewFolder, Some(folder)) = (registered, target.parent()) {
        fs::create_dir(folder).ok();
    }
    registered != Registered::Duplicate
}

/// Does what puts a file at `target`; folders above its own are made only when they are found missing.
fn in_folder<T>(target: &Path, put: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (put(), target.parent()) {
        (Err(error), Some(parent)) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            put()
        }
        (other, _) => other,
    }
}

fn is_collision(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotADirectory | ErrorKind::AlreadyExists | ErrorKind::IsADirectory)
}

/// Writes a new file.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    in_folder(path, || File::create_new(path))?.write_all(bytes)
}
