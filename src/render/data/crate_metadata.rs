//! `ro-crate-metadata.json`: the site as a Research Object Crate (RO-Crate 1.1), in its root folder.

use super::edition;
use super::file::DataFile;
use crate::base::hash::sha256;
use crate::base::media;
use crate::base::path::slug;
use crate::base::source::Source;
use crate::config::TableLicence;
use crate::model::edtf::Edtf;
use crate::model::report::Report;
use crate::render::address;
use crate::render::site::Site;
use serde_json::{Map, Value, json};

const PUBLISHER: &str = "#publisher";
const LICENCE: &str = "#licence";

/// The graph: the archive, its reports with their sources, and `files`; `about` gives each file's words.
pub(super) fn graph(site: &Site<'_>, files: &[DataFile], about: &dyn Fn(&DataFile) -> String) -> Value {
    let reports = &site.input.corpus.reports;
    let mut graph = vec![descriptor(), root(site, files), publisher(site), licence(site)];
    graph.extend(site.input.config.licences.iter().map(table_licence));
    graph.extend(files.iter().map(|file| data_entity(site, file, about)));
    graph.extend(reports.iter().map(|report| edition_entity(site, report)));
    graph.extend(reports.iter().flat_map(|report| source_entities(site, report)));
    let more = json!({ "creditText": "https://schema.org/creditText", "sha256": "https://schema.org/sha256" });
    json!({
        "@context": ["https://w3id.org/ro/crate/1.1/context", more],
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
    let sources: Vec<Value> = reports.iter().map(|report| reference(&address::source_text(&report.id))).collect();
    let received = reports.iter().filter(|report| received(site, report).is_some());
    let received = received.map(|report| reference(&address::source_received(&report.id)));
    let files = files.iter().map(|file| reference(file.path));
    let parts: Vec<Value> = files.chain(editions).chain(sources.iter().cloned()).chain(received).collect();
    let mut root = json!({
        "@id": "./",
        "@type": "Dataset",
        "name": super::english(&config.title),
        "description": super::english(&config.description),
        "identifier": super::identifiers(site),
        "version": site.input.editions.archive().hash(),
        "datePublished": edition::published(site.input),
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
    let name = site.input.config.publisher();
    let url = &site.input.config.base_url;
    if url.is_empty() {
        return json!({ "@id": PUBLISHER, "@type": "Organization", "name": name });
    }
    json!({ "@id": PUBLISHER, "@type": "Organization", "name": name, "url": url })
}

fn licence(site: &Site<'_>) -> Value {
    let words = super::licence(site);
    json!({ "@id": LICENCE, "@type": "CreativeWork", "name": "Public domain", "description": words })
}

fn table_licence(licence: &TableLicence) -> Value {
    json!({
        "@id": licence_id(licence),
        "@type": "CreativeWork",
        "name": licence.name,
        "description": super::english(&licence.of),
    })
}

/// The address of a licence; one without, as several sources may state none, is told from others by what it is of.
fn licence_id(licence: &TableLicence) -> String {
    licence.url.clone().unwrap_or_else(|| format!("#licence-{}", slug(super::english(&licence.of))))
}

fn data_entity(site: &Site<'_>, file: &DataFile, about: &dyn Fn(&DataFile) -> String) -> Value {
    let licences = file.licences(site.input.config).map(|licence| reference(&licence_id(licence)));
    let licences: Vec<Value> = [reference(LICENCE)].into_iter().chain(licences).collect();
    json!({
        "@id": file.path,
        "@type": "File",
        "name": file.name(),
        "description": about(file),
        "encodingFormat": file.format.media_type(),
        "contentSize": file.n_bytes.to_string(),
        "sha256": file.sha256,
        "license": licences,
    })
}

/// The page that gives the whole text of a report.
fn edition_entity(site: &Site<'_>, report: &Report) -> Value {
    json!({
        "@id": address::report(&report.id),
        "@type": "File",
        "name": super::report_title(report),
        "encodingFormat": media::HTML,
        "inLanguage": site.input.config.default_language(),
        "isBasedOn": reference(&address::source_text(&report.id)),
    })
}

/// The file that a report was received as, where that is not its text.
fn received<'a>(site: &'a Site<'_>, report: &Report) -> Option<&'a [u8]> {
    site.input.corpus.sources.get(report.source.0)?.received.as_deref()
}

/// The text of a report, and the file that it was received as where that is another.
fn source_entities(site: &Site<'_>, report: &Report) -> Vec<Value> {
    let Some(source) = site.input.corpus.sources.get(report.source.0) else { return Vec::new() };
    let received = received(site, report).map(|bytes| {
        let path = address::source_received(&report.id);
        json!({
            "@id": path,
            "@type": "File",
            "name": source.path,
            "encodingFormat": media::TEXT,
            "contentSize": bytes.len().to_string(),
            "sha256": source.sha256,
        })
    });
    [source_entity(source, report)].into_iter().chain(received).collect()
}

fn source_entity(source: &Source, report: &Report) -> Value {
    let text = |value: Option<&str>| value.map(|value| json!(value));
    let known = [
        ("@id", Some(json!(address::source_text(&report.id)))),
        ("@type", Some(json!("File"))),
        ("name", text(Some(report.title()))),
        ("alternateName", text(report.meta.title_en.as_deref())),
        ("alternativeHeadline", text(Some(&source.path))),
        ("identifier", text(report.symbol())),
        ("inLanguage", text(Some(&report.language))),
        ("temporalCoverage", text(report.period().map(Edtf::as_str))),
        ("datePublished", text(report.meta.date.as_ref().map(Edtf::without_mark))),
        ("creditText", text(report.meta.issuer.as_deref())),
        ("description", text(report.meta.origin.as_deref())),
        ("encodingFormat", Some(json!(format!("{}; charset=utf-8", media::TEXT)))),
        ("contentSize", Some(json!(source.text.len().to_string()))),
        ("sha256", Some(json!(sha256(source.text.as_bytes())))),
        ("license", Some(reference(LICENCE))),
        ("isBasedOn", source.received.as_ref().map(|_| reference(&address::source_received(&report.id)))),
    ];
    let fields = known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(fields.collect::<Map<_, _>>())
}
