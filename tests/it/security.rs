//! Nothing let in: hostile content is planted in a small site, and what comes of it is judged by what a browser would
//! make of the pages, by what was said, and by what is on the disk.
//!
//! The inputs are data under `tests/security/`: texts (`payloads.toml`), names of files (`paths.toml`), editorial pages
//! (`pages.toml`). What takes long is run by `.ci/run`: `cargo test --test it -- security:: --ignored --nocapture`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use rayon::prelude::*;
use scraper::{Html, Node, Selector};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What content holds in its place when nothing is hostile.
const HARMLESS: &str = "harmless";

/// What stands outside the site and must not come in.
const SECRET: &str = "a secret of this machine";

/// Schemes that an address in a page may have.
const SCHEMES: [&str; 3] = ["https", "http", "mailto"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/security")
}

fn data<T: for<'de> Deserialize<'de>>(name: &str) -> T {
    toml::from_str(&fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

/// A site in a folder, with a secret beside it.
struct Place {
    folder: TempDir,
}

impl Place {
    /// The sound site with `payload` wherever content can hold text.
    fn new(payload: &str) -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(place.folder.path().join("secret.txt"), SECRET).unwrap();
        let from = folder().join("site");
        for entry in walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap).filter(|at| at.file_type().is_file())
        {
            let name = entry.path().strip_prefix(&from).unwrap().to_str().unwrap();
            let text = fs::read_to_string(entry.path()).unwrap();
            place.write(name, text.replace("PAYLOAD", &quoted(payload, name)));
        }
        place
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn run(&self, command: &str) -> Output {
        let mut process = Command::new(env!("CARGO_BIN_EXE_depositary"));
        process.args([command, "--root"]).arg(self.root()).current_dir(self.folder.path()).stdin(Stdio::null());
        process.output().unwrap()
    }

    /// Builds; fails unless that gives `status`, says every one of `said`, and touches nothing outside the output.
    fn build(&self, status: i32, said: &[&str]) -> Built {
        let before = listing(self.folder.path());
        let output = self.run("build");
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{told}");
        assert!(said.iter().all(|words| told.contains(words)), "{said:?} in {told}");
        let acts =
            |character: char| character.is_control() && !matches!(character, '\n' | '\t') || bidirectional(character);
        assert!(!told.contains(acts), "acts on the terminal: {told:?}");
        let mut after = listing(self.folder.path());
        // A build that is refused writes no output either.
        after.retain(|path| status != 0 || before.contains(path) || !is_output(path));
        assert_eq!(before, after, "files outside the output, or any after a refusal");
        Built { files: if status == 0 { files(&self.root().join("public")) } else { BTreeMap::new() }, told }
    }
}

/// Whether a build writes what is at `path`.
fn is_output(path: &str) -> bool {
    path == "site/public" || path.starts_with("site/public/")
}

fn bidirectional(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `payload` as it stands inside the quotes of such a file.
fn quoted(payload: &str, name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, "toml")) => {
            let json = serde_json::to_string(payload).unwrap();
            json[1..json.len() - 1].to_owned()
        }
        Some((_, "csv")) => payload.replace('"', "\"\""),
        _ => payload.to_owned(),
    }
}

/// Every path under `folder`, links and folders too.
fn listing(folder: &Path) -> BTreeSet<String> {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().map(Result::unwrap);
    entries.map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned()).collect()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |name: String| Some((fs::read(folder.join(&name)).ok()?, name));
    listing(folder).into_iter().filter_map(read).map(|(bytes, name)| (name, bytes)).collect()
}

/// A built site.
struct Built {
    files: BTreeMap<String, Vec<u8>>,
    told: String,
}

impl Built {
    fn text(&self, name: &str) -> &str {
        std::str::from_utf8(&self.files[name]).unwrap()
    }

    fn pages(&self) -> impl Iterator<Item = (&str, Html)> {
        let pages = self.files.keys().filter(|name| name.ends_with(".html"));
        pages.map(|name| (name.as_str(), Html::parse_document(self.text(name))))
    }

