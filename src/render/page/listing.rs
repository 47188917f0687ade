//! Records under the reports they stand in, on the page of a State, year, section or other key, as lines that say who,
//! when, what and where.
//!
//! Invariant: no such page grows with the archive. Reports fill pages below it, counted from the oldest, and it has the
//! newest, so that a page once filled stays as it is, at its address, whatever newer reports bring.

use super::super::address;
use super::super::html::SafeHtml;
use super::super::messages::fill;
use super::super::site::Local;
use super::super::view::{Entry, Group, Link};
use super::lists::List;
use super::resolution::{Said, said};
use super::{Head, Page, meeting};
use crate::index::{FactRef, Index, RecordRef};
use crate::model::citation::Symbol;
use crate::model::record::SectionCode;
use crate::model::reference::Reference;
use crate::model::state::Iso3;
use serde::Serialize;
use std::borrow::Cow;
use std::ops::RangeInclusive;
use tera::Value;

/// How many records fill a page below that of a key, some 100 kB; the key's own has up to twice as many.
const LINES_A_PART: usize = 200;

/// The same for a State or resolution, whose page has much else.
const OWN_LINES_A_PART: usize = 110;

/// The same for records that mention a State, beside its own: some 20 kB.
const MENTIONS_A_PART: usize = 80;

/// The same for what records say that a State did, or States to a resolution, with the words of each: some 20 kB.
const SAID_A_PART: usize = 25;

/// Most records of a list that is read at a glance, so that it needs no filter.
const MAX_UNFILTERED: usize = 12;

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
    /// A resolution of which records say what States did to it.
    SaidOf(&'a Symbol),
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
    /// Whether these are of several States.
    pub(super) is_of_states: bool,
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
            Self::SaidOf(symbol) => {
                let facts = index.resolutions.get(symbol).map(|entry| entry.facts.as_slice()).unwrap_or_default();
                return Cow::Owned(facts.iter().map(|fact| fact.at).collect());
            }
        };
        Cow::Borrowed(records.map(Vec::as_slice).unwrap_or_default())
    }

    /// How many reports are on each page below that of the key, from the oldest on; the others stand on the key's own.
    /// `groups` are the records by report.
    fn part_lengths(self, groups: &[&[RecordRef]]) -> Vec<usize> {
        let n_lines = match self {
            Self::State(_) | Self::Resolution(_) => OWN_LINES_A_PART,
            Self::Mentioned(_) => MENTIONS_A_PART,
            Self::Said(_) | Self::SaidOf(_) => SAID_A_PART,
            Self::Year(_) | Self::Period(_) | Self::Section(_) | Self::Document(_) | Self::Meeting(_) => LINES_A_PART,
        };
        filled(groups, n_lines)
    }

    /// The reports on each page below that of the key, by their positions.
    pub(super) fn parts(self, index: &'a Index, tables: &Reference) -> Vec<RangeInclusive<usize>> {
        let records = self.records(index, tables);
        let groups: Vec<&[RecordRef]> = by_report(&records).collect();
        let mut rest = groups.as_slice();
        let mut parts = Vec::new();
        for length in self.part_lengths(&groups) {
            let (part, after) = rest.split_at(length);
            let ends = [part.first(), part.last()].map(|group| group.and_then(|group| group.first()));
            if let [Some(first), Some(last)] = ends {
                parts.push(first.report..=last.report);
            }
            rest = after;
        }
        parts
    }

    /// Those of `items` that the page of the key shows: all but those of reports that have pages of their own.
    pub(super) fn shown<T: Copy>(self, local: Local<'a>, items: &[T], report: impl Fn(&T) -> usize) -> Vec<T> {
        let parts = self.parts(local.index(), &local.corpus().reference);
        let last = parts.last().map(|part| *part.end());
        items.iter().filter(|item| last.is_none_or(|last| report(item) > last)).copied().collect()
    }

    /// What the page of the key leaves out, where it does.
    pub(super) fn left_out(self, local: Local<'a>) -> Option<LeftOut> {
        let parts = self.parts(local.index(), &local.corpus().reference);
        let records = self.records(local.index(), &local.corpus().reference);
        let n_shown = self.shown(local, &records, |at| at.report).len();
        let link = |part: &RangeInclusive<usize>| {
            Some(Link::new(self.part_address(local, *part.start())?, part_name(local, part)?))
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
            Self::Said(iso3) => return Self::State(iso3).link(local),
            Self::SaidOf(symbol) => return Self::Resolution(symbol).link(local),
        })
    }

    /// Where the records of a report, or of it and the next, stand below the page of the key.
    pub(super) fn part_address(self, local: Local<'_>, report: usize) -> Option<String> {
        let (link, _) = self.link(local)?;
        let folder = link.path.split_once("index.html")?.0;
        let prefix = match self {
            Self::Mentioned(_) => "mentioned-",
            Self::Said(_) | Self::SaidOf(_) => "said-",
            _ => "",
        };
        Some(format!("{folder}{prefix}{}/index.html", local.corpus().reports.get(report)?.id))
    }

    /// The records of the key.
    pub(super) fn listing(self, local: Local<'_>) -> Listing {
        let records = self.records(local.index(), &local.corpus().reference);
        let groups: Vec<&[RecordRef]> = by_report(&records).collect();
        let mut shown = groups.as_slice();
        let mut views = Vec::with_capacity(groups.len());
        for length in self.part_lengths(&groups) {
            let (part, after) = shown.split_at(length);
            views.extend(part.iter().filter_map(|group| self.group_elsewhere(local, part, group)));
            shown = after;
        }
        let n_records: usize = shown.iter().map(|group| group.len()).sum();
        let with_cards = |group: &&[RecordRef]| Some(Group { cards: local.cards(group), ..group_of(local, group)? });
        views.extend(shown.iter().filter_map(with_cards));
        Listing {
            is_long: n_records > MAX_UNFILTERED || matches!(self, Self::State(_)),
            note: (n_records < records.len()).then(|| note(local, n_records, records.len())),
            groups: views,
        }
    }

    /// A report whose records stand on the page of `part`.
    fn group_elsewhere(self, local: Local<'_>, part: &[&[RecordRef]], group: &[RecordRef]) -> Option<Group> {
        let view = group_of(local, group)?;
        let page = self.part_address(local, part.first()?.first()?.report)?;
        let more = Link::new(format!("{page}#{}", view.anchor), local.words().listing.more.clone());
        Some(Group { more: Some(more), ..view })
    }

    /// The page of the records of `reports`.
    pub(super) fn part(self, local: Local<'a>, reports: &RangeInclusive<usize>) -> Option<Page> {
        let records = self.records(local.index(), &local.corpus().reference);
        let records: Vec<RecordRef> = records.iter().filter(|at| reports.contains(&at.report)).copied().collect();
        let (link, list) = self.link(local)?;
        let name = part_name(local, reports)?;
        let words = &local.words().listing;
        let head = Head {
            title: fill(&words.part, &[("key", &link.label), ("report", &name)]),
            description: fill(&words.part_description, &[("key", &link.label), ("report", &name)]),
            trail: vec![list.link(local), link],
            ..Head::default()
        };
        let view = match self {
            Self::Said(iso3) => said_view(local, &local.index().state(iso3)?.facts, reports),
            Self::SaidOf(symbol) => RecordsView {
                is_of_states: true,
                ..said_view(local, &local.index().resolutions.get(symbol)?.facts, reports)
            },
            _ => {
                let group = |group: &[RecordRef]| {
                    let cards = group.iter().map(|at| local.make_card(*at, "../../../")).collect();
                    Some(Group { cards, ..group_of(local, group)? })
                };
                let groups = by_report(&records).filter_map(group).collect();
                let listing = Listing { groups, note: None, is_long: records.len() > MAX_UNFILTERED };
                RecordsView { total: local.record_count(records.len()), listing, ..RecordsView::default() }
            }
        };
        Some(Page::new("records.html", head, &view))
    }
}

