//! Lists for reference managers: BibTeX, RIS, CSL-JSON.
//!
//! Input: what is cited. Output: the text of a file. Invariants: a corporate author stays one name; the title is the
//! source's own, with the place in it for a record, so that no two records look alike in a list; a symbol or date that
//! is not known is left out and said to be unknown in the note (in BibTeX the year is `n.d.`).

mod bibtex;
mod coins;
mod csl;
mod ris;

use super::citable::{Citable, CitableKind, primary, wording};
use super::words::{Words, capitalised, put, words};
use crate::model::edtf::Moment;

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
    translated_title: Option<&'a str>,
    publisher: String,
    archive: String,
    /// The language of the text; a resolution or a page of the archive is in that of the list.
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
        let has_text = matches!(citable.kind, CitableKind::Record | CitableKind::Report);
        Self {
            citable,
            author: text(&citable.author.name),
            title: title(citable, list_language, words),
            translated_title: other_title(citable, list_language),
            publisher: text(&citable.publisher),
            archive: text(&citable.archive),
            language: if has_text { &citable.language } else { list_language },
            kind_name: match citable.kind {
                CitableKind::Record | CitableKind::Report => Some(&words.document),
                CitableKind::Resolution => Some(&words.resolution_kind),
                CitableKind::State => None,
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
}

/// The title in the language if there is one; a resolution without a title goes by its number.
fn title(citable: &Citable, language: &str, words: &Words) -> String {
    let known = wording(&citable.title.by_language, language).map(str::to_owned);
    let number = citable.number.as_deref().map(|number| put(&words.resolution, number));
    let title = known.or(number).unwrap_or_else(|| citable.key.clone());
    match &citable.pinpoint {
        Some(pinpoint) => format!("{title}{}{}", words.join, words.place(pinpoint, language)),
        None => title,
    }
}

/// A document's title in the source's language, or in English for a source in the language of the list.
fn other_title<'a>(citable: &'a Citable, language: &str) -> Option<&'a str> {
    let titles = &citable.title.by_language;
    let original = citable.title.original.as_deref().unwrap_or("en");
    let title = titles.get(if original == language { "en" } else { original })?;
    let is_other = titles.get(language).is_some_and(|own| own != title) && citable.kind != CitableKind::State;
    is_other.then_some(title.as_str())
}

/// What has no field of its own: what is not printed, the session and agenda item, the edition.
fn note(citable: &Citable, words: &Words) -> String {
    let has_text = matches!(citable.kind, CitableKind::Record | CitableKind::Report);
    let symbol = (citable.symbol.is_none() && has_text).then(|| words.no_symbol.clone());
    let session = citable.session.map(|session| put(&words.session, &session.to_string()));
    let item = citable.agenda_item.as_deref().map(|item| put(&words.agenda_item, item));
    let edition = citable.edition.as_ref().map(|edition| put(words.edition(edition), edition.hash()));
    let parts = [symbol, session, item, edition].into_iter().flatten();
    parts.map(|part| put(&words.sentence, &capitalised(&part))).collect::<Vec<_>>().join(&words.sentences)
}

impl Citable {
    /// The title in a list in `language`, with the place in the document for a record.
    #[must_use]
    pub fn title_in_list(&self, language: &str) -> String {
        title(self, language, words(language))
    }

    /// As a context object for a list of several things: what a span of the class `Z3988` has for its title.
    #[must_use]
    pub fn context_object(&self, language: &str) -> String {
        coins::context_object(self, language)
    }

    /// The moment at which the document is dated: the only one, or the first of an interval.
    #[must_use]
    pub fn issued(&self) -> Option<Moment> {
        self.dates().first().and_then(|stretch| stretch.start.or(stretch.end))
    }
}
