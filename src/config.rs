//! `site.toml`: what is particular to one archive.
//!
//! Input: the text of the file. Output: [`Config`]. Invariant: unknown keys are refused, and every value
//! that becomes a link, an address or a file name has been checked.

mod check;

use crate::base::diagnostic::Diagnostic;
use crate::base::limits::{MAX_ORIGINAL_BYTES, MAX_SITE_BYTES};
use crate::base::settings;
use crate::model::citation::Symbol;
use crate::model::edtf::Edtf;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A text in each interface language, by BCP 47 tag (`zh`, `en`).
pub type Localized = BTreeMap<String, String>;

/// The settings that hold outside any site: they name no treaty and no person.
const NEUTRAL_SETTINGS: &str = include_str!("config/neutral.toml");

/// Everything `site.toml` says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Name of the archive.
    pub title: Localized,
    /// One sentence on what it is.
    pub description: Localized,
    /// Absolute address at which the site will stand, with a final `/`; empty if not known.
    #[serde(default)]
    pub base_url: String,
    /// Interface languages; the first is the default and stands at the root.
    pub languages: Vec<String>,
    /// Who publishes the archive.
    #[serde(default)]
    pub publisher: Localized,
    /// The treaty whose status the archive shows.
    pub treaty: Option<Treaty>,
    /// Sections of the activity tables by code: `1a`.
    #[serde(default)]
    pub sections: BTreeMap<String, Section>,
    /// Yearly series of resolutions.
    #[serde(default)]
    pub series: Vec<ResolutionSeries>,
    /// Official addresses of documents.
    pub official: Official,
    /// Names of cities in other languages than the meetings table's: `Vienna` → `维也纳`.
    #[serde(default)]
    pub places: BTreeMap<String, Vec<String>>,
    /// Series of meetings by their name in the meetings table.
    #[serde(default)]
    pub meeting_series: BTreeMap<String, MeetingSeries>,
    /// Terms of what the tables hold besides what the reports say.
    #[serde(default)]
    pub licences: Vec<TableLicence>,
    /// Words of the site's subject by which its reports are read.
    #[serde(default)]
    pub lexicon: SubjectWords,
    /// How the site is published.
    #[serde(default)]
    pub publish: Publish,
    /// How much of the site is made; settings do not name it.
    #[serde(skip)]
    pub extent: Extent,
}

/// Words of a site's subject by which its reports are read, in the languages of the reports.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SubjectWords {
    /// Offices and groups with which a text about a State may begin.
    pub subjects: Vec<String>,
    /// Persons who held office for a State, by its code.
    pub officials: BTreeMap<String, Vec<String>>,
    /// Groups of States.
    pub groups: Vec<Group>,
}

/// A group of States and its names.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its names.
    pub names: Vec<String>,
    /// Codes of its members.
    pub members: Vec<String>,
    /// Members that joined later, with the first year.
    #[serde(default)]
    pub since: BTreeMap<String, u16>,
    /// Members that left, with the last year.
    #[serde(default)]
    pub until: BTreeMap<String, u16>,
}

/// How much of a site is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// Records, States, years, resolutions, sections and reports, their lists and the home page, in the first language.
    Plain,
}

/// How a site is published.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Publish {
    /// The day on which this edition is published, as ISO 8601: no clock is asked.
    pub date: Option<String>,
    /// The DOI that a repository gave the archive, without `https://doi.org/`.
    pub doi: Option<String>,
    /// The ARK that a repository gave the archive: `ark:/12345/x54xz321`.
    pub ark: Option<String>,
    /// Whether the whole site is there as one ZIP file, too.
    pub zip: bool,
    /// What the host publishes at most, in bytes.
    pub max_bytes: u64,
    /// Whether the originals of reports are published with the site.
    pub originals: bool,
    /// How large the originals may be, all together, in bytes.
    pub max_original_bytes: u64,
}

impl Default for Publish {
    fn default() -> Self {
        Self {
            date: None,
            doi: None,
            ark: None,
            zip: false,
            max_bytes: MAX_SITE_BYTES,
            originals: false,
            max_original_bytes: MAX_ORIGINAL_BYTES,
        }
    }
}

impl Config {
    /// The same settings for a site of `extent`.
    #[must_use]
    pub fn with_extent(mut self, extent: Extent) -> Self {
        if extent == Extent::Plain {
            self.languages.truncate(1);
            self.publish.zip = false;
        }
        Self { extent, ..self }
    }

