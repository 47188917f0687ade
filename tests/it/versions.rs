//! What was cited can be opened, and anyone can prove it: a report over several editions, by the files of
//! `tests/versions/`.

#![allow(clippy::unwrap_used)]

use crate::folder::{copy, copy_site, repository};
use crate::shard::{different, files};
use serde::Deserialize;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;
use tempfile::TempDir;

/// Where the site is said to stand.
const ADDRESS: &str = "https://example.org/archive/";

/// Words at the head of the report.
const HEAD: &str = "第六十四届会议\n\n全面禁止核试验条约\n\n秘书长的报告\n\n1. 本报告根据第 63/87 号决议提出。\n\n附件\n\n2008年6月-2009年5月\n\n国家\t日期/期间\t活动和内容\t备注\n1. 双边\t\t\t\n1(a) 与附件 2 国家有关的活动\t\t\t\n";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    edition: Vec<Edition>,
    version: Vec<Version>,
}

/// A state of the report, what is accepted of it, and the release.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edition {
    date: String,
    name: Option<String>,
    accept: Vec<Vec<String>>,
    rows: Vec<[String; 3]>,
    corrections: Option<String>,
}

/// A wording that must be found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version {
    id: String,
    number: u32,
    /// The first and the last edition in which it stood.
    editions: [String; 2],
    text: String,
    /// What its page in English has.
    shows: Vec<String>,
}

fn case() -> Case {
    let path = repository().join("tests/versions/three-editions.toml");
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_depositary")).current_dir(folder).args(arguments).output().unwrap()
}

/// What a command says when all is well, on both streams.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = run(folder, arguments);
    let told = String::from_utf8(stderr).unwrap() + &String::from_utf8(stdout).unwrap();
    assert!(status.success(), "{arguments:?}: {told}");
    told
}

/// What a command says when it refuses the input.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
    told
}

/// The report of an edition.
fn put(folder: &Path, edition: &Edition) {
    let rows: String = edition.rows.iter().map(|[state, date, text]| format!("{state}\t{date}\t{text}\t\n")).collect();
    write(folder, "content/reports/a-64.txt", &format!("{HEAD}{rows}"));
    if let Some(corrections) = &edition.corrections {
        write(folder, "content/corrections/a-64.toml", corrections);
    }
}

/// The site of the case after its last edition, built; and below `built/<day>` the site of each edition.
static RELEASED: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    copy_site(at, &["content/reference", "content/pages"]);
    for edition in &case().edition {
        put(at, edition);
        for accept in &edition.accept {
            let arguments: Vec<&str> =
                ["ledger", "accept"].into_iter().chain(accept.iter().map(String::as_str)).collect();
            done(at, &arguments);
        }
        let name = edition.name.iter().flat_map(|name| ["--name", name]);
        let arguments: Vec<&str> = ["release", "--date", &edition.date].into_iter().chain(name).collect();
        assert!(done(at, &arguments).contains(&format!("edition of {}", edition.date)));
        done(at, &["build", "--quiet", "--base-url", ADDRESS]);
        copy(&at.join("public"), &at.join("built").join(&edition.date));
    }
    folder
});

/// A copy of that site, to be spoilt, with pages of the first edition.
fn copied() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (RELEASED.path(), folder.path());
    for name in ["content", "public", "templates", "static", "built/2026-01-10/records", "built/2026-01-10/en/records"]
    {
        copy(&from.join(name), &to.join(name));
    }
    fs::copy(from.join("site.toml"), to.join("site.toml")).unwrap();
    folder
}

#[test]
fn parts_make_the_same_pages_of_wordings_and_editions() {
    let folder = copied();
    let shard = |arguments: &[&str]| {
        let arguments = [&["shard"], arguments, &["--into", "parts", "--base-url", ADDRESS, "--quiet"]].concat();
        done(folder.path(), &arguments);
    };
    shard(&["parse", "--part", "1/1"]);
    shard(&["resolve"]);
    shard(&["render", "--part", "1/2"]);
    shard(&["render", "--part", "2/2"]);
    shard(&["finish", "--output", "made"]);
    let (built, made) = (files(&folder.path().join("public")), files(&folder.path().join("made")));
    assert!(built.keys().any(|name| name.ends_with("/v1/index.html")));
    assert_eq!(different(&built, &made), Vec::<String>::new());
}

