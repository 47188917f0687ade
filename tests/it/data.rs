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
        if name == "sources" {
            let sums = site.text("data/SHA256SUMS");
            let sources = fs::read_dir(site.path("data/sources")).unwrap().map(|entry| entry.unwrap().file_name());
            assert!(sources.into_iter().all(|source| sums.contains(&format!("sources/{}", source.to_str().unwrap()))));
            continue;
        }
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

#[test]
fn what_pages_state_of_a_text_can_be_checked_with_the_site_alone() {
    let root = TempDir::new().unwrap();
    copy_site(root.path(), &["content/reference", "content/reports"]);
    let chinese =
        "一. 导言\n\n1. 大会请秘书长提出报告，本报告是依照大会要求提出的。\n\n2. 第二段说明各国为此作出的努力。\n";
    let received = encoding_rs::GB18030.encode(chinese).0;
    fs::write(root.path().join("content/reports/received.txt"), &received).unwrap();
    let site = Built::new(root.path(), None);
    let sums = site.text("data/SHA256SUMS");
    let (head, rows) = site.table("reports");
    let column = |name: &str| head.iter().position(|column| column == name).unwrap();
    for row in rows {
        let (id, file) = (&row[column("id")], &row[column("source_file")]);
        let text = if id == "received" { "sources/received.received.txt" } else { file.as_str() };
        let stated = format!("{}  {text}", row[column("source_sha256")]);
        assert!(sums.lines().any(|line| line == stated), "{stated}");
        assert!(site.path(&format!("data/{file}")).is_file(), "{file}");
        let link = format!("../../../data/{file}");
        assert!(site.text(&format!("reports/{id}/source/index.html")).contains(&link), "{link}");
        let graph = site.json("ro-crate-metadata.json")["@graph"].clone();
        assert!(graph.as_array().unwrap().iter().any(|entity| entity["@id"] == format!("data/{file}")), "{file}");
    }
    assert_eq!(fs::read(site.path("data/sources/received.received.txt")).unwrap(), *received);
    for record in site.records() {
        let report = record["report"].as_str().unwrap();
        let text = site.text(&format!("data/sources/{report}.txt"));
        let range = |range: &Value| [0, 1].map(|end| usize::try_from(range[end].as_u64().unwrap()).unwrap());
        let (spans, characters) = (&record["source"]["spans"], &record["source"]["characters"]);
        assert_eq!(spans.as_array().unwrap().len(), characters.as_array().unwrap().len());
        for (span, place) in spans.as_array().unwrap().iter().zip(characters.as_array().unwrap()) {
            let ([start, end], [first, after]) = (range(span), range(place));
            assert_eq!(text[start..end], text.chars().skip(first).take(after - first).collect::<String>(), "{report}");
        }
        let annotated = site.json(&format!("records/{}/record.json", record["id"].as_str().unwrap()));
        assert_eq!(annotated["target"][0]["source"], format!("data/sources/{report}.txt"));
    }
}

#[test]
fn every_table_names_its_terms_and_says_what_its_columns_and_codes_mean() {
    let site = Built::new(repository(), None);
    let package = site.json("data/datapackage.json");
    let resources = package["resources"].as_array().unwrap();
    let resource = |name: &str| resources.iter().find(|resource| resource["name"] == name).unwrap();
    let graph = site.json("ro-crate-metadata.json")["@graph"].clone();
    let entity = |id: &str| graph.as_array().unwrap().iter().find(|entity| entity["@id"] == id).unwrap().clone();
    let licences =
        [("states", "ODC-PDDL-1.0"), ("states", "Unicode-3.0"), ("votes", "CC0-1.0"), ("meetings", "notspecified")];
    for (table, licence) in licences {
        let own = resource(table)["licenses"].as_array().unwrap();
        assert!(own.iter().any(|own| own["name"] == licence), "{table}: {licence}");
        let of_file = entity(&format!("data/{table}.csv"))["license"].as_array().unwrap().clone();
        let names = of_file.iter().map(|licence| entity(licence["@id"].as_str().unwrap())["name"].clone());
        assert!(names.into_iter().any(|name| name == licence), "{table}: {licence}");
    }
    for page in ["data/index.html", "en/data/index.html"] {
        for name in ["ODC-PDDL-1.0", "Unicode-3.0", "CC0-1.0", "datasets/country-codes", "zmjones/untreaties"] {
            assert!(site.text(page).contains(name), "{page}: {name}");
        }
    }
    let (_, sections) = site.table("sections");
    assert_eq!(sections.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["1a", "1b", "2a", "2b"]);
    let (_, columns) = site.table("columns");
    let described: usize = resources.iter().filter_map(|table| Some(table["schema"]["fields"].as_array()?.len())).sum();
    assert_eq!(columns.len(), described);
}

