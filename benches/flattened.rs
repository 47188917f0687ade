//! Fits the weights by which rows of a flattened table are found, and scores them on reports they were not fitted to.
//!
//! `cargo bench --bench flattened` prints, for each report of known rows, the share that the program's own weights find
//! exactly (section, State and text), and the share that weights fitted to the other reports find. With `-- fit` it
//! writes weights fitted to all of them. With `-- words` it prints, for each word by which rows are found, how many rows
//! the reports lose and gain without it.
//!
//! Weights are fitted as those of a structured support vector machine: by how often each counts in the right rows of a
//! section, less how often in the best wrong ones, which are taken to be somewhat better than they are. A weight of which
//! the reports say nothing stays where it started, which knows only what speaks for a row and what against it.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use depositary::base::source::Source;
use depositary::model::state::Iso3;
use depositary::parse::item::{Item, StateCell};
use depositary::parse::lexicon::row_weights::RowWeights;
use depositary::parse::page::Page;
use depositary::parse::table::flattened::{Body, Compact, Path as RowPath, Section, Start, Step, body, rows};
use depositary::parse::{Lexicon, Lexicons};
use depositary::read::{built_in_reference, nearest_settings, read_documents};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Section, State and text of a row.
type Row = (String, Option<Iso3>, String);

/// Weights with their names, as a list that can be changed item by item.
type Named = Vec<(String, f64)>;

/// A report whose rows are known.
struct Known {
    name: String,
    source: Source,
    rows: Vec<Row>,
}

/// The same, read as far as its rows.
struct Table<'a> {
    report: &'a Known,
    page: Page<'a>,
    compact: Compact,
    body: Body,
}

/// Rows that were found, not found, and found where there are none.
#[derive(Clone, Copy)]
struct Score {
    exact: usize,
    lost: usize,
    invented: usize,
}

impl Score {
    fn share(self) -> f64 {
        100.0 * self.exact as f64 / (self.exact + self.lost) as f64
    }
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn known(text: PathBuf, rows: &Path) -> Known {
    let name = text.file_stem().unwrap().to_string_lossy().into_owned();
    let source = read_documents(&[text]).0.remove(0).source;
    let gold = std::fs::read_to_string(rows).unwrap();
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let state = row["state"].as_str().and_then(Iso3::new);
        (row["section"].as_str().unwrap().to_owned(), state, without_blanks(row["text"].as_str().unwrap()))
    };
    Known { name, source, rows: gold.lines().map(row).collect() }
}

/// The reports: those of structure, flattened, and one that was printed so.
fn reports() -> Vec<Known> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rows = |name: &str| root.join("tests/flattened").join(name).with_extension("jsonl");
    let report = |folder: &str, name: &str| known(root.join(folder).join(name).with_extension("txt"), &rows(name));
    vec![
        report("tests/flattened", "a-63-ctbt"),
        report("tests/flattened", "a-64-ctbt"),
        report("content/reports", "a-66-ctbt"),
    ]
}

impl<'a> Table<'a> {
    fn new(report: &'a Known, lexicon: &Lexicon) -> Self {
        let page = Page::new(&report.source.text, lexicon);
        let compact = Compact::new(&page);
        let body = body(&compact, lexicon);
        Self { report, page, compact, body }
    }

    fn found(&self, lexicon: &Lexicon, weights: &RowWeights) -> Vec<Row> {
        let row = |item| {
            let Item::Row(row) = item else { return None };
            let StateCell::Segmented { state, .. } = row.state else { return None };
            Some((row.section.to_string(), state, without_blanks(&row.text.text)))
        };
        let lexicon = Lexicon { row_weights: Arc::new(weights.clone()), ..lexicon.clone() };
        rows(&self.page, &self.compact, &self.body, &lexicon).into_iter().filter_map(row).collect()
    }

    fn score(&self, lexicon: &Lexicon, weights: &RowWeights) -> Score {
        let mut found = self.found(lexicon, weights);
        let mut exact = 0;
        for wanted in &self.report.rows {
            if let Some(place) = found.iter().position(|row| row == wanted) {
                found.swap_remove(place);
                exact += 1;
            }
        }
        Score { exact, lost: self.report.rows.len() - exact, invented: found.len() }
    }
}

fn named(weights: &RowWeights) -> Named {
    let table: toml::Table = toml::from_str(&toml::to_string(weights).unwrap()).unwrap();
    table.into_iter().map(|(name, value)| (name, value.as_float().unwrap())).collect()
}

