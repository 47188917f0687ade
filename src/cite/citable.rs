//! What can be cited, with everything that a style may ask for.

use super::edition::Edition;
use crate::base::language::{is_one_language, primary};
use crate::config::Localized;
use crate::model::edtf::{Edtf, Moment, Stretch};

/// What kind of thing is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CitableKind {
    /// A row or paragraph of a report.
    Record,
    /// A report.
    Report,
    /// A resolution.
    Resolution,
    /// The archive's page on a State.
    State,
    /// The archive itself.
    Archive,
}

/// A corporate author: one name, never split into first and last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// The name in full, by language.
    pub name: Localized,
    /// As Chicago shortens it in notes.
    pub un: Option<String>,
    /// As OSCOLA abbreviates it.
    pub oscola: Option<String>,
    /// As the Bluebook abbreviates it.
    pub bluebook: Option<String>,
}

/// A title in one or several languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Title {
    /// The wordings known, by primary language subtag: `zh`, `en`.
    pub by_language: Localized,
    /// Which of them the source prints; none if each is as good as the others.
    pub original: Option<String>,
}

/// The place in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pinpoint {
    /// The section of an activity table: `1a`.
    pub section: Option<String>,
    /// The State whose row or reply it is, by language.
    pub state: Localized,
    /// What the source prints for it, where it is corrected.
    pub corrected: Option<CorrectedState>,
    /// The running number of the row among that State's in the section.
    pub row: Option<String>,
    /// The printed number of the paragraph: `8(a)`.
    pub paragraph: Option<String>,
    /// First and last page of the original, where it has pages.
    pub pages: Option<(usize, usize)>,
    /// The record's id, for one that has no number.
    pub record: Option<String>,
    /// The number of the wording, for a record that was published with several.
    pub version: Option<u32>,
}

/// What a source has in the place of a State that is corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorrectedState {
    /// Another name.
    Printed(String),
    /// Nothing.
    Missing,
}

/// Something that can be cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citable {
    /// The key in reference managers: the record's or report's id, a resolution's or State's last part of the address.
    pub key: String,
    /// What it is.
    pub kind: CitableKind,
    /// The corporate author.
    pub author: Author,
    /// The title of the document or page; may be without any wording for a resolution whose title is not known.
    pub title: Title,
    /// The place in the document, for a record.
    pub pinpoint: Option<Pinpoint>,
    /// The symbol of the document; none if it is printed nowhere and not known.
    pub symbol: Option<String>,
    /// The number of a resolution as its body gives it: `62/59`, `1718(2006)`.
    pub number: Option<String>,
    /// The date of the document, where known, which may be inferred; never the date of what a row tells.
    pub date: Option<Edtf>,
    /// The session of the General Assembly.
    pub session: Option<u32>,
    /// The agenda item as printed.
    pub agenda_item: Option<String>,
    /// The period that the report covers.
    pub period: Option<Edtf>,
    /// The archive's title, by language. The archive publishes the edition that is cited; the United Nations do not.
    pub archive: Localized,
    /// The address to be cited: the permanent one, unless [`Citable::opening`] chose another; none if the site does not
    /// know its own address.
    pub url: Option<String>,
    /// The address of the page in each language of the site.
    pub addresses: Localized,
    /// The edition that is cited, where one is told.
    pub edition: Option<Edition>,
    /// The language of the text, BCP 47.
    pub language: String,
    /// Every language in which the archive has the text.
    pub languages: Vec<String>,
}

impl Author {
    /// The name in `language`, else in English, else in any language.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        wording(&self.name, language).unwrap_or_default()
    }
}

impl Citable {
    /// The same with the address of the page in a language of the site, and as the text that stands first on it.
    #[must_use]
    pub fn opening(self, language: &str) -> Self {
        let url = self.addresses.get(language).cloned().or(self.url);
        match self.languages.iter().find(|known| is_one_language(known, language)).cloned() {
            Some(language) if language != self.language => {
                let title = Title { original: Some(primary(&language).to_owned()), ..self.title };
                Self { url, language, title, ..self }
            }
            _ => Self { url, ..self },
        }
    }

    /// Whether the date is not printed, but inferred.
    #[must_use]
    pub fn is_date_inferred(&self) -> bool {
        self.date.as_ref().is_some_and(Edtf::is_inferred)
    }

    /// The moment at which the document is dated: the only one, or the first of an interval.
    #[must_use]
    pub fn issued(&self) -> Option<Moment> {
        self.dates().first().and_then(|stretch| stretch.start.or(stretch.end))
    }

    /// The stretches of time of the date of the document.
    #[must_use]
    pub fn dates(&self) -> &[Stretch] {
        self.date.as_ref().map_or(&[], Edtf::stretches)
    }
}

impl Title {
    /// The wording for a citation in `language`: the source's own, or that of the language where the source has none.
    #[must_use]
    pub fn wording(&self, language: &str) -> Option<&str> {
        let original = self.original.as_deref().and_then(|original| self.by_language.get(original));
        original.map(String::as_str).or_else(|| wording(&self.by_language, language))
    }

    /// The title in `language`, where that is not the source's.
    #[must_use]
    pub fn translation(&self, language: &str) -> Option<&str> {
        let original = self.original.as_deref()?;
        let translated = self.by_language.get(language).filter(|_| language != original)?;
        (self.by_language.get(original) != Some(translated)).then_some(translated)
    }
}

/// The wording in `language`, else in English, else in any language.
pub(super) fn wording<'a>(texts: &'a Localized, language: &str) -> Option<&'a str> {
    texts.get(language).or_else(|| texts.get("en")).or_else(|| texts.values().next()).map(String::as_str)
}
