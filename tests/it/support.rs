//! What several tests share.

use depositary::model::reference::{Alias, State};
use depositary::model::state::Iso3;
use std::error::Error;
use std::path::{Path, PathBuf};

/// The States of the reference table, as far as names go.
///
/// # Errors
/// If a table cannot be read.
pub fn states() -> Result<Vec<State>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/reference");
    let mut aliases: Vec<(String, Alias)> = Vec::new();
    for row in csv::Reader::from_path(folder.join("states-aliases.csv"))?.records() {
        let row = row?;
        let cell = |idx: usize| row.get(idx).unwrap_or_default().to_owned();
        aliases.push((cell(0), Alias { language: cell(1), name: cell(2), kind: cell(3), source: None }));
    }
    let mut table = csv::Reader::from_path(folder.join("states.csv"))?;
    let headers = table.headers()?.clone();
    let mut states = Vec::new();
    for row in table.records() {
        let row = row?;
        let cell = |name: &str| {
            let idx = headers.iter().position(|header| header == name);
            idx.and_then(|idx| row.get(idx)).unwrap_or_default().to_owned()
        };
        let both = |english: &str, chinese: &str| vec![("en".into(), cell(english)), ("zh".into(), cell(chinese))];
        let Some(iso3) = Iso3::new(&cell("iso3")) else { continue };
        let own = aliases.iter().filter(|(code, _)| code == iso3.as_str());
        states.push(State {
            iso3,
            un_status: cell("un_status"),
            short_names: both("en_short", "zh_short"),
            official_names: both("en_official", "zh_official"),
            aliases: own.map(|(_, alias)| alias.clone()).collect(),
            region: None,
            subregion: None,
            names_source: None,
        });
    }
    Ok(states)
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
