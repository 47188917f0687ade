//! Data files as they are handed over, and what is known of each.

use super::column::Column;
use super::parquet;
use super::table::Table;
use crate::base::hash::sha256;
use crate::base::media;
use crate::cite;
use crate::config::{Config, TableLicence};
use crate::render::messages::Words;
use crate::render::sink::{RenderError, Sink, SinkError, site_path};
use std::collections::BTreeMap;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Format {
    /// Comma-separated values (RFC 4180).
    Csv,
    /// A JSON object a line.
    Ndjson,
    /// Apache Parquet.
    Parquet,
    /// JSON.
    Json,
    /// Citation File Format, a YAML.
    Cff,
    /// Text.
    Text,
    /// Atom (RFC 4287).
    Atom,
    /// Of a reference manager.
    Reference(cite::Format),
}

impl Format {
    /// Its name for people.
    pub(in crate::render) fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Ndjson => "NDJSON",
            Self::Parquet => "Parquet",
            Self::Json => "JSON",
            Self::Cff => "CFF",
            Self::Text => "text",
            Self::Atom => "Atom",
            Self::Reference(format) => format.name(),
        }
    }

    /// Its media type (IANA).
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Csv => media::CSV,
            Self::Ndjson => media::NDJSON,
            Self::Parquet => media::PARQUET,
            Self::Json => media::JSON,
            Self::Cff => media::YAML,
            Self::Text => media::TEXT,
            Self::Atom => media::ATOM,
            Self::Reference(format) => format.media_type(),
        }
    }
}

/// A file that was handed over.
#[derive(Debug, Clone)]
pub(in crate::render) struct DataFile {
    /// Its path below the root of the site.
    pub(in crate::render) path: &'static str,
    /// Its form.
    pub(in crate::render) format: Format,
    /// Number of rows or records, where it has such.
    pub(in crate::render) n_rows: Option<usize>,
    /// Its columns, if it is a table.
    pub(super) columns: &'static [Column],
    /// Length in bytes.
    pub(in crate::render) n_bytes: usize,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub(super) sha256: String,
}

impl DataFile {
    /// What it is, from the words for files by name; those of a table hold for each of its forms.
    pub(in crate::render) fn about(&self, words: &Words) -> String {
        let own = words.get(self.name());
        own.unwrap_or_else(|| &words[&format!("{}.csv", self.stem())]).clone()
    }

    /// The licences of it that are not those of the reports.
    pub(in crate::render) fn licences<'a>(&self, config: &'a Config) -> impl Iterator<Item = &'a TableLicence> {
        let stem = self.stem();
        let is_table = !self.columns.is_empty();
        config.licences.iter().filter(move |licence| is_table && licence.is_of(stem))
    }

    /// Its name without folder and ending: that of the table, if it is one.
    pub(in crate::render) fn stem(&self) -> &'static str {
        self.name().split_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// Its name without folder.
    pub(in crate::render) fn name(&self) -> &'static str {
        self.path.rsplit_once('/').map_or(self.path, |(_, name)| name)
    }
}

/// The data files of a site.
pub(in crate::render) struct Made {
    /// Those that the page of data lists.
    pub(super) files: Vec<DataFile>,
    /// These and the parts.
    pub(super) sums: Vec<Sum>,
}

/// Takes data files, hands each to the sink and remembers what it was.
pub(super) struct DataFiles<'a> {
    sink: &'a dyn Sink,
    /// Files of the user's own, which go before the program's of the same name.
    own: &'a BTreeMap<String, Vec<u8>>,
    /// What was handed over, in order.
    pub(super) files: Vec<DataFile>,
    /// Each of these, and the parts.
    pub(super) sums: Vec<Sum>,
}

/// The hash of a file.
pub(in crate::render) struct Sum {
    /// Its path below the root of the site.
    pub(super) path: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub(super) sha256: String,
    /// Length in bytes.
    pub(super) n_bytes: usize,
}

impl Sum {
    fn of(path: &str, bytes: &[u8]) -> Self {
        Self { path: path.to_owned(), sha256: sha256(bytes), n_bytes: bytes.len() }
    }
}

impl<'a> DataFiles<'a> {
    /// No files yet, before `sink`.
    pub(super) fn new(sink: &'a dyn Sink, own: &'a BTreeMap<String, Vec<u8>>) -> Self {
        Self { sink, own, files: Vec::new(), sums: Vec::new() }
    }

    /// Hands over a file that is no table.
    pub(super) fn put(&mut self, path: &'static str, format: Format, bytes: Vec<u8>) -> Result<(), RenderError> {
        self.put_rows(path, format, None, &[], bytes)
    }

    /// Hands over a table as CSV and as Parquet; `paths` are those of the two files.
    pub(super) fn put_table(&mut self, paths: [&'static str; 2], table: Table) -> Result<(), RenderError> {
        let [csv, parquet] = paths;
        let refused = |path: &str, error| SinkError { path: path.to_owned(), source: error };
        let text = table.csv().map_err(|error| refused(csv, error.into()))?;
        let columnar = parquet::bytes(&table).map_err(|error| refused(parquet, std::io::Error::other(error)))?;
        let (n_rows, columns) = (Some(table.rows.len()), table.columns);
        self.put_rows(csv, Format::Csv, n_rows, columns, text)?;
        self.put_rows(parquet, Format::Parquet, n_rows, columns, columnar)
    }

    /// Hands over a file of rows.
    pub(super) fn put_rows(
        &mut self,
        path: &'static str,
        format: Format,
        n_rows: Option<usize>,
        columns: &'static [Column],
        bytes: Vec<u8>,
    ) -> Result<(), RenderError> {
        if self.own.contains_key(path) {
            return Ok(());
        }
        let sum = Sum::of(path, &bytes);
        let sha256 = sum.sha256.clone();
        self.sums.push(sum);
        self.files.push(DataFile { path, format, n_rows, columns, n_bytes: bytes.len(), sha256 });
        Ok(self.sink.put(site_path(path)?, bytes)?)
    }

    /// Hands over a file that says a part of what another says: of it the hash is kept, and nothing else.
    pub(super) fn put_part(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), RenderError> {
        if self.own.contains_key(path) {
            return Ok(());
        }
        self.sums.push(Sum::of(path, &bytes));
        Ok(self.sink.put(site_path(path)?, bytes)?)
    }
}
