//! Lists for reference managers: BibTeX, RIS, CSL-JSON.
//!
//! Input: what is cited. Output: the text of a file. Invariants: a corporate author stays one name; the title is the
//! source's own with the English one behind it, then what tells the document from others of its title and the place in
//! it, so that no two entries look alike in a list; a symbol or date that is not known is left out; the archive, and
//! never the United Nations, publishes the edition.

mod bibtex;
mod coins;
mod csl;
mod ris;

use super::citable::{Citable, CitableKind, wording};
use super::words::{Words, put, words};
use crate::base::language::primary;
use crate::base::media;
use std::borrow::Borrow;

/// A format that reference managers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// BibTeX, read by biblatex too.
    Bibtex,
    /// RIS, as EndNote and Zotero read it.
    Ris,
    /// CSL-JSON 1.0.2.
    CslJson,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Bibtex, Self::Ris, Self::CslJson];

    /// Its name on the command line, its name for people, its media type and the ending of files.
    const fn row(self) -> [&'static str; 4] {
        match self {
            Self::Bibtex => ["bibtex", "BibTeX", media::BIBTEX, "bib"],
            Self::Ris => ["ris", "RIS", media::RIS, "ris"],
            Self::CslJson => ["csl-json", "CSL-JSON", media::CSL_JSON, "json"],
        }
    }

    /// Its name on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.row()[0]
    }

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row()[1]
    }

    /// Its media type, as reference managers register it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        self.row()[2]
    }

    /// The usual ending of a file's name: `bib`.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        self.row()[3]
    }
}

impl CitableKind {
    /// The formats of the published list of such a thing with its records: a State's is for reference managers alone.
    #[must_use]
    pub fn list_formats(self) -> &'static [Format] {
        match self {
            Self::Report => &[Format::Bibtex, Format::Ris],
            Self::State => &[Format::Ris],
            Self::Record | Self::Resolution | Self::Archive => &[],
        }
    }
}

/// The text of a file with `items`, each in `language` or, where that is none, in the language of its source.
#[must_use]
pub fn bibliography<C: Borrow<Citable>>(
    items: impl IntoIterator<Item = C>,
    format: Format,
    language: Option<&str>,
) -> String {
    let mut text = String::new();
    let items = items.into_iter();
    match format {
        Format::Bibtex => items.enumerate().for_each(|(position, item)| {
            text.push_str(if position == 0 { "" } else { "\n" });
            text.push_str(&bibtex::entry(&Entry::new(item.borrow(), language)));
        }),
        Format::Ris => items.for_each(|item| text.push_str(&ris::entry(&Entry::new(item.borrow(), language)))),
        Format::CslJson => {
            let items: Vec<C> = items.collect();
            text = csl::list(&items.iter().map(|item| Entry::new(item.borrow(), language)).collect::<Vec<_>>());
        }
    }
    text
}

/// `item` as an item of CSL-JSON, in the language of its source.
#[must_use]
pub fn csl_item(item: &Citable) -> serde_json::Value {
    csl::value(&Entry::new(item, None))
}

/// A thing cited, in the words of one language.
struct Entry<'a> {
    citable: &'a Citable,
    author: String,
    title: String,
    archive: String,
    /// The language of the text; for a resolution that of its title, for a page of the archive that of the list.
    language: &'a str,
    /// What kind of document it is, in a word.
    kind_name: Option<&'static str>,
    note: String,
}

impl<'a> Entry<'a> {
    fn new(citable: &'a Citable, language: Option<&'a str>) -> Self {
        let list_language = language.unwrap_or_else(|| primary(&citable.language));
        let words = words(list_language);
        let text = |texts| wording(texts, list_language).unwrap_or_default().to_owned();
        Self {
            citable,
            author: text(&citable.author.name),
            title: title(citable, list_language, words),
            archive: text(&citable.archive),
            language: text_language(citable, list_language),
            kind_name: match citable.kind {
                CitableKind::Record | CitableKind::Report => Some(&words.document),
                CitableKind::Resolution => Some(&words.resolution_kind),
                CitableKind::State | CitableKind::Archive => None,
            },
            note: note(citable, words),
        }
    }

    /// The pages of a record: `7`, `7–8`.
    fn pages(&self) -> Option<String> {
        self.citable.pinpoint.as_ref()?.page_range()
    }

    /// The number of the document, as reference managers call it: the symbol.
    fn number(&self) -> Option<&str> {
        self.citable.symbol.as_deref()
    }

    /// The author, where there is one.
    fn author(&self) -> Option<&str> {
        Some(self.author.as_str()).filter(|author| !author.is_empty())
    }

    /// The archive, where it is not the author or the title as well: nothing names it twice.
    fn publisher(&self) -> Option<&str> {
        let is_title = self.citable.kind == CitableKind::Archive;
        Some(self.archive.as_str()).filter(|archive| *archive != self.author && !is_title)
    }
}

fn text_language<'a>(citable: &'a Citable, list_language: &'a str) -> &'a str {
    let titles = &citable.title.by_language;
    match citable.kind {
        CitableKind::Record | CitableKind::Report => &citable.language,
        CitableKind::Resolution if !titles.is_empty() && !titles.contains_key(list_language) => {
            titles.keys().next().map_or(list_language, String::as_str)
        }
        CitableKind::Resolution | CitableKind::State | CitableKind::Archive => list_language,
    }
}

/// The title with the English one behind it, what tells the document from others of that title, and the place in it.
/// A resolution without a title goes by its number.
fn title(citable: &Citable, language: &str, words: &Words) -> String {
    let number = || citable.number.as_deref().map(|number| put(&words.resolution, number));
    let title = citable.title.wording(language).map(str::to_owned);
    let title = title.or_else(number).unwrap_or_else(|| citable.key.clone());
    let english = citable.title.by_language.get("en");
    let english = english
        .filter(|english| **english != title && !matches!(citable.kind, CitableKind::State | CitableKind::Archive));
    let both = english.map_or_else(|| title.clone(), |english| format!("{title} [{english}]"));
    let place = citable.pinpoint.as_ref().map(|pinpoint| words.place(pinpoint, language));
    words.joined([Some(both), words.setting(citable), place]).unwrap_or_default()
}

/// What has no field of its own: how the date is known, the edition. That an address is missing shows by itself.
fn note(citable: &Citable, words: &Words) -> String {
    let date = citable.is_date_inferred().then(|| words.date_note.clone());
    let edition = citable.edition.as_ref().map(|edition| put(words.edition(edition), edition.short()));
    let parts = [date, edition].into_iter().flatten();
    parts.map(|part| put(&words.sentence, &part)).collect::<Vec<_>>().join(&words.sentences)
}

impl Citable {
    /// The title in a list in `language`, with what tells it from others and the place in the document for a record.
    #[must_use]
    pub fn title_in_list(&self, language: &str) -> String {
        title(self, language, words(language))
    }

    /// As a context object for a list of several things: what a span of the class `Z3988` has for its title.
    #[must_use]
    pub fn context_object(&self, language: &str) -> String {
        coins::context_object(self, language)
    }
}