#[test]
fn a_date_stands_beside_its_first_and_last_day() {
    let site = Built::new(repository(), None);
    let (_, columns) = site.table("columns");
    let is_there =
        |table: &str, name: &str| columns.iter().any(|row| row[0] == table && row[1] == name && row[2] == "date");
    for column in columns.iter().filter(|column| column[3].contains("EDTF")) {
        let name = column[1].trim_end_matches("_edtf").trim_end_matches("_date");
        for end in ["start", "end"] {
            assert!(is_there(&column[0], &format!("{name}_{end}")), "{column:?}");
        }
    }
    let records = site.records();
    let record = |id: &str| records.iter().find(|record| record["id"] == id).unwrap();
    let corrected = record("a-66-ctbt-1b-fra-1");
    assert_eq!((&corrected["done_start"], &corrected["done_end"]), (&"2010-06-01".into(), &Value::Null));
}

#[test]
fn the_data_set_is_described_for_search_and_learning() {
    for base_url in [None, Some("https://example.org/archive/")] {
        let site = Built::new(repository(), base_url);
        let croissant = site.json("data/croissant.json");
        assert_eq!(croissant["conformsTo"], "http://mlcommons.org/croissant/1.0");
        for property in ["@context", "name", "description", "license", "creator", "datePublished", "version"] {
            assert!(!croissant[property].is_null(), "{property}");
        }
        let tables = croissant["distribution"].as_array().unwrap();
        assert_eq!(tables.len(), croissant["recordSet"].as_array().unwrap().len());
        let start = base_url.map_or_else(String::new, |address| format!("{address}data/"));
        assert!(tables.iter().any(|file| file["contentUrl"] == format!("{start}records.csv")), "{tables:#?}");
        for (page, up) in [("data/index.html", "../"), ("en/data/index.html", "../../")] {
            let text = site.text(page);
            let block =
                text.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
            let data: Value = serde_json::from_str(block).unwrap();
            let set = &data["@graph"][0];
            assert_eq!(set["@type"], "Dataset");
            assert_eq!(set["temporalCoverage"], "2007-06-01/2011-05-31");
            let first = set["distribution"][0]["contentUrl"].as_str().unwrap();
            assert_eq!(first, format!("{}data/records.ndjson", base_url.unwrap_or(up)));
            assert!(text.contains("data/croissant.json"), "{page}");
        }
    }
}

/// A correction with its day moves what harvesters ask for.
#[test]
fn a_correction_moves_the_feed_and_the_site_map() {
    let root = TempDir::new().unwrap();
    copy_site(root.path(), &["content/reference", "content/reports"]);
    fs::create_dir_all(root.path().join("content/corrections")).unwrap();
    let correction = "[[correction]]\nrecord = \"a-63-ctbt-1a-aus-1\"\nfield = \"state\"\nprinted = \"AUS\"\n\
        corrected = \"AUT\"\nwhy = \"a test\"\ndate = \"2026-11-20\"\n";
    let address = Some("https://example.org/archive/");
    let site = Built::new(root.path(), address);
    assert!(!site.text("feed.xml").contains("2026-11-20"));
    let dated =
        |day: &str, page: &str| format!("<loc>https://example.org/archive/{page}/</loc><lastmod>{day}</lastmod>");
    let dated_before = dated("2007-05-11", "en/reports/npt-conf-2010-pc-i-wp-78");
    assert!(site.text("sitemap.xml").contains(&dated_before));
    fs::write(root.path().join("content/corrections/a-63-ctbt.toml"), correction).unwrap();
    let site = Built::new(root.path(), address);
    let feed = site.text("feed.xml");
    assert!(feed.split("<entry>").nth(1).unwrap().contains("<updated>2026-11-20T00:00:00Z</updated>"), "{feed}");
    let map = site.text("sitemap.xml");
    for page in ["reports/a-63-ctbt", "reports/a-63-ctbt/source", "en/records/a-63-ctbt-1a-aus-1"] {
        assert!(map.contains(&dated("2026-11-20", page)), "{page}");
    }
    assert!(map.contains(&dated_before) && !map.contains(&dated("2026-11-20", "records/a-63-ctbt-1a-aus-2")));
    let (head, rows) = site.table("corrections");
    assert!(
        head.last().is_some_and(|name| name == "date") && rows.iter().any(|row| row.last().unwrap() == "2026-11-20")
    );
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
