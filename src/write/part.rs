//! A part of a site that several machines make: rows → one Parquet file, whole at every moment.
//!
//! Invariant: the same rows give the same bytes, and a file of that name is there only when all of them are.

use super::WriteError;
use super::gate::{Gate, Registered};
use crate::base::path::SitePath;
use crate::config::Config;
use crate::model::part::{HEADER_KEYS, Header, Kind, Row, SCHEMA};
use crate::render::{Sink, SinkError};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::NamedTempFile;

/// Bytes of payload in a group of rows; writer and reader hold one at a time.
const GROUP_BYTES: usize = 8 << 20;

/// A part that is being written.
pub struct PartWriter {
    header: Header,
    path: PathBuf,
    writer: SerializedFileWriter<NamedTempFile>,
    rows: Vec<Row>,
    n_bytes: usize,
}

impl PartWriter {
    /// Begins the part of `header` in `folder`.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn create(folder: &Path, header: Header) -> Result<Self, WriteError> {
        fs::create_dir_all(folder).map_err(WriteError::at(folder))?;
        let path = folder.join(header.file_name());
        let file = NamedTempFile::new_in(folder).map_err(WriteError::at(folder))?;
        let writer = writer(file).map_err(refused(&path))?;
        Ok(Self { header, path, writer, rows: Vec::new(), n_bytes: 0 })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn put(&mut self, row: Row) -> Result<(), WriteError> {
        self.n_bytes += row.payload.len();
        self.rows.push(row);
        if self.n_bytes < GROUP_BYTES { Ok(()) } else { self.put_group() }
    }

    fn put_group(&mut self) -> Result<(), WriteError> {
        let rows = std::mem::take(&mut self.rows);
        self.n_bytes = 0;
        let part = i64::try_from(self.header.part.number()).unwrap_or(i64::MAX);
        put_group(&mut self.writer, part, rows).map_err(refused(&self.path))
    }

    /// Completes the part: a file of its name that was there before gives way to it.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn finish(mut self) -> Result<PathBuf, WriteError> {
        self.put_group()?;
        for (key, value) in HEADER_KEYS.into_iter().zip(self.header.values()) {
            self.writer.append_key_value_metadata(KeyValue::new(key.to_owned(), value));
        }
        let file = self.writer.into_inner().map_err(refused(&self.path))?;
        if let Some(permissions) = super::file::public_permissions() {
            file.as_file().set_permissions(permissions).map_err(WriteError::at(&self.path))?;
        }
        file.persist(&self.path).map_err(|error| WriteError::at(&self.path)(error.error))?;
        Ok(self.path)
    }
}

fn writer(file: NamedTempFile) -> Result<SerializedFileWriter<NamedTempFile>, ParquetError> {
    let payload = ColumnPath::from("payload");
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_column_dictionary_enabled(payload.clone(), false)
        .set_column_statistics_enabled(payload, EnabledStatistics::None);
    SerializedFileWriter::new(file, Arc::new(parse_message_type(SCHEMA)?), Arc::new(properties.build()))
}

/// Writes a group of rows, column by column as they stand in [`SCHEMA`].
fn put_group(writer: &mut SerializedFileWriter<NamedTempFile>, part: i64, rows: Vec<Row>) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    let texts = |text: fn(&Row) -> &str| rows.iter().map(|row| ByteArray::from(text(row))).collect::<Vec<_>>();
    put_column::<ByteArrayType>(&mut group, &texts(|row| row.kind.name()))?;
    put_column::<Int64Type>(&mut group, &vec![part; rows.len()])?;
    put_column::<ByteArrayType>(&mut group, &texts(|row| &row.name))?;
    put_column::<Int64Type>(&mut group, &rows.iter().map(|row| row.number).collect::<Vec<_>>())?;
    put_column::<ByteArrayType>(&mut group, &texts(|row| &row.sha256))?;
    let payloads: Vec<ByteArray> = rows.into_iter().map(|row| ByteArray::from(row.payload)).collect();
    put_column::<ByteArrayType>(&mut group, &payloads)?;
    group.close()?;
    Ok(())
}

fn put_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, NamedTempFile>,
    values: &[T::T],
) -> Result<(), ParquetError> {
    let column = group.next_column()?;
    let mut column = column.ok_or_else(|| ParquetError::General("a part has fewer columns".to_owned()))?;
    column.typed::<T>().write_batch(values, None, None)?;
    column.close()
}

/// For `map_err`: the error of writing the part at `path`.
fn refused(path: &Path) -> impl FnOnce(ParquetError) -> WriteError + '_ {
    |error| WriteError::at(path)(std::io::Error::other(error))
}

/// Takes files of a site as a part of it.
pub struct PartSink {
    gate: Gate,
    /// The files since the last group, in any order.
    files: Mutex<Vec<Row>>,
    writer: Mutex<PartWriter>,
}

impl PartSink {
    /// A sink for files of the site of `config`, as the part of `header` in `folder`.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn create(folder: &Path, header: Header, config: &Config) -> Result<Self, WriteError> {
        let writer = Mutex::new(PartWriter::create(folder, header)?);
        Ok(Self { gate: Gate::new(&config.base_url), files: Mutex::default(), writer })
    }

    /// Completes the part with what the gate has seen.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn finish(self) -> Result<PathBuf, WriteError> {
        let mut writer = self.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (n_links, payload) = self.gate.seen();
        writer.put(Row::new(Kind::Seen, String::new(), n_links, payload))?;
        writer.finish()
    }
}

impl Sink for PartSink {
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
        if self.gate.take(&path, &bytes) == Registered::Duplicate {
            return Ok(());
        }
        let row = Row::new(Kind::File, path.to_string(), bytes.len(), bytes);
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push(row);
        Ok(())
    }

    fn settle(&self) -> Result<(), SinkError> {
        let mut files = std::mem::take(&mut *self.files.lock().unwrap_or_else(PoisonError::into_inner));
        files.sort_unstable_by(|left, right| left.name.cmp(&right.name));
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        for row in files {
            let path = row.name.clone();
            writer.put(row).map_err(|error| SinkError { path, source: std::io::Error::other(error) })?;
        }
        Ok(())
    }
}
