//! How a language says what a State did.
//!
//! Input: `fact.toml` of every language. Output: the phrases of all languages together.
//! Invariant: an unknown key is an error, so that a misspelt one is not silently without effect.

use super::clause::{Ends, Marks};
use super::finder::Finder;
use crate::model::fact::FactKind;
use crate::parse::lexicon::files::LANGUAGES;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The phrases of all languages.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    pub(super) sentence_ends: Vec<String>,
    pub(super) clause_ends: Vec<String>,
    pub(super) openings: Vec<String>,
    pub(super) joiners: Vec<String>,
    pub(super) not_subject_after: Vec<String>,
    pub(super) not_subject_before: Vec<String>,
    pub(super) acts: Vec<Act>,
    pub(super) tallies: Tallies,
    pub(super) dated: Vec<Dated>,
    pub(super) words: BTreeMap<String, Vec<String>>,
    #[serde(skip)]
    pub(super) finder: Finder,
    #[serde(skip)]
    pub(super) ends: Ends,
}

/// A way to say that a State acted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Act {
    pub kind: FactKind,
    pub phrases: Vec<String>,
    /// Words directly before the phrase that make it no deed done.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// Words directly behind it that make it another word.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// Words of which the sentence needs one.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Where the resolutions it is about stand.
    #[serde(default)]
    pub resolutions: Resolutions,
    /// Whether the State must stand in the clause of the phrase.
    #[serde(default)]
    pub same_clause: bool,
    /// Words between the State and the phrase that make the deed another's, or no deed.
    #[serde(default)]
    pub blockers: Vec<String>,
}

/// Where the resolutions stand that an act is about.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Resolutions {
    /// Such acts have none.
    #[default]
    None,
    /// Behind the phrase, else before it.
    After,
    /// Before the phrase.
    Before,
}

/// Words that say how the States in the brackets behind them voted.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Tallies {
    pub voted_for: Vec<String>,
    pub voted_against: Vec<String>,
    pub abstained: Vec<String>,
    /// What follows a number of votes: `反对1票`.
    pub unit: Vec<String>,
}

impl Tallies {
    /// The words for votes of another kind than `kind`.
    pub(super) fn words_of_other_votes(&self, kind: FactKind) -> impl Iterator<Item = &str> {
        let votes = [
            (FactKind::VotedFor, &self.voted_for),
            (FactKind::VotedAgainst, &self.voted_against),
            (FactKind::Abstained, &self.abstained),
        ];
        votes.into_iter().filter(move |(other, _)| *other != kind).flat_map(|(_, words)| words).map(String::as_str)
    }
}

/// A pattern of States, dates and words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dated {
    pub kind: FactKind,
    pub parts: Vec<String>,
}

impl Phrases {
    /// Reads the language files.
    ///
    /// # Errors
    /// If one is not what it should be.
    pub fn new() -> Result<Self, toml::de::Error> {
        let mut all = Self::default();
        for files in LANGUAGES {
            all.absorb(toml::from_str(files.fact)?);
        }
        all.finder = Finder::new(&all).map_err(serde::de::Error::custom)?;
        all.ends = Ends { sentences: Marks::new(&all.sentence_ends), clauses: Marks::new(&all.clause_ends) };
        Ok(all)
    }

    fn absorb(&mut self, other: Self) {
        self.sentence_ends.extend(other.sentence_ends);
        self.clause_ends.extend(other.clause_ends);
        self.openings.extend(other.openings);
        self.joiners.extend(other.joiners);
        self.not_subject_after.extend(other.not_subject_after);
        self.not_subject_before.extend(other.not_subject_before);
        self.acts.extend(other.acts);
        self.tallies.voted_for.extend(other.tallies.voted_for);
        self.tallies.voted_against.extend(other.tallies.voted_against);
        self.tallies.abstained.extend(other.tallies.abstained);
        self.tallies.unit.extend(other.tallies.unit);
        self.dated.extend(other.dated);
        for (key, words) in other.words {
            self.words.entry(key).or_default().extend(words);
        }
    }
}
