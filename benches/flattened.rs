//! Fits the weights by which rows of a flattened table are found, and scores them on reports they were not fitted to.
//!
//! `cargo bench --bench flattened` prints, for each report of known rows, the share that the program's own weights find
//! exactly (section, State and text), and the share that weights fitted to the other reports find. With `-- fit` it
//! writes weights fitted to all of them. With `-- words` it prints, for each word by which rows are found, how many rows
//! the reports lose and gain without it.
//!
//! Weights are fitted one after the other, from a start that knows only what speaks for a row and what against it.
//! What is made small is the number of rows lost or invented, on average over weights that are a little off, so that no
//! row hangs by a hair; a weight of which the reports say nothing stays where it started.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use depositary::base::source::Source;
use depositary::model::state::Iso3;
use depositary::parse::item::{Item, StateCell};
use depositary::parse::lexicon::row_weights::RowWeights;
use depositary::parse::page::Page;
use depositary::parse::table::flattened::{Body, Compact, body, rows};
use depositary::parse::{Lexicon, Lexicons};
use depositary::read::{built_in_reference, nearest_settings, read_documents};
use rayon::prelude::*;
use serde_json::Value;
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
    /// Whether no row of it is unknown.
    is_whole: bool,
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
    fn wrong(self) -> f64 {
        (self.lost + self.invented) as f64
    }

    fn share(self) -> f64 {
        100.0 * self.exact as f64 / (self.exact + self.lost) as f64
    }
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn known(text: PathBuf, rows: &Path, is_whole: bool) -> Known {
    let name = text.file_stem().unwrap().to_string_lossy().into_owned();
    let source = read_documents(&[text]).0.remove(0).source;
    let gold = std::fs::read_to_string(rows).unwrap();
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let state = row["state"].as_str().and_then(Iso3::new);
        (row["section"].as_str().unwrap().to_owned(), state, without_blanks(row["text"].as_str().unwrap()))
    };
    Known { name, source, rows: gold.lines().map(row).collect(), is_whole }
}

/// The reports: those of structure, flattened, and one that was printed so, of which some rows are known.
fn reports() -> Vec<Known> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let flattened = |name: &str| {
        let folder = root.join("tests/flattened");
        known(folder.join(format!("{name}.txt")), &folder.join(format!("{name}.jsonl")), true)
    };
    let printed =
        known(root.join("content/reports/a-66-ctbt.txt"), &root.join("tests/gold/a-66-ctbt-part.jsonl"), false);
    vec![flattened("a-63-ctbt"), flattened("a-64-ctbt"), printed]
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
        let invented = if self.report.is_whole { found.len() } else { 0 };
        Score { exact, lost: self.report.rows.len() - exact, invented }
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

/// So many sets of weights that are a little off are tried with each.
const VARIANTS: usize = 1;
/// By how much they are off at most.
const NOISE: f64 = 0.8;
/// What a unit of distance from the start costs beside a row.
const SIZE: f64 = 0.004;
/// No weight is further from zero.
const LARGEST: f64 = 16.0;
/// How far a weight is moved in each round.
const STEPS: [[f64; 4]; 2] = [[4.0, 2.0, -2.0, -4.0], [3.0, 1.0, -1.0, -3.0]];

/// `named`, each weight off by a number between -1 and 1 times [`NOISE`]; the first variant is not.
fn variant(named: &Named, variant: usize) -> RowWeights {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let off = |index: usize| ((variant * named.len() + index) as f64 * GOLDEN).fract() * 2.0 - 1.0;
    let moved = |(index, (name, value)): (usize, &(String, f64))| {
        (name.clone(), if variant == 0 { *value } else { value + NOISE * off(index) })
    };
    weights(&named.iter().enumerate().map(moved).collect())
}

fn cost(tables: &[&Table<'_>], lexicon: &Lexicon, named: &Named, start: &Named) -> f64 {
    let variants: Vec<RowWeights> = (0..=VARIANTS).map(|index| variant(named, index)).collect();
    let pairs: Vec<_> = variants.iter().flat_map(|weights| tables.iter().map(move |table| (weights, table))).collect();
    let wrong: f64 = pairs.par_iter().map(|(weights, table)| table.score(lexicon, weights).wrong()).sum();
    wrong / variants.len() as f64
        + SIZE * named.iter().zip(start).map(|((_, value), (_, start))| (value - start).abs()).sum::<f64>()
}

fn fit(tables: &[&Table<'_>], lexicon: &Lexicon) -> RowWeights {
    let start: Named =
        named(&RowWeights::built_in().unwrap()).into_iter().map(|(name, value)| (name, 3.0 * value.signum())).collect();
    let mut fitted = start.clone();
    let mut least = cost(tables, lexicon, &fitted, &start);
    for steps in STEPS {
        for index in 0..fitted.len() {
            let before = fitted[index].1;
            let mut best = before;
            let moved = steps.iter().map(|step| before + step).filter(|value| value.abs() <= LARGEST);
            for value in moved.chain([0.0]) {
                fitted[index].1 = value;
                let cost = cost(tables, lexicon, &fitted, &start);
                if cost < least {
                    (least, best) = (cost, value);
                }
            }
            fitted[index].1 = best;
        }
    }
    weights(&fitted)
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
    for (left, table) in tables.iter().enumerate() {
        let others: Vec<&Table<'_>> =
            tables.iter().enumerate().filter(|(index, _)| *index != left).map(|(_, table)| table).collect();
        print("left out", table, table.score(lexicon, &fit(&others, lexicon)));
    }
}

fn write(tables: &[Table<'_>], lexicon: &Lexicon) {
    let fitted = fit(&tables.iter().collect::<Vec<_>>(), lexicon);
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
