//! A site made in parts: byte by byte that of `build`, or a clear refusal.

use crate::case::run;
use crate::folder::{copy, copy_site, repository};
use depositary::model::part::PROGRAM;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

const BASE_URL: &str = "https://example.org/archive/";

/// A site with a folder for its parts.
struct Site(TempDir);

impl Site {
    /// A copy of a site below `tests/` that is packed as a ZIP file too.
    fn new(site: &str) -> Self {
        let folder = TempDir::new().unwrap();
        copy(&repository().join("tests").join(site), folder.path());
        let settings = folder.path().join("site.toml");
        let text = fs::read_to_string(&settings).unwrap();
        fs::write(&settings, format!("{text}\n[publish]\nzip = true\n")).unwrap();
        Self(folder)
    }

    /// This repository's archive: its versions, releases and translations, and pages for several batches of a task.
    fn of_repository() -> Self {
        let folder = TempDir::new().unwrap();
        copy_site(folder.path(), &["content"]);
        Self(folder)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        run(self.0.path(), &[arguments, &["--base-url", BASE_URL]].concat())
    }

    /// Runs a task, which must succeed.
    fn task(&self, arguments: &[&str]) {
        let output = self.run(&[&["shard"], arguments, &["--into", "parts"]].concat());
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// What a task that must be refused says.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(&[&["shard"], arguments, &["--into", "parts"]].concat());
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    /// Runs all tasks but the last.
    fn render(&self, n_parts: usize) {
        for stage in ["parse", "render"] {
            for number in 1..=n_parts {
                self.task(&[stage, "--part", &format!("{number}/{n_parts}")]);
            }
            if stage == "parse" {
                self.task(&["resolve"]);
            }
        }
    }

    /// The files below a folder.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path(folder))
    }
}

pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

/// The names of files that only one of two sites has, or that differ.
pub fn different(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names = one.keys().chain(other.keys());
    let mut names: Vec<String> = names.filter(|name| one.get(*name) != other.get(*name)).cloned().collect();
    names.dedup();
    names
}

#[test]
fn the_site_of_parts_is_that_of_build() {
    let sites = [("security/site", 1), ("security/site", 3), ("works/activities", 2), ("works/rows", 9)];
    let sites = sites.map(|(name, n_parts)| (name, n_parts, Site::new(name)));
    for (name, n_parts, site) in sites.into_iter().chain([("archive", 2, Site::of_repository())]) {
        assert!(site.run(&["build"]).status.success());
        site.render(n_parts);
        site.task(&["finish", "--output", "made"]);
        let (built, made) = (site.files("public"), site.files("made"));
        assert!(built.contains_key("download/site.zip") && built.len() > 100, "{name}: {}", built.len());
        assert_eq!(different(&built, &made), Vec::<String>::new(), "{name} in {n_parts}");
    }
}

#[test]
fn a_task_that_is_run_again_leaves_the_same_bytes() {
    let site = Site::new("works/activities");
    site.render(2);
    let once = site.files("parts");
    assert_eq!(once.len(), 5, "{:?}", once.keys());
    site.render(2);
    assert_eq!(different(&once, &site.files("parts")), Vec::<String>::new());
}

#[test]
fn a_part_that_is_lost_is_named() {
    let site = Site::new("security/site");
    site.render(3);
    for (part, task, words) in [
        ("render-2-of-3", "finish", "part 2/3 of `shard render` is missing in `parts`"),
        ("parse-3-of-3", "resolve", "part 3/3 of `shard parse` is missing in `parts`"),
        ("resolve-1-of-1", "finish", "no part of `shard resolve` is in `parts`"),
    ] {
        fs::remove_file(site.path(&format!("parts/{part}.parquet"))).unwrap();
        let told = site.refused(&[task]);
        assert!(told.contains("error[E0901]: ") && told.contains(words), "{told}");
    }
    assert!(!site.path("public").exists());
}

