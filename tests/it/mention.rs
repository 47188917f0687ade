//! States and meetings named in texts, against the cases of `tests/cases/mention` and `tests/cases/meeting`.

use crate::folder::repository;
use depositary::config::{Config, SubjectWords};
use depositary::model::edtf::Edtf;
use depositary::model::reference::{Meeting, Reference};
use depositary::model::state::Iso3;
use depositary::parse::Lexicons;
use depositary::parse::date::written;
use depositary::parse::lexicon::states::{Clue, StateNames};
use depositary::read::built_in_reference;
use depositary::resolve::meeting::Meetings;
use serde::Deserialize;
use std::error::Error;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    states: Vec<String>,
    /// The text parts words by blanks.
    #[serde(default)]
    spaced: bool,
}

#[test]
fn mentions_are_those_of_the_cases() -> Result<(), Box<dyn Error>> {
    let names = crate::support::state_names()?;
    for (file, case) in crate::support::cases::<Case>("mention")? {
        let names = names.of(&file)?;
        let found = if case.spaced { names.mentions_spaced(&case.text) } else { names.mentions(&case.text) };
        let codes: Vec<String> = found.iter().map(|mention| mention.state.to_string()).collect();
        assert_eq!(codes, case.states, "{}: {}", file.display(), case.text);
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeetingCase {
    text: String,
    /// The date cell beside the text.
    cell: Option<String>,
    /// Ids of the meetings table of this repository's site.
    meetings: Vec<String>,
}

/// The meetings of this repository's site.
fn table_of_meetings() -> Result<Vec<Meeting>, csv::Error> {
    csv::Reader::from_path(repository().join("content/reference/events.csv"))?.into_deserialize().collect()
}

#[test]
fn meetings_are_those_of_the_cases() -> Result<(), Box<dyn Error>> {
    let site = Config::parse("site.toml", include_str!("../../site.toml"));
    let (config, _) = site.map_err(|faults| format!("{faults:?}"))?;
    let reference = Reference { meetings: table_of_meetings()?, ..built_in_reference() };
    let meetings = Meetings::new(&reference, &config);
    let lexicons = Lexicons::new(&[], &SubjectWords::default())?;
    let mut wrong = String::new();
    for (file, case) in crate::support::cases::<MeetingCase>("meeting")? {
        let language = file.file_stem().ok_or("no name")?.to_string_lossy().into_owned();
        let lexicon = lexicons.by_language(if language == "zh" { "zh-Hans" } else { &language });
        let cell = case.cell.as_deref().map(|cell| Edtf::parse(cell).ok_or("no date")).transpose()?;
        let found = meetings.named_in(&case.text, &written(&case.text), cell.as_ref(), lexicon);
        if found != case.meetings {
            wrong += &format!("{language}: {} {:?}: {found:?}, not {:?}\n", case.text, case.cell, case.meetings);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}

#[test]
fn every_name_of_every_state_is_found_whole() -> Result<(), Box<dyn Error>> {
    let states = built_in_reference().states;
    let names = StateNames::new(&states, "zh", &SubjectWords::default())?;
    for state in &states {
        let names_of = state.short_names.iter().chain(&state.official_names);
        for (_, name) in names_of.filter(|(language, _)| ["en", "zh"].contains(&language.as_str())) {
            let name = name.strip_prefix("the ").unwrap_or(name);
            assert_eq!(names.match_at(name, 0), Some((state.iso3, name.len())), "{name}");
        }
    }
    Ok(())
}

#[test]
fn a_name_broken_over_blanks_and_lines_is_one_name() -> Result<(), Box<dyn Error>> {
    let names = StateNames::new(&built_in_reference().states, "zh", &SubjectWords::default())?;
    for text in ["大 不列颠 及\n\n北爱尔兰 联合王国", "俄罗斯 联邦", "委内瑞拉 ( 玻利瓦尔\n共和国 )", "Viet\n Nam"]
    {
        let found = names.match_at_spaced(text, 0);
        assert_eq!(found.map(|(_, length)| length), Some(text.len()), "{text}");
        assert!(names.match_at(text, 0).is_none_or(|(_, length)| length < text.len()), "{text}");
    }
    Ok(())
}

#[test]
fn a_place_inside_a_character_matches_nothing() -> Result<(), Box<dyn Error>> {
    let names = StateNames::new(&built_in_reference().states, "zh", &SubjectWords::default())?;
    assert_eq!(names.match_at("中国", 1), None);
    assert_eq!(names.match_at("中国", 99), None);
    assert_eq!(names.match_at_spaced(" 中国", 0), None);
    Ok(())
}

#[test]
fn states_stand_in_the_order_of_the_united_nations() -> Result<(), Box<dyn Error>> {
    let states = built_in_reference().states;
    let names = StateNames::new(&states, "zh", &SubjectWords::default())?;
    let order = [
        "BOL", "BIH", "CPV", "CRI", "CIV", "HRV", "CYP", "CZE", "PRK", "COD", "DNK", "VAT", "HND", "IRN", "LAO", "LVA",
        "FSM", "NLD", "KOR", "MDA", "ROU", "RUS", "KNA", "ESP", "PSE", "CHE", "SYR", "TUR", "TKM", "ARE", "GBR", "TZA",
        "USA", "VEN", "VNM", "YEM",
    ];
    let ranks: Vec<usize> = order.iter().filter_map(|code| Iso3::new(code)).map(|state| names.rank(state)).collect();
    assert!(ranks.is_sorted(), "{ranks:?}");
    let (Some(macedonia), Some(thailand)) = (Iso3::new("MKD"), Iso3::new("THA")) else { return Err("code".into()) };
    assert!(names.rank(macedonia) < names.rank(thailand));
    Ok(())
}

#[test]
fn clues_point_at_states_that_are_not_named() -> Result<(), Box<dyn Error>> {
    let names = StateNames::new(&built_in_reference().states, "zh", &SubjectWords::default())?;
    let show = |text: &str, year| -> Vec<String> {
        names.clues(text, year).iter().map(|(state, clue)| format!("{state} {clue:?}")).collect()
    };
    assert_eq!(show("在 马德 里 举办", None), ["ESP Capital"]);
    assert_eq!(show("《莫斯科条约》将于2012年到期", None), [""; 0]);
    assert_eq!(show("联邦外交部长", None), ["DEU Organ"]);
    let union = names.clues("欧洲联盟", Some(2010));
    assert_eq!(union.len(), 27);
    assert!(union.iter().all(|(_, clue)| *clue == Clue::Group));
    Ok(())
}
