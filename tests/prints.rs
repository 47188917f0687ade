//! Printed documents with the records that people found in them: what each form of a document gives.
//!
//! `tests/prints/` has documents as a word processor or a browser prints them, each with its records (`<name>.jsonl`),
//! as DOCX, PDF and more, and as text that `pdftotext` made of the PDF with and without `-layout`; `expected.toml` says
//! how many records of each must be whole, and `extracted/` has the whole text of each document as the program makes it.
//! More of the same, real resolutions, are taken from `../shared/prints` where that folder is there; where it is not,
//! the test that stands for them is counted as ignored.

#![allow(clippy::unwrap_used)]

use depositary::base::hash::sha256;
use depositary::extract::extract;
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use tempfile::TempDir;

/// What `expected.toml` asks of documents whose names begin alike.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Beginnings of names.
    names: Vec<String>,
    /// Records that must be whole, in per cent, by form.
    #[serde(default)]
    whole: BTreeMap<String, f64>,
    /// Records whose text must be right, in per cent, by form.
    #[serde(default)]
    text: BTreeMap<String, f64>,
    /// Forms whose extracted text must have the texts of all records in their order.
    #[serde(default)]
    reading_order: Vec<String>,
}

#[derive(Deserialize)]
struct Table {
    prints: Vec<Expected>,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prints");
    let table: Table = toml::from_str(&fs::read_to_string(folder.join("expected.toml")).unwrap()).unwrap();
    let mut trials = trials(&folder, &table);
    trials.extend(files(&folder).into_iter().filter(|path| is_document(path)).map(text_is_as_before));
    let texts = tempfile::tempdir().unwrap();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/prints");
    if shared.is_dir() {
        let known: BTreeSet<_> = files(&folder).iter().map(|path| path.file_name().unwrap().to_owned()).collect();
        let others = files(&shared).into_iter().filter(|path| !known.contains(path.file_name().unwrap()));
        let others: Vec<PathBuf> = others.collect();
        trials.extend(others.iter().flat_map(|path| of_file(path, &table)));
        let digests: BTreeMap<String, String> =
            toml::from_str(&fs::read_to_string(folder.join("extracted/digests.toml")).unwrap()).unwrap();
        let digests = digests.into_iter().map(|(file, digest)| (shared.join(file), digest));
        trials.extend(digests.filter(|(path, _)| path.is_file()).map(|(path, digest)| text_has_digest(path, digest)));
        through_pdftotext(&others, &texts, &table, &mut trials);
    } else {
        trials.push(
            Trial::test("prints of real resolutions, which are not in this repository", || Ok(()))
                .with_ignored_flag(true),
        );
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The tests of what `pdftotext` makes of the PDFs among `files`, written to `folder`.
fn through_pdftotext(files: &[PathBuf], folder: &TempDir, table: &Table, trials: &mut Vec<Trial>) {
    if Command::new("pdftotext").arg("-v").output().is_err() {
        return trials
            .push(Trial::test("resolutions through pdftotext, which is not here", || Ok(())).with_ignored_flag(true));
    }
    for pdf in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "pdf")) {
        let name = pdf.file_stem().unwrap().to_str().unwrap();
        fs::copy(pdf.with_extension("jsonl"), folder.path().join(format!("{name}.jsonl"))).unwrap();
        for (form, options) in [("layout", &["-layout"][..]), ("plain", &[])] {
            let text = folder.path().join(format!("{name}.{form}.txt"));
            assert!(Command::new("pdftotext").args(options).arg(pdf).arg(&text).status().unwrap().success());
            trials.extend(of_file(&text, table));
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = paths.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["docx", "html", "odt", "pdf"].iter().any(|form| extension == *form))
}

/// The test that a document's whole text is the one in `extracted/`; `UPDATE_CASES=1` writes that file.
fn text_is_as_before(path: PathBuf) -> Trial {
    let file = path.file_name().unwrap().to_str().unwrap().to_owned();
    let expected = path.with_file_name("extracted").join(format!("{file}.txt"));
    Trial::test(format!("whole text of {file}"), move || {
        let text = extracted(&path)?;
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&expected, &text)?;
        }
        let wanted = fs::read_to_string(&expected)?;
        if text == wanted {
            return Ok(());
        }
        let differing = text.lines().zip(wanted.lines()).enumerate().find(|(_, (line, wanted))| line != wanted);
        Err(differing.map_or("there are more or fewer lines".to_owned(), |(at, (line, wanted))| {
            format!("line {}:\n{line}\nin place of\n{wanted}", at + 1)
        }))?
    })
}

/// The test that the text of a document that is not in the repository has its SHA-256 in `extracted/digests.toml`.
fn text_has_digest(path: PathBuf, wanted: String) -> Trial {
    Trial::test(format!("whole text of {}", path.file_name().unwrap().display()), move || {
        let digest = sha256(extracted(&path)?.as_bytes());
        if digest == wanted { Ok(()) } else { Err(format!("its digest is {digest}").into()) }
    })
}

fn extracted(path: &Path) -> Result<String, Failed> {
    Ok(extract(&fs::read(path)?, "print").map_err(|fault| fault.message)?.ok_or("not a document")?.text)
}

fn trials(folder: &Path, table: &Table) -> Vec<Trial> {
    files(folder).iter().flat_map(|path| of_file(path, table)).collect()
}

