//! Resolutions and votes on them: `resolutions.csv`, `votes.csv`.

use super::{Layout, Row};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::model::citation::Symbol;
use crate::model::reference::{Resolution, Vote, VoteCast};
use crate::model::state::Iso3;
use std::collections::BTreeSet;

/// Columns of `resolutions.csv`.
pub(super) const LAYOUT: Layout = Layout {
    required: &["symbol"],
    optional: &[
        "as_cited",
        "cited_by_brief",
        "body",
        "title_en",
        "title_en_source",
        "title_en_candidate",
        "title_zh",
        "title_zh_source",
        "title_zh_candidate",
        "adoption_date",
        "adoption_date_source",
        "meeting",
        "draft",
        "sponsors",
        "further_sponsors",
        "for",
        "against",
        "abstain",
        "vote_type",
        "vote_source",
        "note",
    ],
};

/// Columns of `votes.csv`.
pub(super) const VOTE_LAYOUT: Layout = Layout { required: &["resolution", "iso3", "vote"], optional: &[] };

/// What a cell of the column `vote` may say.
const VOTES: [(&str, Vote); 4] =
    [("yes", Vote::Yes), ("no", Vote::No), ("abstain", Vote::Abstain), ("not recorded", Vote::NotRecorded)];

/// One row of `resolutions.csv`.
pub(super) fn resolution(row: &mut Row<'_, '_>) -> Option<Resolution> {
    row.required("symbol")?;
    let symbol = row.symbol("symbol")?;
    row.unique_address("symbol", symbol.as_str());
    let as_cited = as_cited(row, &symbol);
    Some(Resolution {
        symbol,
        as_cited,
        body: row.text("body"),
        title_en: row.text("title_en"),
        title_en_source: row.text("title_en_source"),
        title_en_candidate: row.text("title_en_candidate"),
        title_zh: row.text("title_zh"),
        title_zh_source: row.text("title_zh_source"),
        title_zh_candidate: row.text("title_zh_candidate"),
        adoption_date: row.date("adoption_date"),
        adoption_date_source: row.text("adoption_date_source"),
        meeting: row.text("meeting"),
        draft: row.text("draft"),
        sponsors: row.text("sponsors"),
        further_sponsors: row.text("further_sponsors"),
        votes: totals(row),
        vote_type: row.text("vote_type"),
        vote_source: row.text("vote_source"),
        note: row.text("note"),
    })
}

/// The symbol in `as_cited`, if it is another than `symbol`; a bare number, `62/59`, is none.
fn as_cited(row: &mut Row<'_, '_>, symbol: &Symbol) -> Option<Symbol> {
    let cell = row.text("as_cited")?;
    if !cell.starts_with(|first: char| first.is_ascii_uppercase()) {
        return None;
    }
    let other = row.symbol("as_cited").filter(|other| other != symbol)?;
    row.unique("as_cited", other.as_str());
    Some(other)
}

/// The three totals: all or none of them must be given.
fn totals(row: &mut Row<'_, '_>) -> Option<(u32, u32, u32)> {
    let found = (row.number("for"), row.number("against"), row.number("abstain"));
    match found {
        (Some(yes), Some(no), Some(abstain)) => Some((yes, no, abstain)),
        (None, None, None) => None,
        _ if row.is_faulty => None,
        _ => {
            let message = "of `for`, `against` and `abstain` some are given and some are blank";
            row.fault("for", Diagnostic::error(code::BLANK_CELL, message).hint("give all three or none"));
            None
        }
    }
}

/// One row of `votes.csv`.
pub(super) fn vote(row: &mut Row<'_, '_>, states: &BTreeSet<Iso3>) -> Option<VoteCast> {
    row.required("resolution")?;
    let resolution = row.symbol("resolution")?;
    let iso3 = row.state("iso3", states)?;
    row.unique("iso3", &format!("{resolution} {iso3}"));
    Some(VoteCast { resolution, iso3, vote: row.choice("vote", &VOTES)? })
}
