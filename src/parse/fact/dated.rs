//! Facts of fixed form: who voted how in a tally, who ratified on which day.
//!
//! Input: a sentence with its States. Output: facts. Invariant: every word of the form is there; nothing is skipped.

use super::FactInput;
use super::clause::Sentence;
use super::finder::Found;
use super::phrase::{Dated, Phrases};
use crate::base::limits::MAX_SENTENCE_FACTS;
use crate::model::citation::{CitationKind, Symbol};
use crate::model::edtf::Edtf;
use crate::model::fact::{Fact, FactKind};
use crate::model::state::{Iso3, Mention};
use std::ops::Range;

/// `4票弃权（哥伦比亚、印度），1票反对（美利坚合众国）`: the votes of the States in brackets, or as many of
/// them as show that they are too many.
pub(super) fn tallies(input: &FactInput<'_>, phrases: &Phrases, sentence: &Sentence) -> Vec<Fact> {
    let mut facts = Vec::new();
    let words = super::trim_words(&input.text[sentence.range.clone()]);
    for brackets in &sentence.bracketed {
        let before = &input.text[sentence.range.start..brackets.start];
        let Some(kind) = tally_kind(before, phrases) else { continue };
        let resolution = voted_on(input, sentence, brackets.start);
        let voters = input.mentions.iter().filter(|mention| brackets.contains(&mention.range.start));
        facts.extend(voters.map(|mention| Fact {
            kind,
            state: mention.state,
            resolution: resolution.clone(),
            date: None,
            footnote: input.footnote.map(str::to_owned),
            words: words.clone(),
        }));
        if facts.len() > MAX_SENTENCE_FACTS {
            break;
        }
    }
    facts
}

/// What the words directly before the brackets count: `4票弃权` or `弃权4票`.
fn tally_kind(before: &str, phrases: &Phrases) -> Option<FactKind> {
    let before = before.trim_end();
    let units = || phrases.tallies.unit.iter().map(String::as_str);
    let without_unit = units().find_map(|unit| before.strip_suffix(unit)).unwrap_or(before).trim_end();
    let without_number = without_unit.trim_end_matches(|character: char| character.is_ascii_digit()).trim_end();
    let tallies = &phrases.tallies;
    let kinds = [
        (&tallies.voted_for, FactKind::VotedFor),
        (&tallies.voted_against, FactKind::VotedAgainst),
        (&tallies.abstained, FactKind::Abstained),
    ];
    let ends = |words: &Vec<String>| {
        words.iter().any(|word| {
            counts_before(before, word, &tallies.unit)
                || (without_number != before && without_number.ends_with(word.as_str()))
        })
    };
    kinds.into_iter().find(|(words, _)| ends(words)).map(|(_, kind)| kind)
}

/// Whether `before` ends with a number and `word`.
fn counts_before(before: &str, word: &str, units: &[String]) -> bool {
    let Some(rest) = before.strip_suffix(word) else { return false };
    let rest = units.iter().find_map(|unit| rest.strip_suffix(unit.as_str())).unwrap_or(rest);
    rest.trim_end().ends_with(|character: char| character.is_ascii_digit())
}

/// The resolution a tally is of: the last one cited before it in the sentence, else the one the footnote belongs to.
fn voted_on(input: &FactInput<'_>, sentence: &Sentence, at: usize) -> Option<Symbol> {
    let cited = input.citations.iter().rev().find(|citation| {
        citation.kind == CitationKind::Resolution && (sentence.range.start..at).contains(&citation.range.start)
    });
    cited.map(|citation| citation.symbol.clone()).or_else(|| input.about.cloned())
}

/// `巴巴多斯和马来西亚分别于…和…批准`: what the forms with dates say.
pub(super) fn dated(input: &FactInput<'_>, phrases: &Phrases, sentence: &Sentence, found: &Found) -> Vec<Fact> {
    // Nearly all sentences lack the verb, and it is found faster than a form is tried on every clause.
    let forms = found.forms.iter().filter_map(|form| phrases.dated.get(*form));
    let forms: Vec<Form<'_>> = forms.map(|form| Form { input, phrases, sentence, form }).collect();
    if forms.is_empty() {
        return Vec::new();
    }
    let mut clauses = sentence.clauses.iter();
    clauses.find_map(|clause| forms.iter().find_map(|form| form.read(clause.start))).unwrap_or_default()
}

/// A form tried on a sentence.
struct Form<'a> {
    input: &'a FactInput<'a>,
    phrases: &'a Phrases,
    sentence: &'a Sentence,
    form: &'a Dated,
}

/// What a form has read so far.
#[derive(Default)]
struct Reading {
    states: Vec<Iso3>,
    dates: Vec<Edtf>,
}

