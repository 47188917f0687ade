//! Finds the States a text names.
//!
//! Input: the reference table of States and the language files `states.toml` and `clues.toml`.
//! Output: names at a place, names in a text, the order of States, weaker clues.
//! Invariant: the longest word at a place decides, be it a name or a word that only contains one; a scan is linear.
//!
//! 1. Every name of every State goes into one tree of words, and so do the words that are no names.
//! 2. At a place, the longest word whose neighbours do not forbid it is the find.
//! 3. A find is passed over whole, so that nothing inside it is found again.

mod clue;
mod data;
mod trie;

pub use clue::Clue;

use super::citation::prefixed;
use super::files::{CLUES, LANGUAGES};
use crate::base::settings;
use crate::config::SubjectWords;
use crate::model::reference::State;
use crate::model::state::{Iso3, Mention};
use clue::Clues;
use data::{Guard, NamesFile};
use std::collections::BTreeMap;
use trie::{Hit, Spacing, Trie, is_word_character};

/// Languages whose names of States stand in texts of every language.
const NAMED_IN_ALL: [&str; 2] = ["zh", "en"];

/// Whether names of States in `language` stand in texts of every language.
pub(super) fn is_named_in_all(language: &str) -> bool {
    NAMED_IN_ALL.contains(&language)
}

/// All names of all States, ready for finding.
#[derive(Debug)]
pub struct StateNames {
    trie: Trie,
    entries: Vec<Entry>,
    guards: Vec<Guard>,
    clues: Clues,
    ranks: BTreeMap<Iso3, usize>,
}

/// A word of the tree.
#[derive(Debug)]
struct Entry {
    /// The States it names, in order: none for a word that only contains a name, several for a compound.
    states: Vec<Iso3>,
    /// Indices into the guards.
    guards: Vec<usize>,
    /// Whether its first and last characters must not touch another letter.
    at_word_boundary: bool,
}

/// A word found in a text.
#[derive(Clone, Copy)]
struct Found<'a> {
    entry: &'a Entry,
    end: usize,
}

impl StateNames {
    /// Builds the finder for texts in `language`, which may name States in Chinese and English too, from the reference
    /// table, the language files and the words of a site.
    ///
    /// # Errors
    /// If a language file is not what it should be.
    pub fn new(states: &[State], language: &str, words: &SubjectWords) -> Result<Self, toml::de::Error> {
        let mut names = Self {
            trie: Trie::default(),
            entries: Vec::new(),
            guards: Vec::new(),
            clues: Clues::default(),
            ranks: rank_states(states),
        };
        // What is entered first wins: a word of the text's own language.
        let own = LANGUAGES.iter().filter(|files| files.tag == language);
        let others = LANGUAGES.iter().filter(|files| files.tag != language && NAMED_IN_ALL.contains(&files.tag));
        for files in own.chain(others) {
            let file: NamesFile = toml::from_str(files.states)?;
            names.add_language(states, files.tag, &file);
        }
        names.clues.add(&toml::from_str(CLUES)?);
        names.clues.add_subject(words);
        Ok(names)
    }

    /// The State whose name starts at byte `at` of clean `text`, and the length of the name in bytes.
    ///
    /// The longest name counts; none if the name is part of a longer word.
    #[must_use]
    pub fn match_at(&self, text: &str, at: usize) -> Option<(Iso3, usize)> {
        self.single_at(text, at, Spacing::Closed)
    }

    /// The same where the source parts words by blanks and breaks lines within names: `大 不列颠 及\n\n北爱尔兰 联合王国`.
    #[must_use]
    pub fn match_at_spaced(&self, text: &str, at: usize) -> Option<(Iso3, usize)> {
        self.single_at(text, at, Spacing::Open)
    }

    /// Whether `text` is what a line may hold of a name that goes on behind it: `United Kingdom of`.
    #[must_use]
    pub fn is_beginning(&self, text: &str) -> bool {
        self.trie.is_beginning(text)
    }

