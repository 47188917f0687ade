//! What a person who publishes a site of their own does: begin it, change how it looks, build it, hand it on.

#![allow(clippy::unwrap_used)]

use crate::folder::copy_site;
use depositary::base::hash::sha256;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_depositary")).current_dir(folder).args(arguments).output().unwrap()
}

/// What the command says when all is well.
fn succeed(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {told}");
    told
}

/// What the command says when it refuses.
fn fail(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
    told
}

/// A new site.
fn new_site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    succeed(folder.path(), &["init", "."]);
    folder
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The site's settings with lines added under `[publish]`.
fn publish(folder: &TempDir, lines: &str) {
    let settings = read(folder, "site.toml");
    let (before, _) = settings.split_once("[publish]").unwrap();
    write(folder, "site.toml", &format!("{before}[publish]\n{lines}\n"));
}

#[test]
fn a_new_site_builds_at_once_and_has_records() {
    let folder = new_site();
    let told = succeed(folder.path(), &["build"]);
    assert!(!told.contains("warning"), "{told}");
    let states = read(&folder, "public/states/index.html");
    assert!(states.contains("aus/index.html") && states.contains("jpn/index.html"), "{states}");
    let records = read(&folder, "public/data/records.ndjson");
    assert!(records.lines().count() >= 10, "{records}");
    let report = read(&folder, "public/en/reports/a-64-ctbt-excerpt/index.html");
    assert!(report.contains("(excerpt)") && report.contains("ST/AI/189"), "{report}");
    assert!(folder.path().join("public/.nojekyll").is_file());
}

/// A new site's workflow takes the actions and the toolchain that this repository's own takes.
#[test]
fn a_new_site_is_published_as_this_one() {
    let own = include_str!("../../.github/workflows/pages.yml");
    let workflow = read(&new_site(), ".github/workflows/pages.yml");
    let taken = |line: &&str| line.contains("uses: ") || line.contains("toolchain install ");
    let taken: Vec<&str> =
        workflow.lines().filter(taken).map(|line| line.trim_start().trim_start_matches("- ")).collect();
    assert_eq!(taken.len(), 6, "{taken:?}");
    for line in taken {
        assert!(own.contains(line), "{line}");
    }
}

/// What the workflows hand to be attested has the form of `sha256sum`, and names the manifests and the whole site.
#[cfg(target_os = "linux")]
#[test]
fn the_hashes_to_be_attested_are_those_of_the_site() {
    let own = include_str!("../../.github/workflows/pages.yml");
    let folder = new_site();
    let workflow = read(&folder, ".github/workflows/pages.yml");
    let script = |workflow: &str| {
        let (_, rest) = workflow.split_once("id: sums\n        working-directory: public\n        run: |\n").unwrap();
        let lines = rest.lines().take_while(|line| line.starts_with("          "));
        lines.map(|line| line[10..].to_owned() + "\n").collect::<String>()
    };
    assert_eq!(script(own), script(&workflow));
    publish(&folder, "zip = true");
    succeed(folder.path(), &["ledger", "accept"]);
    succeed(folder.path(), &["release", "--date", "2026-07-30"]);
    succeed(folder.path(), &["build"]);
    let output = folder.path().join("output");
    let mut bash = Command::new("bash");
    bash.args(["-euo", "pipefail", "-c", &script(own)]).current_dir(folder.path().join("public"));
    assert!(bash.env("GITHUB_OUTPUT", &output).status().unwrap().success());
    let told = fs::read_to_string(output).unwrap();
    let sums = told.strip_prefix("sums<<end-of-sums\n").and_then(|rest| rest.strip_suffix("end-of-sums\n")).unwrap();
    let expected = [".depositary", "download/site.zip", "editions/2026-07-30/manifest.txt"]
        .map(|path| format!("{}  {path}", sha256(&fs::read(folder.path().join("public").join(path)).unwrap())));
    assert_eq!(sums.lines().collect::<Vec<_>>(), expected);
    let attest = own.split("  attest:\n").nth(1).and_then(|rest| rest.split("\n  deploy:").next()).unwrap();
    let permissions = attest.split("permissions:\n").nth(1).and_then(|rest| rest.split("    steps:").next()).unwrap();
    assert_eq!(permissions, "      id-token: write\n      attestations: write\n");
    assert!(!attest.contains("checkout"), "nothing of the site runs where hashes are signed");
}

