//! Where a site may be written, and what stands there.

use super::WriteError;
use super::manifest::is_ours;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// Folders of a site that hold what its owner wrote.
const INPUT_FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// What stands at the output path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occupant {
    /// Nothing.
    Nothing,
    /// An empty folder.
    EmptyFolder,
    /// A site that this program made.
    Site,
}

/// The absolute path of `output`, if a site from `root` may be written there.
///
/// # Errors
/// If it is in an input folder of the site, or is or holds the root, or cannot be looked at.
pub(super) fn allowed_output(root: &Path, output: &Path) -> Result<PathBuf, WriteError> {
    let root = fs::canonicalize(root).map_err(WriteError::at(root))?;
    let resolved = resolve(output)?;
    if root.starts_with(&resolved) {
        let message = "the output folder is, or holds, the site's own folder";
        return Err(refused(code::OUTPUT_REFUSED, output, message, "choose another with `--output`"));
    }
    for folder in INPUT_FOLDERS {
        if resolved.starts_with(root.join(folder)) {
            let message = format!("the output folder lies in `{folder}/`, which is read");
            return Err(refused(code::OUTPUT_REFUSED, output, message, "choose another with `--output`"));
        }
    }
    Ok(resolved)
}

/// What stands at `output`.
///
/// # Errors
/// If it is a file, a link, or a folder with content that this program did not make.
pub(super) fn occupant(output: &Path) -> Result<Occupant, WriteError> {
    let metadata = match fs::symlink_metadata(output) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Occupant::Nothing),
        other => other.map_err(WriteError::at(output))?,
    };
    if !metadata.is_dir() {
        let hint = "remove it, or choose another with `--output`";
        return Err(refused(code::OUTPUT_REFUSED, output, "the output path is not a folder", hint));
    }
    if is_ours(output) {
        return Ok(Occupant::Site);
    }
    match fs::read_dir(output).map_err(WriteError::at(output))?.next() {
        None => Ok(Occupant::EmptyFolder),
        Some(_) => {
            let message = "the output folder has content that this program did not make";
            let hint = "empty it yourself, or choose another with `--output`";
            Err(refused(code::OUTPUT_REFUSED, output, message, hint))
        }
    }
}

/// The path of what a build keeps beside `output` for a `purpose`: `.public.staging` for `public`. The names are fixed,
/// as only one build at a time has the lock, so that the next build knows what a broken-off one left.
pub(super) fn beside(output: &Path, purpose: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(".");
    name.push(purpose);
    output.with_file_name(name)
}

/// The refusal to write where `path`, beside the output folder, is somebody else's.
pub(super) fn foreign(output: &Path, path: &Path) -> WriteError {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let message = format!("`{name}` beside the output folder was not made by this program, which needs that name");
    refused(code::OUTPUT_REFUSED, output, message, "move it, or choose another output folder with `--output`")
}

/// The refusal to write to `output`.
pub(super) fn refused(code: &'static str, output: &Path, message: impl Into<String>, hint: &str) -> WriteError {
    let place = Place::InFile { path: output.to_string_lossy().into_owned(), offset: None };
    WriteError::Refused(vec![Diagnostic::error(code, message).at(place).hint(hint)])
}

/// `path` as an absolute path without links, of which the last parts need not be there yet.
fn resolve(path: &Path) -> Result<PathBuf, WriteError> {
    let absolute = std::path::absolute(path).map_err(WriteError::at(path))?;
    let mut resolved = PathBuf::new();
    let mut parts = absolute.components().peekable();
    while let Some(part) = parts.next() {
        match part {
            Component::ParentDir => drop(resolved.pop()),
            Component::CurDir => {}
            other => resolved.push(other),
        }
        // The last part stays as it is, so that a link there is seen as a link.
        let real = parts.peek().and_then(|_| fs::canonicalize(&resolved).ok());
        resolved = real.unwrap_or(resolved);
    }
    Ok(resolved)
}