    /// Reads the text of a `site.toml`; `path` is its name for people.
    ///
    /// # Errors
    /// With the first fault of form, or with every fault of content. Warnings come with the settings.
    pub fn parse(path: &str, text: &str) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let config: Self = settings::parse(path, text).map_err(|fault| vec![*fault])?;
        let diagnostics = check::check(&config, path, text);
        let is_bad = diagnostics.iter().any(Diagnostic::is_error);
        if is_bad { Err(diagnostics) } else { Ok((config, diagnostics)) }
    }

    /// An error for each language of the site that is not among `known`, for which there are words; `path` and `text`
    /// are those of the settings.
    #[must_use]
    pub fn check_languages(&self, path: &str, text: &str, known: &[&str]) -> Vec<Diagnostic> {
        check::check_known_languages(self, path, text, known)
    }

    /// The settings for texts outside any site.
    ///
    /// # Panics
    /// If the program's own settings are broken, which a test rules out.
    #[must_use]
    pub fn neutral() -> Self {
        #[allow(clippy::expect_used)]
        let (config, _) = Self::parse("neutral.toml", NEUTRAL_SETTINGS).expect("the neutral settings are sound");
        config
    }

    /// Who publishes the archive, in English where the settings have it: the archive itself, where they name nobody.
    #[must_use]
    pub fn publisher(&self) -> &str {
        let named = english(&self.publisher);
        if named.is_empty() { english(&self.title) } else { named }
    }

    /// The language that stands at the root of the site.
    #[must_use]
    pub fn default_language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }
}

/// A text of the settings in English, else in the first language there is.
#[must_use]
pub fn english(text: &Localized) -> &str {
    text.get("en").or_else(|| text.values().next()).map_or("", String::as_str)
}

/// Whether `address` can be the address of a site: empty, or `http://` or `https://` with a host and a final `/`.
#[must_use]
pub fn is_base_url(address: &str) -> bool {
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let is_plain =
        |rest: &str| !rest.contains(|character: char| character.is_whitespace() || "?#\"<>".contains(character));
    address.is_empty()
        || host.is_some_and(|rest| rest.len() > 1 && rest.ends_with('/') && !rest.starts_with('/') && is_plain(rest))
}

/// The treaty an archive is about.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Treaty {
    /// Its name.
    pub name: Localized,
    /// Its short name.
    pub short_name: Localized,
    /// File in `content/reference/` with signatures and ratifications.
    pub status_table: String,
    /// The day on which that table was true: a State without a date in it had not signed or ratified then.
    pub status_as_of: Option<Edtf>,
    /// Name of the list of States whose ratification it needs.
    pub annex: Option<Localized>,
    /// Address of that list's page: `annex-2`.
    pub annex_slug: Option<String>,
}

/// A section of the activity tables.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its name.
    pub name: Localized,
    /// What it holds, in a sentence.
    #[serde(default)]
    pub description: Localized,
    /// Whether its activities are directed at the States of the treaty's annex.
    #[serde(default)]
    pub annex: bool,
}

/// A series of resolutions that come back year by year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResolutionSeries {
    /// Its name.
    pub name: Localized,
    /// Its symbols, oldest first.
    pub symbols: Vec<String>,
}

impl ResolutionSeries {
    /// The symbols before and after `symbol` in the series.
    #[must_use]
    pub fn neighbours(&self, symbol: &Symbol) -> Option<(Option<&str>, Option<&str>)> {
        let index = self.symbols.iter().position(|other| other == symbol.as_str())?;
        let before = index.checked_sub(1).and_then(|before| self.symbols.get(before));
        Some((before.map(String::as_str), self.symbols.get(index + 1).map(String::as_str)))
    }
}

/// Where the official documents are; `{symbol}` stands for the symbol.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// Address of a document by interface language: `https://docs.un.org/zh/{symbol}`.
    pub document: Localized,
    /// What a symbol must begin with to be found there; empty if all are.
    #[serde(default)]
    pub prefixes: Vec<String>,
}

impl Official {
    /// The official address of `symbol` in `language`, if there is one.
    #[must_use]
    pub fn address(&self, symbol: &str, language: &str) -> Option<String> {
        let pattern = self.document.get(language).or_else(|| self.document.values().next())?;
        self.has(symbol).then(|| pattern.replace("{symbol}", symbol))
    }

    /// The official addresses of `symbol`, each with its language.
    pub fn addresses<'a>(&'a self, symbol: &'a str) -> impl Iterator<Item = (&'a str, String)> {
        let known = self.document.iter().filter(|_| self.has(symbol));
        known.map(|(language, pattern)| (language.as_str(), pattern.replace("{symbol}", symbol)))
    }

    fn has(&self, symbol: &str) -> bool {
        self.prefixes.is_empty() || self.prefixes.iter().any(|prefix| symbol.starts_with(prefix))
    }
}

/// The licence of a part of the tables of data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableLicence {
    /// The tables.
    pub tables: Vec<ReferenceTable>,
    /// Its name in the list of opendefinition.org: `CC0-1.0`; `notspecified` where the source states none.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// What in these tables it is of, and where that comes from.
    pub of: Localized,
}

impl TableLicence {
    /// Whether it is of something in `table`.
    #[must_use]
    pub fn is_of(&self, table: &str) -> bool {
        self.tables.iter().any(|of| of.name() == table)
    }
}

/// A table of data that is made of tables in `content/reference/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReferenceTable {
    /// `states.csv`.
    States,
    /// `resolutions.csv`.
    Resolutions,
    /// `documents.csv`.
    Documents,
    /// `votes.csv`.
    Votes,
    /// `meetings.csv`.
    Meetings,
}

