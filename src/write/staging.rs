//! The folder in which a site is made, and how it takes the place of the old one.

use super::WriteError;
use super::gate::{Gate, gate};
use super::manifest::{MARKER, ManifestEntry, digest, is_ours, manifest, unfinished};
use super::pack::pack;
use super::place::{Occupant, allowed_output, occupant};
use super::size::weigh;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::config::Config;
use crate::render::{Sink, SinkError, whole_site};
use std::cmp::Reverse;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::TempDir;

/// How many of the largest files are named.
const N_LARGEST: usize = 3;

/// Takes the files of a site. If it is dropped before [`Sealed::publish`], the old site stays and nothing is left.
pub struct Staging {
    output: PathBuf,
    folder: TempDir,
    /// Holds a lock on the marker while the site is made, so that another run does not take the folder for a relic.
    lock: File,
    gate: Gate,
    whole_site: Option<SitePath>,
    max_bytes: u64,
    entries: Mutex<Vec<ManifestEntry>>,
}

/// A site that is whole and without fault.
pub struct Sealed {
    folder: TempDir,
    published: Published,
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Where the site is.
    pub output: PathBuf,
    /// Number of files.
    pub n_files: usize,
    /// Their length in bytes.
    pub n_bytes: u64,
    /// The length in bytes that its host publishes at most.
    pub max_bytes: u64,
    /// The largest files with their lengths, largest first.
    pub largest: Vec<(SitePath, u64)>,
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
        clear_relics(&parent, &output)?;
        occupant(&output)?;
        let folder = make_folder(&parent, &prefix(&output, "staging")).map_err(WriteError::at(&parent))?;
        let marker = folder.path().join(MARKER);
        let lock = write_marker(&marker).map_err(WriteError::at(&marker))?;
        let (gate, whole_site, max_bytes) = (gate(config), whole_site(config), config.publish.max_bytes);
        Ok(Self { output, folder, lock, gate, whole_site, max_bytes, entries: Mutex::default() })
    }

    /// Judges the site, and completes it with the archive of it and the manifest.
    ///
    /// # Errors
    /// If the gate finds faults or the file system refuses. The old site then stands as before.
    pub fn seal(self) -> Result<Sealed, WriteError> {
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
            entries.push(pack_site(folder, &entries, path, &file).map_err(WriteError::at(&file))?);
        }
        let text = manifest(&mut entries);
        let marker = folder.join(MARKER);
        fs::write(&marker, &text).map_err(WriteError::at(&marker))?;
        // An open file would keep Windows from renaming the folder.
        drop(self.lock);
        let published = Published {
            output: self.output,
            n_files: entries.len(),
            n_bytes: entries.iter().map(ManifestEntry::n_bytes).sum(),
            max_bytes: self.max_bytes,
            largest: largest(entries),
            sha256: digest(&text),
        };
        Ok(Sealed { folder: self.folder, published })
    }

    /// Puts an empty file. GitHub Pages passes a site with `.nojekyll` on as it is.
    fn put_path(&self, path: &str) -> Result<(), WriteError> {
        let Ok(site_path) = SitePath::new(path) else { return Ok(()) };
        let at = self.folder.path().join(path);
        self.put(site_path, Vec::new()).map_err(|error| WriteError::FileSystem { path: at, source: error.source })
    }
}

/// Writes the archive of the files in `entries` to `file`, which is `path` in the site.
fn pack_site(folder: &Path, entries: &[ManifestEntry], path: SitePath, file: &Path) -> io::Result<ManifestEntry> {
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    pack(folder, &entries.iter().map(ManifestEntry::path).collect::<Vec<_>>(), file)?;
    ManifestEntry::of_file(path, file)
}

/// The largest files, largest first.
fn largest(mut entries: Vec<ManifestEntry>) -> Vec<(SitePath, u64)> {
    entries.sort_by_key(|entry| Reverse(entry.n_bytes()));
    entries.into_iter().take(N_LARGEST).map(ManifestEntry::into_length).collect()
}

