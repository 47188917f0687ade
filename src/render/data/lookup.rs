//! `addresses.js`: the addresses of all pages, for the page that a server shows in place of one that is not there.
//!
//! A script, as pages opened from a folder may read no other data. Only that page loads it.

use crate::base::path::slug;
use crate::render::address;
use crate::render::input::Input;
use std::collections::BTreeMap;

/// The name of the script.
pub(super) const NAME: &str = "addresses.js";

/// The script, from the paths of all pages of the first language.
///
/// It holds by folder the last parts of the addresses, and by the slug of its symbol each report that has another id.
pub(super) fn script(input: &Input<'_>, paths: impl Iterator<Item = String>) -> String {
    let mut paths: Vec<String> = paths.collect();
    paths.sort_unstable();
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths.iter().filter_map(|path| path.strip_suffix("/index.html")) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        folders.entry(folder).or_default().push(name);
    }
    let pages: BTreeMap<&str, String> = folders.into_iter().map(|(folder, names)| (folder, names.join(" "))).collect();
    let table = serde_json::json!({ "pages": pages, "symbols": symbols(input) });
    format!("window.depositaryAddresses = {table};\n")
}

/// The addresses of reports by the slug of a symbol that is not their id.
fn symbols(input: &Input<'_>) -> BTreeMap<String, String> {
    let reports = input.corpus.works().filter_map(|(_, report)| Some((slug(report.symbol()?), report)));
    let other = reports.filter(|(symbol, report)| *symbol != report.id.0);
    other.map(|(symbol, report)| (symbol, address::report(&report.id).replace("/index.html", ""))).collect()
}