    /// Faults of any site: what no page may have, whatever its content.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, page) in self.pages() {
            faults.extend(page_faults(&page).into_iter().map(|fault| format!("{name}: {fault}")));
        }
        for (name, bytes) in &self.files {
            let text = String::from_utf8_lossy(bytes);
            let is_json = name.ends_with(".json") && serde_json::from_str::<serde_json::Value>(&text).is_err();
            let is_lines = name.ends_with(".ndjson")
                && text.lines().any(|line| serde_json::from_str::<serde_json::Value>(line).is_err());
            faults.extend((is_json || is_lines).then(|| format!("{name}: no JSON")));
            faults.extend(text.contains(SECRET).then(|| format!("{name}: has the secret")));
            let is_obeyed = (name.ends_with(".html") || name.ends_with(".js")) && text.contains(bidirectional);
            faults.extend(is_obeyed.then(|| format!("{name}: reorders text")));
            let formulas = if name.ends_with(".csv") { formulas(bytes) } else { Vec::new() };
            faults.extend(formulas.into_iter().map(|cell| format!("{name}: the cell {cell:?} is a formula")));
        }
        faults
    }
}

/// Cells that a spreadsheet would run.
fn formulas(bytes: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let cells: Vec<String> =
        reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    cells.into_iter().filter(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r'])).collect()
}

/// What no page may have.
fn page_faults(page: &Html) -> Vec<String> {
    let mut faults = Vec::new();
    for element in page.tree.nodes().filter_map(|node| node.value().as_element()) {
        for (name, value) in element.attrs() {
            let is_code = name.starts_with("on") || ["style", "srcdoc", "ping", "formaction"].contains(&name);
            faults.extend(is_code.then(|| format!("<{}> has `{name}`", element.name())));
            let is_address = ["href", "src", "action", "data", "poster", "xlink:href"].contains(&name);
            faults.extend((is_address && !is_sound(value)).then(|| format!("`{name}` leads to {value:?}")));
        }
        let is_source = element.attr("src").is_some_and(|source| !source.contains(':') && !source.starts_with("//"));
        let is_data = element.attr("type") == Some("application/ld+json");
        let is_stray = match element.name() {
            "script" => !is_source && !is_data,
            "iframe" | "object" | "embed" | "base" | "style" | "img" | "frame" | "applet" | "textarea" => true,
            _ => false,
        };
        faults.extend(is_stray.then(|| format!("has {element:?}")));
    }
    let policies = page.select(&Selector::parse("head > meta[http-equiv='Content-Security-Policy']").unwrap()).count();
    faults.extend((policies != 1).then(|| format!("{policies} policies")));
    for data in page.select(&Selector::parse("script[type='application/ld+json']").unwrap()) {
        let json = data.text().collect::<String>();
        faults.extend(serde_json::from_str::<serde_json::Value>(&json).is_err().then(|| format!("bad data {json}")));
    }
    faults
}

fn is_sound(address: &str) -> bool {
    let head = address.split(['/', '?', '#']).next().unwrap();
    let scheme = head.split_once(':').map(|(scheme, _)| scheme);
    !address.starts_with("//")
        && !address.contains(['\\', '\n', '\t'])
        && scheme.is_none_or(|scheme| SCHEMES.contains(&scheme))
}

/// The elements of a page, each with the names of its attributes.
fn elements(page: &Html) -> BTreeSet<String> {
    let elements = page.tree.nodes().filter_map(|node| node.value().as_element());
    let described = |element: &scraper::node::Element| {
        let names: BTreeSet<&str> = element.attrs().map(|(name, _)| name).collect();
        format!("<{} {}>", element.name(), names.into_iter().collect::<Vec<_>>().join(" "))
    };
    elements.map(described).collect()
}

/// The text of a page, that of scripts apart, without its blanks, as reading a report may take them away.
fn text(page: &Html) -> String {
    let in_script = |parent: &Node| parent.as_element().is_some_and(|element| element.name() == "script");
    let shown = page.tree.nodes().filter(|node| !node.parent().is_some_and(|parent| in_script(parent.value())));
    let texts = shown.filter_map(|node| node.value().as_text().map(|text| text.to_string()));
    without_blanks(&texts.collect::<String>())
}

fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect()
}

