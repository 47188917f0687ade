//! Records under the reports they stand in, on the page of a State, year, section or other key, as lines that say who,
//! when, what and where; and what is told of a State or resolution elsewhere, in parts.
//!
//! Invariant: no such page grows with the archive. Of a key it has the newest records, and leads to the editions of older
//! reports, which have theirs. What is told has no such place: reports fill pages below that of the key, counted from the
//! oldest, so that a page once filled stays as it is, at its address, whatever newer reports bring.

use super::super::address;
use super::super::html::SafeHtml;
use super::super::messages::fill;
use super::super::site::Local;
use super::super::view::{Entry, Group, Link, Older};
use super::lists::List;
use super::resolution::{Said, said};
use super::state::{MentionGroup, mentions};
use super::{Head, Page};
use crate::index::{FactRef, Index, RecordRef};
use crate::model::citation::Symbol;
use crate::model::record::SectionCode;
use crate::model::state::Iso3;
use serde::Serialize;
use std::borrow::Cow;
use std::ops::RangeInclusive;
use tera::Value;

/// Most records on the page of a key, some 150 kB; of one report alone no more are shown either.
const MAX_LINES: usize = 300;

/// The same for a State or resolution, whose page has much else.
const MAX_OWN_LINES: usize = 120;

/// How many records that mention a State fill a page, some 20 kB.
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
}

/// What records tell of a State or resolution, beside its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Told<'a> {
    /// Records of others that mention a State.
    Mentioned(Iso3),
    /// What records say that a State did.
    Said(Iso3),
    /// What records say that States did to a resolution.
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
    /// Who mentions a State; the same holds.
    pub(super) mentioned: Vec<MentionGroup>,
    /// Whether these are of several States.
    pub(super) is_of_states: bool,
    /// The records.
    pub(super) listing: Listing,
}

