//! A case of the command: files, arguments, and what is expected of them.
//!
//! A case is a folder with `args` (one a line), `status`, `stdout` and `stderr` (nothing where there is no file), and
//! files that are copied to the folder in which the command runs: the sound little site `tests/site/` with those of
//! `site/` on top, if there are any, or those of `files/` alone. `prepare.toml` says what is done there before. With `UPDATE_CASES=1` the expected
//! output is written anew; look at what changed.

pub use crate::folder::{copy, copy_site, repository};

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// What is done before a case, and what is not compared.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Preparation {
    /// Words after which a number is not compared, as it depends on every template.
    #[serde(default)]
    mask: Vec<String>,
    #[serde(default)]
    step: Vec<Step>,
}

/// One thing that is done.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Step {
    /// The command is run, and succeeds.
    Run(Vec<String>),
    /// A file is written.
    Write { path: String, text: String },
    /// Text is put at the end of a file.
    Append { path: String, text: String },
    /// A file is filled with a text, many times.
    Fill { path: String, text: String, times: usize },
    /// A file is removed.
    Remove(String),
    /// A symbolic link is made.
    Link { at: String, to: String },
}

/// Runs the command in `folder`.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depositary"));
    command.current_dir(folder).args(arguments).env("RUST_BACKTRACE", "0").output().unwrap()
}

/// The cases of a folder under `tests/`, in order of name.
pub fn cases(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(repository().join("tests").join(folder)).unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

/// The folder in which a case runs.
fn workplace(case: &Path, preparation: &Preparation) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    if case.join("files").is_dir() {
        copy(&case.join("files"), folder.path());
    } else {
        copy(&repository().join("tests/site"), folder.path());
    }
    if case.join("site").is_dir() {
        copy(&case.join("site"), folder.path());
    }
    preparation.step.iter().for_each(|step| take(step, folder.path()));
    folder
}

fn take(step: &Step, folder: &Path) {
    let put = |path: &String, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    match step {
        Step::Run(arguments) => {
            let output = run(folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
            assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Step::Write { path, text } => put(path, text),
        Step::Append { path, text } => put(path, &(fs::read_to_string(folder.join(path)).unwrap() + text)),
        Step::Fill { path, text, times } => put(path, &text.repeat(*times)),
        Step::Remove(path) => fs::remove_file(folder.join(path)).unwrap(),
        Step::Link { at, to } => link(&folder.join(at), to),
    }
}

#[cfg(unix)]
fn link(at: &Path, to: &str) {
    std::os::unix::fs::symlink(to, at).unwrap();
}

#[cfg(not(unix))]
fn link(at: &Path, _to: &str) {
    panic!("{}: symbolic links are made on Unix only", at.display());
}

/// What the case gives with `more` arguments, by the name of the file that holds what is expected.
pub fn outcome(case: &Path, more: &[&str]) -> BTreeMap<&'static str, String> {
    let text = |name: &str| fs::read_to_string(case.join(name)).unwrap_or_default();
    let preparation: Preparation =
        toml::from_str(&text("prepare.toml")).unwrap_or_else(|error| panic!("{}: {error}", case.display()));
    let folder = workplace(case, &preparation);
    let arguments = text("args");
    let arguments: Vec<&str> = arguments.lines().chain(more.iter().copied()).collect();
    let output = run(folder.path(), &arguments);
    let masked = |bytes: Vec<u8>| {
        preparation.mask.iter().fold(String::from_utf8(bytes).unwrap(), |text, words| mask(text, words))
    };
    BTreeMap::from([
        ("status", format!("{}\n", output.status.code().unwrap_or(-1))),
        ("stdout", masked(output.stdout)),
        ("stderr", masked(output.stderr)),
    ])
}

/// `text` with the numbers behind `words` as `#`.
fn mask(text: String, words: &str) -> String {
    let mut parts = text.split(words);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |masked, part| masked + words + "#" + part.trim_start_matches(|sign: char| sign.is_ascii_digit()))
}

/// What differs from what is expected, by the names of files; with `UPDATE_CASES=1` these are written first.
pub fn differences(case: &Path, outcome: &BTreeMap<&str, String>) -> String {
    if std::env::var_os("UPDATE_CASES").is_some() {
        update(case, outcome);
    }
    let mut faults = String::new();
    for (name, found) in outcome {
        let expected = fs::read_to_string(case.join(name)).unwrap_or_default();
        if *found != expected {
            faults += &format!("{}/{name}\n--- expected\n{expected}\n--- found\n{found}\n", case.display());
        }
    }
    faults
}

fn update(case: &Path, outcome: &BTreeMap<&str, String>) {
    for (name, text) in outcome {
        let path = case.join(name);
        if !text.is_empty() {
            fs::write(path, text).unwrap();
        } else if path.exists() {
            fs::remove_file(path).unwrap();
        }
    }
}
