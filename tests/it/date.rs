//! Dates, against the cases of `tests/cases/date`: cells of tables, and dates in running text.

use depositary::config::SubjectWords;
use depositary::parse::Lexicons;
use depositary::parse::date::{done, match_start, parts, read_cell, read_torn_cell, written};
use serde::Deserialize;
use std::error::Error;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(flatten)]
    printed: Printed,
    /// What is read of it; none of a cell that is no date.
    #[serde(default)]
    edtf: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Printed {
    /// A whole cell.
    Cell(String),
    /// A cell that has lost the hyphen between two dates.
    Torn(String),
    /// A text that may begin with a date, to whose end `|` stands.
    Start(String),
    /// A line that holds parts of a date, to whose end `|` stands.
    Parts(String),
    /// A text with dates.
    Text(String),
    /// A text, of whose dates those are given that say when something was done.
    Done(String),
}

#[test]
fn dates_are_those_of_the_cases() -> Result<(), Box<dyn Error>> {
    let lexicons = Lexicons::new(&[], &SubjectWords::default())?;
    let mut wrong = String::new();
    for (file, case) in crate::support::cases::<Case>("date")? {
        let language = file.file_stem().ok_or("no name")?.to_string_lossy().into_owned();
        let lexicon = lexicons.by_language(if language == "zh" { "zh-Hans" } else { &language });
        let words = &lexicon.dates;
        let shown = |printed: &str, len: Option<usize>| {
            let place = printed.find('|').unwrap_or(printed.len());
            (len != Some(place)).then(|| format!("ends at {len:?}"))
        };
        let (printed, found) = match &case.printed {
            Printed::Cell(cell) => {
                (cell, read_cell(cell, words).map(|found| found.edtf.to_string()).into_iter().collect())
            }
            Printed::Torn(cell) => {
                (cell, read_torn_cell(cell, words).map(|found| found.edtf.to_string()).into_iter().collect())
            }
            Printed::Start(text) => {
                let found = match_start(&text.replace('|', ""), words, false);
                let len = found.as_ref().map(|found| found.len);
                let edtf = found.map(|found| found.edtf.to_string());
                let wrong = len.and_then(|len| shown(text, Some(len)));
                (text, edtf.into_iter().chain(wrong).collect())
            }
            Printed::Parts(text) => {
                let wrong = shown(text, parts(&text.replace('|', ""), words));
                (text, wrong.into_iter().collect())
            }
            Printed::Text(text) => (text, written(text).iter().map(|date| date.moment.to_edtf()).collect()),
            Printed::Done(text) => {
                (text, done(text, &written(text), lexicon).iter().map(|done| done.edtf.to_string()).collect())
            }
        };
        let found: Vec<String> = found;
        if found != case.edtf {
            wrong += &format!("{language}: {printed}: {found:?}, not {:?}\n", case.edtf);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}
