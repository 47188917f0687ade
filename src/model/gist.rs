//! What a record tells above all.

use super::citation::Symbol;
use super::state::Iso3;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What was done, as headings say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Asked States to sign or ratify.
    Urged,
    /// Called for the entry into force of the treaty, or for all States to join it.
    Called,
    /// Raised signature or ratification with others.
    Raised,
    /// Stressed how much the treaty matters.
    Stressed,
    /// Worked for ratifications, entry into force or membership of all.
    Promoted,
    /// Welcomed what another did for the treaty.
    Welcomed,
    /// Hosted a meeting, course or reception.
    Hosted,
    /// Received a visitor.
    Received,
    /// Went on a visit.
    Visited,
    /// Held talks.
    Met,
    /// Took part in a meeting.
    TookPart,
    /// Chaired or coordinated.
    Chaired,
    /// Supported a statement, decision or endeavour of others.
    Supported,
    /// Gave money, equipment or experts.
    Contributed,
    /// Trained people.
    Trained,
    /// Sponsored a resolution.
    Sponsored,
    /// Voted for a resolution.
    VotedFor,
    /// Voted against a resolution.
    VotedAgainst,
    /// Abstained on a resolution.
    Abstained,
    /// Made a statement.
    Stated,
    /// Published something.
    Published,
    /// Helped others.
    Helped,
    /// Ratified the treaty.
    Ratified,
    /// Kept from tests.
    Refrained,
}

/// What a record tells above all, as rules read it from its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gist {
    /// What its State did.
    pub act: Act,
    /// The States to or with which, in the order of the text.
    pub to: Vec<Iso3>,
    /// The resolutions, where the act is about some.
    pub resolutions: Vec<Symbol>,
    /// The clause that says it, in bytes of the record's text.
    pub words: Range<usize>,
}
