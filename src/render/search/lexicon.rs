//! Words that a query may have meant, loaded only when it finds nothing.

use super::fold::is_han;
use super::glossary::meanings;
use super::name::{Value, name_key};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};

/// Fewest letters of a word that is worth mending.
const FEWEST_LETTERS: usize = 4;
/// Most words of the texts that are kept: the most frequent.
const MOST_WORDS: usize = 2_000;

/// Latin words, the most likely first; names and terms in Han characters, the longest first.
pub(super) fn lexicon(folded: &[Vec<String>], names: &BTreeMap<String, Value>) -> serde_json::Value {
    let named = || names.keys().filter_map(|key| key.strip_prefix(':'));
    let mut han: Vec<&str> = named().filter(|name| name.chars().count() > 1 && name.chars().all(is_han)).collect();
    han.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in folded.iter().flatten().flat_map(|field| words(field)) {
        *counts.entry(word).or_default() += 1;
    }
    let terms: Vec<String> = meanings().into_iter().map(|(form, _)| name_key(form)).collect();
    // What has a meaning of its own comes before what merely stands in a text.
    for word in named().chain(terms.iter().map(String::as_str)).flat_map(words) {
        *counts.entry(word).or_default() += 1_000;
    }
    let mut latin: Vec<(&str, usize)> = counts.into_iter().collect();
    latin.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    let latin: Vec<&str> = latin.into_iter().take(MOST_WORDS).map(|(word, _)| word).collect();
    json!({ "latin": latin.join(" "), "han": han.join(" ") })
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(|character: char| !character.is_ascii_lowercase());
    words.filter(|word| word.len() >= FEWEST_LETTERS)
}
