//! The page of search: a form, and where the results will stand.

use super::overviews::LISTS;
use super::subject::{Head, Input, Local, Page, Subject, Subjects, address, subjects};
use crate::render::view::Link;
use serde::Serialize;

/// The search.
struct SearchPage;

/// What `search.html` shows.
#[derive(Serialize)]
struct SearchView {
    /// The name of the language's script of words.
    words: String,
    /// Where to look without JavaScript.
    lists: Vec<Link>,
}

/// The page of search.
pub(super) fn pages<'a>(_: &Input<'a>) -> Subjects<'a> {
    subjects([SearchPage])
}

impl Subject for SearchPage {
    fn address(&self) -> String {
        address::SEARCH.to_owned()
    }

    fn page(&self, local: Local<'_>) -> Page {
        let words = &local.words().search;
        let head = Head { title: words.title.clone(), description: words.description.clone(), ..Head::default() };
        let view = SearchView {
            words: format!("words-{}", local.language.tag.to_ascii_lowercase()),
            lists: LISTS.map(|list| list.link(local)).into(),
        };
        Page::new("search.html", head, &view)
    }
}
