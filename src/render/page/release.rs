//! The released editions of the archive: a page each with what changed in it, record by record, beside its manifest; a
//! list of them, and a feed of the changes.

use super::history::{link, record_address};
use super::overview::list_page;
use super::subject::{Head, Input, Local, Page, Subject, Subjects, address, fill, subjects};
use super::wording::ChangedView;
use crate::model::edtf::Edtf;
use crate::model::release::{Chain, Release};
use crate::render::data::atom::{self, Feed};
use crate::render::view::{Entry, Link, Row};
use chrono::NaiveDate;
use serde::Serialize;

/// Name of the folder of editions.
const NAME: &str = "editions";

/// The manifest beside the page of an edition.
const MANIFEST: &str = "manifest.txt";

/// The feed beside the list.
const FEED: &str = "feed.xml";

/// Most changes of an edition that its page lists; the manifest has all.
const MAX_CHANGES: usize = 1000;

/// Most changes in the feed, the latest first.
const MAX_ENTRIES: usize = 100;

/// The list of editions.
struct ListPage<'a> {
    chain: &'a Chain,
}

/// An edition.
struct ReleasePage<'a> {
    release: &'a Release,
}

/// What `release.html` shows.
#[derive(Serialize)]
struct ReleaseView {
    entries: Vec<Entry>,
    changed: Vec<ChangedView>,
    given_up: Vec<ChangedView>,
    new: Option<String>,
    /// Below the root of the site.
    manifest: String,
}

/// The pages of editions; none for an archive without any.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    let chain = input.releases;
    let list = (!chain.releases.is_empty()).then_some(ListPage { chain });
    let mut pages = subjects(list);
    pages.extend(subjects(chain.releases.iter().map(|release| ReleasePage { release })));
    pages
}

/// A link to the list of editions, if there are any.
pub(super) fn list_link(local: Local<'_>) -> Option<Link> {
    let has_any = !local.site.input.releases.releases.is_empty();
    has_any.then(|| Link::new(address::list(NAME), &local.words().history.editions))
}

fn release_address(date: &str) -> String {
    format!("{NAME}/{date}/index.html")
}

/// How many records are new, changed and given up in a release.
fn counts(release: &Release) -> [usize; 3] {
    let count = |is: fn(Option<u32>) -> bool| release.records().filter(|(_, version)| is(*version)).count();
    [count(|version| version == Some(1)), count(|version| version > Some(1)), count(|version| version.is_none())]
}

/// What changed in a release, in words.
fn summary(local: Local<'_>, release: &Release) -> String {
    let words = &local.words().history;
    let messages = [&words.new, &words.changed, &words.given_up];
    let told = messages.into_iter().zip(counts(release)).filter_map(|(message, n)| local.count_any(message, n));
    let told: Vec<String> = told.collect();
    if told.is_empty() { words.nothing.clone() } else { told.join(&local.words().dates.join) }
}

impl Subject for ListPage<'_> {
    fn address(&self) -> String {
        address::list(NAME)
    }

    fn is_of_archive(&self) -> bool {
        true
    }

    fn page(&self, local: Local<'_>) -> Page {
        let words = &local.words().history;
        let row = |release: &Release| {
            let link = Link::new(release_address(&release.date), local.release_name(release));
            Row::new(&link, local.record_count(release.n_records)).text(summary(local, release), None)
        };
        let head = Head {
            title: words.editions.clone(),
            description: words.editions_description.clone(),
            feed: Some(format!("{NAME}/{FEED}")),
            ..Head::default()
        };
        list_page(head, self.chain.releases.iter().rev().map(row).collect())
    }

    fn changed(&self, _input: &Input<'_>) -> Option<NaiveDate> {
        self.chain.releases.last()?.date.parse().ok()
    }

    fn beside(&self, local: Local<'_>) -> Vec<(&'static str, Vec<u8>)> {
        let words = &local.words().history;
        let latest = self.chain.releases.last().map(|release| release.date.clone()).unwrap_or_default();
        let feed = Feed {
            path: format!("{NAME}/{FEED}"),
            home: address::list(NAME),
            key: "editions".to_owned(),
            title: format!("{} · {}", words.of_report, local.text(&local.site.input.config.title)),
            subtitle: words.editions_description.clone(),
            updated: latest,
        };
        let changes = self.chain.releases.iter().rev().flat_map(|release| {
            let changed = release.records().filter(|(_, version)| *version != Some(1));
            changed.map(move |(id, version)| (release, id, version))
        });
        let entry = |(release, id, version): (&Release, &str, Option<u32>)| atom::Entry {
            path: version.map_or_else(|| record_address(id), |number| link(local, id, number).path),
            key: format!("{id} {}", release.date),
            title: id.to_owned(),
            updated: release.date.clone(),
            summary: ChangedView::summary(local, id, version),
        };
        vec![(FEED, feed.text(local, changes.take(MAX_ENTRIES).map(entry)).into_bytes())]
    }
}

impl Subject for ReleasePage<'_> {
    fn address(&self) -> String {
        release_address(&self.release.date)
    }

    fn is_of_archive(&self) -> bool {
        true
    }

    fn page(&self, local: Local<'_>) -> Page {
        let release = self.release;
        let head = Head {
            title: fill(&local.words().history.edition, &[("name", &local.release_name(release))]),
            description: local.words().history.edition_description.clone(),
            trail: list_link(local).into_iter().collect(),
            feed: Some(format!("{NAME}/{FEED}")),
            ..Head::default()
        };
        let changed = release.records().filter(|(_, version)| *version > Some(1)).take(MAX_CHANGES);
        let changed = changed.filter_map(|(id, version)| ChangedView::to(local, id, version?));
        let gone = release.records().filter(|(_, version)| version.is_none()).take(MAX_CHANGES);
        let view = ReleaseView {
            entries: entries(local, release),
            changed: changed.collect(),
            given_up: gone.filter_map(|(id, _)| ChangedView::given_up(local, id)).collect(),
            new: local.count_any(&local.words().history.new, counts(release)[0]),
            manifest: format!("{NAME}/{}/{MANIFEST}", release.date),
        };
        Page::new("release.html", head, &view)
    }

    fn changed(&self, _input: &Input<'_>) -> Option<NaiveDate> {
        self.release.date.parse().ok()
    }

    fn beside(&self, _local: Local<'_>) -> Vec<(&'static str, Vec<u8>)> {
        vec![(MANIFEST, self.release.text().into_bytes())]
    }
}

fn entries(local: Local<'_>, release: &Release) -> Vec<Entry> {
    let words = local.words();
    let before = release.previous.as_ref().map(|(date, _)| {
        let link = Link::new(release_address(date), local.date(&Edtf::as_printed(date)));
        Entry::link(&words.history.follows, link)
    });
    let date = Entry::text(&words.field.date, local.date(&Edtf::as_printed(&release.date)));
    let records = Entry::text(&words.field.records, local.record_count(release.n_records));
    let hash = Entry::text(&words.history.manifest_hash, release.sha256());
    [date, records].into_iter().chain(before).chain([hash]).collect()
}
