//! Unofficial translations of what reports say.

use super::report::ReportId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A report's texts in another language, by the text that each translates.
pub type Translated = BTreeMap<String, String>;

/// The translations of an archive: by language, then by report.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Translations(pub BTreeMap<String, BTreeMap<ReportId, Translated>>);

impl Translations {
    /// What `text` of `report` says in `language`.
    #[must_use]
    pub fn find<'a>(&'a self, language: &str, report: &ReportId, text: &str) -> Option<&'a str> {
        self.0.get(language)?.get(report)?.get(text).map(String::as_str)
    }

    /// What `text` of `report` says in each language that it is translated into.
    pub fn all<'a>(&'a self, report: &'a ReportId, text: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter_map(move |(language, reports)| Some((language.as_str(), reports.get(report)?.get(text)?.as_str())))
    }
}