    /// All States named in clean `text`, in order, per the records contract (field `mentions`).
    ///
    /// A State inside another word or an organisation's name is none; short forms, pairs (`韩美`), places and
    /// titles count. A State named twice is there twice.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.scan(text, Spacing::Closed)
    }

    /// The same where the source parts words by blanks; ranges are those of `text`, blanks included.
    #[must_use]
    pub fn mentions_spaced(&self, text: &str) -> Vec<Mention> {
        self.scan(text, Spacing::Open)
    }

    /// The place of a State in the English alphabetical order in which the United Nations lists States; an unknown code
    /// comes last.
    #[must_use]
    pub fn rank(&self, state: Iso3) -> usize {
        self.ranks.get(&state).copied().unwrap_or(usize::MAX)
    }

    /// Weaker evidence of the State a text is about, in the order it stands in the text.
    ///
    /// Blanks that part words are skipped. With a `year`, groups have the members they had then.
    #[must_use]
    pub fn clues(&self, text: &str, year: Option<u16>) -> Vec<(Iso3, Clue)> {
        self.clues.find(text, year)
    }

    fn single_at(&self, text: &str, at: usize, spacing: Spacing) -> Option<(Iso3, usize)> {
        let found = self.find_at(text, at, spacing)?;
        let [state] = found.entry.states.as_slice() else { return None };
        Some((*state, found.end - at))
    }

    fn scan(&self, text: &str, spacing: Spacing) -> Vec<Mention> {
        let (mut mentions, mut skip_to) = (Vec::new(), 0);
        for (at, first) in text.char_indices() {
            if at < skip_to || !self.trie.may_begin(first) {
                continue;
            }
            if let Some(found) = self.find_at(text, at, spacing) {
                push_mentions(&mut mentions, text, at, found);
                skip_to = found.end;
            }
        }
        mentions
    }

    /// The longest word at `at` that its neighbours do not forbid.
    fn find_at(&self, text: &str, at: usize, spacing: Spacing) -> Option<Found<'_>> {
        let mut best = None;
        self.trie.walk(text, at, spacing, |hit| {
            let entry = self.entries.get(hit.value as usize);
            if let Some(entry) = entry.filter(|entry| self.may_stand(entry, text, at, hit)) {
                best = Some(Found { entry, end: hit.end });
            }
        });
        best.filter(|found| !self.hides_name(text, at, *found, spacing))
    }

    /// Whether the neighbours of a hit allow it.
    fn may_stand(&self, entry: &Entry, text: &str, at: usize, hit: Hit) -> bool {
        let (mut before, mut after) = (&text[..at], &text[hit.end..]);
        if entry.at_word_boundary && !is_whole_word(before, after) {
            return false;
        }
        // Where the word itself is broken by blanks, a neighbour beyond a blank is as near as its own characters.
        if hit.broken {
            (before, after) = (before.trim_end(), after.trim_start());
        }
        let forbids = |guard: &Guard| {
            guard.not_after.iter().any(|word| before.ends_with(word.as_str()))
                || guard.not_before.iter().any(|word| after.starts_with(word.as_str()))
        };
        !entry.guards.iter().filter_map(|idx| self.guards.get(*idx)).any(forbids)
    }

    /// Whether the last letter of a compound begins a State's full name: `大会中美国` names one State, not two.
    fn hides_name(&self, text: &str, at: usize, found: Found<'_>, spacing: Spacing) -> bool {
        if found.entry.states.len() < 2 {
            return false;
        }
        let last = text.get(at..found.end).and_then(|word| word.char_indices().last());
        let Some((offset, _)) = last else { return false };
        self.single_at(text, at + offset, spacing).is_some_and(|(_, length)| at + offset + length > found.end)
    }

    fn add_language(&mut self, states: &[State], language: &str, file: &NamesFile) {
        let first_guard = self.guards.len();
        self.guards.extend(file.guards.iter().cloned());
        let names = collect_names(states, language, file);
        let inflected: Vec<(Iso3, String)> = file
            .inflected
            .iter()
            .filter_map(|(code, cases)| Some((Iso3::new(code)?, cases)))
            .flat_map(|(state, cases)| cases.iter().map(move |name| (state, name.clone())))
            .collect();
        for (state, name) in names.iter().chain(&inflected) {
            let guards = self.guards_of(name, first_guard, &names, file);
            for prefix in &file.prefixes {
                self.insert(&prefixed(prefix, name), vec![*state], guards.clone());
            }
            self.insert(name, vec![*state], guards);
        }
        for (word, codes) in &file.compounds {
            let guards = self.guards_of(word, first_guard, &[], file);
            self.insert(word, codes.iter().filter_map(|code| Iso3::new(code)).collect(), guards);
        }
        for word in &file.words {
            self.insert(word, Vec::new(), Vec::new());
        }
    }

    /// The guards that hold for a word; those for endings are made here, as they depend on the other names.
    fn guards_of(&mut self, word: &str, first: usize, names: &[(Iso3, String)], file: &NamesFile) -> Vec<usize> {
        let is_compound = file.compounds.contains_key(word);
        let holds = |guard: &Guard| guard_holds(guard, word, is_compound);
        let numbered = file.guards.iter().zip(first..);
        let mut guards: Vec<usize> = numbered.filter(|(guard, _)| holds(guard)).map(|(_, idx)| idx).collect();
        for ending in &file.endings {
            let stem = word.strip_suffix(ending.ending.as_str());
            if stem.is_some_and(|stem| names.iter().any(|(_, name)| name == stem)) {
                guards.push(self.guards.len());
                self.guards.push(Guard { not_before: ending.not_before.clone(), ..Guard::default() });
            }
        }
        guards
    }

    fn insert(&mut self, word: &str, states: Vec<Iso3>, guards: Vec<usize>) {
        let value = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let at_word_boundary = word.starts_with(is_word_character);
        for spelling in spellings(word, at_word_boundary) {
            self.trie.insert(&spelling, value);
        }
        self.entries.push(Entry { states, guards, at_word_boundary });
    }
}

