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
use super::resolution::{Said, said};
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

/// Most records of a list that is read at a glance, so that it needs no filter.
const MAX_UNFILTERED: usize = 12;

/// Most records that mention a State on its page, beside its own: some 30 kB.
const MAX_MENTIONS: usize = 150;

/// Most of what records say that a State did on its page, each with the words that say it: some 40 kB.
const MAX_SAID: usize = 100;

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
    /// A State that others mention.
    Mentioned(Iso3),
    /// A State of which records say what it did.
    Said(Iso3),
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
    /// What records say that a State did; then they are not listed as well.
    pub(super) said: Vec<Said>,
    /// The records.
    pub(super) listing: Listing,
}

/// The reports whose records a list leaves out.
#[derive(Default, Serialize)]
pub(super) struct LeftOut {
    /// How much is shown.
    note: String,
    /// The pages that have them.
    links: Vec<Link>,
}

/// Records under the reports they stand in.
#[derive(Default, Serialize)]
pub(super) struct Listing {
    groups: Vec<Group>,
    /// What is left out.
    note: Option<String>,
    /// Whether a reader wants to filter it.
    is_long: bool,
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
            Self::Mentioned(iso3) => index.state(iso3).map(|entry| &entry.mentioned_by),
            Self::Said(iso3) => {
                let facts = index.state(iso3).map(|entry| entry.facts.as_slice()).unwrap_or_default();
                return Cow::Owned(facts.iter().map(|fact| fact.at).collect());
            }
        };
        Cow::Borrowed(records.map(Vec::as_slice).unwrap_or_default())
    }

    /// The most lines that the page of the key has.
    fn max_lines(self) -> usize {
        match self {
            Self::Mentioned(_) => MAX_MENTIONS,
            Self::Said(_) => MAX_SAID,
            _ => MAX_LINES,
        }
    }

    /// The reports whose records have pages of their own below that of the key, by their positions.
    pub(super) fn parts(self, index: &'a Index, tables: &Reference) -> Vec<usize> {
        let records = self.records(index, tables);
        let groups: Vec<&[RecordRef]> = by_report(&records).collect();
        let n_left_out = groups.len() - n_shown(&groups, self.max_lines());
        groups.iter().take(n_left_out).filter_map(|group| Some(group.first()?.report)).collect()
    }

    /// Those of `items` that the page of the key shows: all but those of reports that have pages of their own.
    pub(super) fn shown<T: Copy>(self, local: Local<'a>, items: &[T], report: impl Fn(&T) -> usize) -> Vec<T> {
        let parts = self.parts(local.index(), &local.corpus().reference);
        items.iter().filter(|item| parts.binary_search(&report(item)).is_err()).copied().collect()
    }

    /// What the page of the key leaves out, where it does.
    pub(super) fn left_out(self, local: Local<'a>) -> Option<LeftOut> {
        let parts = self.parts(local.index(), &local.corpus().reference);
        let records = self.records(local.index(), &local.corpus().reference);
        let n_shown = self.shown(local, &records, |at| at.report).len();
        let link = |report: &usize| {
            let name = local.report_name(local.corpus().reports.get(*report)?);
            Some(Link::new(self.part_address(local, *report)?, name))
        };
        (!parts.is_empty()).then(|| LeftOut {
            note: note(local, n_shown, records.len()),
            links: parts.iter().filter_map(link).collect(),
        })
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
            Self::Mentioned(iso3) => {
                let words = fill(&local.words().state.mentioned, &[("state", &local.state_name(iso3))]);
                (Link::new(format!("{}#{}", address::state(iso3), address::MENTIONED), words), List::States)
            }
            Self::Said(iso3) => (Link::new(address::state(iso3), local.state_name(iso3)), List::States),
        })
    }

    /// Where the records of a report stand below the page of the key.
    pub(super) fn part_address(self, local: Local<'_>, report: usize) -> Option<String> {
        let (link, _) = self.link(local)?;
        let folder = link.path.split_once("index.html")?.0;
        let prefix = match self {
            Self::Mentioned(_) => "mentioned-",
            Self::Said(_) => "said-",
            _ => "",
        };
        Some(format!("{folder}{prefix}{}/index.html", local.corpus().reports.get(report)?.id))
    }

    /// The records of the key.
    pub(super) fn listing(self, local: Local<'_>) -> Listing {
        let records = self.records(local.index(), &local.corpus().reference);
        let groups: Vec<&[RecordRef]> = by_report(&records).collect();
        let n_left_out = groups.len() - n_shown(&groups, self.max_lines());
        let (left_out, shown) = groups.split_at(n_left_out);
        let n_records: usize = shown.iter().map(|group| group.len()).sum();
        let words = &local.words().listing;
        Listing {
            is_long: n_records > MAX_UNFILTERED || matches!(self, Self::State(_)),
            note: (n_left_out > 0).then(|| note(local, n_records, records.len())),
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
        let view = match self {
            Self::Said(iso3) => {
                let facts = local.index().state(iso3)?.facts.iter().filter(|fact| fact.at.report == report);
                let said: Vec<Said> = facts.filter_map(|fact| said(local, *fact)).collect();
                RecordsView { total: said.len().to_string(), said, ..RecordsView::default() }
            }
            _ => {
                let cards = group.iter().map(|at| local.make_card(*at, "../../../")).collect();
                let groups = vec![Group { cards, ..group_of(local, group)? }];
                let listing = Listing { groups, note: None, is_long: group.len() > MAX_UNFILTERED };
                RecordsView { total: local.record_count(group.len()), listing, ..RecordsView::default() }
            }
        };
        Some(Page::new("records.html", head, &view))
    }
}

/// Records in archive order, a group for each report.
fn by_report(records: &[RecordRef]) -> impl Iterator<Item = &[RecordRef]> {
    records.chunk_by(|left, right| left.report == right.report)
}

/// That only so many records are shown.
pub(super) fn note(local: Local<'_>, n_shown: usize, n_all: usize) -> String {
    fill(&local.words().listing.left_out, &[("n", &n_shown.to_string()), ("all", &n_all.to_string())])
}

/// How many of the groups fit on a page of `max_lines`, counted from the newest report, which is the last.
fn n_shown(groups: &[&[RecordRef]], max_lines: usize) -> usize {
    let mut n_lines = 0;
    let fits = |group: &&&[RecordRef]| {
        n_lines += group.len();
        n_lines <= max_lines
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
            n_shown(&by_report(&records).collect::<Vec<_>>(), MAX_LINES)
        };
        assert_eq!(shown(&[]), 0);
        assert_eq!(shown(&[MAX_LINES]), 1);
        assert_eq!(shown(&[1, MAX_LINES]), 1);
        assert_eq!(shown(&[MAX_LINES, 100, 200]), 2);
        assert_eq!(shown(&[1, MAX_LINES + 1]), 0);
    }
}
