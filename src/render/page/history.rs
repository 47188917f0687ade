//! The list of the wordings with which a record was published, for the pages of the record and of each wording.
//!
//! A record that never said anything else has none. One that was given up has all of them.

use super::subject::{Local, Related, address, fill};
use crate::model::address::version as version_address;
use crate::model::record::RecordId;
use crate::model::release::Stretch;
use crate::model::wording::{Part, Version};
use crate::render::view::Link;
use serde::Serialize;
use tera::Value;

/// A wording in the list of all.
#[derive(Serialize)]
pub(super) struct VersionView {
    link: Value,
    /// In which editions it stood.
    stood: String,
    /// What is another in it than in the one before.
    parts: String,
    reason: Option<String>,
    reason_lang: Option<&'static str>,
    is_here: bool,
}

/// The list of the wordings of the record `id`.
pub(super) fn versions(local: Local<'_>, id: &str) -> Vec<VersionView> {
    list(local, id, local.site.input.history(id), None)
}

/// What programs are told of the wordings of a record on its page: that they are listed there, and the one before.
pub(super) fn relations(local: Local<'_>, id: &str) -> Vec<Related> {
    let input = local.site.input;
    let versions = input.history(id);
    if versions.is_empty() {
        return Vec::new();
    }
    let said = input.said(id);
    let is_another = |version: &&Version| said.as_ref().is_none_or(|said| !version.wording.is_same(said));
    let before = versions.iter().rfind(is_another);
    let before = before.map(|version| Related::new("predecessor-version", version_address(id, version.number)));
    [Related::new("version-history", list_address(id))].into_iter().chain(before).collect()
}

/// Where the wordings of the record `id` are listed.
pub(super) fn list_address(id: &str) -> String {
    format!("{}#versions", record_address(id))
}

/// The page of the record `id`, or the one that says what became of it.
pub(super) fn record_address(id: &str) -> String {
    address::record(&RecordId(id.to_owned()))
}

/// The list of `versions`, the page of one of which may be `here`.
pub(super) fn list(local: Local<'_>, id: &str, versions: &[Version], here: Option<u32>) -> Vec<VersionView> {
    let before = std::iter::once(None).chain(versions.iter().map(Some));
    let view = |(version, before): (&Version, Option<&Version>)| {
        let parts = before.map(|before| before.wording.differences(&version.wording)).unwrap_or_default();
        VersionView {
            link: link(local, id, version.number).value(),
            stood: stood(local, id, version),
            parts: parts
                .into_iter()
                .map(|part| part_name(local, part))
                .collect::<Vec<_>>()
                .join(&local.words().gist.between),
            reason: version.reason.clone(),
            reason_lang: version.reason.as_deref().map(reason_language),
            is_here: here == Some(version.number),
        }
    };
    versions.iter().zip(before).map(view).collect()
}

/// A link to a wording.
pub(super) fn link(local: Local<'_>, id: &str, number: u32) -> Link {
    Link::new(version_address(id, number), name(local, number))
}

/// A wording by its number.
pub(super) fn name(local: Local<'_>, number: u32) -> String {
    fill(&local.words().history.version, &[("n", &number.to_string())])
}

/// In which editions a wording stood, in words.
pub(super) fn stood(local: Local<'_>, id: &str, version: &Version) -> String {
    let words = &local.words().history;
    let stretches = local.site.input.releases.stood(id, &version.wording.sha256());
    let told = |Stretch { first, last, is_latest }: Stretch<'_>| {
        let [first_name, last_name] = [first, last].map(|release| local.release_name(release));
        let form = match (is_latest, first == last) {
            (true, _) => &words.since,
            (false, true) => &words.in_edition,
            (false, false) => &words.in_editions,
        };
        fill(form, &[("first", &first_name), ("last", &last_name)])
    };
    let told: Vec<String> = stretches.into_iter().map(told).collect();
    if told.is_empty() { words.in_none.clone() } else { told.join(&local.words().dates.join) }
}

/// A part of a record by its name.
pub(super) fn part_name(local: Local<'_>, part: Part) -> String {
    let words = local.words();
    match part {
        Part::State => &words.field.state,
        Part::Date => &words.field.date,
        Part::Section => &words.field.section,
        Part::Text => &words.record.text,
    }
    .clone()
}

/// The language of a reason as far as its script tells: reasons are written in Chinese or in English.
pub(super) fn reason_language(text: &str) -> &'static str {
    let is_han = |character: char| matches!(character, '\u{3400}'..='\u{9fff}');
    if text.chars().any(is_han) { "zh-Hans" } else { "en" }
}
