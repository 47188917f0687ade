//! Where the phrases of acts stand in a sentence, all of them found in one pass.
//!
//! Input: the acts, then a text. Output: places, by act. Invariant: a text is walked once, however many phrases there
//! are; trying each phrase by itself took 30 % of the time of reading a report.

use super::phrase::{Act, Dated};
use aho_corasick::{AhoCorasick, BuildError};
use std::collections::BTreeMap;
use std::ops::Range;

/// The phrases of all acts, ready for finding.
#[derive(Debug)]
pub(super) struct Finder {
    automaton: AhoCorasick,
    /// The act that each phrase belongs to, as an index.
    acts: Vec<usize>,
}

impl Finder {
    /// A finder of the phrases of `acts`.
    ///
    /// # Errors
    /// If there are more phrases than the automaton can hold.
    pub(super) fn new(acts: &[Act]) -> Result<Self, BuildError> {
        let phrases =
            || acts.iter().enumerate().flat_map(|(act, one)| one.phrases.iter().map(move |words| (act, words)));
        Ok(Self {
            automaton: AhoCorasick::new(phrases().map(|(_, words)| words))?,
            acts: phrases().map(|(act, _)| act).collect(),
        })
    }

    /// Every phrase in `text` with the index of its act, in the order of the acts, then of places, the longest first.
    pub(super) fn places(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let found = self.automaton.find_overlapping_iter(text);
        let mut places: Vec<(usize, Range<usize>)> =
            found.filter_map(|hit| Some((*self.acts.get(hit.pattern().as_usize())?, hit.range()))).collect();
        places.sort_by_key(|(act, place)| (*act, place.start, std::cmp::Reverse(place.end)));
        places
    }
}

impl Default for Finder {
    /// A finder of nothing.
    fn default() -> Self {
        #[allow(clippy::expect_used)]
        let automaton =
            AhoCorasick::new(std::iter::empty::<&str>()).expect("an automaton of no phrase has no limit to meet");
        Self { automaton, acts: Vec::new() }
    }
}

/// The words of which a form with dates needs one, ready for finding.
#[derive(Debug)]
pub(super) struct FixedParts {
    automaton: AhoCorasick,
    /// The key of `words` in `fact.toml` to which each word belongs, as an index.
    keys: Vec<usize>,
    /// The keys that each form needs, as bits.
    needs: Vec<u64>,
}

impl FixedParts {
    /// A finder of the parts of `forms` that must be there and are one of a few words.
    ///
    /// # Errors
    /// If there are more words than the automaton can hold, or more than 64 keys.
    pub(super) fn new(forms: &[Dated], words: &BTreeMap<String, Vec<String>>) -> Result<Self, TooMany> {
        if words.len() > u64::BITS as usize {
            return Err(TooMany::Keys(words.len()));
        }
        let all = || words.values().enumerate().flat_map(|(key, known)| known.iter().map(move |word| (key, word)));
        let bit = |part: &String| words.keys().position(|key| key == part).map_or(0, |key| 1 << key);
        Ok(Self {
            automaton: AhoCorasick::new(all().map(|(_, word)| word))?,
            keys: all().map(|(key, _)| key).collect(),
            needs: forms.iter().map(|form| form.parts.iter().map(bit).fold(0, |needs, bit| needs | bit)).collect(),
        })
    }

    /// The forms of which every such part is in `text`, as indices.
    pub(super) fn possible(&self, text: &str) -> Vec<usize> {
        let found = self.automaton.find_overlapping_iter(text);
        let keys = found.filter_map(|hit| self.keys.get(hit.pattern().as_usize()));
        let has = keys.fold(0_u64, |has, key| has | 1 << key);
        let forms = self.needs.iter().enumerate();
        forms.filter(|(_, needs)| *needs & !has == 0).map(|(form, _)| form).collect()
    }
}

impl Default for FixedParts {
    /// A finder of nothing.
    fn default() -> Self {
        let Finder { automaton, .. } = Finder::default();
        Self { automaton, keys: Vec::new(), needs: Vec::new() }
    }
}

/// Why words cannot be made ready for finding.
#[derive(Debug, thiserror::Error)]
pub(super) enum TooMany {
    /// More keys than are held as bits.
    #[error("{0} keys of words, where the limit is 64")]
    Keys(usize),
    /// More words than the automaton can hold.
    #[error(transparent)]
    Words(#[from] BuildError),
}
