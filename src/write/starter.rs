//! A new site: settings, a sample report, and how to go on.

use super::WriteError;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The files of a new site, by their path in its folder.
const FILES: &[(&str, &str)] = &[
    (".gitattributes", include_str!("../../starter/gitattributes")),
    (".github/workflows/pages.yml", include_str!("../../starter/github/workflows/pages.yml")),
    (".gitignore", include_str!("../../starter/gitignore")),
    ("README.md", include_str!("../../starter/README.md")),
    ("content/pages/en/about.md", include_str!("../../starter/content/pages/en/about.md")),
    ("content/pages/zh/about.md", include_str!("../../starter/content/pages/zh/about.md")),
    ("content/reports/a-64-ctbt-excerpt.toml", include_str!("../../starter/content/reports/a-64-ctbt-excerpt.toml")),
    ("content/reports/a-64-ctbt-excerpt.txt", include_str!("../../starter/content/reports/a-64-ctbt-excerpt.txt")),
    ("site.toml", include_str!("../../starter/site.toml")),
];

/// Writes a new site into `folder`, which is made if it is not there, and gives the paths of its files.
///
/// # Errors
/// If the folder holds anything but `.git` or is none, or the file system refuses.
pub fn put_starter(folder: &Path) -> Result<Vec<&'static str>, WriteError> {
    check_empty(folder)?;
    for (name, text) in FILES {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(WriteError::at(parent))?;
        }
        fs::write(&path, text).map_err(WriteError::at(&path))?;
    }
    Ok(FILES.iter().map(|(name, _)| *name).collect())
}

fn check_empty(folder: &Path) -> Result<(), WriteError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Err(refused(folder, "this is not a folder")),
        Err(error) => return Err(WriteError::at(folder)(error)),
    };
    for entry in entries {
        // A site may be begun where `git init` or `git clone` was before.
        if entry.map_err(WriteError::at(folder))?.file_name() != ".git" {
            return Err(refused(folder, "the folder is not empty"));
        }
    }
    Ok(())
}

fn refused(folder: &Path, message: &str) -> WriteError {
    let place = Place::InFile { path: folder.to_string_lossy().into_owned(), offset: None };
    let fault = Diagnostic::error(code::FOLDER_NOT_EMPTY, message).at(place);
    WriteError::Refused(vec![fault.hint("name a folder that is empty, or holds `.git` alone, or is not there yet")])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn the_sample_is_the_beginning_of_a_report_as_received() {
        let text = |name: &str| fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
        let sample = text("starter/content/reports/a-64-ctbt-excerpt.txt");
        assert!(sample.len() > 1000 && text("content/reports/a-64-ctbt.txt").starts_with(&sample));
    }
}
