//! What a page is made of, as a number: a page that was made of the same is the same, and need not be made again.
//!
//! Invariant: everything that a page shows goes into its number: what it is drawn from by its edition, everything else
//! that pages show of the archive by the [`basis`]. `tests/rebuild.rs` compares sites that are built over others with
//! new ones.

use super::{DrawnFrom, Kind};
use crate::index::{Index, RecordRef};
use crate::render::site::{Local, Site};
use crate::render::{Input, MadeOf};
use sha2::{Digest, Sha256};
use std::fmt::Debug;

/// What pages show of the archive beside what they are drawn from: settings, words, tables, names of reports, and which
/// other pages there are.
pub(in crate::render) fn basis(site: &Site<'_>) -> [u8; 32] {
    let Input { corpus, index, config, ledger, state_names, pages, templates, static_files } = site.input;
    let mut hash = Hash::default();
    hash.add(&env!("DEPOSITARY_SOURCES"));
    hash.add(config);
    hash.add(ledger);
    hash.add(state_names);
    hash.add(pages);
    hash.add(templates);
    hash.add(&static_files.iter().map(|(path, bytes)| (path, Sha256::digest(bytes))).collect::<Vec<_>>());
    hash.add(&site.editions.tables());
    for report in &corpus.reports {
        hash.add(&(&report.id, &report.language, &report.meta));
        hash.add(&(report.symbol(), report.title(), report.session(), report.period()));
    }
    add_index(&mut hash, index);
    hash.0.finalize().into()
}

/// Which pages there are, and what others say of them.
fn add_index(hash: &mut Hash, index: &Index) {
    // What is left out is said only by pages that are drawn from it.
    let Index { states, years, periods, resolutions, cited_otherwise, documents, meetings, sections, .. } = index;
    let Index { annex, bounded: _, section_months: _, records: _, .. } = index;
    hash.add(&states.keys());
    hash.add(&years.keys());
    hash.add(&periods.iter().map(|(slug, period)| (slug, &period.edtf, &period.reports)).collect::<Vec<_>>());
    let beside = resolutions.iter().map(|(symbol, entry)| (symbol, &entry.before, &entry.after));
    hash.add(&beside.collect::<Vec<_>>());
    hash.add(cited_otherwise);
    hash.add(&documents.iter().map(|(symbol, entry)| (symbol, entry.report)).collect::<Vec<_>>());
    hash.add(&(meetings.keys(), sections.keys(), annex));
}

/// What the page at `path` is made of; none for pages that are drawn from the whole archive.
pub(super) fn made_of(local: Local<'_>, path: &str, kind: &Kind<'_>, drawn_from: &DrawnFrom) -> Option<MadeOf> {
    let editions = &local.site.editions;
    let edition = match drawn_from {
        DrawnFrom::Report(report) => editions.report(*report)?.clone(),
        DrawnFrom::Reports(reports) => editions.reports(reports),
        DrawnFrom::Archive => return None,
    };
    let mut hash = Hash::default();
    hash.add(&(local.site.basis(), path, edition.hash()));
    if let Kind::Record(at) = kind {
        hash.add(&neighbours(local, *at));
    }
    Some(MadeOf(hash.0.finalize().into()))
}

/// How the page of a record names those of the same State in other reports.
fn neighbours(local: Local<'_>, at: RecordRef) -> [Option<(String, String)>; 2] {
    let state = at.get(local.corpus()).and_then(|(_, record)| local.index().state(record.state?));
    let (before, after) = Index::neighbours(state.map(|state| state.records.as_slice()).unwrap_or_default(), at);
    [before, after].map(|at| {
        let link = local.record_link(at?.get(local.corpus())?.1);
        Some((link.path, link.label))
    })
}

/// A hash of values as they are printed for programmers, each apart from the next.
#[derive(Default)]
struct Hash(Sha256);

impl Hash {
    fn add<T: Debug + ?Sized>(&mut self, value: &T) {
        let text = format!("{value:?}");
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
    }
}
