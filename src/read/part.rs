//! The parts that tasks of an earlier stage handed over.
//!
//! Input: a folder. Output: the parts of a stage, all of them, in order. Invariant: none is of another version of the
//! program, of other content or of another division.

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::model::part::{HEADER_KEYS, Header, Kind, PROGRAM, Part, Row, Stage};
use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::{ByteArrayType, DataType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader};
use parquet::file::serialized_reader::SerializedFileReader;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

/// A part that was handed over.
pub struct PartFile {
    /// What it is.
    pub header: Header,
    /// Its path as shown to people.
    shown: String,
    reader: SerializedFileReader<File>,
}

/// The parts of `stage` in `folder`; `content` is the hash of what they must be made of, where it is known.
///
/// # Errors
/// If one is missing, foreign or broken, each a diagnostic.
pub fn parts(folder: &Path, stage: Stage, content: Option<&str>) -> Result<Vec<PartFile>, Vec<Diagnostic>> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for name in names(folder, stage)? {
        match open(folder, &name) {
            Ok(part) => found.push(part),
            Err(fault) => faults.push(*fault),
        }
    }
    found.sort_by_key(|part| (part.header.part.of(), part.header.part.number()));
    let of = found.last().map(|part| part.header.part.of());
    faults.extend(found.iter().filter_map(|part| part.foreign(stage, content, of.unwrap_or_default())));
    if faults.is_empty() {
        faults.extend(missing(folder, stage, &found, of.unwrap_or(1)));
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// The names of the files of `stage`, in order.
fn names(folder: &Path, stage: Stage) -> Result<Vec<String>, Vec<Diagnostic>> {
    let unreadable = |error: std::io::Error| {
        let fault = Diagnostic::error(code::UNREADABLE, format!("`{}`: {error}", folder.display()));
        vec![fault.hint("name with `--into` the folder that the parts of all stages are in")]
    };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(unreadable)?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        let is_of_stage = name.strip_prefix(stage.name()).is_some_and(|rest| rest.starts_with('-'));
        if is_of_stage && name.ends_with(".parquet") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn open(folder: &Path, name: &str) -> Result<PartFile, Box<Diagnostic>> {
    let path = folder.join(name);
    let shown = path.display().to_string();
    let reader = File::open(&path).map_err(ParquetError::from).and_then(SerializedFileReader::new);
    let reader = reader.map_err(|error| broken(&shown, &error.to_string()))?;
    if !is_placed(&reader) {
        return Err(broken(&shown, "its table of contents names impossible places"));
    }
    let header = header(&reader).ok_or_else(|| broken(&shown, "it does not say what it is of"))?;
    Ok(PartFile { header, shown, reader })
}

/// Whether every column lies at a place that a file can have; the library takes that for granted.
fn is_placed(reader: &SerializedFileReader<File>) -> bool {
    let mut columns = reader.metadata().row_groups().iter().flat_map(|group| group.columns());
    columns.all(|column| {
        let first = column.dictionary_page_offset().unwrap_or(0);
        first >= 0 && column.data_page_offset() >= 0 && column.compressed_size() >= 0
    })
}

fn header(reader: &SerializedFileReader<File>) -> Option<Header> {
    let pairs = reader.metadata().file_metadata().key_value_metadata()?;
    let value = |key: &str| pairs.iter().find(|pair| pair.key == key)?.value.as_deref();
    let [stage, part, program, content] = HEADER_KEYS.map(value);
    Header::read([stage?, part?, program?, content?])
}

fn missing(folder: &Path, stage: Stage, found: &[PartFile], of: usize) -> Vec<Diagnostic> {
    let is_there = |number: &usize| found.iter().any(|part| part.header.part.number() == *number);
    let lost = (1..=of).filter(|number| !is_there(number)).filter_map(|number| Part::new(number, of));
    let folder = folder.display();
    lost.map(|part| {
        let stage = stage.name();
        if found.is_empty() {
            let none = format!("no part of `shard {stage}` is in `{folder}`");
            let hint = format!("run `depositary shard {stage}` with `--into {folder}` first");
            return Diagnostic::error(code::MISSING_PART, none).hint(hint);
        }
        let message = format!("part {part} of `shard {stage}` is missing in `{folder}`");
        let hint = format!("run `depositary shard {stage} --part {part} --into {folder}`");
        Diagnostic::error(code::MISSING_PART, message).hint(hint)
    })
    .collect()
}

fn broken(shown: &str, why: &str) -> Box<Diagnostic> {
    let fault = Diagnostic::error(code::BROKEN_PART, format!("not a part of a site, or a damaged one: {why}"));
    let place = Place::InFile { path: shown.to_owned(), offset: None };
    Box::new(fault.at(place).hint("remove the file, and run the task that makes it again"))
}

impl PartFile {
    /// Why it cannot be used, if it cannot.
    fn foreign(&self, stage: Stage, content: Option<&str>, of: usize) -> Option<Diagnostic> {
        let Header { program, part, .. } = &self.header;
        let message = if program != PROGRAM {
            format!("the part was made by version {program} of the program, and this is {PROGRAM}")
        } else if self.header.stage != stage {
            format!("the part is one of `shard {}`, and its name says `{}`", self.header.stage.name(), stage.name())
        } else if content.is_some_and(|content| content != self.header.content) {
            "the part was made of other content, settings or templates than there are now".to_owned()
        } else if part.of() != of {
            format!("the part {part} is of another division than others, which are of {of}")
        } else {
            return None;
        };
        let place = Place::InFile { path: self.shown.clone(), offset: None };
        let hint = "remove what is in the folder, and run all tasks again with one program over one content";
        Some(Diagnostic::error(code::FOREIGN_PART, message).at(place).hint(hint))
    }

    /// Its rows, read group by group.
    pub fn rows(&self) -> impl Iterator<Item = Result<Row, Box<Diagnostic>>> + '_ {
        (0..self.reader.num_row_groups()).flat_map(|number| {
            let rows = self.reader.get_row_group(number).and_then(|group| rows(&*group));
            match rows {
                Ok(rows) => rows.into_iter().map(Ok).collect(),
                Err(error) => vec![Err(self.broken(&error.to_string()))],
            }
        })
    }

    /// The fault of a part that does not hold what it should, and `why`.
    #[must_use]
    pub fn broken(&self, why: &str) -> Box<Diagnostic> {
        broken(&self.shown, why)
    }
}

fn rows(group: &dyn RowGroupReader) -> Result<Vec<Row>, ParquetError> {
    let kinds = column::<ByteArrayType>(group, 0)?;
    let (names, numbers) = (column::<ByteArrayType>(group, 2)?, column::<Int64Type>(group, 3)?);
    let (hashes, payloads) = (column::<ByteArrayType>(group, 4)?, column::<ByteArrayType>(group, 5)?);
    let cells = kinds.iter().zip(names.iter().zip(numbers)).zip(hashes.iter().zip(&payloads));
    cells
        .map(|((kind, (name, number)), (sha256, payload))| {
            let (kind, name) = (kind.as_utf8()?, name.as_utf8()?.to_owned());
            let kind = Kind::read(kind).ok_or_else(|| ParquetError::General(format!("a row of the kind `{kind}`")))?;
            let row = Row { number, ..Row::new(kind, name, 0, payload.data().to_vec()) };
            let is_as_written = row.sha256.as_bytes() == sha256.data();
            is_as_written
                .then_some(row)
                .ok_or_else(|| ParquetError::General("a row is not as it was written".to_owned()))
        })
        .collect()
}

/// The values of the column at `position` of the schema.
fn column<T: DataType>(group: &dyn RowGroupReader, position: usize) -> Result<Vec<T::T>, ParquetError> {
    let of_other_type = || ParquetError::General(format!("column {position} is of another type"));
    let schema = group.metadata().schema_descr();
    if position >= schema.num_columns() || schema.column(position).physical_type() != T::get_physical_type() {
        return Err(of_other_type());
    }
    let number = usize::try_from(group.metadata().num_rows()).map_err(|_| of_other_type())?;
    let mut reader = get_typed_column_reader::<T>(group.get_column_reader(position)?);
    let mut values = Vec::new();
    while values.len() < number {
        let (read, ..) = reader.read_records(number - values.len(), None, None, &mut values)?;
        if read == 0 {
            return Err(ParquetError::General("a column ends before the others".to_owned()));
        }
    }
    Ok(values)
}
