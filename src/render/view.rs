//! Pieces of page views that several templates show. Made for templates; nothing here is a model type.

use crate::model::edtf::Edtf;
use serde::Serialize;
use tera::Value;

/// A link to a page of the site.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    /// Address below the root of the language.
    pub(super) path: String,
    /// Its text.
    pub(super) label: String,
    /// Language of the text where it is not the page's.
    pub(super) lang: Option<String>,
}

impl Link {
    /// A link whose text is in the page's language.
    pub(super) fn new(path: impl Into<String>, label: impl Into<String>) -> Self {
        Self { path: path.into(), label: label.into(), lang: None }
    }

    /// The same link with the language of its text.
    pub(super) fn in_language(mut self, language: impl Into<String>) -> Self {
        self.lang = Some(language.into());
        self
    }

    /// The same words leading elsewhere.
    pub(super) fn leading_to(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// The link as templates see it.
    pub(super) fn value(&self) -> Value {
        Value::from_serializable(self)
    }
}

/// A warning beside a value, in words; the kind is only for its colour.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Label {
    kind: &'static str,
    text: String,
}

impl Label {
    /// A label of `kind`.
    pub(super) fn new(kind: &'static str, text: &str) -> Self {
        Self { kind, text: text.to_owned() }
    }

    /// What it warns of.
    pub(super) fn kind(&self) -> &'static str {
        self.kind
    }

    /// Whether it is of `kind`.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }
}

/// A date as shown.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Date {
    /// In words.
    pub(super) words: String,
    /// The date itself.
    pub(super) edtf: Option<Edtf>,
    /// As printed.
    pub(super) printed: Option<String>,
}

/// What an editor says.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Remark {
    text: String,
    lang: Option<String>,
}

impl Remark {
    /// What is said in the language of the page.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), lang: None }
    }

    /// What is said, and the language where it is not the page's.
    pub(super) fn parts(self) -> (String, Option<String>) {
        (self.text, self.lang)
    }

    /// What is said in another.
    pub(super) fn in_language(text: impl Into<String>, language: &str) -> Self {
        Self { text: text.into(), lang: Some(language.to_owned()) }
    }
}

/// A title with where it comes from.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Title {
    /// The title.
    pub(super) text: String,
    /// Its language.
    pub(super) lang: String,
    /// Where it was seen; none for a candidate.
    pub(super) source: Option<Remark>,
    /// Whether it was not seen in a source.
    pub(super) candidate: bool,
}

impl Title {
    /// A title that was seen in a source.
    pub(super) fn seen(text: &Option<String>, source: Option<Remark>, lang: &'static str) -> Option<Self> {
        text.clone().map(|text| Self { text, lang: lang.to_owned(), source, candidate: false })
    }

    /// A title that was not.
    pub(super) fn candidate(text: &Option<String>, lang: &'static str) -> Option<Self> {
        text.clone().map(|text| Self { text, lang: lang.to_owned(), source: None, candidate: true })
    }
}

/// Records under a heading.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Group {
    /// The heading: a link.
    pub(super) heading: Value,
    /// Its anchor.
    pub(super) anchor: String,
    /// How many records.
    pub(super) count: String,
    /// The records.
    pub(super) cards: Vec<super::html::SafeHtml>,
    /// Where there are more of them.
    pub(super) more: Option<Link>,
}

/// A report whose records stand elsewhere.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Older {
    /// Where they are, under the name of the report.
    pub(super) link: Link,
    /// The anchor of the line.
    pub(super) anchor: String,
    /// How many records.
    pub(super) count: String,
}

/// A line in a list of pages.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    /// The page.
    pub(super) link: Value,
    /// What it holds.
    pub(super) text: Option<String>,
    /// Language of that text, where it is not the page's.
    pub(super) lang: Option<String>,
    /// How much it holds.
    pub(super) count: String,
    /// A warning beside it.
    pub(super) label: Option<Label>,
}

impl Row {
    /// A line without further text.
    pub(super) fn new(link: &Link, count: String) -> Self {
        Self { link: link.value(), text: None, lang: None, count, label: None }
    }

    /// The same line with a text in `lang`.
    pub(super) fn text(mut self, text: impl Into<String>, lang: Option<&str>) -> Self {
        self.text = Some(text.into());
        self.lang = lang.map(str::to_owned);
        self
    }
}

/// A name and its value, in a list of facts.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Entry {
    name: String,
    text: String,
    lang: Option<String>,
    links: Vec<Link>,
    source: Option<Remark>,
    unknown: bool,
    /// Which part of a wording it is, in the words of `data-field`.
    field: Option<&'static str>,
}

impl Entry {
    /// A value in words.
    pub(super) fn text(name: &str, text: impl Into<String>) -> Self {
        let (name, text) = (name.to_owned(), text.into());
        Self { name, text, lang: None, links: Vec::new(), source: None, unknown: false, field: None }
    }

    /// A link.
    pub(super) fn link(name: &str, link: Link) -> Self {
        Self::links(name, vec![link])
    }

    /// Several links.
    pub(super) fn links(name: &str, links: Vec<Link>) -> Self {
        Self { links, ..Self::text(name, "") }
    }

    /// A value that may be unknown, and then says so in the words `unknown`.
    pub(super) fn known(name: &str, value: Option<&str>, unknown: &str) -> Self {
        Self { unknown: value.is_none(), ..Self::text(name, value.unwrap_or(unknown)) }
    }

    /// What an editor says.
    pub(super) fn remark(name: &str, remark: Remark) -> Self {
        Self { lang: remark.lang, ..Self::text(name, remark.text) }
    }

    /// The same entry with where the value comes from.
    pub(super) fn sourced(self, source: Option<Remark>) -> Self {
        Self { source, ..self }
    }

    /// The same entry, marked as a part of a wording: `verify` compares such rows with those of saved pages.
    pub(super) fn of_field(self, field: &'static str) -> Self {
        Self { field: Some(field), ..self }
    }

    /// The same entry with the language of its value.
    pub(super) fn in_language(mut self, language: &str) -> Self {
        self.lang = Some(language.to_owned());
        self
    }
}
