//! The pages that are published besides reports and records, so that none goes without a word.

use super::input::Input;
use super::page;

/// Their addresses below the root of a language, without `index.html`: `resolutions/a-res-62-59`.
///
/// Lists and the home page are not among them, as every site has them.
#[must_use]
pub fn addresses(input: &Input<'_>) -> Vec<String> {
    let promised = page::promised(input).into_iter();
    let mut addresses: Vec<String> = promised.filter_map(|page| folder(&page.address())).collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

/// The folder of a page; one at the top keeps its `/`, which tells it from a record's identifier.
fn folder(path: &str) -> Option<String> {
    let folder = path.strip_suffix("/index.html")?;
    Some(if folder.contains('/') { folder.to_owned() } else { format!("{folder}/") })
}
