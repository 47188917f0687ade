//! One small site in every language that the program has words in: `tests/languages/expected.toml` says what its pages
//! have, by language. What is printed of a record's own words is the same in all.

#![allow(clippy::unwrap_used)]

use crate::built::Built;
use crate::folder::{copy, repository};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;
use tempfile::TempDir;

#[derive(Deserialize)]
struct Expected {
    /// The folder of the language.
    prefix: String,
    /// What the first tag of its pages says of it.
    opening: String,
    /// Pieces of its pages.
    #[serde(flatten)]
    pages: BTreeMap<String, Vec<String>>,
}

fn expected() -> BTreeMap<String, Expected> {
    let path = repository().join("tests/languages/expected.toml");
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The site that `init` writes, in the languages of `expected`, the first at the root; built once.
fn site(expected: &BTreeMap<String, Expected>) -> &'static Built {
    static SITE: OnceLock<Built> = OnceLock::new();
    SITE.get_or_init(|| built(expected))
}

fn built(expected: &BTreeMap<String, Expected>) -> Built {
    let folder = TempDir::new().unwrap();
    copy(&repository().join("starter"), folder.path());
    let mut languages: Vec<&String> = expected.keys().collect();
    languages.sort_by_key(|language| (!expected[*language].prefix.is_empty(), *language));
    let settings = fs::read_to_string(folder.path().join("site.toml")).unwrap();
    let settings = settings.replace(r#"["zh", "en"]"#, &format!("{languages:?}"));
    fs::write(folder.path().join("site.toml"), settings).unwrap();
    Built::new(folder.path(), None)
}

#[test]
fn every_language_has_its_words_its_numbers_its_dates_and_its_direction() {
    let expected = expected();
    let files = repository().join("src/render/messages").read_dir().unwrap().map(|file| file.unwrap().path());
    let tables = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    assert_eq!(tables.count(), expected.len(), "each table of words has its pages");
    let site = site(&expected);
    for (language, Expected { prefix, opening, pages }) in &expected {
        for (page, pieces) in pages {
            let text = site.text(&format!("{prefix}{page}"));
            assert!(text.starts_with("<!doctype html>"), "{language}: {page}");
            let first = text.split('>').nth(1).unwrap();
            let is_so = opening.split(' ').all(|attribute| first.contains(attribute));
            assert!(is_so, "{language}: {page} begins {first:?}");
            pieces.iter().for_each(|piece| assert!(text.contains(piece), "{language}: {page} lacks {piece:?}"));
        }
    }
}

/// A page without its tags, whose attributes may hold messages that a script fills.
fn words_of(page: &str) -> String {
    page.split('<').filter_map(|piece| Some(piece.split_once('>')?.1)).collect()
}

#[test]
fn no_page_shows_a_place_for_a_value() {
    let expected = expected();
    let site = site(&expected);
    for Expected { prefix, .. } in expected.values() {
        for page in ["index.html", "states/aus/index.html", "years/2008/index.html", "pictures/index.html"] {
            let text = words_of(&site.text(&format!("{prefix}{page}")));
            for place in ["{n}", "{state}", "{year}", "{name}", "{all}", "{start}", "{report}"] {
                assert!(!text.contains(place), "{prefix}{page} shows {place}");
            }
        }
    }
}
