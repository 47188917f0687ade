//! A list of all pages of a kind as a table: what each is about in columns, those that belong together under one heading.

use super::super::html::SafeHtml;
use super::super::standing::{ratified_day, signed_day};
use super::super::view::{Label, Remark, Title};
use super::subject::{Head, Local, Page};
use crate::base::language::primary;
use crate::model::reference::TreatyStatus;
use serde::Serialize;
use tera::Value;

/// What `directory.html` shows.
#[derive(Serialize)]
pub(super) struct Directory {
    /// What the rows are.
    pub(super) head: String,
    /// What stands beside them.
    pub(super) columns: Vec<Column>,
    /// The rows, in groups.
    pub(super) groups: Vec<Group>,
    /// In which order they stand, and what else is to be said of all.
    pub(super) note: Option<String>,
    /// A map that leads to the same pages.
    pub(super) map: Option<SafeHtml>,
}

/// Rows that belong together.
#[derive(Serialize)]
pub(super) struct Group {
    /// What they have in common; none where all stand together.
    pub(super) heading: Option<String>,
    /// How many they are.
    pub(super) count: String,
    /// The rows.
    pub(super) rows: Vec<Row>,
}

/// A page.
#[derive(Serialize)]
pub(super) struct Row {
    /// A link to it.
    pub(super) link: Value,
    /// Other words by which readers may look for it, if there are any.
    pub(super) also: String,
    /// What stands in each column.
    pub(super) cells: Vec<Cell>,
}

/// What is said of a page in one column.
#[derive(Default, Serialize)]
pub(super) struct Cell {
    text: String,
    lang: Option<String>,
    label: Option<Label>,
}

/// What stands beside the rows under one head. Its width depends on its kind alone, as what is shown first of a table that
/// comes slowly would move otherwise.
#[derive(Serialize)]
pub(super) struct Column {
    head: String,
    kind: Kind,
}

/// What the cells of a column hold.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// A few words.
    Words,
    /// A title or a remark, which take the room that is left.
    Long,
    /// A day, which is not broken.
    Day,
    /// A number, or several joined by a dash, which are not broken either.
    Number,
}

impl Column {
    /// A few words.
    pub(super) fn words(head: &str) -> Self {
        Self { head: head.to_owned(), kind: Kind::Words }
    }

    /// Titles or remarks.
    pub(super) fn long(head: &str) -> Self {
        Self { head: head.to_owned(), kind: Kind::Long }
    }

    /// Days.
    pub(super) fn day(head: &str) -> Self {
        Self { head: head.to_owned(), kind: Kind::Day }
    }

    /// Numbers.
    pub(super) fn number(head: &str) -> Self {
        Self { head: head.to_owned(), kind: Kind::Number }
    }

    /// When a State signed the treaty and when it ratified it, and whether that still holds.
    pub(super) fn signed_and_ratified(local: Local<'_>) -> [Self; 2] {
        let words = &local.words().state;
        [Self::day(&words.signed), Self::words(&words.ratified)]
    }
}

impl Cell {
    /// Words in the language of the page.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Words that may be in another language.
    pub(super) fn in_language(text: impl Into<String>, language: Option<String>) -> Self {
        Self { lang: language, ..Self::text(text) }
    }

    /// A title, which says that it is to be checked where it was not seen, and else its language where it is not the page's.
    pub(super) fn title(local: Local<'_>, title: Title) -> Self {
        let foreign = || {
            let name = local.words().state.names_in.get(primary(&title.lang));
            name.filter(|_| !local.speaks(&title.lang)).map(|name| Label::new("language", name))
        };
        let candidate = title.candidate.then(|| Label::new("candidate", &local.words().site.candidate));
        Self { label: candidate.or_else(foreign), ..Self::in_language(title.text, Some(title.lang)) }
    }

    /// What an editor says.
    pub(super) fn remark(remark: Remark) -> Self {
        let (text, language) = remark.parts();
        Self::in_language(text, language)
    }

    /// When a State signed the treaty and when it ratified it.
    pub(super) fn signed_and_ratified(local: Local<'_>, status: Option<&TreatyStatus>) -> [Self; 2] {
        let words = &local.words().standing;
        let signed = status.and_then(|status| signed_day(local, status));
        let ratified = status.and_then(|status| ratified_day(local, status));
        [
            Self::text(signed.unwrap_or_else(|| words.not_signed.clone())),
            Self::text(ratified.unwrap_or_else(|| words.not_ratified.clone())),
        ]
    }

    /// A warning alone.
    pub(super) fn label(label: Label) -> Self {
        Self { label: Some(label), ..Self::default() }
    }
}

impl Directory {
    /// The page.
    pub(super) fn page(&self, head: Head) -> Page {
        Page::new("directory.html", head, self)
    }
}
