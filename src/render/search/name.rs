//! Names, symbols, identifiers and dates → the documents that they stand for.
//!
//! A key begins with a sign for its kind: `:` a name or word, `=` a State by its code, `#` a symbol or identifier, `~` a
//! year, month or day, `§` the number of a paragraph, `@` a page, `"` a text that the glossary knows.
//! A value is either postings, or what to look up in its place: keys, each after `>`, and texts, each after `|`.
//! `static/search-query.js` makes the same keys of what is typed; `tests/search/tokens.json` holds both to it.

use super::document::{Document, Kind, Places};
use super::fold::fold;
use super::glossary::{forms, meanings};
use super::moment::dated;
use super::posting::Posting;
use crate::base::path::slug;
use crate::index::RecordRef;
use crate::model::citation::Symbol;
use crate::model::edtf::Edtf;
use crate::model::reference::Vote;
use crate::model::state::Iso3;
use crate::render::Input;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The level of the page of what is named, of a record of it, and of one that only mentions it.
const PAGE: u32 = 7;
const OWN: u32 = 5;
const MENTIONED: u32 = 3;

/// What a key leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Documents.
    Postings(Vec<Posting>),
    /// Other keys, and texts that say the same.
    Links(BTreeSet<String>, BTreeSet<String>),
}

impl Value {
    fn new_links() -> Self {
        Self::Links(BTreeSet::new(), BTreeSet::new())
    }
}

/// Every key with its value.
pub(super) fn names<'a>(
    input: &'a Input<'a>,
    documents: &'a [Document<'a>],
    folded: &[Vec<String>],
) -> BTreeMap<String, Value> {
    let places = Places::new(input.corpus, documents);
    let mut names = Names { input, documents, places, values: BTreeMap::new() };
    for (number, document) in (0..).zip(documents) {
        names.add_document(number, document);
    }
    names.add_states();
    names.add_symbols();
    names.add_votes();
    names.add_identifiers();
    names.add_meanings();
    names.add_standing(folded);
    names.values.into_iter().map(|(key, value)| (key, ordered(value))).collect()
}

/// A name as it is compared: folded, one kind of apostrophe and hyphen, without commas, brackets and the English article.
pub(super) fn name_key(name: &str) -> String {
    let plain = |character| match character {
        '‘' | '’' | 'ʼ' => '\'',
        '‐' | '‑' | '–' | '—' => '-',
        ',' | ';' | '(' | ')' => ' ',
        other => other,
    };
    let folded: String = fold(name).chars().map(plain).collect();
    let folded = fold(&folded);
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

struct Names<'a> {
    input: &'a Input<'a>,
    documents: &'a [Document<'a>],
    places: Places,
    values: BTreeMap<String, Value>,
}

