//! Names of States, symbols and years → the documents that they stand for.
//!
//! A key begins with a sign for its kind: `:` a name of a State, `=` a State by its code, `#` a symbol, `~` a year.
//! A value is either postings, or `>` and the keys to look up in its place. `static/search-index.js` makes the same keys
//! of what is typed; `tests/search/tokens.json` holds both to it.

use super::document::{Document, Kind, Places};
use super::fold::fold;
use super::posting::Posting;
use crate::base::path::slug;
use crate::index::RecordRef;
use crate::model::citation::Symbol;
use crate::model::state::Iso3;
use crate::render::Input;
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
    /// Other keys.
    Keys(BTreeSet<String>),
}

/// Every key with its value.
pub(super) fn names(input: &Input<'_>, documents: &[Document<'_>]) -> BTreeMap<String, Value> {
    let mut names = Names { input, places: Places::new(&input.corpus.reports, documents), values: BTreeMap::new() };
    for (number, document) in (0..).zip(documents) {
        names.add_document(number, document);
    }
    names.add_states();
    names.add_symbols();
    names.values.into_iter().map(|(key, value)| (key, ordered(value))).collect()
}

/// A name as it is compared: folded, one kind of apostrophe and hyphen, without the English article.
pub(super) fn name_key(name: &str) -> String {
    let plain = |character| match character {
        '‘' | '’' | 'ʼ' => '\'',
        '‐' | '‑' | '–' | '—' => '-',
        other => other,
    };
    let folded: String = fold(name).chars().map(plain).collect();
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

struct Names<'a> {
    input: &'a Input<'a>,
    places: Places,
    values: BTreeMap<String, Value>,
}

impl Names<'_> {
    fn add_document(&mut self, number: u32, document: &Document<'_>) {
        let level = if document.kind == Kind::Year { PAGE } else { OWN };
        for year in &document.facets.years {
            self.add_posting(format!("~{year}"), Posting::new(number, level));
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
            if let Some((_, number)) = key.split_once("-res-") {
                self.add_key(format!("#{number}"), key.clone());
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
        if let Value::Keys(keys) = self.values.entry(key).or_insert_with(|| Value::Keys(BTreeSet::new())) {
            keys.insert(target);
        }
    }
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