/// Records in archive order, a group for each report.
fn by_report(records: &[RecordRef]) -> impl Iterator<Item = &[RecordRef]> {
    records.chunk_by(|left, right| left.report == right.report)
}

/// What records of `reports` say that States did.
fn said_view(local: Local<'_>, facts: &[FactRef], reports: &RangeInclusive<usize>) -> RecordsView {
    let facts = facts.iter().filter(|fact| reports.contains(&fact.at.report));
    let said: Vec<Said> = facts.filter_map(|fact| said(local, *fact)).collect();
    RecordsView { total: said.len().to_string(), said, ..RecordsView::default() }
}

/// The first report of a part and the last, if it has several.
fn part_name(local: Local<'_>, reports: &RangeInclusive<usize>) -> Option<String> {
    let name = |position: usize| Some(local.report_name(local.corpus().reports.get(position)?));
    let first = name(*reports.start())?;
    if reports.start() == reports.end() { Some(first) } else { Some(format!("{first} – {}", name(*reports.end())?)) }
}

/// How many reports fill each page with `n_lines` at least, from the oldest on. The last of these is no page of its own
/// where it fits with what is left.
fn filled(groups: &[&[RecordRef]], n_lines: usize) -> Vec<usize> {
    let (mut lengths, mut n_reports, mut n_filled, mut n_last) = (Vec::new(), 0, 0, 0);
    for group in groups {
        n_reports += 1;
        n_filled += group.len();
        if n_filled >= n_lines {
            lengths.push(std::mem::take(&mut n_reports));
            n_last = std::mem::take(&mut n_filled);
        }
    }
    if n_last + n_filled <= 2 * n_lines {
        lengths.pop();
    }
    lengths
}

/// That only so many records are shown.
pub(super) fn note(local: Local<'_>, n_shown: usize, n_all: usize) -> String {
    fill(&local.words().listing.left_out, &[("n", &local.grouped(n_shown)), ("all", &local.grouped(n_all))])
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
    fn pages_that_are_filled_stay_as_they_are_whatever_newer_reports_bring() {
        let records = |lengths: &[usize]| -> Vec<RecordRef> {
            let of = |(report, length): (usize, &usize)| (0..*length).map(move |record| RecordRef { report, record });
            lengths.iter().enumerate().flat_map(of).collect()
        };
        let parts = |lengths: &[usize]| filled(&by_report(&records(lengths)).collect::<Vec<_>>(), 10);
        assert!(parts(&[]).is_empty() && parts(&[9]).is_empty() && parts(&[20]).is_empty());
        assert!(parts(&[6, 6, 8]).is_empty());
        assert_eq!(parts(&[6, 6, 9]), [2]);
        assert_eq!(parts(&[6, 6, 9, 1, 9]), [2]);
        assert_eq!(parts(&[6, 6, 9, 1, 9, 9, 9]), [2, 2, 2]);
        assert_eq!((parts(&[30]), parts(&[30, 6])), (vec![1], vec![1]));
    }
}
