//! The files of a folder, and their bytes.
//!
//! Input: a root and a folder under it. Output: its files in the order of their paths. Invariants: nothing
//! outside the folder is reached, as no link is followed; names that begin with a dot are not content.

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::{MAX_FILES, MAX_FOLDER_BYTES};
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// What to do about a file that cannot be read.
const READABLE: &str = "see that the path is right, and that you may read it";

/// A file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundFile {
    /// Where it is.
    pub path: PathBuf,
    /// The path from the root of the site as shown to people, with `/` as separator.
    pub shown: String,
    /// The path from the folder that was walked, with `/` as separator.
    pub name: String,
}

/// A place in a file whose text is not at hand.
pub(crate) fn in_file(shown: &str) -> Place {
    Place::InFile { path: shown.to_owned(), offset: None }
}

/// All regular files of `folder` under `root`, in the order of the bytes of their paths; none if there is no such
/// folder. Whatever else lies there is reported.
pub(crate) fn walk(root: &Path, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<FoundFile> {
    walk_within(Limits { files: MAX_FILES, bytes: MAX_FOLDER_BYTES }, root, folder, diagnostics)
}

/// Names that systems and version control leave behind, of which nobody expects that they are published.
const LEFT_BEHIND: [&str; 5] = [".DS_Store", ".gitattributes", ".gitignore", ".gitkeep", ".directory"];

/// A warning for each name in `folder` under `root` that begins with a dot, as [`walk`] passes them over.
pub(crate) fn passed_over(root: &Path, folder: &str) -> Vec<Diagnostic> {
    let base = root.join(folder);
    let mut entries = WalkDir::new(&base).min_depth(1).sort_by_file_name().into_iter();
    let mut diagnostics = Vec::new();
    while let Some(entry) = entries.next() {
        // What cannot be read is told by `walk`.
        let Ok(entry) = entry else { continue };
        if is_visible(&entry) {
            continue;
        }
        if entry.file_type().is_dir() {
            entries.skip_current_dir();
        }
        let Some(name) = relative_name(entry.path(), &base) else { continue };
        if !LEFT_BEHIND.iter().any(|left| name.rsplit('/').next() == Some(*left)) {
            let message = "not copied, as its name begins with a dot";
            let unread = Diagnostic::warning(code::UNREAD_FILE, message).at(in_file(&format!("{folder}/{name}")));
            diagnostics.push(unread.hint("put it on the host beside the built site, or give it another name"));
        }
    }
    diagnostics
}

/// The most that a folder may hold.
#[derive(Clone, Copy)]
struct Limits {
    files: usize,
    bytes: u64,
}

impl Limits {
    /// What is said of a folder of so many files, and bytes in them, if that is more.
    fn exceeded(self, n_files: usize, n_bytes: u64) -> Option<String> {
        let by_files = || format!("more than {} files in one folder", self.files);
        let by_bytes = || format!("files of more than {} bytes in one folder", self.bytes);
        (n_files > self.files).then(by_files).or_else(|| (n_bytes > self.bytes).then(by_bytes))
    }
}

fn walk_within(limits: Limits, root: &Path, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<FoundFile> {
    let Some(base) = find_folder(root, folder, diagnostics) else { return Vec::new() };
    let entries = WalkDir::new(&base).follow_root_links(false).into_iter().filter_entry(is_visible);
    let (mut files, mut n_bytes) = (Vec::new(), 0);
    for entry in entries {
        match entry {
            Ok(entry) => {
                let found = take_entry(&entry, &base, folder, diagnostics);
                n_bytes += found.as_ref().and_then(|_| entry.metadata().ok()).map_or(0, |metadata| metadata.len());
                files.extend(found);
            }
            Err(error) => diagnostics.push(unreadable_entry(&error, root)),
        }
        if let Some(message) = limits.exceeded(files.len(), n_bytes) {
            let over = Diagnostic::error(code::OVER_LIMIT, message).at(in_file(folder));
            diagnostics.push(over.hint("divide the archive into several"));
            break;
        }
    }
    files.sort_by(|left, right| left.shown.cmp(&right.shown));
    files
}

/// Where `folder` is under `root`, if every part of its path is a folder; a part that is anything else is reported once.
fn find_folder(root: &Path, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<PathBuf> {
    let mut base = root.to_owned();
    for (end, _) in folder.match_indices('/').chain([(folder.len(), "")]) {
        let shown = folder.get(..end).unwrap_or(folder);
        base = root.join(shown);
        let fault = match fs::symlink_metadata(&base) {
            Ok(metadata) if metadata.is_dir() => continue,
            Ok(metadata) => not_a_file(shown, metadata.is_symlink()),
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            Err(error) => unreadable(shown, &error),
        };
        // Several folders are looked for below `content`.
        if !diagnostics.contains(&fault) {
            diagnostics.push(fault);
        }
        return None;
    }
    Some(base)
}

/// Refuses what is no regular file: a pipe would be waited for, a link would lead elsewhere.
///
/// # Errors
/// If it is none, or cannot be looked at.
pub(crate) fn require_file(path: &Path, shown: &str) -> Result<(), Box<Diagnostic>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(()),
        Ok(metadata) => Err(Box::new(not_a_file(shown, metadata.is_symlink()))),
        Err(error) => Err(Box::new(unreadable(shown, &error))),
    }
}

/// The folder in which a host is asked for what it says of itself (RFC 8615).
const WELL_KNOWN: &str = ".well-known";

fn is_visible(entry: &DirEntry) -> bool {
    entry.depth() == 0 || entry.file_name() == WELL_KNOWN || !entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn take_entry(entry: &DirEntry, base: &Path, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<FoundFile> {
    let Some(name) = relative_name(entry.path(), base) else {
        let shown = format!("{folder}/{}", entry.path().strip_prefix(base).unwrap_or(entry.path()).to_string_lossy());
        let bad = Diagnostic::error(code::BAD_NAME, "a file name that is not UTF-8").at(in_file(&shown));
        diagnostics.push(bad.hint("rename it with lower-case letters, digits and hyphens"));
        return None;
    };
    let shown = if name.is_empty() { folder.to_owned() } else { format!("{folder}/{name}") };
    let kind = entry.file_type();
    if kind.is_file() && entry.depth() > 0 {
        return Some(FoundFile { path: entry.path().to_owned(), shown, name });
    }
    if !kind.is_dir() {
        diagnostics.push(not_a_file(&shown, kind.is_symlink()));
    }
    None
}

/// The path of `path` under `base` with `/` as separator, unless a part of it is not UTF-8.
fn relative_name(path: &Path, base: &Path) -> Option<String> {
    let parts = path.strip_prefix(base).ok()?.components();
    let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

fn not_a_file(shown: &str, is_link: bool) -> Diagnostic {
    let message = if is_link { "a symbolic link, which is not followed" } else { "not what is wanted here" };
    let hint = if is_link { "put the file or folder itself here" } else { "only plain files and folders are read" };
    Diagnostic::error(code::NOT_A_FILE, message).at(in_file(shown)).hint(hint)
}

fn unreadable_entry(error: &walkdir::Error, root: &Path) -> Diagnostic {
    let path = error.path().unwrap_or(root);
    let shown = relative_name(path, root).unwrap_or_else(|| path.to_string_lossy().into_owned());
    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    Diagnostic::error(code::UNREADABLE, format!("cannot be read: {reason}")).at(in_file(&shown)).hint(READABLE)
}

/// The bytes of a file of at most `limit` bytes.
///
/// # Errors
/// If it cannot be read or is larger.
pub(crate) fn read_bytes(path: &Path, shown: &str, limit: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    // One byte more than the limit tells a file at the limit from one over it, even if it grows meanwhile.
    let length = fs::File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    match length {
        Ok(length) if length as u64 > limit => {
            let message = format!("larger than the limit of {limit} bytes");
            Err(Box::new(Diagnostic::error(code::OVER_LIMIT, message).at(in_file(shown)).hint("divide the file")))
        }
        Ok(_) => Ok(bytes),
        Err(error) => Err(Box::new(unreadable(shown, &error))),
    }
}

/// The diagnostic for a file that cannot be read.
pub(crate) fn unreadable(shown: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(code::UNREADABLE, format!("cannot be read: {error}")).at(in_file(shown)).hint(READABLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join("content").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        folder
    }

    #[test]
    fn lists_files_in_byte_order_without_dot_files() {
        let folder = folder_with(&["b.txt", "a/z.txt", "a.txt", ".hidden", ".git/config"]);
        let mut diagnostics = Vec::new();
        let names: Vec<String> =
            walk(folder.path(), "content", &mut diagnostics).into_iter().map(|file| file.name).collect();
        assert_eq!((names.join(" "), diagnostics), ("a.txt a/z.txt b.txt".to_owned(), vec![]));
    }

    #[test]
    fn no_folder_is_no_files() {
        let mut diagnostics = Vec::new();
        assert!(walk(Path::new("/nonexistent"), "content", &mut diagnostics).is_empty());
        assert!(diagnostics.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn refuses_links_to_files_and_folders_and_the_folder_itself() {
        let folder = folder_with(&["a.txt"]);
        let content = folder.path().join("content");
        std::os::unix::fs::symlink("/etc", content.join("etc")).unwrap();
        std::os::unix::fs::symlink("missing", content.join("link.txt")).unwrap();
        std::os::unix::fs::symlink("content", folder.path().join("other")).unwrap();
        let mut diagnostics = Vec::new();
        assert_eq!(walk(folder.path(), "content", &mut diagnostics).len(), 1);
        assert_eq!(walk(folder.path(), "other", &mut diagnostics).len(), 0);
        assert_eq!(walk(folder.path(), "other/below", &mut diagnostics).len(), 0);
        assert_eq!(diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), [code::NOT_A_FILE; 3]);
    }

    #[test]
    fn refuses_more_files_and_bytes_than_the_limit() {
        let folder = folder_with(&["a.txt", "b.txt", "c.txt"]);
        for (files, bytes, faults) in [(3, 12, 0), (2, 12, 1), (3, 11, 1)] {
            let mut diagnostics = Vec::new();
            walk_within(Limits { files, bytes }, folder.path(), "content", &mut diagnostics);
            assert_eq!(diagnostics.iter().filter(|fault| fault.code == code::OVER_LIMIT).count(), faults);
        }
    }

    #[test]
    fn refuses_a_file_over_the_limit() {
        let folder = folder_with(&["a.txt"]);
        let path = folder.path().join("content/a.txt");
        assert_eq!(read_bytes(&path, "a.txt", 4).unwrap(), b"text");
        assert_eq!(read_bytes(&path, "a.txt", 3).unwrap_err().code, code::OVER_LIMIT);
    }
}
