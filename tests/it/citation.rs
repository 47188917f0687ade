//! Runs the cases in `tests/cases/citation`: each is a text and the citations to be found in it.

use depositary::model::citation::{Citation, CitationKind};
use depositary::parse::citation::{find, find_by_language, find_in_all_languages};
use depositary::parse::lexicon::citation::CitationWords;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A file of cases about one rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    language: String,
    #[serde(default)]
    reading: ReadingOf,
    case: Vec<Case>,
}

/// What is read of a text besides its own language.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ReadingOf {
    #[default]
    Nothing,
    /// Stretches that are clearly in another.
    Stretches,
    /// Those, and what a noun of any other claims; the text itself tells its language.
    AllLanguages,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    expected: Vec<Expected>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    text: String,
    symbol: String,
    is_document: bool,
    title: Option<String>,
}

fn case_files() -> Vec<(PathBuf, CaseFile)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/citation");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), read_cases(&path))).collect()
}

fn read_cases(path: &Path) -> CaseFile {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn describe(text: &str, citation: &Citation) -> Expected {
    Expected {
        text: text.get(citation.range.clone()).unwrap_or("not a part of the text").to_owned(),
        symbol: citation.symbol.to_string(),
        is_document: citation.kind == CitationKind::Document,
        title: citation.title.clone(),
    }
}

#[test]
fn finds_what_each_case_expects() {
    let files = case_files();
    assert!(files.len() > 5, "the cases are missing");
    let mut wrong = String::new();
    for (path, file) in &files {
        let words = CitationWords::by_language(&file.language);
        for case in &file.case {
            let found = match file.reading {
                ReadingOf::Nothing => find(&case.text, words),
                ReadingOf::Stretches => find_by_language(&case.text, words),
                ReadingOf::AllLanguages => find_in_all_languages(&case.text),
            };
            let found: Vec<Expected> = found.iter().map(|citation| describe(&case.text, citation)).collect();
            if found != case.expected {
                wrong += &format!("{}: {}: {found:#?}\n", path.display(), case.name);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Ranges lie in the text, on character boundaries, in order and without overlap.
fn check_ranges(text: &str) {
    for words in [CitationWords::zh(), CitationWords::en()] {
        let mut end = 0;
        for citation in find(text, words) {
            assert!(citation.range.start >= end && text.get(citation.range.clone()).is_some(), "{text}");
            end = citation.range.end;
        }
    }
}

#[test]
fn survives_every_prefix_and_suffix_of_the_cases() {
    for (_, file) in case_files() {
        for case in &file.case {
            for (position, _) in case.text.char_indices() {
                check_ranges(case.text.get(..position).unwrap_or(""));
                check_ranges(case.text.get(position..).unwrap_or(""));
            }
        }
    }
}

#[test]
fn survives_texts_of_separators_and_halves() {
    let pieces = [
        "第",
        "1/",
        "(",
        "2006",
        "）",
        "A/",
        "RES/",
        "-S/",
        "、",
        "号",
        "决议",
        "S-",
        "\n",
        " ",
        "题为“",
        "㈠",
        "[^",
        ".",
    ];
    for first in pieces {
        for second in pieces {
            for third in pieces {
                check_ranges(&format!("{first}{second}{third}{first}{second}"));
            }
        }
    }
}

#[test]
fn a_stretch_in_another_language_is_read_in_it() {
    let text = "The General Assembly, recalling its resolutions 62/59 and 63/87, requests the Secretary-General to report.\n\
        Rappelant aussi sa résolution 64/69 du 2 décembre 2009 sur la question et sur les essais,\n\
        回顾其第65/91号决议和安全理事会第1540(2004)号决议，请秘书长就该决议的执行情况提出报告。\n\
        ссылаясь на свою резолюцию 66/64 от 2 декабря 2011 года и другие свои резолюции по этому вопросу,\n\
        وإذ تشير إلى قرارها 67/76 المؤرخ 3 كانون الأول/ديسمبر 2012 في هذا الصدد،\n\
        Recordando también su resolución 68/68, de 5 de diciembre de 2013, sobre la cuestión de los ensayos.\n";
    let found = find_by_language(text, CitationWords::for_text(text));
    let symbols: Vec<&str> = found.iter().map(|citation| citation.symbol.as_str()).collect();
    let assembly =
        ["62/59", "63/87", "64/69", "65/91", "66/64", "67/76", "68/68"].map(|number| format!("A/RES/{number}"));
    let mut expected: Vec<&str> = assembly.iter().map(String::as_str).collect();
    expected.insert(4, "S/RES/1540(2004)");
    assert_eq!(symbols, expected);
}