impl Form<'_> {
    /// The facts, if all parts of the form stand at `start`, one behind the other.
    fn read(&self, start: usize) -> Option<Vec<Fact>> {
        let (mut reading, mut at) = (Reading::default(), start);
        for part in &self.form.parts {
            at = self.read_part(part, at, &mut reading)?;
        }
        Some(self.facts(&reading, &(start..at)))
    }

    fn read_part(&self, part: &str, at: usize, reading: &mut Reading) -> Option<usize> {
        match part {
            "STATES" => self.read_states(at, reading),
            "DATES" => self.read_dates(at, reading),
            "OBJECT" => self.read_object(at),
            "[object]" => Some(self.read_named_object(at).unwrap_or(at)),
            _ => match part.strip_prefix('[').and_then(|part| part.strip_suffix(']')) {
                Some(key) => Some(self.read_word(key, at).unwrap_or(at)),
                None => self.read_word(part, at),
            },
        }
    }

    /// What follows in the sentence; nothing behind a name that reaches beyond it.
    fn rest(&self, at: usize) -> &str {
        self.input.text.get(at..self.sentence.range.end).unwrap_or_default()
    }

    /// The longest of the words of `key` at `at`.
    fn read_word(&self, key: &str, at: usize) -> Option<usize> {
        let words = self.phrases.words.get(key)?;
        let longest = words.iter().filter(|word| self.rest(at).starts_with(word.as_str())).map(String::len).max()?;
        Some(at + longest)
    }

    fn read_states(&self, at: usize, reading: &mut Reading) -> Option<usize> {
        let mut at = at;
        loop {
            let mention =
                self.mention_at(at).or_else(|| self.mention_at(at + "the ".len()).filter(|_| self.has_article(at)))?;
            reading.states.push(mention.state);
            at = mention.range.end;
            let joiners = self.phrases.joiners.iter().filter(|joiner| self.rest(at).starts_with(joiner.as_str()));
            let next = joiners.map(|joiner| at + joiner.len()).find(|next| self.mention_at(*next).is_some());
            match next {
                Some(next) => at = next,
                None => return Some(at),
            }
        }
    }

    fn has_article(&self, at: usize) -> bool {
        self.rest(at).starts_with("the ") || self.rest(at).starts_with("The ")
    }

    fn mention_at(&self, at: usize) -> Option<&Mention> {
        self.input.mentions.iter().find(|mention| mention.range.start == at)
    }

    fn read_dates(&self, at: usize, reading: &mut Reading) -> Option<usize> {
        let mut at = at;
        loop {
            let (length, date) = (self.input.read_date)(self.rest(at)).filter(|(length, _)| *length > 0)?;
            reading.dates.extend(date.each());
            at += length;
            let next = self.read_word("date_joiner", at);
            match next.filter(|next| (self.input.read_date)(self.rest(*next)).is_some()) {
                Some(next) => at = next,
                None => return Some(at),
            }
        }
    }

    /// The treaty of the report, or the end of the clause: another treaty is another fact.
    fn read_object(&self, at: usize) -> Option<usize> {
        if let Some(end) = self.read_named_object(at) {
            return Some(end);
        }
        let mut trimmed = self.rest(at).trim_start().chars();
        trimmed.next().is_none_or(|next| !next.is_alphanumeric() && !"《“\"（(".contains(next)).then_some(at)
    }

    /// The treaty of the report by its name or as texts call it: ` the Treaty`.
    fn read_named_object(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let named = self.input.treaty.iter().filter_map(|name| {
            let (before, _) = rest.split_once(name.as_str())?;
            leads_to_name(before).then_some(at + before.len() + name.len())
        });
        named.max().or_else(|| self.read_word("object", at))
    }

    /// One fact a State, each with its own date where there are as many dates as States.
    fn facts(&self, reading: &Reading, read: &Range<usize>) -> Vec<Fact> {
        let words = super::trim_words(&self.input.text[read.clone()]);
        let date_of = |idx: usize| match (reading.states.len(), reading.dates.as_slice()) {
            (_, [date]) => Some(date.clone()),
            (1, dates) => Some(Edtf::list(dates)),
            (states, dates) if states == dates.len() => dates.get(idx).cloned(),
            // More States than dates, or fewer: which belongs to which is not said.
            _ => None,
        };
        let fact = |(idx, state): (usize, &Iso3)| Fact {
            kind: self.form.kind,
            state: *state,
            resolution: None,
            date: date_of(idx),
            footnote: self.input.footnote.map(str::to_owned),
            words: words.clone(),
        };
        reading.states.iter().enumerate().map(fact).collect()
    }
}

/// Whether `text` is nothing or the small words before a name: ` of the `, ` du `.
fn leads_to_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.by_ref().take(2).all(|word| word.chars().all(char::is_lowercase)) && words.next().is_none()
}
