//! Reads what a text tells above all: the act of the State whose record it is.
//!
//! Input: a clean text with its States and the facts it states. Output: a gist, or none where no rule is sure.
//! Invariant: an act is said of the State whose record it is, outside quotations, by one of the phrases of the lexicon.
//!
//! 1. Phrases are looked for in the first sentences; their neighbours must not make them another's act, or none.
//! 2. Facts that are already known of the State are taken as they are.
//! 3. Of what is found, the act of the best rank counts, then the one said first.

use super::fact::{Phrases, Sentence, sentences};
use super::lexicon::files::LANGUAGES;
use crate::base::language::is_unspaced;
use crate::base::limits::MAX_SENTENCE_BYTES;
use crate::base::unique::unique;
use crate::model::fact::{Fact, FactKind};
use crate::model::gist::{Act, Gist};
use crate::model::state::{Iso3, Mention};
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::error::Error;
use std::ops::Range;

/// How many sentences are looked at: what comes later is seldom what a record is about.
const SENTENCES: usize = 2;

/// The rank of facts: their own grammar is sure of them.
const RANK_OF_FACTS: u8 = 1;

/// How the languages say what a State did, told in one word.
#[derive(Debug)]
pub struct ActPhrases {
    words: ActWords,
    /// Finds the phrases of all acts in one pass.
    finder: AhoCorasick,
    /// The act that each of these phrases says, in the order of acts and of the phrases of each.
    acts: Vec<usize>,
}

/// What a language file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActWords {
    /// Ways to say each act.
    acts: Vec<ActPhrase>,
    /// Words before a State with which something is done.
    partner_after: Vec<String>,
    /// Words before a State that is only a place.
    place_after: Vec<String>,
    /// Words behind a State that only owns what is spoken of.
    owner_before: Vec<String>,
    /// Words that begin a clause of which the subject is a text, a meeting or a body.
    others: Vec<String>,
    /// Articles before the name of a State.
    #[serde(default)]
    articles: Vec<String>,
    /// Whether the verb stands before its subject.
    #[serde(default)]
    verbs_come_first: bool,
}

/// A way to say an act.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActPhrase {
    act: Act,
    /// Acts of a lower rank are what a record is about before others.
    rank: u8,
    phrases: Vec<String>,
    /// Words of which one must follow in the sentence.
    #[serde(default)]
    needs: Vec<String>,
    /// Words directly before the phrase that make it no act of the State.
    #[serde(default)]
    not_after: Vec<String>,
    /// Words directly behind it that make it another word.
    #[serde(default)]
    not_before: Vec<String>,
    /// Words before it in its clause that make it another's act, or none.
    #[serde(default)]
    blockers: Vec<String>,
    /// Whether the States that are named are those to or with which it was done.
    #[serde(default)]
    has_partners: bool,
    /// Whether its language puts the verb before its subject.
    #[serde(skip)]
    comes_first: bool,
}

/// A text and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct GistInput<'a> {
    /// Clean text of a record.
    pub text: &'a str,
    /// The States that it names, in order.
    pub mentions: &'a [Mention],
    /// The State whose record it is.
    pub own: Iso3,
    /// Whether all of it is about what that State did for the treaty, as is a row of a table of activities. The phrases say
    /// no such thing of any other text, which has only facts.
    pub is_of_table: bool,
    /// What it states.
    pub facts: &'a [Fact],
}

/// What a clause begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// A State.
    State(Iso3),
    /// A text, a meeting or a body.
    Other,
    /// Anything else.
    None,
}

/// An act at its place.
struct Candidate<'a> {
    act: Act,
    rank: u8,
    place: Range<usize>,
    /// Of several phrases at one place the first in the files counts, and a fact after all.
    order: usize,
    sentence: usize,
    /// The phrase that says it, where it is no fact.
    phrase: Option<&'a ActPhrase>,
    facts: Vec<&'a Fact>,
}

impl ActPhrases {
    /// Reads the language files.
    ///
    /// # Errors
    /// If one is not what it should be.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let mut all = ActWords::default();
        for files in LANGUAGES {
            let own: ActWords = toml::from_str(files.gist)?;
            let comes_first = own.verbs_come_first;
            all.acts.extend(own.acts.into_iter().map(|act| ActPhrase { comes_first, ..act }));
            all.articles.extend(own.articles);
            all.partner_after.extend(own.partner_after);
            all.place_after.extend(own.place_after);
            all.owner_before.extend(own.owner_before);
            all.others.extend(own.others);
        }
        let phrases =
            || all.acts.iter().enumerate().flat_map(|(act, said)| said.phrases.iter().map(move |phrase| (act, phrase)));
        let finder = AhoCorasick::new(phrases().map(|(_, phrase)| phrase))?;
        Ok(Self { finder, acts: phrases().map(|(act, _)| act).collect(), words: all })
    }
}

