//! The pictures of this repository's own site: their figures are counted again from the data files, and each has
//! what a reader needs who cannot see it.

#![allow(clippy::unwrap_used)]

use crate::folder::{copy, repository};
use depositary::base::progress::Silent;
use depositary::model::gist::Act;
use depositary::{Request, build, parse_files};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
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

fn count(records: &[Value], test: impl Fn(&Value) -> bool) -> usize {
    records.iter().filter(|record| test(record)).count()
}

fn mentions(record: &Value, iso3: &str) -> bool {
    record["mentions"].as_array().unwrap().iter().any(|state| state == iso3)
}

#[test]
fn every_picture_has_title_description_and_table() {
    let pages = [("index.html", 1), ("states/index.html", 1), ("pictures/index.html", 5), ("annex-2/index.html", 2)];
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
            assert!(!between(figure, "<p class=\"finding\">", "</p>").is_empty(), "{page} {id} has no headline");
            let widths = figure.split("<svg viewBox=\"0 0 ").skip(1).map(|part| part.split(' ').next().unwrap());
            let widths: Vec<usize> = widths.map(|width| width.parse().unwrap()).collect();
            assert!(!widths.is_empty() && widths.iter().all(|width| *width <= 352), "{page} {id}: {widths:?}");
            assert!(figure.contains("data/"), "{page} {id} does not lead to its data");
        }
    }
}

