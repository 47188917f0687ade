//! The page of data files: what each is, how large, and how to load it.

use super::super::data::{DataFile, Format};
use super::super::messages::grouped;
use super::super::site::Local;
use super::super::view::Link;
use super::{Head, Page};
use crate::render::address;
use serde::Serialize;

/// The folder of the page and of the files.
pub(super) const FOLDER: &str = "data";

/// What `data.html` shows.
#[derive(Serialize)]
struct DataView {
    /// Files of the folder.
    files: Vec<FileView>,
    /// Files in the root of the site.
    others: Vec<FileView>,
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
    python: Option<String>,
    r: Option<String>,
}

/// The page.
pub(super) fn page(local: Local<'_>) -> Page {
    let words = &local.words().data;
    let head = Head { title: words.title.clone(), description: words.description.clone(), ..Head::default() };
    let in_folder = |file: &&DataFile| file.path.starts_with(FOLDER);
    let (files, others): (Vec<&DataFile>, Vec<&DataFile>) = local.site.data().iter().partition(in_folder);
    let views = |files: Vec<&DataFile>| files.into_iter().map(|file| view(local, file)).collect();
    let view = DataView { files: views(files), others: views(others) };
    Page::new("data.html", head, &view)
}

/// A link to the page.
pub(super) fn link(local: Local<'_>) -> Link {
    Link::new(address::list(FOLDER), &local.words().data.title)
}

fn view(local: Local<'_>, file: &DataFile) -> FileView {
    let place = format!("{}{}", local.site.input.config.base_url, file.path);
    let place = if local.site.input.config.base_url.is_empty() { file.name() } else { &place };
    let (python, r) = loaders(file, place).unzip();
    FileView {
        path: file.path,
        name: file.name(),
        about: local.words().data.files.get(file.name()).cloned().unwrap_or_default(),
        format: file.format.name(),
        rows: file.n_rows.map(grouped),
        bytes: grouped(file.n_bytes),
        python,
        r,
    }
}

/// How to load the table at `place` in Python and in R, in two lines each.
fn loaders(file: &DataFile, place: &str) -> Option<(String, String)> {
    let name = file.name().split('.').next().unwrap_or_default();
    let (python, package, r) = match file.format {
        Format::Csv => (format!("read_csv(\"{place}\", keep_default_na=False, na_values=[\"\"])"), "readr", "read_csv"),
        Format::Ndjson => (format!("read_json(\"{place}\", lines=True)"), "jsonlite", "stream_in"),
        Format::Parquet => (format!("read_parquet(\"{place}\")"), "arrow", "read_parquet"),
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
