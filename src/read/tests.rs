//! A site is read whole, and what is wrong with one file does not hide another.

use super::*;
use crate::base::diagnostic::Place;

/// A site with the repository's settings, without the tables of the treaty, and with `files`.
fn site_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let settings = include_str!("../../site.toml");
    let (before, treaty_and_after) = settings.split_once("[treaty]").unwrap();
    let after = treaty_and_after.split_once("[sections.1a]").unwrap().1;
    let settings = format!("{before}[sections.1a]{after}");
    for (name, text) in [("site.toml", settings.as_str())].iter().chain(files) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn codes(files: &[(&str, &str)]) -> Vec<&'static str> {
    let folder = site_with(files);
    read(folder.path()).diagnostics.iter().map(|found| found.code).collect()
}

#[test]
fn the_repository_is_read_without_fault() {
    let reading = read(Path::new("."));
    assert_eq!(reading.diagnostics, []);
    let (_, inputs) = reading.site.unwrap();
    let ids: Vec<&str> = inputs.reports.iter().map(|report| report.id.0.as_str()).collect();
    assert_eq!(ids, ["a-63-ctbt", "a-64-ctbt", "a-65-137", "a-66-ctbt", "npt-conf-2010-pc-i-wp-78"]);
    assert_eq!(inputs.reports[2].meta.symbol.as_deref(), Some("A/65/137"));
    assert!(inputs.reports.iter().enumerate().all(|(index, report)| report.source.id.0 == index));
}

#[test]
fn a_report_needs_no_meta_and_meta_needs_a_report() {
    assert_eq!(codes(&[("content/reports/a.txt", "文")]), Vec::<&str>::new());
    assert_eq!(codes(&[("content/reports/a.toml", "")]), [code::META_WITHOUT_REPORT]);
}

#[test]
fn ids_are_unique_whatever_their_case() {
    let found = codes(&[("content/reports/A.txt", "文"), ("content/reports/a.txt", "文")]);
    assert_eq!(found, [code::BAD_NAME, code::TWO_FILES_ONE_ID]);
    assert_eq!(codes(&[("content/reports/a b.txt", "文")]), [code::BAD_NAME]);
}

#[test]
fn empty_blank_and_binary_texts_are_refused() {
    for (text, expected) in [("", code::EMPTY_FILE), ("\u{feff} \u{3000}\n", code::EMPTY_FILE), ("a\0", code::NOT_TEXT)]
    {
        assert_eq!(codes(&[("content/reports/a.txt", text)]), [expected], "{text:?}");
    }
}

#[test]
fn hidden_characters_are_told_with_their_place() {
    let folder = site_with(&[("content/reports/a.txt", "国\u{202e}家\u{c}\n")]);
    let found = read(folder.path()).diagnostics;
    assert_eq!(found[0].code, code::HIDDEN_CHARACTER);
    assert!(matches!(found[0].place, Some(Place::InSource(id, span)) if id.0 == 0 && span.start == 3));
}

#[test]
fn pages_corrections_and_static_files_are_checked() {
    let found = codes(&[
        ("content/pages/zh/about.md", "# 关于\n"),
        ("content/pages/about.md", "# About\n"),
        ("content/pages/en/about.md", "About\n"),
        ("content/corrections/none.toml", ""),
        ("static/Site.css", ""),
        ("content/reports/notes.pdf", ""),
    ]);
    assert_eq!(
        found,
        [
            code::PAGE_WITHOUT_LANGUAGE,
            code::PAGE_WITHOUT_TITLE,
            code::BAD_NAME,
            code::UNREAD_FILE,
            code::CORRECTION_WITHOUT_REPORT
        ]
    );
}

#[test]
fn a_table_that_the_settings_name_must_be_there() {
    let folder = site_with(&[]);
    std::fs::write(folder.path().join("site.toml"), include_str!("../../site.toml")).unwrap();
    let found = read(folder.path()).diagnostics;
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), [code::MISSING_TABLE]);
}

#[test]
fn no_site_is_an_error_with_a_hint() {
    let reading = read(Path::new("/nonexistent"));
    assert!(reading.site.is_none());
    assert_eq!(reading.diagnostics[0].code, code::UNREADABLE);
}

#[test]
fn ids_of_files_given_by_hand_are_unique_slugs() {
    let folder = site_with(&[("a/X Y.txt", "一"), ("b/x-y.txt", "二"), ("报告.txt", "三")]);
    let paths: Vec<_> = ["a/X Y.txt", "b/x-y.txt", "报告.txt", "none.txt"].map(|name| folder.path().join(name)).into();
    let (sources, diagnostics) = read_files(&paths);
    assert_eq!(diagnostics.len(), 1);
    let ids: Vec<String> = ids_from_names(&sources).into_iter().map(|id| id.0).collect();
    assert_eq!(ids[..2], ["x-y", "x-y-2"]);
    assert!(ids[2].starts_with("report-"));
}
