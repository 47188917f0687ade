//! The pages of this repository's own site: that they are there, say what they must, and hold nothing they must not.

#![allow(clippy::unwrap_used)]

use crate::built::Built;
use crate::folder::{copy_site, repository};
use std::collections::BTreeSet;
use std::fs;
use tempfile::TempDir;

impl Built {
    fn page(&self, path: &str) -> String {
        fs::read_to_string(self.path(path).join("index.html")).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn folders(&self, path: &str) -> BTreeSet<String> {
        let entries = fs::read_dir(self.path(path)).unwrap().map(|entry| entry.unwrap());
        let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
        folders.map(|entry| entry.file_name().into_string().unwrap()).collect()
    }
}

#[test]
fn every_kind_of_page_is_there_in_both_languages() {
    let site = Built::new(repository(), None);
    for language in ["", "en/"] {
        let lists = ["reports", "states", "years", "periods", "resolutions", "documents", "meetings", "sections"];
        for page in lists.into_iter().chain([
            "annex-2",
            "about",
            "method",
            "how-to-cite",
            "permanence",
            "compare",
            "search",
            ".",
        ]) {
            assert!(site.page(&format!("{language}{page}")).starts_with("<!doctype html>"), "{language}{page}");
        }
        assert_eq!(site.folders(&format!("{language}states")).len(), 197);
    }
    assert!(site.path("404.html").is_file());
    every_record_can_be_found(&site);
    no_page_reaches_out(&site);
}

/// A record has its page, an anchor in its report's edition, and a piece of the source that leads to it.
fn every_record_can_be_found(site: &Built) {
    let pages = site.folders("records");
    for report in site.folders("reports") {
        let (edition, source) =
            (site.page(&format!("reports/{report}")), site.page(&format!("reports/{report}/source")));
        for record in site.records().iter().filter(|record| record["report"] == *report) {
            let id = record["id"].as_str().unwrap();
            assert!(pages.contains(id), "{id}");
            assert!(edition.contains(&format!("id=\"{id}\"")), "{id}");
            assert!(source.contains(&format!("records/{id}/index.html")), "{id}");
        }
    }
}

/// Nothing is loaded from elsewhere, and nothing absolute is written while the site's address is unknown.
fn no_page_reaches_out(site: &Built) {
    for page in ["", "states/jpn", "reports/a-63-ctbt", "resolutions/a-res-62-59"] {
        let page = site.page(page);
        assert!(!page.contains("src=http") && !page.contains("src=\"http"));
        assert!(!page.contains("canonical") && !page.contains("integrity"));
    }
}

#[test]
fn what_is_not_printed_says_so_in_words() {
    let site = Built::new(repository(), None);
    let labels = [
        ("state_basis", "inferred", "国家系推定"),
        ("state_basis", "corrected", "已校订"),
        ("date_basis", "missing", "日期缺失"),
        ("date_basis", "partial", "日期不全"),
        ("date_basis", "typo", "日期疑误"),
    ];
    for (field, value, words) in labels {
        let records = site.records();
        let record = records.iter().find(|record| record[field] == value).unwrap();
        let page = site.page(&format!("records/{}", record["id"].as_str().unwrap()));
        assert!(page.contains(words), "{value}: {}", record["id"]);
    }
    assert!(site.page("reports/a-63-ctbt").contains("源文件未印文号"));
    assert!(site.page("en/reports/a-63-ctbt").contains("symbol not printed in the source"));
}

/// A resolution that texts cite by a shorter symbol than the table's has one page, which gives both.
#[test]
fn one_resolution_has_one_page() {
    let site = Built::new(repository(), None);
    assert!(!site.page("resolutions").contains("ag-res-2533-xl-o-10"));
    let page = site.page("resolutions/ag-res-2533");
    assert!(page.contains("AG/RES.2533(XL-O/10)"), "{page}");
    assert!(page.contains("../../records/"), "{page}");
}

/// The contract gives a rule's reason in plain English, each page in its own language.
#[test]
fn reasons_of_rules_are_in_the_language_of_the_page() {
    let site = Built::new(repository(), None);
    let is_moved = |record: &&serde_json::Value| record["state_basis"] == "corrected";
    let records = site.records();
    let record = records.iter().find(is_moved).unwrap();
    assert!(record["corrections"][0]["why"].as_str().unwrap().starts_with("the name is printed one row too high"));
    let id = record["id"].as_str().unwrap();
    assert!(site.page(&format!("records/{id}")).contains("国名印高了一行"));
    assert!(site.page(&format!("en/records/{id}")).contains("The name is printed one row too high"));
}

/// What only a footnote or the front matter names is linked, and has a page that leads back.
#[test]
fn front_matter_and_footnotes_are_linked_both_ways() {
    let site = Built::new(repository(), None);
    let edition = site.page("reports/a-63-ctbt");
    assert!(edition.contains("../../documents/a-63-50/index.html"));
    assert!(edition.contains("id=\"para_1\"") && edition.contains("id=\"fn-u2a\""));
    assert!(site.page("documents/a-63-50").contains("../../reports/a-63-ctbt/index.html#fn-u2a"));
    assert!(site.page("resolutions/a-res-62-59").contains("../../reports/a-63-ctbt/index.html#para_1"));
    let footnote = site.page("records/a-63-ctbt-1a-fra-2");
    assert!(footnote.split("<aside").nth(1).is_some_and(|note| note.contains("../../states/col/index.html")));
}

#[test]
fn an_address_gives_canonical_links_and_languages() {
    let site = Built::new(repository(), Some("https://example.org/archive/"));
    let page = site.page("en/states/jpn");
    assert!(page.contains("https://example.org/archive/en/states/jpn/"), "{page}");
    assert!(page.contains("hreflang=\"zh-Hans\""));
    let lost = fs::read_to_string(site.path("404.html")).unwrap();
    assert!(lost.contains("https://example.org/archive/site.css"));
    assert!(lost.contains("没有这一页") && lost.contains("There is no such page"), "{lost}");
    assert!(lost.contains("https://example.org/archive/en/index.html"), "{lost}");
    assert!(!lost.contains("href=\"../") && !lost.contains("href=../"), "{lost}");
}

#[test]
fn text_of_a_report_is_never_markup() {
    let root = TempDir::new().unwrap();
    copy_site(root.path(), &["content/reference"]);
    let hostile = "一. 导言\n\n1. 本报告是依照大会要求提出的，其中写有<b>与&，还有{{ m.nav.home }}和[某](javascript:y)，大会请秘书长提出报告。\n\n2. 第二段说明各国为此作出的努力。\n";
    fs::write(root.path().join("content/reports/hostile.txt"), hostile).unwrap();
    let site = Built::new(root.path(), None);
    let page = site.page("reports/hostile");
    assert!(!page.contains("<b>") && page.contains("&lt;b&gt;"), "{page}");
    assert!(page.contains("m.nav.home") && page.contains("[某](javascript:y)"), "{page}");
}
