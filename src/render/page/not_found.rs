//! The page for what is not there.

use super::frame::navigation;
use super::subject::{Head, Input, Local, Page, Subject, Subjects, address, subjects};
use crate::render::messages::Lost;
use crate::render::view::Link;
use serde::Serialize;

/// The page for what is not there: one for all languages, because a server knows one only.
struct NotFoundPage;

/// What `404.html` shows besides the words of the first language.
#[derive(Serialize)]
struct NotFoundView<'a> {
    others: Vec<WordsView<'a>>,
}

/// The same words in another language.
#[derive(Serialize)]
struct WordsView<'a> {
    html: &'a str,
    words: &'a Lost,
    /// The folder of its pages, below the root of the site.
    prefix: &'a str,
    /// What its search is called, and its button.
    field: &'a str,
    submit: &'a str,
    /// The lists, below that folder.
    navigation: Vec<Link>,
}

/// The page.
pub(super) fn pages<'a>(_: &Input<'a>) -> Subjects<'a> {
    subjects([NotFoundPage])
}

impl Subject for NotFoundPage {
    fn address(&self) -> String {
        address::NOT_FOUND.to_owned()
    }

    fn page(&self, local: Local<'_>) -> Page {
        let words = &local.words().lost;
        let head = Head { title: words.title.clone(), description: words.text.clone(), ..Head::default() };
        let others = local.site.locals().filter(|other| other.language.tag != local.language.tag);
        let view = NotFoundView { others: others.map(words_view).collect() };
        Page::new("404.html", head, &view)
    }

    fn is_for_all_languages(&self) -> bool {
        true
    }

    fn is_listed(&self) -> bool {
        false
    }
}

fn words_view(local: Local<'_>) -> WordsView<'_> {
    let words = local.words();
    WordsView {
        html: &words.language.html,
        words: &words.lost,
        prefix: &local.language.prefix,
        field: &words.search.field,
        submit: &words.search.submit,
        navigation: navigation(local),
    }
}
