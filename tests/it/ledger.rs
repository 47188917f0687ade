//! Published identifiers through the command: what a build refuses, how a reviewed change is recorded, and what
//! stands at an old address; and small archives beside their ledgers, against the cases of `tests/cases/ledger`.

#![allow(clippy::unwrap_used)]

use crate::folder::copy_site;
use crate::support::cases;
use depositary::base::diagnostic::{Diagnostic, Place};
use depositary::model::ledger::{ADDRESSES, Entry, Ledger, Status};
use depositary::resolve::ledger::{
    Accepted, Change, Changes, Difference, Identified, Present, accept, diagnostics, differences,
};
use serde::Deserialize;
use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;

/// Rows of an activity table: State, date, text.
const ROWS: [[&str; 3]; 5] = [
    ["澳大利亚", "2008年6月", "澳大利亚对附件2国家进行外联活动。"],
    ["", "2008年7月", "澳大利亚支持举办条约讲习班。澳大利亚也派出了讲员。"],
    ["", "2008年8月", "澳大利亚同印度尼西亚磋商。"],
    ["奥地利", "2008年9月", "奥地利作为会议的共同主席开展工作。"],
    ["法国", "2008年10月", "法国同附件2国家进行讨论。"],
];

/// Words at the head of the report.
const HEAD: &str = "第六十四届会议\n\n全面禁止核试验条约\n\n秘书长的报告\n\n1. 本报告根据第 63/87 号决议提出。\n\n附件\n\n2008年6月-2009年5月\n\n";

fn report(head: &str, rows: &[[&str; 3]]) -> String {
    let table = "国家\t日期/期间\t活动和内容\t备注\n1. 双边\t\t\t\n1(a) 与附件 2 国家有关的活动\t\t\t\n";
    let lines: String = rows.iter().map(|[state, date, text]| format!("{state}\t{date}\t{text}\t\n")).collect();
    format!("{head}{table}{lines}")
}

/// A copy of the site with a report of its own.
struct Site {
    folder: TempDir,
}

impl Site {
    /// With `rows`, and nothing published.
    fn new(rows: &[[&str; 3]]) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap() };
        copy_site(site.folder.path(), &["content/reference", "content/pages"]);
        site.put(HEAD, rows);
        site
    }

    /// With the usual rows, all published.
    fn published() -> Self {
        let site = Self::new(&ROWS);
        site.done(&["ledger", "accept"]);
        site
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn put(&self, head: &str, rows: &[[&str; 3]]) {
        self.write("content/reports/a-64.txt", &report(head, rows));
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depositary"));
        command.current_dir(self.folder.path()).args(arguments).output().unwrap()
    }

    /// Runs a command that must succeed, and gives what it said.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments:?}: {told}");
        told
    }

    /// Runs a command that must be refused for the input's sake, and gives what it said.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    /// What `build` and `check` refuse, which must be the same.
    fn build_refused(&self) -> String {
        let told = self.refused(&["build"]);
        assert_eq!(told, self.refused(&["check"]));
        assert!(!self.folder.path().join("public").exists());
        told
    }

    fn accept(&self, arguments: &[&str]) -> String {
        self.done(&[&["ledger", "accept"], arguments, &["--reason", "复核所见", "--date", "2026-07-30"]].concat())
    }

    /// The lines of `ledger status` without those on the report itself, whose text any edit changes.
    fn status(&self) -> Vec<String> {
        let output = self.run(&["ledger", "status"]);
        let lines = String::from_utf8(output.stdout).unwrap();
        lines.lines().filter(|line| *line != "re-worded\treports/a-64").map(str::to_owned).collect()
    }
}

