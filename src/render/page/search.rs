//! The page of search: a form, and where the results will stand.

use super::super::site::Local;
use super::super::view::Link;
use super::lists::List;
use super::{Head, Page};
use serde::Serialize;

/// What `search.html` shows.
#[derive(Serialize)]
struct SearchView {
    /// The name of the language's script of words.
    words: String,
    /// Where to look without JavaScript.
    lists: Vec<Link>,
}

/// The page of search.
pub(super) fn page(local: Local<'_>) -> Page {
    let words = &local.words().search;
    let head = Head { title: words.title.clone(), description: words.description.clone(), ..Head::default() };
    let view = SearchView {
        words: format!("words-{}", local.language.tag.to_ascii_lowercase()),
        lists: List::ALL.into_iter().map(|list| list.link(local)).collect(),
    };
    Page::new("search.html", head, &view)
}
