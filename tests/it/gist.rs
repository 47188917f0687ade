//! What records tell above all, against what a reader says of a fifth of them (`tests/gold/gists.tsv`), and of activities
//! in the other languages (`tests/gold/gists/`).

#![allow(clippy::unwrap_used)]

use depositary::model::record::Record;
use depositary::parse_files;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One row: the acts of which any is right, `-` for none; the States, which may go unsaid after a `?`.
struct Wanted {
    id: String,
    acts: Vec<String>,
    states: String,
}

fn gold() -> Vec<Wanted> {
    let text = fs::read_to_string(repository().join("tests/gold/gists.tsv")).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, acts, states] = cells.as_slice() else { panic!("three cells: {line}") };
        let acts = acts.split('|').map(str::to_owned).collect();
        Wanted { id: (*id).to_owned(), acts, states: (*states).to_owned() }
    };
    text.lines().skip(1).map(row).collect()
}

fn told(record: &Record) -> (String, String) {
    let Some(gist) = &record.gist else { return ("-".to_owned(), String::new()) };
    let act = serde_json::to_value(gist.act).unwrap().as_str().unwrap().to_owned();
    (act, gist.to.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

#[test]
fn a_gist_is_what_a_reader_says() {
    let reports = fs::read_dir(repository().join("content/reports")).unwrap();
    let paths: Vec<PathBuf> = reports.map(|entry| entry.unwrap().path()).collect();
    let texts: Vec<PathBuf> =
        paths.into_iter().filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    let reports = parse_files(&texts, repository()).product.unwrap();
    let records = reports.iter().flat_map(|report| report.records.iter());
    let records: BTreeMap<&str, &Record> = records.map(|record| (record.id.0.as_str(), record)).collect();
    let mut faults = Vec::new();
    for Wanted { id, acts, states } in gold() {
        let (act, to) = told(records[id.as_str()]);
        let may_be_silent = states.starts_with('?') && to.is_empty();
        if !acts.contains(&act) || (to != states.trim_start_matches('?') && !may_be_silent) {
            faults.push(format!("{id}: {act} {to}, not {} {states}", acts.join(" or ")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Of each language a table of activities, a row for each line of its gold: State, text, act and States.
#[test]
fn a_gist_in_another_language_is_what_a_reader_says() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut faults = Vec::new();
    let languages = ["ar", "en", "es", "fr", "ru"];
    for language in languages {
        let gold = fs::read_to_string(repository().join(format!("tests/gold/gists/{language}.tsv"))).unwrap();
        let rows: Vec<Vec<&str>> = gold.lines().map(|line| line.split('\t').collect()).collect();
        let table: String = rows.iter().map(|row| format!("{}\t2019\t{}\n", row[0], row[1])).collect();
        let path = folder.path().join(format!("{language}.txt"));
        fs::write(&path, table).unwrap();
        let reports = parse_files(&[path], repository()).product.unwrap();
        let records = &reports[0].records;
        assert_eq!(records.len(), rows.len(), "{language}");
        for (record, row) in records.iter().zip(&rows) {
            let (act, to) = told(record);
            if (act.as_str(), to.as_str()) != (row[2], row[3]) {
                faults.push(format!("{language}: {act} {to}, not {} {}: {}", row[2], row[3], row[1]));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