impl Names<'_> {
    fn add_document(&mut self, number: u32, document: &Document<'_>) {
        let level = if document.kind == Kind::Year { PAGE } else { OWN };
        for year in &document.facets.years {
            self.add_posting(format!("~{year}"), Posting::new(number, level));
        }
        self.add_dates(number, document);
        if matches!(document.kind, Kind::Page | Kind::Meeting) {
            self.add_page(number, document);
        }
        let level = if document.kind == Kind::Record { OWN } else { PAGE };
        if let Some(state) = document.facets.state {
            self.add_posting(state_key(state), Posting::new(number, level));
        }
        if document.kind == Kind::Report {
            let report = document.facets.report.and_then(|report| self.input.corpus.reports.get(report));
            if let Some(symbol) = report.and_then(|report| report.symbol()) {
                self.add_symbol(symbol, Posting::new(number, PAGE));
            }
        }
        for symbol in &document.facets.resolutions {
            let level = if document.kind == Kind::Resolution { PAGE } else { OWN };
            self.add_symbol(symbol.as_str(), Posting::new(number, level));
        }
        if document.kind == Kind::Document {
            let symbol = document.shown.first().map(|shown| shown.title.clone()).unwrap_or_default();
            self.add_symbol(&symbol, Posting::new(number, PAGE));
        }
    }

    fn add_dates(&mut self, number: u32, document: &Document<'_>) {
        let stretches = document.date.as_deref().map_or(&[][..], Edtf::stretches);
        for dated in stretches.iter().copied().flat_map(dated) {
            let level = match (document.kind, dated.is_whole) {
                (Kind::Period, _) => PAGE,
                (_, true) => OWN,
                (_, false) => MENTIONED,
            };
            self.add_posting(dated.key, Posting::new(number, level));
        }
    }

    /// A page by its title and by what else it is called.
    fn add_page(&mut self, number: u32, document: &Document<'_>) {
        let key = format!("@{}", document.path);
        let titles = document.shown.iter().map(|shown| shown.title.as_str());
        let names: Vec<String> = titles.chain(document.names.iter().map(String::as_str)).map(name_key).collect();
        for name in names {
            self.add_key(format!(":{name}"), key.clone());
        }
        self.add_posting(key, Posting::new(number, PAGE));
    }

    fn record(&self, at: RecordRef) -> Option<u32> {
        self.places.record(at).and_then(|number| u32::try_from(number).ok())
    }

    fn add_states(&mut self) {
        for (iso3, entry) in &self.input.index.states {
            for at in &entry.mentioned_by {
                if let Some(record) = self.record(*at) {
                    self.add_posting(state_key(*iso3), Posting::new(record, MENTIONED));
                }
            }
        }
        for state in &self.input.corpus.reference.states {
            let short = state.short_names.iter().map(|(_, name)| name);
            for name in short.chain(state.aliases.iter().map(|alias| &alias.name)) {
                self.add_name(name, state.iso3);
            }
        }
        for iso3 in self.input.index.states.keys() {
            self.add_key(format!(":{}", iso3.to_lower()), state_key(*iso3));
        }
        for (iso3, names) in self.input.state_names {
            for name in names {
                self.add_name(name, *iso3);
            }
        }
    }

    /// A name, and of one with a bracket the part before it: `Iran (République islamique d')`.
    fn add_name(&mut self, name: &str, state: Iso3) {
        let before_bracket = name.split_once(['(', '（']);
        let short = before_bracket.map(|(short, _)| short.trim()).filter(|short| !short.is_empty());
        for name in std::iter::once(name).chain(short) {
            self.add_key(format!(":{}", name_key(name)), state_key(state));
        }
    }

    /// Records and front matter that cite symbols, and the other spellings of these.
    fn add_symbols(&mut self) {
        for (symbol, entry) in &self.input.index.documents {
            for record in entry.cited_by.iter().filter_map(|at| self.record(*at)).collect::<Vec<_>>() {
                self.add_symbol(symbol.as_str(), Posting::new(record, OWN));
            }
        }
        for (symbol, page) in &self.input.index.cited_otherwise {
            self.add_key(symbol_key(symbol), symbol_key(page));
        }
        let resolutions = self.input.index.resolutions.keys().chain(self.input.index.cited_otherwise.keys());
        for symbol in resolutions {
            let key = symbol_key(symbol);
            if let Some((body, number)) = key.split_once("-res-") {
                self.add_key(format!("#{number}"), key.clone());
                // `S/RES/1887(2009)` has its year beside its number, which is enough.
                if let Some((number, _)) = number.rsplit_once('-').filter(|_| body == "#s") {
                    self.add_key(format!("#{number}"), key.clone());
                    self.add_key(format!("{body}-res-{number}"), key.clone());
                }
            }
        }
    }

    /// Resolutions that a State did not vote for.
    fn add_votes(&mut self) {
        let votes = self.input.corpus.reference.votes.iter();
        for vote in votes.filter(|vote| matches!(vote.vote, Vote::No | Vote::Abstain)) {
            let page = self.values.get(&symbol_key(self.input.index.page_symbol(&vote.resolution)));
            let Some(Value::Postings(postings)) = page else { continue };
            let page = postings.iter().find(|posting| posting.level() == PAGE).map(|posting| posting.document());
            if let Some(page) = page {
                self.add_posting(state_key(vote.iso3), Posting::new(page, MENTIONED));
            }
        }
    }

    /// Records and reports by their identifiers, records by the symbol of their report and the number of a paragraph.
    fn add_identifiers(&mut self) {
        for (position, report) in self.input.corpus.reports.iter().enumerate() {
            let key = format!("#{}", slug(&report.id.0));
            let symbol = report.symbol().map(|symbol| format!("#{}", slug(symbol)));
            let page = self
                .documents
                .iter()
                .position(|page| page.kind == Kind::Report && page.facets.report == Some(position));
            if let Some(page) = page.and_then(|page| u32::try_from(page).ok()) {
                self.add_posting(key.clone(), Posting::new(page, PAGE));
            }
            for (at, record) in report.records.iter().enumerate() {
                let Some(number) = self.record(RecordRef { report: position, record: at }) else { continue };
                self.add_posting(key.clone(), Posting::new(number, MENTIONED));
                if let Some(symbol) = &symbol {
                    self.add_posting(symbol.clone(), Posting::new(number, MENTIONED));
                }
                self.add_posting(format!("#{}", slug(&record.id.0)), Posting::new(number, PAGE));
                if let Some(paragraph) = record.paragraph() {
                    self.add_posting(format!("§{}", slug(&paragraph.number)), Posting::new(number, OWN));
                }
            }
        }
    }

    /// Words that say the same in the other language.
    fn add_meanings(&mut self) {
        for (form, others) in meanings() {
            let key = format!(":{}", name_key(form));
            if let Value::Links(_, texts) = self.values.entry(key).or_insert_with(Value::new_links) {
                texts.extend(others.into_iter().map(fold));
            }
        }
    }

    /// Where the texts that the glossary knows stand, so that no text need be read to be sure of it.
    fn add_standing(&mut self, folded: &[Vec<String>]) {
        let forms = forms();
        let mut begun: BTreeMap<char, Vec<&str>> = BTreeMap::new();
        for form in &forms {
            form.chars().next().into_iter().for_each(|first| begun.entry(first).or_default().push(form));
        }
        let counted: Vec<BTreeMap<&str, u32>> = folded.par_iter().map(|fields| counts(&begun, fields)).collect();
        for (number, counts) in (0..).zip(counted) {
            for (form, count) in counts {
                self.add_posting(format!("\"{form}"), Posting::new(number, MENTIONED + count.min(3)));
            }
        }
    }

    fn add_symbol(&mut self, symbol: &str, posting: Posting) {
        self.add_posting(format!("#{}", slug(symbol)), posting);
    }

    fn add_posting(&mut self, key: String, posting: Posting) {
        if let Value::Postings(postings) = self.values.entry(key).or_insert_with(|| Value::Postings(Vec::new())) {
            postings.push(posting);
        }
    }

    /// Another key for `target`; one that has postings of its own keeps these alone.
    fn add_key(&mut self, key: String, target: String) {
        if let Value::Links(keys, _) = self.values.entry(key).or_insert_with(Value::new_links) {
            keys.insert(target);
        }
    }
}

/// How often each form stands in the fields of one document; `begun` has the forms by their first characters.
fn counts<'f>(begun: &BTreeMap<char, Vec<&'f str>>, fields: &[String]) -> BTreeMap<&'f str, u32> {
    let mut counts = BTreeMap::new();
    for (field, (at, first)) in fields.iter().flat_map(|field| field.char_indices().map(move |place| (field, place))) {
        let rest = field.get(at..).unwrap_or_default();
        for form in begun.get(&first).into_iter().flatten().filter(|form| rest.starts_with(**form)) {
            *counts.entry(*form).or_default() += 1;
        }
    }
    counts
}

fn state_key(state: Iso3) -> String {
    format!("={}", state.to_lower())
}

fn symbol_key(symbol: &Symbol) -> String {
    format!("#{}", slug(symbol.as_str()))
}

/// Each document once, at its highest level.
fn ordered(value: Value) -> Value {
    let Value::Postings(mut postings) = value else { return value };
    postings.sort_unstable_by_key(|posting| (posting.document(), std::cmp::Reverse(*posting)));
    postings.dedup_by_key(|posting| posting.document());
    Value::Postings(postings)
}
