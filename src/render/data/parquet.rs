//! Records as Apache Parquet: the columns of the CSV, lists as lists, text as UTF-8, compressed by Snappy.

use super::column::{Column, Kind};
use super::records::{COLUMNS, field, items, text};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::Value;
use std::sync::Arc;

/// Records in one group of rows; a reader holds a group at a time.
const GROUP_ROWS: usize = 50_000;

/// `records.parquet`.
///
/// # Errors
/// If the library refuses the columns, which are part of the program and tested.
pub(super) fn bytes(records: &[Value]) -> Result<Vec<u8>, ParquetError> {
    let schema = Arc::new(parse_message_type(&schema())?);
    let properties = WriterProperties::builder().set_compression(parquet::basic::Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    for group in records.chunks(GROUP_ROWS) {
        let mut rows = writer.next_row_group()?;
        let mut columns = COLUMNS.iter();
        while let (Some(mut place), Some(column)) = (rows.next_column()?, columns.next()) {
            write(place.untyped(), column, group)?;
            place.close()?;
        }
        rows.close()?;
    }
    writer.into_inner()
}

/// The schema in the language of the Parquet format.
fn schema() -> String {
    let fields = COLUMNS.iter().map(|column| match column.kind {
        Kind::Integer => format!("required int64 {};", column.name),
        Kind::Boolean => format!("required boolean {};", column.name),
        Kind::Text => format!("optional binary {} (UTF8);", column.name),
        Kind::List => {
            format!(
                "required group {} (LIST) {{ repeated group list {{ required binary element (UTF8); }} }}",
                column.name
            )
        }
    });
    format!("message record {{ {} }}", fields.collect::<String>())
}

fn write(place: &mut ColumnWriter<'_>, column: &Column, records: &[Value]) -> Result<(), ParquetError> {
    match place {
        ColumnWriter::Int64ColumnWriter(place) => {
            let number = |record| field(record, column).and_then(Value::as_i64).unwrap_or_default();
            place.write_batch(&records.iter().map(number).collect::<Vec<_>>(), None, None)?;
        }
        ColumnWriter::ByteArrayColumnWriter(place) => {
            let Levels { values, defined, repeated } = levels(column, records);
            place.write_batch(&values, Some(&defined), repeated.as_deref())?;
        }
        _ => return Err(ParquetError::NYI(format!("the type of the column `{}`", column.name))),
    }
    Ok(())
}

/// A column as Dremel writes it: values, whether each place has one, and whether it goes on with a list.
struct Levels {
    values: Vec<ByteArray>,
    defined: Vec<i16>,
    repeated: Option<Vec<i16>>,
}

fn levels(column: &Column, records: &[Value]) -> Levels {
    if column.kind == Kind::List { list_levels(column, records) } else { text_levels(column, records) }
}

fn text_levels(column: &Column, records: &[Value]) -> Levels {
    let cells: Vec<Option<&Value>> = records.iter().map(|record| field(record, column)).collect();
    let values = cells.iter().flatten().map(|value| ByteArray::from(text(value).as_ref())).collect();
    Levels { values, defined: cells.iter().map(|cell| i16::from(cell.is_some())).collect(), repeated: None }
}

fn list_levels(column: &Column, records: &[Value]) -> Levels {
    let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for record in records {
        let items = items(record, column);
        defined.extend(std::iter::repeat_n(i16::from(!items.is_empty()), items.len().max(1)));
        repeated.extend((0..items.len().max(1)).map(|position| i16::from(position > 0)));
        values.extend(items.iter().map(|item| ByteArray::from(item.as_str())));
    }
    Levels { values, defined, repeated: Some(repeated) }
}
