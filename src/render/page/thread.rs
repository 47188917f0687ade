//! The records that belong together with one: beside it in its report, of the same act elsewhere, on the same State or
//! meeting.

use super::subject::{Local, fill};
use crate::index::{Index, RecordRef};
use crate::model::record::Record;
use crate::model::report::Report;
use crate::render::view::Link;
use serde::Serialize;
use tera::Value;

/// The records before and after, by what they tell.
#[derive(Serialize)]
pub(super) struct Neighbours {
    before: Option<Value>,
    after: Option<Value>,
}

/// Records that belong together, before and after.
#[derive(Serialize)]
pub(super) struct Thread {
    name: String,
    of: Neighbours,
}

/// The records beside it in its report.
pub(super) fn in_report(local: Local<'_>, at: RecordRef, report: &Report) -> Neighbours {
    let link = |record: usize| {
        let beside = RecordRef { record, ..at };
        report.records.get(record).map(|_| local.heading_link(beside).value())
    };
    Neighbours { before: at.record.checked_sub(1).and_then(link), after: link(at.record + 1) }
}

/// Most records of one State in a row that are looked past for one of another.
const MAX_LOOKED_PAST: usize = 50;

/// What the State did of the same kind in other reports, or else its other records; who else urged the same State; who
/// else names the same meeting.
pub(super) fn threads(local: Local<'_>, at: RecordRef, record: &Record) -> Vec<Thread> {
    let (index, words) = (local.index(), &local.words().record);
    let gist = record.gist.as_ref();
    let alike = gist.zip(record.state).and_then(|(gist, state)| index.acts_of.get(&(state, gist.act)));
    let own = match alike.map(|list| in_other_reports(local, list, at)) {
        Some(of) if of.before.is_some() || of.after.is_some() => Thread { name: words.same_act.clone(), of },
        _ => Thread { name: words.in_state.clone(), of: in_state(local, at, record) },
    };
    let urged = gist.and_then(|gist| gist.to.first()).and_then(|state| {
        let list = index.urgings.get(state).filter(|list| list.binary_search(&at).is_ok())?;
        let name = fill(&words.same_urged, &[("state", &local.state_name(*state))]);
        Some(Thread { name, of: of_other_states(local, list, at, record) })
    });
    let meeting = record.meetings.first().and_then(|id| {
        let of = of_other_states(local, index.meetings.get(id)?, at, record);
        Some(Thread { name: words.same_meeting.clone(), of })
    });
    std::iter::once(own).chain(urged).chain(meeting).collect()
}

/// The last record of a list before the report of `at` and the first behind it: what they tell is alike, so they are told
/// by when it was.
fn in_other_reports(local: Local<'_>, list: &[RecordRef], at: RecordRef) -> Neighbours {
    let before = list.partition_point(|other| other.report < at.report).checked_sub(1);
    let after = list.partition_point(|other| other.report <= at.report);
    let link = |other: &RecordRef| {
        let (report, record) = local.at(*other);
        let link = local.heading_link(*other);
        match local.when(report, record) {
            Some(when) => Link::new(link.path, when).value(),
            None => link.value(),
        }
    };
    Neighbours { before: before.and_then(|before| list.get(before)).map(link), after: list.get(after).map(link) }
}

/// The nearest records of other States before and after in a list.
fn of_other_states(local: Local<'_>, list: &[RecordRef], at: RecordRef, record: &Record) -> Neighbours {
    let is_of_another = |other: &&RecordRef| local.at(**other).1.state != record.state;
    let (before, after) = list.split_at(list.partition_point(|other| *other < at));
    let link = |other: &RecordRef| local.heading_link(*other).value();
    Neighbours {
        before: before.iter().rev().take(MAX_LOOKED_PAST).find(is_of_another).map(link),
        after: after.iter().take(MAX_LOOKED_PAST).find(is_of_another).map(link),
    }
}

fn in_state(local: Local<'_>, at: RecordRef, record: &Record) -> Neighbours {
    let state = record.state.and_then(|state| local.index().state(state));
    let records = state.map(|state| state.records.as_slice()).unwrap_or_default();
    let (before, after) = Index::neighbours(records, at);
    // Where they stand side by side in the report too, they are told once.
    let is_elsewhere = |other: &RecordRef| other.report != at.report || other.record.abs_diff(at.record) > 1;
    let link = |beside: Option<RecordRef>| beside.filter(is_elsewhere).map(|beside| local.heading_link(beside).value());
    Neighbours { before: link(before), after: link(after) }
}
