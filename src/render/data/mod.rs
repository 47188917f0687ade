//! The archive as data: `data/` in the root of the site, once for all languages, and what describes it.
//!
//! Input: the corpus and the index. Output: files to the sink, and what is known of each, for the page that lists
//! them. Invariants: the same archive gives the same bytes; a cell is never a formula; nothing is said of the
//! archive that neither its settings nor its reports say.
//!
//! 1. texts and tables · 2. descriptions of the tables, with their hashes · 3. hashes of all these · 4. files of the root

pub(super) mod atom;
mod code_list;
mod column;
mod crate_metadata;
mod datacite;
pub(super) mod dataset;
pub(super) mod edition;
mod feed;
pub(super) mod file;
mod lookup;
mod package;
mod parquet;
mod records;
mod reference;
mod references;
mod resync;
mod sitemap;
mod source;
mod table;
mod tables;
mod text;

pub(super) use sitemap::{is_list, put as put_lists};

use super::messages;
use super::sink::{MemorySink, RenderError, Sink};
use super::site::Site;
use crate::base::unique::unique;
use crate::config::{Config, english};
use crate::model::report::Report;
use file::{DataFile, DataFiles, Format, Made, Sum};

/// The JSON Schema (2020-12) of a record, as the contract has it.
const SCHEMA: &str = include_str!("records.schema.json");

/// The feed of the archive.
const FEED: &str = "feed.xml";

/// Hands the data files to the sink.
///
/// # Errors
/// If the sink refuses one, or the English table of words is wrong.
pub(super) fn put(site: &Site<'_>, sink: &dyn Sink) -> Result<(), RenderError> {
    let files = made(site, sink)?;
    site.data.get_or_init(|| files);
    Ok(())
}

/// The hashes of the data files. They are made for that where they were not yet.
fn sums<'a>(site: &'a Site<'_>) -> &'a [Sum] {
    &known(site).sums
}

/// What is known of the data files. They are made for that where they were not yet.
pub(super) fn files<'a>(site: &'a Site<'_>) -> &'a [DataFile] {
    &known(site).files
}

fn known<'a>(site: &'a Site<'_>) -> &'a Made {
    site.data.get_or_init(|| {
        made(site, &MemorySink::default()).unwrap_or_else(|error| {
            if let RenderError::Input(faults) = error {
                faults.into_iter().for_each(|fault| site.note(fault));
            }
            Made { files: Vec::new(), sums: Vec::new() }
        })
    })
}

fn made(site: &Site<'_>, sink: &dyn Sink) -> Result<Made, RenderError> {
    let english = messages::load("en", site.input.templates)?;
    let about = |file: &DataFile| file.about(&english.data.files);
    let mut data = DataFiles::new(sink, site.input.static_files);
    source::put(site, &mut data)?;
    put_records(site, &mut data)?;
    put_tables(site, &mut data)?;
    let package = package::package(site, &data.files, &about);
    data.put("data/datapackage.json", Format::Json, json_text(&package))?;
    data.put("data/records.schema.json", Format::Json, SCHEMA.as_bytes().to_vec())?;
    let croissant = dataset::croissant(site, &data.files, &about);
    data.put("data/croissant.json", Format::Json, json_text(&croissant))?;
    data.put("data/datacite.json", Format::Json, json_text(&datacite::metadata(site)))?;
    data.put("data/CITATION.cff", Format::Cff, text::citation_file(site).into_bytes())?;
    references::put(site, &mut data)?;
    data.put("data/SHA256SUMS", Format::Text, text::checksums(&data.sums).into_bytes())?;
    let graph = crate_metadata::graph(site, &data.files, &about);
    let guide = text::guide(site, &data.files, &about);
    data.put("ro-crate-metadata.json", Format::Json, json_text(&graph))?;
    data.put(FEED, Format::Atom, feed::feed(site).into_bytes())?;
    data.put("llms.txt", Format::Text, guide.into_bytes())?;
    data.put("robots.txt", Format::Text, text::robots(site.input.config).into_bytes())?;
    Ok(Made { files: data.files, sums: data.sums })
}

