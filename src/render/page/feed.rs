//! Feeds of the records that a page is about, the latest first, beside the page.

use super::subject::{Local, address};
use crate::index::RecordRef;
use crate::render::data::atom::{Entry, Feed};
use crate::render::data::edition as dates;

/// Name of a feed.
const NAME: &str = "feed.xml";

/// Most records of a feed.
const MAX_ENTRIES: usize = 50;

/// The day of a record of which nothing is known.
const UNKNOWN: &str = "1970-01-01";

/// Where the feed of the page at `page` stands, below the root of the site; none for a page without records.
pub(super) fn of_page(page: &str, records: &[RecordRef]) -> Option<String> {
    (!records.is_empty()).then(|| format!("{}{NAME}", page.strip_suffix("index.html").unwrap_or(page)))
}

/// The feed of `records` beside the page at `page`, which is called `title`.
pub(super) fn beside(
    local: Local<'_>,
    page: String,
    title: String,
    subtitle: String,
    records: &[RecordRef],
) -> Vec<(&'static str, Vec<u8>)> {
    let Some(path) = of_page(&page, records) else { return Vec::new() };
    let mut latest: Vec<(String, RecordRef)> = records.iter().map(|at| (day(local, *at), *at)).collect();
    latest.sort_unstable_by(|left, right| right.cmp(left));
    let updated = latest.first().map_or_else(|| UNKNOWN.to_owned(), |(day, _)| day.clone());
    let title = format!("{title} · {}", local.text(&local.site.input.config.title));
    let feed = Feed { key: page.clone(), home: page, path, title, subtitle, updated };
    let entries = latest.into_iter().take(MAX_ENTRIES).map(|(day, at)| entry(local, at, day));
    vec![(NAME, feed.text(local, entries).into_bytes())]
}

/// The day on which a record was changed, else on which its report was written.
fn day(local: Local<'_>, at: RecordRef) -> String {
    let (input, (_, record)) = (local.site.input, local.at(at));
    let day = dates::changed(input, record).or_else(|| dates::written(input, at.report));
    day.map_or_else(|| UNKNOWN.to_owned(), |day| day.to_string())
}

fn entry(local: Local<'_>, at: RecordRef, updated: String) -> Entry {
    let (report, record) = local.at(at);
    Entry {
        path: address::record(&record.id),
        key: record.id.to_string(),
        title: local.record_link(at).label,
        updated,
        summary: local.report_name(report),
    }
}
