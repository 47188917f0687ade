//! Facts of a record: what its text and the footnotes it refers to state.
//!
//! A tally of votes in a footnote is of the resolution cited last before the footnote's mark.

use crate::model::citation::{CitationKind, Symbol};
use crate::model::fact::Fact;
use crate::model::record::Record;
use crate::model::report::Footnote;
use crate::parse::Lexicon;
use crate::parse::date;
use crate::parse::fact::{FactInput, Phrases, facts};

/// What is needed to read facts.
#[derive(Debug, Clone, Copy)]
pub struct FactGrammar<'a> {
    /// Phrases of all languages.
    pub phrases: &'a Phrases,
    /// Names of the archive's treaty.
    pub treaty: &'a [String],
}

/// The facts of `record`, whose footnotes are among `footnotes`.
#[must_use]
pub fn of_record(record: &Record, footnotes: &[Footnote], lexicon: &Lexicon, grammar: FactGrammar<'_>) -> Vec<Fact> {
    let read_date = |text: &str| date::match_start(text, &lexicon.dates, false).map(|found| (found.len, found.edtf));
    let own = FactInput {
        text: &record.text.text,
        citations: &record.citations,
        mentions: &record.states_named,
        own: record.state,
        footnote: None,
        about: None,
        treaty: grammar.treaty,
        read_date: &read_date,
    };
    let mut found = facts(&own, grammar.phrases);
    for mark in &record.text.marks {
        let Some(footnote) = footnotes.iter().find(|footnote| footnote.label == mark.label) else { continue };
        let passage = &footnote.passage;
        let input = FactInput {
            text: &passage.text.text,
            citations: &passage.citations,
            mentions: &passage.states_named,
            footnote: Some(&footnote.label),
            about: resolution_before(record, mark.at),
            ..own
        };
        found.extend(facts(&input, grammar.phrases));
    }
    found
}

fn resolution_before(record: &Record, at: usize) -> Option<&Symbol> {
    let before = record.citations.iter().filter(|citation| citation.range.start < at);
    let mut resolutions = before.rev().filter(|citation| citation.kind == CitationKind::Resolution);
    resolutions.next().map(|citation| &citation.symbol)
}