#[test]
fn every_wording_is_opened_by_its_address_and_from_its_citation() {
    let folder = RELEASED.path();
    for Version { id, number, editions, text, shows } in case().version {
        let address = format!("records/{id}/v{number}/");
        let page = read(folder, &format!("public/en/{address}index.html"));
        let plain = page.replace("<del>", "").replace("</del>", "");
        assert!(plain.contains(&text), "{id} v{number}: {page}");
        for words in &shows {
            assert!(page.contains(words.as_str()), "{id} v{number}: {words}: {page}");
        }
        assert!(read(folder, &format!("public/{address}index.html")).contains(&format!("第{number}版")), "{address}");
        let cited = done(folder, &["cite", "--base-url", ADDRESS, &format!("{id}/v{number}")]);
        assert!(cited.contains(&format!("{ADDRESS}{address}")), "{cited}");
        assert!(cited.contains(&format!("version {number}")), "{cited}");
        let data: serde_json::Value =
            serde_json::from_str(&read(folder, &format!("public/{address}version.json"))).unwrap();
        assert_eq!((&data["text"], &data["version"]), (&text.as_str().into(), &number.into()));
        assert_eq!(data["editions"], serde_json::json!([editions]), "{id} v{number}");
    }
}

#[test]
fn pages_list_the_versions_where_there_are_any_and_cite_the_last() {
    let page = |path: &str| read(RELEASED.path(), &format!("public/en/{path}/index.html"));
    let record = page("records/a-64-1a-aus-2");
    for words in ["Version 1", "Version 2", "Version 3", "The print is blurred here", "version 3"] {
        assert!(record.contains(words), "{words}: {record}");
    }
    for relation in ["\"predecessor-version\"", "\"version-history\""] {
        assert!(record.contains(&format!("rel={relation}")), "{relation}: {record}");
    }
    assert!(record.contains(&format!("{ADDRESS}en/records/a-64-1a-aus-2/v3/")), "{record}");
    let withdrawn = page("records/a-64-1a-jpn-1");
    assert!(withdrawn.contains("Version 1") && withdrawn.contains("records/a-64-1a-jpn-1/v1/"), "{withdrawn}");
    let report = page("reports/a-64");
    assert!(report.contains("What changed between editions") && report.contains("records/a-64-1a-fra-1/v1/"));
    let edition = page("editions/2026-03-10");
    for words in ["records/a-64-1a-aus-2/v2/", "records/a-64-1a-jpn-1/v1/", "has been withdrawn", "manifest.txt"] {
        assert!(edition.contains(words), "{words}: {edition}");
    }
    assert!(page("editions").contains("1 record with another wording"), "{}", page("editions"));
    let feed = read(RELEASED.path(), "public/editions/feed.xml");
    assert_eq!(feed.matches("<entry>").count(), 5, "{feed}");
    let table = read(RELEASED.path(), "public/data/versions.csv");
    assert_eq!(table.lines().count(), 1 + case().version.len(), "{table}");
}

/// Whether a release was made changes no byte of a record that has one wording alone.
#[test]
fn a_record_without_versions_has_the_same_page() {
    let folder = tempfile::tempdir().unwrap();
    copy_site(folder.path(), &["content/reference", "content/pages"]);
    let first = &case().edition[0];
    put(folder.path(), first);
    done(folder.path(), &["ledger", "accept"]);
    fs::remove_dir_all(folder.path().join("content/versions")).unwrap();
    done(folder.path(), &["build", "--quiet", "--base-url", ADDRESS]);
    for page in ["records/a-64-1a-aus-1", "records/a-64-1a-jpn-1", "reports/a-64", "states/aus"] {
        let path = format!("en/{page}/index.html");
        let released = read(RELEASED.path(), &format!("built/{}/{path}", first.date));
        assert!(released == read(folder.path(), &format!("public/{path}")), "{path}");
    }
}