#[test]
fn init_touches_no_folder_that_holds_anything() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/.hidden"), "x").unwrap();
    assert!(fail(folder.path(), &["init", "mine"]).contains("E0708"));
    assert!(fail(folder.path(), &["init", "mine/.hidden"]).contains("E0708"));
    assert_eq!(fs::read_dir(folder.path().join("mine")).unwrap().count(), 1);
    fs::create_dir_all(folder.path().join("cloned/.git")).unwrap();
    succeed(folder.path(), &["init", "cloned"]);
    succeed(folder.path(), &["init", "new/below"]);
    assert!(folder.path().join("new/below/site.toml").is_file());
}

#[test]
fn own_files_go_before_the_built_in_ones_file_by_file() {
    let folder = new_site();
    succeed(folder.path(), &["build", "--quiet"]);
    let before = read(&folder, "public/site.css");
    write(&folder, "templates/404.html", "{% extends \"base.html\" %}{% block body %}<p>OWN</p>{% endblock %}");
    write(&folder, "static/site.css", "body { color: teal }\n");
    write(&folder, "static/fonts/readme.txt", "mine\n");
    let words = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/messages/en.toml")).unwrap();
    write(&folder, "templates/messages/en.toml", &words.replace("title = \"Data\"", "title = \"OWN WORDS\""));
    succeed(folder.path(), &["build", "--quiet"]);
    assert!(read(&folder, "public/404.html").contains("OWN"));
    assert_ne!(read(&folder, "public/site.css"), before);
    assert_eq!(read(&folder, "public/fonts/readme.txt"), "mine\n");
    assert!(read(&folder, "public/en/data/index.html").contains("OWN WORDS"));
    assert!(read(&folder, "public/site.js").contains("use strict"));
}

#[test]
fn a_fault_names_the_own_file_or_says_that_it_is_built_in() {
    let folder = new_site();
    write(&folder, "templates/home.html", "{% if %}");
    let told = fail(folder.path(), &["check"]);
    assert!(told.contains("templates/home.html:1") && !told.contains("built in"), "{told}");
    fs::remove_file(folder.path().join("templates/home.html")).unwrap();
    // A page of the program that uses a piece which the own file no longer has.
    write(&folder, "templates/components.html", "{% component link(to) %}{% endcomponent %}");
    let told = fail(folder.path(), &["check"]);
    assert!(told.contains("E0601") && told.contains("(built in)"), "{told}");
}

/// The files of the archive at `path` with their contents, and the dates of all.
fn unpacked(path: &Path) -> (BTreeMap<String, Vec<u8>>, Vec<zip::DateTime>) {
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut dates = Vec::new();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        dates.extend(file.last_modified());
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    dates.dedup();
    (files, dates)
}

#[test]
fn the_whole_site_is_one_zip_that_is_the_same_every_time() {
    let folder = new_site();
    let archives = ["one", "two"].map(|output| {
        succeed(folder.path(), &["build", "--quiet", "--output", output]);
        fs::read(folder.path().join(output).join("download/site.zip")).unwrap()
    });
    assert!(archives[0] == archives[1]);
    let (files, dates) = unpacked(&folder.path().join("one/download/site.zip"));
    assert_eq!(dates, [zip::DateTime::DEFAULT]);
    assert!(!files.contains_key("site/download/site.zip"));
    let listed = read(&folder, "one/.depositary");
    let mut names: Vec<String> =
        listed.lines().skip(1).map(|line| format!("site/{}", line.split(' ').nth(2).unwrap())).collect();
    names.retain(|name| name != "site/download/site.zip");
    assert_eq!(files.keys().cloned().collect::<Vec<_>>(), {
        names.sort();
        names
    });
    for (name, bytes) in &files {
        assert_eq!(*bytes, fs::read(folder.path().join("one").join(name.strip_prefix("site/").unwrap())).unwrap());
    }
    for page in ["one/data/index.html", "one/en/states/index.html"] {
        assert!(read(&folder, page).contains("download/site.zip"), "{page}");
    }
}

#[test]
fn a_site_may_be_without_the_zip() {
    let folder = new_site();
    publish(&folder, "zip = false");
    succeed(folder.path(), &["build", "--quiet"]);
    assert!(!folder.path().join("public/download").exists());
    assert!(!read(&folder, "public/data/index.html").contains("site.zip"));
}

