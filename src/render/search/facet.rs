//! Documents by the values of each facet, and the words for these.

use super::document::{Document, Kind};
use super::posting::runs;
use crate::base::path::slug;
use crate::render::site::{Local, Site};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The facets, in the order in which they are shown.
pub(super) const FACETS: [&str; 6] = ["kind", "state", "year", "section", "report", "resolution"];

/// The documents of each value of one facet, as runs.
pub(super) fn facet(site: &Site<'_>, documents: &[Document<'_>], facet: &str) -> Value {
    let mut lists: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (number, document) in (0..).zip(documents) {
        // Two symbols that differ only in punctuation are one value.
        for value in values(site, document, facet).into_iter().collect::<BTreeSet<_>>() {
            lists.entry(value).or_default().push(number);
        }
    }
    lists.into_iter().map(|(value, documents)| (value, Value::String(runs(&documents)))).collect::<Map<_, _>>().into()
}

/// The values of a document under a facet, as they stand in addresses.
pub(super) fn values(site: &Site<'_>, document: &Document<'_>, facet: &str) -> Vec<String> {
    let facets = &document.facets;
    match facet {
        "kind" => vec![document.kind.name().to_owned()],
        "state" => facets.state.iter().map(|state| state.to_lower()).collect(),
        "year" => facets.years.iter().map(i32::to_string).collect(),
        "section" => facets.section.iter().map(|code| slug(&code.0)).collect(),
        "report" => {
            let report = facets.report.and_then(|position| site.input.corpus.reports.get(position));
            report.map(|report| report.id.0.clone()).into_iter().collect()
        }
        _ => facets.resolutions.iter().map(|symbol| slug(symbol.as_str())).collect(),
    }
}

/// What is particular to a language: the words of the page, and the names of the values.
pub(super) fn words(local: Local<'_>) -> Value {
    let (index, corpus) = (local.index(), local.corpus());
    let states: Map<String, Value> =
        index.states.keys().map(|iso3| (iso3.to_lower(), local.state_name(*iso3).into())).collect();
    let sections: Map<String, Value> =
        index.sections.keys().map(|code| (slug(&code.0), local.section_title(code).into())).collect();
    let reports: Map<String, Value> =
        corpus.reports.iter().map(|report| (report.id.0.clone(), local.report_name(report).into())).collect();
    json!({
        "words": local.words().search,
        "dates": local.words().dates,
        "language": local.site.languages.iter().position(|language| language.tag == local.language.tag),
        "names": { "kind": local.words().search.kinds, "state": states, "section": sections, "report": reports },
    })
}

/// Symbols of resolutions by their values.
pub(super) fn symbols(documents: &[Document<'_>]) -> Value {
    let pages = documents.iter().filter(|document| document.kind == Kind::Resolution);
    let symbols = pages.flat_map(|document| &document.facets.resolutions);
    symbols.map(|symbol| (slug(symbol.as_str()), Value::from(symbol.as_str()))).collect::<Map<_, _>>().into()
}
