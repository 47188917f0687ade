//! A page at the address of an identifier that was given up: what happened, why, and where to go.
//!
//! There is no server that could redirect; so the page says it to readers, and to programs by `rel="canonical"`
//! (RFC 6596) where one page stands in its place.

use super::super::site::{Local, Site};
use super::super::view::{Entry, Link};
use super::{Head, Page};
use crate::model::edtf::Edtf;
use crate::model::ledger::{self, Ledger, Status, address};
use crate::model::record::RecordId;
use serde::Serialize;
use tera::Value;

/// What `superseded.html` shows.
#[derive(Serialize)]
struct SupersededView {
    successors: Vec<Value>,
    entries: Vec<Entry>,
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

/// The identifiers that were given up.
pub(super) fn ids<'a>(site: &Site<'a>) -> impl Iterator<Item = &'a str> {
    let ledger: Option<&'a Ledger> = site.input.ledger;
    let entries = ledger.into_iter().flatten();
    entries.filter(|(_, entry)| !entry.status.is_live()).map(|(id, _)| id.as_str())
}

/// The page at the address of `id`.
pub(super) fn page(local: Local<'_>, id: &str) -> Option<Page> {
    let entry = local.site.input.ledger?.get(id)?;
    let head = Head {
        title: id.to_owned(),
        description: what_happened(local, entry.status).to_owned(),
        replaced_by: replacement(entry),
        ..Head::default()
    };
    let view = SupersededView {
        successors: entry.successors.iter().map(|successor| link(local, successor)).collect(),
        entries: entries(local, entry),
    };
    Some(Page::new("superseded.html", head, &view))
}

/// The one page that stands in its place. Two halves do not, as neither says what the whole said.
fn replacement(entry: &ledger::Entry) -> Option<String> {
    match entry.successors.as_slice() {
        [only] => Some(address(only)),
        _ => None,
    }
}

fn what_happened(local: Local<'_>, status: Status) -> &str {
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

/// Reason and date, as the editor wrote them, in a language that the ledger does not know.
fn entries(local: Local<'_>, entry: &ledger::Entry) -> Vec<Entry> {
    let words = &local.words().superseded;
    let reason = entry.reason.as_deref().map(|reason| Entry::text(&words.reason, reason).in_language(language(reason)));
    let date = entry.date.as_deref().map(|date| Entry::text(&words.date, local.date(&Edtf::as_printed(date))));
    reason.into_iter().chain(date).collect()
}

/// The language of a text as far as its script tells: reasons are written in Chinese or in English.
fn language(text: &str) -> &'static str {
    let is_han = |character: char| matches!(character, '\u{3400}'..='\u{9fff}');
    if text.chars().any(is_han) { "zh-Hans" } else { "en" }
}