/// The States of a find; those of a compound share its letters.
fn push_mentions(mentions: &mut Vec<Mention>, text: &str, at: usize, found: Found<'_>) {
    if let [state] = found.entry.states.as_slice() {
        mentions.push(Mention { state: *state, range: at..found.end });
        return;
    }
    let letters = text[at..found.end].char_indices();
    let letters = letters.filter(|(_, letter)| letter.is_alphabetic());
    for (state, (offset, letter)) in found.entry.states.iter().zip(letters) {
        let start = at + offset;
        mentions.push(Mention { state: *state, range: start..start + letter.len_utf8() });
    }
}

/// Every name to look for in one language, those of the reference table first.
fn collect_names(states: &[State], language: &str, file: &NamesFile) -> Vec<(Iso3, String)> {
    let mut names = Vec::new();
    for state in states {
        let printed = state.short_names.iter().chain(&state.official_names).filter(|(tag, _)| tag == language);
        let aliases = state.aliases.iter().filter(|alias| alias.language == language).map(|alias| &alias.name);
        let added = file.names.get(state.iso3.as_str()).into_iter().flatten();
        let all = printed.map(|(_, name)| name).chain(aliases).chain(added);
        names.extend(all.map(|name| (state.iso3, without_article(name).to_owned())));
    }
    names.retain(|(_, name)| !name.is_empty() && !file.ignored.contains(name));
    names
}

/// Every name of each State in the languages of reports, English ones without their article.
///
/// # Panics
/// If a data file of the program is broken, which its tests rule out.
#[must_use]
pub fn state_names(states: &[State]) -> BTreeMap<Iso3, Vec<String>> {
    let mut names: BTreeMap<Iso3, Vec<String>> = BTreeMap::new();
    for files in LANGUAGES {
        let file: NamesFile = settings::built_in(files.states);
        for (state, name) in collect_names(states, files.tag, &file) {
            names.entry(state).or_default().push(name);
        }
    }
    names
}

/// An official name without its English article, which stands in a text as the sentence wants it.
fn without_article(name: &str) -> &str {
    let name = name.trim();
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

fn guard_holds(guard: &Guard, word: &str, is_compound: bool) -> bool {
    let starts = |start: &Option<String>| start.as_ref().is_some_and(|start| word.starts_with(start.as_str()));
    let ends = |end: &Option<String>| end.as_ref().is_some_and(|end| word.ends_with(end.as_str()));
    let for_compounds = starts(&guard.compounds_starting) || ends(&guard.compounds_ending);
    let for_names = guard.names.iter().any(|name| name == word) || starts(&guard.starting);
    for_names || (is_compound && for_compounds) || guard.holds_for_all()
}

/// The ways a word is printed: brackets of both widths, both apostrophes, and capitals in headings.
fn spellings(word: &str, has_capitals: bool) -> Vec<String> {
    let narrow = word.replace('（', "(").replace('）', ")").replace('’', "'");
    let mut all = vec![
        narrow.clone(),
        narrow.replace('\'', "’"),
        narrow.replace('(', "（").replace(')', "）"),
        narrow.replace(" (", "(").replace('(', "（").replace(')', "）"),
    ];
    if narrow.contains('-') {
        all.push(narrow.replace('-', "\u{2011}"));
    }
    // A dash between the parts of an Arabic name is set in several ways.
    if narrow.contains(" - ") {
        all.extend([" -", "- ", "-"].map(|dash| narrow.replace(" - ", dash)));
    }
    if has_capitals {
        all.extend(all.clone().iter().map(|spelling| spelling.to_uppercase()));
    }
    all
}

fn is_whole_word(before: &str, after: &str) -> bool {
    !before.ends_with(is_word_character) && !after.starts_with(is_word_character)
}

/// Numbers all English names in alphabetical order.
fn rank_states(states: &[State]) -> BTreeMap<Iso3, usize> {
    let mut keys: Vec<(String, Iso3)> =
        states.iter().map(|state| (sort_key(without_article(state.name("en"))), state.iso3)).collect();
    keys.sort();
    keys.into_iter().zip(0..).map(|((_, state), rank)| (state, rank)).collect()
}

/// What is compared in the alphabetical order: letters without marks and case, so that Côte d'Ivoire stands after Costa Rica.
fn sort_key(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain = name.nfd().filter(|character| character.is_ascii());
    plain.collect::<String>().to_ascii_lowercase()
}
