//! Runs the cases in `tests/cases/cite`: each is something that can be cited, and its citation in every style and
//! format. With `UPDATE_CASES=1` what is expected is written anew; look at what changed.

#![allow(clippy::unwrap_used)]

use depositary::Request;
use depositary::base::progress::Silent;
use depositary::cite::{
    Author, Citable, CitableKind, CorrectedState, Edition, Face, Format, Pinpoint, Style, Title, bibliography, cite,
};
use depositary::config::Localized;
use depositary::model::edtf::Edtf;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The line between what is cited and what is expected.
const MARK: &str = "# Expected\n";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    cited: Cited,
    #[serde(default)]
    expected: Expected,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Expected {
    /// By style; `…-zh` and `…-en` in another language than the style's own.
    style: BTreeMap<String, String>,
    /// By the ending of the file.
    format: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cited {
    key: String,
    kind: String,
    #[serde(default)]
    author: Localized,
    un: Option<String>,
    oscola: Option<String>,
    bluebook: Option<String>,
    #[serde(default)]
    title: Localized,
    original: Option<String>,
    pinpoint: Option<Place>,
    symbol: Option<String>,
    number: Option<String>,
    date: Option<Edtf>,
    session: Option<u32>,
    agenda_item: Option<String>,
    period: Option<Edtf>,
    url: Option<String>,
    edition: Option<String>,
    language: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Place {
    section: Option<String>,
    state: Localized,
    state_printed: Option<String>,
    row: Option<String>,
    paragraph: Option<String>,
    pages: Option<[usize; 2]>,
    record: Option<String>,
}

impl Cited {
    fn citable(self) -> Citable {
        let kinds = [
            ("record", CitableKind::Record),
            ("report", CitableKind::Report),
            ("resolution", CitableKind::Resolution),
            ("state", CitableKind::State),
            ("archive", CitableKind::Archive),
        ];
        let archive = [("zh", "裁军报告档案"), ("en", "Disarmament Reports Archive")];
        Citable {
            kind: kinds.iter().find(|(name, _)| *name == self.kind).unwrap().1,
            author: Author { name: self.author, un: self.un, oscola: self.oscola, bluebook: self.bluebook },
            title: Title { by_language: self.title, original: self.original },
            pinpoint: self.pinpoint.map(|place| Pinpoint {
                version: None,
                section: place.section,
                state: place.state,
                corrected: place.state_printed.map(CorrectedState::Printed),
                row: place.row,
                paragraph: place.paragraph,
                pages: place.pages.map(|[first, last]| (first, last)),
                record: place.record,
            }),
            archive: archive.map(|(tag, name)| (tag.to_owned(), name.to_owned())).into(),
            key: self.key,
            symbol: self.symbol,
            number: self.number,
            date: self.date,
            session: self.session,
            agenda_item: self.agenda_item,
            period: self.period,
            url: self.url,
            addresses: Localized::new(),
            edition: self.edition.map(Edition::Report),
            languages: Vec::new(),
            language: self.language,
        }
    }
}

fn found(citable: &Citable) -> Expected {
    let mut found = Expected::default();
    for style in Style::all() {
        found.style.insert(style.key().to_owned(), cite(citable, style, None).to_string());
        let other = if style.language() == "zh" { "en" } else { "zh" };
        found.style.insert(format!("{}-{other}", style.key()), cite(citable, style, Some(other)).to_string());
    }
    for format in Format::ALL {
        let text = |language| bibliography(std::slice::from_ref(citable), format, language);
        found.format.insert(format.extension().to_owned(), text(None));
        found.format.insert(format!("{}-en", format.extension()), text(Some("en")));
    }
    found
}

fn update(path: &Path, text: &str, found: &Expected) {
    let head = text.split(MARK).next().unwrap().trim_end();
    let body = toml::to_string_pretty(&BTreeMap::from([("expected", found)])).unwrap();
    fs::write(path, format!("{head}\n\n{MARK}{body}")).unwrap();
}

#[test]
fn cites_as_each_case_expects() {
    let files = crate::support::case_files("cite").unwrap();
    assert!(files.len() > 5, "the cases are missing");
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let case: Case = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let found = found(&case.cited.citable());
        if std::env::var_os("UPDATE_CASES").is_some() {
            update(&path, &text, &found);
            continue;
        }
        assert_eq!(found, case.expected, "{}", path.display());
    }
}

#[test]
fn titles_are_italic_where_the_style_says_so() {
    let text = fs::read_to_string(crate::support::case_files("cite").unwrap().remove(0)).unwrap();
    let citable = toml::from_str::<Case>(&text).unwrap().cited.citable();
    let title = citable.title.wording("en").unwrap();
    let is_italic = |key: &str| {
        let runs = cite(&citable, Style::find(key).unwrap(), None).runs;
        runs.iter().any(|run| run.face == Face::Italic && run.text == title)
    };
    assert!(["chicago-note", "apa", "mla", "bluebook"].into_iter().all(is_italic));
    assert!(!["oscola", "gbt7714"].into_iter().any(is_italic));
}

/// Everything that this repository's archive has to cite, in a language of its pages.
fn everything(base_url: &str, language: &str) -> Vec<Citable> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
    let request = Request { root, base_url: Some(base_url.to_owned()), is_strict: false };
    let run = depositary::cite(&request, &[], &Silent);
    run.product.unwrap().into_iter().map(|citable| citable.opening(language)).collect()
}

