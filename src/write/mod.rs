//! Finished files → the site on disk, and the only writer of files.
//!
//! Input: files, from any thread, in any order. Output: the output folder, whole and checked. Invariants: the site
//! that stood before stays as it was until a whole and sound one takes its place; no folder is removed that this
//! program did not make; the same files give the same bytes on disk.
//!
//! 1. A [`Staging`] folder is made beside the output folder, and files go into it as they come.
//! 2. The `gate` notes paths, links, anchors and ids of each file as it passes.
//! 3. When all files are there, the gate judges them; a fault ends the build and the staging folder goes.
//! 4. The archive of the whole site is made where it is wanted.
//! 5. The manifest is written, and the staging folder takes the place of the output folder.

mod bag;
mod check;
mod file;
mod folder;
mod gate;
mod ledger;
mod link;
mod lock;
mod manifest;
mod new;
mod pack;
mod page;
mod part;
mod place;
mod policy;
mod proof;
mod saved;
mod scan;
mod size;
mod staging;
mod starter;
mod verify;
mod versions;

pub use bag::{Bagged, Deposited, built_files, put_bag};
pub use check::{CheckSink, Files, judged};
pub use file::replace_file;
pub use folder::check_exchange;
pub use ledger::put_ledger;
pub use manifest::MARKER;
pub use new::put_new_files;
pub use part::{PartSink, PartWriter};
pub use proof::{Proof, prove};
pub use staging::{Finished, Published, Staging};
pub use starter::put_starter;
pub use verify::{Verified, verify};
pub use versions::{put_release, put_versions};

use crate::base::diagnostic::Diagnostic;
use std::path::{Path, PathBuf};

/// Why a site was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The gate, or the check of the output folder, found faults; each is a diagnostic.
    #[error("the site was not written, as {} faults were found", .0.len())]
    Refused(Vec<Diagnostic>),
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    FileSystem {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl WriteError {
    /// For `map_err`: the error of the file system at `path`.
    fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        |source| Self::FileSystem { path: path.to_owned(), source }
    }
}

#[cfg(test)]
mod tests;
