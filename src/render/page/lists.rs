//! The lists: one for each kind of page.

use super::super::address;
use super::super::html::SafeHtml;
use super::super::messages::Messages;
use super::super::site::Local;
use super::super::view::{Label, Link, Row};
use super::overview::Overview;
use super::{Head, Page, citation, compare, picture};
use crate::base::language::primary;
use crate::cite::Citable;
use crate::index::{Index, PassageRef, RecordRef};
use crate::model::citation::Symbol;
use crate::model::edtf::Edtf;
use crate::model::report::Report;
use crate::model::state::Iso3;
use serde::Serialize;
use std::collections::BTreeMap;

/// Most resolutions on one page: some 200 kB with what reference managers read.
const MAX_RESOLUTIONS: usize = 300;

/// Most documents of which a list says to reference managers what they are: of reports the newest.
const MAX_LISTED: usize = 300;

/// A list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// Reports.
    Reports,
    /// States, with the map.
    States,
    /// Calendar years.
    Years,
    /// Reporting periods.
    Periods,
    /// Resolutions.
    Resolutions,
    /// Other documents.
    Documents,
    /// Meetings.
    Meetings,
    /// Sections of the activity tables.
    Sections,
}

/// What `list.html` shows.
#[derive(Serialize)]
struct ListView {
    rows: Vec<Row>,
    note: Option<String>,
    map: Option<SafeHtml>,
}

impl List {
    /// All lists.
    pub(super) const ALL: [Self; 8] = [
        Self::Reports,
        Self::States,
        Self::Years,
        Self::Periods,
        Self::Resolutions,
        Self::Documents,
        Self::Meetings,
        Self::Sections,
    ];