/// A citation without its address tells what it cites from everything else: in each style, format and language.
#[test]
fn no_two_citations_are_alike() {
    for language in ["zh", "en"] {
        let mut all = everything("", language);
        assert!(all.len() > 700, "{}", all.len());
        all.iter_mut().for_each(|citable| citable.edition = None);
        for style in Style::all() {
            let texts = all.iter().map(|citable| cite(citable, style, Some(language)).to_string());
            assert_all_differ(texts, &format!("{} in {language}", style.key()));
        }
        for format in Format::ALL {
            let without_key = |citable: &Citable| Citable { key: "key".to_owned(), ..citable.clone() };
            let texts = all.iter().map(|citable| bibliography(&[without_key(citable)], format, Some(language)));
            assert_all_differ(texts, &format!("{} in {language}", format.extension()));
        }
        assert_all_differ(
            all.iter().map(|citable| citable.title_in_list(language) + citable.symbol.as_deref().unwrap_or_default()),
            language,
        );
    }
}

fn assert_all_differ(texts: impl Iterator<Item = String>, what: &str) {
    let mut seen = BTreeSet::new();
    for text in texts {
        assert!(!text.contains("n.d.") && !text.contains("不详"), "{what}: {text}");
        assert!(!seen.contains(&text), "{what}, twice: {text}");
        seen.insert(text);
    }
}

/// A citation of an archive without its own address says so in words; an entry in a file has no such field, nor a word on
/// that.
#[test]
fn what_lacks_an_address_says_so_in_words() {
    let words = "base";
    for language in ["zh", "en"] {
        for citable in everything("", language).iter().take(20) {
            for style in Style::all() {
                assert!(cite(citable, style, Some(language)).to_string().contains(words), "{}", style.key());
            }
            for format in Format::ALL {
                let entry = bibliography(std::slice::from_ref(citable), format, Some(language));
                assert!(!["url =", "UR  -", "\"URL\"", words].iter().any(|part| entry.contains(part)), "{entry}");
            }
        }
    }
}

/// What is copied from a page of a language opens a page of that language; the permanent address stays the first's.
#[test]
fn addresses_open_the_language_they_are_copied_from() {
    let address = |language| everything("https://example.org/", language).remove(0).url.unwrap();
    assert_eq!(address("zh"), "https://example.org/reports/a-63-ctbt/");
    assert_eq!(address("en"), "https://example.org/en/reports/a-63-ctbt/");
}
