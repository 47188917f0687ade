//! Inputs as they come from other systems and other hands: names, encodings, permissions, depth, twins. Each is built,
//! or refused with what is wrong and nothing written.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use crate::folder::{copy, repository};
use scraper::{Html, Selector};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The sound little site in a folder of its own.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        copy(&repository().join("tests/site"), place.folder.path());
        place
    }

    fn with(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let place = Self::new();
        place.write(name, bytes);
        place
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn command(&self, command: &str) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_depositary"));
        program.arg(command).current_dir(self.folder.path());
        program
    }

    fn run(&self, command: &str) -> Output {
        self.command(command).output().unwrap()
    }

    /// Builds, which must succeed, and gives what was said.
    fn built(&self) -> String {
        let output = self.run("build");
        assert!(output.status.success(), "{}", told(&output));
        told(&output)
    }

    /// Builds, which must be refused with all of `said` and write nothing.
    fn refused(&self, said: &[&str]) {
        let before = names(self.folder.path());
        let output = self.run("build");
        let told = told(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(said.iter().all(|words| told.contains(words)), "{said:?} in {told}");
        assert_eq!(names(self.folder.path()), before, "{told}");
    }
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Every path below `folder`.
fn names(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path()).collect()
}

#[test]
fn names_that_are_no_text_are_refused() {
    let names: [&[u8]; 8] = [
        b"content/reports/\xff.txt",
        b"content/reports/\xff.toml",
        b"content/reference/\xff.csv",
        b"content/pages/en/\xff.md",
        b"content/pages/\xff/about.md",
        b"content/ledger/\xff.tsv",
        b"static/\xff.css",
        b"static/\xff/x.css",
    ];
    for name in names {
        let place = Place::new();
        place.write(OsStr::from_bytes(name), "# A\n");
        println!("{}", name.escape_ascii());
        place.refused(&["error[E0106]: a file name that is not UTF-8"]);
    }
}

#[test]
fn symbols_that_have_one_address_are_refused_with_their_rows() {
    let rows = "symbol,title_en\nA/RES/61/104,One\nA/RES/62/59,Two\nA/RES/61-104,Three\n";
    let place = Place::with("content/reference/resolutions.csv", rows);
    place.write("content/reports/a-62-1.txt", "1. 本报告根据A/RES/61/104和A/RES/61-104号决议提出。\n");
    place.refused(&[
        "error[E0309]: `A/RES/61-104` would have the address `a-res-61-104/` of the symbol in line 2",
        "content/reference/resolutions.csv:4:1",
        "1 error\n",
    ]);
}

#[test]
fn symbols_in_a_text_that_have_one_address_are_refused() {
    let twins = "A/RES/61/104、A/RES/61-104、S/RES/1718(2006)和S/RES/1718/2006";
    let place = Place::with("content/reports/a-62-1.txt", ROW.replace("第67/76号", twins));
    place.refused(&[
        "error[E0704]: two files of the site have the path `resolutions/a-res-61-104/index.html`",
        "error[E0704]: two files of the site have the path `resolutions/s-res-1718-2006/index.html`",
        "a symbol that differs from another only in punctuation",
    ]);
}

/// A row of an activity table, above which no section has begun.
const ROW: &str = "国家\t日期/期间\t活动和内容\t备注\n奥地利\t2014年6月\t奥地利提到大会第67/76号决议。\t\n";

#[test]
fn a_row_above_all_sections_is_in_none() {
    let place = Place::with("content/reports/a-62-1.txt", ROW);
    let told = place.built();
    assert!(!told.contains("error"), "{told}");
    let records = fs::read_to_string(place.path("public/data/records.ndjson")).unwrap();
    assert!(records.lines().count() == 1 && records.contains("\"section\":\"\""), "{records}");
}

