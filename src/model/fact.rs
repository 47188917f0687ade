//! Facts a text states, each kept with the record that states it.

use super::citation::Symbol;
use super::edtf::Edtf;
use super::state::Iso3;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a State is said to have done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// Ratified the treaty of the report.
    Ratified,
    /// Voted for a resolution.
    VotedFor,
    /// Voted against a resolution.
    VotedAgainst,
    /// Abstained on a resolution.
    Abstained,
    /// Sponsored or co-sponsored a resolution.
    Sponsored,
    /// Hosted a meeting, course or reception.
    Hosted,
    /// Received a visitor.
    Received,
    /// Gave money, equipment or experts.
    Contributed,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What was done.
    pub kind: FactKind,
    /// By which State.
    pub state: Iso3,
    /// The resolution voted on or sponsored.
    pub resolution: Option<Symbol>,
    /// When, where the text says so.
    pub date: Option<Edtf>,
    /// The label of the footnote that says it; none if the text itself does.
    pub footnote: Option<String>,
    /// The words that say it, which all facts of a sentence may share.
    #[serde(with = "crate::base::arc_str")]
    pub words: Arc<str>,
}