fn put_records(site: &Site<'_>, data: &mut DataFiles<'_>) -> Result<(), RenderError> {
    let corpus = site.input.corpus;
    let n_records = corpus.records().count();
    // One after the other, as each is long.
    let lines = records::lines(corpus).into_bytes();
    data.put_rows("data/records.ndjson", Format::Ndjson, Some(n_records), records::COLUMNS, lines)?;
    let table = records::table(corpus);
    data.put_table(["data/records.csv", "data/records.parquet"], table)
}

fn put_tables(site: &Site<'_>, data: &mut DataFiles<'_>) -> Result<(), RenderError> {
    let input = site.input;
    data.put_table(["data/reports.csv", "data/reports.parquet"], tables::reports(input))?;
    data.put_table(["data/states.csv", "data/states.parquet"], reference::states(input))?;
    data.put_table(["data/resolutions.csv", "data/resolutions.parquet"], reference::resolutions(input))?;
    data.put_table(["data/documents.csv", "data/documents.parquet"], reference::documents(input))?;
    data.put_table(["data/votes.csv", "data/votes.parquet"], reference::votes(input))?;
    data.put_table(["data/citations.csv", "data/citations.parquet"], tables::citations(input))?;
    data.put_table(["data/mentions.csv", "data/mentions.parquet"], tables::mentions(input))?;
    data.put_table(["data/facts.csv", "data/facts.parquet"], tables::facts(input))?;
    data.put_table(["data/corrections.csv", "data/corrections.parquet"], tables::corrections(input))?;
    data.put_table(["data/translations.csv", "data/translations.parquet"], tables::translations(input))?;
    if input.corpus.works.are_any() {
        data.put_table(["data/expressions.csv", "data/expressions.parquet"], tables::expressions(input))?;
    }
    data.put_table(["data/meetings.csv", "data/meetings.parquet"], tables::meetings(input))?;
    data.put_table(["data/ledger.csv", "data/ledger.parquet"], tables::ledger(input))?;
    if input.versions.keys().any(|id| !input.history(id).is_empty()) {
        data.put_table(["data/versions.csv", "data/versions.parquet"], tables::versions(input))?;
    }
    data.put_table(["data/sections.csv", "data/sections.parquet"], code_list::sections(input))?;
    let columns = code_list::columns(&data.files);
    data.put_table(["data/columns.csv", "data/columns.parquet"], columns)
}

fn json_text(value: &serde_json::Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

/// What names the archive: the hash of its content, and the DOI and ARK that a repository gave it.
pub(super) fn identifiers(site: &Site<'_>) -> Vec<String> {
    let publish = &site.input.config.publish;
    let content = format!("sha256:{}", site.input.editions.archive().hash());
    let doi = publish.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    let ark = publish.ark.as_ref().map(|ark| format!("https://n2t.net/{ark}"));
    [Some(content), doi, ark].into_iter().flatten().collect()
}

/// The licences of the reports, each once.
fn licence(site: &Site<'_>) -> String {
    unique(site.input.corpus.reports.iter().filter_map(|report| report.meta.licence.as_deref())).join("; ")
}

/// A report's title, in English where there is one, with its symbol or else its id.
fn report_title(report: &Report) -> String {
    let title = report.meta.title_en.as_deref().unwrap_or(report.title());
    format!("{title} ({})", report.symbol().unwrap_or(&report.id.0))
}

/// The address of the file at `path`: absolute where the site knows its own, else below its root.
pub(super) fn located(config: &Config, path: &str) -> String {
    if config.base_url.is_empty() {
        return path.to_owned();
    }
    let page = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    format!("{}{}", config.base_url, page.unwrap_or(path))
}
