//! The pages that are published besides reports and records, so that none goes without a word.

use super::address;
use super::{Input, page};

/// Their addresses below the root of a language, without `index.html`: `resolutions/a-res-62-59`.
///
/// Lists and the home page are not among them, as every site has them.
#[must_use]
pub fn addresses(input: &Input<'_>) -> Vec<String> {
    let (index, corpus) = (input.index, input.corpus);
    let meetings = corpus.reference.meetings.iter().filter(|meeting| index.meetings.contains_key(&meeting.id));
    let annex = page::annex_slug(input).into_iter();
    let paths = (index.sections.keys().map(address::section))
        .chain(index.states.keys().map(|state| address::state(*state)))
        .chain(index.years.keys().map(|year| address::year(*year)))
        .chain(index.periods.keys().map(|slug| address::period(slug)))
        .chain(index.resolutions.keys().map(address::resolution))
        .chain(index.documents.keys().map(address::document))
        .chain(meetings.map(|meeting| address::meeting(&meeting.id)))
        .chain([address::CORRECTIONS.to_owned()])
        .chain(annex.chain(input.pages.iter().map(|page| page.slug.as_str())).map(address::editorial));
    let mut addresses: Vec<String> = paths.filter_map(|path| folder(&path)).collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

/// The folder of a page; one at the top keeps its `/`, which tells it from a record's identifier.
fn folder(path: &str) -> Option<String> {
    let folder = path.strip_suffix("/index.html")?;
    Some(if folder.contains('/') { folder.to_owned() } else { format!("{folder}/") })
}
