//! Words with which a language prints dates.

use serde::{Deserialize, Deserializer};

/// In which order the parts of a date stand, and so from which side a missing part is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// Year, month, day: a later part takes what it lacks from an earlier one.
    LargestFirst,
    /// Day, month, year: an earlier part takes what it lacks from a later one.
    SmallestFirst,
}

/// The words of the date grammar.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWords {
    /// In which order the parts stand.
    pub order: DateOrder,
    /// What follows the number of a year; where months have names, a year may stand bare.
    pub year_units: Vec<String>,
    /// What follows the number of a month; empty where months have names.
    pub month_units: Vec<String>,
    /// What follows the number of a day; where months have names, a day may stand bare.
    pub day_units: Vec<String>,
    /// What may stand before a part of a date: de, le. It says nothing of the date.
    #[serde(deserialize_with = "with_capitals")]
    pub joints: Vec<String>,
    /// What stands between the ends of a period.
    #[serde(deserialize_with = "with_capitals")]
    pub range_words: Vec<String>,
    /// What stands between two dates of one cell.
    #[serde(deserialize_with = "with_capitals")]
    pub and_words: Vec<String>,
    /// Whether two days that follow one another and share a month are a period: 4 y 5 de mayo.
    #[serde(default)]
    pub pairs_are_periods: bool,
    /// What makes a date something else when it follows.
    pub not_before: Vec<String>,
    /// How a date is written in running text, the longest form first: `{day} {name} {year}`.
    pub written: Vec<String>,
    /// Names of the months, January first, each with its forms; empty where months are numbered.
    #[serde(deserialize_with = "all_with_capitals")]
    pub month_names: Vec<Vec<String>>,
    /// Words that show whether a date in a text says when something was done.
    pub done: DoneWords,
}

/// Words with the same in capitals, as some tables and heads print their dates: 12 MAY 2009.
fn with_capitals<'de, D: Deserializer<'de>>(words: D) -> Result<Vec<String>, D::Error> {
    Vec::deserialize(words).map(add_capitals)
}

/// [`with_capitals`] for several lists.
fn all_with_capitals<'de, D: Deserializer<'de>>(lists: D) -> Result<Vec<Vec<String>>, D::Error> {
    Ok(Vec::deserialize(lists)?.into_iter().map(add_capitals).collect())
}

fn add_capitals(mut words: Vec<String>) -> Vec<String> {
    let capitals = words.iter().map(|word| word.to_uppercase()).filter(|word| !words.contains(word));
    words.extend(capitals.collect::<Vec<_>>());
    words
}

/// Words beside a date in running text, by what they show.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoneWords {
    /// Right behind a date that is part of a name, or of what is named.
    pub names: Vec<String>,
    /// Right behind a date that is none although a word of `names` stands there.
    pub not_names: Vec<String>,
    /// Before a date that is yet to come.
    pub planned: Vec<String>,
    /// Before a date in its clause, where the text looks back upon what others did.
    pub background: Vec<String>,
    /// Before a year in its sentence, where the text says what is wished for.
    pub wished: Vec<String>,
    /// Right behind a year of which they name a part, or that something lasts since.
    pub parts: Vec<String>,
    /// Right behind a year in which they were done.
    pub verbs: Vec<String>,
    /// Right behind a year that is a clause of its own.
    pub ends: Vec<String>,
    /// Right before a year since which something lasts, `since` behind it in the sentence.
    pub from: Vec<String>,
    /// That something lasts; empty where the words before the year say so.
    pub since: Vec<String>,
    /// Occasions of a year on which something was done.
    pub occasions: Vec<String>,
    /// Right behind an occasion that is only named.
    pub attributes: Vec<String>,
    /// Right behind a year that names a cycle of meetings.
    pub cycles: Vec<String>,
    /// Meetings that are named by their year.
    pub meetings: Vec<String>,
    /// That somebody took part.
    pub attended: Vec<String>,
}
