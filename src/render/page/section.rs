//! A section of the activity tables.

use super::super::address;
use super::super::messages::fill;
use super::super::site::Local;
use super::listing::{Key, RecordsView};
use super::lists::List;
use super::{Beside, Head, Page, annex, picture};
use crate::model::record::SectionCode;
use tera::Value;

/// A section's page.
pub(super) fn page(local: Local<'_>, code: &SectionCode) -> Option<Page> {
    let records = local.index().sections.get(code)?;
    let name = local.section_name(code);
    let head = Head {
        title: format!("{} {name}", code.0),
        description: description(local, code, &name),
        trail: vec![List::Sections.link(local)],
        next: next(local, code),
        beside: Beside::new(local.index().sections.keys(), &code, |code| local.section(code)),
        ..Head::default()
    };
    let path = address::section(code);
    let view = RecordsView {
        total: local.record_count(records.len()),
        picture: picture::sections::one(local, code, &path),
        listing: Key::Section(code).listing(local),
        ..RecordsView::default()
    };
    Some(Page::new("records.html", head, &view))
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
