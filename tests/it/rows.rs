//! Tables as programs print them, against the cases of `tests/cases/rows`: every row, with its section.

use crate::reader::Reader;
use depositary::model::record::{Body, Record};
use depositary::model::report::Role;
use serde::Deserialize;
use std::error::Error;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    /// `section | STATE | date | text | remarks` of each.
    rows: Vec<String>,
}

#[test]
fn rows_are_those_of_the_cases() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let mut wrong = String::new();
    for (_, case) in crate::support::cases::<Case>("rows")? {
        let reading = reader.read(&case.text);
        let mut found: Vec<String> = reading.report.records.iter().map(row).collect();
        let left = reading.report.pieces.iter().filter(|piece| piece.role == Role::Leftover);
        found.extend(left.map(|piece| format!("left over: {}", reading.source.slice(piece.span))));
        if found != case.rows {
            wrong += &format!("{}:\n{}\nnot\n{}\n", case.name, found.join("\n"), case.rows.join("\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}

fn row(record: &Record) -> String {
    let section = record.section().map_or("", |section| section.0.as_str());
    let state = record.state.map(|state| state.to_string()).unwrap_or_default();
    let date = record.date().map(ToString::to_string).unwrap_or_default();
    let remarks = match &record.body {
        Body::Activity(activity) => activity.remarks.as_deref().unwrap_or_default(),
        Body::Reply(_) | Body::Paragraph(_) => "",
    };
    [section, &state, &date, &record.text.text, remarks].join(" | ")
}
