//! Notes, their marks and what else a page carries, against the cases of `tests/cases/notes`.

use crate::reader::{Reader, Reading};
use depositary::model::report::Role;
use serde::Deserialize;
use std::error::Error;

/// A text and what is told apart in it; what it has not is left out.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Case {
    text: String,
    /// The text of each record, `[^1]` where a mark stands.
    records: Vec<String>,
    /// `label: text` of each note.
    notes: Vec<String>,
    furniture: Vec<String>,
}

#[test]
fn notes_and_furniture_are_told_from_text() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let mut wrong = String::new();
    for (_, case) in crate::support::cases::<Case>("notes")? {
        let found = told(&reader.read(&case.text), &case.text);
        if found != case {
            wrong += &format!("{case:#?}, but found {found:#?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}

fn told(reading: &Reading, text: &str) -> Case {
    let report = &reading.report;
    let record = |excerpt: &depositary::model::excerpt::Excerpt| {
        let mut marked = excerpt.text.clone();
        for mark in excerpt.marks.iter().rev() {
            marked.insert_str(mark.at, &format!("[^{}]", mark.label));
        }
        marked
    };
    let notes = report.footnotes.iter().map(|note| format!("{}: {}", note.label, note.passage.text.text));
    let furniture = report.pieces.iter().filter(|piece| piece.role == Role::Furniture);
    let mut lines: Vec<String> = Vec::new();
    let mut end = 0;
    for piece in furniture {
        let words = reading.source.slice(piece.span);
        // Words of one line stand together.
        match lines.last_mut() {
            Some(last) if reading.source.text[end..piece.span.start].chars().all(|blank| blank == ' ') && end > 0 => {
                *last += " ";
                *last += words;
            }
            _ => lines.push(words.to_owned()),
        }
        end = piece.span.end;
    }
    Case {
        text: text.to_owned(),
        records: report.records.iter().map(|one| record(&one.text)).collect(),
        notes: notes.collect(),
        furniture: lines,
    }
}
