//! How a language cites resolutions and documents: words from a data file, ready for look-up.
//!
//! Input: `<language>/citation.toml`. Output: [`CitationWords`]. Invariant: a language is its data
//! file; nothing else knows of it.

use super::character_set::CharacterSet;
use super::files::LANGUAGES;
use crate::base::language::is_one_language;
use crate::base::settings;
use crate::parse::citation::{Body, Trace, fold};
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The languages there is a data file for, the first being taken where a text tells nothing.
static WORDS: LazyLock<Vec<CitationWords>> =
    LazyLock::new(|| LANGUAGES.iter().map(|files| load(files.citation)).collect());

/// How many bytes of a text decide on its language: a page is plenty.
const JUDGED_BYTES: usize = 4096;

/// A stretch with fewer words that tell of a language is not clearly written in it,
const CLEAR_WORDS: usize = 4;
/// nor is one with fewer letters of its script.
const CLEAR_LETTERS: usize = 24;

/// The names a language has for one body.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyNames {
    /// The body.
    pub body: Body,
    /// Its names, long and short.
    pub names: Vec<String>,
}

/// The words with which a language cites resolutions and documents.
///
/// The fields follow the citations that editors linked in the resolutions of the General Assembly.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitationWords {
    /// The language's tag (BCP 47).
    pub language: String,
    /// Ranges of characters that its texts are written with.
    pub script: Vec<(char, char)>,
    /// How many letters of other languages one of its characters is worth.
    pub script_weight: usize,
    /// Words that tell the language from others in its script, in small letters: none of them is another language's too.
    pub stop_words: BTreeSet<String>,
    /// What is written onto the front of nouns and names: وقرار, بالقرار. An article behind such a ل loses its first letter.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Nouns for a resolution.
    pub resolutions: Vec<String>,
    /// Nouns for a decision: these have the same numbers and are no resolutions.
    pub decisions: Vec<String>,
    /// Nouns for other things that carry such numbers.
    pub other_documents: Vec<String>,
    /// What stands before a number as part of it: 第.
    pub ordinal_marks: Vec<String>,
    /// What closes a number or a list of numbers: 号.
    pub closing_marks: Vec<String>,
    /// What may stand between the noun and its number: No., a colon.
    pub number_marks: Vec<String>,
    /// What joins the members of a list.
    pub joiners: Vec<String>,
    /// What else may stand before a member of a list: its, in its.
    pub list_words: Vec<String>,
    /// What joins the ends of a range of part letters.
    pub range_words: Vec<String>,
    /// What may follow a part letter that is also a word (`43/78 A of 7 December 1988`).
    pub after_letters: Vec<String>,
    /// Letters that are words by themselves, so that `65/91 A new` has no part letter.
    pub single_letter_words: Vec<char>,
    /// What introduces a title: entitled, 题为.
    pub title_openers: Vec<String>,
    /// Pairs of quotation marks.
    pub quotes: Vec<(String, String)>,
    /// Marks that always end a sentence.
    pub stops: Vec<String>,
    /// Month names, or the month sign.
    pub months: Vec<String>,
    /// Whether a date is printed year first.
    pub years_stand_before_months: bool,
    /// Whether a resolution's date stands before its number.
    pub dates_stand_before_numbers: bool,
    /// What stands between a number and the body behind it, which then adopted the resolution: du Conseil; an empty word where
    /// the name follows by itself. None where bodies stand before their numbers.
    pub of_words: Vec<String>,
    /// The names of part letters in a language that has others, from A on.
    #[serde(default)]
    pub letter_names: Vec<String>,
    /// What stands before the number of a session, and the same in symbols: دإ-10/2 is S-10/2.
    #[serde(default)]
    pub session_marks: Vec<(String, String)>,
    /// The ten digits of the language's own numerals, from zero; empty where it has none in use.
    pub numerals: String,
    /// Its sign for ten.
    pub ten: String,
    /// Its enclosed numerals, from one: ㈠.
    pub enclosed_numerals: String,
    /// The names of the bodies that adopt resolutions.
    pub bodies: Vec<BodyNames>,
    #[serde(skip)]
    pub(in crate::parse) table: WordTable,
    /// What tells that a text may have a noun for a resolution.
    #[serde(skip)]
    pub(in crate::parse) traces: Vec<Trace>,
}

