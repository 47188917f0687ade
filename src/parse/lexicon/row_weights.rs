//! What speaks for and against the start of a row, in units of roughly a natural logarithm of odds.
//!
//! Input: `row_weights.toml`. Output: [`RowWeights`]. Invariant: each row of known reports that a change moves is told by
//! `cargo bench --bench flattened`, which scores these weights and such as are fitted to all reports but one.

use serde::{Deserialize, Serialize};

/// How much each thing that can be seen of a row counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowWeights {
    /// Each row costs something, lest a text falls apart.
    pub row: f64,
    /// A State's name as a cell, with a sign that it is one: a date behind it, or the name again.
    pub cell: f64,
    /// A State's name as a cell, with no other sign than that it stands here for the first time.
    pub first_cell: f64,
    /// A State's name taken for a cell without such a sign: repeated cells are gone.
    pub cell_without_sign: f64,
    /// A date cell.
    pub date: f64,
    /// The text begins with the row's own State.
    pub own_state: f64,
    /// The text begins with another State behind a date cell.
    pub other_state_after_date: f64,
    /// The text begins with another State.
    pub other_state: f64,
    /// The text begins with a phrase, then names its State.
    pub phrase_then_own: f64,
    /// The text begins with a phrase, then names an office-holder or organ.
    pub phrase_then_subject: f64,
    /// The text begins with a date, then names its State.
    pub date_then_own: f64,
    /// The text begins with a phrase after which the State is not named.
    pub phrase: f64,
    /// The text begins with an office-holder or organ.
    pub subject: f64,
    /// The same behind a date cell, which already speaks for the row.
    pub subject_after_date: f64,
    /// The text begins with a title or a person behind a cell.
    pub title_after_cell: f64,
    /// The text begins in no known way, behind a cell.
    pub other: f64,
    /// The same where the State's name stands before it.
    pub other_after_name: f64,
    /// The text above ends as cells of this report end.
    pub ends_as_cells: f64,
    /// The text above ends with a quotation.
    pub ends_with_quote: f64,
    /// The text above ends with a full stop behind a quotation.
    pub ends_behind_quote: f64,
    /// The text above ends as cells of this report do not.
    pub ends_otherwise: f64,
    /// The text above ends without a full stop, although cells of this report have one.
    pub ends_without_stop: f64,
    /// The text above ends with a word that seldom ends a text.
    pub ends_unlikely: f64,
    /// The text names the row's State.
    pub named: f64,
    /// The text does not name the row's State.
    pub not_named: f64,
    /// The text does not name it, but points at it: a capital, an organ, a group.
    pub clue: f64,
    /// The State changes although neither cell nor text names the new one.
    pub change_unnamed: f64,
    /// A cell although the State above goes on.
    pub cell_without_change: f64,
    /// The text repeats a date behind the date cell.
    pub date_after_date: f64,
    /// A State's first row in the document has no cell, although nothing can have removed it.
    pub first_without_cell: f64,
    /// The State comes before the one above in the alphabet.
    pub out_of_order: f64,
    /// A text of a few characters.
    pub short: f64,
    /// The text ends with a date, which is rather the date cell of the next row.
    pub ends_with_date: f64,
    /// The same behind a State's name and a date.
    pub short_with_cells: f64,
    /// A short text that does not name its State.
    pub short_unnamed: f64,
    /// The text refers to what a sentence above tells.
    pub sequel: f64,
    /// The words on both sides stand together elsewhere too.
    pub copied: f64,
    /// The text begins with a title or a person, with no cell before it.
    pub title: f64,
}

impl RowWeights {
    /// The weights of the program.
    ///
    /// # Errors
    /// If the file is not what it should be.
    pub fn built_in() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("row_weights.toml"))
    }
}
