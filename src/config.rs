//! `site.toml`: what is particular to one archive.
//!
//! Input: the text of the file. Output: [`Config`]. Invariant: unknown keys are refused.

use crate::model::citation::Symbol;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A text in each interface language, by BCP 47 tag (`zh`, `en`).
pub type Localized = BTreeMap<String, String>;

/// Everything `site.toml` says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Name of the archive.
    pub title: Localized,
    /// One sentence on what it is.
    pub description: Localized,
    /// Absolute address at which the site will stand, with a final `/`; empty if not known.
    #[serde(default)]
    pub base_url: String,
    /// Interface languages; the first is the default and stands at the root.
    pub languages: Vec<String>,
    /// Who publishes the archive.
    #[serde(default)]
    pub publisher: Localized,
    /// The treaty whose status the archive shows.
    pub treaty: Option<Treaty>,
    /// Sections of the activity tables by code: `1a`.
    #[serde(default)]
    pub sections: BTreeMap<String, Section>,
    /// Yearly series of resolutions.
    #[serde(default)]
    pub series: Vec<ResolutionSeries>,
    /// Official addresses of documents.
    pub official: Official,
}

/// The treaty an archive is about.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Treaty {
    /// Its name.
    pub name: Localized,
    /// Its short name.
    pub short_name: Localized,
    /// File in `content/reference/` with signatures and ratifications.
    pub status_table: String,
    /// Name of the list of States whose ratification it needs.
    pub annex: Option<Localized>,
    /// Address of that list's page: `annex-2`.
    pub annex_slug: Option<String>,
}

/// A section of the activity tables.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its name.
    pub name: Localized,
    /// What it holds, in a sentence.
    #[serde(default)]
    pub description: Localized,
    /// Whether its activities are directed at the States of the treaty's annex.
    #[serde(default)]
    pub annex: bool,
}

/// A series of resolutions that come back year by year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResolutionSeries {
    /// Its name.
    pub name: Localized,
    /// Its symbols, oldest first.
    pub symbols: Vec<String>,
}

impl ResolutionSeries {
    /// The symbols before and after `symbol` in the series.
    #[must_use]
    pub fn neighbours(&self, symbol: &Symbol) -> Option<(Option<&str>, Option<&str>)> {
        let index = self.symbols.iter().position(|other| other == symbol.as_str())?;
        let before = index.checked_sub(1).and_then(|before| self.symbols.get(before));
        Some((before.map(String::as_str), self.symbols.get(index + 1).map(String::as_str)))
    }
}

/// Where the official documents are; `{symbol}` stands for the symbol.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// Address of a document by interface language: `https://docs.un.org/zh/{symbol}`.
    pub document: Localized,
}
