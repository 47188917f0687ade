//! What people are told: the whole text of every diagnostic, and the same as JSON lines.
//!
//! Each folder of `tests/diagnostics/` is a case (its form is described in `tests/it/case.rs`) and begins with the
//! code that it is about. Beside `stderr` it has `json`, which the same arguments give with `--format json`.
//! Codes that no input can cause are in `tests/diagnostics/without_case.toml`, each with its reason.

#![allow(clippy::unwrap_used)]

use crate::case::{cases, differences, outcome, repository, run};
use depositary::base::explanation::explanations;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The words between quotation marks in the table of codes.
fn codes() -> BTreeSet<String> {
    let table = fs::read_to_string(repository().join("src/base/code.rs")).unwrap();
    let constants = table.lines().filter(|line| line.starts_with("pub const "));
    constants.map(|line| line.split('"').nth(1).unwrap().to_owned()).collect()
}

fn name(case: &Path) -> String {
    case.file_name().unwrap().to_str().unwrap().to_owned()
}

/// The lines of `json`, the count last.
fn lines(json: &str) -> Vec<Value> {
    json.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_case_says_what_is_expected_as_text_and_as_json() {
    let faults: String = cases("diagnostics")
        .par_iter()
        .map(|case| {
            let text = outcome(case, &[]);
            let json = outcome(case, &["--format", "json"]);
            let json = BTreeMap::from([("status", json["status"].clone()), ("json", json["stderr"].clone())]);
            let told = BTreeMap::from([("status", text["status"].clone()), ("stderr", text["stderr"].clone())]);
            differences(case, &told) + &differences(case, &json)
        })
        .collect();
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn every_code_has_a_case_or_a_reason_why_not() {
    let without = fs::read_to_string(repository().join("tests/diagnostics/without_case.toml")).unwrap();
    let without: BTreeMap<String, String> = toml::from_str(&without).unwrap();
    let mut shown = BTreeSet::new();
    for case in cases("diagnostics") {
        let json = fs::read_to_string(case.join("json")).unwrap();
        let found: Vec<Value> = lines(&json).iter().map(|line| line["code"].clone()).collect();
        let code = name(&case).chars().take(5).collect::<String>();
        let is_about_a_code = codes().contains(&code);
        assert!(!is_about_a_code || found.contains(&Value::from(code.as_str())), "{} gives no {code}", case.display());
        shown.insert(code);
    }
    let missing: Vec<String> =
        codes().into_iter().filter(|code| !shown.contains(code) && !without.contains_key(code)).collect();
    assert!(missing.is_empty(), "no case in tests/diagnostics/ for {missing:?}");
    let needless: Vec<&String> =
        without.keys().filter(|code| shown.contains(*code) || !codes().contains(*code)).collect();
    assert!(needless.is_empty(), "tests/diagnostics/without_case.toml needs no {needless:?}");
}

/// The diagnostics of all cases, with the path of each case.
fn diagnostics() -> Vec<(String, Vec<Value>)> {
    let read = |case: &std::path::PathBuf| {
        let json = fs::read_to_string(case.join("json")).unwrap();
        let told: Vec<Value> = lines(&json).into_iter().filter(|line| line["type"] == "diagnostic").collect();
        (name(case), told)
    };
    cases("diagnostics").iter().map(read).collect()
}

#[test]
fn every_diagnostic_says_what_to_do() {
    let silent: Vec<(String, Value)> = diagnostics()
        .into_iter()
        .flat_map(|(case, told)| told.into_iter().map(move |told| (case.clone(), told)))
        .filter(|(_, told)| told["hint"].as_str().is_none_or(str::is_empty))
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn what_is_told_stands_in_the_order_of_files_and_places() {
    for (case, told) in diagnostics() {
        let key = |told: &Value| {
            let number = |name: &str| told[name].as_u64().unwrap_or_default();
            (
                told["file"].is_null(),
                told["file"].as_str().unwrap_or_default().to_owned(),
                number("line"),
                number("column"),
            )
        };
        assert!(told.is_sorted_by_key(key), "{case}: {told:#?}");
    }
}

#[test]
fn the_count_is_that_of_what_is_told_and_the_status_follows_it() {
    for case in cases("diagnostics") {
        let json = lines(&fs::read_to_string(case.join("json")).unwrap());
        let (count, told) = json.split_last().unwrap();
        let number = |severity: &str| told.iter().filter(|told| told["severity"] == severity).count();
        let counted = ["error", "warning", "note"].map(number);
        assert_eq!(["errors", "warnings", "notes"].map(|noun| count[noun].as_u64().unwrap() as usize), counted);
        let could_not_run = told.iter().any(|told| told["code"] == "E0101");
        let expected = if could_not_run {
            "2\n"
        } else if counted[0] > 0 {
            "1\n"
        } else {
            "0\n"
        };
        assert_eq!(fs::read_to_string(case.join("status")).unwrap(), expected, "{}", case.display());
    }
}

/// The bytes of `file` in a case that `start` and `end` of a diagnostic take in are those from its line and column on.
#[test]
fn bytes_lines_and_columns_name_one_place() {
    let mut n_compared = 0;
    for (case, told) in diagnostics() {
        for told in told.iter().filter(|told| told["line"].is_u64() && told["start"].is_u64()) {
            let folder = repository().join("tests/diagnostics").join(&case);
            if folder.join("prepare.toml").exists() {
                continue;
            }
            let file = told["file"].as_str().unwrap();
            let candidates = [
                folder.join("site").join(file),
                folder.join("files").join(file),
                repository().join("tests/site").join(file),
            ];
            let Some(text) = candidates.iter().find_map(|path| fs::read_to_string(path).ok()) else { continue };
            let number = |name: &str| usize::try_from(told[name].as_u64().unwrap()).unwrap();
            for (offset, line, column) in [("start", "line", "column"), ("end", "end_line", "end_column")] {
                let before = &text[..number(offset)];
                let last = before.rsplit('\n').next().unwrap().trim_start_matches('\u{feff}');
                let place = (before.matches('\n').count() + 1, last.chars().count() + 1);
                assert_eq!(place, (number(line), number(column)), "{case}: {told}");
                n_compared += 1;
            }
        }
    }
    assert!(n_compared > 50, "{n_compared}");
}

const DOCUMENT: &str = "docs/diagnostics.md";

/// The first diagnostic of `code` in its case.
fn example(code: &str) -> Option<String> {
    let told = fs::read_to_string(repository().join("tests/diagnostics").join(code).join("stderr")).ok()?;
    let example = told.split("\n\n").find(|block| block.contains(&format!("[{code}]: ")))?;
    Some(example.trim_end().to_owned())
}

#[test]
fn every_code_has_its_story_with_the_meaning_of_the_table_and_what_to_do() {
    let told: Vec<&str> = explanations().map(|explanation| explanation.code).collect();
    assert!(told.is_sorted_by_key(|code| &code[1..]), "{told:?}");
    assert_eq!(told.iter().map(|code| (*code).to_owned()).collect::<BTreeSet<_>>(), codes());
    let table = fs::read_to_string(repository().join("src/base/code.rs")).unwrap();
    for explanation in explanations() {
        let before = table.split(&format!("\"{}\"", explanation.code)).next().unwrap();
        let comment: Vec<&str> = before.lines().rev().skip(1).map_while(|line| line.strip_prefix("/// ")).collect();
        let meaning: Vec<&str> = comment.iter().rev().flat_map(|line| line.split_whitespace()).collect();
        assert_eq!(explanation.meaning.split_whitespace().collect::<Vec<_>>(), meaning, "{}", explanation.code);
        assert!(explanation.text.contains("\n\n**What to do.** "), "{} does not say what to do", explanation.code);
    }
}

#[test]
fn every_story_shows_what_the_program_says() {
    let mut document = fs::read_to_string(repository().join(DOCUMENT)).unwrap();
    let mut stale = Vec::new();
    for explanation in explanations() {
        let Some(example) = example(explanation.code) else { continue };
        let shown = explanation.text.split("```text\n").nth(1).and_then(|rest| rest.split("\n```").next());
        if shown != Some(example.as_str()) {
            stale.push(explanation.code);
            let renewed = explanation.text.replace(shown.unwrap_or_default(), &example);
            document = document.replace(explanation.text, &renewed);
        }
    }
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(repository().join(DOCUMENT), document).unwrap();
    }
    assert!(stale.is_empty(), "{DOCUMENT} shows other words than the program for {stale:?}: renew with UPDATE_CASES=1");
}

/// What `explain` prints for `arguments`, and its status.
fn explained(arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = run(repository(), &[&["explain"], arguments].concat());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn explain_tells_the_story_of_a_code_and_names_near_ones_for_none() {
    for explanation in explanations() {
        let (told, _, status) = explained(&[&explanation.code.to_lowercase()]);
        assert_eq!(
            (told, status),
            (format!("{}: {}\n\n{}\n", explanation.code, explanation.meaning, explanation.text), Some(0))
        );
    }
    let (list, _, _) = explained(&[]);
    assert_eq!(list.lines().count(), codes().len());
    assert!(codes().iter().all(|code| list.contains(&format!("{code}  "))), "{list}");
    let (told, faults, status) = explained(&["E0299"]);
    assert_eq!((told.as_str(), status), ("", Some(2)));
    assert!(faults.contains("no diagnostic has the code `E0299`; near it: `E0209`"), "{faults}");
}