impl CitationWords {
    /// The words of Chinese.
    #[must_use]
    pub fn zh() -> &'static Self {
        Self::by_language("zh")
    }

    /// The words of English.
    #[must_use]
    pub fn en() -> &'static Self {
        Self::by_language("en")
    }

    /// The words of a language by its tag (`zh-Hans` is `zh`), or of the first language known.
    #[must_use]
    pub fn by_language(tag: &str) -> &'static Self {
        let known = WORDS.iter().find(|words| is_one_language(&words.language, tag));
        known.unwrap_or(&WORDS[0])
    }

    /// The words of every language.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &WORDS
    }

    /// The words of the language that a text is written in, judged by its letters and by words that tell of a language.
    #[must_use]
    pub fn for_text(text: &str) -> &'static Self {
        let page = &text[..text.floor_char_boundary(JUDGED_BYTES)];
        let evidence = evidence(page);
        evidence
            .into_iter()
            .rev()
            .max_by_key(|found| (found.script, found.words))
            .map_or(&WORDS[0], |found| found.language)
    }

    /// The words of the language of a whole document, judged by its middle, where it speaks and not its first page.
    #[must_use]
    pub fn for_sample(text: &str) -> &'static Self {
        let start = text.floor_char_boundary(text.len().saturating_sub(JUDGED_BYTES) / 2);
        Self::for_text(&text[start..])
    }

    /// The words of the language that a stretch of a text is clearly written in.
    #[must_use]
    pub fn clearly_for(text: &str) -> Option<&'static Self> {
        let mut evidence = evidence(text);
        evidence.sort_by_key(|found| (found.script, found.words));
        let [.., second, first] = evidence.as_slice() else { return None };
        let is_script = first.script >= CLEAR_LETTERS && first.script >= 2 * second.script;
        let is_words = first.words >= CLEAR_WORDS && first.words >= 2 * second.words;
        let is_clear = if first.script == second.script {
            is_words
        } else {
            is_script && (first.words > 0 || !first.language.has_twins())
        };
        is_clear.then_some(first.language)
    }

    /// Whether a text in this language has letters enough for a stretch in another. Most texts have none.
    pub(in crate::parse) fn may_hold_another(&self, text: &str) -> bool {
        let is_latin = |byte: &u8| byte.is_ascii_alphabetic();
        // Letters of Cyrillic and Arabic begin with these bytes in UTF-8.
        let is_beyond = |byte: &u8| matches!(byte, 0xd0..=0xdb);
        let has_latin = self.script.iter().any(|(first, _)| first.is_ascii());
        let letters = text.bytes().filter(|byte| is_beyond(byte) || (!has_latin && is_latin(byte))).count();
        has_latin || letters >= CLEAR_LETTERS
    }

    /// Whether another language is written in the same letters.
    fn has_twins(&self) -> bool {
        WORDS.iter().filter(|words| words.script == self.script).count() > 1
    }

    /// How much of a text is in this language's script.
    fn weigh(&self, text: &str) -> usize {
        let is_own = |character: &char| self.script.iter().any(|(first, last)| (first..=last).contains(&character));
        text.chars().filter(is_own).count() * self.script_weight
    }

    /// Every noun and name with its role, for the look-up table.
    fn roles(&self) -> Vec<(String, Role)> {
        let nouns = [
            (&self.resolutions, Role::Noun(Noun::Resolution)),
            (&self.decisions, Role::Noun(Noun::Decision)),
            (&self.other_documents, Role::Noun(Noun::Other)),
            (&self.title_openers, Role::TitleOpener),
            (&self.stops, Role::Stop),
        ];
        let words = nouns.into_iter().flat_map(|(words, role)| words.iter().map(move |word| (word.clone(), role)));
        let names = self.bodies.iter().flat_map(|names| names.names.iter().map(|name| (name.clone(), names.body)));
        let plain: Vec<_> = words.chain(names.map(|(name, body)| (name, Role::Body(body)))).collect();
        let prefixed = self
            .prefixes
            .iter()
            .flat_map(|prefix| plain.iter().map(move |(word, role)| (prefixed(prefix, word), *role)));
        plain.iter().cloned().chain(prefixed).collect()
    }
}

