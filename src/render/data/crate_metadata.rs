//! `ro-crate-metadata.json`: the site as a Research Object Crate (RO-Crate 1.1), in its root folder.

use super::edition;
use super::file::DataFile;
use crate::model::edtf::INFERRED;
use crate::model::report::Report;
use crate::render::address;
use crate::render::site::Site;
use serde_json::{Map, Value, json};

const PUBLISHER: &str = "#publisher";
const LICENCE: &str = "#licence";

/// The graph: the archive, its reports with their sources, and `files`; `about` gives each file's words.
pub(super) fn graph(site: &Site<'_>, files: &[DataFile], about: &dyn Fn(&str) -> String) -> Value {
    let reports = &site.input.corpus.reports;
    let mut graph = vec![descriptor(), root(site, files), publisher(site), licence(site)];
    graph.extend(files.iter().map(|file| data_entity(file, about)));
    graph.extend(reports.iter().map(|report| edition_entity(site, report)));
    graph.extend(reports.iter().map(|report| source_entity(site, report)));
    json!({
        "@context": ["https://w3id.org/ro/crate/1.1/context", { "sha256": "https://schema.org/sha256" }],
        "@graph": graph,
    })
}

fn reference(id: &str) -> Value {
    json!({ "@id": id })
}

fn descriptor() -> Value {
    json!({
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": reference("./"),
        "conformsTo": reference("https://w3id.org/ro/crate/1.1"),
    })
}

fn root(site: &Site<'_>, files: &[DataFile]) -> Value {
    let (config, reports) = (site.input.config, &site.input.corpus.reports);
    let editions = reports.iter().map(|report| reference(&address::report(&report.id)));
    let parts: Vec<Value> = files.iter().map(|file| reference(file.path)).chain(editions).collect();
    let sources: Vec<Value> = reports.iter().map(|report| reference(&source_id(report))).collect();
    let mut root = json!({
        "@id": "./",
        "@type": "Dataset",
        "name": super::english(&config.title),
        "description": super::english(&config.description),
        "identifier": format!("sha256:{}", site.editions.archive().hash()),
        "version": site.editions.archive().hash(),
        "datePublished": edition::latest(site),
        "publisher": reference(PUBLISHER),
        "author": reference(PUBLISHER),
        "license": reference(LICENCE),
        "inLanguage": config.languages,
        "isBasedOn": sources,
        "hasPart": parts,
    });
    if let (false, Some(fields)) = (config.base_url.is_empty(), root.as_object_mut()) {
        fields.insert("url".to_owned(), json!(config.base_url));
    }
    root
}

fn publisher(site: &Site<'_>) -> Value {
    json!({ "@id": PUBLISHER, "@type": "Organization", "name": super::publisher(site.input.config) })
}

fn licence(site: &Site<'_>) -> Value {
    let words = super::licence(site);
    json!({ "@id": LICENCE, "@type": "CreativeWork", "name": "Public domain", "description": words })
}

fn data_entity(file: &DataFile, about: &dyn Fn(&str) -> String) -> Value {
    json!({
        "@id": file.path,
        "@type": "File",
        "name": file.name(),
        "description": about(file.name()),
        "encodingFormat": file.format.media_type(),
        "contentSize": file.n_bytes.to_string(),
        "sha256": file.sha256,
        "license": reference(LICENCE),
    })
}

/// The page that gives the whole text of a report.
fn edition_entity(site: &Site<'_>, report: &Report) -> Value {
    json!({
        "@id": address::report(&report.id),
        "@type": "File",
        "name": super::report_title(report),
        "encodingFormat": "text/html",
        "inLanguage": site.input.config.default_language(),
        "isBasedOn": reference(&source_id(report)),
    })
}

fn source_id(report: &Report) -> String {
    format!("#source-{}", report.id)
}

/// A report as it was received. The file is not part of the site; its hash says which it was.
fn source_entity(site: &Site<'_>, report: &Report) -> Value {
    let source = site.input.corpus.sources.get(report.source.0);
    let text = |value: Option<&str>| value.map(|value| json!(value));
    let known = [
        ("@id", Some(json!(source_id(report)))),
        ("@type", Some(json!("CreativeWork"))),
        ("name", text(Some(report.title()))),
        ("alternateName", text(report.meta.title_en.as_deref())),
        ("alternativeHeadline", text(source.map(|source| source.path.as_str()))),
        ("identifier", text(report.symbol())),
        ("inLanguage", text(Some(&report.language))),
        ("temporalCoverage", text(report.period())),
        ("datePublished", text(report.meta.date.as_deref().map(|date| date.trim_end_matches(INFERRED)))),
        ("creditText", text(report.meta.issuer.as_deref())),
        ("description", text(report.meta.origin.as_deref())),
        ("sha256", text(source.map(|source| source.sha256.as_str()))),
    ];
    let fields = known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(fields.collect::<Map<_, _>>())
}
