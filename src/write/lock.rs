//! One build at a time into one output folder.
//!
//! The lock is the operating system's, on a file beside the output folder, so that it ends with the process that holds
//! it however that ends. The file itself goes when the build is done; one that a killed build left is taken over.

use super::WriteError;
use super::place::{beside, foreign, refused};
use crate::base::code;
use same_file::Handle;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// What the file holds, so that it is known for ours.
const CONTENT: &[u8] = b"depositary lock\n";

/// Held while a build writes beside and into an output folder.
pub(super) struct OutputLock {
    path: PathBuf,
    /// The lock lasts as long as this is open.
    file: Option<File>,
}

impl OutputLock {
    /// Takes the lock of `output`.
    ///
    /// # Errors
    /// If another build holds it, a file of somebody else's has its name, or the file system refuses.
    pub(super) fn take(output: &Path) -> Result<Self, WriteError> {
        let path = beside(output, "lock");
        loop {
            let Some(mut file) = open(&path).map_err(WriteError::at(&path))? else {
                return Err(foreign(output, &path));
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(is_running(output)),
                Err(TryLockError::Error(error)) => return Err(WriteError::at(&path)(error)),
            }
            // The build that held the lock may have removed the file after it was opened here.
            if !is_at(&file, &path).map_err(WriteError::at(&path))? {
                continue;
            }
            if !mark(&mut file).map_err(WriteError::at(&path))? {
                return Err(foreign(output, &path));
            }
            return Ok(Self { path, file: Some(file) });
        }
    }
}

impl Drop for OutputLock {
    fn drop(&mut self) {
        // Removed while it is locked, so that nobody else's lock is. What cannot be removed is taken over next time.
        let _ = fs::remove_file(&self.path);
        drop(self.file.take());
    }
}

/// The file at `path`, a new one if there is none; nothing if something else stands there.
fn open(path: &Path) -> io::Result<Option<File>> {
    let is_taken = fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file());
    if is_taken {
        return Ok(None);
    }
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map(Some)
}

/// Whether `file` is still what stands at `path`.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let own = Handle::from_file(file.try_clone()?)?;
    match Handle::from_path(path) {
        Ok(there) => Ok(own == there),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Marks the file as ours; false if it is somebody else's.
fn mark(file: &mut File) -> io::Result<bool> {
    let mut found = Vec::new();
    file.take(CONTENT.len() as u64 + 1).read_to_end(&mut found)?;
    if found.is_empty() {
        file.write_all(CONTENT)?;
    }
    Ok(found.is_empty() || found == CONTENT)
}

fn is_running(output: &Path) -> WriteError {
    let hint = "wait until it has ended; of two builds at once neither could say what the folder holds";
    refused(code::BUILD_RUNNING, output, "another build is writing into this output folder", hint)
}
