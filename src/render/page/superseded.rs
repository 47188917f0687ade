//! A page at the address of an identifier that was given up: what happened, why, and where to go.
//!
//! There is no server that could redirect; so the page says it to readers, and to programs by `rel="canonical"`
//! (RFC 6596) where one page stands in its place.

use super::history::{self, VersionView};
use super::subject::{Head, Input, Local, Page, Subject, Subjects, subjects};
use crate::model::edtf::Edtf;
use crate::model::ledger::{self, Status, address};
use crate::model::record::RecordId;
use crate::render::view::{Entry, Link};
use serde::Serialize;
use tera::Value;

/// An identifier that was given up.
struct SupersededPage<'a> {
    id: &'a str,
    entry: &'a ledger::Entry,
}

/// What `superseded.html` shows.
#[derive(Serialize)]
struct SupersededView {
    successors: Vec<Value>,
    entries: Vec<Entry>,
    /// What it said, if it is a record.
    history: Vec<VersionView>,
}

/// What the ledger says of an identifier that is in use, if that was ever changed.
pub(super) fn changes(local: Local<'_>, id: &str) -> Vec<Entry> {
    let entry = local.site.input.ledger.and_then(|ledger| ledger.get(id));
    let Some(entry) = entry.filter(|entry| entry.status == Status::Corrected) else { return Vec::new() };
    let words = &local.words().superseded;
    let others = entry.successors.iter().map(|other| Link::new(address(other), other)).collect::<Vec<_>>();
    let others = (!others.is_empty()).then(|| Entry::links(&words.rest, others));
    let what = if others.is_some() { &words.survived } else { &words.corrected };
    let happened = Entry::text(&words.identifier, what);
    [happened].into_iter().chain(others).chain(entries(local, entry)).collect()
}

/// The pages of identifiers that were given up.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    let entries = input.ledger.into_iter().flatten().filter(|(_, entry)| !entry.status.is_live());
    subjects(entries.map(|(id, entry)| SupersededPage { id, entry }))
}

impl Subject for SupersededPage<'_> {
    fn address(&self) -> String {
        address(self.id)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let entry = self.entry;
        let head = Head {
            title: self.id.to_owned(),
            description: what_happened(local, entry.status).to_owned(),
            replaced_by: replacement(entry),
            related: history::relations(local, self.id),
            ..Head::default()
        };
        let view = SupersededView {
            successors: entry.successors.iter().map(|successor| link(local, successor)).collect(),
            entries: entries(local, entry),
            history: history::versions(local, self.id),
        };
        Page::new("superseded.html", head, &view)
    }

    fn is_listed(&self) -> bool {
        false
    }
}

/// The one page that stands in its place. Two halves do not, as neither says what the whole said.
fn replacement(entry: &ledger::Entry) -> Option<String> {
    match entry.successors.as_slice() {
        [only] => Some(address(only)),
        _ => None,
    }
}

pub(super) fn what_happened(local: Local<'_>, status: Status) -> &str {
    let words = &local.words().superseded;
    match status {
        Status::Moved => &words.moved,
        Status::Split => &words.split,
        Status::Merged => &words.merged,
        Status::Withdrawn | Status::Published | Status::Corrected => &words.withdrawn,
    }
}

/// A link to what leads on; a record's says more than its identifier.
fn link(local: Local<'_>, id: &str) -> Value {
    match local.index().records.get(&RecordId(id.to_owned())) {
        Some(at) => local.record(*at),
        None => Link::new(address(id), id).value(),
    }
}

/// Reason and date, as the editor wrote them, or in the language of the page where the archive has that.
pub(super) fn entries(local: Local<'_>, entry: &ledger::Entry) -> Vec<Entry> {
    let words = &local.words().superseded;
    let reason = entry.reason.as_deref().map(|reason| match history::reason_language(reason) {
        "en" => Entry::remark(&words.reason, local.remark(reason)),
        language => Entry::text(&words.reason, reason).in_language(language),
    });
    let date = entry.date.as_deref().map(|date| Entry::text(&words.date, local.date(&Edtf::as_printed(date))));
    reason.into_iter().chain(date).collect()
}
