//! AKN4UN files: the records of each are the paragraphs that its publisher numbered.
//!
//! `tests/akn/cases/` has small files made by hand, each with the text and the records expected beside it. The files as
//! the United Nations published them are not in this repository: they are read from `../shared/akn`, and where that is
//! not there, the test is ignored, never passed.

#![allow(clippy::unwrap_used)]

mod reader;

use depositary::extract::{Extraction, extract};
use depositary::model::record::Body;
use libtest_mimic::{Arguments, Failed, Trial};
use reader::Reader;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The languages of the published files.
const LANGUAGES: [&str; 6] = ["ar", "en", "es", "fr", "ru", "zh"];

/// Files whose gold holds what no reader of the printed page can see: a paragraph of the preamble that was put below
/// it, and letters without the paragraph they stand under. `docs/extraction.md` has what the markup says, and why it is
/// not followed.
const DIFFERENT: [&str; 2] = ["fr/A_RES_76_35-2118430F.xml", "ru/A_RES_76_29-2118268R.xml"];

/// A document of the gold.
#[derive(Deserialize)]
struct Gold {
    symbol: String,
    paragraphs: Vec<Paragraph>,
}

#[derive(Deserialize)]
struct Paragraph {
    number: Option<String>,
    text: String,
}

fn main() {
    let arguments = Arguments::from_args();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/akn");
    let mut trials = vec![Trial::test("cases", cases)];
    for language in LANGUAGES {
        let folder = shared.clone();
        let is_there = folder.is_dir();
        let name = if is_there {
            format!("published_{language}")
        } else {
            format!("published_{language} (../shared/akn is not there)")
        };
        trials.push(Trial::test(name, move || published(&folder, language)).with_ignored_flag(!is_there));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The files in a folder that end so, in order.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Failed> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == ending));
    files.sort();
    Ok(files)
}

fn extraction(file: &Path) -> Result<Extraction, Failed> {
    let found = extract(&fs::read(file)?, &file.display().to_string());
    found.map_err(|fault| fault.message.clone())?.ok_or_else(|| "plain text".into())
}

/// The number and text of each record of `text`, and how many leftovers it has.
fn records(reader: &Reader, text: &str) -> (Vec<(String, String)>, usize) {
    let reading = reader.read(text);
    let number = |body: &Body| match body {
        Body::Paragraph(paragraph) => paragraph.number.clone(),
        _ => String::new(),
    };
    let records = reading.report.records.iter();
    let records = records.map(|record| (number(&record.body), record.text.text.clone())).collect();
    let leftovers = reading.diagnostics.iter().filter(|found| matches!(found.code, "W0403" | "W0404")).count();
    (records, leftovers)
}

fn cases() -> Result<(), Failed> {
    let reader = Reader::new().map_err(|error| error.to_string())?;
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/akn/cases"), "xml")? {
        let found = extraction(&file)?;
        let (records, _) = records(&reader, &found.text);
        let records: String = records.iter().map(|(number, text)| format!("{number}\t{text}\n")).collect();
        for (ending, found) in [("txt", found.text), ("records", records)] {
            let expected = fs::read_to_string(file.with_extension(ending))?;
            if found != expected {
                return Err(format!("{}: {ending}\n{found}", file.display()).into());
            }
        }
    }
    Ok(())
}

fn published(folder: &Path, language: &str) -> Result<(), Failed> {
    let reader = Reader::new().map_err(|error| error.to_string())?;
    let mut gold = BTreeMap::new();
    for line in fs::read_to_string(folder.join(format!("{language}.jsonl")))?.lines() {
        let document: Gold = serde_json::from_str(line)?;
        gold.insert(document.symbol, document.paragraphs);
    }
    let files = files(&folder.join("xml").join(language), "xml")?;
    if files.is_empty() {
        return Err("no file".into());
    }
    let mut wrong = Vec::new();
    for file in files {
        let found = extraction(&file)?;
        let symbol = found.metadata.symbol.as_ref().ok_or("no symbol")?;
        let expected = gold.get(symbol).ok_or_else(|| format!("no gold for {symbol}"))?;
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|paragraph| (paragraph.number.clone().unwrap_or_default(), key(&paragraph.text)))
            .collect();
        let (records, leftovers) = records(&reader, &found.text);
        let records: Vec<(String, String)> = records.into_iter().map(|(number, text)| (number, key(&text))).collect();
        let is_right = if DIFFERENT.iter().any(|known| file.ends_with(known)) {
            // An exception holds only while it is one, and for what it says: every text is still one of the gold's.
            records != expected && records.iter().all(|(_, text)| expected.iter().any(|(_, gold)| gold == text))
        } else {
            records == expected
        };
        if !is_right || leftovers > 0 {
            wrong.push(file.display().to_string());
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{wrong:#?}").into()) }
}

/// A text without blanks and marks of footnotes, the brackets that Arabic prints around them included.
fn key(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[^") {
        plain.push_str(before);
        rest = after.split_once(']').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.retain(|character| !character.is_whitespace() && character != '\u{200b}');
    plain.replace("()", "")
}
