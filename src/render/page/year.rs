//! A calendar year.

use super::listing::{Listing, MAX_LINES, RecordsView};
use super::meeting;
use super::overview::{OnHome, Overview, list_page};
use super::subject::{
    Document, Field, Head, Input, Kind, Local, Page, Siblings, Site, Subject, Subjects, address, fill, optional,
    subjects,
};
use crate::index::RecordRef;
use crate::model::edtf::Edtf;
use crate::model::reference::{Event, TreatyStatus};
use crate::render::view::{Entry, Link, Remark, Row};

/// Most resolutions or meetings of a year that are named at its head.
const MAX_LINKS: usize = 60;

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
            events: events(local, self.year),
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

/// What the reference tables have of a year: resolutions with their votes, meetings, who ratified and who signed, events.
fn events(local: Local<'_>, year: i32) -> Vec<Entry> {
    let reference = &local.corpus().reference;
    let is_in = |date: &Option<Edtf>| date.as_ref().is_some_and(|date| date.years().any(|other| other == year));
    let adopted = local.index().resolutions.iter().filter_map(|(symbol, entry)| {
        let row = reference.resolutions.get(entry.row?).filter(|row| is_in(&row.adoption_date))?;
        let votes = row.votes.map(|(yes, no, abstain)| format!("{yes}–{no}–{abstain}"));
        let link = local.resolution(symbol);
        let label = std::iter::once(link.label.clone()).chain(votes).collect::<Vec<_>>().join(" ");
        Some(Link { label, ..link })
    });
    let meetings = reference.meetings.iter().filter(|meeting| is_in(&meeting.start_date));
    let states = |date: fn(&TreatyStatus) -> &Option<Edtf>| -> Vec<Link> {
        let states = reference.treaty_status.iter().filter(|status| is_in(date(status))).map(|status| status.iso3);
        let states = local.in_order(states).into_iter();
        states.map(|state| Link::new(address::state(state), local.state_name(state))).collect()
    };
    let words = local.words();
    let known = [
        (&words.nav.resolutions, adopted.take(MAX_LINKS).collect()),
        (&words.nav.meetings, meetings.take(MAX_LINKS).map(|meeting| meeting::link(local, meeting)).collect()),
        (&words.state.ratified, states(|status| &status.ratification_date)),
        (&words.state.signed, states(|status| &status.signature_date)),
    ];
    let known = known.into_iter().filter(|(_, links): &(&String, Vec<Link>)| !links.is_empty());
    let others = reference.events.iter().filter(|event| is_in(&event.date));
    let others = others.filter_map(|event| event_entry(local, event));
    known.map(|(name, links)| Entry::links(name, links)).chain(others).collect()
}

fn event_entry(local: Local<'_>, event: &Event) -> Option<Entry> {
    let date = local.date(event.date.as_ref()?);
    Some(Entry::remark(&date, event_name(local, event)?).sourced(local.source(&event.source)))
}

/// What it is called in the language of the page, or in another.
pub(super) fn event_name(local: Local<'_>, event: &Event) -> Option<Remark> {
    match (&event.name_zh, &event.name_en) {
        (Some(chinese), _) if local.speaks("zh") => Some(Remark::new(chinese)),
        (_, Some(english)) => Some(local.remark(english)),
        (Some(chinese), None) => Some(Remark::in_language(chinese, "zh-Hans")),
        (None, None) => None,
    }
}