    /// The folder it stands in.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::States => "states",
            Self::Years => "years",
            Self::Periods => "periods",
            Self::Resolutions => "resolutions",
            Self::Documents => "documents",
            Self::Meetings => "meetings",
            Self::Sections => "sections",
        }
    }

    /// Its title and one line on it.
    fn words(self, words: &Messages) -> (&str, &str) {
        let (nav, list) = (&words.nav, &words.list);
        match self {
            Self::Reports => (&nav.reports, &list.reports),
            Self::States => (&nav.states, &list.states),
            Self::Years => (&nav.years, &list.years),
            Self::Periods => (&nav.periods, &list.periods),
            Self::Resolutions => (&nav.resolutions, &list.resolutions),
            Self::Documents => (&nav.documents, &list.documents),
            Self::Meetings => (&nav.meetings, &list.meetings),
            Self::Sections => (&nav.sections, &list.sections),
        }
    }

    /// Its lines.
    pub(super) fn rows(self, local: Local<'_>) -> Vec<Row> {
        match self {
            Self::Reports => report_rows(local),
            Self::States => state_rows(local),
            Self::Years => year_rows(local),
            Self::Periods => period_rows(local),
            Self::Resolutions => resolution_rows(local),
            Self::Documents => document_rows(local),
            Self::Meetings => meeting_rows(local),
            Self::Sections => section_rows(local),
        }
    }

    /// The documents of the list that can be cited.
    fn documents(self, local: Local<'_>) -> Vec<Citable> {
        let citations = local.site.citations();
        match self {
            Self::Reports => {
                let mut reports: Vec<_> = local.corpus().works().map(|(position, _)| position).collect();
                let reports = reports.split_off(reports.len().saturating_sub(MAX_LISTED));
                reports.into_iter().filter_map(|report| citations.report(report)).collect()
            }
            Self::Resolutions if resolution_groups(local.index()).is_none() => {
                local.index().resolutions.keys().filter_map(|symbol| citations.resolution(symbol)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A link to the list.
    pub(super) fn link(self, local: Local<'_>) -> Link {
        Link::new(address::list(self.folder()), self.words(local.words()).0)
    }

    /// Itself for the search.
    pub(super) fn overview(self, local: Local<'_>) -> Overview {
        let (title, description) = self.words(local.words());
        let (title, description) = (title.to_owned(), description.to_owned());
        Overview { name: self.folder(), path: address::list(self.folder()), title, description }
    }

    /// The page.
    pub(super) fn page(self, local: Local<'_>) -> Page {
        let (title, description) = self.words(local.words());
        let listed = self.documents(local).iter().map(|citable| citation::listed(local, citable)).collect();
        let states = self == Self::States;
        let next = if states { vec![compare::link(local).value(), picture::link(local).value()] } else { Vec::new() };
        let head =
            Head { title: title.to_owned(), description: description.to_owned(), next, listed, ..Head::default() };
        let path = address::list(self.folder());
        let view = ListView {
            rows: self.rows(local),
            note: states.then(|| local.words().site.order.clone()),
            map: states.then(|| picture::map::picture(local, &path)).flatten(),
        };
        Page::new("list.html", head, &view)
    }
}

/// The reports.
pub(super) fn report_rows(local: Local<'_>) -> Vec<Row> {
    local.corpus().works().map(|(_, report)| report_row(local, report)).collect()
}

fn report_row(local: Local<'_>, report: &Report) -> Row {
    let row = Row::new(&local.report_link(report), local.record_count(report.records.len()));
    let symbol = Label::new("symbol", &local.words().labels.symbol);
    match report.symbol() {
        Some(symbol) => row.text(symbol, None),
        None => Row { label: Some(symbol), ..row },
    }
}

fn state_rows(local: Local<'_>) -> Vec<Row> {
    let states = local.language.states_in_order.iter();
    states.map(|iso3| state_row(local, *iso3, local.english_name(*iso3))).collect()
}

fn state_row(local: Local<'_>, iso3: Iso3, english: &str) -> Row {
    let state = local.index().state(iso3);
    let own = state.map_or(0, |state| state.records.len());
    let mentions = state.map_or(0, |state| state.mentioned_by.len());
    let mut counts = vec![local.record_count(own)];
    if mentions > 0 {
        counts.push(local.count(&local.words().counts.mentions, mentions));
    }
    let row =
        Row::new(&Link::new(address::state(iso3), local.state_name(iso3)), counts.join(&local.words().dates.join));
    if local.speaks("en") { row } else { row.text(english, Some("en")) }
}

fn year_rows(local: Local<'_>) -> Vec<Row> {
    let years = local.index().years.iter();
    years.map(|(year, records)| Row::new(&local.year(*year), super::year::counts(local, *year, records))).collect()
}

fn period_rows(local: Local<'_>) -> Vec<Row> {
    let periods = local.index().periods.iter();
    let link = |slug: &str, edtf: &Edtf| Link::new(address::period(slug), local.date(edtf));
    periods
        .map(|(slug, period)| Row::new(&link(slug, &period.edtf), local.record_count(period.records.len())))
        .collect()
}

/// The resolutions, or where there are too many for a page the sessions and organs that have pages of theirs.
fn resolution_rows(local: Local<'_>) -> Vec<Row> {
    let Some(groups) = resolution_groups(local.index()) else {
        return rows_of_resolutions(local, local.index().resolutions.keys().collect());
    };
    let mut groups: Vec<_> = groups.iter().collect();
    groups.sort_by_cached_key(|(group, _)| natural_key(group));
    let count = |symbols: &[Symbol]| local.count(&local.words().counts.resolutions, symbols.len());
    groups
        .into_iter()
        .map(|(group, symbols)| Row::new(&Link::new(address::resolutions_of(group), group), count(symbols)))
        .collect()
}

/// The sessions and organs whose resolutions have a page. None where all stand on one.
pub(super) fn resolution_groups(index: &Index) -> Option<&BTreeMap<String, Vec<Symbol>>> {
    (index.resolutions.len() > MAX_RESOLUTIONS).then_some(&index.resolution_groups)
}

/// The page of the resolutions of a session or organ.
pub(super) fn resolutions_page(local: Local<'_>, group: &str) -> Option<Page> {
    let symbols = local.index().resolution_groups.get(group)?;
    let citations = local.site.citations();
    let listed = symbols.iter().filter_map(|symbol| citations.resolution(symbol));
    let words = &local.words().list;
    let head = Head {
        title: group.to_owned(),
        description: words.resolutions.clone(),
        trail: vec![List::Resolutions.link(local)],
        listed: listed.take(MAX_LISTED).map(|citable| citation::listed(local, &citable)).collect(),
        ..Head::default()
    };
    let view = ListView { rows: rows_of_resolutions(local, symbols.iter().collect()), note: None, map: None };
    Some(Page::new("list.html", head, &view))
}

fn rows_of_resolutions(local: Local<'_>, mut symbols: Vec<&Symbol>) -> Vec<Row> {
    symbols.sort_by_cached_key(|symbol| natural_key(symbol.as_str()));
    symbols
        .into_iter()
        .filter_map(|symbol| Some((symbol, local.index().resolutions.get(symbol)?)))
        .map(|(symbol, entry)| {
            let row = Row::new(&local.resolution(symbol), citing(local, &entry.cited_by, &entry.cited_beside));
            match super::resolution::title(local, entry) {
                Some(title) if title.candidate => Row {
                    label: Some(Label::new("candidate", &local.words().site.candidate)),
                    ..row.text(title.text, Some(&title.lang))
                },
                Some(title) => in_language(local, row, title.text, &title.lang),
                None => Row { label: Some(Label::new("candidate", &local.words().resolution.untitled)), ..row },
            }
        })
        .collect()
}

/// How many records cite something; if none does, how many other texts.
fn citing(local: Local<'_>, records: &[RecordRef], passages: &[PassageRef]) -> String {
    let counts = &local.words().counts;
    let only_beside = records.is_empty() && !passages.is_empty();
    if only_beside { local.count(&counts.beside, passages.len()) } else { local.count(&counts.citing, records.len()) }
}

/// A key by which 65/59 comes before 65/127: words and numbers in turn.
fn natural_key(symbol: &str) -> Vec<(String, u64)> {
    let parts = symbol.split_inclusive(|character: char| !character.is_ascii_digit());
    parts
        .map(|part| {
            let word = part.trim_start_matches(|character: char| character.is_ascii_digit());
            let number = part[..part.len() - word.len()].parse().unwrap_or(0);
            (word.to_owned(), number)
        })
        .collect()
}

/// The row with a title, which says so where it is not in the page's language.
fn in_language(local: Local<'_>, row: Row, title: String, language: &str) -> Row {
    let name = local.words().state.names_in.get(primary(language));
    let label = name.filter(|_| !local.speaks(language)).map(|name| Label::new("language", name));
    Row { label, ..row.text(title, Some(language)) }
}

fn document_rows(local: Local<'_>) -> Vec<Row> {
    let mut documents: Vec<_> = local.index().documents.iter().collect();
    documents.sort_by_cached_key(|(symbol, _)| natural_key(symbol.as_str()));
    documents
        .into_iter()
        .map(|(symbol, entry)| {
            let row = Row::new(&local.document(symbol), citing(local, &entry.cited_by, &entry.cited_beside));
            match super::document::title(local, entry) {
                Some((title, language)) => in_language(local, row, title, &language),
                None => row,
            }
        })
        .collect()
}

fn meeting_rows(local: Local<'_>) -> Vec<Row> {
    let meetings = local.corpus().reference.meetings.iter();
    meetings
        .map(|meeting| {
            let records = local.index().meetings.get(&meeting.id).map_or(0, Vec::len);
            let row = Row::new(&super::meeting::link(local, meeting), local.record_count(records));
            row.text(super::meeting::when_and_where(local, meeting), None)
        })
        .collect()
}

fn section_rows(local: Local<'_>) -> Vec<Row> {
    let sections = local.index().sections.iter();
    sections
        .map(|(code, records)| {
            let link = Link::new(address::section(code), format!("{} {}", code.0, local.section_name(code)));
            Row::new(&link, local.record_count(records.len()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_in_the_order_of_their_numbers() {
        let mut symbols = ["S/RES/984(1995)", "A/RES/65/127", "S/RES/1540(2004)", "A/RES/65/59", "A/RES/9/1"];
        symbols.sort_by_cached_key(|symbol| natural_key(symbol));
        assert_eq!(symbols, ["A/RES/9/1", "A/RES/65/59", "A/RES/65/127", "S/RES/984(1995)", "S/RES/1540(2004)"]);
    }
}
