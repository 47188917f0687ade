//! Records under the reports they stand in, on the page of a State, year, section or other key, as lines that say who,
//! when, what and where.
//!
//! Invariant: no such page grows with the archive. One with more records than fit shows the newest reports that do; each
//! report left out has a page of its own below it, whose address stays.

use super::super::address;
use super::super::html::SafeHtml;
use super::super::messages::fill;
use super::super::site::Local;
use super::super::view::{Entry, Group, Link};
use super::lists::List;
use super::{Head, Page, meeting};
use crate::index::{Index, RecordRef};
use crate::model::citation::Symbol;
use crate::model::record::SectionCode;
use crate::model::reference::Reference;
use crate::model::state::Iso3;
use serde::Serialize;
use std::borrow::Cow;
use tera::Value;

/// Most records on a page of several reports: some 200 kB.
const MAX_LINES: usize = 400;

/// What records are listed by.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key<'a> {
    /// A State.
    State(Iso3),
    /// A calendar year.
    Year(i32),
    /// A reporting period, by the last part of its address.
    Period(&'a str),
    /// A section of the activity tables.
    Section(&'a SectionCode),
    /// A resolution.
    Resolution(&'a Symbol),
    /// A document.
    Document(&'a Symbol),
    /// A meeting, by its position in the reference table.
    Meeting(usize),
}

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
    /// A picture of them.
    pub(super) picture: Option<SafeHtml>,
    /// The records.
    pub(super) listing: Listing,
}

/// Records under the reports they stand in.
#[derive(Default, Serialize)]
pub(super) struct Listing {
    groups: Vec<Group>,
    /// What is left out.
    note: Option<String>,
}

impl<'a> Key<'a> {
    /// The records of the key, in archive order.
    fn records(self, index: &'a Index, tables: &Reference) -> Cow<'a, [RecordRef]> {
        let records = match self {
            Self::State(iso3) => index.state(iso3).map(|entry| &entry.records),
            Self::Year(year) => return Cow::Owned(index.in_year(year)),
            Self::Period(slug) => index.periods.get(slug).map(|period| &period.records),
            Self::Section(code) => index.sections.get(code),
            Self::Resolution(symbol) => index.resolutions.get(symbol).map(|entry| &entry.cited_by),
            Self::Document(symbol) => index.documents.get(symbol).map(|entry| &entry.cited_by),
            Self::Meeting(at) => tables.meetings.get(at).and_then(|meeting| index.meetings.get(&meeting.id)),
        };
        Cow::Borrowed(records.map(Vec::as_slice).unwrap_or_default())
    }

    /// The reports whose records have pages of their own below that of the key, by their positions.
    pub(super) fn parts(self, index: &'a Index, tables: &Reference) -> Vec<usize> {
        let records = self.records(index, tables);
        let groups: Vec<&[RecordRef]> = by_report(&records).collect();
        let n_left_out = groups.len() - n_shown(&groups);
        groups.iter().take(n_left_out).filter_map(|group| Some(group.first()?.report)).collect()
    }

    /// The page of the key, and the list that it is in.
    fn link(self, local: Local<'_>) -> Option<(Link, List)> {
        let words = &local.words().year;
        Some(match self {
            Self::State(iso3) => (Link::new(address::state(iso3), local.state_name(iso3)), List::States),
            Self::Year(year) => (local.year(year), List::Years),
            Self::Period(slug) => {
                let name = local.date(&local.index().periods.get(slug)?.edtf);
                (Link::new(address::period(slug), fill(&words.period_title, &[("period", &name)])), List::Periods)
            }
            Self::Section(code) => {
                let name = format!("{} {}", code.0, local.section_name(code));
                (Link::new(address::section(code), name), List::Sections)
            }
            Self::Resolution(symbol) => (local.resolution(symbol), List::Resolutions),
            Self::Document(symbol) => (local.document(symbol), List::Documents),
            Self::Meeting(at) => (meeting::link(local, local.corpus().reference.meetings.get(at)?), List::Meetings),
        })
    }

    /// Where the records of a report stand below the page of the key.
    pub(super) fn part_address(self, local: Local<'_>, report: usize) -> Option<String> {
        let (link, _) = self.link(local)?;
        let folder = link.path.strip_suffix("index.html")?;
        Some(format!("{folder}{}/index.html", local.corpus().reports.get(report)?.id))
    }

    /// The records of the key.
    pub(super) fn listing(self, local: Local<'_>) -> Listing {
        let records = self.records(local.index(), &local.corpus().reference);
        let groups: Vec<&[RecordRef]> = by_report(&records).collect();
        let n_left_out = groups.len() - n_shown(&groups);
        let (left_out, shown) = groups.split_at(n_left_out);
        let n_records: usize = shown.iter().map(|group| group.len()).sum();
        let words = &local.words().listing;
        Listing {
            note: (n_left_out > 0)
                .then(|| fill(&words.left_out, &[("n", &n_records.to_string()), ("all", &records.len().to_string())])),
            groups: left_out
                .iter()
                .filter_map(|group| {
                    let more = Link::new(self.part_address(local, group.first()?.report)?, words.more.clone());
                    Some(Group { more: Some(more), ..group_of(local, group)? })
                })
                .chain(
                    shown
                        .iter()
                        .filter_map(|group| Some(Group { cards: local.cards(group), ..group_of(local, group)? })),
                )
                .collect(),
        }
    }

    /// The page of the records of one report.
    pub(super) fn part(self, local: Local<'_>, report: usize) -> Option<Page> {
        let records = self.records(local.index(), &local.corpus().reference);
        let group = by_report(&records).find(|group| group.first().is_some_and(|at| at.report == report))?;
        let (link, list) = self.link(local)?;
        let name = local.report_name(local.corpus().reports.get(report)?);
        let words = &local.words().listing;
        let head = Head {
            title: fill(&words.part, &[("key", &link.label), ("report", &name)]),
            description: fill(&words.part_description, &[("key", &link.label), ("report", &name)]),
            trail: vec![list.link(local), link],
            ..Head::default()
        };
        let cards = group.iter().map(|at| local.make_card(*at, "../../../")).collect();
        let view = RecordsView {
            total: local.record_count(group.len()),
            listing: Listing { groups: vec![Group { cards, ..group_of(local, group)? }], note: None },
            ..RecordsView::default()
        };
        Some(Page::new("records.html", head, &view))
    }
}

/// Records in archive order, a group for each report.
fn by_report(records: &[RecordRef]) -> impl Iterator<Item = &[RecordRef]> {
    records.chunk_by(|left, right| left.report == right.report)
}

/// How many of the groups fit on a page, counted from the newest report, which is the last.
fn n_shown(groups: &[&[RecordRef]]) -> usize {
    let mut n_lines = 0;
    let fits = |group: &&&[RecordRef]| {
        n_lines += group.len();
        n_lines <= MAX_LINES
    };
    groups.iter().rev().take_while(fits).count()
}

fn group_of(local: Local<'_>, group: &[RecordRef]) -> Option<Group> {
    let report = group.first()?.report;
    Some(Group {
        heading: local.report(report),
        anchor: address::report_anchor(&local.corpus().reports.get(report)?.id),
        count: local.record_count(group.len()),
        cards: Vec::new(),
        more: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_reports_that_fit_are_shown() {
        let shown = |lengths: &[usize]| {
            let records: Vec<RecordRef> = lengths
                .iter()
                .enumerate()
                .flat_map(|(report, length)| (0..*length).map(move |record| RecordRef { report, record }))
                .collect();
            n_shown(&by_report(&records).collect::<Vec<_>>())
        };
        assert_eq!(shown(&[]), 0);
        assert_eq!(shown(&[MAX_LINES]), 1);
        assert_eq!(shown(&[1, MAX_LINES]), 1);
        assert_eq!(shown(&[MAX_LINES, 100, 200]), 2);
        assert_eq!(shown(&[1, MAX_LINES + 1]), 0);
    }
}
