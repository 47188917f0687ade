//! The command as a user meets it: each folder of `tests/cli/` is a case.
//! The form of a case is described in `tests/it/case.rs`.

#![allow(clippy::unwrap_used)]

use crate::case::{cases, copy_site, differences, outcome, repository, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

#[test]
fn every_case_gives_what_is_expected() {
    let faults: String = cases("cli").iter().map(|case| differences(case, &outcome(case, &[]))).collect();
    assert!(faults.is_empty(), "\n{faults}");
}

/// The repository's own site with one short report.
fn own_site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_site(folder.path(), &["content/reference", "content/pages"]);
    let report = "content/reports/npt-conf-2010-pc-i-wp-78.txt";
    fs::copy(repository().join(report), folder.path().join(report)).unwrap();
    folder
}

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn a_fault_leaves_the_old_site_as_it_was() {
    let folder = own_site();
    let built = run(folder.path(), &["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let before = contents(&folder.path().join("public"));
    fs::create_dir_all(folder.path().join("static")).unwrap();
    fs::write(folder.path().join("static/broken.html"), "<!doctype html><a href=nowhere.html>x</a>").unwrap();
    let failed = run(folder.path(), &["build"]);
    assert_eq!(failed.status.code(), Some(1));
    let told = String::from_utf8(failed.stderr).unwrap();
    assert!(told.contains("E0701") && told.contains("nowhere.html") && told.contains("broken.html"), "{told}");
    assert_eq!(before, contents(&folder.path().join("public")));
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().starts_with(".public")), "{names:?}");
}

#[test]
fn a_broken_template_leaves_the_old_site_as_it_was() {
    let folder = own_site();
    assert!(run(folder.path(), &["build", "--quiet"]).status.success());
    let before = contents(&folder.path().join("public"));
    for broken in ["{% if %}", "{{ nothing.of.the.kind }}"] {
        fs::write(folder.path().join("templates/report.html"), broken).unwrap();
        let failed = run(folder.path(), &["build"]);
        let told = String::from_utf8(failed.stderr).unwrap();
        assert_eq!(failed.status.code(), Some(1), "{told}");
        assert!(told.contains("E060") && told.contains("report.html"), "{told}");
        assert_eq!(before, contents(&folder.path().join("public")));
    }
}

#[test]
fn a_text_that_no_layout_fits_becomes_a_page_marked_so() {
    let folder = own_site();
    let text = "会议于上午开始，下午结束。\n与会者感谢东道国。\n";
    fs::write(folder.path().join("content/reports/minutes.txt"), text).unwrap();
    let built = run(folder.path(), &["build"]);
    let told = String::from_utf8(built.stderr).unwrap();
    assert!(built.status.success() && told.contains("W0403"), "{told}");
    let page = fs::read_to_string(folder.path().join("public/reports/minutes/index.html")).unwrap();
    assert!(text.lines().all(|line| page.contains(line)), "{page}");
    assert!(page.contains("leftover"), "{page}");
}

#[test]
fn two_builds_are_the_same_and_check_writes_nothing() {
    let folder = own_site();
    for output in ["one", "two"] {
        assert!(run(folder.path(), &["build", "--quiet", "--output", output]).status.success());
    }
    let manifest = |output: &str| fs::read(folder.path().join(output).join(".depositary")).unwrap();
    assert_eq!(manifest("one"), manifest("two"));
    let before = contents(folder.path());
    assert!(run(folder.path(), &["check"]).status.success());
    assert_eq!(before, contents(folder.path()));
}

#[test]
fn quiet_says_nothing_when_nothing_is_wrong() {
    let folder = own_site();
    let built = run(folder.path(), &["build", "--quiet"]);
    assert_eq!((built.stdout.as_slice(), String::from_utf8_lossy(&built.stderr).as_ref()), (&b""[..], ""));
}

#[cfg(unix)]
#[test]
fn links_in_content_are_refused() {
    let folder = own_site();
    std::os::unix::fs::symlink("/etc", folder.path().join("static/etc"))
        .or_else(|_| {
            fs::create_dir_all(folder.path().join("static"))?;
            std::os::unix::fs::symlink("/etc", folder.path().join("static/etc"))
        })
        .unwrap();
    let checked = run(folder.path(), &["check"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(String::from_utf8(checked.stderr).unwrap().contains("E0102"));
}

/// A report as UTF-8 with and without a byte order mark, UTF-16 and GB 18030.
fn encodings(text: &str) -> [(&'static str, Vec<u8>); 5] {
    let marked = format!("\u{feff}{text}");
    [
        ("utf8.txt", text.as_bytes().to_vec()),
        ("marked.txt", marked.as_bytes().to_vec()),
        ("little.txt", marked.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("big.txt", marked.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("gb18030.txt", encoding_rs::GB18030.encode(text).0.into_owned()),
    ]
}

#[test]
fn every_encoding_gives_the_same_records() {
    let folder = tempfile::tempdir().unwrap();
    let report = fs::read_to_string(repository().join("content/reports/a-64-ctbt.txt")).unwrap();
    let texts = |name: &str| {
        let output = run(folder.path(), &["parse", name]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8(output.stdout).unwrap();
        let record = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        lines.lines().map(|line| record(line)["text"].clone()).collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    for (name, bytes) in encodings(&report) {
        fs::write(folder.path().join(name), bytes).unwrap();
        found.push(texts(name));
    }
    assert!(found[0].len() > 100 && found.iter().all(|texts| *texts == found[0]));
}

#[test]
fn records_depend_neither_on_the_order_of_files_nor_on_the_run() {
    let reports = repository().join("content/reports");
    let lines = |names: [&str; 3]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depositary"));
        command.args(["--quiet", "parse"]).args(names.map(|name| reports.join(name))).current_dir(repository());
        let mut lines: Vec<String> =
            String::from_utf8(command.output().unwrap().stdout).unwrap().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let once = lines(["a-63-ctbt.txt", "a-65-137.txt", "a-66-ctbt.txt"]);
    assert!(once.len() > 300);
    assert_eq!(once, lines(["a-66-ctbt.txt", "a-63-ctbt.txt", "a-65-137.txt"]));
    assert_eq!(once, lines(["a-63-ctbt.txt", "a-65-137.txt", "a-66-ctbt.txt"]));
}

#[cfg(unix)]
#[test]
fn a_reader_who_stops_is_no_fault() {
    use std::io::Read;
    let reports: Vec<PathBuf> = fs::read_dir(repository().join("content/reports"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    let mut command = Command::new(env!("CARGO_BIN_EXE_depositary"));
    command.args(["--quiet", "parse"]).args(reports).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0]).unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_built_in_file_is_printed_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    for (path, source) in [
        ("templates/base.html", "templates/base.html"),
        ("static/site.css", "static/site.css"),
        ("templates/messages/zh.toml", "src/render/messages/zh.toml"),
    ] {
        let printed = run(folder.path(), &["template", path]);
        assert!(printed.status.success(), "{path}");
        assert_eq!(printed.stdout, fs::read(repository().join(source)).unwrap(), "{path}");
    }
}

#[test]
fn every_shell_completes_every_command() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let printed = run(folder.path(), &["completions", shell]);
        let script = String::from_utf8(printed.stdout).unwrap();
        for words in ["init", "build", "linkify", "template", "strict", "base-url"] {
            assert!(script.contains(words), "{shell}: {words}");
        }
    }
}
