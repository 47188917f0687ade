//! Where a symbol leads.

use crate::config::Config;
use crate::index::Index;
use crate::model::address;
use crate::model::citation::Symbol;
use crate::model::report::ReportId;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The address.
    pub url: String,
    /// Whether it is the official document rather than a page of the archive.
    pub is_official: bool,
}

/// The pages of an archive, and the official addresses of the rest.
#[derive(Debug, Clone, Copy)]
pub struct Targets<'a> {
    /// The archive by key.
    pub index: &'a Index,
    /// The ids of its reports, by position.
    pub reports: &'a [ReportId],
    /// Its settings; `base_url` is where it stands.
    pub config: &'a Config,
    /// The language of official documents, if what the archive does not have is to lead there.
    pub official: Option<&'a str>,
}

impl Targets<'_> {
    /// Where `symbol` leads: the report that it is, its page in the archive, or the official document.
    #[must_use]
    pub fn find(&self, symbol: &Symbol) -> Option<Target> {
        let page = self.page(symbol).map(|path| address::absolute(&self.config.base_url, &path));
        let page = page.map(|url| Target { url, is_official: false });
        page.or_else(|| {
            let url = self.config.official.address(symbol.as_str(), self.official?)?;
            Some(Target { url, is_official: true })
        })
    }

    fn page(&self, symbol: &Symbol) -> Option<String> {
        if self.index.resolutions.contains_key(symbol) {
            return Some(address::resolution(symbol));
        }
        let document = self.index.documents.get(symbol)?;
        let report = document.report.and_then(|position| self.reports.get(position));
        Some(report.map_or_else(|| address::document(symbol), address::report))
    }
}
