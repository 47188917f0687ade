//! Records under the reports they stand in, on the page of a State, year, section or other key, as lines that say who,
//! when, what and where.
//!
//! Invariant: no such page grows with the archive. It has the newest records, and leads to the editions of older reports,
//! which have theirs.

use super::said::Said;
use super::state::MentionGroup;
use crate::index::RecordRef;
use crate::render::address;
use crate::render::messages::fill;
use crate::render::site::Local;
use crate::render::view::{Entry, Group, Link, Older};
use serde::Serialize;
use tera::Value;

/// Most records on the page of a key, some 150 kB; of one report alone no more are shown either.
pub(super) const MAX_LINES: usize = 300;

/// The same for a State or resolution, whose page has much else.
pub(super) const MAX_OWN_LINES: usize = 120;

/// Most records of a list that is read at a glance, so that it needs no filter.
const MAX_UNFILTERED: usize = 12;

/// What `records.html` shows: records under headings.
#[derive(Default, Serialize)]
pub(super) struct RecordsView {
    /// How many records.
    pub(super) total: String,
    /// How to read them.
    pub(super) note: Option<String>,
    /// What happened beside them.
    pub(super) events: Vec<Entry>,
    /// Reports that the page is about.
    pub(super) reports: Vec<Value>,
    /// What records say that a State did; then they are not listed as well.
    pub(super) said: Vec<Said>,
    /// Who mentions a State; the same holds.
    pub(super) mentioned: Vec<MentionGroup>,
    /// Whether these are of several States.
    pub(super) is_of_states: bool,
    /// The records.
    pub(super) listing: Listing,
}

/// Records under the reports they stand in.
#[derive(Default, Serialize)]
pub(super) struct Listing {
    groups: Vec<Group>,
    /// What is left out.
    note: Option<String>,
    /// The reports whose editions have it.
    older: Vec<Older>,
    /// Whether a reader wants to filter it.
    is_long: bool,
}

impl Listing {
    /// The newest of `records`, which are in archive order, at most `n_most`; in the editions `filter` leaves those of the
    /// key alone, where that can be: `?section=1a`.
    pub(super) fn new(local: Local<'_>, records: &[RecordRef], n_most: usize, filter: &str) -> Self {
        let (older, shown) = records.split_at(records.len() - newest(records, n_most).len());
        let n_shown = by_report(shown).map(|group| group.len().min(n_most)).sum();
        Self {
            is_long: n_shown > MAX_UNFILTERED,
            note: (n_shown < records.len()).then(|| note(local, n_shown, records.len())),
            groups: by_report(shown).map(|group| of_report(local, group, n_most, filter)).collect(),
            older: by_report(older).map(|group| older_report(local, group, filter)).collect(),
        }
    }

    /// The same list with its filter, however short it is.
    pub(super) fn filtered(self) -> Self {
        Self { is_long: true, ..self }
    }
}

/// Records of one report, and a way to those beyond `n_most`.
fn of_report(local: Local<'_>, records: &[RecordRef], n_most: usize, filter: &str) -> Group {
    let (shown, rest) = records.split_at(records.len().min(n_most));
    let report = records[0].report;
    let more = |at: &RecordRef| Link::new(in_edition(local, *at, filter), local.words().listing.more.clone());
    Group {
        heading: local.report(report),
        anchor: address::report_anchor(&local.corpus().reports[report].id),
        count: local.record_count(records.len()),
        cards: local.cards(shown),
        more: rest.first().map(more),
    }
}

/// A report whose records of the key stand in its edition alone.
fn older_report(local: Local<'_>, records: &[RecordRef], filter: &str) -> Older {
    let report = &local.corpus().reports[records[0].report];
    Older {
        link: local.report_link(report).leading_to(in_edition(local, records[0], filter)),
        anchor: address::report_anchor(&report.id),
        count: local.record_count(records.len()),
    }
}

/// The place of a record in its edition.
fn in_edition(local: Local<'_>, at: RecordRef, filter: &str) -> String {
    let (report, record) = local.at(at);
    format!("{}{filter}#{}", address::report(&report.id), record.id)
}

/// Those of `records` that stand in the newest reports which have `n_most` together, or else in the last alone.
pub(super) fn newest(records: &[RecordRef], n_most: usize) -> &[RecordRef] {
    let lengths: Vec<usize> = by_report(records).map(<[RecordRef]>::len).collect();
    let totals = lengths.iter().rev().scan(0, |total, length| {
        *total += length;
        Some(*total)
    });
    let n_fitting = totals.take_while(|total| *total <= n_most).last();
    let n_newest = n_fitting.or(lengths.last().copied()).unwrap_or(0);
    &records[records.len() - n_newest..]
}

/// Records in archive order, a group for each report.
pub(super) fn by_report(records: &[RecordRef]) -> impl Iterator<Item = &[RecordRef]> {
    records.chunk_by(|left, right| left.report == right.report)
}

/// That only so many records are shown.
pub(super) fn note(local: Local<'_>, n_shown: usize, n_all: usize) -> String {
    fill(&local.words().listing.left_out, &[("n", &local.grouped(n_shown)), ("all", &local.grouped(n_all))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_reports_are_shown_and_one_at_least() {
        let newest = |lengths: &[usize]| {
            let of = |(report, length): (usize, &usize)| (0..*length).map(move |record| RecordRef { report, record });
            let records: Vec<RecordRef> = lengths.iter().enumerate().flat_map(of).collect();
            newest(&records, 10).len()
        };
        assert_eq!((newest(&[]), newest(&[10]), newest(&[11])), (0, 10, 11));
        assert_eq!((newest(&[1, 9, 1]), newest(&[1, 4, 5]), newest(&[1, 30, 2])), (10, 10, 2));
    }
}