/// What the text of `input` tells above all.
#[must_use]
pub fn gist(input: &GistInput<'_>, acts: &ActPhrases, phrases: &Phrases) -> Option<Gist> {
    let first = sentences(input.text, phrases).into_iter().filter(|range| !is_blank(input.text, range)).take(SENTENCES);
    let short = first.filter(|range| range.len() <= MAX_SENTENCE_BYTES);
    let sentences: Vec<Sentence> = short.map(|range| Sentence::new(input.text, range, phrases)).collect();
    let reader = Reader { input, acts, sentences: &sentences };
    let said = if input.is_of_table { reader.said() } else { Vec::new() };
    let candidates = said.into_iter().chain(reader.stated());
    let found = candidates.min_by_key(|candidate| (candidate.rank, candidate.place.start, candidate.order))?;
    Some(reader.gist(&found))
}

fn is_blank(text: &str, range: &Range<usize>) -> bool {
    text.get(range.clone()).is_none_or(|words| words.trim().is_empty())
}

struct Reader<'a> {
    input: &'a GistInput<'a>,
    acts: &'a ActPhrases,
    sentences: &'a [Sentence],
}

impl<'a> Reader<'a> {
    /// Where acts are said of the State.
    fn said(&self) -> Vec<Candidate<'a>> {
        let mut found = Vec::new();
        for (position, sentence) in self.sentences.iter().enumerate() {
            let words = &self.input.text[sentence.range.clone()];
            for said in self.acts.finder.find_overlapping_iter(words) {
                let order = said.pattern().as_usize();
                let act = &self.acts.words.acts[self.acts.acts[order]];
                let place = sentence.range.start + said.start()..sentence.range.start + said.end();
                if self.counts(act, sentence, &place) {
                    found.push(Candidate {
                        act: act.act,
                        rank: act.rank,
                        place,
                        order,
                        sentence: position,
                        phrase: Some(act),
                        facts: Vec::new(),
                    });
                }
            }
        }
        found
    }

    /// Whether a phrase of `act` says there that the State did it.
    fn counts(&self, act: &ActPhrase, sentence: &Sentence, place: &Range<usize>) -> bool {
        let text = self.input.text;
        let (before, after) = (text.get(..place.start).unwrap_or_default(), text.get(place.end..).unwrap_or_default());
        // Chinese writes its words without blanks between.
        let is_letter = |character: char| character.is_alphabetic() && !is_unspaced(character);
        let is_part_of_word = text.get(place.clone()).is_some_and(|word| {
            word.starts_with(is_letter) && before.ends_with(is_letter)
                || word.ends_with(is_letter) && after.starts_with(is_letter)
        });
        let rest = text.get(place.end..sentence.range.end).unwrap_or_default();
        let has_need = act.needs.is_empty() || act.needs.iter().any(|need| rest.contains(need.as_str()));
        !sentence.is_sheltered(place.start)
            && !is_part_of_word
            && has_need
            && !act.not_after.iter().any(|word| before.trim_end_matches(' ').ends_with(word.as_str()))
            && !act.not_before.iter().any(|word| after.trim_start_matches(' ').starts_with(word.as_str()))
            && self.is_own(act, sentence, place)
    }

    /// Whether the act is the State's own: neither another State nor a text or a meeting begins the clause, or the one
    /// before it that has a subject, and no word before the phrase makes it another's.
    fn is_own(&self, act: &ActPhrase, sentence: &Sentence, place: &Range<usize>) -> bool {
        let text = self.input.text;
        let clauses = self.sentences.iter().flat_map(|sentence| &sentence.clauses);
        let before: Vec<&Range<usize>> = clauses.take_while(|clause| clause.start <= place.start).collect();
        let Some(clause) = before.last() else { return false };
        let lead = text.get(clause.start..place.start).unwrap_or_default();
        let is_blocked = act.blockers.iter().any(|blocker| lead.contains(blocker.as_str()));
        if act.comes_first && self.state_at(place.end).is_some_and(|state| state != self.input.own) {
            return false;
        }
        let own = sentence.clause_at(place.start).map_or(0, |clauses| clauses + 1);
        let of_sentence = before.iter().rev().take(own);
        let is_of_other = of_sentence.map(|clause| self.subject(clause)).find(|subject| *subject != Subject::None);
        let subject = is_of_other.unwrap_or_else(|| {
            let states = before.iter().rev().skip(own).map(|clause| self.subject(clause));
            states.into_iter().find(|subject| matches!(subject, Subject::State(_))).unwrap_or(Subject::None)
        });
        !is_blocked
            && match subject {
                Subject::State(state) => state == self.input.own,
                Subject::Other => false,
                Subject::None => true,
            }
    }

    /// What a clause begins with.
    fn subject(&self, clause: &Range<usize>) -> Subject {
        let words = self.input.text.get(clause.clone()).unwrap_or_default();
        let is_other = || self.acts.words.others.iter().any(|other| words.trim_start().starts_with(other.as_str()));
        match self.state_at(clause.start) {
            Some(state) => Subject::State(state),
            None if is_other() => Subject::Other,
            None => Subject::None,
        }
    }

    /// The State whose name begins at `position`, but for blanks and an article.
    fn state_at(&self, position: usize) -> Option<Iso3> {
        let words = self.input.text.get(position..)?.trim_start();
        let start = self.input.text.len() - words.len();
        let article = self.acts.words.articles.iter().find(|article| words.starts_with(article.as_str()));
        let starts = [Some(start), article.map(|article| start + article.len())];
        let mention = self.input.mentions.iter().find(|mention| starts.contains(&Some(mention.range.start)))?;
        Some(mention.state)
    }

    /// What is stated of the State as facts.
    fn stated(&self) -> Vec<Candidate<'a>> {
        let own = self.input.facts.iter().filter(|fact| fact.state == self.input.own && fact.footnote.is_none());
        let mut found: Vec<Candidate<'a>> = Vec::new();
        for fact in own {
            if let Some(candidate) = found.iter_mut().find(|candidate| candidate.act == act_of(fact.kind)) {
                candidate.facts.push(fact);
                continue;
            }
            let found_in = self.sentences.iter().enumerate().find_map(|(position, sentence)| {
                let at = self.input.text[sentence.range.clone()].find(&*fact.words)?;
                Some((position, sentence.range.start + at))
            });
            let Some((sentence, start)) = found_in else { continue };
            found.push(Candidate {
                act: act_of(fact.kind),
                rank: RANK_OF_FACTS,
                place: start..start + fact.words.len(),
                order: usize::MAX,
                sentence,
                phrase: None,
                facts: vec![fact],
            });
        }
        found
    }

    fn gist(&self, found: &Candidate<'_>) -> Gist {
        let clause = self.sentences.get(found.sentence).and_then(|sentence| {
            let at = sentence.clause_at(found.place.start)?;
            sentence.clauses.get(at)
        });
        let resolutions = found.facts.iter().filter_map(|fact| fact.resolution.clone()).collect();
        Gist {
            act: found.act,
            to: found
                .phrase
                .filter(|phrase| phrase.has_partners)
                .map_or_else(Vec::new, |phrase| self.partners(found, phrase)),
            resolutions,
            words: clause.cloned().unwrap_or_else(|| found.place.clone()),
        }
    }

    /// The States to or with which it was done: those behind the phrase, as far as the State itself is not named again;
    /// else those before it that a word makes partners.
    fn partners(&self, found: &Candidate<'_>, phrase: &ActPhrase) -> Vec<Iso3> {
        let Some(sentence) = self.sentences.get(found.sentence) else { return Vec::new() };
        let is_plain = |mention: &&Mention| {
            !sentence.is_quoted(mention.range.start) && !self.is_behind(mention, &self.acts.words.place_after)
        };
        let behind = found.place.end..sentence.range.end;
        let named = self.input.mentions.iter().filter(|mention| behind.contains(&mention.range.start));
        let is_own = |mention: &&Mention| mention.state == self.input.own;
        let named = named.skip_while(|mention| phrase.comes_first && is_own(mention));
        let named = named.take_while(|mention| !is_own(mention));
        let named = states(named.filter(|mention| is_plain(mention) && !self.is_owner(mention)));
        if !named.is_empty() {
            return named;
        }
        let others = self.input.mentions.iter().filter(|mention| mention.state != self.input.own);
        let before = others.take_while(|mention| mention.range.start < found.place.start).filter(is_plain);
        states(before.skip_while(|mention| !self.is_behind(mention, &self.acts.words.partner_after)))
    }

    fn is_behind(&self, mention: &Mention, words: &[String]) -> bool {
        let before = self.input.text.get(..mention.range.start).unwrap_or_default().trim_end_matches(' ');
        words.iter().any(|word| before.ends_with(word.as_str()))
    }

    fn is_owner(&self, mention: &Mention) -> bool {
        let after = self.input.text.get(mention.range.end..).unwrap_or_default();
        self.acts.words.owner_before.iter().any(|word| after.starts_with(word.as_str()))
    }
}

fn states<'a>(mentions: impl Iterator<Item = &'a Mention>) -> Vec<Iso3> {
    unique(mentions.map(|mention| mention.state))
}

fn act_of(kind: FactKind) -> Act {
    match kind {
        FactKind::Ratified => Act::Ratified,
        FactKind::VotedFor => Act::VotedFor,
        FactKind::VotedAgainst => Act::VotedAgainst,
        FactKind::Abstained => Act::Abstained,
        FactKind::Sponsored => Act::Sponsored,
        FactKind::Hosted => Act::Hosted,
        FactKind::Received => Act::Received,
        FactKind::Contributed => Act::Contributed,
    }
}
