//! A State's standing towards the treaty, in words: what the table of treaty status says, and as of when.
//!
//! A table with no date of ratification says that the State had not ratified when the table was made, no more.

use super::messages::fill;
use super::site::Local;
use crate::model::edtf::{Edtf, Moment};
use crate::model::reference::TreatyStatus;

/// When the State signed, or that it had not when the table was made.
pub(super) fn signed(local: Local<'_>, status: &TreatyStatus) -> String {
    signed_day(local, status).unwrap_or_else(|| as_of(local, &local.words().standing.not_signed))
}

/// When the State signed, if it did.
pub(super) fn signed_day(local: Local<'_>, status: &TreatyStatus) -> Option<String> {
    let undated = || status.ratification_date.as_ref().map(|_| local.words().standing.signed_undated.clone());
    status.signature_date.as_ref().map(|date| local.date(date)).or_else(undated)
}

/// When the State ratified, and what became of that, or that it had not when the table was made.
pub(super) fn ratified(local: Local<'_>, status: &TreatyStatus) -> String {
    let words = &local.words().standing;
    let day = ratified_day(local, status).unwrap_or_else(|| as_of(local, &words.not_ratified));
    match (&status.ratification_date, reports_end(local)) {
        (Some(date), Some(end)) if status.withdrawal_date.is_none() && begins_after(date, end) => {
            fill(&words.after_reports, &[("date", &day), ("end", &local.date(&end.into()))])
        }
        _ => day,
    }
}

/// When the State ratified and when it withdrew, if it did.
pub(super) fn ratified_day(local: Local<'_>, status: &TreatyStatus) -> Option<String> {
    let day = local.date(status.ratification_date.as_ref()?);
    Some(match &status.withdrawal_date {
        Some(withdrawal) => {
            let withdrawal = local.date(withdrawal);
            fill(&local.words().standing.withdrawn, &[("date", &day), ("withdrawal", &withdrawal)])
        }
        None => day,
    })
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
