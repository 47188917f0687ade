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

pub use phrase::Phrases;

use crate::model::citation::{Citation, Symbol};
use crate::model::fact::Fact;
use crate::model::state::{Iso3, Mention};
use clause::Sentence;
use std::ops::Range;

/// Reads a date at the start of a text: its length in bytes and its EDTF.
pub type ReadDate<'a> = dyn Fn(&str) -> Option<(usize, String)> + 'a;

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
    /// Names of the treaty the report is about, as the language prints them: `《全面禁试条约》`.
    pub treaty: &'a [String],
    /// Reads dates.
    pub read_date: &'a ReadDate<'a>,
}

/// The facts of a text.
#[must_use]
pub fn facts(input: &FactInput<'_>, phrases: &Phrases) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for sentence in clause::sentences(input.text, phrases) {
        let earlier = facts.len();
        let said = act::acts(input, phrases, &sentence);
        let counted = dated::tallies(input, phrases, &sentence);
        let dated = dated::dated(input, phrases, &sentence);
        for fact in said.into_iter().chain(counted).chain(dated) {
            let is_known = |(idx, known): (usize, &Fact)| is_same(known, &fact, idx >= earlier);
            if !facts.iter().enumerate().any(is_known) {
                facts.push(fact);
            }
        }
    }
    facts
}

/// Whether two facts say the same. Deeds without a resolution are the same only within a sentence, which may say one
/// deed in two ways: 提供了捐款，资助专家.
fn is_same(one: &Fact, other: &Fact, in_one_sentence: bool) -> bool {
    let same_deed = in_one_sentence || one.resolution.is_some() || one.words == other.words;
    one.kind == other.kind && one.state == other.state && one.resolution == other.resolution && same_deed
}

/// The dates in a stretch of a sentence that is not quoted.
fn dates_in(input: &FactInput<'_>, range: &Range<usize>, sentence: &Sentence) -> Vec<String> {
    let (mut dates, mut next) = (Vec::new(), range.start);
    for (offset, _) in input.text.get(range.clone()).unwrap_or_default().char_indices() {
        let at = range.start + offset;
        if at < next || sentence.is_quoted(at) {
            continue;
        }
        let rest = input.text.get(at..range.end).unwrap_or_default();
        if let Some((length, date)) = (input.read_date)(rest).filter(|(length, _)| *length > 0) {
            dates.push(date);
            next = at + length;
        }
    }
    dates
}

/// A clause without the blanks and marks at its ends.
fn trim_words(words: &str) -> String {
    let marks = |character: char| character.is_whitespace() || "，,。；;、：".contains(character);
    words.trim_matches(marks).to_owned()
}
