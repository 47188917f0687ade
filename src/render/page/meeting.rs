//! A meeting.

use super::super::address;
use super::super::site::Local;
use super::super::view::{Entry, Group, Link};
use super::lists::List;
use super::year::by_report;
use super::{Head, Page};
use crate::model::reference::Meeting;
use serde::Serialize;

/// What `meeting.html` shows.
#[derive(Serialize)]
struct MeetingView {
    entries: Vec<Entry>,
    total: String,
    groups: Vec<Group>,
}

/// A meeting's page.
pub(super) fn page(local: Local<'_>, position: usize) -> Option<Page> {
    let meeting = local.corpus().reference.meetings.get(position)?;
    let records = local.index().meetings.get(&meeting.id)?;
    let (name, language) = name(local, meeting);
    let head = Head {
        title: name,
        title_language: (!local.speaks(language)).then(|| language.to_owned()),
        description: local.words().meeting.description.clone(),
        trail: vec![List::Meetings.link(local)],
        ..Head::default()
    };
    let view = MeetingView {
        entries: entries(local, meeting),
        total: local.record_count(records.len()),
        groups: by_report(local, records),
    };
    Some(Page::new("meeting.html", address::meeting(&meeting.id), head, &view))
}

/// A link to a meeting.
pub(super) fn link(local: Local<'_>, meeting: &Meeting) -> Link {
    let (name, language) = name(local, meeting);
    let link = Link::new(address::meeting(&meeting.id), name);
    if local.speaks(language) { link } else { link.in_language(language) }
}

/// A meeting's name and the language it is in.
fn name(local: Local<'_>, meeting: &Meeting) -> (String, &'static str) {
    let chinese = meeting.name_zh.as_ref().map(|name| (name.clone(), "zh-Hans"));
    let english = meeting.name_en.as_ref().map(|name| (name.clone(), "en"));
    let name = if local.speaks("zh") { chinese.or(english) } else { english.or(chinese) };
    name.unwrap_or_else(|| (meeting.id.clone(), "en"))
}

/// Days and city of a meeting, in words.
pub(super) fn when_and_where(local: Local<'_>, meeting: &Meeting) -> String {
    let parts: Vec<String> = dates(local, meeting).into_iter().chain(place(local, meeting)).collect();
    parts.join(&local.words().dates.join)
}

fn dates(local: Local<'_>, meeting: &Meeting) -> Option<String> {
    match (meeting.start_date.as_deref()?, meeting.end_date.as_deref()) {
        (start, Some(end)) if start != end => Some(local.date(&format!("{start}/{end}"))),
        (start, _) => Some(local.date(start)),
    }
}

/// The city; in another language than English by its name in the configuration.
fn place(local: Local<'_>, meeting: &Meeting) -> Option<String> {
    let place = meeting.place.as_deref()?;
    let translated = local.site.input.config.places.get(place).and_then(|names| names.first());
    Some(translated.filter(|_| !local.speaks("en")).map_or(place, String::as_str).to_owned())
}

fn entries(local: Local<'_>, meeting: &Meeting) -> Vec<Entry> {
    let (words, site, field) = (&local.words().meeting, &local.words().site, &local.words().field);
    let unknown = &site.unknown;
    let series = meeting.series.as_deref().map(|series| series_name(local, series));
    let mut entries = vec![
        Entry::known(&words.dates, dates(local, meeting).as_deref(), unknown),
        Entry::known(&words.place, place(local, meeting).as_deref(), unknown),
        Entry::known(&words.venue, meeting.venue.as_deref(), unknown),
        Entry::known(&words.series, series.as_deref(), unknown),
        Entry::known(&words.ordinal, meeting.ordinal.as_deref(), unknown),
        Entry::known(&words.chair, meeting.chair.as_deref(), unknown),
        Entry::known(&words.conveners, meeting.conveners.as_deref(), unknown),
    ];
    let remarks = [(&site.source, &meeting.source), (&field.note, &meeting.note)];
    let remarks =
        remarks.into_iter().filter_map(|(name, value)| Some(Entry::text(name, value.as_deref()?).in_language("en")));
    entries.extend(remarks);
    entries
}

fn series_name(local: Local<'_>, series: &str) -> String {
    let known = local.site.input.config.meeting_series.get(series).map(|known| local.text(&known.name));
    known.filter(|name| !name.is_empty()).unwrap_or(series).to_owned()
}
