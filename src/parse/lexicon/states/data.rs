//! What the language files say about States' names.
//!
//! Input: `states.toml` and `clues.toml` of every language. Output: the same, typed.
//! Invariant: an unknown key is an error, so that a misspelt one is not silently without effect.

use crate::config::Group;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words by State, the key being ISO 3166-1 alpha-3.
pub(super) type ByState = BTreeMap<String, Vec<String>>;

/// `states.toml`: names beyond those of the reference table, and what is no name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamesFile {
    /// Further names of States.
    #[serde(default)]
    pub names: ByState,
    /// The other cases of names, which no State is called by itself.
    #[serde(default)]
    pub inflected: ByState,
    /// What is written onto the front of names: واليابان.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Names of the reference table that must not be looked for.
    #[serde(default)]
    pub ignored: Vec<String>,
    /// Words that name several States, and which, in the order they are named.
    #[serde(default)]
    pub compounds: BTreeMap<String, Vec<String>>,
    /// Words that contain a State's name, or overlap one, and name no State.
    #[serde(default)]
    pub words: Vec<String>,
    /// Neighbours that show a find to be none.
    #[serde(default)]
    pub guards: Vec<Guard>,
    /// Endings that may also begin the next word.
    #[serde(default)]
    pub endings: Vec<Ending>,
}

/// A find is none next to one of these.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Guard {
    /// The names and compounds it holds for; none means all of the language.
    #[serde(default)]
    pub names: Vec<String>,
    /// It holds for names that start like this.
    #[serde(default)]
    pub starting: Option<String>,
    /// It holds for compounds that start like this.
    #[serde(default)]
    pub compounds_starting: Option<String>,
    /// It holds for compounds that end like this.
    #[serde(default)]
    pub compounds_ending: Option<String>,
    /// What must not stand before.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// What must not stand behind.
    #[serde(default)]
    pub not_before: Vec<String>,
}

impl Guard {
    /// Whether it names no words, and so holds for all.
    pub fn holds_for_all(&self) -> bool {
        let for_compounds = self.compounds_starting.is_some() || self.compounds_ending.is_some();
        self.names.is_empty() && self.starting.is_none() && !for_compounds
    }
}

/// An ending that makes a longer name of another name, but may begin the next word instead.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ending {
    /// The ending.
    pub ending: String,
    /// What follows if it is not part of the name.
    pub not_before: Vec<String>,
}

/// `clues.toml`: weaker evidence of the State a text is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CluesFile {
    /// Capitals.
    #[serde(default)]
    pub capitals: ByState,
    /// Other cities.
    #[serde(default)]
    pub cities: ByState,
    /// Organs and offices that, under that name, only this State has.
    #[serde(default)]
    pub organs: ByState,
    /// Groups of States.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// Words that contain one of the above and are no clue.
    #[serde(default)]
    pub words: Vec<String>,
}
