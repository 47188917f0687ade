//! What the codes and columns of the other tables mean, as tables.

use super::column::{Column, Kind};
use super::file::{DataFile, Format};
use super::table::{Table, optional, written};
use crate::model::record::SectionCode;
use crate::render::input::Input;
use std::borrow::Cow;
use std::collections::BTreeSet;

const SECTIONS: &[Column] = &[
    Column::text("code", "code of a section of the activity tables").key(),
    Column::text("name_en", "name in English"),
    Column::text("name_zh", "name in Chinese"),
    Column::boolean(
        "annex",
        "whether its activities are directed at States of the treaty's annex; empty where unknown",
    ),
    Column::integer("records", "number of its records").required(),
];

const COLUMNS: &[Column] = &[
    Column::text("table", "name of a table").key(),
    Column::text("column", "name of a column").key(),
    Column::text("type", "text, integer, boolean, date or list").required(),
    Column::text("about", "what it holds").required(),
    Column::boolean("key", "whether it belongs to the primary key").required(),
    Column::boolean("required", "whether no cell of it is empty").required(),
    Column::text("target_table", "table that its values come from"),
    Column::text("target_column", "the column of that table"),
];

/// `sections.csv`: the sections of the settings and those that records stand in.
pub(super) fn sections(input: &Input<'_>) -> Table {
    let mut table = Table::new(SECTIONS);
    let named = input.config.sections.keys().cloned().map(SectionCode);
    let codes: BTreeSet<SectionCode> = named.chain(input.index.sections.keys().cloned()).collect();
    for code in codes {
        let section = input.config.sections.get(&code.0);
        let name = |language| optional(section.and_then(|section| section.name.get(language)).map(String::as_str));
        let n_records = input.index.sections.get(&code).map_or(0, Vec::len);
        let annex = section.map_or(Cow::Borrowed(""), |section| written(section.annex));
        table.push([Cow::Borrowed(code.0.as_str()), name("en"), name("zh"), annex, written(n_records)]);
    }
    table
}

/// `columns.csv`: every column of the tables in `files`, and its own.
pub(super) fn columns(files: &[DataFile]) -> Table {
    let mut table = Table::new(COLUMNS);
    let tables = files.iter().filter(|file| file.format == Format::Csv).map(|file| (file.stem(), file.columns));
    for (name, columns) in tables.chain([("columns", COLUMNS)]) {
        for column in columns {
            let (target, target_column) = column.target.unwrap_or_default();
            table.push([
                Cow::Borrowed(name),
                Cow::Borrowed(column.name),
                Cow::Borrowed(kind_name(column.kind)),
                Cow::Borrowed(column.about),
                written(column.is_key),
                written(column.is_required),
                Cow::Borrowed(target),
                Cow::Borrowed(target_column),
            ]);
        }
    }
    table
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Integer => "integer",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
        Kind::List => "list",
    }
}
