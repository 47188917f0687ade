//! `datapackage.json`: what the tables hold, for programs (Frictionless Data Package v1, Table Schema v1).
//!
//! Parquet is left out: Table Schema readers fail on its lists, and the file says its types itself.

use super::column::{Column, Kind};
use super::file::{DataFile, Format};
use crate::config::TableLicence;
use crate::model::report::Report;
use crate::render::address;
use crate::render::site::Site;
use serde_json::{Map, Value, json};

/// The descriptor of `files`, which stand beside it; `about` gives each file's words.
pub(super) fn package(site: &Site<'_>, files: &[DataFile], about: &dyn Fn(&DataFile) -> String) -> Value {
    let config = site.input.config;
    let resources: Vec<Value> =
        files.iter().filter(|file| file.format != Format::Parquet).map(|file| resource(site, file, about)).collect();
    let mut package = json!({
        "profile": "data-package",
        "name": "depositary-archive",
        "id": format!("sha256:{}", site.input.editions.archive().hash()),
        "version": site.input.editions.archive().hash(),
        "title": super::english(&config.title),
        "description": super::english(&config.description),
        "licenses": [{ "name": "other-pd", "title": super::licence(site) }],
        "sources": sources(site),
        "contributors": [{ "title": config.publisher(), "role": "publisher" }],
        "resources": resources,
    });
    if let (false, Some(fields)) = (config.base_url.is_empty(), package.as_object_mut()) {
        fields.insert("homepage".to_owned(), json!(config.base_url));
    }
    package
}

fn sources(site: &Site<'_>) -> Vec<Value> {
    let reports = site.input.corpus.reports.iter();
    let path = |report: &Report| super::located(site.input.config, &address::source_text(&report.id));
    // Without the address of the site, a path is one in the folder of the descriptor.
    let below = |path: String| path.strip_prefix("data/").map(str::to_owned).unwrap_or(path);
    reports.map(|report| json!({ "title": super::report_title(report), "path": below(path(report)) })).collect()
}

fn resource(site: &Site<'_>, file: &DataFile, about: &dyn Fn(&DataFile) -> String) -> Value {
    let name = file.name();
    let mut fields = Map::new();
    let mut put = |key: &str, value: Value| drop(fields.insert(key.to_owned(), value));
    put("name", json!(name.replace('.', "-").to_ascii_lowercase()));
    put("path", json!(name));
    put("title", json!(about(file)));
    put("mediatype", json!(file.format.media_type()));
    put("bytes", json!(file.n_bytes));
    put("hash", json!(format!("sha256:{}", file.sha256)));
    put("format", json!(name.rsplit('.').next()));
    if file.format == Format::Csv {
        put("name", json!(name.trim_end_matches(".csv")));
        put("profile", json!("tabular-data-resource"));
        put("encoding", json!("utf-8"));
        put("dialect", json!({ "delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": true, "header": true }));
        put("schema", schema(file.columns));
        let licences: Vec<Value> = file.licences(site.input.config).map(licence).collect();
        if !licences.is_empty() {
            put("licenses", json!(licences));
        }
    } else {
        put("profile", json!("data-resource"));
    }
    Value::Object(fields)
}

fn licence(licence: &TableLicence) -> Value {
    let title = super::english(&licence.of);
    match &licence.url {
        Some(url) => json!({ "name": licence.name, "path": url, "title": title }),
        None => json!({ "name": licence.name, "title": title }),
    }
}

fn schema(columns: &[Column]) -> Value {
    let keys: Vec<&str> = columns.iter().filter(|column| column.is_key).map(|column| column.name).collect();
    let mut schema = json!({
        "fields": columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    let foreign: Vec<Value> = columns.iter().filter_map(foreign_key).collect();
    if let Some(fields) = schema.as_object_mut() {
        let lists = [("primaryKey", json!(keys), keys.is_empty()), ("foreignKeys", json!(foreign), foreign.is_empty())];
        fields.extend(lists.into_iter().filter(|list| !list.2).map(|(name, list, _)| (name.to_owned(), list)));
    }
    schema
}

fn field(column: &Column) -> Value {
    let list = if column.kind == Kind::List { "; a list, ; between its items" } else { "" };
    let mut field = json!({
        "name": column.name,
        "type": column.type_name(),
        "description": format!("{}{list}", column.about),
    });
    if let (true, Some(fields)) = (column.is_required, field.as_object_mut()) {
        fields.insert("constraints".to_owned(), json!({ "required": true }));
    }
    field
}

fn foreign_key(column: &Column) -> Option<Value> {
    let (table, name) = column.target?;
    Some(json!({ "fields": column.name, "reference": { "resource": table, "fields": name } }))
}
