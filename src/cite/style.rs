//! Styles of citation: the templates of `styles.toml`, filled.

use super::citable::{Author, Citable, CitableKind, wording};
use super::template::{Cited, fill};
use super::words::{Words, capitalised, put, words};
use crate::base::settings;
use serde::Deserialize;
use std::sync::LazyLock;

/// A style of citation: a row of `styles.toml`, which tells the guides and paragraphs it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Style(usize);

impl Style {
    /// All styles, in the order in which they are shown.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..STYLES.len()).map(Self)
    }

    /// The style with this key.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::all().find(|style| style.key() == key)
    }

    /// The style that is shown first where a language is spoken: that of the language, else that of English.
    #[must_use]
    pub fn usual(speaks: impl Fn(&str) -> bool) -> Self {
        let usual = |is_spoken: &dyn Fn(&str) -> bool| {
            Self::all().find(|style| style.row().is_usual && is_spoken(style.language()))
        };
        usual(&speaks).or_else(|| usual(&|language| language == "en")).unwrap_or(Self(0))
    }

    /// Its key, as scripts know it.
    #[must_use]
    pub fn key(self) -> &'static str {
        &self.row().key
    }

    /// Its name, the same in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        &self.row().name
    }

    /// The guide that describes it, as on the command line, and its title.
    #[must_use]
    pub fn guide(self) -> (&'static str, &'static str) {
        (&self.row().guide, &self.row().guide_name)
    }

    /// The language in which the style is at home: `zh` for GB/T 7714, `en` for the others.
    #[must_use]
    pub fn language(self) -> &'static str {
        &self.row().language
    }

    fn row(self) -> &'static StyleRow {
        &STYLES[self.0]
    }

    /// The words of `language`, with what the style has of its own where it is at home in it.
    fn words(self, language: &str) -> &'static Words {
        if language == self.language() { &OWN_WORDS[self.0] } else { words(language) }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StylesFile {
    style: Vec<StyleRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StyleRow {
    key: String,
    name: String,
    guide: String,
    guide_name: String,
    #[serde(default)]
    is_usual: bool,
    language: String,
    report: String,
    resolution: String,
    state: String,
    archive: String,
    paragraph: Option<String>,
    day: Option<String>,
    month: Option<String>,
    months: Option<[String; 12]>,
    accessed: Option<String>,
    #[serde(default)]
    iso_date: bool,
}

/// The table.
static STYLES: LazyLock<Vec<StyleRow>> =
    LazyLock::new(|| settings::built_in::<StylesFile>(include_str!("styles.toml")).style);

/// The words of each style in the language in which it is at home.
static OWN_WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| STYLES.iter().map(StyleRow::words).collect());

/// A citation in a style, in `language` or the one in which the style is at home.
#[must_use]
pub fn cite(citable: &Citable, style: Style, language: Option<&str>) -> Cited {
    let row = style.row();
    let language = language.unwrap_or(&row.language);
    let template = match citable.kind {
        CitableKind::Record | CitableKind::Report => &row.report,
        CitableKind::Resolution => &row.resolution,
        CitableKind::State => &row.state,
        CitableKind::Archive => &row.archive,
    };
    let fields = Fields { citable, language, words: style.words(language), row };
    fill(template, &|field| fields.value(field))
}

impl StyleRow {
    /// The words of its language with what it has of its own.
    fn words(&self) -> Words {
        let mut words = words(&self.language).clone();
        let put = |own: &Option<String>, word: &mut String| own.iter().for_each(|own| word.clone_from(own));
        put(&self.paragraph, &mut words.paragraph);
        put(&self.day, &mut words.day);
        put(&self.month, &mut words.month);
        words.months = self.months.clone().or(words.months);
        words
    }
}

/// What the fields of a template stand for.
struct Fields<'a> {
    citable: &'a Citable,
    language: &'a str,
    words: &'static Words,
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
