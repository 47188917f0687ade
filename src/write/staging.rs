//! The folder in which a site is made, and how it takes the place of the old one.

use super::WriteError;
use super::folder::StagingFolder;
use super::gate::{Gate, Taken, gate};
use super::lock::OutputLock;
use super::made::{Made, MadePage};
use super::manifest::{ManifestEntry, digest, lengths, manifest};
use super::pack::{Packed, pack};
use super::place::{allowed_output, hosted};
use super::receipt::Standing;
use super::size::weigh;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::config::Config;
use crate::render::{MadeOf, PageFile, PageSink, Sink, SinkError, whole_site};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How many of the largest files are named.
const N_LARGEST: usize = 3;

/// Takes the files of a site. If it is dropped before [`Sealed::publish`], the old site stays and nothing is left.
pub struct Staging {
    output: PathBuf,
    folder: StagingFolder,
    gate: Gate,
    whole_site: Option<SitePath>,
    max_bytes: u64,
    entries: Mutex<Vec<ManifestEntry>>,
    pages: Mutex<Vec<MadePage>>,
    /// The site that is replaced, if it is untouched: files that stay the same are taken over from it.
    standing: Option<Standing>,
    /// The last field, as it must be dropped after the folder.
    lock: OutputLock,
}

/// A site that is whole and without fault.
pub struct Sealed {
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
    /// What its pages are made of, as far as that is known.
    pub(super) made: Made,
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
        let standing = Standing::at(&output);
        standing.iter().for_each(|standing| gate.know(standing.linked()));
        let (entries, pages) = Default::default();
        Ok(Self { output, folder, gate, whole_site, max_bytes, entries, pages, standing, lock })
    }

    /// Judges the site, and completes it with the archive of it and the manifest.
    ///
    /// # Errors
    /// If the gate finds faults or the file system refuses. The old site then stands as before.
    pub fn seal(self) -> Result<Sealed, WriteError> {
        self.put_path(".nojekyll")?;
        self.look_again()?;
        let faults = self.gate.judge();
        if !faults.is_empty() {
            return Err(WriteError::Refused(faults));
        }
        let mut entries = self.entries.into_inner().unwrap_or_else(PoisonError::into_inner);
        entries.sort();
        let folder = self.folder.path();
        if let Some(path) = self.whole_site {
            let file = folder.join(path.as_str());
            let whole = pack_site(folder, &entries, path, &file, self.standing.as_ref());
            entries.push(whole.map_err(WriteError::at(&file))?);
        }
        let text = manifest(&mut entries);
        self.folder.finish(&text)?;
        let pages = self.pages.into_inner().unwrap_or_else(PoisonError::into_inner);
        let made = made(pages, &self.gate);
        let published = Published { made, ..Published::of(self.output, &text, digest(&text), self.max_bytes) };
        Ok(Sealed { folder: self.folder, published, lock: self.lock })
    }

    /// Puts an empty file. GitHub Pages passes a site with `.nojekyll` on as it is.
    fn put_path(&self, path: &str) -> Result<(), WriteError> {
        let Ok(site_path) = SitePath::new(path) else { return Ok(()) };
        let at = self.folder.path().join(path);
        self.put(site_path, Vec::new()).map_err(|error| WriteError::FileSystem { path: at, source: error.source })
    }
}

/// What `pages` are made of, with the links that the gate saw; nothing where no page is kept.
fn made(pages: Vec<MadePage>, gate: &Gate) -> Made {
    let links = if pages.is_empty() { Vec::new() } else { gate.links() };
    Made { pages: pages.into_iter().map(|page| with_places(page, gate)).collect(), links }
}

/// `page` with the links to places that the gate saw in it.
fn with_places(page: MadePage, gate: &Gate) -> MadePage {
    let places = page.paths.first().map(|path| gate.places(path));
    MadePage { places: places.unwrap_or_default(), ..page }
}

/// Writes the archive of the files in `entries` to `file`, which is `path` in the site.
fn pack_site(
    folder: &Path,
    entries: &[ManifestEntry],
    path: SitePath,
    file: &Path,
    standing: Option<&Standing>,
) -> io::Result<ManifestEntry> {
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    let packed = standing.map(|standing| Packed { archive: standing.file(path.as_str()), standing });
    pack(folder, entries, (path, file), packed.as_ref())
}