/// What `parse` says of a report, and its records.
fn parsed(text: &str) -> (String, Vec<Value>) {
    let place = Place::with("report.txt", text);
    let output = place.command("parse").arg("report.txt").output().unwrap();
    assert!(output.status.success(), "{}", told(&output));
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    (told(&output), lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[test]
fn more_facts_than_a_person_writes_are_not_gathered_and_told() {
    let hosted: String = (0..500).map(|number| format!("奥地利主办了第{number}次讲习班。")).collect();
    let report = |n_paragraphs: usize| {
        let paragraphs: String = (1..=n_paragraphs).map(|number| format!("{number}. 国^a。\n\n")).collect();
        parsed(&format!("{paragraphs}\n^a {hosted}\n"))
    };
    assert!(!report(200).0.contains("W0405"));
    let (told, records) = report(202);
    assert!(
        told.contains("warning[W0405]: more than 100000 facts in one report") && told.contains("1 warning"),
        "{told}"
    );
    assert_eq!(records.len(), 202);
    let sentence = |n_names: usize| parsed(&format!("1. 国。\n\n2. {}。\n\n3. 国。\n", "奥地利、".repeat(n_names)));
    assert!(!sentence(600).0.contains("W0405"));
    assert!(sentence(700).0.contains("warning[W0405]: a sentence of more than 8192 bytes"));
}

#[test]
fn a_run_that_is_too_long_is_no_symbol() {
    let text = |letters: usize| format!("1. 国在A/RES/{}/1和A/65/137号文件中说明。\n\n2. 国。\n", "A".repeat(letters));
    for (letters, n_symbols) in [(20, 2), (300, 1)] {
        let (told, records) = parsed(&text(letters));
        let cited = ["resolutions", "documents"].map(|field| records[0][field].as_array().unwrap().len());
        assert_eq!(cited.iter().sum::<usize>(), n_symbols, "{told}");
        Place::with("content/reports/a-62-1.txt", text(letters)).built();
    }
}

#[test]
fn a_section_that_is_too_long_to_be_searched_is_kept_as_one_row() {
    let table = fs::read_to_string(repository().join("content/reference/states.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let column = rows.headers().unwrap().iter().position(|name| name == "zh_short").unwrap();
    let names: Vec<String> = rows.records().map(|row| row.unwrap()[column].to_owned()).collect();
    let report = |n_rows: usize| {
        let rows = |name: &String| format!("{name} 2008年 6月 {name} 举办 了 讲座 。 ").repeat(n_rows);
        let rows: String = names.iter().map(rows).collect();
        parsed(&format!("国家 日期 / 期间 活动 和 内容 备注 1. 双边 1(a). 与 附件 2 国家 有关 的 活动 {rows}"))
    };
    assert!(report(1).1.len() > 150);
    let (told, records) = report(24);
    assert!(told.contains("warning[W0401]"), "{told}");
    let text = records[0]["text"].as_str().unwrap();
    assert!(records.len() == 1 && text.matches("讲座").count() == 24 * names.len(), "{}", text.len());
}

#[test]
fn depth_in_toml_is_refused() {
    let many = 100_000;
    let texts = [
        format!("a = {}", "[".repeat(many)),
        format!("{}b = 1", "a.".repeat(many)),
        format!("[{}b]", "a.".repeat(many)),
        format!("a = {}", "{a=".repeat(many)),
    ];
    let sound = fs::read_to_string(repository().join("tests/site/site.toml")).unwrap();
    for text in texts {
        Place::with("content/reports/a-62-1.toml", &text).refused(&["error[E0201]", "a-62-1.toml:1:"]);
        Place::with("site.toml", format!("{sound}\n{text}\n")).refused(&["error[E0201]", "site.toml:"]);
        Place::with("content/corrections/a-62-1.toml", &text).refused(&["error[E0201]", "a-62-1.toml:1:"]);
    }
}

/// Runs a build of `place` as somebody who is not above permissions. The program is copied to where all may run it.
fn build_as_nobody(place: &Place) -> Output {
    let program = tempfile::tempdir().unwrap();
    let copied = program.path().join("depositary");
    fs::copy(env!("CARGO_BIN_EXE_depositary"), &copied).unwrap();
    fs::set_permissions(program.path(), Permissions::from_mode(0o755)).unwrap();
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let mut command = Command::new(if is_root { "setpriv" } else { "env" });
    command.args(if is_root { &["--reuid=65534", "--regid=65534", "--clear-groups"][..] } else { &[] });
    command.arg(copied).arg("build").current_dir(place.folder.path()).output().unwrap()
}

/// Gives everything below `folder` these permissions, folders those of `folder_mode`.
fn permit(folder: &Path, file_mode: u32, folder_mode: u32) {
    for path in names(folder) {
        let mode = if path.is_dir() { folder_mode } else { file_mode };
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let paths = names(folder).into_iter().filter(|path| path.is_file());
    paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn a_report_that_may_not_be_read_is_told_and_the_old_site_stays() {
    let place = Place::new();
    place.built();
    permit(place.folder.path(), 0o666, 0o777);
    let before = files(place.folder.path());
    let report = place.path("content/reports/a-62-1.txt");
    fs::set_permissions(&report, Permissions::from_mode(0o000)).unwrap();
    let output = build_as_nobody(&place);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    let words = "error[E0101]: cannot be read: Permission denied";
    assert!(told(&output).contains(words) && told(&output).contains("a-62-1.txt"), "{}", told(&output));
    fs::set_permissions(&report, Permissions::from_mode(0o644)).unwrap();
    assert!(files(place.folder.path()) == before);
}

#[test]
fn where_nothing_may_be_written_the_old_site_stays() {
    let place = Place::new();
    place.built();
    place.write("content/reports/a-62-1.txt", ROW);
    let before = files(place.folder.path());
    permit(place.folder.path(), 0o444, 0o555);
    let output = build_as_nobody(&place);
    permit(place.folder.path(), 0o644, 0o755);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(told(&output).contains("(permission denied)"), "{}", told(&output));
    assert!(files(place.folder.path()) == before);
}

#[test]
fn a_line_break_in_a_cell_stays_in_its_attribute() {
    let title = "One\n\" onclick=\"x\r\n'><script>";
    let rows = format!("symbol,title_en\nA/RES/61/104,\"{}\"\n", title.replace('"', "\"\""));
    let place = Place::with("content/reference/resolutions.csv", rows);
    place.built();
    let page = fs::read_to_string(place.path("public/en/resolutions/a-res-61-104/index.html")).unwrap();
    let page = Html::parse_document(&page);
    let bare = page.select(&Selector::parse("[onclick], script:not([src]):not([type])").unwrap()).count();
    assert_eq!(bare, 0);
    let without_blanks = |text: &str| text.split_whitespace().collect::<String>();
    let mut values = page.tree.nodes().filter_map(|node| node.value().as_element()).flat_map(|element| element.attrs());
    assert!(values.any(|(_, value)| without_blanks(value).contains(&without_blanks(title))));
}

/// The records of a report as `parse` prints them, without the hash of its bytes.
fn records(bytes: &[u8]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report.txt"), bytes).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_depositary"));
    let output = command.args(["parse", "report.txt"]).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", told(&output));
    let mut records: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for record in &mut records {
        record["source"].as_object_mut().unwrap().remove("sha256").unwrap();
    }
    records
}

/// Takes the spans out of `records`, as the pieces of `text` that they are, which bytes and characters count alike.
fn pieces(records: &mut [Value], text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let take = |record: &mut Value, unit: &str| -> Vec<(usize, usize)> {
        let ranges = record["source"].as_object_mut().unwrap().remove(unit).unwrap();
        serde_json::from_value(ranges).unwrap()
    };
    let mut pieces = Vec::new();
    for record in records {
        let in_bytes = take(record, "spans").into_iter().map(|(start, end)| text[start..end].to_owned());
        let in_bytes: Vec<String> = in_bytes.collect();
        let in_characters = take(record, "characters").into_iter().map(|(start, end)| characters[start..end].iter());
        assert_eq!(in_characters.map(String::from_iter).collect::<Vec<_>>(), in_bytes);
        pieces.extend(in_bytes.into_iter().map(|piece| piece.replace('\r', "")));
    }
    pieces
}

#[test]
fn a_report_is_the_same_in_every_encoding() {
    let text = fs::read_to_string("starter/content/reports/a-64-ctbt-excerpt.txt").unwrap();
    let marked = format!("\u{feff}{text}");
    let dos = marked.replace('\n', "\r\n");
    let plain = records(text.as_bytes());
    assert!(plain.len() >= 10);
    let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(records(&little), plain);
    assert_eq!(records(&big), plain);
    let mut expected = plain.clone();
    let quoted = pieces(&mut expected, &text);
    for other in [marked, dos] {
        let mut found = records(other.as_bytes());
        assert_eq!(pieces(&mut found, &other), quoted);
        assert_eq!(found, expected);
    }
}

#[test]
fn footnotes_that_name_each_other_are_read_once() {
    let text = "国家\t日期/期间\t活动和内容\t备注\n1. 双边\t\t\t\n1(a) 与附件 2 国家有关的活动\t\t\t\n\
                奥地利\t2014年6月\t奥地利提到大会^a第67/76号决议^b。\t\n\n^a 见脚注^b。\n\n^b 见脚注^a。\n";
    let place = Place::with("content/reports/a-62-1.txt", text);
    place.built();
    let records = fs::read_to_string(place.path("public/data/records.ndjson")).unwrap();
    let record: Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    assert_eq!(record["footnotes"], serde_json::json!(["a", "b"]));
    let edition = Html::parse_document(&fs::read_to_string(place.path("public/en/reports/a-62-1/index.html")).unwrap());
    assert_eq!(edition.select(&Selector::parse("[id=fn-a], [id=fn-b]").unwrap()).count(), 2);
}

#[test]
#[ignore = "takes a minute; run by .ci/run"]
fn twenty_thousand_and_one_reports_are_as_good_as_one() {
    let place = Place::new();
    for number in 0..20_001 {
        place.write(format!("content/reports/a-63-{number}.txt"), ROW.replace("67/76", &format!("67/{number}")));
    }
    let output = place.run("check");
    assert!(output.status.success() && told(&output).ends_with("no error found\n"), "{}", told(&output));
}

#[test]
#[ignore = "reads a cell of 8 MiB; run by .ci/run"]
fn a_cell_of_eight_mebibytes_is_built() {
    let n_bytes = 8 << 20;
    let text = ROW.replace("奥地利提到", &"国".repeat(n_bytes / "国".len()));
    let place = Place::with("content/reports/a-62-1.txt", text);
    let told = place.built();
    assert!(!told.contains("error"), "{told}");
    let records = fs::read_to_string(place.path("public/data/records.ndjson")).unwrap();
    let record: Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    assert!(record["text"].as_str().unwrap().len() > n_bytes - 3);
}