impl ReferenceTable {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::States => "states",
            Self::Resolutions => "resolutions",
            Self::Documents => "documents",
            Self::Votes => "votes",
            Self::Meetings => "meetings",
        }
    }
}

/// A series of meetings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingSeries {
    /// Its name for readers.
    #[serde(default)]
    pub name: Localized,
    /// Words by which a text names a meeting of the series; other words may stand where they have a `*`.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Words right behind such a name that make it part of another: of an office, say.
    #[serde(default)]
    pub not_before: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::code;
    use crate::base::diagnostic::Place;

    /// The settings of this repository's archive.
    const SETTINGS: &str = include_str!("../site.toml");

    /// The same with one text replaced.
    fn with(old: &str, new: &str) -> String {
        assert!(SETTINGS.contains(old), "{old}");
        SETTINGS.replacen(old, new, 1)
    }

    fn first_fault(text: &str) -> (&'static str, String) {
        let fault = Config::parse("site.toml", text).unwrap_err().remove(0);
        let Some(Place::InText { span, text, .. }) = fault.place else { panic!("no place") };
        (fault.code, text[span.start..span.end].to_owned())
    }

    #[test]
    fn settings_of_the_repository_and_neutral_ones_are_without_fault() {
        assert_eq!(Config::parse("site.toml", SETTINGS).unwrap().1, []);
        assert_eq!(Config::parse("neutral.toml", NEUTRAL_SETTINGS).unwrap().1, []);
    }

    #[test]
    fn byte_order_mark_is_passed_over() {
        assert!(Config::parse("site.toml", &format!("\u{feff}{SETTINGS}")).is_ok());
    }

    #[test]
    fn points_at_the_faulty_value() {
        let cases = [
            (r#""zh", "en"]"#, r#""zh", "English"]"#, code::BAD_LANGUAGE, r#""English""#),
            (r#""zh", "en"]"#, r#""zh", "zh"]"#, code::BAD_LANGUAGE, r#""zh""#),
            (r#"["zh", "en"]"#, "[]", code::BAD_LANGUAGE, "[]"),
            (r#"base_url = """#, r#"base_url = "example.org""#, code::BAD_BASE_URL, r#""example.org""#),
            (r#""A/RES/61/104""#, r#""61/104""#, code::BAD_SYMBOL, r#""61/104""#),
            (r#""annex-2""#, r#""Annex 2""#, code::BAD_SLUG, r#""Annex 2""#),
            ("docs.un.org/en/{symbol}", "docs.un.org/en/", code::BAD_PATTERN, r#""https://docs.un.org/en/""#),
            ("annex = true", "anex = true", code::UNKNOWN_KEY, "anex"),
            ("[publish]\n", "[publish]\ndate = \"2026-02-30\"\n", code::WRONG_VALUE, r#""2026-02-30""#),
            (
                "[publish]\n",
                "[publish]\ndoi = \"https://doi.org/10.5281/zenodo.1\"\n",
                code::WRONG_VALUE,
                r#""https://doi.org/10.5281/zenodo.1""#,
            ),
            ("[publish]\n", "[publish]\nark = \"12345/x5\"\n", code::WRONG_VALUE, r#""12345/x5""#),
            (r#"["votes"]"#, r#"["vote"]"#, code::WRONG_VALUE, r#""vote""#),
            (
                "https://creativecommons.org",
                "creativecommons.org",
                code::BAD_PATTERN,
                r#""creativecommons.org/publicdomain/zero/1.0/""#,
            ),
            (r#"name = "CC0-1.0""#, r#"name = "CC0 1.0""#, code::WRONG_VALUE, r#""CC0 1.0""#),
        ];
        for (old, new, code, marked) in cases {
            assert_eq!(first_fault(&with(old, new)), (code, marked.to_owned()), "{new}");
        }
    }

    #[test]
    fn a_language_needs_words() {
        let text = with(r#"["zh", "en"]"#, r#"["zh", "fr"]"#);
        let (config, _) = Config::parse("site.toml", &text).unwrap();
        assert_eq!(config.check_languages("site.toml", &text, &["zh"])[0].code, code::BAD_LANGUAGE);
        assert_eq!(config.check_languages("site.toml", &text, &["zh", "fr"]), []);
    }

    #[test]
    fn a_missing_wording_is_a_warning() {
        let text = with(r#"en = "Disarmament Reports Archive""#, "");
        let (_, warnings) = Config::parse("site.toml", &text).unwrap();
        assert_eq!(warnings[0].code, code::MISSING_TRANSLATION);
    }

    #[test]
    fn base_url_is_absolute_and_ends_in_a_slash() {
        for good in ["", "https://example.org/", "http://localhost:8000/archive/"] {
            assert!(is_base_url(good), "{good}");
        }
        for bad in
            ["/", "https://", "https:///", "https://example.org", "ftp://example.org/", "https://a b/", "https://a/?q/"]
        {
            assert!(!is_base_url(bad), "{bad}");
        }
    }
}
