//! How a resolution came about, as its publisher says beside its text: the draft, its sponsors, the vote of each State.

use super::state::Iso3;
use serde::{Deserialize, Serialize};

/// What is known of the adoption of a resolution, by the keys of `[adoption]` in the file beside its text. Everything may
/// be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Adoption {
    /// Symbol of the draft.
    pub draft: Option<String>,
    /// Who submitted the draft, as printed.
    pub sponsors: Option<String>,
    /// Who joined them, as printed.
    pub further_sponsors: Option<String>,
    /// Symbol of the record of the meeting that adopted it.
    pub meeting: Option<String>,
    /// Kind of vote: `recorded`, `without a vote`.
    pub vote_type: Option<String>,
    /// States that voted in favour.
    pub in_favour: Vec<Iso3>,
    /// States that voted against.
    pub against: Vec<Iso3>,
    /// States that abstained.
    pub abstaining: Vec<Iso3>,
}
