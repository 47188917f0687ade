//! CSL-JSON.
//!
//! Source: the schema `csl-data.json` of CSL 1.0.2: `literal` names, `issued` as `date-parts`, one array of items.

use super::super::citable::{Citable, CitableKind};
use super::Entry;
use crate::model::edtf::Moment;
use serde::Serialize;

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<[Name<'a>; 1]>,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    language: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
}

#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Issued<'a> {
    Parts {
        #[serde(rename = "date-parts")]
        parts: Vec<Vec<i32>>,
        #[serde(rename = "circa", skip_serializing_if = "std::ops::Not::not")]
        is_inferred: bool,
    },
    Literal {
        literal: &'a str,
    },
}

/// All entries as one array. Text always can be written as JSON; an empty list would show that it could not.
pub(super) fn list(entries: &[Entry<'_>]) -> String {
    let items: Vec<Item<'_>> = entries.iter().map(item).collect();
    serde_json::to_string_pretty(&items).map(|text| text + "\n").unwrap_or_else(|error| unreachable!("{error}"))
}

/// One entry. Text always can be written as JSON.
pub(super) fn value(entry: &Entry<'_>) -> serde_json::Value {
    serde_json::json!(item(entry))
}

fn item<'a>(entry: &'a Entry<'_>) -> Item<'a> {
    Item {
        id: &entry.citable.key,
        kind: match entry.citable.kind {
            // `legislation` is what styles print as a law of the United States.
            CitableKind::Record | CitableKind::Report | CitableKind::Resolution => "report",
            CitableKind::State => "webpage",
            CitableKind::Archive => "dataset",
        },
        author: entry.author().map(|literal| [Name { literal }]),
        title: &entry.title,
        genre: entry.kind_name,
        number: entry.number(),
        page: entry.pages().map(|pages| pages.replace('–', "-")),
        issued: issued(entry.citable),
        publisher: entry.publisher(),
        url: entry.citable.url.as_deref(),
        language: entry.language,
        note: &entry.note,
    }
}

/// A date or a whole interval as parts; any other EDTF as it is; nothing where no date is known, for which styles
/// print n.d. in the reader's language.
fn issued(citable: &Citable) -> Option<Issued<'_>> {
    let date = citable.date.as_ref()?;
    let parts = match citable.dates() {
        [stretch] if stretch.interval => stretch.start.zip(stretch.end).map(|(start, end)| vec![start, end]),
        [stretch] => stretch.start.map(|moment| vec![moment]),
        _ => None,
    };
    Some(parts.map_or(Issued::Literal { literal: date.as_str() }, |moments| Issued::Parts {
        parts: moments.into_iter().map(numbers).collect(),
        is_inferred: citable.is_date_inferred(),
    }))
}

fn numbers(moment: Moment) -> Vec<i32> {
    let rest = [moment.month, moment.day].into_iter().flatten().map(i32::from);
    std::iter::once(moment.year).chain(rest).collect()
}
