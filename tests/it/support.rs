//! What several tests share.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::path::{Path, PathBuf};

/// A file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases<T> {
    case: Vec<T>,
}

/// The cases of a folder below `tests/cases`, each with its file, in order of name.
///
/// # Errors
/// If a file cannot be read, or is no list of such cases.
pub fn cases<T: DeserializeOwned>(folder: &str) -> Result<Vec<(PathBuf, T)>, Box<dyn Error>> {
    let mut all = Vec::new();
    for file in case_files(folder)? {
        let cases: Cases<T> = toml::from_str(&std::fs::read_to_string(&file)?)?;
        all.extend(cases.case.into_iter().map(|case| (file.clone(), case)));
    }
    Ok(all)
}

/// The case files of a folder below `tests/cases`, in order of name.
///
/// # Errors
/// If the folder cannot be read.
pub fn case_files(folder: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}
