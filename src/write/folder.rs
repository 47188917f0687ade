//! The folder in which a site is made, and its exchange for the one that stands.
//!
//! Invariant: at every moment, each folder that this program made is told from others by its marker, so that the next
//! build can remove what a broken-off one left. The marker is therefore the first file written and the last removed.

use super::WriteError;
use super::lock::OutputLock;
use super::manifest::{MARKER, is_ours, unfinished};
use super::place::{Occupant, beside, carry_over, foreign, occupant, refused, resolve};
use crate::base::code;
use rayon::prelude::*;
use std::fs::{self, DirEntry, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A folder beside the output folder. It is removed when this is dropped, with whatever it holds by then.
pub(super) struct StagingFolder {
    path: PathBuf,
}

impl StagingFolder {
    /// Makes the folder for `output` after mending what a broken-off build left there. The lock of `output` must be
    /// held.
    ///
    /// # Errors
    /// If something that this program did not make is in the way, or the file system refuses.
    pub(super) fn make(output: &Path) -> Result<Self, WriteError> {
        let (staging, old) = (beside(output, "staging"), beside(output, "old"));
        for path in [&old, &staging] {
            if !is_free_or_relic(path).map_err(WriteError::at(path))? {
                return Err(foreign(output, path));
            }
        }
        restore(&old, output).map_err(WriteError::at(&old))?;
        for path in [&old, &staging] {
            if output.is_dir() {
                carry_over(path, output)?;
            }
        }
        occupant(output)?;
        for path in [&old, &staging] {
            remove_site(path).map_err(WriteError::at(path))?;
        }
        fs::create_dir(&staging).map_err(WriteError::at(&staging))?;
        let folder = Self { path: staging };
        let marker = folder.path.join(MARKER);
        fs::write(&marker, unfinished()).map_err(WriteError::at(&marker))?;
        Ok(folder)
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the finished marker, whose text is `manifest`, over the first one.
    ///
    /// # Errors
    /// If the file system refuses.
    pub(super) fn finish(&self, manifest: &str) -> Result<(), WriteError> {
        let marker = self.path.join(MARKER);
        let new = marker.with_extension("new");
        // By way of a second file, as the marker must never be half written.
        let written = fs::write(&new, manifest).and_then(|()| fs::rename(&new, &marker));
        written.map_err(WriteError::at(&marker))
    }

    /// Puts the folder in the place of `output`, whose old site goes.
    ///
    /// # Errors
    /// If the file system refuses. The old site then stands as before, but for a fault after the exchange.
    pub(super) fn publish(self, output: &Path) -> Result<(), WriteError> {
        settle(&self.path).map_err(WriteError::at(&self.path))?;
        let replaced = match occupant(output)? {
            Occupant::Nothing => fs::rename(&self.path, output).map(|()| self.path.clone()),
            Occupant::EmptyFolder | Occupant::Site => exchange(&self.path, output),
        };
        let replaced = replaced.map_err(WriteError::at(output))?;
        if let Err(error) = carry_over(&replaced, output) {
            // The old site stays where it is, with what could not be moved, for the next build to mend.
            std::mem::forget(self);
            return Err(error);
        }
        // If the old site cannot be removed now, the next build does it.
        let _ = remove_site(&replaced);
        settle_names(output).map_err(WriteError::at(output))
    }
}

impl Drop for StagingFolder {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = remove_site(&self.path);
    }
}

/// Whether nothing stands at `path`, or what a broken-off build left: a folder with our marker, even a half-written
/// one, or with nothing at all.
fn is_free_or_relic(path: &Path) -> io::Result<bool> {
    let is_folder = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
        other => other?.is_dir(),
    };
    if !is_folder || is_ours(path) {
        return Ok(is_folder);
    }
    let mut names = fs::read_dir(path)?;
    names.try_fold(true, |is_relic, entry| Ok(is_relic && entry?.file_name() == MARKER))
}

/// Puts a site back that was moved away and not replaced.
fn restore(old: &Path, output: &Path) -> io::Result<()> {
    let is_gone = fs::symlink_metadata(output).is_err_and(|error| error.kind() == ErrorKind::NotFound);
    if is_gone && is_ours(old) { fs::rename(old, output) } else { Ok(()) }
}

/// Removes a folder that this program made, its marker last; nothing if there is none.
fn remove_site(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    let entries: Vec<DirEntry> = entries.collect::<io::Result<_>>()?;
    let is_marker = |entry: &&DirEntry| entry.file_name() == MARKER;
    entries.par_iter().filter(|entry| !is_marker(entry)).try_for_each(remove)?;
    match fs::remove_file(folder.join(MARKER)) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::remove_dir(folder)
}

fn remove(entry: &DirEntry) -> io::Result<()> {
    if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) }
}

/// Exchanges two folders, in one step where the file system can. Gives where the old one is then.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(new: &Path, output: &Path) -> io::Result<PathBuf> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, output, RenameFlags::EXCHANGE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => exchange_by_moving(new, output),
        other => other.map(|()| new.to_owned()).map_err(io::Error::from),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(new: &Path, output: &Path) -> io::Result<PathBuf> {
    exchange_by_moving(new, output)
}

/// Moves the old folder away and the new one into its place. Between the two there is no site; a build that is killed
/// then is mended by the next, see [`restore`].
fn exchange_by_moving(new: &Path, output: &Path) -> io::Result<PathBuf> {
    let old = beside(output, "old");
    fs::rename(output, &old)?;
    if let Err(error) = fs::rename(new, output) {
        fs::rename(&old, output)?;
        return Err(error);
    }
    Ok(old)
}

/// Waits until everything in `folder` is on the disk, so that no power cut leaves names without contents.
///
/// On Linux one call settles the whole file system, where one for each file would take many times as long. Elsewhere
/// it is left to the system.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn settle(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn settle(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Waits until the name of `output` is on the disk.
#[cfg(unix)]
fn settle_names(output: &Path) -> io::Result<()> {
    output.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())
}

#[cfg(not(unix))]
fn settle_names(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Refuses an `output` that no finished site could be moved onto, before any work is done.
///
/// # Errors
/// If it is a mount point, or nothing can be written beside it.
pub fn check_exchange(output: &Path) -> Result<(), WriteError> {
    let output = &resolve(output)?;
    let parent = output.parent().unwrap_or(output);
    if is_mount_point(output, parent) {
        let message = "the output folder is a mount point, which cannot give way to a finished site";
        let hint = format!("choose a folder inside it: `--output {}`", output.join("site").display());
        return Err(refused(code::OUTPUT_REFUSED, output, message, &hint));
    }
    // The lock is the first file that a build writes there. Whatever else is wrong, such as a folder that is not there
    // yet, is mended or told when the site is written.
    let is_forbidden =
        |error: &io::Error| matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem);
    if let Err(WriteError::FileSystem { source, .. }) = OutputLock::take(output)
        && is_forbidden(&source)
    {
        let reason = source.kind();
        let message = format!(
            "nothing can be written to `{}` ({reason}), where the new site is made before it takes its place",
            parent.display()
        );
        let hint = "choose with `--output` a folder inside one that you may write to";
        return Err(refused(code::OUTPUT_REFUSED, output, message, hint));
    }
    Ok(())
}

/// Whether `output` lies on another file system than `parent`, in which it stands.
#[cfg(unix)]
fn is_mount_point(output: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::symlink_metadata(path).ok().map(|metadata| metadata.dev());
    device(output).is_some_and(|own| device(parent) != Some(own))
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path, _: &Path) -> bool {
    false
}
