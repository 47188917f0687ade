//! What several tests share.

use depositary::config::SubjectWords;
use depositary::parse::lexicon::states::StateNames;
use depositary::read::built_in_reference;
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

/// The months of English dates.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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

/// Finders of States' names, one for each language that case files are in.
pub struct NamesByLanguage(Vec<(&'static str, StateNames)>);

impl NamesByLanguage {
    /// The finder for the cases of `file`, whose name begins with the language. Chinese and English ones have the same.
    ///
    /// # Errors
    /// If there is none.
    pub fn of(&self, file: &Path) -> Result<&StateNames, Box<dyn Error>> {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let language = stem.split('-').next().unwrap_or_default();
        let language = if language == "en" { "zh" } else { language };
        let found = self.0.iter().find(|(known, _)| *known == language);
        found.map(|(_, names)| names).ok_or_else(|| format!("no language: {}", file.display()).into())
    }
}

/// The finders of States' names of all languages.
///
/// # Errors
/// If a language file is not what it should be.
pub fn state_names() -> Result<NamesByLanguage, Box<dyn Error>> {
    let states = built_in_reference().states;
    let read = |language| Ok((language, StateNames::new(&states, language, &SubjectWords::default())?));
    ["zh", "fr", "es", "ru", "ar"].into_iter().map(read).collect::<Result<_, _>>().map(NamesByLanguage)
}

/// The lines from the first to the last in which two texts differ: those before behind `-`, those after behind `+`.
pub fn changes<'a>(before: impl Iterator<Item = &'a str>, after: impl Iterator<Item = &'a str>) -> Vec<String> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.collect(), after.collect());
    let start = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let most = before.len().min(after.len()) - start;
    let pairs = before.iter().rev().zip(after.iter().rev());
    let end = pairs.take(most).take_while(|(one, other)| one == other).count();
    let middle = |lines: &[&str], sign: &str| -> Vec<String> {
        lines[start..lines.len() - end].iter().map(|line| format!("{sign}{line}")).collect()
    };
    [middle(&before, "-"), middle(&after, "+")].concat()
}
