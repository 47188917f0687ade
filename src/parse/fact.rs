//! Reads the facts a text states: who ratified, voted, sponsored, hosted, contributed.
//!
//! Input: a clean text with its citations and States. Output: facts, in the order of the text's sentences.
//! Invariant: a fact's State is named in the sentence that states it; what is wished, asked or planned is no fact.
//!
//! 1. The text is cut into sentences, these into clauses.
//! 2. Verbs with their subjects, tallies of votes, and forms with dates are read in each.
//! 3. The same fact said twice is kept once.

mod act;
mod clause;
mod dated;
mod finder;
mod phrase;

pub(super) use clause::{Sentence, sentences};
pub use phrase::Phrases;

use crate::base::limits::{MAX_SENTENCE_BYTES, MAX_SENTENCE_FACTS};
use crate::model::citation::{Citation, Symbol};
use crate::model::edtf::Edtf;
use crate::model::fact::{Fact, FactKind};
use crate::model::state::{Iso3, Mention};
use hashbrown::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// Reads a date at the start of a text: its length in bytes and its value.
pub type ReadDate<'a> = dyn Fn(&str) -> Option<(usize, Edtf)> + 'a;

/// A text and what is known of it.
#[derive(Clone, Copy)]
pub struct FactInput<'a> {
    /// Clean text of a record or of a footnote.
    pub text: &'a str,
    /// Its citations, in order.
    pub citations: &'a [Citation],
    /// The States it names, in order.
    pub mentions: &'a [Mention],
    /// The State whose record it is.
    pub own: Option<Iso3>,
    /// The footnote's label, if the text is a footnote's.
    pub footnote: Option<&'a str>,
    /// The resolution cited last before the footnote's mark, which a tally in the footnote is of.
    pub about: Option<&'a Symbol>,
    /// Names of the treaty the report is about, as the language prints them: `《公约》`.
    pub treaty: &'a [String],
    /// Reads dates.
    pub read_date: &'a ReadDate<'a>,
}

impl<'a> FactInput<'a> {
    /// The same with what stands in the sentence at `range` alone.
    fn within(self, range: &Range<usize>) -> Self {
        Self {
            citations: between(self.citations, range, |citation| citation.range.start),
            mentions: between(self.mentions, range, |mention| mention.range.start),
            ..self
        }
    }
}

/// Those of `items`, which are in order, that begin inside `range`.
fn between<'a, Item>(items: &'a [Item], range: &Range<usize>, start: impl Fn(&Item) -> usize) -> &'a [Item] {
    let first = items.partition_point(|item| start(item) < range.start);
    let behind = items.partition_point(|item| start(item) < range.end);
    &items[first..behind]
}

/// What a text states.
#[derive(Debug, Clone, Default)]
pub struct Stated {
    /// Its facts, in the order of its sentences.
    pub facts: Vec<Fact>,
    /// Bytes of sentences in which facts were not gathered, being longer than [`MAX_SENTENCE_BYTES`] or saying more
    /// than [`MAX_SENTENCE_FACTS`].
    pub passed_over: Vec<Range<usize>>,
}

/// The facts of a text.
#[must_use]
pub fn facts(input: &FactInput<'_>, phrases: &Phrases) -> Stated {
    let mut stated = Stated::default();
    let mut known = Known::default();
    if input.mentions.is_empty() {
        return stated;
    }
    for range in clause::sentences(input.text, phrases) {
        match facts_of_sentence(&input.within(&range), phrases, &range) {
            Some(facts) => stated.facts.extend(known.new_of_sentence(facts)),
            None => stated.passed_over.push(range),
        }
    }
    stated
}

/// The facts of the sentence at `range`; none if it is too long or says too many.
fn facts_of_sentence(input: &FactInput<'_>, phrases: &Phrases, range: &Range<usize>) -> Option<Vec<Fact>> {
    // A fact is of a State that its sentence names.
    if input.mentions.is_empty() {
        return Some(Vec::new());
    }
    if range.len() > MAX_SENTENCE_BYTES {
        return None;
    }
    let found = phrases.finder.look(&input.text[range.clone()]);
    if found.is_nothing() {
        return Some(Vec::new());
    }
    let sentence = Sentence::new(input.text, range.clone(), phrases);
    let mut facts = act::acts(input, phrases, &sentence, &found);
    facts.extend(dated::tallies(input, phrases, &sentence));
    facts.extend(dated::dated(input, phrases, &sentence, &found));
    (facts.len() <= MAX_SENTENCE_FACTS).then_some(facts)
}

/// The deeds a text has stated so far.
///
/// Deeds without a resolution are the same only within a sentence, which may say one deed in two ways:
/// 提供了捐款，资助专家.
#[derive(Default)]
struct Known {
    /// Deeds done for a resolution.
    of_resolutions: HashSet<(FactKind, Iso3, Symbol)>,
    /// Deeds without one, and the words that say them.
    others: HashSet<(FactKind, Iso3, Arc<str>)>,
}

impl Known {
    /// Those of one sentence's `facts` that were not stated before.
    fn new_of_sentence(&mut self, facts: Vec<Fact>) -> Vec<Fact> {
        let mut in_sentence = HashSet::new();
        let is_new = |fact: &Fact| match &fact.resolution {
            Some(resolution) => self.of_resolutions.insert((fact.kind, fact.state, resolution.clone())),
            None => {
                let said = (fact.kind, fact.state, fact.words.clone());
                let is_new = !self.others.contains(&said) && in_sentence.insert((fact.kind, fact.state));
                is_new && self.others.insert(said)
            }
        };
        facts.into_iter().filter(is_new).collect()
    }
}

/// The dates in a stretch of a sentence that is not quoted.
fn dates_in(input: &FactInput<'_>, range: &Range<usize>, sentence: &Sentence) -> Vec<Edtf> {
    let (mut dates, mut next) = (Vec::new(), range.start);
    for (offset, _) in input.text[range.clone()].char_indices() {
        let at = range.start + offset;
        if at < next || sentence.is_quoted(at) {
            continue;
        }
        let rest = &input.text[at..range.end];
        if let Some((length, date)) = (input.read_date)(rest).filter(|(length, _)| *length > 0) {
            dates.push(date);
            next = at + length;
        }
    }
    dates
}

/// A clause without the blanks and marks at its ends.
fn trim_words(words: &str) -> Arc<str> {
    let marks = |character: char| character.is_whitespace() || "，,。；;、：".contains(character);
    words.trim_matches(marks).into()
}
