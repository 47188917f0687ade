//! What a build into a folder that has a site already does again, and what it leaves alone.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use tempfile::TempDir;
use walkdir::WalkDir;

struct Workplace {
    folder: TempDir,
}

impl Workplace {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        place.run(&["--quiet", "init", "."]);
        place
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// What the command says on standard error.
    fn run(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depositary"));
        let output = command.current_dir(self.folder.path()).args(arguments).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments:?}: {told}");
        told
    }

    /// Puts `new` in the place of the first `old` in a file of the site.
    fn change(&self, path: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(old), "{path} has no `{old}`");
        fs::write(self.path(path), text.replacen(old, new, 1)).unwrap();
    }

    fn report(&self) -> String {
        let mut names = fs::read_dir(self.path("content/reports")).unwrap().map(|entry| entry.unwrap().file_name());
        let name = names.find(|name| name.to_str().unwrap().ends_with(".txt")).unwrap();
        format!("content/reports/{}", name.to_str().unwrap())
    }

    /// The bytes of the site and the times at which its files changed.
    fn site(&self, folder: &str) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let folder = self.path(folder);
        let files = WalkDir::new(&folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let changed = entry.metadata().unwrap().modified().unwrap();
                (below(entry.path(), &folder), (fs::read(entry.path()).unwrap(), changed))
            })
            .collect()
    }

    /// Builds over the last build, and then as [`Workplace::assert_as_new`].
    fn assert_built_as_new(&self) {
        self.run(&["--quiet", "build"]);
        self.assert_as_new();
    }

    /// Whether `public` is what a build into a new folder gives.
    fn assert_as_new(&self) {
        for left in ["new", ".new.receipt", ".new.pages"] {
            let _ = fs::remove_dir_all(self.path(left)).or_else(|_| fs::remove_file(self.path(left)));
        }
        self.run(&["--quiet", "build", "--output", "new"]);
        let bytes =
            |folder| self.site(folder).into_iter().map(|(path, (bytes, _))| (path, bytes)).collect::<BTreeMap<_, _>>();
        assert!(bytes("public") == bytes("new"), "a build over another is not as a new one");
    }
}

fn below(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned()
}

#[test]
fn where_nothing_changed_nothing_is_written_and_the_same_is_said() {
    let place = Workplace::new();
    place.change(&place.report(), "2008年11月", "2008年13月");
    let first = place.run(&["build"]);
    let before = place.site("public");
    assert!(first.contains("warning["), "the case is to have a diagnostic: {first}");
    assert_eq!(place.run(&["build"]), first);
    assert!(place.site("public") == before);
    place.assert_as_new();
}

#[test]
fn after_a_change_the_files_that_stay_the_same_keep_their_times() {
    let place = Workplace::new();
    place.run(&["--quiet", "build"]);
    let before = place.site("public");
    place.change("content/pages/en/about.md", "# ", "# New: ");
    place.run(&["--quiet", "build"]);
    let after = place.site("public");
    let (same, other): (Vec<_>, Vec<_>) = after.iter().partition(|(path, (bytes, _))| before[*path].0 == *bytes);
    assert!(same.iter().all(|(path, (_, changed))| before[*path].1 == *changed));
    assert!(same.len() > other.len() && other.iter().any(|(path, _)| *path == "en/about/index.html"));
    place.assert_as_new();
}

#[test]
fn a_site_that_was_touched_is_made_anew() {
    let place = Workplace::new();
    place.run(&["--quiet", "build"]);
    fs::write(place.path("public/index.html"), "mine").unwrap();
    fs::remove_file(place.path("public/site.css")).unwrap();
    place.assert_built_as_new();
}

#[test]
fn what_is_asked_for_differently_is_made_anew() {
    let place = Workplace::new();
    place.run(&["--quiet", "build"]);
    place.run(&["--quiet", "build", "--base-url", "https://example.org/"]);
    assert!(fs::read_to_string(place.path("public/index.html")).unwrap().contains("https://example.org/"));
    place.assert_built_as_new();
}

#[test]
fn a_receipt_of_somebody_else_is_left_alone() {
    let place = Workplace::new();
    fs::write(place.path(".public.receipt"), "coffee").unwrap();
    place.run(&["--quiet", "build"]);
    place.run(&["--quiet", "build"]);
    assert_eq!(fs::read_to_string(place.path(".public.receipt")).unwrap(), "coffee");
}

#[test]
fn a_receipt_of_another_version_is_replaced() {
    let place = Workplace::new();
    place.run(&["--quiet", "build"]);
    let receipt = fs::read_to_string(place.path(".public.receipt")).unwrap();
    let older = receipt.replacen("receipt ", "receipt 0", 1);
    fs::write(place.path(".public.receipt"), &older).unwrap();
    place.run(&["--quiet", "build"]);
    assert_eq!(fs::read_to_string(place.path(".public.receipt")).unwrap().len(), receipt.len());
    place.assert_as_new();
}

#[test]
fn the_plain_site_has_the_pages_of_records_and_their_keys_alone() {
    let place = Workplace::new();
    place.run(&["--quiet", "build", "--plain"]);
    let folders = fs::read_dir(place.path("public")).unwrap().map(Result::unwrap);
    let mut folders: Vec<String> =
        folders.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string().unwrap()).collect();
    folders.sort();
    assert_eq!(folders, ["records", "reports", "resolutions", "sections", "states", "years"]);
    let records = fs::read_dir(place.path("public/records")).unwrap().count();
    let states = fs::read_to_string(place.path("public/states/aus/index.html")).unwrap();
    assert!(records >= 10 && states.contains("<article id="), "{records} records: {states}");
}

