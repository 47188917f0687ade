//! Runs the cases in `tests/cases/linkify`: each folder is a paper before (`in`) and after (`out`) its citations are
//! linked to an archive that has the documents of `archive.txt`; in a case whose name begins with `official`, the rest
//! leads to the official documents; in one that begins with `first`, only first mentions become links. With
//! `UPDATE_CASES=1` what is expected is written anew; look at what changed.

#![allow(clippy::unwrap_used)]

use depositary::base::path::slug;
use depositary::config::Config;
use depositary::linkify::{Form, Linked, Mentions, Target, linkify};
use depositary::model::citation::{Citation, Symbol};
use depositary::parse::citation::find_in_all_languages;
use std::fs;
use std::path::Path;

const FORMS: [Form; 4] = [Form::Markdown, Form::Html, Form::Latex, Form::Plain];

fn scan(text: &str) -> Vec<Citation> {
    find_in_all_languages(text)
}

fn page(symbol: &Symbol) -> Target {
    let url = format!("https://example.org/archive/{}/", slug(symbol.as_str()));
    Target { url, is_official: false }
}

/// Links to the documents of `archive.txt`, and in a case `official…` all others.
fn link(text: &str, form: Form, case: &str) -> Linked {
    let archive = fs::read_to_string("tests/cases/linkify/archive.txt").unwrap();
    let config = Config::neutral();
    let official = |symbol: &Symbol| {
        let url = config.official.address(symbol.as_str(), "en").filter(|_| case.starts_with("official"))?;
        Some(Target { url, is_official: true })
    };
    let target = |symbol: &Symbol| {
        let is_here = archive.lines().any(|line| line == symbol.as_str());
        if is_here { Some(page(symbol)) } else { official(symbol) }
    };
    let mentions = if case.starts_with("first") { Mentions::First } else { Mentions::Every };
    linkify(text, form, mentions, &scan, &target).unwrap()
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
        let (text, form) = (fs::read_to_string(&input).unwrap(), Form::of_name(name).unwrap());
        let case = folder.file_name().unwrap().to_str().unwrap();
        let linked = link(&text, form, case).text;
        let output = folder.join(name.replace("in.", "out."));
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&output, &linked).unwrap();
        }
        assert_eq!(linked, fs::read_to_string(&output).unwrap_or_default(), "{}", folder.display());
        assert_eq!(link(&linked, form, case).text, linked, "{}: second run", folder.display());
        n_cases += 1;
    }
    assert!(n_cases > 5, "the cases are missing");
}

/// Linking `text` changes nothing but that links come in, and linking twice is linking once.
fn check(text: &str, form: Form) {
    let target = |symbol: &Symbol| Some(page(symbol));
    let run = |text: &str, mentions| linkify(text, form, mentions, &scan, &target).unwrap();
    let first = run(text, Mentions::First).text;
    assert_eq!(run(&first, Mentions::First).text, first, "{form:?}, first mentions: {text}");
    let once = run(text, Mentions::Every);
    let twice = run(&once.text, Mentions::Every);
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
        "{{< x",
        ">}}",
        "&#8209;",
        "\"",
    ];
    for first in pieces {
        for second in pieces {
            for third in pieces {
                let text = format!("{first}{second}{third}{first}{second}");
                FORMS.into_iter().for_each(|form| drop(link(&text, form, "")));
                check(&text, Form::Plain);
            }
        }
    }
}

#[test]
fn what_is_no_notebook_is_refused() {
    for text in ["", "{}", "[1]", r#"{"worksheets": []}"#, r#"{"cells": [{"source": "A/RES/62/59"}]}"#, "A/RES/62/59"] {
        assert!(linkify(text, Form::Notebook, Mentions::Every, &scan, &|_| None).is_err(), "{text}");
    }
}

#[test]
fn forms_are_told_by_names() {
    assert_eq!(Form::of_name("a/b.MD"), Some(Form::Markdown));
    assert_eq!(Form::of_name("a.b/paper.tex"), Some(Form::Latex));
    assert_eq!(Form::of_name("page.HTM"), Some(Form::Html));
    assert_eq!(Form::of_name("paper.ipynb"), Some(Form::Notebook));
    assert_eq!(Form::of_name("a.b/notes"), Some(Form::Plain));
    assert_eq!(Form::of_name("paper.rst"), None);
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