#[derive(Deserialize)]
struct Payloads {
    payload: Vec<Payload>,
}

#[derive(Deserialize)]
struct Payload {
    text: String,
    shown: Option<String>,
}

#[test]
fn a_hostile_text_stays_text() {
    let harmless = Place::new(HARMLESS).build(0, &[]);
    assert_eq!(harmless.faults(), Vec::<String>::new());
    // A tab parts the cells of a table, so that the page of a record shows the words of its source.
    let parted = Place::new("harm\tless").build(0, &[]);
    let known: BTreeSet<String> =
        harmless.pages().chain(parted.pages()).flat_map(|(_, page)| elements(&page)).collect();
    let is_planted = |(name, page): (&str, Html)| text(&page).contains(HARMLESS).then(|| name.to_owned());
    let planted: Vec<String> = harmless.pages().filter_map(is_planted).collect();
    assert!(planted.len() > 20, "{planted:?}");
    let payloads = data::<Payloads>("payloads.toml").payload;
    let faults: Vec<String> = payloads.par_iter().flat_map(|payload| judged(payload, &known, &planted)).collect();
    println!("{} hostile texts, each shown as text on {} pages", payloads.len(), planted.len());
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with the site in which `payload` is planted: it must have no element that the harmless one has not, and
/// show the text where that shows its own.
fn judged(payload: &Payload, known: &BTreeSet<String>, planted: &[String]) -> Vec<String> {
    let built = Place::new(&payload.text).build(0, &[]);
    let mut faults = built.faults();
    let shown = without_blanks(payload.shown.as_ref().unwrap_or(&payload.text));
    for (name, page) in built.pages() {
        faults.extend(elements(&page).difference(known).map(|element| format!("{name}: has {element}")));
        let is_lost = planted.iter().any(|planted| planted == name) && !text(&page).contains(&shown);
        faults.extend(is_lost.then(|| format!("{name}: the text is not shown")));
    }
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_./".contains(letter);
    let strange = built.files.keys().filter(|name| !name.chars().all(is_plain) && !name.starts_with("data/"));
    faults.extend(strange.map(|name| format!("the file {name}")));
    faults.into_iter().map(|fault| format!("{:?}: {fault}", payload.text)).collect()
}

#[derive(Deserialize)]
struct Paths {
    case: Vec<PathCase>,
}

#[derive(Deserialize)]
struct PathCase {
    name: String,
    files: Vec<String>,
    said: Vec<String>,
}

#[test]
fn a_name_that_no_system_takes_is_refused() {
    for case in data::<Paths>("paths.toml").case {
        let place = Place::new(HARMLESS);
        for name in &case.files {
            place.write(&name.replace("LONG", &"a".repeat(240)), "# A\n\n1. 国。\n");
        }
        println!("{}", case.name);
        place.build(1, &case.said.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[derive(Deserialize)]
struct Pages {
    case: Vec<PageCase>,
}

#[derive(Deserialize)]
struct PageCase {
    markdown: String,
    said: Option<String>,
    refused: Option<String>,
    text: Option<String>,
}

#[test]
fn an_editorial_page_is_words_and_links() {
    for case in data::<Pages>("pages.toml").case {
        let place = Place::new(HARMLESS);
        place.write("content/pages/en/about.md", format!("# About\n\n{}\n", case.markdown));
        println!("{}", case.markdown);
        let Some(wanted) = case.text else {
            place.build(1, &[&case.refused.unwrap()]);
            continue;
        };
        let built = place.build(0, &[&case.said.unwrap_or_default()]);
        assert_eq!(built.faults(), Vec::<String>::new());
        let page = Html::parse_document(built.text("about/index.html"));
        assert!(text(&page).contains(&without_blanks(&wanted)), "{}", text(&page));
        let foreign = Selector::parse("main script, main b, main [onclick]").unwrap();
        assert_eq!(page.select(&foreign).count(), 0);
    }
}

#[test]
fn what_is_no_file_is_refused() {
    type Make<'a> = &'a dyn Fn(&Path);
    let link = |to: &'static str| move |path: &Path| symlink(to, path).unwrap();
    let makes: [(&str, Make<'_>); 8] = [
        ("a link to a file", &link("../../../secret.txt")),
        ("a link to a folder", &link("/etc")),
        ("a link to itself", &link(".")),
        ("a link in a loop", &link("../reports")),
        ("a link to nothing", &link("nowhere")),
        ("a pipe", &pipe),
        ("a socket", &socket),
        ("a link to a device", &link("/dev/zero")),
    ];
    let names = [
        "content/reports/x.txt",
        "content/reports/x.toml",
        "content/reports/x",
        "content/reference/votes.csv",
        "content/pages/en/x.md",
        "content/corrections/paragraphs.toml",
        "content/ledger/x.tsv",
        "static/x.css",
        "templates/x.html",
    ];
    for ((case, make), name) in makes.iter().flat_map(|make| names.iter().map(move |name| (make, name))) {
        let place = Place::new(HARMLESS);
        let path = place.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        make(&path);
        println!("{case}: {name}");
        place.build(1, &["error[E0102]", name]);
    }
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn socket(path: &Path) {
    // The name of a socket may have a hundred bytes, so it is made elsewhere and moved.
    let folder = tempfile::tempdir().unwrap();
    drop(UnixListener::bind(folder.path().join("s")).unwrap());
    fs::rename(folder.path().join("s"), path).unwrap();
}

#[test]
fn a_folder_of_the_site_that_is_a_link_or_a_file_is_refused() {
    let folders =
        ["content", "content/reports", "content/reference", "content/pages", "content/corrections", "content/ledger"];
    for name in folders.into_iter().chain(["templates", "static", "site.toml"]) {
        let place = Place::new(HARMLESS);
        let path = place.root().join(name);
        if path.exists() {
            fs::rename(&path, place.folder.path().join("elsewhere")).unwrap();
        }
        symlink(place.folder.path().join("elsewhere"), &path).unwrap();
        fs::create_dir_all(place.folder.path().join("elsewhere")).ok();
        println!("{name}");
        place.build(1, &["error[E0102]", "a symbolic link, which is not followed", name]);
        fs::remove_file(&path).unwrap();
        if name == "site.toml" {
            pipe(&path);
        } else {
            fs::write(&path, "").unwrap();
        }
        place.build(1, &["error[E0102]", name]);
    }
}

#[test]
fn a_folder_named_like_a_file_is_no_file() {
    let place = Place::new(HARMLESS);
    for name in ["content/reports/x.txt/y.txt", "content/pages/en/x.md/y.md", "static/x.css/y.css"] {
        place.write(name, "# A\n\n1. 国。\n");
    }
    // `x.md` is no part of an address, and a report lies in no folder below.
    place.build(1, &["E0106", "W0110", "content/reports/x.txt/y.txt"]);
}

#[test]
fn what_is_not_text_is_refused_with_its_place() {
    let texts: [(&[u8], &str); 7] = [
        (b"1. ab\0c\n", "0x00"),
        (b"1. d\xe9l\xe9gation \xe0 Gen\xe8ve, pr\xe9sent\xe9e\n", "E0104"),
        (b"1\0.\0 \0a\0", "0x00"),
        (b"1. \xc0\xafetc\xc0\xafpasswd \xe5\x9b\xbd\xe5\x9b\xbd\xe5\x9b\xbd\n", "0xc0"),
        (b"1. \xed\xa0\x80 \xe5\x9b\xbd\xe5\x9b\xbd\n", "0xed"),
        (b"\xff\xfe1\0\x00\xd8a\0", "E0104"),
        (b"", "E0105"),
    ];
    for (bytes, said) in texts {
        let place = Place::new(HARMLESS);
        place.write("content/reports/x.txt", bytes);
        println!("{bytes:?}");
        place.build(1, &["content/reports/x.txt", said]);
    }
    let place = Place::new(HARMLESS);
    place.write("content/reports/x.txt", "\u{feff}1. 本报告。\r\n2. 国。\r\n");
    let built = place.build(0, &[]);
    assert!(built.text("reports/x/index.html").contains("本报告"), "{}", built.told);
}

#[test]
fn ids_in_settings_and_data_are_no_paths() {
    let cases: [(&str, &str, &str, &str); 3] = [
        ("content/reference/events.csv", "talks-1", "../../x", "error["),
        ("content/reference/states.csv", "AUT", "../", "error[E0306]"),
        ("site.toml", "languages = [\"en\"]", "languages = [\"../x\"]", "error[E0204]"),
    ];
    for (file, from, to, said) in cases {
        let place = Place::new(HARMLESS);
        let text = fs::read_to_string(place.root().join(file)).unwrap();
        place.write(file, text.replace(from, to));
        println!("{file}: {to}");
        place.build(1, &[said]);
    }
    // A symbol may have any letters; its address has only what an address may have.
    let place = Place::new(HARMLESS);
    let text = fs::read_to_string(place.root().join("content/reference/resolutions.csv")).unwrap();
    place.write("content/reference/resolutions.csv", text.replace("A/RES/61/104", "A/RES/../../x"));
    let built = place.build(0, &[]);
    assert_eq!(built.faults(), Vec::<String>::new());
    assert!(built.files.contains_key("resolutions/a-res-x/index.html"));
}

#[test]
fn a_template_that_asks_for_too_much_or_marks_text_as_safe_builds_nothing() {
    for (template, said) in [
        ("{{ no.such.thing }}", "E0601"),
        ("{% include '../site.toml' %}", "E0601"),
        ("{% include '/etc/passwd' %}", "E0601"),
        ("{{ get_env(name='HOME') }}", "E0601"),
        ("{{ load_data(path='/etc/passwd') }}", "E0601"),
        ("<p>no policy</p>", "E0714"),
        (
            "{% extends 'base.html' %}{% block scripts %}<script src=https://evil.example/x.js></script>{% endblock %}",
            "E0706",
        ),
        ("{% extends 'base.html' %}{% block body %}<p style='x'>{% endblock %}", "E0706"),
    ] {
        let place = Place::new(HARMLESS);
        place.write("templates/home.html", template);
        println!("{template}");
        place.build(1, &[said]);
    }
}

fn with(name: &str, text: &str) -> Place {
    let place = Place::new(HARMLESS);
    place.write(name, text);
    place
}

#[test]
#[ignore = "takes a minute; run by .ci/run"]
fn more_records_than_the_limit_are_refused() {
    let place =
        with("content/reports/x.txt", &(1..=100_001).map(|number| format!("{number}. 国。\n")).collect::<String>());
    place.build(1, &["error[E0505]", "100001 records in one report, where the limit is 100000"]);
}

#[test]
#[ignore = "needs 65 MB; run by .ci/run"]
fn a_file_over_its_limit_is_refused() {
    for (name, n_bytes) in [
        ("content/reports/x.txt", 64 << 20),
        ("content/reference/votes.csv", 64 << 20),
        ("content/pages/en/x.md", 4 << 20),
    ] {
        let place = Place::new(HARMLESS);
        place.write(name, vec![b'x'; n_bytes + 1]);
        place.build(1, &["error[E0103]", name]);
    }
}

#[test]
#[ignore = "writes forty thousand files; run by .ci/run"]
fn twenty_thousand_and_one_files_are_as_good_as_one() {
    let place = Place::new(HARMLESS);
    let names: Vec<String> = (0..20_001).map(|number| format!("many/{number}.txt")).collect();
    for name in &names {
        place.write(&format!("static/{name}"), name);
    }
    let built = place.build(0, &[]);
    assert!(names.iter().all(|name| built.files.get(name).is_some_and(|bytes| bytes == name.as_bytes())));
}
