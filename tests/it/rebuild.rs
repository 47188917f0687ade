//! A build into a folder that has a site already.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
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

    /// The bytes of the site.
    fn site(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let folder = self.path(folder);
        let files = WalkDir::new(&folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
        files.map(|entry| (below(entry.path(), &folder), fs::read(entry.path()).unwrap())).collect()
    }

    /// Whether `public` is what a build into a new folder gives.
    fn assert_as_new(&self) {
        self.run(&["--quiet", "build", "--output", "new"]);
        assert!(self.site("public") == self.site("new"), "a build over another is not as a new one");
    }
}

fn below(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned()
}

#[test]
fn a_site_that_was_touched_is_made_anew() {
    let place = Workplace::new();
    place.run(&["--quiet", "build"]);
    fs::write(place.path("public/index.html"), "mine").unwrap();
    fs::remove_file(place.path("public/site.css")).unwrap();
    place.run(&["--quiet", "build"]);
    place.assert_as_new();
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
    let changed: Vec<&&String> = others.iter().filter(|path| before[**path] != after[**path]).collect();
    assert!(others.len() > 20 && changed.is_empty(), "{changed:?} of {}", others.len());
    assert_ne!(before["reports/a-61-1/index.html"], after["reports/a-61-1/index.html"]);
    place.assert_as_new();
}
