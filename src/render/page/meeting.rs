//! A meeting.

use super::listing::{Listing, MAX_LINES};
use super::overview::{OnHome, Overview, list_page};
use super::subject::{
    Document, Facets, Head, Input, Kind, Local, Page, Siblings, Site, Subject, Subjects, address, optional, subjects,
    years,
};
use crate::index::RecordRef;
use crate::model::edtf::Edtf;
use crate::model::reference::Meeting;
use crate::render::search::page_names::meeting_names;
use crate::render::view::{Entry, Link, Row};
use serde::Serialize;
use std::borrow::Cow;

/// The list of meetings.
pub(super) const LIST: Overview = Overview {
    name: "meetings",
    title: |words| &words.nav.meetings,
    description: |words| &words.list.meetings,
    on_home: Some(OnHome { text: |words| &words.home.meetings_text, count: |index| index.meetings.len() }),
    is_in_navigation: true,
    page: |local, head| list_page(head, all(local.site.input).map(|page| page.row(local)).collect()),
};

/// A meeting and the records that name it.
struct MeetingPage<'a> {
    meeting: &'a Meeting,
    records: &'a [RecordRef],
}

/// What `meeting.html` shows.
#[derive(Serialize)]
struct MeetingView {
    entries: Vec<Entry>,
    total: String,
    listing: Listing,
}

/// The pages of meetings.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    subjects(all(input))
}

/// The meetings in the order of the reference table.
fn all<'a>(input: &Input<'a>) -> impl Iterator<Item = MeetingPage<'a>> + use<'a> {
    let index = input.index;
    let meetings = input.corpus.reference.meetings.iter();
    meetings.filter_map(|meeting| Some(MeetingPage { meeting, records: index.meetings.get(&meeting.id)? }))
}

impl Subject for MeetingPage<'_> {
    fn address(&self) -> String {
        address::meeting(&self.meeting.id)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let (title, language) = local.meeting_name(self.meeting);
        let order = all(local.site.input).map(|page| page.meeting);
        let head = Head {
            title,
            title_language: (!local.speaks(language)).then(|| language.to_owned()),
            description: local.words().meeting.description.clone(),
            trail: vec![LIST.link(local)],
            siblings: Siblings::new(order, &self.meeting, |meeting| link(local, meeting).value()),
            ..Head::default()
        };
        let view = MeetingView {
            entries: entries(local, self.meeting),
            total: local.record_count(self.records.len()),
            listing: Listing::new(local, self.records, MAX_LINES, ""),
        };
        Page::new("meeting.html", head, &view)
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        let meeting = self.meeting;
        let english =
            [&meeting.series, &meeting.name_en, &meeting.place, &meeting.venue, &meeting.chair, &meeting.conveners];
        let fields = optional("zh-Hans", &meeting.name_zh).into_iter();
        let shown = |local: Local<'a>| {
            let start = meeting.start_date.as_ref().map(|date| local.date(date));
            (local.meeting_name(meeting).0, start.unwrap_or_default())
        };
        Some(Document {
            fields: fields.chain(english.into_iter().filter_map(|text| optional("en", text))).collect(),
            names: meeting_names(site.input.config, meeting),
            date: span(meeting).map(Cow::Owned),
            facets: Facets { years: years(meeting.start_date.as_ref()), ..Facets::default() },
            ..Document::new(site, Kind::Meeting, self.address(), shown)
        })
    }
}

impl MeetingPage<'_> {
    fn row(&self, local: Local<'_>) -> Row {
        let row = Row::new(&link(local, self.meeting), local.record_count(self.records.len()));
        row.text(when_and_where(local, self.meeting), None)
    }
}

/// From a meeting's first day to its last.
fn span(meeting: &Meeting) -> Option<Edtf> {
    let start = meeting.start_date.as_ref()?;
    Some(start.until(meeting.end_date.as_ref().unwrap_or(start)))
}

/// A link to a meeting.
pub(super) fn link(local: Local<'_>, meeting: &Meeting) -> Link {
    let (name, language) = local.meeting_name(meeting);
    let link = Link::new(address::meeting(&meeting.id), name);
    if local.speaks(language) { link } else { link.in_language(language) }
}

/// Days and city of a meeting, in words.
fn when_and_where(local: Local<'_>, meeting: &Meeting) -> String {
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
