//! Facts stated by texts, against the cases of `tests/cases/fact`.

use depositary::config::SubjectWords;
use depositary::model::citation::{Citation, CitationKind, Symbol};
use depositary::model::edtf::Edtf;
use depositary::model::fact::Fact;
use depositary::model::state::Iso3;
use depositary::parse::date::match_start;
use depositary::parse::fact::{FactInput, Phrases, facts};
use depositary::parse::lexicon::states::StateNames;
use depositary::parse::{Lexicon, Lexicons};
use depositary::read::built_in_reference;
use serde::Deserialize;
use std::error::Error;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    own: Option<String>,
    footnote: Option<String>,
    about: Option<String>,
    /// Numbers in the text that cite resolutions of the General Assembly.
    #[serde(default)]
    cites: Vec<String>,
    /// `kind STATE resolution date`, `-` for none.
    facts: Vec<String>,
    /// The words of the first fact.
    words: Option<String>,
}

#[test]
fn facts_are_those_of_the_cases() -> Result<(), Box<dyn Error>> {
    let names = crate::support::state_names()?;
    let phrases = Phrases::new()?;
    let lexicons = Lexicons::new(&built_in_reference().states, &SubjectWords::default())?;
    for (file, case) in crate::support::cases::<Case>("fact")? {
        let found = read(&case, names.of(&file)?, &phrases, lexicons.for_text(&case.text));
        let shown: Vec<String> = found.iter().map(show).collect();
        assert_eq!(shown, case.facts, "{}: {}", file.display(), case.text);
        if let Some(words) = &case.words {
            assert_eq!(found.first().map(|fact| &*fact.words), Some(words.as_str()));
        }
        assert!(found.iter().all(|fact| fact.footnote == case.footnote));
    }
    Ok(())
}

fn read(case: &Case, names: &StateNames, phrases: &Phrases, lexicon: &Lexicon) -> Vec<Fact> {
    let mentions = names.mentions(&case.text);
    let mut citations: Vec<Citation> = case.cites.iter().filter_map(|number| cite(&case.text, number)).collect();
    citations.sort_by_key(|citation| citation.range.start);
    let about = case.about.clone().map(Symbol);
    let treaty = ["《全面禁试条约》".to_owned(), "Comprehensive Nuclear-Test-Ban Treaty".to_owned()];
    let input = FactInput {
        text: &case.text,
        citations: &citations,
        mentions: &mentions,
        own: case.own.as_deref().and_then(Iso3::new),
        footnote: case.footnote.as_deref(),
        about: about.as_ref(),
        treaty: &treaty,
        read_date: &|text| match_start(text, &lexicon.dates, false).map(|found| (found.len, found.edtf)),
    };
    facts(&input, phrases).facts
}

fn cite(text: &str, number: &str) -> Option<Citation> {
    let start = text.find(number)?;
    let symbol = Symbol(format!("A/RES/{number}"));
    Some(Citation { range: start..start + number.len(), symbol, kind: CitationKind::Resolution, title: None })
}

fn show(fact: &Fact) -> String {
    let kind = serde_json::to_value(fact.kind).unwrap_or_default();
    let resolution = fact.resolution.as_ref().map_or("-", Symbol::as_str);
    let date = fact.date.as_ref().map_or("-", Edtf::as_str);
    format!("{} {} {resolution} {date}", kind.as_str().unwrap_or_default(), fact.state)
}