impl Sealed {
    /// What deserves a look in a site without fault.
    #[must_use]
    pub fn remarks(&self) -> Vec<Diagnostic> {
        weigh(self.published.n_bytes, self.published.max_bytes).into_iter().collect()
    }

    /// Puts the site in the place of the old one.
    ///
    /// # Errors
    /// If the file system refuses. The old site then stands as before.
    pub fn publish(self) -> Result<Published, WriteError> {
        swap(self.folder, &self.published.output)?;
        Ok(self.published)
    }
}

impl Sink for Staging {
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
        if !self.gate.take(&path, &bytes) {
            return Ok(());
        }
        match write_file(&self.folder.path().join(path.as_str()), &bytes) {
            // A file stands where a folder is wanted, or the other way round: the gate says so with both paths.
            Err(error) if is_collision(&error) => return Ok(()),
            Err(source) => return Err(SinkError { path: path.to_string(), source }),
            Ok(()) => {}
        }
        let entry = ManifestEntry::new(path, &bytes);
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
        Ok(())
    }
}

fn is_collision(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotADirectory | ErrorKind::AlreadyExists | ErrorKind::IsADirectory)
}

/// Writes a new file; its folders are made only when they are found missing, which is once for each.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let open = || OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = match (open(), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            open()?
        }
        (other, _) => other?,
    };
    file.write_all(bytes)
}

/// `.public.staging-` for the output folder `public`.
fn prefix(output: &Path, purpose: &str) -> String {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.{purpose}-")
}

fn make_folder(parent: &Path, prefix: &str) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    // Temporary folders are closed to others by default; this one becomes the site, which a server must read.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder.tempdir_in(parent)
}

fn write_marker(path: &Path) -> io::Result<File> {
    let mut file = File::create(path)?;
    file.write_all(unfinished().as_bytes())?;
    file.lock()?;
    Ok(file)
}

/// Puts `folder` in the place of `output`. If that fails, the old site is put back.
fn swap(folder: TempDir, output: &Path) -> Result<(), WriteError> {
    match occupant(output)? {
        Occupant::Nothing => {}
        Occupant::EmptyFolder => fs::remove_dir(output).map_err(WriteError::at(output))?,
        Occupant::Site => return replace(folder, output),
    }
    move_into_place(folder, output)
}

fn replace(folder: TempDir, output: &Path) -> Result<(), WriteError> {
    let staging = folder.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
    let old = folder.path().with_file_name(staging.replacen(".staging-", ".old-", 1));
    fs::rename(output, &old).map_err(WriteError::at(output))?;
    if let Err(error) = move_into_place(folder, output) {
        fs::rename(&old, output).map_err(WriteError::at(&old))?;
        return Err(error);
    }
    // The new site stands. If the old one cannot be removed now, the next run does it.
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

fn move_into_place(folder: TempDir, output: &Path) -> Result<(), WriteError> {
    fs::rename(folder.path(), output).map_err(WriteError::at(output))?;
    // The folder is no longer temporary, and there is nothing at its old path to remove.
    let _ = folder.keep();
    Ok(())
}

/// Mends what a run that was broken off left beside `output`: an old site that was moved away and not replaced
/// goes back, and folders that this program made and no run holds are removed.
fn clear_relics(parent: &Path, output: &Path) -> Result<(), WriteError> {
    let (old, staging) = (prefix(output, "old"), prefix(output, "staging"));
    let entries = fs::read_dir(parent).map_err(WriteError::at(parent))?;
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    for name in names {
        let path = parent.join(&name);
        let is_old = name.starts_with(&old);
        if !(is_old || name.starts_with(&staging)) || !is_ours(&path) || is_held(&path) {
            continue;
        }
        if is_old && !output.exists() {
            fs::rename(&path, output).map_err(WriteError::at(&path))?;
        } else {
            fs::remove_dir_all(&path).map_err(WriteError::at(&path))?;
        }
    }
    Ok(())
}

/// Whether another run holds the folder.
fn is_held(folder: &Path) -> bool {
    File::open(folder.join(MARKER)).is_ok_and(|file| file.try_lock().is_err())
}
