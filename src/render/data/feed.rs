//! `feed.xml`: the archive's editions as a feed, one entry a report, the latest first. `updated` is the day in
//! `edition.rs`.

use super::atom::{Entry, Feed};
use super::edition;
use crate::render::address;
use crate::render::site::{Local, Site};

/// The feed in the language that stands at the root.
pub(super) fn feed(site: &Site<'_>) -> String {
    let (local, config) = (site.first(), site.input.config);
    let feed = Feed {
        path: super::FEED.to_owned(),
        home: address::HOME.to_owned(),
        key: format!("feed {}", super::english(&config.title)),
        title: local.text(&config.title).to_owned(),
        subtitle: local.text(&config.description).to_owned(),
        updated: edition::latest_day(site.input),
    };
    feed.text(local, latest_first(site).into_iter().filter_map(|position| entry(local, position)))
}

fn latest_first(site: &Site<'_>) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..site.input.corpus.reports.len()).collect();
    positions.sort_by_cached_key(|position| std::cmp::Reverse(edition::day(site.input, *position)));
    positions
}

fn entry(local: Local<'_>, position: usize) -> Option<Entry> {
    let report = local.corpus().reports.get(position)?;
    Some(Entry {
        path: address::report(&report.id),
        key: report.id.0.clone(),
        title: local.report_name(report),
        updated: edition::day(local.site.input, position),
        summary: local.record_count(report.records.len()),
    })
}
