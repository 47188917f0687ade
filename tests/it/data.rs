//! The data files of this repository's own site, as far as they can be judged without tools of other languages;
//! `tests/data_package/` has those.

#![allow(clippy::unwrap_used)]

use crate::built::Built;
use crate::folder::{copy_site, repository};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use tempfile::TempDir;

impl Built {
    fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path)).unwrap()
    }

    /// Head and rows of a table.
    fn table(&self, name: &str) -> (Vec<String>, Vec<Vec<String>>) {
        let mut reader = csv::Reader::from_path(self.path(&format!("data/{name}.csv"))).unwrap();
        let head = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
        (head, rows.collect())
    }
}

#[test]
fn records_are_the_same_in_csv() {
    let site = Built::new(repository(), None);
    let (records, (head, rows)) = (site.records(), site.table("records"));
    assert_eq!(rows.len(), records.len());
    for (row, record) in rows.iter().zip(&records) {
        for field in ["id", "kind", "report", "text", "state", "date_edtf", "remarks", "number"] {
            let cell = &row[head.iter().position(|name| name == field).unwrap()];
            let value = record[field].as_str().unwrap_or_default();
            assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), value, "{}: {field}", record["id"]);
        }
    }
    every_field_has_a_column_and_a_description(&site, &records, &head);
    every_table_is_described(&site);
    files_of_the_root_are_there(&site);
}

fn every_field_has_a_column_and_a_description(site: &Built, records: &[Value], head: &[String]) {
    let schema = site.json("data/records.schema.json");
    let described = schema["properties"].as_object().unwrap();
    let fields: BTreeSet<&String> = records.iter().flat_map(|record| record.as_object().unwrap().keys()).collect();
    for field in fields {
        assert!(described.contains_key(field), "records.schema.json does not describe `{field}`");
        assert!(field == "source" || head.contains(field), "records.csv has no column `{field}`");
    }
    for required in schema["required"].as_array().unwrap() {
        assert!(records.iter().all(|record| record.get(required.as_str().unwrap()).is_some()), "{required}");
    }
}

/// The package names every table, with the columns it has, its length, and as many rows as the page says.
fn every_table_is_described(site: &Built) {
    let package = site.json("data/datapackage.json");
    let page = site.text("en/data/index.html");
    for entry in fs::read_dir(site.path("data")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "index.html" || page.contains(&format!("/data/{name}")), "{name}");
        let Some(table) = name.strip_suffix(".csv") else { continue };
        let resources = package["resources"].as_array().unwrap();
        let resource = resources.iter().find(|resource| resource["path"] == name.as_str()).unwrap();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let (head, rows) = site.table(table);
        assert_eq!(fields.iter().map(|field| field["name"].as_str().unwrap()).collect::<Vec<_>>(), head, "{name}");
        assert_eq!(resource["bytes"], fs::metadata(site.path(&format!("data/{name}"))).unwrap().len());
        assert!(!rows.is_empty(), "{name}");
    }
}

fn files_of_the_root_are_there(site: &Built) {
    for name in ["ro-crate-metadata.json", "feed.xml", "robots.txt", "llms.txt", "data/CITATION.cff"] {
        assert!(site.path(name).is_file(), "{name}");
    }
    for entity in site.json("ro-crate-metadata.json")["@graph"].as_array().unwrap() {
        let is_data = entity["contentSize"].is_string();
        assert!(!is_data || !entity["description"].as_str().unwrap().is_empty(), "no words for {}", entity["@id"]);
    }
    assert!(!site.path("sitemap.xml").exists(), "addresses of a site that does not know its own");
    assert!(!site.path("en/data/records.csv").exists(), "data are there once");
    assert!(site.text("index.html").contains("data/index.html"));
}

#[test]
fn an_address_gives_a_site_map() {
    let site = Built::new(repository(), Some("https://example.org/archive/"));
    let map = site.text("sitemap.xml");
    for page in ["", "en/", "data/", "records/a-63-ctbt-1a-aus-1/"] {
        assert!(map.contains(&format!("<loc>https://example.org/archive/{page}</loc>")), "{page}");
    }
    assert!(!map.contains("404"));
    assert!(site.text("robots.txt").contains("Sitemap: https://example.org/archive/sitemap.xml"));
    assert!(site.text("feed.xml").contains("<id>https://example.org/archive/reports/a-63-ctbt/</id>"));
}

#[test]
fn a_hostile_text_is_no_formula_and_breaks_no_row() {
    let root = TempDir::new().unwrap();
    copy_site(root.path(), &["content/reference"]);
    let hostile = "一. 导言\n\n1. =HYPERLINK(\"https://example.org\",\"大会请秘书长提出报告\")，本报告是依照大会要求提出的。\n\n2. @SUM(1+1)第二段说明各国为此作出的努力。\n";
    fs::write(root.path().join("content/reports/hostile.txt"), hostile).unwrap();
    fs::write(root.path().join("static/robots.txt"), "User-agent: *\nDisallow: /\n").unwrap();
    let site = Built::new(root.path(), None);
    let (head, rows) = site.table("records");
    let text = head.iter().position(|name| name == "text").unwrap();
    assert_eq!(rows.len(), site.records().len());
    assert!(rows.iter().any(|row| row[text].starts_with("'=HYPERLINK(\"https")), "{rows:?}");
    assert!(rows.iter().all(|row| row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r']))));
    assert!(site.text("robots.txt").contains("Disallow: /"), "the user's own file goes first");
}

/// A table of gold: the value of each record.
fn gold(name: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(repository().join("tests/gold").join(name)).unwrap();
    let lines = text.lines().skip(1).map(|line| line.split_once('\t').unwrap());
    lines.map(|(record, value)| (record.to_owned(), value.to_owned())).collect()
}

/// Fails with every record of `gold` whose value in `records` is another; each record has one.
fn assert_agrees(records: &[Value], gold: &[(String, String)], value: impl Fn(&Value) -> String) {
    assert_eq!(records.len(), gold.len());
    let found: BTreeMap<&str, String> =
        records.iter().map(|record| (record["id"].as_str().unwrap(), value(record))).collect();
    let differs = |(record, expected): &&(String, String)| found.get(record.as_str()) != Some(expected);
    let faults: Vec<String> = gold
        .iter()
        .filter(differs)
        .map(|(record, expected)| format!("{record}: {expected:?} expected, {:?} found", found.get(record.as_str())))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_record_names_the_meetings_that_a_reader_finds_in_it() {
    let records = Built::new(repository(), None).records();
    assert_agrees(&records, &gold("meetings.tsv"), |record| {
        let meetings = record["meetings"].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
        meetings.collect::<Vec<_>>().join(";")
    });
}

#[test]
fn every_record_was_done_when_a_reader_says() {
    let records = Built::new(repository(), None).records();
    assert_agrees(&records, &gold("done.tsv"), |record| record["done_edtf"].as_str().unwrap_or_default().to_owned());
}