fn weights(named: &Named) -> RowWeights {
    let table: toml::Table = named.iter().map(|(name, value)| (name.clone(), (*value).into())).collect();
    table.try_into().unwrap()
}

/// So often each section is looked at.
const EPOCHS: usize = 20;
/// How far a weight is moved at first, for each time that it counts.
const RATE: f64 = 0.1;
/// How strongly weights are held back to where they started.
const DECAY: f64 = 0.05;
/// A wrong row seems to be better by so much.
const MARGIN: f64 = 2.0;
/// How far from zero each weight starts.
const START: f64 = 3.0;
/// More than all weights of a section together.
const BEYOND_DOUBT: f64 = 1000.0;

/// Where rows begin: a byte of the text without blanks, that of the row's text, and the row's State.
type Begins = BTreeSet<(usize, usize, Iso3)>;

/// A report to fit weights to.
struct Example<'a> {
    path: RowPath<'a>,
    /// The rows of each section.
    sections: Vec<Begins>,
}

impl<'a> Example<'a> {
    fn new(table: &'a Table<'_>, lexicon: &'a Lexicon) -> Self {
        let begins = |section: &Section| {
            let code = section.code.to_string();
            let mut at = section.rows.0;
            let rows = table.report.rows.iter().filter(|(of, ..)| *of == code);
            rows.map(|(_, state, text)| {
                let begin = at + table.compact.text[at..].find(text.as_str()).expect("the text of a row");
                let row = (at, begin, state.expect("the State of a row"));
                at = begin + text.len();
                row
            })
            .collect()
        };
        Self {
            path: RowPath::new(&table.compact, lexicon, &table.body.sections),
            sections: table.body.sections.iter().map(begins).collect(),
        }
    }

    /// The right rows of a section, or of those that can be found the nearest to them.
    fn right(&self, path: &RowPath<'_>, section: usize) -> Vec<Step> {
        path.best(section, |start, state| if self.has(section, start, state) { BEYOND_DOUBT } else { -BEYOND_DOUBT })
    }

    /// The rows that are found where wrong ones seem to be better than they are.
    fn rival(&self, path: &RowPath<'_>, section: usize) -> Vec<Step> {
        path.best(section, |start, state| if self.has(section, start, state) { 0.0 } else { MARGIN })
    }

    fn has(&self, section: usize, start: &Start, state: Iso3) -> bool {
        self.sections[section].contains(&(start.at, start.text, state))
    }
}

/// How often each weight counts in `steps`.
fn counts(path: &mut RowPath<'_>, section: usize, steps: &[Step], names: &Named) -> Vec<f64> {
    let unit = |counted: usize| {
        weights(
            &names.iter().enumerate().map(|(index, (name, _))| (name.clone(), f64::from(index == counted))).collect(),
        )
    };
    let count = |counted| {
        path.weights = unit(counted);
        path.score(section, steps).expect("a path through the section")
    };
    (0..names.len()).map(count).collect()
}

