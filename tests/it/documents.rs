//! The documents are in step with the code: every crate and folder is named, and every command given works.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// The documents of the repository's top folder.
const DOCUMENTS: [&str; 5] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];

/// Most bytes of the document that newcomers read first.
const MAX_ARCHITECTURE: usize = 10_000;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Fails with everything of `wanted` that does not stand in `document`.
fn assert_names(document: &str, wanted: impl IntoIterator<Item = String>) {
    let text = text(document);
    let missing: Vec<String> = wanted.into_iter().filter(|words| !text.contains(words.as_str())).collect();
    assert!(missing.is_empty(), "{document} does not have {missing:#?}");
}

/// The names of the table `section` of `Cargo.toml`.
fn crates(section: &str) -> Vec<String> {
    let manifest: toml::Table = toml::from_str(&text("Cargo.toml")).unwrap();
    manifest[section].as_table().unwrap().keys().cloned().collect()
}

/// The first words, in backticks, of the rows of the tables in `document`.
fn first_cells(document: &str) -> Vec<String> {
    let text = text(document);
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| Some(row.split_once('`')?.0.to_owned())).collect()
}

#[test]
fn every_dependency_is_accounted_for() {
    assert_names("docs/dependencies.md", crates("dependencies").iter().map(|name| format!("\n| `{name}` | ")));
    assert_names("docs/dependencies.md", crates("dev-dependencies").iter().map(|name| format!("`{name}`")));
}

#[test]
fn every_part_of_the_program_is_on_the_map() {
    let entries = fs::read_dir(repository().join("src")).unwrap().map(|entry| entry.unwrap());
    let name = |entry: fs::DirEntry| {
        let end = if entry.file_type().unwrap().is_dir() { "/" } else { "" };
        format!("`src/{}{end}`", entry.file_name().to_string_lossy())
    };
    assert_names("ARCHITECTURE.md", entries.map(name));
}

#[test]
fn the_architecture_is_read_in_one_sitting() {
    let n_bytes = text("ARCHITECTURE.md").len();
    assert!(n_bytes <= MAX_ARCHITECTURE, "{n_bytes}");
}

#[test]
fn the_map_names_nothing_that_is_not_there() {
    let is_path = |name: &String| name.ends_with('/') || name.ends_with(".rs") || name.ends_with(".toml");
    let may_be_missing = |name: &str| name == "content/corrections/";
    let names = first_cells("ARCHITECTURE.md").into_iter().filter(is_path);
    let lost: Vec<String> = names.filter(|name| !may_be_missing(name) && !repository().join(name).exists()).collect();
    assert!(lost.is_empty(), "ARCHITECTURE.md names {lost:?}");
}

/// Files and folders of the program's own that a document names in backticks, those with a part left open aside.
fn named_paths(document: &str) -> Vec<String> {
    let text = text(document);
    let words = text.split('`').skip(1).step_by(2);
    let is_own = |word: &&str| ["src/", "tests/", "benches/", "fuzz/", ".ci/"].iter().any(|top| word.starts_with(top));
    let is_whole = |word: &&str| !word.contains(['<', '*', ' ', '…', '{']);
    words.filter(is_own).filter(is_whole).map(|word| word.split(':').next().unwrap().to_owned()).collect()
}

#[test]
fn every_file_of_the_program_that_a_document_names_is_there() {
    let documents = fs::read_dir(repository().join("docs")).unwrap().map(|entry| entry.unwrap().file_name());
    let documents =
        documents.map(|name| format!("docs/{}", name.to_string_lossy())).filter(|name| name.ends_with(".md"));
    let documents: Vec<String> = documents.chain(DOCUMENTS.map(str::to_owned)).collect();
    let named: Vec<(&String, String)> = documents
        .iter()
        .flat_map(|document| named_paths(document).into_iter().map(move |path| (document, path)))
        .collect();
    assert!(named.len() > 50, "{named:?}");
    // Where fuzzing keeps what it finds.
    let is_made = |path: &str| path == "fuzz/corpus/";
    let is_missing = |path: &str| !repository().join(path).exists() && !is_made(path);
    let missing: Vec<_> = named.iter().filter(|(_, path)| is_missing(path)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    let mut lost = Vec::new();
    for document in DOCUMENTS {
        let text = text(document);
        let targets = text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()));
        let files = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
        let missing = files.filter(|target| !repository().join(target.split('#').next().unwrap_or_default()).exists());
        lost.extend(missing.map(|target| format!("{document}: {target}")));
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

/// The lines of the first block of shell commands.
fn commands(document: &str) -> Vec<String> {
    let text = text(document);
    let block = text.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    block.lines().map(str::to_owned).collect()
}

#[test]
fn the_readme_begins_with_the_two_commands() {
    assert_eq!(commands("README.md"), ["cargo run --release -- build", "cargo test"]);
}

#[test]
fn every_command_of_the_readme_is_one() {
    let known = Command::new(env!("CARGO_BIN_EXE_depositary")).arg("--help").output().unwrap();
    let known = String::from_utf8(known.stdout).unwrap();
    let rows: Vec<String> = first_cells("README.md");
    assert!(!rows.is_empty());
    for row in rows {
        let (name, options) = row.split_once(' ').unwrap_or((&row, ""));
        assert!(known.contains(&format!("\n  {name} ")), "`{name}` is no command");
        let help = Command::new(env!("CARGO_BIN_EXE_depositary")).args([name, "--help"]).output().unwrap();
        let help = String::from_utf8(help.stdout).unwrap();
        for option in options.split(['[', ']', ' ']).filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "`{name}` has no `{option}`");
        }
    }
}

#[test]
fn ci_runs_the_tests_that_the_readme_names() {
    let run = text(".ci/run");
    let test = commands("README.md").remove(1);
    assert!(run.lines().any(|line| line.trim() == test), ".ci/run does not run `{test}`");
}