/// A word with what is written onto its front: ب and القرار make بالقرار, ل and القرار make للقرار.
pub(super) fn prefixed(prefix: &str, word: &str) -> String {
    match word.strip_prefix("ال").filter(|_| prefix.ends_with('ل')) {
        Some(rest) => format!("{prefix}ل{rest}"),
        None => format!("{prefix}{word}"),
    }
}

/// How much of a text tells of one language.
struct Evidence {
    language: &'static CitationWords,
    /// Its letters.
    script: usize,
    /// Its words.
    words: usize,
}

/// What a text tells of every language.
fn evidence(text: &str) -> Vec<Evidence> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let of = |language: &'static CitationWords| {
        let known = words.iter().filter(|word| language.stop_words.contains(**word)).count();
        Evidence { language, script: language.weigh(text), words: known }
    };
    WORDS.iter().map(of).collect()
}

/// A data file of the program as words.
fn load(text: &str) -> CitationWords {
    let mut words: CitationWords = settings::built_in(text);
    words.table = WordTable::new(words.roles());
    words.traces = words.resolutions.iter().map(|noun| Trace::of(noun)).collect();
    words.numerals.chars().for_each(|numeral| words.table.add_beginning(numeral));
    words
        .session_marks
        .iter()
        .filter_map(|(mark, _)| mark.chars().next())
        .for_each(|mark| words.table.add_beginning(mark));
    words
}

/// What kind of thing a noun says a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum Noun {
    Resolution,
    Decision,
    Other,
}

/// What a word does in a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum Role {
    Noun(Noun),
    Body(Body),
    TitleOpener,
    Stop,
}

/// Words by their first character, the longest first.
#[derive(Debug, Clone, Default)]
pub(in crate::parse) struct WordTable {
    /// The first characters, numerals among them: most characters of a text are none.
    starts: CharacterSet,
    words: Vec<Beginning>,
}

/// A word under one of the characters it may begin with.
#[derive(Debug, Clone)]
pub(in crate::parse) struct Beginning {
    first: char,
    /// The character behind the first, where it is no blank.
    pub second: Option<char>,
    /// The word.
    pub word: String,
    /// What it does.
    pub role: Role,
}

impl WordTable {
    fn new(roles: Vec<(String, Role)>) -> Self {
        let mut table = Self::default();
        for (word, role) in roles {
            table.insert(&word, role);
        }
        table.words.sort_by_key(|entry| (entry.first, Reverse(entry.word.len())));
        table
    }

    /// A word in small letters is also entered under its capital.
    fn insert(&mut self, word: &str, role: Role) {
        let Some(first) = word.chars().next() else { return };
        let capital = first.to_uppercase().next().unwrap_or(first);
        let mut starts = vec![first, fold(first), capital];
        starts.sort_unstable();
        starts.dedup();
        for start in starts {
            self.add_beginning(start);
            let second = word.chars().nth(1).filter(|second| *second != ' ').map(fold);
            self.words.push(Beginning { first: start, second, word: word.to_owned(), role });
        }
    }

    /// Whether any word or number begins with a character.
    pub(in crate::parse) fn may_begin(&self, first: char) -> bool {
        self.starts.contains(first)
    }

    /// Takes a character for the beginning of a word or number.
    fn add_beginning(&mut self, first: char) {
        self.starts.extend([first]);
    }

    /// The words that may begin with a character, the longest first.
    pub(in crate::parse) fn beginning(&self, first: char) -> &[Beginning] {
        if !self.may_begin(first) {
            return &[];
        }
        let start = self.words.partition_point(|entry| entry.first < first);
        let end = self.words.partition_point(|entry| entry.first <= first);
        &self.words[start..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_readable_words() {
        for words in WORDS.iter() {
            assert!(!words.resolutions.is_empty() && !words.bodies.is_empty(), "{}", words.language);
        }
    }

    #[test]
    fn picks_words_by_script() {
        assert_eq!(CitationWords::for_text("大会第62/59号决议").language, "zh");
        assert_eq!(CitationWords::for_text("General Assembly resolution 62/59").language, "en");
        assert_eq!(CitationWords::by_language("zh-Hans").language, "zh");
    }
}
