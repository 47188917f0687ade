//! A meeting.

use super::super::address;
use super::super::site::Local;
use super::super::view::{Entry, Link};
use super::listing::{Key, Listing};
use super::lists::List;
use super::{Beside, Head, Page};
use crate::model::reference::Meeting;
use serde::Serialize;

/// What `meeting.html` shows.
#[derive(Serialize)]
struct MeetingView {
    entries: Vec<Entry>,
    total: String,
    listing: Listing,
}

/// A meeting's page.
pub(super) fn page(local: Local<'_>, position: usize) -> Option<Page> {
    let meeting = local.corpus().reference.meetings.get(position)?;
    let records = local.index().meetings.get(&meeting.id)?;
    let (name, language) = local.meeting_name(meeting);
    let head = Head {
        title: name,
        title_language: (!local.speaks(language)).then(|| language.to_owned()),
        description: local.words().meeting.description.clone(),
        trail: vec![List::Meetings.link(local)],
        beside: beside(local, meeting),
        ..Head::default()
    };
    let view = MeetingView {
        entries: entries(local, meeting),
        total: local.record_count(records.len()),
        listing: Key::Meeting(position).listing(local),
    };
    Some(Page::new("meeting.html", head, &view))
}

/// The meetings before and after it in the reference table.
fn beside(local: Local<'_>, meeting: &Meeting) -> Beside {
    let all = local.corpus().reference.meetings.iter();
    let with_page = all.filter(|meeting| local.index().meetings.contains_key(&meeting.id));
    Beside::new(with_page, &meeting, |meeting| link(local, meeting).value())
}

/// A link to a meeting.
pub(super) fn link(local: Local<'_>, meeting: &Meeting) -> Link {
    let (name, language) = local.meeting_name(meeting);
    let link = Link::new(address::meeting(&meeting.id), name);
    if local.speaks(language) { link } else { link.in_language(language) }
}

/// Days and city of a meeting, in words.
pub(super) fn when_and_where(local: Local<'_>, meeting: &Meeting) -> String {
    let place = place(local, meeting).map(str::to_owned);
    let parts: Vec<String> = dates(local, meeting).into_iter().chain(place).collect();
    parts.join(&local.words().dates.join)
}

fn dates(local: Local<'_>, meeting: &Meeting) -> Option<String> {
    match (meeting.start_date.as_ref()?, meeting.end_date.as_ref()) {
        (start, Some(end)) if start != end => Some(local.date(&start.until(end))),
        (start, _) => Some(local.date(start)),
    }
}

/// The city by its name in the language, else as the table has it.
fn place<'a>(local: Local<'a>, meeting: &'a Meeting) -> Option<&'a str> {
    place_name(local, meeting).or(meeting.place.as_deref())
}

/// The city's Chinese name, from the configuration, on pages in Chinese.
fn place_name<'a>(local: Local<'a>, meeting: &Meeting) -> Option<&'a str> {
    let names = local.site.input.config.places.get(meeting.place.as_deref()?)?;
    names.first().filter(|_| local.speaks("zh")).map(String::as_str)
}

fn entries(local: Local<'_>, meeting: &Meeting) -> Vec<Entry> {
    let (words, site, field) = (&local.words().meeting, &local.words().site, &local.words().field);
    let unknown = &site.unknown;
    let mut entries = vec![
        Entry::known(&words.dates, dates(local, meeting).as_deref(), unknown),
        in_words(&words.place, meeting.place.as_deref(), place_name(local, meeting), unknown),
        Entry::in_table(&words.venue, meeting.venue.as_deref(), unknown),
        in_words(&words.series, meeting.series.as_deref(), local.series_name(meeting), unknown),
        Entry::known(&words.ordinal, meeting.ordinal.as_deref(), unknown),
        Entry::in_table(&words.chair, meeting.chair.as_deref(), unknown),
        Entry::in_table(&words.conveners, meeting.conveners.as_deref(), unknown),
    ];
    let remarks = [(&site.source, &meeting.source), (&field.note, &meeting.note)];
    let remarks =
        remarks.into_iter().filter_map(|(name, value)| Some(Entry::text(name, value.as_deref()?).in_language("en")));
    entries.extend(remarks);
    entries
}

/// A value in words where there are some, else as the table has it.
fn in_words(name: &str, value: Option<&str>, words: Option<&str>, unknown: &str) -> Entry {
    words.map_or_else(|| Entry::in_table(name, value, unknown), |words| Entry::text(name, words))
}
