//! `data/datacite.json`: the archive as DataCite describes what is deposited (Metadata Schema 4.5, as JSON), for the
//! repository that keeps a copy of it and gives it an identifier.

use super::edition;
use crate::base::media;
use crate::config::{Config, Localized};
use crate::render::site::Site;
use serde_json::{Value, json};

/// The description; a DOI and an ARK are in it only if the settings have one: none is made here.
pub(super) fn metadata(site: &Site<'_>) -> Value {
    let config = site.input.config;
    let publisher = config.publisher();
    let published = edition::published(site.input);
    let year: String = published.chars().take(4).collect();
    let mut metadata = json!({
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": { "resourceType": "Archive of documents", "resourceTypeGeneral": "Dataset" },
        "creators": [{ "name": publisher, "nameType": "Organizational" }],
        "titles": in_each_language(&config.title, "title"),
        "publisher": { "name": publisher },
        "publicationYear": year,
        "dates": dates(site, &published),
        "language": config.default_language(),
        "version": site.input.editions.archive().hash(),
        "descriptions": descriptions(config),
        "rightsList": rights(site),
        "relatedIdentifiers": sources(site),
        "formats": [media::HTML, media::CSV, media::NDJSON, media::PARQUET],
        "alternateIdentifiers": alternate_identifiers(site),
    });
    if let Some(fields) = metadata.as_object_mut() {
        if let Some(doi) = &config.publish.doi {
            fields.insert("doi".to_owned(), json!(doi));
        }
        if !config.base_url.is_empty() {
            fields.insert("url".to_owned(), json!(config.base_url));
        }
    }
    metadata
}

fn in_each_language(text: &Localized, name: &str) -> Vec<Value> {
    text.iter().map(|(language, text)| json!({ name: text, "lang": language })).collect()
}

fn descriptions(config: &Config) -> Vec<Value> {
    let mut descriptions = in_each_language(&config.description, "description");
    for description in descriptions.iter_mut().filter_map(Value::as_object_mut) {
        description.insert("descriptionType".to_owned(), json!("Abstract"));
    }
    descriptions
}

/// When the edition was published, and the days that its reports cover.
fn dates(site: &Site<'_>, published: &str) -> Vec<Value> {
    let issued = json!({ "date": published, "dateType": "Issued" });
    // Version 4.5 has no type of its own for the days that something is about.
    let covered = super::dataset::coverage(site)
        .map(|days| json!({ "date": days, "dateType": "Other", "dateInformation": "days that the reports cover" }));
    [Some(issued), covered].into_iter().flatten().collect()
}

fn rights(site: &Site<'_>) -> Vec<Value> {
    let of_reports = Some(super::licence(site)).filter(|words| !words.is_empty());
    let of_reports = of_reports.map(|words| json!({ "rights": words }));
    let of_tables = site.input.config.licences.iter().map(|licence| match &licence.url {
        Some(url) => json!({ "rights": super::english(&licence.of), "rightsUri": url }),
        None => json!({ "rights": super::english(&licence.of) }),
    });
    of_reports.into_iter().chain(of_tables).collect()
}

/// The official documents of which the reports are editions.
fn sources(site: &Site<'_>) -> Vec<Value> {
    let config = site.input.config;
    let symbols = site.input.corpus.reports.iter().filter_map(|report| report.symbol());
    let addresses = symbols.filter_map(|symbol| config.official.address(symbol, "en"));
    let related = |address| json!({ "relatedIdentifier": address, "relatedIdentifierType": "URL", "relationType": "IsDerivedFrom" });
    addresses.map(related).collect()
}

fn alternate_identifiers(site: &Site<'_>) -> Vec<Value> {
    let config = site.input.config;
    let ark =
        config.publish.ark.as_ref().map(|ark| json!({ "alternateIdentifier": ark, "alternateIdentifierType": "ARK" }));
    let content = format!("sha256:{}", site.input.editions.archive().hash());
    let content = json!({ "alternateIdentifier": content, "alternateIdentifierType": "SHA-256 of the content" });
    ark.into_iter().chain([content]).collect()
}
