//! Runs the cases in `tests/cases/linkify`: each folder is a paper before (`in`) and after (`out`) its citations are
//! linked to an archive that has the documents of `archive.txt`; in a case whose name begins with `official`, the rest
//! leads to the official documents. With `UPDATE_CASES=1` what is expected is written anew; look at what changed.

#![allow(clippy::unwrap_used)]

use depositary::base::path::slug;
use depositary::config::Config;
use depositary::linkify::{Form, Linked, Target, linkify};
use depositary::model::citation::{Citation, Symbol};
use depositary::parse::citation::find;
use depositary::parse::lexicon::citation::CitationWords;
use std::fs;
use std::path::Path;

const FORMS: [Form; 3] = [Form::Markdown, Form::Latex, Form::Plain];

fn scan(text: &str) -> Vec<Citation> {
    find(text, CitationWords::for_text(text))
}

fn page(symbol: &Symbol) -> Target {
    let url = format!("https://example.org/archive/{}/", slug(symbol.as_str()));
    Target { url, is_official: false }
}

/// Links to the documents of `archive.txt`, and with `is_official` all others.
fn link(text: &str, form: Form, is_official: bool) -> Linked {
    let archive = fs::read_to_string("tests/cases/linkify/archive.txt").unwrap();
    let config = Config::built_in().unwrap();
    let official = |symbol: &Symbol| {
        let url = config.official.address(symbol.as_str(), "en").filter(|_| is_official)?;
        Some(Target { url, is_official: true })
    };
    let target = |symbol: &Symbol| {
        let is_here = archive.lines().any(|line| line == symbol.as_str());
        if is_here { Some(page(symbol)) } else { official(symbol) }
    };
    linkify(text, form, &scan, &target)
}

/// The file in a folder whose name is `stem` with any ending.
fn file(folder: &Path, stem: &str) -> Option<std::path::PathBuf> {
    let mut entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.find(|path| path.file_stem().is_some_and(|found| found == stem))
}

#[test]
fn links_what_each_case_expects_and_nothing_twice() {
    let mut n_cases = 0;
    for folder in crate::support::case_files("linkify").unwrap().into_iter().filter(|path| path.is_dir()) {
        let input = file(&folder, "in").unwrap();
        let name = input.file_name().unwrap().to_str().unwrap();
        let (text, form) = (fs::read_to_string(&input).unwrap(), Form::of_name(name));
        let is_official = folder.file_name().unwrap().to_str().unwrap().starts_with("official");
        let linked = link(&text, form, is_official).text;
        let output = folder.join(name.replace("in.", "out."));
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&output, &linked).unwrap();
        }
        assert_eq!(linked, fs::read_to_string(&output).unwrap_or_default(), "{}", folder.display());
        assert_eq!(link(&linked, form, is_official).text, linked, "{}: second run", folder.display());
        n_cases += 1;
    }
    assert!(n_cases > 5, "the cases are missing");
}

/// Linking `text` changes nothing but that links come in, and linking twice is linking once.
fn check(text: &str, form: Form) {
    let target = |symbol: &Symbol| Some(page(symbol));
    let once = linkify(text, form, &scan, &target);
    let twice = linkify(&once.text, form, &scan, &target);
    assert_eq!(once.text, twice.text, "{form:?}: {text}");
    let mut end = 0;
    for hit in &once.hits {
        assert!(hit.range.start >= end && text.get(hit.range.clone()).is_some(), "{form:?}: {text}");
        end = hit.range.end;
    }
}

#[test]
fn second_run_changes_nothing_whatever_the_text() {
    for path in crate::support::case_files("citation").unwrap() {
        let cases: toml::Value = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for case in cases["case"].as_array().unwrap() {
            let text = case["text"].as_str().unwrap();
            FORMS.into_iter().for_each(|form| check(text, form));
        }
    }
    for report in fs::read_dir("content/reports").unwrap().map(|entry| entry.unwrap().path()) {
        let text = fs::read_to_string(report).unwrap();
        FORMS.into_iter().for_each(|form| check(&text, form));
    }
}

#[test]
fn survives_halves_of_markup() {
    let pieces = [
        "A/RES/62/59",
        "\\",
        "{",
        "}",
        "[",
        "](",
        "$",
        "%",
        "\n",
        "\n\n",
        "`",
        "<a>",
        "<",
        ">",
        "http://",
        "\\verb",
        "\\begin{verbatim}",
        "\\href{",
        "\\footnote{",
        "决议",
        "第62/59号",
        "---\n",
        "~",
        "|",
        "resolution 62/59",
    ];
    for first in pieces {
        for second in pieces {
            for third in pieces {
                let text = format!("{first}{second}{third}{first}{second}");
                FORMS.into_iter().for_each(|form| drop(link(&text, form, false)));
                check(&text, Form::Plain);
            }
        }
    }
}

#[test]
fn forms_are_told_by_names() {
    assert_eq!(Form::of_name("a/b.MD"), Form::Markdown);
    assert_eq!(Form::of_name("a.b/paper.tex"), Form::Latex);
    assert_eq!(Form::of_name("notes"), Form::Plain);
}

#[test]
fn the_command_writes_once() {
    let folder = tempfile::tempdir().unwrap();
    let paper = folder.path().join("paper.md");
    fs::write(&paper, "See A/RES/62/59, `A/RES/62/59` and A/70/1.\n").unwrap();
    let run = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_depositary"));
        let arguments = ["--quiet", "linkify", "--write", "--base-url", "https://example.org/archive/"];
        let output = command.args(arguments).arg(&paper).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (String::from_utf8(output.stdout).unwrap(), fs::read_to_string(&paper).unwrap())
    };
    let linked = "See [A/RES/62/59](https://example.org/archive/resolutions/a-res-62-59/), `A/RES/62/59` and A/70/1.\n";
    assert_eq!(run().1, linked);
    assert_eq!(run(), ("1:92\tA/70/1\tA/70/1\tnot in this archive\n".to_owned(), linked.to_owned()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