/// What a page leaves out of what is told.
#[derive(Default, Serialize)]
pub(super) struct LeftOut {
    /// How much is shown.
    note: String,
    /// The pages that have the rest.
    links: Vec<Link>,
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

impl<'a> Key<'a> {
    /// The records of the key, in archive order.
    fn records(self, local: Local<'a>) -> Cow<'a, [RecordRef]> {
        let index = local.index();
        let records = match self {
            Self::State(iso3) => index.state(iso3).map(|entry| &entry.records),
            Self::Year(year) => return Cow::Owned(index.in_year(year)),
            Self::Period(slug) => index.periods.get(slug).map(|period| &period.records),
            Self::Section(code) => index.sections.get(code),
            Self::Resolution(symbol) => index.resolutions.get(symbol).map(|entry| &entry.cited_by),
            Self::Document(symbol) => index.documents.get(symbol).map(|entry| &entry.cited_by),
            Self::Meeting(at) => {
                let meeting = local.corpus().reference.meetings.get(at);
                meeting.and_then(|meeting| index.meetings.get(&meeting.id))
            }
        };
        Cow::Borrowed(records.map(Vec::as_slice).unwrap_or_default())
    }

    /// Most of its records on its page.
    fn max_lines(self) -> usize {
        match self {
            Self::State(_) | Self::Resolution(_) => MAX_OWN_LINES,
            Self::Year(_) | Self::Period(_) | Self::Section(_) | Self::Document(_) | Self::Meeting(_) => MAX_LINES,
        }
    }

    /// The records of the key.
    pub(super) fn listing(self, local: Local<'a>) -> Listing {
        let records = self.records(local);
        let groups: Vec<&[RecordRef]> = by_report(&records).collect();
        let (older, newest) = groups.split_at(groups.len() - n_newest(&groups, self.max_lines()));
        let shown: Vec<(&[RecordRef], &[RecordRef])> =
            newest.iter().map(|group| group.split_at(group.len().min(self.max_lines()))).collect();
        let n_shown = shown.iter().map(|(group, _)| group.len()).sum();
        Listing {
            is_long: n_shown > MAX_UNFILTERED || matches!(self, Self::State(_)),
            note: (n_shown < records.len()).then(|| note(local, n_shown, records.len())),
            groups: shown.into_iter().filter_map(|(group, rest)| self.group(local, group, rest)).collect(),
            older: older.iter().filter_map(|group| self.older(local, group)).collect(),
        }
    }

    /// Those of its records whose reports its page shows.
    pub(super) fn newest(self, local: Local<'a>) -> Vec<RecordRef> {
        let records = self.records(local);
        let groups: Vec<&[RecordRef]> = by_report(&records).collect();
        groups.iter().rev().take(n_newest(&groups, self.max_lines())).rev().copied().flatten().copied().collect()
    }

    /// Records of a report, and a way to the `rest` of them.
    fn group(self, local: Local<'a>, records: &[RecordRef], rest: &[RecordRef]) -> Option<Group> {
        let report = records.first()?.report;
        let more = |at: &RecordRef| Some(Link::new(self.in_edition(local, *at)?, local.words().listing.more.clone()));
        Some(Group {
            heading: local.report(report),
            anchor: address::report_anchor(&local.corpus().reports.get(report)?.id),
            count: local.record_count(records.len() + rest.len()),
            cards: local.cards(records),
            more: rest.first().and_then(more),
        })
    }

    /// A report whose records of the key stand in its edition alone.
    fn older(self, local: Local<'a>, group: &[RecordRef]) -> Option<Older> {
        let first = *group.first()?;
        let report = local.corpus().reports.get(first.report)?;
        Some(Older {
            link: local.report_link(report).leading_to(self.in_edition(local, first)?),
            anchor: address::report_anchor(&report.id),
            count: local.record_count(group.len()),
        })
    }

    /// The place of a record in its edition, which is filtered by the key where that can be.
    fn in_edition(self, local: Local<'a>, at: RecordRef) -> Option<String> {
        let (report, record) = at.get(local.corpus())?;
        let choice = match self {
            Self::State(iso3) => format!("?state={iso3}"),
            Self::Year(year) => format!("?year={year}"),
            Self::Section(code) => format!("?section={}", code.0),
            Self::Period(_) | Self::Resolution(_) | Self::Document(_) | Self::Meeting(_) => String::new(),
        };
        Some(format!("{}{choice}#{}", address::report(&report.id), record.id))
    }
}

impl<'a> Told<'a> {
    /// The records, in archive order; one that tells several things stands there as often.
    fn records(self, index: &'a Index) -> Cow<'a, [RecordRef]> {
        match self {
            Self::Mentioned(iso3) => {
                Cow::Borrowed(index.state(iso3).map(|entry| entry.mentioned_by.as_slice()).unwrap_or_default())
            }
            Self::Said(_) | Self::SaidOf(_) => Cow::Owned(self.facts(index).iter().map(|fact| fact.at).collect()),
        }
    }

    /// The facts that it is made of.
    fn facts(self, index: &'a Index) -> &'a [FactRef] {
        match self {
            Self::Mentioned(_) => &[],
            Self::Said(iso3) => index.state(iso3).map(|entry| entry.facts.as_slice()).unwrap_or_default(),
            Self::SaidOf(symbol) => {
                index.resolutions.get(symbol).map(|entry| entry.facts.as_slice()).unwrap_or_default()
            }
        }
    }

    /// The reports on each page below that of the key, by their positions.
    pub(super) fn parts(self, index: &'a Index) -> Vec<RangeInclusive<usize>> {
        let records = self.records(index);
        let groups: Vec<&[RecordRef]> = by_report(&records).collect();
        let n_lines = match self {
            Self::Mentioned(_) => MENTIONS_A_PART,
            Self::Said(_) | Self::SaidOf(_) => SAID_A_PART,
        };
        let mut rest = groups.as_slice();
        let mut parts = Vec::new();
        for length in filled(&groups, n_lines) {
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
        let parts = self.parts(local.index());
        let last = parts.last().map(|part| *part.end());
        items.iter().filter(|item| last.is_none_or(|last| report(item) > last)).copied().collect()
    }

    /// What the page of the key leaves out, where it does.
    pub(super) fn left_out(self, local: Local<'a>) -> Option<LeftOut> {
        let parts = self.parts(local.index());
        let records = self.records(local.index());
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
    fn link(self, local: Local<'_>) -> (Link, List) {
        match self {
            Self::Mentioned(iso3) => {
                let words = fill(&local.words().state.mentioned, &[("state", &local.state_name(iso3))]);
                (Link::new(format!("{}#{}", address::state(iso3), address::MENTIONED), words), List::States)
            }
            Self::Said(iso3) => (Link::new(address::state(iso3), local.state_name(iso3)), List::States),
            Self::SaidOf(symbol) => (local.resolution(symbol), List::Resolutions),
        }
    }

    /// Where what a report tells, or it and the next, stands below the page of the key.
    pub(super) fn part_address(self, local: Local<'_>, report: usize) -> Option<String> {
        let (link, _) = self.link(local);
        let folder = link.path.split_once("index.html")?.0;
        let prefix = match self {
            Self::Mentioned(_) => "mentioned",
            Self::Said(_) | Self::SaidOf(_) => "said",
        };
        Some(format!("{folder}{prefix}-{}/index.html", local.corpus().reports.get(report)?.id))
    }

    /// The page of what `reports` tell.
    pub(super) fn part(self, local: Local<'a>, reports: &RangeInclusive<usize>) -> Option<Page> {
        let (link, list) = self.link(local);
        let name = part_name(local, reports)?;
        let words = &local.words().listing;
        let head = Head {
            title: fill(&words.part, &[("key", &link.label), ("report", &name)]),
            description: fill(&words.part_description, &[("key", &link.label), ("report", &name)]),
            trail: vec![list.link(local), link],
            ..Head::default()
        };
        let view = match self {
            Self::Mentioned(_) => {
                let records = self.records(local.index());
                let records: Vec<RecordRef> =
                    records.iter().filter(|at| reports.contains(&at.report)).copied().collect();
                let total = local.record_count(records.len());
                RecordsView { total, mentioned: mentions(local, &records), ..RecordsView::default() }
            }
            Self::Said(_) | Self::SaidOf(_) => {
                let facts = self.facts(local.index()).iter().filter(|fact| reports.contains(&fact.at.report));
                let said: Vec<Said> = facts.filter_map(|fact| said(local, *fact)).collect();
                let is_of_states = matches!(self, Self::SaidOf(_));
                RecordsView { total: said.len().to_string(), said, is_of_states, ..RecordsView::default() }
            }
        };
        Some(Page::new("records.html", head, &view))
    }
}

/// Records in archive order, a group for each report.
fn by_report(records: &[RecordRef]) -> impl Iterator<Item = &[RecordRef]> {
    records.chunk_by(|left, right| left.report == right.report)
}

/// How many of the last of `groups` have `n_most` records together, or else the last alone.
fn n_newest(groups: &[&[RecordRef]], n_most: usize) -> usize {
    let totals = groups.iter().rev().scan(0, |total, group| {
        *total += group.len();
        Some(*total)
    });
    totals.take_while(|total| *total <= n_most).count().max(groups.len().min(1))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn records(lengths: &[usize]) -> Vec<RecordRef> {
        let of = |(report, length): (usize, &usize)| (0..*length).map(move |record| RecordRef { report, record });
        lengths.iter().enumerate().flat_map(of).collect()
    }

    #[test]
    fn the_newest_reports_are_shown_and_one_at_least() {
        let newest = |lengths: &[usize]| n_newest(&by_report(&records(lengths)).collect::<Vec<_>>(), 10);
        assert_eq!((newest(&[]), newest(&[10]), newest(&[11])), (0, 1, 1));
        assert_eq!((newest(&[1, 9, 1]), newest(&[1, 4, 5]), newest(&[1, 30, 2])), (2, 3, 1));
    }

    #[test]
    fn pages_that_are_filled_stay_as_they_are_whatever_newer_reports_bring() {
        let parts = |lengths: &[usize]| filled(&by_report(&records(lengths)).collect::<Vec<_>>(), 10);
        assert!(parts(&[]).is_empty() && parts(&[9]).is_empty() && parts(&[20]).is_empty());
        assert!(parts(&[6, 6, 8]).is_empty());
        assert_eq!(parts(&[6, 6, 9]), [2]);
        assert_eq!(parts(&[6, 6, 9, 1, 9]), [2]);
        assert_eq!(parts(&[6, 6, 9, 1, 9, 9, 9]), [2, 2, 2]);
        assert_eq!((parts(&[30]), parts(&[30, 6])), (vec![1], vec![1]));
    }
}
