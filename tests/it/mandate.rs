//! The resolutions that asked for a report, against the cases of `tests/cases/mandate`.

use depositary::config::SubjectWords;
use depositary::model::report::Mandate;
use depositary::parse::{Lexicons, mandate};
use depositary::read::built_in_reference;
use serde::Deserialize;
use std::error::Error;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The first numbered paragraphs of a document.
    paragraphs: Vec<String>,
    /// `RESOLUTION paragraph`, `-` where the paragraph is not given.
    mandates: Vec<String>,
}

#[test]
fn mandates_are_those_of_the_cases() -> Result<(), Box<dyn Error>> {
    let lexicons = Lexicons::new(&built_in_reference().states, &SubjectWords::default())?;
    for (file, case) in crate::support::cases::<Case>("mandate")? {
        let paragraphs: Vec<&str> = case.paragraphs.iter().map(String::as_str).collect();
        let found = mandate::read(&paragraphs, lexicons.for_text(&paragraphs.concat()));
        let shown: Vec<String> = found.iter().map(show).collect();
        assert_eq!(shown, case.mandates, "{}: {paragraphs:?}", file.display());
    }
    Ok(())
}

fn show(mandate: &Mandate) -> String {
    let paragraph = mandate.paragraph.map_or_else(|| "-".to_owned(), |number| number.to_string());
    format!("{} {paragraph}", mandate.resolution)
}
