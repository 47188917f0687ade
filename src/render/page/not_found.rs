//! The page for what is not there.

use super::subject::{Head, Input, Local, Page, Subject, Subjects, address, subjects};
use crate::render::messages::Lost;
use crate::render::site::Language;
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
    /// The folder of its pages.
    prefix: &'a str,
    /// The language's home page, below the root of the site.
    home: String,
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
        let others = local.site.languages.iter().filter(|language| language.tag != local.language.tag);
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

fn words_view(language: &Language) -> WordsView<'_> {
    let home = format!("{}{}", language.prefix, address::HOME);
    let words = &language.messages.lost;
    WordsView { html: &language.messages.language.html, words, prefix: &language.prefix, home }
}