#[test]
fn the_size_is_told_and_a_site_over_the_limit_warned_of() {
    let folder = new_site();
    let told = succeed(folder.path(), &["build"]);
    assert!(told.contains("of the 1000.0 MB that may be published") && told.contains("largest: "), "{told}");
    assert!(told.lines().any(|line| line.starts_with("room for about ")), "{told}");
    let before = read(&folder, "public/.depositary");
    publish(&folder, "max_bytes = 1000");
    for command in ["build", "check"] {
        let told = succeed(folder.path(), &[command]);
        assert!(told.contains("warning[W0709]") && told.contains("1000 at most"), "{told}");
        assert!(fail(folder.path(), &[command, "--strict"]).contains("error[W0709]"));
    }
    // What `--strict` refuses is not published.
    assert_ne!(read(&folder, "public/.depositary"), before);
    let published = read(&folder, "public/.depositary");
    write(&folder, "static/more.txt", "more\n");
    fail(folder.path(), &["build", "--strict"]);
    assert_eq!(read(&folder, "public/.depositary"), published);
}

#[test]
fn a_published_folder_is_held_against_what_was_built() {
    let folder = new_site();
    succeed(folder.path(), &["build"]);
    assert!(succeed(folder.path(), &["verify", "public"]).contains("all as they were built"));
    write(&folder, "public/index.html", "changed");
    fs::remove_file(folder.path().join("public/states/index.html")).unwrap();
    write(&folder, "public/more.txt", "added");
    let told = fail(folder.path(), &["verify", "public"]);
    for line in ["E0710]: this is not what was built", "E0711]: a file of the site", "E0712]: no build made"] {
        assert_eq!(told.matches(line).count(), 1, "{line}\n{told}");
    }
    for path in ["index.html", "states/index.html", "more.txt"] {
        assert!(told.contains(path), "{path}\n{told}");
    }
    write(&folder, "public/.depositary", "depositary 1 unfinished\n");
    assert!(fail(folder.path(), &["verify", "public"]).contains("finished build"));
}

/// The command where Git keeps the site.
fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").current_dir(folder).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn two_branches_that_publish_the_same_and_more_merge() {
    let folder = new_site();
    let root = folder.path();
    let ledger = "content/ledger/addresses.tsv";
    let head = "id\tfingerprint\tstatus\tnow\tdate\treason\n";
    succeed(root, &["ledger", "accept"]);
    let before = read(&folder, ledger);
    assert!(before.contains(head), "{before}");
    git(root, &["init"]);
    git(root, &["add", "."]);
    git(root, &["commit", "-m", "site"]);
    let add = |branch: &str, own: &str| {
        git(root, &["checkout", "-b", branch, "main"]);
        let line = |id: &str| format!("{id}\t\twithdrawn\t\t\tboth branches\n");
        write(&folder, ledger, &format!("{before}{}{}", line(own), line("years/1901")));
        git(root, &["commit", "-am", branch]);
    };
    add("one", "years/1902");
    add("other", "years/1903");
    git(root, &["merge", "one"]);
    let merged = read(&folder, ledger);
    assert!(["1901", "1902", "1903"].iter().all(|year| merged.contains(year)), "{merged}");
    succeed(root, &["check"]);
}

#[test]
fn what_proves_whose_a_site_is_goes_into_it() {
    let folder = new_site();
    let files = [
        ("CNAME", "archive.example.org\n"),
        (".well-known/security.txt", "Contact: mailto:a@example.org\n"),
        ("google0123456789abcdef.html", "google-site-verification: google0123456789abcdef.html"),
        ("BingSiteAuth.xml", "<?xml version=\"1.0\"?>\n<users><user>0</user></users>\n"),
    ];
    files.iter().for_each(|(name, text)| write(&folder, &format!("static/{name}"), text));
    succeed(folder.path(), &["build", "--strict"]);
    for (name, text) in files {
        assert_eq!(read(&folder, &format!("public/{name}")), text);
    }
}

#[test]
fn what_is_not_the_builds_is_kept_or_the_build_refused() {
    let folder = new_site();
    fs::create_dir_all(folder.path().join("public/.git")).unwrap();
    write(&folder, "public/.git/HEAD", "ref: refs/heads/gh-pages\n");
    for _ in 0..2 {
        assert!(succeed(folder.path(), &["build"]).contains("kept, though no build made it: .git"));
        assert_eq!(read(&folder, "public/.git/HEAD"), "ref: refs/heads/gh-pages\n");
    }
    succeed(folder.path(), &["verify", "public"]);
    write(&folder, "public/letter.txt", "dear");
    assert!(fail(folder.path(), &["build"]).contains("move it to `static/letter.txt`"));
    assert_eq!(read(&folder, "public/letter.txt"), "dear");
}

