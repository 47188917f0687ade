//! What holds of a whole site whatever its texts say; see `tests/it/property.rs` on how cases are made.

#![allow(clippy::unwrap_used)]

use crate::property::config;
use depositary::base::progress::Silent;
use depositary::write::Files;
use depositary::{Request, build_in_memory};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use scraper::Html;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// What would be markup, script or template code if it were let.
const HOSTILE: [&str; 34] = [
    "<",
    ">",
    "\"",
    "'",
    "&",
    "`",
    "=",
    "/",
    "\\",
    "</title>",
    "</script>",
    "<script>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "&amp;",
    "&#60;",
    "javascript:",
    " onerror=",
    "\u{2028}",
    "\u{202e}",
    "\u{85}",
    "\u{1f4a3}",
    "\u{301}",
    ";",
    "#",
    "%3c",
    "甲",
];

/// A text that is one line and not blank at its ends.
fn hostile() -> impl Strategy<Value = String> {
    vec(select(&HOSTILE[..]), 1..8).prop_map(|pieces| format!("甲{}乙", pieces.concat()))
}

/// `words` with dots for signs that could be markup; letters stay, as they decide on languages and lengths.
fn plain(words: &str) -> String {
    words.chars().map(|character| if character.is_ascii_punctuation() { '·' } else { character }).collect()
}

/// The files of a small site that says `words` wherever content can say something.
fn site(words: &str) -> BTreeMap<String, String> {
    let settings = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/site.toml")).unwrap();
    let quoted = toml::Value::from(words).to_string();
    let keys = ["title", "title_en", "agenda_item", "issuer", "origin", "licence", "note"];
    let meta: String = keys.iter().map(|key| format!("{key} = {quoted}\n")).collect();
    let meta = meta + "symbol = \"A/62/1\"\n";
    let cell = format!("\"{}\"", words.replace('"', "\"\""));
    let head = "国家\t日期/期间\t活动和内容\t备注\n1(a) 与附件 2 国家有关的活动\t\t\t\n";
    let markdown: String = words
        .chars()
        .flat_map(|character| match character {
            other if other.is_ascii_punctuation() => vec!['\\', other],
            other => vec![other],
        })
        .collect();
    [
        ("site.toml", settings),
        ("content/reports/a-62-1.txt", format!("{head}奥地利\t2007年6月\t奥地利说{words}。\t{words}\n{words}\t{words}\t新西兰。\t\n")),
        ("content/reports/a-62-1.toml", meta),
        ("content/reports/a-62-2.txt", format!("1. 大会说{words}。\n\n2. {words}\n")),
        ("content/reference/states.csv", format!("iso3,un_status,en_short,zh_short\nAUT,member,{cell},奥地利\nNZL,member,New Zealand,新西兰\n")),
        ("content/reference/events.csv", format!("id,name_en,name_zh,place,venue,note\nmeeting-1,{cell},{cell},{cell},{cell},{cell}\n")),
        ("content/corrections/a-62-2.toml", format!("[[correction]]\nrecord = \"a-62-2-1\"\nfield = \"text\"\nprinted = \"大会\"\ncorrected = {quoted}\nwhy = {quoted}\n")),
        ("content/pages/zh/about.md", format!("# {markdown}\n\n{markdown}\n")),
    ].map(|(path, text)| (path.to_owned(), text)).into()
}

/// Writes `files` in the order given.
fn written<'a>(files: impl Iterator<Item = (&'a String, &'a String)>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn built(folder: &Path) -> Files {
    let request = Request { root: folder.to_owned(), base_url: None, is_strict: false };
    let run = build_in_memory(&request, &Silent).unwrap();
    run.product.unwrap_or_else(|| panic!("{:#?}", run.diagnostics))
}

/// The elements of a page with the names of their attributes, in order.
fn skeleton(page: &[u8]) -> (Vec<String>, Vec<String>) {
    let page = Html::parse_document(std::str::from_utf8(page).unwrap());
    let element = |element: scraper::ElementRef<'_>| {
        let names: Vec<&str> = element.value().attrs().map(|(name, _)| name).collect();
        format!("{} {}", element.value().name(), names.join(" "))
    };
    let errors = page.errors.iter().map(ToString::to_string).collect();
    (page.root_element().descendent_elements().map(element).collect(), errors)
}

proptest! {
    #![proptest_config(config(6, "tests/site_property.regressions"))]

    /// Hostile words give the elements and attributes that plain ones give, on every page.
    #[test]
    fn words_never_become_elements(words in hostile()) {
        let (expected_site, hostile) = (built(written(site(&plain(&words)).iter()).path()), built(written(site(&words).iter()).path()));
        // How many files of a kind the search is divided into depends on how many words there are.
        let named = |site: &Files| -> BTreeSet<String> {
            let kind = |path: &String| match path.strip_prefix("search/") {
                Some(name) => format!("search/{}", name.replace(|digit: char| digit.is_ascii_digit(), "")),
                None => path.clone(),
            };
            site.keys().map(kind).collect()
        };
        prop_assert_eq!(named(&expected_site), named(&hostile));
        for (path, page) in hostile.iter().filter(|(path, _)| path.ends_with(".html")) {
            let (expected, _) = skeleton(&expected_site[path]);
            let (found, errors) = skeleton(page);
            let differing = found.iter().zip(&expected).find(|(found, expected)| found != expected);
            prop_assert!(found == expected, "{}: {:?} of {} and {}", path, differing, found.len(), expected.len());
            prop_assert!(errors.is_empty(), "{}: {:?}", path, errors);
        }
        for (path, file) in hostile.iter().filter(|(path, _)| path.ends_with(".json")) {
            prop_assert!(serde_json::from_slice::<serde_json::Value>(file).is_ok(), "{}", path);
        }
    }

    /// Neither the order in which files were made nor the number of threads changes a byte.
    #[test]
    fn order_and_threads_change_no_byte(words in hostile(), n_threads in 2_usize..6) {
        let files = site(&words);
        let (one, other) = (written(files.iter()), written(files.iter().rev()));
        let with = |n_threads: usize, folder: &Path| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
            pool.install(|| built(folder))
        };
        let (one, other) = (with(1, one.path()), with(n_threads, other.path()));
        let differing: Vec<&String> = one.iter().filter(|(path, bytes)| other.get(*path) != Some(*bytes)).map(|(path, _)| path).collect();
        prop_assert!(differing.is_empty() && one.len() == other.len(), "{:?}", differing);
    }
}
