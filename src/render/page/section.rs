//! A section of the activity tables.

use super::annex;
use super::listing::{Listing, MAX_LINES, RecordsView};
use super::overview::{OnHome, Overview, list_page};
use super::subject::{
    Document, Facets, Head, Input, Kind, Local, Page, Siblings, Site, Subject, Subjects, address, fill, subjects,
};
use crate::index::RecordRef;
use crate::model::record::SectionCode;
use crate::render::view::{Link, Row};
use tera::Value;

/// The list of sections.
pub(super) const LIST: Overview = Overview {
    name: "sections",
    title: |words| &words.nav.sections,
    description: |words| &words.list.sections,
    on_home: Some(OnHome { text: |words| &words.home.sections_text, count: |index| index.sections.len() }),
    is_in_navigation: false,
    page: |local, head| list_page(head, rows(local)),
};

/// A section and its records.
struct SectionPage<'a> {
    code: &'a SectionCode,
    records: &'a [RecordRef],
}

/// The pages of sections.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    subjects(input.index.sections.iter().map(|(code, records)| SectionPage { code, records }))
}

fn rows(local: Local<'_>) -> Vec<Row> {
    let row = |(code, records): (&SectionCode, &Vec<RecordRef>)| {
        let row =
            Row::new(&Link::new(address::section(code), local.section_title(code)), local.record_count(records.len()));
        let section = local.site.input.config.sections.get(&code.0);
        let about = section.map_or("", |section| local.text(&section.description));
        if about.is_empty() { row } else { row.text(about, None) }
    };
    local.index().sections.iter().map(row).collect()
}

impl Subject for SectionPage<'_> {
    fn address(&self) -> String {
        address::section(self.code)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let order = local.index().sections.keys();
        let head = Head {
            title: local.section_title(self.code),
            description: description(local, self.code, &local.section_name(self.code)),
            trail: vec![LIST.link(local)],
            next: next(local, self.code),
            siblings: Siblings::new(order, &self.code, |code| local.section(code)),
            ..Head::default()
        };
        let view = RecordsView {
            total: local.record_count(self.records.len()),
            listing: Listing::new(local, self.records, MAX_LINES, &format!("?section={}", self.code)),
            ..RecordsView::default()
        };
        Page::new("records.html", head, &view)
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        Some(Document {
            facets: Facets { section: Some(self.code.clone()), ..Facets::default() },
            ..Document::titled(site, Kind::Section, self.address(), |local| local.section_title(self.code))
        })
    }
}

fn description(local: Local<'_>, code: &SectionCode, name: &str) -> String {
    let section = local.site.input.config.sections.get(&code.0);
    let own = section.map_or("", |section| local.text(&section.description));
    let general = fill(&local.words().section.description, &[("name", name)]);
    if own.is_empty() { general } else { format!("{general} {own}") }
}

fn next(local: Local<'_>, code: &SectionCode) -> Vec<Value> {
    let others = local.index().sections.keys().filter(|other| *other != code);
    let mut next: Vec<Value> = others.map(|other| local.section(other)).collect();
    let directed = local.site.input.config.sections.get(&code.0).is_some_and(|section| section.annex);
    if directed {
        next.extend(annex::link(local).map(|link| link.value()));
    }
    next
}