/// How many activities each State has in a long report: of six together more than the page of a resolution shows.
const ROWS_OF_A_STATE: usize = 25;

/// A report of activities in `session`: each of six States names China and votes for a resolution, and each activity
/// cites a resolution that no other does.
fn long_report(session: usize) -> String {
    let year = 1945 + session;
    let mut text = format!(
        "大会\n第{session}届会议\n暂定项目表* 项目 101\n\n全面禁止核试验条约\n\n秘书长的报告\n\n1. 本报告根据要求提出。\n\n附件\n\n\
         {year}年6月-{}年5月\n\n国家\t日期/期间\t活动和内容\t备注\n1. 双边\t\t\t\n1(a) 与附件 2 国家有关的活动\t\t\t\n",
        year + 1
    );
    for (state, name) in ["澳大利亚", "奥地利", "加拿大", "芬兰", "日本", "墨西哥"].into_iter().enumerate()
    {
        for row in 0..ROWS_OF_A_STATE {
            let (number, name_cell) = (state * ROWS_OF_A_STATE + row + 1, if row == 0 { name } else { "" });
            text.push_str(&format!(
                "{name_cell}\t{year}年7月\t{name}投票支持第62/59号决议，敦促中国批准《条约》。大会通过了第{session}/{number}号决议。\t\n"
            ));
        }
    }
    text
}

/// Editions aside, which are as long as their reports.
#[test]
fn no_page_grows_with_the_archive() {
    let folder = tempfile::tempdir().unwrap();
    copy_site(folder.path(), &["content/reference", "content/pages"]);
    for session in 50..74 {
        write(&folder, &format!("content/reports/a-{session}-101.txt"), &long_report(session));
    }
    succeed(folder.path(), &["build", "--quiet"]);
    let public = folder.path().join("public");
    let n_records = read(&folder, "public/data/records.ndjson").lines().count();
    assert_eq!(n_records, 24 * 6 * ROWS_OF_A_STATE);
    for long in ["states/jpn", "states/chn", "resolutions/a-res-62-59", "resolutions"] {
        let page = read(&folder, &format!("public/{long}/index.html"));
        let parts = fs::read_dir(public.join(long)).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
        assert!(parts.count() > 1 && page.contains("最新的") != (long == "resolutions"), "{long} leaves nothing out");
    }
    // The oldest report that a list leaves out, and of the newest what is too much.
    let lists = [
        ("states/jpn", 100, vec!["a-50-101/index.html?state=JPN#a-50-101-1a-jpn-1"]),
        ("sections/1a", 300, vec!["a-50-101/index.html?section=1a#a-50-101-1a-aus-1"]),
        (
            "resolutions/a-res-62-59",
            120,
            vec!["a-50-101/index.html#a-50-101-1a-aus-1", "a-73-101/index.html#a-73-101-1a-jpn-21"],
        ),
    ];
    for (key, n_lines, links) in lists {
        let page = read(&folder, &format!("public/{key}/index.html"));
        assert_eq!(page.matches("<article").count(), n_lines, "{key}");
        assert!(
            ["in-a-50-101", "in-a-73-101"].iter().all(|anchor| page.contains(&format!("id=\"{anchor}\""))),
            "{key}"
        );
        for link in links {
            assert!(page.contains(&format!("href=\"../../reports/{link}\"")), "{key}: {link}");
        }
    }
    let said = read(&folder, "public/states/jpn/index.html");
    assert!(said.contains("states/jpn/said-a-50-101/index.html"));
    let mentioned = read(&folder, "public/states/chn/mentioned-a-50-101/index.html");
    assert_eq!(mentioned.matches("<li data-facets").count(), 6 * ROWS_OF_A_STATE);
    let pages = walkdir::WalkDir::new(&public).into_iter().map(|entry| entry.unwrap());
    let pages = pages.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "html"));
    let is_edition = |path: &Path| path.components().any(|part| part.as_os_str() == "reports");
    let long = pages.filter(|entry| entry.metadata().unwrap().len() > 300_000 && !is_edition(entry.path()));
    let long: Vec<_> = long.map(|entry| (entry.metadata().unwrap().len(), entry.into_path())).collect();
    assert!(long.is_empty(), "{long:?}");
}