#[test]
fn a_manifest_grows_with_what_changed_and_names_the_one_before() {
    let manifest = |date: &str| read(RELEASED.path(), &format!("content/releases/{date}.txt"));
    let changes = |date: &str| {
        let text = manifest(date);
        let records = text.lines().filter(|line| line.starts_with(['+', '-']) && !line.contains('/'));
        records.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(changes("2026-01-10").len(), 5);
    assert_eq!(changes("2026-02-10").len(), 4, "re-worded, corrected, split in two");
    let last = changes("2026-03-10");
    assert!(last[0].ends_with(" a-64-1a-aus-2 v3 2026-03-01 The print is blurred here"), "{last:?}");
    assert_eq!(last[1..], ["- a-64-1a-jpn-1 2026-03-02 It is of another report"]);
    let sum = depositary::base::hash::sha256(manifest("2026-02-10").as_bytes());
    assert!(manifest("2026-03-10").contains(&format!("previous 2026-02-10 {sum}\n")));
}

#[test]
fn a_saved_page_record_or_manifest_says_its_edition() {
    let folder = RELEASED.path();
    let prove = |file: &str| done(folder, &["verify", "public", file]);
    let first = prove("built/2026-01-10/en/records/a-64-1a-aus-2/index.html");
    assert!(first.contains("`a-64-1a-aus-2` stood so in the edition of 2026-01-10 (First edition)\n"), "{first}");
    let state = prove("built/2026-01-10/states/aus/index.html");
    assert!(state.contains("says of itself that it stood in the edition of 2026-01-10"), "{state}");
    let record = prove("built/2026-02-10/records/a-64-1a-aut-1/record.json");
    assert!(record.contains("stood so in the edition of 2026-02-10 (Second edition) and ever since"), "{record}");
    let withdrawn = prove("built/2026-01-10/records/a-64-1a-jpn-1/record.json");
    let stretch = "from the edition of 2026-01-10 (First edition) to that of 2026-02-10 (Second edition)";
    assert!(withdrawn.contains(stretch), "{withdrawn}");
    assert!(prove("content/releases/2026-02-10.txt").contains("the manifest of the edition of 2026-02-10"));
}

/// Replaces words in a file of a copy, and gives what stood there.
fn spoil(folder: &Path, path: &str, from: &str, to: &str) -> String {
    let text = read(folder, path);
    assert!(text.contains(from), "{path} has no `{from}`");
    write(folder, path, &text.replacen(from, to, 1));
    text
}

#[test]
fn verify_finds_each_planted_change() {
    assert!(done(RELEASED.path(), &["verify", "public"]).contains("3 editions, all as released"));
    // A change of the site that leaves the manifest of the build behind, and of what was released.
    let planted = [
        ("records/a-64-1a-aus-1/index.html", "附件2国家", "附件二国家", "E0710"),
        ("data/records.ndjson", "外联活动", "外联工作", "E0715"),
        ("records/a-64-1a-aus-2/v1/version.json", "讲习班", "学习班", "E0715"),
        ("records/a-64-1a-jpn-1/v1/version.json", "\"2008-11\"", "\"2008-12\"", "E0715"),
        ("records/a-64-1a-aus-2/v2/version.json", "A word was read wrongly", "A word was replaced", "E0715"),
        ("records/a-64-1a-aus-2/v2/version.json", "2026-02-01", "2026-02-02", "E0715"),
        ("editions/2026-01-10/manifest.txt", "First edition", "Final edition", "E0715"),
        ("editions/2026-02-10/manifest.txt", "A word was read wrongly", "A word was replaced", "E0715"),
        ("editions/2026-02-10/manifest.txt", "records 6", "records 5", "E0715"),
        ("editions/2026-03-10/manifest.txt", "- a-64-1a-jpn-1 2026-03-02 It is of another report\n", "", "E0715"),
    ];
    let copy = copied();
    let public = copy.path().join("public");
    for (path, from, to, code) in planted {
        let before = spoil(&public, path, from, to);
        let told = refused(copy.path(), &["verify", "public"]);
        assert!(told.contains(code), "{path}: {told}");
        write(&public, path, &before);
    }
    fs::remove_dir_all(copy.path().join("public/editions/2026-02-10")).unwrap();
    assert!(refused(copy.path(), &["verify", "public"]).contains("was not released after"));
}

#[test]
fn verify_finds_a_record_that_never_stood_so() {
    let copy = copied();
    let pages = [
        ("records/a-64-1a-aus-1/index.html", "外联活动", "外联工作"),
        ("records/a-64-1a-aus-1/record.json", "外联活动", "外联工作"),
        ("records/a-64-1a-aus-1/record.json", "\"AUS\"", "\"AUT\""),
        ("records/a-64-1a-aus-1/index.html", "澳大利亚", "奥地利"),
        ("en/records/a-64-1a-aus-1/index.html", "Australia", "Austria"),
        ("en/records/a-64-1a-aus-1/index.html", "2008", "2009"),
        ("en/records/a-64-1a-aus-1/index.html", "1a ", "1b "),
        ("en/records/a-64-1a-jpn-1/index.html", "Japan", "Jamaica"),
        ("en/records/a-64-1a-jpn-1/index.html", "2008", "2009"),
        ("en/records/a-64-1a-aus-2/index.html", "Australia", "Austria"),
    ];
    for (path, from, to) in pages {
        write(copy.path(), "saved", &read(copy.path(), &format!("built/2026-01-10/{path}")));
        done(copy.path(), &["verify", "public", "saved"]);
        let text = read(copy.path(), "saved").replace(from, to);
        write(copy.path(), "saved", &text);
        assert!(refused(copy.path(), &["verify", "public", "saved"]).contains("E0715"), "{path}: {from}");
    }
}

#[test]
fn a_saved_page_may_show_its_record_in_another_language() {
    let site = tempfile::tempdir().unwrap();
    let folder = site.path();
    copy(&repository().join("tests/works/activities"), folder);
    for arguments in [&["ledger", "accept"][..], &["release", "--date", "2026-01-10"], &["build"]] {
        done(folder, arguments);
    }
    let id = "records/a-70-1-1a-irn-1";
    let told = done(folder, &["verify", "public", &format!("public/zh/{id}/index.html")]);
    assert!(told.contains("stood so in the edition of 2026-01-10"), "{told}");
    let page = format!("public/{id}/index.html");
    let told = done(folder, &["verify", "public", &page]);
    assert!(told.contains("`a-70-1-1a-irn-1` stands so here"), "{told}");
    for (from, to) in [("Courses were given", "Lectures were given"), ("Iran", "Iraq")] {
        write(folder, "saved", &read(folder, &page).replace(from, to));
        assert!(refused(folder, &["verify", "public", "saved"]).contains("E0715"), "{from}");
    }
}

#[test]
fn a_build_refuses_wordings_and_manifests_that_were_changed() {
    let planted = [
        ("content/versions/a-64.tsv", "讲习班", "学习班", "E0523"),
        ("content/versions/a-64.tsv", "A word was read wrongly", "A word was replaced", "E0523"),
        ("content/versions/a-64.tsv", "2026-02-03", "2026-02-04", "E0523"),
        ("content/versions/a-64.tsv", "a-64-1a-aus-2\t1", "a-64-1a-aus-2\t4", "E0522"),
        ("content/versions/a-64.tsv", "a-64-1a-aus-1\t1", "a-64-1a-aus-9\t1", "E0522"),
        ("content/releases/2026-01-10.txt", "First edition", "Final edition", "E0523"),
        ("content/releases/2026-03-10.txt", "date 2026-03-10", "date 2026-03-11", "E0523"),
    ];
    let copy = copied();
    for (path, from, to, code) in planted {
        let before = spoil(copy.path(), path, from, to);
        let told = refused(copy.path(), &["check"]);
        assert!(told.contains(&format!("error[{code}]")), "{path}: {told}");
        write(copy.path(), path, &before);
    }
}

#[test]
fn a_wording_that_is_not_kept_is_told_at_its_line_of_the_release() {
    let copy = copied();
    spoil(copy.path(), "content/versions/a-64.tsv", "讲习班", "学习班");
    let told = refused(copy.path(), &["check"]);
    let manifest = read(copy.path(), "content/releases/2026-01-10.txt");
    let is_of_record = |line: &str| line.split(' ').any(|word| word == "a-64-1a-aus-2");
    let line = 1 + manifest.lines().position(is_of_record).unwrap();
    for words in ["version 1 of `a-64-1a-aus-2` is not kept", &format!("content/releases/2026-01-10.txt:{line}:1")] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn a_change_without_a_release_is_a_note_and_has_a_page_of_what_stood_before() {
    let copy = copied();
    let correction = "\n[[correction]]\nrecord = \"a-64-1a-fra-2\"\nfield = \"state\"\nprinted = \"FRA\"\n\
                      corrected = \"DEU\"\nwhy = \"It was Germany\"\n";
    let corrections = read(copy.path(), "content/corrections/a-64.toml") + correction;
    write(copy.path(), "content/corrections/a-64.toml", &corrections);
    let told = done(copy.path(), &["build", "--strict"]);
    assert!(told.contains("note[W0524]: 1 record says something else"), "{told}");
    let page = read(copy.path(), "public/en/records/a-64-1a-fra-2/v1/index.html");
    assert!(page.contains("<td>France</td><td>Germany</td>") && page.contains("not part of any edition yet"), "{page}");
    done(copy.path(), &["verify", "public"]);
    let released = done(copy.path(), &["release", "--date", "2026-04-10"]);
    assert!(released.contains("1 wording kept anew"), "{released}");
    assert!(!done(copy.path(), &["build"]).contains("W0524"));
    assert!(read(copy.path(), "public/en/records/a-64-1a-fra-2/v1/index.html").contains("It was Germany"));
}

#[test]
fn a_release_that_does_not_fit_writes_nothing() {
    let copy = copied();
    let told = refused(copy.path(), &["release", "--date", "2026-03-10"]);
    assert!(told.contains("error[E0517]: the edition of 2026-03-10 was released already"), "{told}");
    assert_eq!(run(copy.path(), &["release"]).status.code(), Some(2));
    assert_eq!(run(copy.path(), &["release", "--date", "2026-02-30"]).status.code(), Some(2));
    let report = read(copy.path(), "content/reports/a-64.txt");
    write(copy.path(), "content/reports/a-64.txt", &(report + "德国\t2008年12月\t德国发表声明。\t\n"));
    let told = refused(copy.path(), &["release", "--date", "2026-04-10"]);
    assert!(told.contains("E0517") && told.contains("`a-64-1a-deu-1`"), "{told}");
    assert_eq!(fs::read_dir(copy.path().join("content/releases")).unwrap().count(), 3);
}
