//! Facts of a report's records: what their texts and the footnotes they refer to state.
//!
//! A tally of votes in a footnote is of the resolution cited last before the footnote's mark.

use crate::base::limits::MAX_REPORT_FACTS;
use crate::base::span::Span;
use crate::model::citation::{CitationKind, Symbol};
use crate::model::edtf::Edtf;
use crate::model::excerpt::Excerpt;
use crate::model::fact::{Fact, FactKind};
use crate::model::record::Record;
use crate::model::report::Footnote;
use crate::model::state::Iso3;
use crate::parse::Lexicon;
use crate::parse::date;
use crate::parse::fact::{FactInput, Phrases, Stated, facts};
use crate::parse::ideograph::unified;
use hashbrown::{HashMap, HashSet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is needed to read facts.
#[derive(Debug, Clone, Copy)]
pub struct FactGrammar<'a> {
    /// Phrases of all languages.
    pub phrases: &'a Phrases,
    /// Names of the archive's treaty.
    pub treaty: &'a [String],
}

/// A place in the source at which facts were not gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truncated {
    /// The sentence that begins here is too long or says too many.
    Sentence(Span),
    /// The report has too many before the record that begins here.
    FromRecord(Span),
}

/// Gives each of `records` the facts it states, itself or in one of the `footnotes` it refers to.
#[must_use]
pub fn gather(
    records: &mut [Record],
    footnotes: &[Footnote],
    lexicon: &Lexicon,
    grammar: FactGrammar<'_>,
) -> BTreeSet<Truncated> {
    let by_label = footnotes.iter().rev().map(|footnote| (footnote.label.as_str(), footnote)).collect();
    let mut gatherer = Gatherer {
        by_label,
        lexicon,
        grammar,
        of_footnotes: HashMap::new(),
        cited_before: Symbol(String::new()),
        truncated: BTreeSet::new(),
    };
    let mut count = 0;
    for record in records {
        record.facts = gatherer.of_record(record);
        count += record.facts.len();
        if count > MAX_REPORT_FACTS {
            record.facts = Vec::new();
            let first = record.text.spans().next().unwrap_or_default();
            gatherer.truncated.insert(Truncated::FromRecord(first));
            break;
        }
    }
    gatherer.truncated
}

/// What a footnote states depends on its text, on whose record refers to it, and on whether that cites a resolution
/// before.
type Reference = (String, Option<Iso3>, bool);

struct Gatherer<'a> {
    /// The first footnote of each label.
    by_label: HashMap<&'a str, &'a Footnote>,
    lexicon: &'a Lexicon,
    grammar: FactGrammar<'a>,
    /// What footnotes state: a table may refer to one in every row.
    of_footnotes: HashMap<Reference, Arc<[Fact]>>,
    /// Stands in facts of footnotes for the resolution that is cited before the mark.
    cited_before: Symbol,
    truncated: BTreeSet<Truncated>,
}

impl Gatherer<'_> {
    fn of_record(&mut self, record: &Record) -> Vec<Fact> {
        let own = FactInput {
            text: &unified(&record.text.text),
            citations: &record.citations,
            mentions: &record.states_named,
            own: record.state,
            footnote: None,
            about: None,
            treaty: self.grammar.treaty,
            read_date: &|text| read_date(text, self.lexicon),
        };
        let stated = facts(&own, self.grammar.phrases);
        let mut found = self.record_truncated(stated, &record.text);
        let mut referred = HashSet::new();
        for mark in &record.text.marks {
            let about = resolution_before(record, mark.at);
            if referred.insert((mark.label.as_str(), about)) && found.len() <= MAX_REPORT_FACTS {
                found.extend(self.of_footnote(&mark.label, about, record.state));
            }
        }
        found
    }

    /// What the footnote with the printed `label` states where a record of `own` refers to it behind `about`.
    fn of_footnote(&mut self, label: &str, about: Option<&Symbol>, own: Option<Iso3>) -> Vec<Fact> {
        let Some(footnote) = self.by_label.get(label).copied() else { return Vec::new() };
        let stated = self.behind_any(footnote, own, about.is_some());
        let mut said = HashSet::new();
        let facts = stated.iter().map(|fact| match &fact.resolution {
            Some(resolution) if *resolution == self.cited_before => Fact { resolution: about.cloned(), ..fact.clone() },
            _ => fact.clone(),
        });
        facts.filter(|fact| fact.resolution.is_none() || said.insert(fact_key(fact))).collect()
    }

    /// What `footnote` states where a record of `own` refers to it, whichever resolution is cited before, if any is.
    fn behind_any(&mut self, footnote: &Footnote, own: Option<Iso3>, is_behind: bool) -> Arc<[Fact]> {
        let reference = (footnote.label.clone(), own, is_behind);
        if let Some(known) = self.of_footnotes.get(&reference) {
            return known.clone();
        }
        let passage = &footnote.passage;
        let input = FactInput {
            text: &unified(&passage.text.text),
            citations: &passage.citations,
            mentions: &passage.states_named,
            own,
            footnote: Some(&footnote.label),
            about: is_behind.then_some(&self.cited_before),
            treaty: self.grammar.treaty,
            read_date: &|text| read_date(text, self.lexicon),
        };
        let stated = facts(&input, self.grammar.phrases);
        let found: Arc<[Fact]> = self.record_truncated(stated, &passage.text).into();
        self.of_footnotes.insert(reference, found.clone());
        found
    }

    /// The facts, once it is noted where `text` has more.
    fn record_truncated(&mut self, stated: Stated, text: &Excerpt) -> Vec<Fact> {
        let places = stated.passed_over.iter().filter_map(|range| text.source_from(range.start));
        self.truncated.extend(places.map(Truncated::Sentence));
        stated.facts
    }
}

fn fact_key(fact: &Fact) -> (FactKind, Iso3, Option<Symbol>) {
    (fact.kind, fact.state, fact.resolution.clone())
}

fn read_date(text: &str, lexicon: &Lexicon) -> Option<(usize, Edtf)> {
    date::match_start(text, &lexicon.dates, false).map(|found| (found.len, found.edtf))
}

fn resolution_before(record: &Record, at: usize) -> Option<&Symbol> {
    let behind = record.citations.partition_point(|citation| citation.range.start < at);
    let before = &record.citations[..behind];
    let mut resolutions = before.iter().rev().filter(|citation| citation.kind == CitationKind::Resolution);
    resolutions.next().map(|citation| &citation.symbol)
}
