//! The archive as a data set: schema.org for the page of data, and `data/croissant.json` (MLCommons Croissant 1.0).

use super::column::{Column, Kind};
use super::file::{DataFile, Format};
use crate::base::media;
use crate::render::site::Site;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The context of Croissant 1.0, as its specification gives it.
const CONTEXT: &str = include_str!("croissant.context.json");

/// The files that describe the data, with their media types.
pub(in crate::render) const DESCRIPTIONS: &[(&str, &str)] = &[
    ("data/croissant.json", media::JSON_LD),
    ("data/datapackage.json", media::JSON),
    ("ro-crate-metadata.json", media::JSON_LD),
];

/// `croissant.json`: the tables of `files` with their columns; `about` gives each file's words.
pub(super) fn croissant(site: &Site<'_>, files: &[DataFile], about: &dyn Fn(&DataFile) -> String) -> Value {
    let config = site.input.config;
    let tables = || files.iter().filter(|file| file.format == Format::Csv);
    let file = |file: &DataFile| {
        json!({
            "@type": "cr:FileObject",
            "@id": file.name(),
            "name": file.name(),
            "description": about(file),
            "contentUrl": beside(super::located(config, file.path)),
            "contentSize": format!("{} B", file.n_bytes),
            "encodingFormat": file.format.media_type(),
            "sha256": file.sha256,
        })
    };
    #[allow(clippy::expect_used)]
    let context: Value = serde_json::from_str(CONTEXT).expect("the context is sound");
    let mut croissant = json!({
        "@context": context,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": super::english(&config.title),
        "description": super::english(&config.description),
        "version": site.input.editions.archive().hash(),
        "license": licences(site),
        "creator": { "@type": "sc:Organization", "name": config.publisher() },
        "publisher": { "@type": "sc:Organization", "name": config.publisher() },
        "datePublished": super::edition::published(site.input),
        "distribution": tables().map(file).collect::<Vec<_>>(),
        "recordSet": tables().map(record_set).collect::<Vec<_>>(),
    });
    if let (false, Some(fields)) = (config.base_url.is_empty(), croissant.as_object_mut()) {
        fields.insert("url".to_owned(), json!(config.base_url));
    }
    croissant
}

/// A path below the root of the site as one in the folder of the data; an address stays as it is.
fn beside(place: String) -> String {
    place.strip_prefix("data/").map(str::to_owned).unwrap_or(place)
}

fn record_set(file: &DataFile) -> Value {
    let table = file.stem();
    let id = |column: &Column| json!({ "@id": format!("{table}/{}", column.name) });
    let keys: Vec<Value> = file.columns.iter().filter(|column| column.is_key).map(id).collect();
    let field = |column: &Column| {
        let mut field = json!({
            "@type": "cr:Field",
            "@id": format!("{table}/{}", column.name),
            "name": column.name,
            "description": column.about,
            "dataType": data_type(column.kind),
            "source": { "fileObject": { "@id": file.name() }, "extract": { "column": column.name } },
        });
        if let (Some((table, name)), Some(fields)) = (column.target, field.as_object_mut()) {
            fields.insert("references".to_owned(), json!({ "field": { "@id": format!("{table}/{name}") } }));
        }
        field
    };
    let fields: Vec<Value> = file.columns.iter().map(field).collect();
    let mut set = json!({ "@type": "cr:RecordSet", "@id": table, "name": table, "field": fields });
    if let (false, Some(members)) = (keys.is_empty(), set.as_object_mut()) {
        members.insert("key".to_owned(), json!(keys));
    }
    set
}

fn data_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::List => "sc:Text",
        Kind::Integer => "sc:Integer",
        Kind::Boolean => "sc:Boolean",
        Kind::Date => "sc:Date",
    }
}

/// The tables as schema.org's downloads; where the site does not know its address, `site_root` leads to its root.
pub(in crate::render) fn downloads(
    site: &Site<'_>,
    about: &dyn Fn(&DataFile) -> String,
    site_root: &str,
) -> Vec<Value> {
    let config = site.input.config;
    let start = if config.base_url.is_empty() { site_root } else { "" };
    let tables = super::files(site).iter().filter(|file| !file.columns.is_empty() && file.format != Format::Parquet);
    let download = |file: &DataFile| {
        json!({
            "@type": "DataDownload",
            "name": file.name(),
            "description": about(file),
            "contentUrl": format!("{start}{}", super::located(config, file.path)),
            "contentSize": format!("{} B", file.n_bytes),
            "encodingFormat": file.format.media_type(),
            "sha256": file.sha256,
        })
    };
    tables.map(download).collect()
}

/// The licence of the reports in words, and the addresses of those of the tables.
pub(in crate::render) fn licences(site: &Site<'_>) -> Vec<String> {
    let others: BTreeSet<&String> =
        site.input.config.licences.iter().filter_map(|licence| licence.url.as_ref()).collect();
    let own = Some(super::licence(site)).filter(|words| !words.is_empty());
    own.into_iter().chain(others.into_iter().cloned()).collect()
}

/// The days from the first to the last that reports cover, as an interval; none if no report says.
pub(in crate::render) fn coverage(site: &Site<'_>) -> Option<String> {
    let periods = site.input.corpus.reports.iter().filter_map(|report| report.period());
    let days: Vec<(Option<String>, Option<String>)> =
        periods.map(|period| crate::model::edtf::days(Some(period))).collect();
    let first = days.iter().filter_map(|(first, _)| first.as_deref()).min()?;
    let last = days.iter().filter_map(|(_, last)| last.as_deref()).max()?;
    Some(format!("{first}/{last}"))
}
