//! Dates and periods as printed and as EDTF.

use super::edtf::{Edtf, Moment};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What the date cell of a row says, and how far it can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// The cell is printed and complete.
    Printed,
    /// The cell is lost.
    Missing,
    /// A part of the cell is lost: an end of a period, or the hyphen between its ends.
    Partial,
    /// Printed, but impossible; what it probably meant is a correction, and then its value.
    Typo,
}

/// A date read from a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateReading {
    /// The cell as printed, without the blanks that the layout put in.
    pub printed: String,
    /// Its value.
    pub edtf: Edtf,
    /// How far it can be trusted: `Printed`, `Partial` or `Typo`.
    pub basis: DateBasis,
}

/// When something that a text tells was done, in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Byte range of the words in the text.
    pub range: Range<usize>,
    /// Their value.
    pub edtf: Edtf,
}

/// A date written in running text, for links to years and meetings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextDate {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// The day, month or year.
    pub moment: Moment,
}
