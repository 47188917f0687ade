//! A text of a report that is no record: a line or paragraph of front matter, or a footnote.

use super::citation::Citation;
use super::date::TextDate;
use super::excerpt::Excerpt;
use super::state::Mention;
use serde::{Deserialize, Serialize};

/// A text with what it names, so that it can be read and linked like that of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The text, with the map to the source.
    pub text: Excerpt,
    /// Citations in the text, in order.
    pub citations: Vec<Citation>,
    /// Every place in the text where a State is named, in order.
    pub states_named: Vec<Mention>,
    /// Dates written in the text, in order.
    pub dates: Vec<TextDate>,
}