/// The tests of one file: `zh-table.layout.txt` is the form `layout` of `zh-table`, `en-table.browser.pdf` the form
/// `browser.pdf` of `en-table`.
fn of_file(path: &Path, table: &Table) -> Vec<Trial> {
    let file = path.file_name().unwrap().to_str().unwrap().to_owned();
    let (name, form) = file.trim_end_matches(".txt").split_once('.').unwrap();
    let gold = path.with_file_name(format!("{name}.jsonl"));
    let wanted = table.prints.iter().filter(|expected| expected.names.iter().any(|begin| name.starts_with(begin)));
    let mut trials = Vec::new();
    for expected in wanted {
        let (whole, text) = (expected.whole.get(form).copied(), expected.text.get(form).copied());
        if whole.is_some() || text.is_some() {
            let (path, gold) = (path.to_owned(), gold.clone());
            let test = move || records_are_found(&path, &gold, whole.unwrap_or(0.0), text.unwrap_or(0.0));
            trials.push(Trial::test(format!("records of {file}"), test));
        }
        if expected.reading_order.iter().any(|wanted| wanted == form) {
            let (path, gold) = (path.to_owned(), gold.clone());
            trials.push(Trial::test(format!("text of {file}"), move || text_is_in_order(&path, &gold)));
        }
    }
    trials
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A record's text without white space and bullets, which forms print in several ways.
fn key(record: &Value) -> String {
    let text = record["text"].as_str().unwrap_or_default();
    let lines = text.lines().map(|line| {
        let line = line.trim_start();
        line.strip_prefix(['-', '–', '—', '－']).filter(|rest| rest.starts_with(char::is_whitespace)).unwrap_or(line)
    });
    lines.flat_map(str::chars).filter(|character| !character.is_whitespace()).collect()
}

/// Symbols as they are compared: without blanks and case.
fn symbols(record: &Value, fields: &[&str]) -> BTreeSet<String> {
    let values = fields.iter().filter_map(|field| record[field].as_array()).flatten().filter_map(Value::as_str);
    let plain = |symbol: &str| symbol.replace('\u{2011}', "-").split_whitespace().collect::<String>().to_uppercase();
    values.map(plain).collect()
}

/// Whether a record has everything that its gold has.
fn is_whole(found: &Value, gold: &Value) -> bool {
    let same = |field: &str| gold.get(field).is_none_or(|wanted| found[field] == *wanted);
    let cited = symbols(found, &["resolutions", "documents"]);
    let wanted = symbols(gold, &["resolutions", "documents"]);
    let cites = if gold.get("symbols").is_some() { wanted.is_subset(&cited) } else { wanted == cited };
    ["state", "date_edtf", "section", "number"].into_iter().all(same) && cites
}

fn records_are_found(path: &Path, gold: &Path, whole: f64, text: f64) -> Result<(), Failed> {
    let output = Command::new(env!("CARGO_BIN_EXE_depositary")).arg("parse").arg(path).output()?;
    let found = lines(std::str::from_utf8(&output.stdout)?);
    let gold = lines(&fs::read_to_string(gold)?);
    let mut pool: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for record in found.iter().rev() {
        pool.entry(key(record)).or_default().push(record);
    }
    let pairs: Vec<(Option<&Value>, &Value)> =
        gold.iter().map(|gold| (pool.get_mut(&key(gold)).and_then(Vec::pop), gold)).collect();
    let percent = |count: usize| 100.0 * count as f64 / gold.len() as f64;
    let n_text = percent(pairs.iter().filter(|(found, _)| found.is_some()).count());
    let n_whole =
        percent(pairs.iter().filter(|(found, gold)| found.is_some_and(|found| is_whole(found, gold))).count());
    if n_text >= text && n_whole >= whole {
        return Ok(());
    }
    let wrong = pairs.iter().filter(|(found, gold)| !found.is_some_and(|found| is_whole(found, gold)));
    let wrong: String = wrong.take(3).map(|(found, gold)| format!("{gold}\n  found: {found:?}\n")).collect();
    Err(format!("text {n_text:.1} of {text}, whole {n_whole:.1} of {whole}\n{wrong}").into())
}

fn text_is_in_order(path: &Path, gold: &Path) -> Result<(), Failed> {
    let extraction = extract(&fs::read(path)?, "print").map_err(|fault| fault.message.clone())?;
    let text = running_text(&extraction.ok_or("not a document")?.text);
    let mut rest = text.as_str();
    for record in lines(&fs::read_to_string(gold)?) {
        let wanted = key(&record);
        let Some(at) = rest.find(&wanted) else { return Err(format!("not there, or not in order: {wanted}").into()) };
        rest = &rest[at + wanted.len()..];
    }
    Ok(())
}

/// An extracted text without white space, furniture, footnotes and their marks.
fn running_text(text: &str) -> String {
    let is_beside = |line: &&str| line.trim_start().starts_with(['⟦']) || line.trim_start().starts_with("[^");
    let mut running = String::new();
    for line in text.lines().filter(|line| !is_beside(line)) {
        let mut parts = line.split("[^");
        running.extend(parts.next());
        running.extend(parts.filter_map(|part| part.split_once(']')).map(|(_, rest)| rest));
    }
    running.chars().filter(|character| !character.is_whitespace()).collect()
}
