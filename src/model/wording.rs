//! What a published record said, kept for as long as the archive stands: its text, State, date and section.
//!
//! A record has a version for each wording that it was published with, numbered from 1. The last is the one that stands
//! now, unless the record was given up or was changed since and not kept yet.

use super::record::Record;
use super::release::Occasion;
use super::state::Iso3;
use crate::base::hash::sha256;
use crate::base::printed::printed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a record says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The State whose activity or reply it is.
    pub state: Option<Iso3>,
    /// Its date, EDTF.
    pub date: Option<String>,
    /// The section of the table of activities that it stands in.
    pub section: Option<String>,
    /// Its text.
    pub text: String,
}

/// A part of a wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Whose activity or reply it is.
    State,
    /// Its date.
    Date,
    /// The section that it stands in.
    Section,
    /// Its text.
    Text,
}

impl Wording {
    /// What `record` says.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        Self {
            state: record.state,
            date: record.date().map(|date| date.as_str().to_owned()),
            section: record.section().map(|section| section.0.clone()),
            text: record.text.text.clone(),
        }
    }

    /// The SHA-256 of the wording: of a line each for State, date and section, a blank one, and the text in normalisation
    /// form C without white space, as ledgers compare texts. Published, so this form stays as it is.
    #[must_use]
    pub fn sha256(&self) -> String {
        let Self { date, section, text, .. } = self;
        let state = self.state.map(|state| state.to_string()).unwrap_or_default();
        let [date, section] = [date, section].map(|value| value.as_deref().unwrap_or_default());
        sha256(format!("state: {state}\ndate: {date}\nsection: {section}\n\n{}", printed(text)).as_bytes())
    }

    /// Whether `other` says the same.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.differences(other).is_empty()
    }

    /// The parts in which `later` is another. White space is none of them.
    #[must_use]
    pub fn differences(&self, later: &Self) -> Vec<Part> {
        let parts = [
            (Part::State, self.state != later.state),
            (Part::Date, self.date != later.date),
            (Part::Section, self.section != later.section),
            (Part::Text, self.text != later.text && printed(&self.text) != printed(&later.text)),
        ];
        parts.into_iter().filter_map(|(part, is_other)| is_other.then_some(part)).collect()
    }
}

/// A wording with which a record was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its number among those of the record, from 1.
    pub number: u32,
    /// The day on which it was published as ISO 8601, where that was given.
    pub date: Option<String>,
    /// Why it took the place of the one before, where somebody said so.
    pub reason: Option<String>,
    /// What the record said.
    pub wording: Wording,
    /// The language of the text, BCP 47.
    pub language: String,
    /// The file it stands in, without `.tsv`: a report's id.
    pub file: String,
    /// Line of that file, from 1; 0 for a line that is not written yet.
    pub line: u64,
}

/// The versions of each record that was ever published, in the order of their numbers.
pub type Versions = BTreeMap<String, Vec<Version>>;

/// The versions of the record `id`, which says `now`, or was given up; none of one that never said anything else.
#[must_use]
pub fn history<'a>(versions: &'a Versions, id: &str, now: Option<&Wording>) -> &'a [Version] {
    match (versions.get(id).map(Vec::as_slice).unwrap_or_default(), now) {
        ([only], Some(now)) if only.wording.is_same(now) => &[],
        (all, _) => all,
    }
}

/// The folder of the versions.
pub const FOLDER: &str = "content/versions";

/// The columns of a file of versions.
pub const COLUMNS: [&str; 9] = ["id", "version", "date", "reason", "state", "when", "section", "language", "text"];

impl Version {
    /// When and why it took the place of the one before.
    #[must_use]
    pub fn occasion(&self) -> Occasion {
        Occasion { date: self.date.clone(), reason: self.reason.clone() }
    }

    /// The cells of its line, as version of the record `id`.
    #[must_use]
    pub fn cells(&self, id: &str) -> [String; 9] {
        let text = |cell: &Option<String>| escaped(cell.as_deref().unwrap_or_default());
        let Wording { state, date, section, text: words } = &self.wording;
        let state = state.map(|state| state.to_string()).unwrap_or_default();
        let number = self.number.to_string();
        let [own_date, reason, date, section] = [&self.date, &self.reason, date, section].map(text);
        [id.to_owned(), number, own_date, reason, state, date, section, self.language.clone(), escaped(words)]
    }
}

/// The characters that would end a cell or a line, and how they are written in one.
const ESCAPES: [(char, char); 4] = [('\\', '\\'), ('\t', 't'), ('\n', 'n'), ('\r', 'r')];

/// `text` as the cell of a line.
fn escaped(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for character in text.chars() {
        match ESCAPES.iter().find(|(plain, _)| *plain == character) {
            Some((_, sign)) => cell.extend(['\\', *sign]),
            None => cell.push(character),
        }
    }
    cell
}

/// The text of a cell; none if it has an escape that no text is written with.
#[must_use]
pub fn unescaped(cell: &str) -> Option<String> {
    let mut text = String::with_capacity(cell.len());
    let mut characters = cell.chars();
    while let Some(character) = characters.next() {
        if character == '\\' {
            let sign = characters.next()?;
            text.push(ESCAPES.iter().find(|(_, known)| *known == sign)?.0);
        } else {
            text.push(character);
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_gives_its_text_back() {
        for text in ["", "a", "a\tb\n\\n\\\\\r\n", "奥地利\n"] {
            let cell = escaped(text);
            assert!(!cell.contains(['\t', '\n', '\r']), "{cell}");
            assert_eq!(unescaped(&cell).as_deref(), Some(text));
        }
        assert_eq!(unescaped("a\\x"), None);
        assert_eq!(unescaped("a\\"), None);
    }

    #[test]
    fn the_hash_is_that_of_the_published_form() {
        let wording =
            Wording { state: Iso3::new("AUT"), date: Some("2008-09".into()), section: None, text: "a b\n".into() };
        assert_eq!(wording.sha256(), sha256(b"state: AUT\ndate: 2008-09\nsection: \n\nab"));
        let later = Wording { date: None, text: "abc".into(), ..wording.clone() };
        assert_eq!(wording.differences(&later), [Part::Date, Part::Text]);
        assert!(wording.is_same(&Wording { text: "ab".into(), ..wording.clone() }));
    }
}
