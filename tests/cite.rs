//! Runs the cases in `tests/cases/cite`: each is something that can be cited, and its citation in every style and
//! format. With `UPDATE_CASES=1` what is expected is written anew; look at what changed.

#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
mod support;

use depositary::cite::{Author, Citable, CitableKind, Edition, Format, Pinpoint, Style, Title, bibliography, cite};
use depositary::config::Localized;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
    date: Option<String>,
    session: Option<u32>,
    agenda_item: Option<String>,
    publisher: Localized,
    url: String,
    edition: Option<String>,
    language: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Place {
    section: Option<String>,
    state: Localized,
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
        ];
        let archive = [("zh", "裁军报告档案"), ("en", "Disarmament Reports Archive")];
        Citable {
            kind: kinds.iter().find(|(name, _)| *name == self.kind).unwrap().1,
            author: Author { name: self.author, un: self.un, oscola: self.oscola, bluebook: self.bluebook },
            title: Title { by_language: self.title, original: self.original },
            pinpoint: self.pinpoint.map(|place| Pinpoint {
                section: place.section,
                state: place.state,
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
            publisher: self.publisher,
            url: self.url,
            edition: self.edition.map(Edition::Report),
            language: self.language,
            licence: None,
        }
    }
}

fn found(citable: &Citable) -> Expected {
    let mut found = Expected::default();
    for style in Style::ALL {
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
    let files = support::case_files("cite").unwrap();
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
    let text = fs::read_to_string(support::case_files("cite").unwrap().remove(0)).unwrap();
    let citable = toml::from_str::<Case>(&text).unwrap().cited.citable();
    let title = citable.title.wording("en").unwrap();
    let is_italic = |style| cite(&citable, style, None).runs.iter().any(|run| run.is_italic && run.text == title);
    assert!([Style::ChicagoNote, Style::Apa, Style::Mla, Style::Bluebook].into_iter().all(is_italic));
    assert!(![Style::Oscola, Style::Gbt7714].into_iter().any(is_italic));
}
