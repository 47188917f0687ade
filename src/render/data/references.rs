//! Lists for reference managers: of the whole archive, of each State and of each report with its records.
//!
//! Those of States and reports are in the words of each language of the site; their pages name them, and `SHA256SUMS`
//! does. The whole archive's are as long as all of these, and so in the first language alone; the page of data names
//! them. Beside them stand the scripts with the citations of these, of resolutions and of the archive itself.

use super::file::{DataFiles, Format};
use crate::cite::{self, Assembly, Citable, CitableKind, bibliography};
use crate::model::state::Iso3;
use crate::render::address;
use crate::render::html::visible;
use crate::render::sink::RenderError;
use crate::render::site::{Language, Site};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How many lists are held in memory at a time.
const BATCH: usize = 32;

/// What a list is of.
#[derive(Clone, Copy)]
enum Collection {
    /// A report, by its position in the corpus.
    Report(usize),
    /// A State.
    State(Iso3),
}

/// Hands all lists over.
pub(super) fn put(site: &Site<'_>, data: &mut DataFiles<'_>) -> Result<(), RenderError> {
    put_archive(site, data)?;
    let reports = (0..site.input.corpus.reports.len()).map(Collection::Report);
    let collections: Vec<Collection> =
        reports.chain(site.input.index.states.keys().copied().map(Collection::State)).collect();
    let resolutions = resolutions_by_group(site);
    for language in &site.languages {
        for batch in collections.chunks(BATCH) {
            let lists: Vec<_> = batch.par_iter().flat_map(|collection| lists(site, language, *collection)).collect();
            lists.into_iter().try_for_each(|(path, text)| data.put_part(&path, text.into_bytes()))?;
        }
        let archive = address::citation_script(&language.prefix, "archive", "archive");
        let itself = opened(vec![site.citations().archive()], language);
        data.put_part(&archive, script(&itself, language).into_bytes())?;
        for (group, resolutions) in &resolutions {
            let path = address::citation_script(&language.prefix, "resolutions", group);
            data.put_part(&path, script(&opened(resolutions.clone(), language), language).into_bytes())?;
        }
    }
    Ok(())
}

/// The resolutions by session or organ.
fn resolutions_by_group(site: &Site<'_>) -> BTreeMap<String, Vec<Citable>> {
    let citations = site.citations();
    let mut groups: BTreeMap<String, Vec<Citable>> = BTreeMap::new();
    for resolution in site.input.index.resolutions.keys().filter_map(|symbol| citations.resolution(symbol)) {
        groups.entry(address::resolution_group(&resolution.key).to_owned()).or_default().push(resolution);
    }
    groups
}

/// The lists of the whole archive.
fn put_archive(site: &Site<'_>, data: &mut DataFiles<'_>) -> Result<(), RenderError> {
    let Some(language) = site.languages.first() else { return Ok(()) };
    // One at a time: each has more words than its record.
    let all = || site.citations().all().map(|item| item.opening(&language.tag));
    [("data/cite/archive.bib", cite::Format::Bibtex), ("data/cite/archive.ris", cite::Format::Ris)]
        .into_iter()
        .try_for_each(|(path, form)| {
            let mut n_items = 0;
            let text = bibliography(all().inspect(|_| n_items += 1), form, Some(&language.tag));
            data.put_rows(path, Format::Reference(form), Some(n_items), &[], text.into_bytes())
        })
}

/// `items`, each with the address of its page in a language.
fn opened(items: Vec<Citable>, language: &Language) -> Vec<Citable> {
    items.into_iter().map(|item| item.opening(&language.tag)).collect()
}

/// The list of one collection in each form, with its path.
fn lists(site: &Site<'_>, language: &Language, collection: Collection) -> Vec<(String, String)> {
    let stem = |kind, name: &str| address::reference_list(&language.prefix, kind, name);
    let (kind, items, stem) = match collection {
        Collection::Report(position) => {
            let id = &site.input.corpus.reports[position].id;
            (CitableKind::Report, site.citations().of_report(position), stem("reports", &id.0))
        }
        Collection::State(iso3) => {
            (CitableKind::State, site.citations().of_state(iso3), stem("states", &iso3.to_lower()))
        }
    };
    let items = opened(items, language);
    let cited = match collection {
        Collection::Report(_) => items.as_slice(),
        // The records are in the scripts of their reports.
        Collection::State(_) => &items[..items.len().min(1)],
    };
    let script = (format!("{stem}.js"), script(cited, language));
    let list = |format: &cite::Format| {
        (format!("{stem}.{}", format.extension()), bibliography(&items, *format, Some(&language.tag)))
    };
    kind.list_formats().iter().map(list).chain([script]).collect()
}

/// The script that hands the citations of `items` to a page. It puts them on the page, so they stand here as pages show
/// them.
fn script(items: &[Citable], language: &Language) -> String {
    let citations = serde_json::json!(Assembly::of(items, &language.tag)).to_string();
    format!("window.citations = {};\n", visible(&citations))
}
