//! The manifest of a built site: whatever stands in its place, nothing is followed, waited for or overwritten.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use crate::folder::{copy, repository};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use tempfile::TempDir;

/// How long a build may take before it counts as waiting for something.
const SECONDS: &str = "10";

/// What can stand where a file is wanted; `beginning` is what the file is to begin with.
type Make = fn(path: &Path, beginning: &str);

const FOREIGN: [(&str, Make); 6] = [
    ("a link to nothing", |path, _| symlink("../outside", path).unwrap()),
    ("a link to what is ours", |path, beginning| {
        fs::write(path.with_file_name("elsewhere"), beginning).unwrap();
        symlink("elsewhere", path).unwrap();
    }),
    ("a link without end", |path, _| symlink("/dev/zero", path).unwrap()),
    ("a pipe", |path, _| assert!(Command::new("mkfifo").arg(path).status().unwrap().success())),
    ("a folder", |path, _| fs::create_dir(path).unwrap()),
    ("a letter", |path, _| fs::write(path, "coffee").unwrap()),
];

/// A site in a folder of its own.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        copy(&repository().join("tests/failures/site"), &place.root());
        place
    }

    /// With the site built.
    fn built() -> Self {
        let place = Self::new();
        assert_eq!(place.run(&["build"]).0, 0);
        place
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// The status of a command and what it says; 124 if it does not end.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new("timeout");
        command.args([SECONDS, env!("CARGO_BIN_EXE_depositary")]).args(arguments).current_dir(self.root());
        let Output { status, stderr, .. } = command.output().unwrap();
        (status.code().unwrap(), String::from_utf8(stderr).unwrap())
    }
}

/// The files of a folder, without what is no file.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

static SITE: LazyLock<BTreeMap<PathBuf, Vec<u8>>> = LazyLock::new(|| files(&Place::built().root().join("public")));

/// The names of all `checks` that do not hold.
fn faults(case: &str, told: &str, checks: &[(&str, bool)]) -> Vec<String> {
    let broken = checks.iter().filter(|(_, holds)| !holds);
    broken.map(|(check, _)| format!("{case}: not {check}: {told}")).collect()
}

fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// What can stand where the manifest of a site is wanted, besides what is somebody else's.
const NO_MANIFEST: [(&str, Make); 3] = [
    ("nothing", |path, _| fs::write(path, "").unwrap()),
    ("no text", |path, _| fs::write(path, b"depositary 1\n\xff\xfe").unwrap()),
    ("half a line", |path, _| fs::write(path, "depositary 1\n00").unwrap()),
];

#[test]
fn what_stands_in_the_place_of_the_manifest_is_no_manifest() {
    let refused = |(case, make): &(&str, Make)| {
        let place = Place::built();
        let marker = place.root().join("public/.depositary");
        let manifest = fs::read_to_string(&marker).unwrap();
        fs::remove_file(&marker).unwrap();
        make(&marker, &manifest);
        let before = files(&place.root());
        let (verified, told) = place.run(&["verify", "public"]);
        let is_verified = verified == 1 && told.contains("error[E0710]");
        let (status, said) = place.run(&["build"]);
        // A file with our first line marks a folder of ours, whatever follows.
        let is_judged = if ["no text", "half a line"].contains(case) {
            status == 0 && files(&place.root().join("public")) == *SITE
        } else {
            status == 1 && said.contains("error[E0707]") && files(&place.root()) == before
        };
        faults(case, &format!("{verified} {told}, {status} {said}"), &[("verified", is_verified), ("built", is_judged)])
    };
    assert_none([&FOREIGN[..], &NO_MANIFEST].concat().par_iter().flat_map(refused).collect());
}

#[test]
fn a_link_to_the_same_bytes_is_not_the_file_that_was_built() {
    let place = Place::built();
    let page = place.root().join("public/index.html");
    fs::rename(&page, place.root().join("index.html")).unwrap();
    symlink("../index.html", &page).unwrap();
    let (status, told) = place.run(&["verify", "public"]);
    assert!(status == 1 && told.contains("error[E0710]") && told.contains("index.html"), "{status} {told}");
    assert_eq!(place.run(&["build"]).0, 0);
    assert!(fs::symlink_metadata(&page).unwrap().is_file());
    assert_eq!(place.run(&["verify", "public"]).0, 0);
}
