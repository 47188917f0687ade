//! What in a sentence may state a fact, all of it found in one pass.
//!
//! Input: the phrases, then a text. Output: what the text has of them. Invariant: a text is walked once, however many
//! phrases there are; trying each phrase by itself took 30 % of the time of reading a report.

use super::phrase::Phrases;
use aho_corasick::{AhoCorasick, BuildError};
use std::ops::Range;

/// All phrases, ready for finding.
#[derive(Debug)]
pub(super) struct Finder {
    automaton: AhoCorasick,
    /// What each phrase is a sign of.
    signs: Vec<Sign>,
    /// The keys of words of which each form with dates needs one, as bits.
    needs: Vec<u64>,
}

/// What a phrase is a sign of.
#[derive(Debug, Clone, Copy)]
enum Sign {
    /// Of the act with this index.
    Act(usize),
    /// Of the key of `words` in `fact.toml` with this index.
    Key(usize),
    /// Of a tally.
    Tally,
}

/// What a sentence has of the phrases.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Phrases of acts with the index of the act, in the order of the acts, then of places, the longest first.
    pub acts: Vec<(usize, Range<usize>)>,
    /// Indices of the forms with dates of which every part that must be there is.
    pub forms: Vec<usize>,
    /// Whether it has a word of a tally.
    pub has_tally: bool,
}

impl Found {
    /// Whether the sentence states no fact.
    pub(super) fn is_nothing(&self) -> bool {
        self.acts.is_empty() && self.forms.is_empty() && !self.has_tally
    }
}

impl Finder {
    /// A finder of `phrases`.
    ///
    /// # Errors
    /// If there are more phrases than the automaton can hold, or more than 64 keys.
    pub(super) fn new(phrases: &Phrases) -> Result<Self, TooMany> {
        let Phrases { acts, words, tallies, dated, .. } = phrases;
        if words.len() > u64::BITS as usize {
            return Err(TooMany::Keys(words.len()));
        }
        let of_acts = acts.iter().enumerate().flat_map(|(act, one)| signs(&one.phrases, Sign::Act(act)));
        let of_keys = words.values().enumerate().flat_map(|(key, known)| signs(known, Sign::Key(key)));
        let counted = [&tallies.voted_for, &tallies.voted_against, &tallies.abstained];
        let of_tallies = counted.into_iter().flat_map(|words| signs(words, Sign::Tally));
        let (words_of_signs, signs): (Vec<&String>, Vec<Sign>) = of_acts.chain(of_keys).chain(of_tallies).unzip();
        let key = |part: &String| words.keys().position(|key| key == part);
        let needs =
            dated.iter().map(|form| form.parts.iter().filter_map(key).fold(0, |needs, key| needs | 1 << key)).collect();
        Ok(Self { automaton: AhoCorasick::new(words_of_signs)?, signs, needs })
    }

    /// What `text` has of the phrases.
    pub(super) fn look(&self, text: &str) -> Found {
        let (mut found, mut keys) = (Found::default(), 0_u64);
        for hit in self.automaton.find_overlapping_iter(text) {
            match self.signs.get(hit.pattern().as_usize()) {
                Some(Sign::Act(act)) => found.acts.push((*act, hit.range())),
                Some(Sign::Key(key)) => keys |= 1 << key,
                Some(Sign::Tally) => found.has_tally = true,
                None => {}
            }
        }
        found.acts.sort_by_key(|(act, place)| (*act, place.start, std::cmp::Reverse(place.end)));
        let forms = self.needs.iter().enumerate();
        found.forms = forms.filter(|(_, needs)| *needs & !keys == 0).map(|(form, _)| form).collect();
        found
    }
}

/// `words`, each a sign of the same.
fn signs(words: &[String], sign: Sign) -> impl Iterator<Item = (&String, Sign)> {
    words.iter().map(move |word| (word, sign))
}

impl Default for Finder {
    /// A finder of nothing.
    fn default() -> Self {
        #[allow(clippy::expect_used)]
        let automaton =
            AhoCorasick::new(std::iter::empty::<&str>()).expect("an automaton of no phrase has no limit to meet");
        Self { automaton, signs: Vec::new(), needs: Vec::new() }
    }
}

/// Why phrases cannot be made ready for finding.
#[derive(Debug, thiserror::Error)]
pub(super) enum TooMany {
    /// More keys than are held as bits.
    #[error("{0} keys of words, where the limit is 64")]
    Keys(usize),
    /// More phrases than the automaton can hold.
    #[error(transparent)]
    Phrases(#[from] BuildError),
}