#[test]
fn what_is_said_of_one_report_stays_as_it_is_while_another_changes() {
    let place = Workplace::new();
    let report = place.report().replace("content/reports/", "/").replace(".txt", "");
    fs::write(place.path("content/reports/a-61-1.txt"), "一、导言\n\n1. 本报告依照大会决议提交。\n").unwrap();
    place.run(&["--quiet", "build"]);
    let before = place.site("public");
    place.change("content/reports/a-61-1.txt", "提交", "编写");
    place.run(&["--quiet", "build"]);
    let after = place.site("public");
    let of_the_other = |path: &&String| path.contains(&report) && path.ends_with(".html");
    let others: Vec<&String> = after.keys().filter(of_the_other).collect();
    let changed: Vec<&&String> = others.iter().filter(|path| before[**path].0 != after[**path].0).collect();
    assert!(others.len() > 20 && changed.is_empty(), "{changed:?} of {}", others.len());
    assert_ne!(before["reports/a-61-1/index.html"].0, after["reports/a-61-1/index.html"].0);
    place.assert_as_new();
}

/// The reports that the tests of parsing read, of all layouts.
fn reports_of_cases() -> Vec<String> {
    let cases = WalkDir::new("tests/cases/report").sort_by_file_name().into_iter().map(Result::unwrap);
    let files = cases.filter(|entry| entry.file_name() == "in.txt").map(|entry| fs::read_to_string(entry.path()));
    files.map(Result::unwrap).filter(|text| text.len() < 4000).collect()
}

#[test]
fn whatever_changes_a_build_over_another_is_as_a_new_one() {
    let place = Workplace::new();
    let cases = reports_of_cases();
    assert!(cases.len() > 40, "{} cases", cases.len());
    let put = |number: usize, text: &str| fs::write(place.path(&format!("content/reports/a-6{number}-1.txt")), text);
    (0..8).for_each(|number| put(number, &cases[number]).unwrap());
    place.run(&["--quiet", "build"]);
    for turn in 0..8 {
        // One report in the place of another, as if it were corrected beyond recognition, or two that say the same.
        put(turn, &cases[(turn * 7 + 11) % cases.len()]).unwrap();
        place.assert_built_as_new();
    }
    fs::remove_file(place.path("content/reports/a-63-1.txt")).unwrap();
    place.assert_built_as_new();
}

#[test]
fn what_pages_say_of_other_reports_changes_with_those() {
    let place = Workplace::new();
    let text = fs::read_to_string(place.path(&place.report())).unwrap();
    let (first, second, third) =
        ("content/reports/a-60-1.txt", "content/reports/a-61-1.txt", "content/reports/a-62-1.txt");
    let earlier = text.replace("2008年", "2003年").replace("2009年", "2003年");
    for (path, text) in [(first, &text), (second, &text), (third, &earlier)] {
        fs::write(place.path(path), text).unwrap();
    }
    place.run(&["--quiet", "build"]);
    // The records of the same State in the second report name the date.
    place.change(first, "2008年11月", "2009年11月");
    place.assert_built_as_new();
    // The page of 2003, to which the first report adds nothing, leads to that of the year before it.
    place.change(first, "2009年11月", "1999年11月");
    place.assert_built_as_new();
}

#[test]
fn what_pages_share_is_new_on_all_of_them() {
    let place = Workplace::new();
    place.run(&["--quiet", "build"]);
    let meta = place.report().replace(".txt", ".toml");
    let said = fs::read_to_string(place.path(&meta)).unwrap_or_default();
    fs::create_dir_all(place.path("content/reference")).unwrap();
    fs::create_dir_all(place.path("templates")).unwrap();
    let reference = include_str!("../content/reference/states.csv").replacen("Australia", "Terra Australis", 2);
    // Records that speak of a meeting name it.
    let events = include_str!("../content/reference/events.csv").replace("Conference on", "Meeting on");
    for (path, text) in [
        (meta.as_str(), format!("title_en = \"A title\"\n{}", said.replace("title_en", "# title_en"))),
        ("templates/card.html", format!("<i>{}</i>", include_str!("../templates/card.html"))),
        ("content/reference/states.csv", reference),
        ("content/reference/events.csv", events),
        ("content/pages/en/more.md", "# More\n".to_owned()),
    ] {
        fs::write(place.path(path), text).unwrap();
        place.assert_built_as_new();
    }
    place.change("site.toml", "My Archive", "Our Archive");
    place.assert_built_as_new();
}

#[test]
fn a_cut_off_or_foreign_list_of_pages_is_not_believed() {
    let place = Workplace::new();
    place.run(&["--quiet", "build"]);
    let list = fs::read_to_string(place.path(".public.pages")).unwrap();
    place.change(&place.report(), "2008年", "2009年");
    fs::write(place.path(".public.pages"), &list[..list.len() - list.len() / 3]).unwrap();
    place.assert_built_as_new();
    fs::write(place.path(".public.pages"), "tea").unwrap();
    place.change(&place.report(), "2009年", "2008年");
    place.assert_built_as_new();
    assert_eq!(fs::read_to_string(place.path(".public.pages")).unwrap(), "tea");
}