fn rows_with(change: impl FnOnce(&mut Vec<[&'static str; 3]>)) -> Vec<[&'static str; 3]> {
    let mut rows = ROWS.to_vec();
    change(&mut rows);
    rows
}

#[test]
fn without_a_ledger_nothing_is_kept_and_a_note_says_so() {
    let site = Site::new(&ROWS);
    assert_eq!(site.done(&["check", "--strict"]).matches("note[W0518]").count(), 1);
    site.done(&["ledger", "accept"]);
    let ledger = site.read("content/ledger/a-64.tsv");
    let ids: Vec<&str> = ledger.lines().filter_map(|line| line.split('\t').next()).skip(2).collect();
    let expected =
        ["a-64-1a-aus-1", "a-64-1a-aus-2", "a-64-1a-aus-3", "a-64-1a-aut-1", "a-64-1a-fra-1", "reports/a-64"];
    assert_eq!(ids, expected);
    assert!(site.read("content/ledger/addresses.tsv").contains("\nresolutions/a-res-63-87\t\tpublished\n"));
    let told = site.done(&["check", "--strict"]);
    assert!(!told.contains("W05"), "{told}");
}

#[test]
fn what_has_nothing_to_do_with_a_record_leaves_its_identifier() {
    let site = Site::published();
    let rows = rows_with(|rows| {
        rows.insert(3, ["阿塞拜疆", "2008年8月", "阿塞拜疆举行双边会谈。"]);
        rows.push(["德国", "2008年11月", "德国重申条约的重要性。"]);
        rows.push(["", "2008年12月", "德国发表声明。"]);
    });
    site.put(&HEAD.replace("秘书长的报告", "秘书长的报告\n\n* A/64/50。"), &rows);
    site.write("content/reports/a-64.toml", "title = \"另一个标题\"\nsession = 64\nagenda_item = \"97\"\n");
    site.write("content/reports/a-60.txt", &report(HEAD, &rows_with(|rows| rows[4][2] = "举办了另一次研讨会。")));
    site.write("content/reports/zz.txt", &report(HEAD, &ROWS));
    let status = site.status();
    assert!(status.iter().all(|line| line.starts_with("new\t")), "{status:#?}");
    assert_eq!(status.iter().filter(|line| line.starts_with("new\ta-64-")).count(), 3, "{status:#?}");
}

#[test]
fn new_identifiers_are_a_note_once_even_when_strict() {
    let site = Site::published();
    site.write("content/reports/a-60.txt", &report(HEAD, &rows_with(|rows| rows[4][2] = "举办了另一次研讨会。")));
    let told = site.done(&["build", "--strict"]);
    assert!(told.contains("note[W0511]: 6 identifiers are not in the ledger yet"), "{told}");
    assert_eq!(told.matches("W0511").count(), 1);
    assert_eq!(site.done(&["build", "--quiet"]), "");
    assert!(site.done(&["ledger", "accept", "a-60-1a-aus-2"]).contains("1 identifier published"));
    assert!(site.done(&["ledger", "accept"]).contains("5 identifiers published"));
    assert_eq!(site.status(), [""; 0]);
}

#[test]
fn a_record_that_is_renamed_is_refused_until_it_is_moved() {
    let site = Site::published();
    site.put(HEAD, &rows_with(|rows| rows[4][0] = "德国"));
    let told = site.build_refused();
    assert!(told.contains("error[E0510]") && told.contains("`a-64-1a-fra-1` is missing"), "{told}");
    assert!(told.contains("--moved a-64-1a-fra-1=a-64-1a-deu-1"), "{told}");
    assert!(told.contains("content/ledger/a-64.tsv:7:1"), "{told}");
    site.accept(&["--moved", "a-64-1a-fra-1=a-64-1a-deu-1", "--corrected", "reports/a-64"]);
    site.done(&["build"]);
    old_address_points_on(&site);
    absolute_address_where_it_is_known(&site);
}

fn old_address_points_on(site: &Site) {
    for (language, words) in [("", "移至"), ("en/", "has moved")] {
        let page = site.read(&format!("public/{language}records/a-64-1a-fra-1/index.html"));
        assert!(page.contains(words) && page.contains("复核所见") && page.contains("2026"), "{page}");
        assert!(page.contains("<link rel=canonical href=\"../a-64-1a-deu-1/index.html\">"), "{page}");
        assert!(page.contains("<a href=\"../../records/a-64-1a-deu-1/index.html\">") || language == "en/", "{page}");
        assert_eq!(page.matches("a-64-1a-deu-1/index.html").count(), 2, "{page}");
    }
}

fn absolute_address_where_it_is_known(site: &Site) {
    site.done(&["build", "--base-url", "https://example.org/archive/"]);
    let page = site.read("public/en/records/a-64-1a-fra-1/index.html");
    assert!(
        page.contains("<link rel=canonical href=\"https://example.org/archive/en/records/a-64-1a-deu-1/\">"),
        "{page}"
    );
}

#[test]
fn a_record_that_is_dropped_is_refused_until_it_is_withdrawn() {
    let site = Site::published();
    site.put(HEAD, &ROWS[..4]);
    let told = site.build_refused();
    assert!(told.contains("error[E0510]") && told.contains("--withdrawn a-64-1a-fra-1"), "{told}");
    site.accept(&["--withdrawn", "a-64-1a-fra-1", "--corrected", "reports/a-64"]);
    site.done(&["build"]);
    assert!(site.read("public/en/records/a-64-1a-fra-1/index.html").contains("has been withdrawn"));
    site.put(HEAD, &ROWS);
    assert!(site.refused(&["check"]).contains("error[E0514]"));
    site.accept(&["--corrected", "a-64-1a-fra-1", "--corrected", "reports/a-64"]);
    site.done(&["build"]);
}

#[test]
fn a_record_that_is_split_is_refused_until_both_halves_are_named() {
    let site = Site::published();
    let halves = rows_with(|rows| {
        rows[4][2] = "法国同附件2国家";
        rows.push(["", "2008年10月", "进行讨论。"]);
    });
    site.put(HEAD, &halves);
    let told = site.build_refused();
    assert!(told.contains("error[E0513]") && told.contains("`a-64-1a-fra-1`"), "{told}");
    site.accept(&["--split", "a-64-1a-fra-1=a-64-1a-fra-1,a-64-1a-fra-2", "--corrected", "reports/a-64"]);
    site.done(&["build"]);
    assert!(site.read("content/ledger/a-64.tsv").contains("\tcorrected\ta-64-1a-fra-2\t2026-07-30\t复核所见\n"));
    let page = site.read("public/en/records/a-64-1a-fra-1/index.html");
    for words in ["has been split into several records", "复核所见", "30 July 2026", "records/a-64-1a-fra-2/index.html"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(!site.read("public/en/records/a-64-1a-fra-2/index.html").contains("after it was published"));
    site.put(HEAD, &ROWS);
    site.accept(&["--merged", "a-64-1a-fra-1,a-64-1a-fra-2=a-64-1a-fra-1", "--corrected", "reports/a-64"]);
    site.done(&["build"]);
    assert!(site.read("public/en/records/a-64-1a-fra-2/index.html").contains("part of another record"));
}

#[test]
fn an_identifier_is_never_given_to_another_text() {
    let site = Site::published();
    let without_first = rows_with(|rows| {
        rows.remove(0);
        rows[0][0] = "澳大利亚";
    });
    site.put(HEAD, &without_first);
    let told = site.build_refused();
    assert_eq!(told.matches("error[E0512]").count(), 2, "{told}");
    assert!(told.contains("`a-64-1a-aus-1` now stands for the text that `a-64-1a-aus-2` was published with"), "{told}");
    let accept = ["ledger", "accept", "--corrected", "a-64-1a-aus-1", "--reason", "x"];
    assert!(site.refused(&accept).contains("error[E0517]"));
    let keep = |from: u8, to: u8| {
        format!(
            "[[correction]]\nrecord = \"a-64-1a-aus-{from}\"\nfield = \"id\"\ncorrected = \"a-64-1a-aus-{to}\"\nwhy = \"x\"\n"
        )
    };
    site.write("content/corrections/a-64.toml", &(keep(1, 2) + &keep(2, 3)));
    assert_eq!(site.status(), ["missing\ta-64-1a-aus-1"]);
    site.accept(&["--withdrawn", "a-64-1a-aus-1", "--corrected", "reports/a-64"]);
    site.done(&["build"]);
    assert!(site.read("public/records/a-64-1a-aus-2/index.html").contains("讲习班"));
}

#[test]
fn a_text_that_changes_is_refused_until_it_is_corrected_and_white_space_does_not_count() {
    let site = Site::published();
    site.put(HEAD, &rows_with(|rows| rows[4][2] = "法国 同附件 2 国家进行讨论。"));
    assert_eq!(site.status(), [""; 0]);
    site.put(HEAD, &rows_with(|rows| rows[4][2] = "法国同附件2国家进行了讨论。"));
    let told = site.build_refused();
    assert!(told.contains("error[E0513]") && told.contains("--corrected a-64-1a-fra-1"), "{told}");
    site.accept(&["--corrected", "a-64-1a-fra-1", "--corrected", "reports/a-64"]);
    site.done(&["build"]);
}

#[test]
fn a_page_of_a_resolution_does_not_disappear_in_silence() {
    let site = Site::published();
    site.put(&HEAD.replace("63/87", "63/88"), &ROWS);
    assert_eq!(site.status(), ["new\tresolutions/a-res-63-88"], "the table of resolutions has the other");
    site.write("content/reports/a-60.txt", &report(&HEAD.replace("63/87", "40/1"), &ROWS));
    site.done(&["ledger", "accept"]);
    fs::remove_file(site.folder.path().join("content/reports/a-60.txt")).unwrap();
    let status = site.status();
    assert!(status.contains(&"missing\treports/a-60".to_owned()), "{status:#?}");
    let told = site.refused(&["check"]);
    assert!(told.contains("`resolutions/a-res-40-1` is not in the archive any more"), "{told}");
    site.accept(&["--withdrawn", "resolutions/a-res-40-1"]);
    assert!(!site.refused(&["check"]).contains("a-res-40-1"));
}

#[test]
fn one_command_renames_or_withdraws_a_whole_report() {
    let site = Site::published();
    fs::rename(
        site.folder.path().join("content/reports/a-64.txt"),
        site.folder.path().join("content/reports/a-64-ctbt.txt"),
    )
    .unwrap();
    site.accept(&["--moved", "reports/a-64=reports/a-64-ctbt"]);
    assert_eq!(site.status(), [""; 0]);
    site.done(&["build"]);
    assert!(site.read("public/en/records/a-64-1a-fra-1/index.html").contains("records/a-64-ctbt-1a-fra-1/"));
    fs::remove_file(site.folder.path().join("content/reports/a-64-ctbt.txt")).unwrap();
    site.accept(&["--withdrawn", "reports/a-64-ctbt"]);
    assert_eq!(site.status(), [""; 0]);
}

#[test]
fn changes_that_do_not_fit_write_nothing() {
    let site = Site::published();
    let before = site.read("content/ledger/a-64.tsv");
    let wrong: [&[&str]; 7] = [
        &["--moved", "a-64-1a-fra-1=a-64-1a-aut-1"],
        &["--withdrawn", "a-64-1a-fra-1"],
        &["--withdrawn", "a-64-1a-fra-9"],
        &["--corrected", "a-64-1a-fra-1"],
        &["--split", "a-64-1a-fra-1=a-64-1a-fra-1"],
        &["a-64-1a-fra-1"],
        &["a-64-1a-fra-9"],
    ];
    for arguments in wrong {
        let told = site.refused(&[&["ledger", "accept", "--reason", "x"], arguments].concat());
        assert!(told.contains("error[E0517]"), "{arguments:?}: {told}");
    }
    assert_eq!(site.run(&["ledger", "accept", "--withdrawn", "a-64-1a-fra-1"]).status.code(), Some(2));
    assert_eq!(before, site.read("content/ledger/a-64.tsv"));
}

#[test]
fn a_broken_line_is_told_with_its_place() {
    let site = Site::published();
    let ledger = site.read("content/ledger/a-64.tsv");
    site.write("content/ledger/a-64.tsv", &format!("{ledger}<<<<<<< HEAD\na-64-1a-fra-1\t\tpublished\n"));
    let told = site.refused(&["check"]);
    assert_eq!(told.matches("error[E0516]").count(), 2, "{told}");
    assert!(told.contains("content/ledger/a-64.tsv:9:1"), "{told}");
}

/// An archive beside its ledger. A line is an identifier, the text, which stands for its fingerprint, and in a ledger
/// the status and what leads on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    ledger: Vec<String>,
    archive: Vec<String>,
    /// How the two differ.
    #[serde(default)]
    differences: Vec<String>,
    /// Code and place of what a build says, and all of its message.
    #[serde(default)]
    told: Vec<String>,
    accept: Option<Accept>,
}

/// What an editor asks for, and what comes of it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Accept {
    ids: Vec<String>,
    /// As options of the command: `moved a=b`.
    changes: Vec<String>,
    /// The whole ledger then.
    ledger: Vec<String>,
    n_published: usize,
    n_changed: usize,
    n_left: usize,
    /// What does not fit.
    refused: Vec<String>,
}

/// The ledger file of an identifier of the cases: `a` for `a-1` and `reports/a`.
fn file_of(id: &str) -> String {
    let report = id.strip_prefix("reports/").unwrap_or(id);
    let file = if report.contains('/') { ADDRESSES } else { report.split('-').next().unwrap() };
    file.to_owned()
}

fn text_of(cell: &str) -> Option<String> {
    (cell != "-").then(|| cell.to_owned())
}

fn ledger_of(lines: &[String]) -> Ledger {
    let entry = |(line, text): (u64, &String)| {
        let cells: Vec<&str> = text.split(' ').collect();
        let successors = cells.get(3).into_iter().flat_map(|ids| ids.split(',')).map(str::to_owned).collect();
        let status = Status::from_name(cells[2]).unwrap();
        let entry = Entry { status, successors, line, ..Entry::published(text_of(cells[1]), &file_of(cells[0])) };
        (cells[0].to_owned(), entry)
    };
    (1..).zip(lines).map(entry).collect()
}

fn lines_of(ledger: &Ledger) -> Vec<String> {
    let line = |(id, entry): (&String, &Entry)| {
        let text = entry.fingerprint.as_deref().unwrap_or("-");
        format!("{id} {text} {} {}", entry.status, entry.successors.join(",")).trim_end().to_owned()
    };
    ledger.iter().map(line).collect()
}

fn archive_of(lines: &[String]) -> Identified {
    let present = |line: &String| {
        let (id, text) = line.split_once(' ').unwrap();
        (id.to_owned(), Present { fingerprint: text_of(text), file: file_of(id), place: None })
    };
    lines.iter().map(present).collect()
}

fn changes_of(accept: &Accept) -> Changes {
    let change = |line: &String| {
        let (kind, sides) = line.split_once(' ').unwrap();
        let (old, new) = sides.split_once('=').unwrap_or((sides, ""));
        let ids = |side: &str| side.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
        Change { kind: Status::from_name(kind).unwrap(), old: ids(old), new: ids(new) }
    };
    let changes = accept.changes.iter().map(change).collect();
    Changes {
        ids: accept.ids.clone(),
        changes,
        reason: "seen in review".to_owned(),
        date: Some("2026-07-30".to_owned()),
    }
}

fn placed(found: &Diagnostic) -> String {
    let line = match &found.place {
        Some(Place::InTable { path, row, .. }) => format!("{path}:{row}: "),
        _ => String::new(),
    };
    format!("{} {line}{}", found.code, found.message)
}

#[test]
fn small_archives_differ_from_their_ledgers_as_in_the_cases() {
    for (_, Case { name, ledger, archive, differences: expected, told, accept: asked }) in
        cases::<Case>("ledger").unwrap()
    {
        let (ledger, archive) = (ledger_of(&ledger), archive_of(&archive));
        let found = differences(&archive, &ledger);
        let line = |found: &Difference| format!("{} {} {}", found.case.name(), found.id, found.case.others().join(","));
        let lines: Vec<String> = found.iter().map(|found| line(found).trim_end().to_owned()).collect();
        assert_eq!(lines, expected, "{name}");
        let said: Vec<String> = diagnostics(&found, &archive, &ledger).iter().map(placed).collect();
        assert_eq!(said, told, "{name}");
        let Some(asked) = asked else { continue };
        match accept(&ledger, &archive, &changes_of(&asked)) {
            Ok(Accepted { ledger: changed, n_published, n_changed, n_left }) => {
                let expected = (asked.n_published, asked.n_changed, asked.n_left);
                assert_eq!((n_published, n_changed, n_left), expected, "{name}");
                assert_eq!(lines_of(&changed), asked.ledger, "{name}");
                assert_eq!(asked.refused, [""; 0], "{name}");
                for (id, entry) in changed.iter().filter(|(id, entry)| ledger.get(*id) != Some(entry)) {
                    let is_new = !ledger.contains_key(id);
                    let day = (!is_new).then_some("2026-07-30");
                    assert_eq!((entry.date.as_deref(), entry.reason.is_none()), (day, is_new), "{name}: {id}");
                }
            }
            Err(faults) => {
                let faults: Vec<String> = faults.iter().map(placed).collect();
                assert_eq!(faults, asked.refused, "{name}");
            }
        }
    }
}
