//! A number for the files of a folder, by which a later run tells that nobody touched them.
//!
//! Input: a folder and paths in it. Output: SHA-256 over their lengths and times of change. Invariant: no file is opened,
//! so that it costs a look at each.

use sha2::{Digest, Sha256};
use std::path::Path;

use crate::base::hash::sha256;
use rayon::prelude::*;

/// How many files a core looks at before it asks for more.
const BATCH: usize = 1024;

/// Length in bytes and time of change in nanoseconds of a file.
type State = (u64, i128);

/// The seal of the files at `paths` in `folder`; none if one is missing or is no plain file.
pub(super) fn seal(folder: &Path, paths: &[&str]) -> Option<String> {
    let folder = Folder::open(folder)?;
    let digest = |paths: &[&str]| {
        let mut nearest = Nearest::default();
        digest(paths.iter().map(|path| nearest.state(&folder, path)))
    };
    let digests: Option<Vec<[u8; 32]>> = paths.par_chunks(BATCH).map(digest).collect();
    Some(sha256(&digests?.concat()))
}

fn digest(states: impl Iterator<Item = Option<State>>) -> Option<[u8; 32]> {
    let mut hash = Sha256::new();
    for state in states {
        let (n_bytes, changed) = state?;
        hash.update(n_bytes.to_le_bytes());
        hash.update(changed.to_le_bytes());
    }
    Some(hash.finalize().into())
}

/// A folder that is looked up once, not once for each file in it.
#[cfg(unix)]
struct Folder(std::fs::File);

#[cfg(unix)]
impl Folder {
    fn open(path: &Path) -> Option<Self> {
        Some(Self(std::fs::File::open(path).ok()?))
    }

    /// The folder at `path` in this one.
    fn folder(&self, path: &str) -> Option<Self> {
        use rustix::fs::{Mode, OFlags, openat};
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Some(Self(openat(&self.0, path, flags, Mode::empty()).ok()?.into()))
    }

    /// The state of the plain file at `path` in the folder.
    fn state(&self, path: &str) -> Option<State> {
        use rustix::fs::{AtFlags, FileType, statat};
        let found = statat(&self.0, path, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let is_file = FileType::from_raw_mode(found.st_mode) == FileType::RegularFile;
        let changed = i128::from(found.st_mtime) * 1_000_000_000 + i128::from(found.st_mtime_nsec);
        is_file.then_some((u64::try_from(found.st_size).ok()?, changed))
    }
}

/// The folder above that of the last file. Paths come in order, so most have the same one, which is then not looked up
/// again.
#[cfg(unix)]
#[derive(Default)]
struct Nearest<'a> {
    path: &'a str,
    folder: Option<Folder>,
}

#[cfg(unix)]
impl<'a> Nearest<'a> {
    /// The state of the plain file at `path` in `root`.
    fn state(&mut self, root: &Folder, path: &'a str) -> Option<State> {
        let Some(above) = path.rsplitn(3, '/').nth(2) else { return root.state(path) };
        if above != self.path {
            (self.path, self.folder) = (above, root.folder(above));
        }
        self.folder.as_ref()?.state(path.get(above.len() + 1..)?)
    }
}

#[cfg(not(unix))]
#[derive(Default)]
struct Nearest;

#[cfg(not(unix))]
impl Nearest {
    /// The state of the plain file at `path` in `root`.
    fn state(&mut self, root: &Folder, path: &str) -> Option<State> {
        root.state(path)
    }
}

#[cfg(not(unix))]
struct Folder(std::path::PathBuf);

#[cfg(not(unix))]
impl Folder {
    fn open(path: &Path) -> Option<Self> {
        Some(Self(path.to_owned()))
    }

    /// The state of the plain file at `path` in the folder.
    fn state(&self, path: &str) -> Option<State> {
        let found = std::fs::symlink_metadata(self.0.join(path)).ok().filter(std::fs::Metadata::is_file)?;
        let changed = found.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some((found.len(), i128::try_from(changed.as_nanos()).ok()?))
    }
}
