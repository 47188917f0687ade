//! Signatures and ratifications: the table that `treaty.status_table` names.

use super::{Layout, Row};
use crate::model::reference::TreatyStatus;
use crate::model::state::Iso3;
use std::collections::BTreeSet;

/// Columns of the table.
pub(super) const LAYOUT: Layout = Layout {
    required: &["iso3", "signature_date", "ratification_date"],
    optional: &[
        "en_short",
        "zh_short",
        "annex2",
        "annex2_source",
        "signature_source",
        "ratification_source",
        "withdrawal_date",
        "withdrawal_source",
        "note",
    ],
};

/// One row.
pub(super) fn status(row: &mut Row<'_, '_>, states: &BTreeSet<Iso3>) -> Option<TreatyStatus> {
    let iso3 = row.state("iso3", states)?;
    row.unique("iso3", iso3.as_str());
    Some(TreatyStatus {
        iso3,
        annex2: row.text("annex2").is_some() && row.choice("annex2", &[("yes", true), ("no", false)])?,
        annex2_source: row.text("annex2_source"),
        signature_date: row.date("signature_date"),
        signature_source: row.text("signature_source"),
        ratification_date: row.date("ratification_date"),
        ratification_source: row.text("ratification_source"),
        withdrawal_date: row.date("withdrawal_date"),
        withdrawal_source: row.text("withdrawal_source"),
        note: row.text("note"),
    })
}
