//! The page of data files: what each is, how large, and how to load it.

use super::citation::Cited;
use super::overview::Overview;
use super::release;
use super::subject::{Head, Page};
use crate::config::TableLicence;
use crate::render::address;
use crate::render::data::file::{DataFile, Format};
use crate::render::data::files;
use crate::render::site::Local;
use serde::Serialize;

/// The folder of most files.
const FOLDER: &str = "data/";

/// The page of data files.
pub(super) const OVERVIEW: Overview = Overview {
    name: "data",
    title: |words| &words.data.title,
    description: |words| &words.data.description,
    on_home: None,
    is_in_navigation: false,
    page,
};

/// What `data.html` shows.
#[derive(Serialize)]
struct DataView {
    /// Files of the folder.
    files: Vec<FileView>,
    /// Files in the root of the site.
    others: Vec<FileView>,
    /// The texts that the reports were read from.
    sources: Vec<SourceText>,
}

#[derive(Serialize)]
struct SourceText {
    path: String,
    report: String,
}

#[derive(Serialize)]
struct FileView {
    /// Below the root of the site.
    path: &'static str,
    name: &'static str,
    about: String,
    format: &'static str,
    rows: Option<String>,
    bytes: String,
    /// Its terms; none where they are those of the reports.
    licences: Vec<LicenceView>,
    /// The same table in another form.
    columnar: Option<Columnar>,
    python: Option<String>,
    r: Option<String>,
}

/// A licence of a part of a table.
#[derive(Serialize)]
struct LicenceView {
    name: String,
    url: Option<String>,
    of: String,
}

/// A table as Parquet.
#[derive(Serialize)]
struct Columnar {
    path: &'static str,
    name: &'static str,
    bytes: String,
}

fn page(local: Local<'_>, head: Head) -> Page {
    let next = release::list_link(local).map(|link| link.value()).into_iter().collect();
    let head = Head { cited: Some(Cited::archive(local)), next, ..head };
    let in_folder = |file: &&DataFile| file.path.starts_with(FOLDER);
    let (files, others): (Vec<&DataFile>, Vec<&DataFile>) = files(local.site).iter().partition(in_folder);
    let is_own = |file: &&DataFile| file.format != Format::Parquet;
    let views = |files: Vec<&DataFile>| files.into_iter().filter(is_own).map(|file| view(local, file)).collect();
    let reports = local.corpus().reports.iter();
    let sources =
        reports.map(|report| SourceText { path: address::source_text(&report.id), report: report.id.to_string() });
    let view = DataView { files: views(files), others: views(others), sources: sources.collect() };
    Page::new("data.html", head, &view)
}

fn view(local: Local<'_>, file: &DataFile) -> FileView {
    let place = format!("{}{}", local.site.input.config.base_url, file.path);
    let place = if local.site.input.config.base_url.is_empty() { file.name() } else { &place };
    let (python, r) = loaders(file, place).unzip();
    FileView {
        path: file.path,
        name: file.name(),
        about: file.about(&local.words().data.files),
        format: file.format.name(),
        rows: file.n_rows.map(|number| local.grouped(number)),
        bytes: local.grouped(file.n_bytes),
        licences: file.licences(local.site.input.config).map(|licence| licence_view(local, licence)).collect(),
        columnar: columnar(local, file),
        python,
        r,
    }
}

fn licence_view(local: Local<'_>, licence: &TableLicence) -> LicenceView {
    let TableLicence { name, url, of, .. } = licence;
    LicenceView { name: name.clone(), url: url.clone(), of: local.text(of).to_owned() }
}

/// The Parquet file of the table in `file`, which has its columns.
fn columnar(local: Local<'_>, file: &DataFile) -> Option<Columnar> {
    let mut files = files(local.site).iter().filter(|_| file.format == Format::Csv);
    let file = files.find(|other| other.format == Format::Parquet && other.stem() == file.stem())?;
    Some(Columnar { path: file.path, name: file.name(), bytes: local.grouped(file.n_bytes) })
}

/// How to load the table at `place` in Python and in R, in two lines each.
fn loaders(file: &DataFile, place: &str) -> Option<(String, String)> {
    let name = file.stem();
    let (python, package, r) = match file.format {
        Format::Csv => (format!("read_csv(\"{place}\", keep_default_na=False, na_values=[\"\"])"), "readr", "read_csv"),
        Format::Ndjson => (format!("read_json(\"{place}\", lines=True)"), "jsonlite", "stream_in"),
        _ => return None,
    };
    let opened = match file.format {
        Format::Ndjson if place.contains("://") => format!("url(\"{place}\")"),
        Format::Ndjson => format!("file(\"{place}\")"),
        _ => format!("\"{place}\""),
    };
    let python = format!("import pandas\n{name} = pandas.{python}");
    Some((python, format!("library({package})\n{name} <- {r}({opened})")))
}