impl Published {
    /// The site in `output`, whose manifest is `manifest` with the hash `sha256`.
    pub(super) fn of(output: PathBuf, manifest: &str, sha256: String, max_bytes: u64) -> Self {
        let mut files: Vec<(&str, u64)> = lengths(manifest).into_iter().flatten().collect();
        let (n_files, n_bytes) = (files.len(), files.iter().map(|(_, n_bytes)| n_bytes).sum());
        let by_size = |one: &(&str, u64), next: &(&str, u64)| (Reverse(one.1), one.0).cmp(&(Reverse(next.1), next.0));
        let is_kept = |name: &&str| !files.iter().any(|(path, _)| path == name);
        let hosted = hosted(&output).into_iter().filter(is_kept).collect();
        if files.len() > N_LARGEST {
            files.select_nth_unstable_by(N_LARGEST, by_size);
            files.truncate(N_LARGEST);
        }
        files.sort_by(by_size);
        let largest = files.into_iter();
        let largest = largest.filter_map(|(path, n_bytes)| Some((SitePath::new(path).ok()?, n_bytes))).collect();
        Self { output, n_files, n_bytes, max_bytes, largest, hosted, sha256, made: Made::default() }
    }
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
        self.folder.publish(&self.published.output)?;
        drop(self.lock);
        Ok(self.published)
    }
}

impl Staging {
    /// Takes over `same`, a file of the site that is replaced.
    fn take_file(&self, entry: &ManifestEntry, places: &[&str], same: &Path) -> Result<(), SinkError> {
        let taken = self.gate.take_over(entry.path(), places.iter().copied());
        let target = self.folder.path().join(entry.path().as_str());
        if !make_way(taken, &target) {
            return Ok(());
        }
        let linked = link_file(same, &target);
        // Not every file system has links.
        let put = linked.or_else(|_| fs::read(same).and_then(|bytes| write_file(&target, &bytes)));
        self.enter(entry.clone(), put)
    }

    /// Takes down a file that was `put`.
    fn enter(&self, entry: ManifestEntry, put: io::Result<()>) -> Result<(), SinkError> {
        match put {
            // A file stands where a folder is wanted, or the other way round: the gate says so with both paths.
            Err(error) if is_collision(&error) => return Ok(()),
            Err(source) => return Err(SinkError { path: entry.path().to_string(), source }),
            Ok(()) => {}
        }
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
        Ok(())
    }

    /// Looks at the files that were taken over and that the gate doubts.
    fn look_again(&self) -> Result<(), WriteError> {
        self.gate.doubtful().par_iter().try_for_each(|path| {
            let file = self.folder.path().join(&**path);
            self.gate.look(path, &fs::read(&file).map_err(WriteError::at(&file))?);
            Ok(())
        })
    }

    fn keep(&self, page: MadePage) {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).push(page);
    }
}

impl Sink for Staging {
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
        let taken = self.gate.take(&path, &bytes);
        let target = self.folder.path().join(path.as_str());
        if !make_way(taken, &target) {
            return Ok(());
        }
        let entry = ManifestEntry::new(path, &bytes);
        let same = self.standing.as_ref().and_then(|standing| standing.same(&entry));
        let put = match same.map(|same| link_file(&same, &target)) {
            Some(Ok(())) => Ok(()),
            // Not every file system has links.
            _ => write_file(&target, &bytes),
        };
        self.enter(entry, put)
    }

    fn pages(&self) -> Option<&dyn PageSink> {
        Some(self)
    }
}

impl PageSink for Staging {
    fn put_page(&self, made_of: MadeOf, files: Vec<PageFile>) -> Result<(), SinkError> {
        let paths = files.iter().map(|(path, _)| path.clone()).collect();
        self.keep(MadePage { made_of, paths, places: Vec::new() });
        files.into_iter().try_for_each(|(path, bytes)| self.put(path, bytes))
    }

    fn take_over(&self, path: &SitePath, made_of: MadeOf) -> Result<bool, SinkError> {
        let Some(standing) = &self.standing else { return Ok(false) };
        let Some(page) = standing.page(path, made_of) else { return Ok(false) };
        let Some((files, places)) = standing.files(page).zip(standing.places(page)) else { return Ok(false) };
        self.keep(page.clone());
        for entry in files {
            let places: &[&str] = if entry.path() == path { &places } else { &[] };
            self.take_file(entry, places, &standing.file(entry.path().as_str()))?;
        }
        Ok(true)
    }
}

/// Gives the file `same` a second name, under which it keeps its time of change.
fn link_file(same: &Path, target: &Path) -> io::Result<()> {
    in_folder(target, || fs::hard_link(same, target))
}

/// Makes the folder of the first file in it. False if the file must not be written. A folder that cannot be made
/// alone, or is made by another thread, is left to the putting of the file.
fn make_way(taken: Taken, target: &Path) -> bool {
    if let (Taken::FirstOfFolder, Some(folder)) = (taken, target.parent()) {
        fs::create_dir(folder).ok();
    }
    taken != Taken::Twice
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
    in_folder(path, || OpenOptions::new().write(true).create_new(true).open(path))?.write_all(bytes)
}
