//! Records in the form of the contract: an object a line, a row of CSV, or a row of Parquet.
//!
//! A column is a field of the contract; `source_path` is the field `path` of the field `source`.

use super::column::{Column, Kind};
use super::table::{Table, joined};
use crate::base::characters::Characters;
use crate::model::contract::ContractRecord;
use crate::render::json::{json_text, json_value};
use crate::resolve::{Corpus, RecordRef};
use rayon::prelude::*;
use serde_json::Value;
use std::borrow::Cow;

/// The columns of `records.csv` and `records.parquet`.
pub(super) const COLUMNS: &[Column] = &[
    Column::text("id", "permanent identifier, the last part of the record's address").key(),
    Column::text("kind", "activity, reply or paragraph").required(),
    Column::text("report", "the report").required().of("reports", "id"),
    Column::integer("n", "running number of its kind in the report, from 1").required(),
    Column::text("state", "the State whose activity or reply it is, ISO 3166-1 alpha-3").of("states", "iso3"),
    Column::text("text", "the text: line wraps, page furniture and footnote marks gone, misprints kept").required(),
    Column::list("resolutions", "symbols of the resolutions named"),
    Column::list("documents", "symbols of the other documents named"),
    Column::list("mentions", "States named other than its own, ISO 3166-1 alpha-3"),
    Column::list("footnotes", "labels of the footnotes referred to"),
    Column::text("source_path", "the file it was read from").required(),
    Column::text("source_sha256", "SHA-256 of that file").required(),
    Column::list("source_spans", "byte ranges start-end of that file as UTF-8, the end not included"),
    Column::list("source_characters", "the same ranges in characters (Unicode code points) from 0"),
    Column::list("source_pages", "first and last page of the original, where the source has pages"),
    Column::list("corrections", "fields that were corrected; see corrections.csv"),
    Column::text("done_edtf", "when what it tells was done: its date cell, else the words of its text; EDTF"),
    Column::date("done_start", "its first day; empty where lost or unknown"),
    Column::date("done_end", "its last day; empty where lost or unknown"),
    Column::text("done_basis", "what says so: cell or text"),
    Column::text(
        "reported_edtf",
        "when it was reported: the date of the reply, else the report's period or date; EDTF",
    ),
    Column::date("reported_start", "its first day"),
    Column::date("reported_end", "its last day"),
    Column::list("meetings", "ids of the meetings that the text names"),
    Column::text("section", "section of the activity table").of("sections", "code"),
    Column::text("state_printed", "the State cell as printed"),
    Column::text("state_basis", "printed, carried, inferred or corrected"),
    Column::text("date_printed", "the date as printed, without the blanks that the layout put in"),
    Column::text(
        "date_edtf",
        "the date as EDTF (ISO 8601-2), ; between two dates; of a misprinted one what it meant, where that is known",
    ),
    Column::date("date_start", "its first day; empty where lost or unknown"),
    Column::date("date_end", "its last day; empty where lost or unknown"),
    Column::text("date_basis", "printed, missing, partial or typo"),
    Column::text("remarks", "the remarks cell"),
    Column::text("number", "printed number of the paragraph"),
    Column::list("headings", "headings it stands under, outermost first"),
    Column::text("original_language", "language in which a reply was received, BCP 47"),
];

/// How many records are held as JSON at a time: one takes many times its text.
const BATCH: usize = 1_000;

/// `records.ndjson`: a record a line, its fields in the order of the contract.
pub(super) fn lines(corpus: &Corpus) -> String {
    let mut lines = String::new();
    for record in contracts(corpus) {
        lines.push_str(&json_text(&record));
        lines.push('\n');
    }
    lines
}

fn contracts(corpus: &Corpus) -> impl Iterator<Item = ContractRecord<'_>> {
    corpus.reports.iter().enumerate().flat_map(move |(position, report)| {
        let source = &corpus.sources[report.source.0];
        let characters = Characters::of(&source.text);
        let records = report.records.iter().enumerate();
        let own = records
            .filter(move |(number, _)| corpus.works.pair(RecordRef { report: position, record: *number }).is_none());
        own.map(move |(_, record)| ContractRecord::new(record, report, source, &characters))
    })
}

/// `records.csv`.
pub(super) fn table(corpus: &Corpus) -> Table {
    let mut table = Table::new(COLUMNS);
    let mut records = contracts(corpus);
    loop {
        let batch: Vec<ContractRecord<'_>> = records.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return table;
        }
        let values: Vec<Value> = batch.par_iter().map(json_value).collect();
        for record in &values {
            table.push(COLUMNS.iter().map(|column| cell(record, column)));
        }
    }
}

fn cell<'a>(record: &'a Value, column: &Column) -> Cow<'a, str> {
    match column.kind {
        Kind::List => joined(items(record, column).iter().map(String::as_str)),
        _ => field(record, column).map_or(Cow::Borrowed(""), text),
    }
}

/// The value of a column; none where the record has none.
fn field<'a>(record: &'a Value, column: &Column) -> Option<&'a Value> {
    let value = match column.name.strip_prefix("source_") {
        Some(name) => record.get("source")?.get(name),
        None => record.get(column.name),
    };
    value.filter(|value| !value.is_null())
}

/// The value of a column of lists.
fn items(record: &Value, column: &Column) -> Vec<String> {
    let list = field(record, column).and_then(Value::as_array);
    list.into_iter().flatten().map(|item| text(item).into_owned()).collect()
}

/// A value as text: a range as `start-end`, a correction as the name of its field.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(ends) => Cow::Owned(ends.iter().map(Value::to_string).collect::<Vec<_>>().join("-")),
        Value::Object(fields) => fields.get("field").map_or(Cow::Borrowed(""), text),
        other => Cow::Owned(other.to_string()),
    }
}
