//! A State's standing towards the treaty, in words: what the table of treaty status says, and as of when.
//!
//! A table with no date of ratification says that the State had not ratified when the table was made, no more.

use super::messages::fill;
use super::site::Local;
use crate::model::edtf::{Edtf, Moment};
use crate::model::reference::TreatyStatus;

/// When the State signed, or that it had not when the table was made.
pub(super) fn signed(local: Local<'_>, status: &TreatyStatus) -> String {
    let words = &local.words().standing;
    match (&status.signature_date, &status.ratification_date) {
        (Some(date), _) => local.date(date),
        (None, Some(_)) => words.signed_undated.clone(),
        (None, None) => as_of(local, &words.not_signed),
    }
}

/// When the State ratified, and what became of that, or that it had not when the table was made.
pub(super) fn ratified(local: Local<'_>, status: &TreatyStatus) -> String {
    let words = &local.words().standing;
    let Some(date) = &status.ratification_date else { return as_of(local, &words.not_ratified) };
    let shown = local.date(date);
    match (&status.withdrawal_date, reports_end(local)) {
        (Some(withdrawal), _) => fill(&words.withdrawn, &[("date", &shown), ("withdrawal", &local.date(withdrawal))]),
        (None, Some(end)) if begins_after(date, end) => {
            fill(&words.after_reports, &[("date", &shown), ("end", &local.date(&end.into()))])
        }
        (None, _) => shown,
    }
}

/// Whether the State has ratified and not withdrawn.
pub(super) fn is_ratified(status: &TreatyStatus) -> bool {
    status.ratification_date.is_some() && status.withdrawal_date.is_none()
}

/// `words` with the day on which the table was made, where the settings name it.
pub(super) fn as_of(local: Local<'_>, words: &str) -> String {
    let treaty = local.site.input.config.treaty.as_ref();
    match treaty.and_then(|treaty| treaty.status_as_of.as_ref()) {
        Some(date) => fill(&local.words().standing.as_of, &[("standing", words), ("date", &local.date(date))]),
        None => words.to_owned(),
    }
}

/// The end of the last period that a report of the archive covers.
fn reports_end(local: Local<'_>) -> Option<Moment> {
    let periods = local.index().periods.values();
    periods.filter_map(|period| period.edtf.stretches().last()?.end).max_by_key(|end| end.last_month())
}

fn begins_after(date: &Edtf, end: Moment) -> bool {
    let start = date.stretches().first().and_then(|stretch| stretch.start);
    start.is_some_and(|start| start.first_month() > end.last_month())
}
