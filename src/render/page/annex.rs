//! The States whose ratification the treaty needs.

use super::super::Input;
use super::super::address;
use super::super::html::SafeHtml;
use super::super::messages::fill;
use super::super::site::{Local, Site};
use super::super::view::Link;
use super::state::{MentionGroup, mentions};
use super::{Head, Page, picture};
use crate::index::RecordRef;
use crate::model::state::Iso3;
use serde::Serialize;
use tera::Value;

/// What `annex.html` shows.
#[derive(Serialize)]
struct AnnexView {
    ratified: String,
    matrix: Option<SafeHtml>,
    over_time: Option<SafeHtml>,
    states: Vec<AnnexState>,
}

#[derive(Serialize)]
struct AnnexState {
    link: Value,
    anchor: String,
    signed: Option<String>,
    ratified: Option<String>,
    note: Option<String>,
    mentioned: String,
    urged_by: Vec<MentionGroup>,
}

/// Whether the configuration and the tables know of such a list.
pub(super) fn exists(site: &Site<'_>) -> bool {
    slug(site.input).is_some()
}

/// The last part of its address, if there is such a list.
pub(in super::super) fn slug<'a>(input: &Input<'a>) -> Option<&'a str> {
    let slug = input.config.treaty.as_ref().and_then(|treaty| treaty.annex_slug.as_deref());
    slug.filter(|_| !input.index.annex.is_empty())
}

/// The list's name.
pub(super) fn name(local: Local<'_>) -> Option<String> {
    let treaty = local.site.input.config.treaty.as_ref()?;
    Some(local.text(treaty.annex.as_ref()?).to_owned())
}

/// A link to the list.
pub(super) fn link(local: Local<'_>) -> Option<Link> {
    let slug = local.site.input.config.treaty.as_ref()?.annex_slug.as_ref()?;
    exists(local.site).then(|| Link::new(address::editorial(slug), name(local).unwrap_or_default()))
}

/// The page.
pub(super) fn page(local: Local<'_>) -> Option<Page> {
    let link = link(local)?;
    let count = local.index().annex.len().to_string();
    let head = Head {
        title: link.label,
        description: fill(&local.words().annex.description, &[("n", &count)]),
        next: directed_sections(local),
        ..Head::default()
    };
    let mut annex = local.index().annex.clone();
    annex.sort_by_key(|iso3| local.english_name(*iso3));
    let states: Vec<AnnexState> = annex.into_iter().map(|iso3| state(local, iso3)).collect();
    let ratified = states.iter().filter(|state| state.ratified.is_some()).count();
    let view = AnnexView {
        ratified: local.words().counts.ratified.of(ratified),
        matrix: picture::addressed::picture(local, &link.path),
        over_time: picture::treaty::picture(local, &link.path),
        states,
    };
    Some(Page::new("annex.html", head, &view))
}

fn directed_sections(local: Local<'_>) -> Vec<Value> {
    let sections = local.index().sections.keys();
    let directed = sections.filter(|code| is_directed(local, &code.0));
    directed.map(|code| local.section(code)).collect()
}

fn is_directed(local: Local<'_>, code: &str) -> bool {
    local.site.input.config.sections.get(code).is_some_and(|section| section.annex)
}

fn state(local: Local<'_>, iso3: Iso3) -> AnnexState {
    let entry = local.index().state(iso3);
    let status = entry.and_then(|entry| local.corpus().reference.treaty_status.get(entry.status?));
    let date = |date: Option<&String>| date.map(|date| local.date(date));
    let urging = entry.map(|entry| urging(local, &entry.mentioned_by)).unwrap_or_default();
    AnnexState {
        link: local.state(iso3),
        anchor: iso3.to_lower(),
        signed: date(status.and_then(|status| status.signature_date.as_ref())),
        ratified: date(status.and_then(|status| status.ratification_date.as_ref())),
        note: status.and_then(|status| status.note.clone()),
        mentioned: local.words().counts.mentions.of(urging.len()),
        urged_by: mentions(local, &urging),
    }
}

/// The records of activities directed at the States of the list.
fn urging(local: Local<'_>, records: &[RecordRef]) -> Vec<RecordRef> {
    let directed = |at: &&RecordRef| {
        let section = at.get(local.corpus()).and_then(|(_, record)| record.section());
        section.is_some_and(|section| is_directed(local, &section.0))
    };
    records.iter().filter(directed).copied().collect()
}
