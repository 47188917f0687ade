//! A tree of words, walked along a text without allocation.
//!
//! Input: words, each with a number. Output: at a place of a text, the words that start there.
//! Invariant: a walk costs no more steps than the longest word has characters, so that scanning a text is linear.

use crate::parse::lexicon::character_set::CharacterSet;
use crate::parse::text::is_silent;

/// Whether white space between the characters of a word counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spacing {
    /// It does: the text is clean.
    Closed,
    /// It does not, after a character of a script written without blanks: the source parts words by blanks.
    Open,
}

/// A word found by a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// The number the word was inserted with.
    pub value: u32,
    /// Byte offset just after its last character.
    pub end: usize,
    /// Whether white space was skipped within it.
    pub broken: bool,
}

/// The tree. Node 0 is the root.
#[derive(Debug, Default)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// Characters that begin a word: most characters of a text begin none.
    beginnings: CharacterSet,
}

#[derive(Debug, Default)]
struct Node {
    /// Sorted by character.
    children: Vec<(char, u32)>,
    value: Option<u32>,
}

impl Trie {
    /// Adds `word` with `value`, unless the word is there already: what is inserted first wins.
    pub fn insert(&mut self, word: &str, value: u32) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        self.beginnings.extend(word.chars().next());
        let node = word.chars().fold(0, |node, character| self.child_or_new(node, character));
        if let Some(node) = self.nodes.get_mut(node as usize).filter(|_| !word.is_empty()) {
            node.value.get_or_insert(value);
        }
    }

    /// The number of `word`, if it is in the tree.
    pub fn value(&self, word: &str) -> Option<u32> {
        let node = word.chars().try_fold(0, |node, character| self.child(node, character))?;
        self.nodes.get(node as usize)?.value
    }

    /// Whether a word begins with `first`.
    pub fn may_begin(&self, first: char) -> bool {
        self.beginnings.contains(first)
    }

    /// Every word that starts at `start` in `text`, shortest first, handed to `visit`.
    pub fn walk(&self, text: &str, start: usize, spacing: Spacing, mut visit: impl FnMut(Hit)) {
        let first = text.get(start..).and_then(|rest| rest.chars().next());
        if first.is_none_or(|first| !self.may_begin(first)) {
            return;
        }
        let (mut node, mut broken, mut gap, mut last) = (0, false, false, None);
        for (offset, character) in text[start..].char_indices() {
            let Some(step) = self.step(node, character, last, spacing) else { return };
            let Step::To(next) = step else {
                gap = true;
                continue;
            };
            (node, broken, gap, last) = (next, broken || gap, false, Some(character));
            if let Some(value) = self.nodes.get(node as usize).and_then(|node| node.value) {
                visit(Hit { value, end: start + offset + character.len_utf8(), broken });
            }
        }
    }

    /// Whether `text` is the beginning of a longer word, none of whose characters it parts.
    pub fn is_beginning(&self, text: &str) -> bool {
        let (mut node, mut last) = (0, None);
        for character in text.chars() {
            match self.step(node, character, last, Spacing::Open) {
                Some(Step::To(next)) => (node, last) = (next, Some(character)),
                Some(Step::Skip) => {}
                None => return false,
            }
        }
        let goes_on = |next: char| !last.is_some_and(is_word_character) || !is_word_character(next);
        self.nodes.get(node as usize).is_some_and(|node| node.children.iter().any(|(next, _)| goes_on(*next)))
    }

    /// Where `character` leads from `node`, `last` being the character that led there; none if nowhere.
    fn step(&self, node: u32, character: char, last: Option<char>, spacing: Spacing) -> Option<Step> {
        if let Some(next) = self.child(node, character) {
            return Some(Step::To(next));
        }
        // Soft hyphens, and the lengthened strokes and vowel signs of Arabic, part no word.
        if last.is_some() && is_silent(character) {
            return Some(Step::Skip);
        }
        // `pdftotext` takes the hyphen of a name at the end of a line for that of a divided word: `GrandeBretagne`.
        if character.is_uppercase() && last.is_some_and(char::is_lowercase) {
            return self.child(self.child(node, '-')?, character).map(Step::To);
        }
        let last = last.filter(|_| spacing == Spacing::Open && character.is_whitespace())?;
        // A line break stands for the blank of a Latin name; any blank after it is the same blank.
        if let Some(next) = self.child(node, ' ') {
            return Some(Step::To(next));
        }
        (last == ' ' || !is_word_character(last)).then_some(Step::Skip)
    }

    fn child(&self, node: u32, character: char) -> Option<u32> {
        let children = &self.nodes.get(node as usize)?.children;
        let idx = children.binary_search_by_key(&character, |(key, _)| *key).ok()?;
        children.get(idx).map(|(_, child)| *child)
    }

    fn child_or_new(&mut self, node: u32, character: char) -> u32 {
        if let Some(child) = self.child(node, character) {
            return child;
        }
        // The data files hold some thousand words: the count of nodes fits 32 bits.
        let child = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push(Node::default());
        if let Some(parent) = self.nodes.get_mut(node as usize) {
            let idx = parent.children.partition_point(|(key, _)| *key < character);
            parent.children.insert(idx, (character, child));
        }
        child
    }
}

enum Step {
    To(u32),
    Skip,
}

/// Whether `character` belongs to a script that parts words by blanks, so that a name must end where its word ends.
pub(super) fn is_word_character(character: char) -> bool {
    // Latin, Greek, Cyrillic, Arabic and Hebrew lie below; Chinese, Japanese and Korean above.
    character.is_alphanumeric() && u32::from(character) < 0x2000
}
