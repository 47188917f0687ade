//! Folding, grams and keys against the file that the browser's side is held to as well.

use super::fold::fold;
use super::gram::spelled_grams;
use super::name::name_key;
use crate::render::numbers::Numbers;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    fold: Vec<FoldCase>,
    grams: Vec<GramCase>,
    names: Vec<NameCase>,
    numbers: Vec<NumberCase>,
}

#[derive(Deserialize)]
struct FoldCase {
    text: String,
    folded: String,
}

#[derive(Deserialize)]
struct GramCase {
    folded: String,
    grams: Vec<String>,
}

#[derive(Deserialize)]
struct NameCase {
    name: String,
    key: String,
}

#[derive(Deserialize)]
struct NumberCase {
    language: String,
    number: usize,
    grouped: String,
    form: String,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../../../tests/search/tokens.json")).unwrap()
}

#[test]
fn folds_as_the_golden_file_says() {
    for case in golden().fold {
        assert_eq!(fold(&case.text), case.folded, "{:?}", case.text);
        assert_eq!(fold(&case.folded), case.folded, "folding twice: {:?}", case.text);
    }
}

#[test]
fn cuts_grams_as_the_golden_file_says() {
    for case in golden().grams {
        assert_eq!(spelled_grams(&case.folded), case.grams, "{:?}", case.folded);
    }
}

#[test]
fn keys_of_names_are_those_of_the_golden_file() {
    for case in golden().names {
        assert_eq!(format!(":{}", name_key(&case.name)), case.key, "{:?}", case.name);
    }
}

#[test]
fn numbers_are_those_of_the_golden_file() {
    for case in golden().numbers {
        let numbers = Numbers::of(&case.language).unwrap();
        let found = (numbers.grouped(case.number), numbers.category(case.number).to_owned());
        assert_eq!(found, (case.grouped, case.form), "{}", case.language);
    }
}