/// Every file below `folder` with its bytes.
fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

/// Each line of a manifest of a bag, and what it says of: the hash of each file that `is_listed`.
fn check_manifest(bag: &BTreeMap<String, Vec<u8>>, manifest: &str, is_listed: impl Fn(&str) -> bool) {
    let listed = String::from_utf8(bag[manifest].clone()).unwrap();
    let hashes = bag.iter().filter(|(name, _)| is_listed(name));
    let expected: String = hashes.map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect();
    assert!(!expected.is_empty() && listed == expected, "{manifest}: {listed}");
}

#[test]
fn a_bag_holds_what_the_site_is_built_from_and_the_built_site() {
    let folder = new_site();
    publish(&folder, "date = \"2026-07-30\"\ndoi = \"10.5072/sample.1\"\nark = \"ark:/99999/fk4sample\"");
    write(&folder, "content/50%.txt", "a name with a sign that manifests encode");
    succeed(folder.path(), &["build"]);
    let told = succeed(folder.path(), &["bag", "first", "--built", "public"]);
    succeed(folder.path(), &["bag", "second", "--built", "public"]);
    let bag = files_below(&folder.path().join("first"));
    assert_eq!(bag, files_below(&folder.path().join("second")));
    assert_eq!(bag["bagit.txt"], b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let payload: Vec<&Vec<u8>> =
        bag.iter().filter(|(name, _)| name.starts_with("data/")).map(|(_, bytes)| bytes).collect();
    assert!(told.starts_with(&format!("{} files", payload.len())), "{told}");
    let n_bytes: usize = payload.iter().map(|bytes| bytes.len()).sum();
    let expected = format!(
        "Source-Organization: My Archive of Reports\nExternal-Description: A citable archive of reports: which State did \
         what, when, and where that is written.\nBagging-Date: 2026-07-30\n\
         Bag-Software-Agent: depositary {}\nExternal-Identifier: 10.5072/sample.1\n\
         External-Identifier: ark:/99999/fk4sample\nPayload-Oxum: {n_bytes}.{}\n",
        env!("CARGO_PKG_VERSION"),
        payload.len()
    );
    assert_eq!(String::from_utf8(bag["bag-info.txt"].clone()).unwrap(), expected);
    let without_names = |bag: &BTreeMap<String, Vec<u8>>| {
        let named = |(name, bytes): (&String, &Vec<u8>)| (name.replace('%', "%25"), bytes.clone());
        bag.iter().map(named).collect::<BTreeMap<_, _>>()
    };
    check_manifest(&without_names(&bag), "manifest-sha256.txt", |name| name.starts_with("data/"));
    check_manifest(&bag, "tagmanifest-sha256.txt", |name| !name.contains('/') && !name.starts_with("tag"));
    for name in ["data/site.toml", "data/content/reports/a-64-ctbt-excerpt.txt", "data/public/.depositary"] {
        assert_eq!(bag[name], fs::read(folder.path().join(name.strip_prefix("data/").unwrap())).unwrap(), "{name}");
    }
    let refused = fail(folder.path(), &["bag", "first"]);
    assert!(refused.contains("E0707"), "{refused}");
    write(&folder, "public/robots.txt", "changed");
    let refused = fail(folder.path(), &["bag", "third", "--built", "public"]);
    assert!(refused.contains("this is not what was built") && !folder.path().join("third").exists(), "{refused}");
}

#[test]
fn identifiers_that_a_repository_gave_are_in_what_describes_the_archive() {
    let folder = new_site();
    publish(&folder, "doi = \"10.5072/sample.1\"\nark = \"ark:/99999/fk4sample\"");
    succeed(folder.path(), &["build"]);
    let citation = read(&folder, "public/data/CITATION.cff");
    assert!(citation.contains("\ndoi: \"10.5072/sample.1\"\n"), "{citation}");
    assert!(citation.contains("    value: \"ark:/99999/fk4sample\"\n"), "{citation}");
    let described = read(&folder, "public/data/datacite.json");
    assert!(described.contains("\"doi\": \"10.5072/sample.1\""), "{described}");
    assert!(described.contains("\"alternateIdentifier\": \"ark:/99999/fk4sample\""), "{described}");
    let described = read(&folder, "public/ro-crate-metadata.json");
    assert!(described.contains("https://doi.org/10.5072/sample.1"), "{described}");
}
