//! Words around the numbers of a text, by which the mark of a note is told from a number that counts.
//!
//! Input: the files `note.toml`. Output: [`NoteWords`]. Invariant: a text is read with the words of all languages, as
//! notes are looked for before its language is known.

use super::files::NOTES;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Words around numbers, in small letters.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteWords {
    /// Words that begin another phrase, so that a number before them counts nothing.
    following: BTreeSet<String>,
    /// Words before a number that belongs to them, and words before a number of things.
    numbered: BTreeSet<String>,
    /// What a number before it counts or names, where words stand without blanks.
    counted: BTreeSet<String>,
}

impl NoteWords {
    /// Reads the data files.
    ///
    /// # Errors
    /// If a file is not what it should be.
    pub fn new() -> Result<Self, toml::de::Error> {
        let mut all = Self::default();
        for file in NOTES {
            let words: Self = toml::from_str(file)?;
            all.following.extend(words.following);
            all.numbered.extend(words.numbered);
            all.counted.extend(words.counted);
        }
        Ok(all)
    }

    /// Whether a number before `word` counts nothing.
    #[must_use]
    pub fn follows(&self, word: &str) -> bool {
        self.following.contains(word)
    }

    /// Whether a number behind `word` belongs to it, or counts.
    #[must_use]
    pub fn is_numbered(&self, word: &str) -> bool {
        self.numbered.contains(&word.to_lowercase())
    }

    /// Whether a number behind a character of a script without blanks belongs to it.
    #[must_use]
    pub fn is_numbered_by(&self, character: char) -> bool {
        self.numbered.contains(character.encode_utf8(&mut [0; 4]))
    }

    /// Whether `text` begins with what a number before it counts or names: 2 国家 is of 附表 2 国家.
    #[must_use]
    pub fn counts(&self, text: &str) -> bool {
        let first = text.trim_start().chars().next();
        first.is_some_and(|first| self.counted.contains(first.encode_utf8(&mut [0; 4])))
    }
}
