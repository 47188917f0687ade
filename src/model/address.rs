//! Where everything that can be cited or linked to stands, below the root of its language. Kept for ever.

use super::citation::Symbol;
use super::record::RecordId;
use super::report::ReportId;
use super::state::Iso3;
use crate::base::path::slug;

/// A report's edition.
#[must_use]
pub fn report(id: &ReportId) -> String {
    format!("reports/{id}/index.html")
}

/// A record.
#[must_use]
pub fn record(id: &RecordId) -> String {
    format!("records/{id}/index.html")
}

/// A wording with which the record `id` was published, by its number.
#[must_use]
pub fn version(id: &str, number: u32) -> String {
    format!("records/{id}/v{number}/index.html")
}

/// A State.
#[must_use]
pub fn state(iso3: Iso3) -> String {
    format!("states/{}/index.html", iso3.to_lower())
}

/// A resolution.
#[must_use]
pub fn resolution(symbol: &Symbol) -> String {
    format!("resolutions/{}/index.html", slug(symbol.as_str()))
}

/// Another document.
#[must_use]
pub fn document(symbol: &Symbol) -> String {
    format!("documents/{}/index.html", slug(symbol.as_str()))
}

/// The absolute address of the page at `path` in the site that stands at `base_url`; the path itself where that is
/// empty, as it is for a site that does not know its own address. A folder stands for its `index.html`.
#[must_use]
pub fn absolute(base_url: &str, path: &str) -> String {
    let folder = path.strip_suffix("index.html").unwrap_or(path);
    if base_url.is_empty() { path.to_owned() } else { format!("{}/{folder}", base_url.trim_end_matches('/')) }
}
