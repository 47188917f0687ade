//! States named in texts, against the cases of `tests/cases/mention`.

use depositary::config::SubjectWords;
use depositary::model::state::Iso3;
use depositary::parse::lexicon::states::{Clue, StateNames};
use depositary::read::built_in_reference;
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
