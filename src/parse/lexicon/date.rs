//! Words with which a language prints dates.

use serde::Deserialize;

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
    /// What follows the number of a year; empty where a year stands bare.
    pub year_units: Vec<String>,
    /// What follows the number of a month; empty where months have names.
    pub month_units: Vec<String>,
    /// What follows the number of a day; empty where a day stands bare.
    pub day_units: Vec<String>,
    /// What stands between the ends of a period.
    pub range_words: Vec<String>,
    /// What stands between two dates of one cell.
    pub and_words: Vec<String>,
    /// What makes a date something else when it follows.
    pub not_before: Vec<String>,
    /// Names of the months, January first, each with its forms; empty where months are numbered.
    pub month_names: Vec<Vec<String>>,
}