#[test]
fn a_part_of_another_version_content_or_division_is_refused() {
    let site = Site::new("security/site");
    site.render(2);
    let path = site.path("parts/render-2-of-2.parquet");
    let sound = fs::read(&path).unwrap();
    let (version, build) = PROGRAM.split_once('+').unwrap();
    for other in [format!("0.0.0+{build}"), format!("{version}+{}", "0".repeat(build.len()))] {
        fs::write(&path, replaced(&sound, PROGRAM, &other)).unwrap();
        let told = site.refused(&["finish"]);
        assert!(told.contains("error[E0902]: ") && told.contains(&format!("version {other} of the program")), "{told}");
    }
    fs::write(&path, &sound).unwrap();

    let told = String::from_utf8(run(site.0.path(), &["shard", "finish", "--into", "parts"]).stderr).unwrap();
    assert!(told.contains("error[E0902]: "), "at another address: {told}");

    site.task(&["render", "--part", "1/3"]);
    let told = site.refused(&["finish"]);
    assert!(told.contains("error[E0902]: the part 1/2 is"), "{told}");
    fs::remove_file(site.path("parts/render-1-of-3.parquet")).unwrap();

    // A text of the same length, which only its hash tells from the one before.
    let report = site.path("content/reports/paragraphs.txt");
    let text = fs::read_to_string(&report).unwrap();
    fs::write(&report, text.replacen('报', "被", 1)).unwrap();
    let told = site.refused(&["resolve"]);
    assert!(told.contains("error[E0902]: ") && told.contains("content/reports/paragraphs.txt"), "{told}");
    site.task(&["parse", "--part", "1/2"]);
    site.task(&["parse", "--part", "2/2"]);
    site.task(&["resolve"]);
    let told = site.refused(&["finish"]);
    assert!(told.contains("error[E0902]: ") && told.contains("render-1-of-2"), "{told}");
}

/// `bytes` with a text that occurs once replaced by another of the same length.
fn replaced(bytes: &[u8], text: &str, by: &str) -> Vec<u8> {
    let key = b"depositary.program";
    let after = bytes.windows(key.len()).position(|part| part == key).unwrap() + key.len();
    let place = after + bytes[after..].windows(text.len()).position(|part| part == text.as_bytes()).unwrap();
    [&bytes[..place], by.as_bytes(), &bytes[place + text.len()..]].concat()
}

/// How many bytes of a part are changed, one at a time.
const N_DAMAGES: usize = 12;

#[test]
fn a_damaged_part_is_never_taken_for_a_sound_one() {
    let site = Site::new("security/site");
    site.render(1);
    site.task(&["finish", "--output", "sound"]);
    let whole = site.files("sound");
    for (part, task) in [("parse-1-of-1", "resolve"), ("resolve-1-of-1", "finish"), ("render-1-of-1", "finish")] {
        let path = site.path(&format!("parts/{part}.parquet"));
        let sound = fs::read(&path).unwrap();
        fs::write(&path, &sound[..sound.len() / 2]).unwrap();
        let told = site.refused(&[task]);
        assert!(told.contains("error[E0903]: ") && told.contains(part), "{part}, cut off: {told}");
        let mut n_refused = 0;
        for damage in 0..N_DAMAGES {
            let mut damaged = sound.clone();
            damaged[(sound.len() - 1) * damage / N_DAMAGES] ^= 0x55;
            fs::write(&path, damaged).unwrap();
            let output = site.run(&["shard", task, "--into", "parts"]);
            match output.status.code() {
                Some(1) => n_refused += 1,
                // What was changed says nothing, as the smallest value of a column does.
                Some(0) => assert!(
                    task == "resolve" || different(&whole, &site.files("public")).is_empty(),
                    "{part}, {damage}"
                ),
                other => panic!("{part}, {damage}: {other:?}, {}", String::from_utf8_lossy(&output.stderr)),
            }
        }
        assert!(n_refused > N_DAMAGES / 2, "{part}: {n_refused}");
        fs::write(&path, &sound).unwrap();
        if task == "resolve" {
            let resolved = fs::read(site.path("parts/resolve-1-of-1.parquet")).unwrap();
            site.task(&["resolve"]);
            assert_eq!(resolved, fs::read(site.path("parts/resolve-1-of-1.parquet")).unwrap());
        }
    }
}
