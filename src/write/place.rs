//! Where a site may be written, and what stands there.

use super::WriteError;
use super::manifest::{MARKER, entries, is_ours, manifest_in};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// Folders of a site that hold what its owner wrote.
const INPUT_FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// What a host or version control keeps at the top of a published folder: it goes over into each new site.
const HOSTED: [&str; 2] = [".git", "CNAME"];

/// Files that systems leave in any folder that is looked at; nobody misses them.
const LEFT_BEHIND: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What stands at the output path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occupant {
    /// Nothing.
    Nothing,
    /// A folder that is empty but for [`HOSTED`].
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
        return no_foreign_file(output).map(|()| Occupant::Site);
    }
    let names =
        fs::read_dir(output).and_then(|entries| entries.map(|entry| entry.map(|entry| entry.file_name())).collect());
    let names: Vec<OsString> = names.map_err(WriteError::at(output))?;
    if names.iter().all(|name| HOSTED.iter().any(|hosted| name == hosted)) {
        return Ok(Occupant::EmptyFolder);
    }
    let message = "the output folder has content that this program did not make";
    let hint = "empty it yourself, or choose another with `--output`";
    Err(refused(code::OUTPUT_REFUSED, output, message, hint))
}

/// Refuses to replace a site to which somebody added a file.
fn no_foreign_file(output: &Path) -> Result<(), WriteError> {
    let manifest = manifest_in(output).map_err(WriteError::at(&output.join(MARKER)))?;
    // A manifest that was spoilt does not tell what is ours.
    let Some(listed) = manifest.as_deref().and_then(entries) else { return Ok(()) };
    let is_passed_over = |name: &str| HOSTED.contains(&name) || name == MARKER;
    let entries = WalkDir::new(output).min_depth(1).sort_by_file_name().into_iter();
    let entries =
        entries.filter_entry(|entry| entry.depth() > 1 || !entry.file_name().to_str().is_some_and(is_passed_over));
    for entry in entries {
        let entry = entry.map_err(|error| WriteError::at(output)(error.into()))?;
        let is_left = LEFT_BEHIND.iter().any(|left| entry.file_name() == *left);
        let path = entry.path().strip_prefix(output).unwrap_or(entry.path());
        let path = path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if !entry.file_type().is_dir() && !is_left && !listed.contains_key(path.as_str()) {
            let message = format!("`{path}` in the output folder was not made by this program, and would be lost");
            let hint = format!(
                "move it to `static/{path}`, from where each build takes it, or remove it, or choose another folder \
                 with `--output`"
            );
            return Err(refused(code::OUTPUT_REFUSED, output, message, &hint));
        }
    }
    Ok(())
}

/// Which of [`HOSTED`] stand in `folder` and were not made by this program.
pub(super) fn hosted(folder: &Path) -> Vec<&'static str> {
    let manifest = manifest_in(folder).ok().flatten();
    let listed: Option<BTreeMap<&str, &str>> = manifest.as_deref().and_then(entries);
    // An unfinished site may have made its `CNAME`; version control is never made.
    let is_made = |name: &str| match &listed {
        Some(listed) => listed.contains_key(name),
        None => is_ours(folder) && name != ".git",
    };
    let is_hosted = |name: &&str| fs::symlink_metadata(folder.join(name)).is_ok() && !is_made(name);
    HOSTED.into_iter().filter(is_hosted).collect()
}

/// Moves what stands in the site `from` and is its host's to `to`, unless the new site brings its own.
///
/// # Errors
/// If the file system refuses.
pub(super) fn carry_over(from: &Path, to: &Path) -> Result<(), WriteError> {
    for name in hosted(from) {
        let target = to.join(name);
        if fs::symlink_metadata(&target).is_err() {
            fs::rename(from.join(name), &target).map_err(WriteError::at(&target))?;
        }
    }
    Ok(())
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
///
/// # Errors
/// If the current folder is not known.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, WriteError> {
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
