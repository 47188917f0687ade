//! The pictures of this repository's own site: their figures are counted again from the data files, and each has
//! what a reader needs who cannot see it.

#![allow(clippy::unwrap_used)]

use crate::folder::{copy, repository};
use crate::support::MONTHS;
use depositary::base::progress::Silent;
use depositary::{Request, build};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

/// The site, built once for all tests of this file.
fn site() -> &'static Path {
    static SITE: OnceLock<TempDir> = OnceLock::new();
    SITE.get_or_init(|| built(repository())).path()
}

fn built(root: &Path) -> TempDir {
    let folder = TempDir::new().unwrap();
    let request = Request { root: root.to_owned(), base_url: None, is_strict: false };
    // The folder itself may not be there before, unless this program made it.
    let run = build(&request, &folder.path().join("site"), &Silent).unwrap();
    assert!(run.product.is_some(), "{:#?}", run.diagnostics);
    folder
}

fn text(path: &str) -> String {
    fs::read_to_string(site().join("site").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn records() -> Vec<Value> {
    text("data/records.ndjson").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The rows of a data table, by the names of their columns.
fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    let text = text(&format!("data/{name}.csv"));
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

/// What stands between `start` and the next `end`.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no `{start}`"));
    rest.split_once(end).unwrap_or_else(|| panic!("no `{end}` after `{start}`")).0
}

/// The picture with this anchor.
fn figure(page: &str, id: &str) -> String {
    let (page, id) = (text(page), format!("id=\"{id}\""));
    let is_it = |part: &&str| part.split('>').next().is_some_and(|opening| opening.contains(&id));
    let part = page.split("<figure ").find(is_it).unwrap_or_else(|| panic!("no picture with {id}"));
    part.split("</figure>").next().unwrap().to_owned()
}

/// A cell of a table: where it leads, and its text.
#[derive(Debug)]
struct Cell {
    href: String,
    text: String,
}

impl Cell {
    /// Records whose dates cover something, and those that may belong there: `4 (+53)`.
    fn numbers(&self) -> [usize; 2] {
        let (dated, bounded) = self.text.split_once(" (+").unwrap_or((&self.text, "0)"));
        [dated, bounded.trim_end_matches(')')].map(|number| number.parse().unwrap())
    }

    fn number(&self) -> usize {
        self.text.replace(',', "").parse().unwrap_or_else(|_| panic!("no number: {self:?}"))
    }

    /// The last folder of the page that it leads to.
    fn slug(&self) -> &str {
        self.href.split("/index.html").next().unwrap().rsplit('/').next().unwrap()
    }
}

fn cells(row: &str) -> Vec<Cell> {
    let cells = row.split("<t").skip(1).filter(|cell| cell.starts_with(['h', 'd']));
    cells
        .map(|cell| Cell {
            href: cell.split_once("href=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap()).to_owned(),
            text: cell.split('<').flat_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect(),
        })
        .collect()
}

/// Head and rows of a picture's table.
fn table(figure: &str) -> (Vec<String>, Vec<Vec<Cell>>) {
    let head = cells(between(figure, "<thead>", "</thead>")).into_iter().map(|cell| cell.text).collect();
    let rows = between(figure, "<tbody>", "</tbody>").split("<tr").skip(1).map(cells);
    (head, rows.collect())
}

/// The numbers at the beginning of the notes on what is shown and left out, in their order.
fn noted(figure: &str) -> Vec<usize> {
    let notes = figure.split("<p class=\"left-out\">").skip(1).map(|note| note.split("</p>").next().unwrap());
    let words = notes.flat_map(|note| note.split(|character: char| !character.is_ascii_digit() && character != ','));
    words.filter_map(|word| word.replace(',', "").parse().ok()).collect()
}

/// Those of the numbers that notes tell: nothing goes unsaid.
fn told<const N: usize>(numbers: [usize; N]) -> Vec<usize> {
    numbers.into_iter().filter(|number| *number > 0).collect()
}

/// The month of `May 2008` or `2008-05-09`, counted from the year 0; none of a year alone.
fn month(text: &str) -> Option<usize> {
    if let Some((name, year)) = text.split_once(' ') {
        let month = MONTHS.iter().position(|known| *known == name)?;
        return Some(year.parse::<usize>().ok()? * 12 + month);
    }
    let mut parts = text.split('-');
    let year: usize = parts.next()?.parse().ok()?;
    Some(year * 12 + parts.next()?.parse::<usize>().ok()? - 1)
}

/// The months that the dates of a record cover, the first and the last of each date.
fn months(record: &Value) -> Vec<(usize, usize)> {
    let done = record["done_edtf"].as_str().unwrap_or_default();
    let ends = done.split(';').map(|date| {
        let (first, last) = date.split_once('/').unwrap_or((date, date));
        (if first.is_empty() { last } else { first }, if last.is_empty() { first } else { last })
    });
    ends.filter_map(|(first, last)| Some((month(first)?, month(last)?))).collect()
}

/// The months of the year that is all that is known of a record, or without a date of its report's period.
fn bounds(record: &Value, reports: &[BTreeMap<String, String>]) -> Vec<(usize, usize)> {
    if !months(record).is_empty() {
        return Vec::new();
    }
    let of_year = |year: &str| year.parse::<usize>().ok().map(|year| (year * 12, year * 12 + 11));
    match record["done_edtf"].as_str() {
        Some(done) => done.split([';', '/']).filter_map(of_year).collect(),
        None => {
            let report = reports.iter().find(|report| record["report"] == *report["id"]).unwrap();
            let ends = report["period"].split_once('/');
            ends.and_then(|(first, last)| Some((month(first)?, month(last)?))).into_iter().collect()
        }
    }
}

/// Whether one of `stretches` touches the month or months that `label` names.
fn touch(stretches: &[(usize, usize)], label: &str) -> bool {
    let (first, last) = label.split_once(" to ").unwrap_or((label, label));
    let (first, last) = (month(first).unwrap(), month(last).unwrap());
    stretches.iter().any(|(start, end)| *start <= last && first <= *end)
}

/// How many of `records` a row's cell must have: dated, and bounded.
fn expected(records: &[Value], reports: &[BTreeMap<String, String>], label: &str) -> [usize; 2] {
    let dated = count(records, |record| touch(&months(record), label));
    [dated, count(records, |record| touch(&bounds(record, reports), label))]
}

/// How many of `records` a table with these rows shows by their dates, shows by what bounds them, and leaves out.
fn shown(records: &[Value], reports: &[BTreeMap<String, String>], rows: &[Vec<Cell>]) -> [usize; 3] {
    let is_in = |stretches: Vec<(usize, usize)>| rows.iter().any(|row| touch(&stretches, &row[0].text));
    let dated = count(records, |record| is_in(months(record)));
    assert_eq!(dated, count(records, |record| !months(record).is_empty()));
    let bounded = count(records, |record| is_in(bounds(record, reports)));
    [dated, bounded, records.len() - dated - bounded]
}

fn count(records: &[Value], test: impl Fn(&Value) -> bool) -> usize {
    records.iter().filter(|record| test(record)).count()
}

fn mentions(record: &Value, iso3: &str) -> bool {
    record["mentions"].as_array().unwrap().iter().any(|state| state == iso3)
}

#[test]
fn every_picture_has_title_description_and_table() {
    let pages = [
        ("index.html", 1),
        ("states/index.html", 1),
        ("pictures/index.html", 5),
        ("states/jpn/index.html", 1),
        ("annex-2/index.html", 2),
        ("sections/1a/index.html", 1),
    ];
    for (page, number) in
        pages.into_iter().flat_map(|(page, number)| [(page.to_owned(), number), (format!("en/{page}"), number)])
    {
        let text = text(&page);
        let figures: Vec<&str> = text.split("<figure class=\"chart").skip(1).collect();
        assert_eq!(figures.len(), number, "{page}");
        for figure in figures {
            let id = between(figure, "id=\"", "\"");
            let figure = figure.split("</figure>").next().unwrap();
            let labels = format!("aria-labelledby=\"{id}-title {id}-text\"");
            assert!(figure.contains(&labels), "{page} {id}");
            assert!(!between(figure, &format!("<title id=\"{id}-title\">"), "</title>").is_empty(), "{page} {id}");
            assert!(!between(figure, &format!("<desc id=\"{id}-text\">"), "</desc>").is_empty(), "{page} {id}");
            assert!(!table(figure).1.is_empty(), "{page} {id}");
            assert!(!noted(figure).is_empty() || id == "map", "{page} {id} does not say what it shows");
            assert!(!noted(figure).contains(&0), "{page} {id} says that nothing is left out");
            assert!(!figure.contains(" style=") && !figure.contains(" fill=\""), "{page} {id}");
        }
    }
}

#[test]
fn the_grid_has_every_record_of_every_state_and_period() {
    let (figure, records, reports) = (figure("en/pictures/index.html", "heat"), records(), rows("reports"));
    let (head, table) = table(&figure);
    let periods: BTreeSet<&str> =
        reports.iter().map(|report| report["period"].as_str()).filter(|period| !period.is_empty()).collect();
    assert_eq!(head.len(), periods.len() + 3, "{head:?}");
    let mut columns: Vec<&str> = periods.into_iter().collect();
    columns.push("");
    for row in &table {
        let state = row[0].slug().to_uppercase();
        for (period, cell) in columns.iter().zip(&row[1..]) {
            let of_period: Vec<&String> =
                reports.iter().filter(|report| report["period"] == **period).map(|report| &report["id"]).collect();
            let is_here = |record: &Value| of_period.iter().any(|report| record["report"] == **report);
            let number = count(&records, |record| record["state"] == *state && is_here(record));
            assert_eq!(cell.number(), number, "{state} {period}");
            let is_led = of_period.iter().any(|report| cell.href.ends_with(&format!("#in-{report}")));
            assert_eq!(is_led, number > 0, "{state} {period}: {cell:?}");
        }
    }
    let acting: BTreeSet<&str> = records.iter().filter_map(|record| record["state"].as_str()).collect();
    assert_eq!(table.len(), acting.len());
    let shown: usize = table.iter().map(|row| row.last().unwrap().number()).sum();
    assert_eq!(noted(&figure), told([shown, records.len() - shown]));
}

#[test]
fn the_map_has_the_numbers_of_every_state() {
    let (records, states) = (records(), rows("states"));
    let (_, table) = table(&figure("en/index.html", "map"));
    let tiles = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/reference/tile-grid.csv"));
    assert_eq!(table.len(), tiles.unwrap().lines().count() - 1);
    for row in &table {
        let iso3 = row[0].slug().to_uppercase();
        let state = states.iter().find(|state| state["iso3"] == iso3).unwrap();
        assert_eq!(row[1].number(), count(&records, |record| record["state"] == *iso3), "{iso3}");
        assert_eq!(row[2].number(), count(&records, |record| mentions(record, &iso3)), "{iso3}");
        let has = |date: &str| !state[date].is_empty();
        let standing = match (has("ratification_date") && !has("withdrawal_date"), has("signature_date")) {
            (true, _) => "Ratified",
            (false, true) => "Signed",
            (false, false) => "Neither signed nor ratified (table of 4 September 2014)",
        };
        assert_eq!(row[3].text, standing, "{iso3}");
    }
}

#[test]
fn a_time_line_has_every_record_and_mention() {
    let (records, reports) = (records(), rows("reports"));
    for iso3 in ["JPN", "FRA", "USA", "NZL"] {
        let page = format!("en/states/{}/index.html", iso3.to_lowercase());
        let figure = figure(&page, "line");
        let own: Vec<Value> = records.iter().filter(|record| record["state"] == iso3).cloned().collect();
        let others: Vec<Value> = records.iter().filter(|record| mentions(record, iso3)).cloned().collect();
        let rows = table(&figure).1;
        for row in &rows {
            for (column, records) in [&own, &others].into_iter().enumerate() {
                let expected = expected(records, &reports, &row[0].text);
                assert_eq!(row[column + 1].numbers(), expected, "{iso3} {}", row[0].text);
            }
        }
        let all = [shown(&own, &reports, &rows), shown(&others, &reports, &rows)].concat();
        assert_eq!(noted(&figure), all.into_iter().filter(|number| *number > 0).collect::<Vec<_>>(), "{iso3}");
        assert!(figure.contains("class=\"hatch"), "{iso3}: nothing is hatched");
    }
}

/// What is hatched is said beside the picture, on paper too.
#[test]
fn the_key_tells_what_is_hatched() {
    for (page, id) in [("en/states/jpn/index.html", "line"), ("en/pictures/index.html", "sections")] {
        let figure = figure(page, id);
        assert!(between(&figure, "<p class=\"key", "</p>").contains("hatched: "), "{page}");
    }
    let style = fs::read_to_string(repository().join("static/site.css")).unwrap();
    assert!(!style.contains("\n  .key,"), "keys of pictures are not printed");
}

#[test]
fn activity_has_every_record_of_every_section() {
    let records: Vec<Value> = records().into_iter().filter(|record| record["section"].is_string()).collect();
    let (figure, reports) = (figure("en/pictures/index.html", "sections"), rows("reports"));
    let (head, table) = table(&figure);
    for (number, section) in head.iter().enumerate().skip(1) {
        let code = section.split(' ').next().unwrap();
        let here: Vec<Value> = records.iter().filter(|record| record["section"] == code).cloned().collect();
        for row in &table {
            let expected = expected(&here, &reports, &row[0].text);
            assert_eq!(row[number].numbers(), expected, "{section} {}", row[0].text);
        }
    }
    let shown = shown(&records, &reports, &table);
    assert_eq!(noted(&figure), told(shown));
    assert_eq!(shown[2], 0, "every row has a period");
}

#[test]
fn the_matrix_counts_who_mentions_whom() {
    let records = records();
    let annex: Vec<String> = rows("states")
        .into_iter()
        .filter(|state| state["annex"] == "true")
        .map(|state| state["iso3"].clone())
        .collect();
    assert!(!annex.is_empty());
    let figure = figure("en/annex-2/index.html", "addressed");
    let (_, table) = table(&figure);
    for row in &table {
        let iso3 = row[0].slug().to_uppercase();
        assert!(annex.contains(&iso3), "{iso3}");
        let spoken = count(&records, |record| record["state"].is_string() && mentions(record, &iso3));
        assert_eq!(row[1].number(), spoken, "{iso3}");
        let numbers = row[2].text.split("; ").map(|part| part.rsplit(' ').next().unwrap().parse::<usize>().unwrap());
        assert_eq!(numbers.sum::<usize>(), spoken, "{iso3}: {}", row[2].text);
    }
    let all = |test: &dyn Fn(&Value) -> bool| -> usize {
        annex.iter().map(|iso3| count(&records, |record| test(record) && mentions(record, iso3))).sum()
    };
    let (shown, left_out) = (all(&|record| record["state"].is_string()), all(&|record| record["state"].is_null()));
    assert_eq!(noted(&figure), told([shown, left_out, annex.len() - table.len()]));
}

#[test]
fn votes_are_those_of_the_table_of_resolutions() {
    let figure = figure("en/pictures/index.html", "votes-0");
    let resolutions = rows("resolutions");
    let (_, table) = table(&figure);
    for row in &table {
        let resolution = resolutions.iter().find(|resolution| resolution["symbol"] == row[0].text).unwrap();
        for (column, name) in ["votes_for", "votes_against", "abstentions"].into_iter().enumerate() {
            let expected = if resolution[name].is_empty() { "unknown" } else { &resolution[name] };
            assert_eq!(row[column + 2].text, expected, "{} {name}", row[0].text);
        }
    }
    let unknown = table.iter().filter(|row| row[2].text == "unknown").count();
    assert_eq!(noted(&figure), told([table.len() - unknown, unknown]));
}

#[test]
fn ratifications_add_up_to_the_table_of_treaty_status() {
    let figure = figure("en/annex-2/index.html", "ratifications");
    let states = rows("states");
    let dates = |name: &str| -> Vec<String> {
        states.iter().map(|state| state[name].clone()).filter(|date| !date.is_empty()).collect()
    };
    let (signed, ratified) = (dates("signature_date"), dates("ratification_date"));
    let withdrawn = dates("withdrawal_date");
    assert!(!withdrawn.is_empty());
    let (_, table) = table(&figure);
    let mut ends = 0;
    for row in &table {
        // A year is counted to its end; a mark is the end of a period, which the link names: …/2007-06--2008-05/.
        let end = if row[0].text.starts_with('▲') {
            ends += 1;
            format!("{}-99", row[0].slug().rsplit("--").next().unwrap())
        } else {
            format!("{}-99", row[0].text)
        };
        let until = |dates: &[String]| dates.iter().filter(|date| **date <= end).count();
        assert_eq!(
            [row[1].number(), row[2].number()],
            [until(&signed), until(&ratified) - until(&withdrawn)],
            "{}",
            row[0].text
        );
    }
    assert!(ends > 0);
    assert_eq!(noted(&figure)[..2], [ratified.len(), signed.len()]);
}

/// An archive without treaty, votes and map has only the pictures that its data allow.
#[test]
fn another_archive_has_only_the_pictures_it_has_data_for() {
    let root = TempDir::new().unwrap();
    for (from, to) in [("tests/site", "."), ("templates", "templates"), ("static", "static")] {
        copy(&repository().join(from), &root.path().join(to));
    }
    let folder = built(root.path());
    let page = fs::read_to_string(folder.path().join("site/pictures/index.html")).unwrap();
    for id in ["map", "votes-0", "ratifications", "addressed"] {
        assert!(!page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(!fs::read_to_string(folder.path().join("site/index.html")).unwrap().contains("<figure"));
}
