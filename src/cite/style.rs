//! Styles of citation: the templates of `styles.toml`, filled.

use super::citable::{Author, Citable, CitableKind, wording};
use super::template::{Cited, fill};
use super::words::{Words, capitalised, put, words};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A style of citation; the guides and paragraphs they follow are told in `styles.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// The Chicago Manual of Style, 17th edition: a note.
    ChicagoNote,
    /// The Chicago Manual of Style, 17th edition: an entry of the bibliography.
    ChicagoBibliography,
    /// The style of the American Psychological Association, 7th edition: an entry of the list of references.
    Apa,
    /// The MLA Handbook, 9th edition: a work cited.
    Mla,
    /// OSCOLA, 4th edition: a footnote.
    Oscola,
    /// The Bluebook, 21st edition: a footnote.
    Bluebook,
    /// GB/T 7714-2015: an entry of the list of references.
    Gbt7714,
}

impl Style {
    /// All styles, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::ChicagoNote,
        Self::ChicagoBibliography,
        Self::Apa,
        Self::Mla,
        Self::Oscola,
        Self::Bluebook,
        Self::Gbt7714,
    ];

    /// Its key, as in `styles.toml` and on the command line.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ChicagoNote => "chicago-note",
            Self::ChicagoBibliography => "chicago-bibliography",
            Self::Apa => "apa",
            Self::Mla => "mla",
            Self::Oscola => "oscola",
            Self::Bluebook => "bluebook",
            Self::Gbt7714 => "gbt7714",
        }
    }

    /// Its name, the same in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ChicagoNote => "Chicago 17 (note)",
            Self::ChicagoBibliography => "Chicago 17 (bibliography)",
            Self::Apa => "APA 7",
            Self::Mla => "MLA 9",
            Self::Oscola => "OSCOLA 4",
            Self::Bluebook => "Bluebook 21",
            Self::Gbt7714 => "GB/T 7714-2015",
        }
    }

    /// The language in which the style is at home: `zh` for GB/T 7714, `en` for the others.
    #[must_use]
    pub fn language(self) -> &'static str {
        STYLES.get(self.key()).map_or("en", |style| &style.language)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StyleRow {
    language: String,
    report: String,
    resolution: String,
    state: String,
    archive: String,
    paragraph: Option<String>,
    day: Option<String>,
    month: Option<String>,
    months: Option<Vec<String>>,
    accessed: Option<String>,
    #[serde(default)]
    iso_date: bool,
}

/// The table; a test holds that it is sound.
static STYLES: LazyLock<BTreeMap<String, StyleRow>> =
    LazyLock::new(|| toml::from_str(include_str!("styles.toml")).unwrap_or_default());

/// A citation in a style, in `language` or the one in which the style is at home.
#[must_use]
pub fn cite(citable: &Citable, style: Style, language: Option<&str>) -> Cited {
    let Some(row) = STYLES.get(style.key()) else { return Cited::default() };
    let language = language.unwrap_or(&row.language);
    let template = match citable.kind {
        CitableKind::Record | CitableKind::Report => &row.report,
        CitableKind::Resolution => &row.resolution,
        CitableKind::State => &row.state,
        CitableKind::Archive => &row.archive,
    };
    let fields = Fields { citable, language, words: row.words(language), row };
    fill(template, &|field| fields.value(field))
}

impl StyleRow {
    /// The words of `language` with what the style has of its own, if it is at home in it.
    fn words(&self, language: &str) -> Words {
        let mut own = words(language).clone();
        if language == self.language {
            own.paragraph.clone_from(self.paragraph.as_ref().unwrap_or(&words(language).paragraph));
            own.day.clone_from(self.day.as_ref().unwrap_or(&words(language).day));
            own.month.clone_from(self.month.as_ref().unwrap_or(&words(language).month));
            own.months.clone_from(self.months.as_ref().unwrap_or(&words(language).months));
        }
        own
    }
}

/// What the fields of a template stand for.
struct Fields<'a> {
    citable: &'a Citable,
    language: &'a str,
    words: Words,
    row: &'a StyleRow,
}

impl Fields<'_> {
    fn value(&self, field: &str) -> Option<String> {
        let citable = self.citable;
        match field {
            "author" | "author_un" | "author_oscola" | "author_bluebook" => self.author(field),
            "title" => citable.title.wording(self.language).map(str::to_owned),
            "translation" => citable.title.translation(self.language).map(str::to_owned),
            "title_or_number" => self.value("title").or_else(|| self.value("number")),
            "symbol" => citable.symbol.clone(),
            "setting" => words(self.language).setting(citable),
            "document" => self.words.joined([citable.symbol.clone(), self.value("setting")]),
            "details" => self.words.joined([self.value("document"), self.place()]),
            "details_sentence" => self.value("details").map(|details| capitalised(&details)),
            "symbol_extra" => citable.symbol.clone().filter(|symbol| citable.number.as_ref() != Some(symbol)),
            "resolution" => self.resolution(),
            "number" => self.resolution().map(|number| put(&self.words.resolution, &number)),
            "pinpoint" => self.place(),
            "date" => self.date(),
            "date_sentence" => self.date().map(|date| format!("{date}.")),
            "archive" => wording(&citable.archive, self.language).map(str::to_owned),
            "edition" => citable.edition.as_ref().map(|edition| put(self.words.edition(edition), edition.short())),
            "url" => citable.url.clone(),
            "no_address" => citable.url.is_none().then(|| self.words.no_address.clone()),
            "no_address_sentence" => self.value("no_address").map(|words| capitalised(&words)),
            "accessed" => self.row.accessed.clone(),
            _ => None,
        }
    }

    fn author(&self, form: &str) -> Option<String> {
        let Author { name, un, oscola, bluebook } = &self.citable.author;
        let short = match form {
            "author_un" => un,
            "author_oscola" => oscola,
            "author_bluebook" => bluebook,
            _ => &None,
        };
        // The abbreviations are English.
        let short = short.as_deref().filter(|_| self.language == "en");
        short.or_else(|| wording(name, self.language)).map(str::to_owned)
    }

    /// Styles in English leave the year of a resolution of the Security Council to the date.
    fn resolution(&self) -> Option<String> {
        let number = self.citable.number.as_deref()?;
        let is_council = self.citable.symbol.as_deref().is_some_and(|symbol| symbol.starts_with("S/RES/"));
        let short = if is_council && self.language == "en" { number.split('(').next()? } else { number };
        Some(short.trim_end().to_owned())
    }

    fn place(&self) -> Option<String> {
        let pinpoint = self.citable.pinpoint.as_ref()?;
        Some(self.words.place(pinpoint, self.language))
    }

    fn date(&self) -> Option<String> {
        let words = self.words.date(self.citable)?;
        let iso = || self.citable.date.as_ref().map(|date| date.without_mark().to_owned());
        let date = if self.row.iso_date { iso()? } else { words };
        Some(if self.citable.is_date_inferred() { self.words.inferred(&date) } else { date })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_style() {
        let table: BTreeMap<String, StyleRow> = toml::from_str(include_str!("styles.toml")).unwrap();
        let mut keys: Vec<&str> = Style::ALL.iter().map(|style| style.key()).collect();
        keys.sort_unstable();
        assert_eq!(table.keys().collect::<Vec<_>>(), keys);
    }
}