fn fit(examples: &[&Example<'_>]) -> RowWeights {
    let start: Named = named(&RowWeights::built_in().unwrap())
        .into_iter()
        .map(|(name, value)| (name, START * value.signum()))
        .collect();
    let (mut fitted, mut sums) = (start.clone(), vec![0.0; start.len()]);
    let mut rate = RATE;
    for epoch in 0..EPOCHS {
        for example in examples {
            let mut path = example.path.clone();
            for section in (0..example.sections.len()).filter(|section| !example.sections[*section].is_empty()) {
                path.weights = weights(&fitted);
                let (right, rival) = (example.right(&path, section), example.rival(&path, section));
                let right_counts = counts(&mut path, section, &right, &start);
                let rival_counts = counts(&mut path, section, &rival, &start);
                for (index, (_, value)) in fitted.iter_mut().enumerate() {
                    let outwards = right_counts[index] - rival_counts[index];
                    *value += rate * (outwards - DECAY * (*value - start[index].1));
                }
                rate = 1.0 / (1.0 / rate + DECAY);
                path.mark_seen(&right);
            }
        }
        if epoch >= EPOCHS / 2 {
            sums.iter_mut().zip(&fitted).for_each(|(sum, (_, value))| *sum += value);
        }
    }
    let mean = |sum: f64| (sum / (EPOCHS - EPOCHS / 2) as f64 * 10.0).round() / 10.0;
    weights(&start.into_iter().zip(sums).map(|((name, _), sum)| (name, mean(sum))).collect())
}

fn print(label: &str, table: &Table<'_>, score: Score) {
    let Score { exact, lost, invented } = score;
    println!(
        "{label} {}: {exact} of {} rows, {:.1} %; {invented} invented",
        table.report.name,
        exact + lost,
        score.share()
    );
}

fn leave_one_out(tables: &[Table<'_>], lexicon: &Lexicon) {
    let own = RowWeights::built_in().unwrap();
    tables.iter().for_each(|table| print("own weights", table, table.score(lexicon, &own)));
    let examples: Vec<Example<'_>> = tables.iter().map(|table| Example::new(table, lexicon)).collect();
    for (left, table) in tables.iter().enumerate() {
        let others: Vec<&Example<'_>> =
            examples.iter().enumerate().filter(|(index, _)| *index != left).map(|(_, example)| example).collect();
        print("left out", table, table.score(lexicon, &fit(&others)));
    }
}

fn write(tables: &[Table<'_>], lexicon: &Lexicon) {
    let examples: Vec<Example<'_>> = tables.iter().map(|table| Example::new(table, lexicon)).collect();
    let fitted = fit(&examples.iter().collect::<Vec<_>>());
    tables.iter().for_each(|table| print("fitted", table, table.score(lexicon, &fitted)));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/parse/lexicon/row_weights.toml");
    let head = "# Written by `cargo bench --bench flattened -- fit`.\n\n";
    std::fs::write(path, head.to_owned() + &toml::to_string(&fitted).unwrap()).unwrap();
}

/// Every list of words by which rows are found, with its name.
fn word_lists(lexicon: &mut Lexicon) -> [(&'static str, &mut Vec<String>); 12] {
    let words = &mut lexicon.layout.rows;
    [
        ("prepositions", &mut words.prepositions),
        ("conjunctions", &mut words.conjunctions),
        ("subjects", &mut words.subjects),
        ("institution_begins", &mut words.institution_begins),
        ("institution_ends", &mut words.institution_ends),
        ("not_last", &mut words.not_last),
        ("hardly_last", &mut words.hardly_last),
        ("noun_marks", &mut words.noun_marks),
        ("sequels", &mut words.sequels),
        ("sequel_adverbs", &mut words.sequel_adverbs),
        ("back_references", &mut words.back_references),
        ("offices", &mut words.offices),
    ]
}

/// Prints what each word moves: rows that are found without it and not with it, and the other way round.
fn print_words(tables: &[Table<'_>], lexicon: &Lexicon) {
    let own = RowWeights::built_in().unwrap();
    let with: Vec<Vec<Row>> = tables.iter().map(|table| table.found(lexicon, &own)).collect();
    let mut changed = lexicon.clone();
    for list in 0..word_lists(&mut changed).len() {
        let all = word_lists(&mut changed)[list].1.clone();
        for index in 0..all.len() {
            let (name, words) = &mut word_lists(&mut changed)[list];
            words.remove(index);
            let moved: Vec<String> = tables
                .iter()
                .zip(&with)
                .map(|(table, with)| {
                    let without = table.found(&changed, &own);
                    let is_known = |row: &&Row| table.report.rows.contains(row);
                    let lost = with.iter().filter(|row| !without.contains(row)).collect::<Vec<_>>();
                    let gained = without.iter().filter(|row| !with.contains(row)).filter(is_known).count();
                    format!(
                        "{} moved, {} lost, {gained} gained",
                        lost.len(),
                        lost.iter().copied().filter(is_known).count()
                    )
                })
                .collect();
            println!("{name} {}: {}", all[index], moved.join("; "));
            word_lists(&mut changed)[list].1.clone_from(&all);
        }
    }
}

fn main() {
    let config = nearest_settings(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the site's settings are sound");
    let lexicons = Lexicons::new(&built_in_reference().states, &config.lexicon).expect("the lexicon's files are sound");
    let reports = reports();
    let lexicon = lexicons.for_text(&reports[0].source.text);
    let tables: Vec<Table<'_>> = reports.iter().map(|report| Table::new(report, lexicon)).collect();
    match std::env::args().nth(1).as_deref() {
        Some("fit") => write(&tables, lexicon),
        Some("words") => print_words(&tables, lexicon),
        _ => leave_one_out(&tables, lexicon),
    }
}
