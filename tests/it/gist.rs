//! What records tell above all, against what a reader says of a fifth of them: `tests/gold/gists.tsv`.

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
    let records = reports.iter().flat_map(|report| &report.records);
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
