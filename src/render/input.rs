//! What pages are made of.

use crate::cite::Editions;
use crate::config::Config;
use crate::index::Index;
use crate::model::ledger::Ledger;
use crate::model::record::RecordId;
use crate::model::release::Chain;
use crate::model::state::Iso3;
use crate::model::wording::{Version, Versions, Wording, history};
use crate::read::{EditorialPage, Template};
use crate::resolve::Corpus;
use std::collections::BTreeMap;

/// Everything that pages are made of.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The archive.
    pub corpus: &'a Corpus,
    /// The archive by key.
    pub index: &'a Index,
    /// The hashes of what the archive says.
    pub editions: &'a Editions,
    /// `site.toml`.
    pub config: &'a Config,
    /// Published identifiers, of which those given up have pages that point on; none without a ledger.
    pub ledger: Option<&'a Ledger>,
    /// The wordings that records were published with.
    pub versions: &'a Versions,
    /// The releases of the archive.
    pub releases: &'a Chain,
    /// Names of States in the languages of reports, beside those of the reference table.
    pub state_names: &'a BTreeMap<Iso3, Vec<String>>,
    /// Editorial pages.
    pub pages: &'a [EditorialPage],
    /// Templates by name: `record.html`; also `messages/<tag>.toml`.
    pub templates: &'a BTreeMap<String, Template>,
    /// Files copied as they are, by path inside the site.
    pub static_files: &'a BTreeMap<String, Vec<u8>>,
}

impl<'a> Input<'a> {
    /// What the record `id` says; none if it was given up.
    pub(super) fn said(&self, id: &str) -> Option<Wording> {
        let at = self.index.records.get(&RecordId(id.to_owned()))?;
        at.get(self.corpus).map(|(_, record)| Wording::of(record))
    }

    /// The wordings of the record `id`, if it was published with several or given up.
    pub(crate) fn history(&self, id: &str) -> &'a [Version] {
        if self.versions.contains_key(id) { history(self.versions, id, self.said(id).as_ref()) } else { &[] }
    }
}
