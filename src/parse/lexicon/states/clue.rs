//! Weaker evidence of the State a text is about: cities, organs, persons, groups.
//!
//! Input: `clues.toml` and the words of a site. Output: the States a text points at without naming them.
//! Invariant: a clue never makes a mention; it only weighs where a source has lost the State's name.

use super::data::{ByState, CluesFile};
use super::trie::{Hit, Spacing, Trie, is_word_character};
use crate::config::{Group, SubjectWords};
use crate::model::state::Iso3;
use std::ops::RangeInclusive;

/// What kind of evidence a clue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clue {
    /// The State's capital or seat of government.
    Capital,
    /// Another city of the State.
    City,
    /// An organ or office that, under this name, the State has.
    Organ,
    /// A person who held office for the State.
    Official,
    /// A group the State belongs to.
    Group,
}

/// The clue words of all languages.
#[derive(Debug, Default)]
pub(super) struct Clues {
    trie: Trie,
    entries: Vec<Vec<Pointer>>,
}

/// One State a word points at, and the years in which it does.
#[derive(Debug, Clone)]
struct Pointer {
    state: Iso3,
    clue: Clue,
    years: RangeInclusive<u16>,
}

impl Clues {
    /// Adds what is known of the world.
    pub fn add(&mut self, file: &CluesFile) {
        self.add_words(&file.capitals, Clue::Capital);
        self.add_words(&file.cities, Clue::City);
        self.add_words(&file.organs, Clue::Organ);
        self.add_groups(&file.groups);
        file.words.iter().for_each(|word| self.insert(word, &[]));
    }

    /// Adds the persons and groups of a site's subject.
    pub fn add_subject(&mut self, words: &SubjectWords) {
        self.add_words(&words.officials, Clue::Official);
        self.add_groups(&words.groups);
    }

    fn add_groups(&mut self, groups: &[Group]) {
        for group in groups {
            let members = members_of(group);
            group.names.iter().for_each(|name| self.insert(name, &members));
        }
    }

    /// The clues of `text` in order.
    pub fn find(&self, text: &str, year: Option<u16>) -> Vec<(Iso3, Clue)> {
        let (mut found, mut skip_to) = (Vec::new(), 0);
        for (at, _) in text.char_indices() {
            let Some(hit) = self.longest_at(text, at).filter(|_| at >= skip_to) else { continue };
            skip_to = hit.end;
            let pointers = self.entries.get(hit.value as usize).into_iter().flatten();
            let then = pointers.filter(|pointer| year.is_none_or(|year| pointer.years.contains(&year)));
            found.extend(then.map(|pointer| (pointer.state, pointer.clue)));
        }
        found
    }

    fn longest_at(&self, text: &str, at: usize) -> Option<Hit> {
        let mut longest = None;
        self.trie.walk(text, at, Spacing::Open, |hit| {
            if is_whole(text, at, hit.end) {
                longest = Some(hit);
            }
        });
        longest
    }

    fn add_words(&mut self, words: &ByState, clue: Clue) {
        for (code, words) in words {
            let Some(state) = Iso3::new(code) else { continue };
            let pointer = Pointer { state, clue, years: 0..=u16::MAX };
            words.iter().for_each(|word| self.insert(word, std::slice::from_ref(&pointer)));
        }
    }

    /// Adds a word, or further States for a word that several share.
    fn insert(&mut self, word: &str, pointers: &[Pointer]) {
        let known = self.trie.value(word).and_then(|value| self.entries.get_mut(value as usize));
        if let Some(entry) = known {
            entry.extend_from_slice(pointers);
            return;
        }
        self.trie.insert(word, u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        self.entries.push(pointers.to_vec());
    }
}

fn members_of(group: &Group) -> Vec<Pointer> {
    let years = |code: &String| {
        let first = group.since.get(code).copied().unwrap_or(0);
        let last = group.until.get(code).copied().unwrap_or(u16::MAX);
        first..=last
    };
    let pointer = |code: &String| Some(Pointer { state: Iso3::new(code)?, clue: Clue::Group, years: years(code) });
    group.members.iter().filter_map(pointer).collect()
}

/// Whether a find in a script with blanks is not a part of a longer word.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let word = &text[start..end];
    let before = &text[..start];
    let after = &text[end..];
    let joined_before = word.starts_with(is_word_character) && before.ends_with(is_word_character);
    let joined_after = word.ends_with(is_word_character) && after.starts_with(is_word_character);
    !joined_before && !joined_after
}