#[test]
fn the_grid_has_every_activity_of_every_state_and_period() {
    let (figure, reports) = (figure("en/pictures/index.html", "heat"), rows("reports"));
    let all: Vec<Value> = records().into_iter().filter(|record| record["kind"] == "activity").collect();
    let (head, table) = table(&figure);
    let periods: BTreeSet<&str> =
        reports.iter().map(|report| report["period"].as_str()).filter(|period| !period.is_empty()).collect();
    assert_eq!(head.len(), periods.len() + 2, "{head:?}");
    for row in &table {
        let state = row[0].slug().to_uppercase();
        for (period, cell) in periods.iter().zip(&row[1..]) {
            let of_period: Vec<&String> =
                reports.iter().filter(|report| report["period"] == **period).map(|report| &report["id"]).collect();
            let is_here = |record: &Value| of_period.iter().any(|report| record["report"] == **report);
            let number = count(&all, |record| record["state"] == *state && is_here(record));
            assert_eq!(cell.number(), number, "{state} {period}");
            let is_led = of_period.iter().any(|report| cell.href.ends_with(&format!("#in-{report}")));
            assert_eq!(is_led, number > 0, "{state} {period}: {cell:?}");
        }
    }
    let acting: BTreeSet<&str> = all.iter().filter_map(|record| record["state"].as_str()).collect();
    assert_eq!(table.len(), acting.len());
    let totals: Vec<usize> = table.iter().map(|row| row.last().unwrap().number()).collect();
    assert!(totals.is_sorted_by(|left, right| left >= right), "those with most come first: {totals:?}");
    let shown: usize = totals.iter().sum();
    assert_eq!(noted(&figure), told([shown, all.len() - shown]));
    let finding = between(&figure, "<p class=\"finding\">", "</p>");
    assert!(finding.contains(&table[0][0].text) && finding.contains(&totals[0].to_string()), "{finding}");
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

/// What rules read of every record: the act and to whom.
fn gists() -> BTreeMap<String, (Act, Vec<String>)> {
    let reports = fs::read_dir(repository().join("content/reports")).unwrap();
    let paths = reports.map(|entry| entry.unwrap().path());
    let texts: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    let reports = parse_files(&texts, repository()).product.unwrap();
    let records = reports.iter().flat_map(|report| report.records.iter());
    let gist = |record: &depositary::model::record::Record| {
        let gist = record.gist.as_ref()?;
        Some((record.id.0.clone(), (gist.act, gist.to.iter().map(ToString::to_string).collect())))
    };
    records.filter_map(gist).collect()
}

/// The records that urge a State to sign or ratify, or raise that with it.
fn urgings(records: &[Value], iso3: &str) -> Vec<(String, String)> {
    let gists = gists();
    let urging = |record: &Value| {
        let (id, state) = (record["id"].as_str()?, record["state"].as_str()?);
        let (act, to) = gists.get(id)?;
        let is_urging = matches!(act, Act::Urged | Act::Raised) && to.iter().any(|state| state == iso3);
        is_urging.then(|| (id.to_owned(), state.to_owned()))
    };
    records.iter().filter_map(urging).collect()
}

/// The pages that the links of a State's time axis lead to.
fn axis(iso3: &str) -> Vec<String> {
    let page = text(&format!("en/states/{}/index.html", iso3.to_lowercase()));
    let table = between(&page, "<table class=timeline>", "</table>").to_owned();
    table.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn a_time_axis_has_every_vote_act_meeting_and_urging() {
    let (records, gists, votes) = (records(), gists(), rows("votes"));
    for iso3 in ["JPN", "FRA", "USA", "NZL", "CHN"] {
        let links = axis(iso3);
        let number = |part: &str| links.iter().filter(|link| link.contains(part)).count();
        let own: Vec<&Value> = records.iter().filter(|record| record["state"] == iso3).collect();
        let acts = own.iter().filter(|record| gists.contains_key(record["id"].as_str().unwrap())).count();
        let urgings = urgings(&records, iso3).len();
        assert_eq!(number("/records/"), acts + urgings, "{iso3}: acts and urgings");
        assert_eq!(number("/resolutions/"), votes.iter().filter(|vote| vote["state"] == iso3).count(), "{iso3}: votes");
        let meetings = own.iter().flat_map(|record| record["meetings"].as_array().unwrap());
        let meetings: BTreeSet<&str> = meetings.map(|meeting| meeting.as_str().unwrap()).collect();
        assert_eq!(number("/meetings/"), meetings.len(), "{iso3}: meetings");
    }
    // The United States signed and has not ratified, Japan has done both.
    assert_eq!(["USA", "JPN"].map(|iso3| axis(iso3).iter().filter(|link| link.contains("/pictures/")).count()), [1, 2]);
}

#[test]
fn acts_are_counted_by_kind_and_period() {
    let (figure, records, gists) = (figure("en/pictures/index.html", "acts"), records(), gists());
    let (_, table) = table(&figure);
    let mut numbers: BTreeMap<Act, usize> = BTreeMap::new();
    gists.values().for_each(|(act, _)| *numbers.entry(*act).or_default() += 1);
    let mut numbers: Vec<usize> = numbers.into_values().collect();
    numbers.sort_unstable_by(|left, right| right.cmp(left));
    assert_eq!(table.iter().map(|row| row.last().unwrap().number()).collect::<Vec<_>>(), numbers);
    for row in &table {
        let (total, numbers) = row[1..].split_last().unwrap();
        assert_eq!(numbers.iter().map(Cell::number).sum::<usize>(), total.number(), "{}", row[0].text);
    }
    assert_eq!(noted(&figure), told([gists.len(), records.len() - gists.len()]));
}

#[test]
fn urgings_are_counted_by_who_is_urged_and_who_urges() {
    let (records, states) = (records(), rows("states"));
    let annex = || states.iter().filter(|state| state["annex"] == "true");
    assert!(annex().next().is_some());
    let figure = figure("en/annex-2/index.html", "urged");
    let (_, table) = table(&figure);
    for row in &table {
        let iso3 = row[0].slug().to_uppercase();
        let urgings = urgings(&records, &iso3);
        assert_eq!(row[2].number(), urgings.len(), "{iso3}");
        let numbers = row[3].text.split("; ").filter_map(|part| part.rsplit(' ').next()?.parse::<usize>().ok());
        assert_eq!(numbers.sum::<usize>(), urgings.len(), "{iso3}: {}", row[3].text);
        assert!(urgings.iter().all(|(id, _)| figure.contains(&format!("/records/{id}/"))), "{iso3}");
    }
    let is_shown = |state: &&BTreeMap<String, String>| {
        let has = |date: &str| !state[date].is_empty();
        !has("ratification_date") || has("withdrawal_date") || !urgings(&records, &state["iso3"]).is_empty()
    };
    assert_eq!(table.len(), annex().filter(is_shown).count());
    let shown: usize = table.iter().map(|row| row[2].number()).sum();
    assert_eq!(noted(&figure), told([shown, annex().count() - table.len()]));
}

/// What a colour or sign stands for is said beside the picture, on paper too.
#[test]
fn keys_are_printed() {
    for sheet in ["static/site.css", "static/chart.css"] {
        let style = fs::read_to_string(repository().join(sheet)).unwrap();
        assert!(!style.contains("\n  .key,"), "keys of pictures are not printed");
    }
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
    for id in ["map", "votes-0", "ratifications", "urged"] {
        assert!(!page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(!fs::read_to_string(folder.path().join("site/index.html")).unwrap().contains("<figure"));
}
