//! Lists for reference managers: BibTeX, RIS, CSL-JSON.
//!
//! Input: what is cited. Output: the text of a file. Invariants: a corporate author stays one name; the title is the
//! source's own, with the place in it for a record, so that no two records look alike in a list; a symbol or date that
//! is not known is left out and said to be unknown in the note (in BibTeX the year is `n.d.`).

mod bibtex;
mod csl;
mod ris;

use super::citable::{Citable, Pinpoint, primary, wording};
use super::words::{Words, put, words};

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

    /// The usual ending of a file's name: `bib`.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Bibtex => "bib",
            Self::Ris => "ris",
            Self::CslJson => "json",
        }
    }
}

/// The text of a file with `items`, each in `language` or, where that is none, in the language of its source.
#[must_use]
pub fn bibliography(items: &[Citable], format: Format, language: Option<&str>) -> String {
    let entries: Vec<Entry<'_>> = items.iter().map(|item| Entry::new(item, language)).collect();
    match format {
        Format::Bibtex => entries.iter().map(bibtex::entry).collect::<Vec<_>>().join("\n"),
        Format::Ris => entries.iter().map(ris::entry).collect(),
        Format::CslJson => csl::list(&entries),
    }
}

/// A thing cited, in the words of one language.
struct Entry<'a> {
    citable: &'a Citable,
    author: String,
    title: String,
    translated_title: Option<String>,
    publisher: String,
    archive: String,
    note: String,
}

impl<'a> Entry<'a> {
    fn new(citable: &'a Citable, language: Option<&str>) -> Self {
        let language = language.unwrap_or_else(|| primary(&citable.language));
        let words = words(language);
        let text = |texts| wording(texts, language).unwrap_or_default().to_owned();
        Self {
            citable,
            author: text(&citable.author.name),
            title: title(citable, language, words),
            translated_title: other_title(citable, language).map(str::to_owned),
            publisher: text(&citable.publisher),
            archive: text(&citable.archive),
            note: note(citable, language, words),
        }
    }

    /// The number of the document, as reference managers call it: the symbol.
    fn number(&self) -> Option<&str> {
        self.citable.symbol.as_deref()
    }
}

/// The title in the language if there is one; a resolution without a title goes by its number.
fn title(citable: &Citable, language: &str, words: &Words) -> String {
    let known = wording(&citable.title.by_language, language).map(str::to_owned);
    let number = citable.number.as_deref().map(|number| put(&words.resolution, number));
    let title = known.or(number).unwrap_or_else(|| citable.key.clone());
    match &citable.pinpoint {
        Some(pinpoint) => format!("{title}{}{}", words.join, place(pinpoint, language, words)),
        None => title,
    }
}

fn place(pinpoint: &Pinpoint, language: &str, words: &Words) -> String {
    words.place(pinpoint, language)
}

/// The title in the source's language, or in English for a source in the language of the list.
fn other_title<'a>(citable: &'a Citable, language: &str) -> Option<&'a str> {
    let original = citable.title.original.as_deref().unwrap_or("en");
    let other = if original == language { "en" } else { original };
    let title = citable.title.by_language.get(other)?;
    let is_other = other != language && citable.title.by_language.get(language) != Some(title);
    is_other.then_some(title.as_str())
}

/// What has no field of its own: what is not printed, the session and agenda item, the archive's edition.
fn note(citable: &Citable, language: &str, words: &Words) -> String {
    let is_document = citable.symbol.is_none() && citable.pinpoint.is_some() || citable.session.is_some();
    let symbol = (citable.symbol.is_none() && is_document).then(|| words.no_symbol.clone());
    let title = other_title(citable, language).map(|title| put(title_form(citable, language, words), title));
    let session = citable.session.map(|session| put(&words.session, &session.to_string()));
    let item = citable.agenda_item.as_deref().map(|item| put(&words.agenda_item, item));
    let edition = citable.edition.as_deref().map(|edition| put(&words.edition, edition));
    let parts = [title, symbol, session, item, edition].into_iter().flatten();
    parts.map(|part| put(&words.sentence, &upper(&part))).collect::<Vec<_>>().join(&words.sentences)
}

fn title_form<'a>(citable: &Citable, language: &str, words: &'a Words) -> &'a str {
    let is_original = citable.title.original.as_deref().is_some_and(|original| original != language);
    if is_original { &words.original_title } else { &words.translated_title }
}

fn upper(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// The moment at which a document is dated: the only one, or the first of an interval.
fn issued(citable: &Citable) -> Option<crate::model::edtf::Moment> {
    citable.dates().first().and_then(|stretch| stretch.start.or(stretch.end))
}
