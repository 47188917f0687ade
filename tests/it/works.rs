//! Works in several languages: `tests/works/<case>` is a site, and `expressions.csv` in it what the data say of its
//! records in each language, and `notes.txt` what a build says of that. `UPDATE_CASES=1` writes these files anew.

use crate::built::Built;
use crate::folder::{copy, repository};
use depositary::base::diagnostic::{Diagnostic, Place};
use depositary::base::progress::Silent;
use depositary::base::source::Source;
use depositary::{Request, check};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn cases() -> Vec<PathBuf> {
    let folder = repository().join("tests/works");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn rows(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).into_records().map(|row| row.unwrap()).collect()
}

#[test]
fn each_record_stands_in_every_language_of_its_work() {
    for case in cases() {
        let found = Built::new(&case, None).text("data/expressions.csv").replace("\r\n", "\n");
        assert_expected(&case.join("expressions.csv"), &found);
    }
}

fn assert_expected(expected: &Path, found: &str) {
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(expected, found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(expected).unwrap_or_default(), "{}", expected.display());
}

#[test]
fn a_build_says_of_each_text_where_it_differs_from_others() {
    for case in cases() {
        let request = Request { root: case.clone(), base_url: None, is_strict: false };
        let run = check(&request, &Silent).unwrap();
        let told: String = run.diagnostics.iter().filter_map(|found| of_text(found, &run.sources)).collect();
        assert_expected(&case.join("notes.txt"), &told);
    }
}

/// What is said of a text, in a line.
fn of_text(found: &Diagnostic, sources: &[Source]) -> Option<String> {
    let Some(Place::InSource(source, span)) = found.place else { return None };
    let source = &sources[source.0];
    Some(format!("{}: {} {}: {}\n", source.path, found.code, found.message, source.slice(span)))
}

#[test]
fn identifiers_are_the_same_whichever_language_came_first() {
    for (case, own, other) in [("activities", "zh", "fr"), ("paragraphs", "en", "ru")] {
        let case = repository().join("tests/works").join(case);
        let folder = TempDir::new().unwrap();
        copy(&case, folder.path());
        let path = |name: &str| folder.path().join("content/reports").join(name);
        fs::rename(path("a-70-1.txt"), path(&format!("a-70-1.{own}.txt"))).unwrap();
        fs::rename(path(&format!("a-70-1.{other}.txt")), path("a-70-1.txt")).unwrap();
        let ids = |built: &Built| -> BTreeSet<String> {
            built.records().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(ids(&Built::new(folder.path(), None)), ids(&Built::new(&case, None)), "{}", case.display());
    }
}

#[test]
fn a_page_has_the_text_of_its_language_first_and_the_others_below() {
    let case = repository().join("tests/works/activities");
    let built = Built::new(&case, None);
    let said = rows(&built.text("data/expressions.csv"));
    for (folder, language) in [("", "en"), ("zh/", "zh")] {
        for row in said.iter().filter(|row| &row[0] == "a-70-1-1a-aut-2") {
            let page = built.text(&format!("{folder}records/{}/index.html", &row[0])).replace('"', "");
            let (above, below) = page.split_once("class=versions").unwrap();
            let (part, other) = if row[1].starts_with(language) { (above, below) } else { (below, above) };
            let text = format!("<p lang={}>", &row[1]);
            assert_eq!((part.contains(&text), other.contains(&text)), (true, false), "{folder}: {}", &row[1]);
        }
    }
}

#[test]
fn what_one_language_has_alone_is_a_record_of_its_own() {
    let built = Built::new(&repository().join("tests/works/activities"), None);
    let record = built.records().into_iter().find(|record| record["id"] == "a-70-1-1a-jpn-1").unwrap();
    assert_eq!(record["report"], "a-70-1.en");
    assert_eq!(record["date_edtf"], "2015-03-10", "and can be corrected");
    assert!(built.text("reports/a-70-1.en/index.html").contains("records/a-70-1-1a-jpn-1/"));
    assert!(built.text("resolutions/a-res-69-99/index.html").contains("a-70-1-1a-jpn-1"));
}
