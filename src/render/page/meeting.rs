//! A meeting.

use super::directory::{Cell, Column, Directory, Group, Row};
use super::listing::{Listing, MAX_LINES};
use super::overview::{OnHome, Overview};
use super::subject::{
    Document, Facets, Head, Input, Kind, Local, Page, Siblings, Site, Subject, Subjects, address, optional, subjects,
    years,
};
use crate::index::RecordRef;
use crate::model::edtf::Edtf;
use crate::model::reference::Meeting;
use crate::render::search::page_names::meeting_names;
use crate::render::view::{Entry, Link};
use serde::Serialize;
use std::borrow::Cow;

/// The list of meetings.
pub(super) const LIST: Overview = Overview {
    name: "meetings",
    title: |words| &words.nav.meetings,
    description: |words| &words.list.meetings,
    on_home: Some(OnHome { text: |words| &words.home.meetings_text, count: |index| index.meetings.len() }),
    is_in_navigation: true,
    page: |local, head| directory(local).page(head),
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

/// The meetings of each series, then the others.
fn directory(local: Local<'_>) -> Directory {
    let words = local.words();
    let mut series: Vec<(Option<String>, Vec<Row>)> = Vec::new();
    for page in all(local.site.input) {
        let name = series_name(local, page.meeting);
        match series.iter_mut().find(|(known, _)| *known == name) {
            Some((_, rows)) => rows.push(row(local, &page)),
            None => series.push((name, vec![row(local, &page)])),
        }
    }
    let group = |(name, rows): (Option<String>, Vec<Row>)| Group {
        heading: Some(name.unwrap_or_else(|| words.list.others.clone())),
        count: local.grouped(rows.len()),
        rows,
    };
    let columns = [
        Column::number(&words.meeting.ordinal),
        Column::words(&words.meeting.dates),
        Column::words(&words.meeting.place),
        Column::number(&words.field.records),
    ];
    Directory {
        head: words.search.kinds["meeting"].clone(),
        columns: columns.into(),
        groups: series.into_iter().map(group).collect(),
        note: None,
        map: None,
    }
}

fn row(local: Local<'_>, page: &MeetingPage<'_>) -> Row {
    let MeetingPage { meeting, records } = page;
    Row {
        link: link(local, meeting).value(),
        also: String::new(),
        cells: vec![
            Cell::text(meeting.ordinal.clone().unwrap_or_default()),
            Cell::text(dates(local, meeting).unwrap_or_else(|| local.words().site.unknown.clone())),
            Cell::text(place(local, meeting).unwrap_or_default()),
            Cell::text(local.grouped(records.len())),
        ],
    }
}

/// The series in the language of the page, or as the table has it.
fn series_name(local: Local<'_>, meeting: &Meeting) -> Option<String> {
    let named = local.series_name(meeting).map(str::to_owned);
    named.or_else(|| meeting.series.clone())
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
    let (words, unknown) = (&local.words().meeting, &local.words().site.unknown);
    let mut entries = vec![
        Entry::known(&words.dates, dates(local, meeting).as_deref(), unknown).sourced(local.source(&meeting.source)),
        in_words(local, &words.place, meeting.place.as_deref(), place_name(local, meeting)),
        in_words(local, &words.series, meeting.series.as_deref(), local.series_name(meeting)),
        Entry::known(&words.ordinal, meeting.ordinal.as_deref(), unknown),
    ];
    let others =
        [(&words.venue, &meeting.venue), (&words.chair, &meeting.chair), (&words.conveners, &meeting.conveners)];
    let (known, unknown): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, value)| value.is_some());
    entries.extend(known.into_iter().map(|(name, value)| local.in_table(name, value.as_deref())));
    let unknown: Vec<&str> = unknown.into_iter().map(|(name, _)| name.as_str()).collect();
    if !unknown.is_empty() {
        entries.push(Entry::text(&words.unknown, unknown.join(&local.words().gist.between)));
    }
    let note = meeting.note.as_deref().map(|note| Entry::remark(&local.words().field.note, local.remark(note)));
    entries.extend(note);
    entries
}

/// A value in words where there are some, else as the table has it.
fn in_words(local: Local<'_>, name: &str, value: Option<&str>, words: Option<&str>) -> Entry {
    words.map_or_else(|| local.in_table(name, value), |words| Entry::text(name, words))
}
