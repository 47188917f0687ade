//! Tables as Apache Parquet: the columns of the CSV, lists as lists, days as days, text as UTF-8, compressed by Snappy.

use super::column::{Column, Kind};
use super::table::{Table, items};
use chrono::NaiveDate;
use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::sync::Arc;

/// Rows of a group; a reader holds a group at a time.
const GROUP_ROWS: usize = 50_000;

/// `table` as a file.
///
/// # Errors
/// If the library refuses the columns, or a cell is not of its column's type; both are part of the program and tested.
pub(super) fn bytes(table: &Table) -> Result<Vec<u8>, ParquetError> {
    let schema = Arc::new(parse_message_type(&schema(table.columns))?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    for group in table.rows.chunks(GROUP_ROWS) {
        let mut rows = writer.next_row_group()?;
        let mut columns = table.columns.iter().enumerate();
        while let (Some(mut place), Some((position, column))) = (rows.next_column()?, columns.next()) {
            let cells: Vec<&str> = group.iter().map(|row| row[position].as_str()).collect();
            write(place.untyped(), column, &cells)?;
            place.close()?;
        }
        rows.close()?;
    }
    writer.into_inner()
}

/// The schema in the language of the Parquet format.
fn schema(columns: &[Column]) -> String {
    let fields = columns.iter().map(|Column { name, kind, .. }| match kind {
        Kind::Integer => format!("optional int64 {name};"),
        Kind::Boolean => format!("optional boolean {name};"),
        Kind::Date => format!("optional int32 {name} (DATE);"),
        Kind::Text => format!("optional binary {name} (UTF8);"),
        Kind::List => {
            format!("required group {name} (LIST) {{ repeated group list {{ required binary element (UTF8); }} }}")
        }
    });
    format!("message row {{ {} }}", fields.collect::<String>())
}

/// Writes a column; an empty cell is null.
fn write(place: &mut ColumnWriter<'_>, column: &Column, cells: &[&str]) -> Result<(), ParquetError> {
    let known: Vec<&str> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
    let defined: Vec<i16> = cells.iter().map(|cell| i16::from(!cell.is_empty())).collect();
    match place {
        ColumnWriter::Int64ColumnWriter(place) => {
            place.write_batch(&values(column, &known, |cell| cell.parse().ok())?, Some(&defined), None)?;
        }
        ColumnWriter::BoolColumnWriter(place) => {
            place.write_batch(&values(column, &known, |cell| cell.parse().ok())?, Some(&defined), None)?;
        }
        ColumnWriter::Int32ColumnWriter(place) => {
            place.write_batch(&values(column, &known, day)?, Some(&defined), None)?;
        }
        ColumnWriter::ByteArrayColumnWriter(place) if column.kind == Kind::List => {
            let Levels { values, defined, repeated } = levels(cells);
            place.write_batch(&values, Some(&defined), Some(&repeated))?;
        }
        ColumnWriter::ByteArrayColumnWriter(place) => {
            place.write_batch(&values(column, &known, |cell| Some(ByteArray::from(cell)))?, Some(&defined), None)?;
        }
        _ => return Err(ParquetError::NYI(format!("the type of the column `{}`", column.name))),
    }
    Ok(())
}

/// Each of `cells` as `read` makes it.
fn values<T>(column: &Column, cells: &[&str], read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, ParquetError> {
    let bad = |cell: &str| ParquetError::General(format!("`{cell}` in the column `{}`", column.name));
    cells.iter().map(|cell| read(cell).ok_or_else(|| bad(cell))).collect()
}

/// The number of a day, counted from 1 January 1970.
fn day(cell: &str) -> Option<i32> {
    Some(cell.parse::<NaiveDate>().ok()?.to_epoch_days())
}

/// A column of lists as Dremel writes it: values, whether each place has one, and whether it goes on with a list.
struct Levels {
    values: Vec<ByteArray>,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

fn levels(cells: &[&str]) -> Levels {
    let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for cell in cells {
        let items = items(cell);
        defined.extend(std::iter::repeat_n(i16::from(!items.is_empty()), items.len().max(1)));
        repeated.extend((0..items.len().max(1)).map(|position| i16::from(position > 0)));
        values.extend(items.iter().map(|item| ByteArray::from(item.as_str())));
    }
    Levels { values, defined, repeated }
}
