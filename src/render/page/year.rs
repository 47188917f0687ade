//! A calendar year.

use super::listing::{Listing, MAX_LINES, RecordsView};
use super::overview::{OnHome, Overview, list_page};
use super::subject::{
    Document, Field, Head, Input, Kind, Local, Page, Siblings, Site, Subject, Subjects, address, fill, optional,
    subjects,
};
use crate::index::RecordRef;
use crate::model::reference::Event;
use crate::render::view::{Entry, Row};

/// The list of years.
pub(super) const LIST: Overview = Overview {
    name: "years",
    title: |words| &words.nav.years,
    description: |words| &words.list.years,
    on_home: Some(OnHome { text: |words| &words.home.years_text, count: |index| index.years.len() }),
    is_in_navigation: true,
    page: |local, head| list_page(head, rows(local)),
};

/// A calendar year and the records done in it.
struct YearPage<'a> {
    year: i32,
    dated: &'a [RecordRef],
}

/// The pages of years.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    subjects(input.index.years.iter().map(|(year, dated)| YearPage { year: *year, dated }))
}

fn rows(local: Local<'_>) -> Vec<Row> {
    let years = local.index().years.iter();
    years.map(|(year, dated)| Row::new(&local.year(*year), counts(local, *year, dated))).collect()
}

impl Subject for YearPage<'_> {
    fn address(&self) -> String {
        address::year(self.year)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let (words, number) = (&local.words().year, self.year.to_string());
        let records = local.index().in_year(self.year);
        let order = local.index().years.keys().copied();
        let head = Head {
            title: fill(&words.title, &[("year", &number)]),
            description: fill(&words.description, &[("year", &number)]),
            trail: vec![LIST.link(local)],
            siblings: Siblings::new(order, &self.year, |year| local.year(*year).value()),
            ..Head::default()
        };
        let view = RecordsView {
            total: counts(local, self.year, self.dated),
            note: (records.len() > self.dated.len()).then(|| words.bounded.clone()),
            events: events(local, &number),
            listing: Listing::new(local, &records, MAX_LINES, &format!("?year={number}")),
            ..RecordsView::default()
        };
        Page::new("records.html", head, &view)
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        let mut document = Document::titled(site, Kind::Year, self.address(), |local| local.year(self.year).label);
        document.facets.years.push(self.year);
        document.fields.extend(event_names(site, self.year));
        Some(document)
    }
}

/// How many records a year has, and how many more may belong to it.
fn counts(local: Local<'_>, year: i32, dated: &[RecordRef]) -> String {
    let bounded = local.index().bounded.get(&year).map_or(0, Vec::len);
    let counts = [Some(local.record_count(dated.len())), local.count_any(&local.words().counts.undated, bounded)];
    counts.into_iter().flatten().collect::<Vec<_>>().join(&local.words().dates.join)
}

/// The names of what happened in a year besides meetings.
fn event_names<'a>(site: &'a Site<'a>, year: i32) -> impl Iterator<Item = Field<'a>> {
    let of_year = move |event: &&Event| event.date.as_ref().is_some_and(|date| date.years().any(|other| other == year));
    let names = |event: &'a Event| [optional("zh-Hans", &event.name_zh), optional("en", &event.name_en)];
    site.input.corpus.reference.events.iter().filter(of_year).flat_map(names).flatten()
}

/// The events of the reference table in a year.
fn events(local: Local<'_>, year: &str) -> Vec<Entry> {
    let of_year = |event: &&Event| event.date.as_ref().is_some_and(|date| date.as_str().starts_with(year));
    local.corpus().reference.events.iter().filter(of_year).filter_map(|event| event_entry(local, event)).collect()
}

fn event_entry(local: Local<'_>, event: &Event) -> Option<Entry> {
    let date = local.date(event.date.as_ref()?);
    let (name, language) = event_name(local, event)?;
    Some(Entry::text(&date, name).in_language(language).sourced(&event.source))
}

/// What is called what in the language of the page, or in another, with that language.
pub(super) fn event_name<'a>(local: Local<'_>, event: &'a Event) -> Option<(&'a str, &'static str)> {
    let chinese = event.name_zh.as_deref().map(|name| (name, "zh-Hans"));
    let english = event.name_en.as_deref().map(|name| (name, "en"));
    if local.speaks("zh") { chinese.or(english) } else { english.or(chinese) }
}
