//! Editorial pages.

use super::super::address;
use super::super::html::SafeHtml;
use super::super::markdown::markdown_html;
use super::super::site::{Local, Site};
use super::super::view::Link;
use super::{Head, Page};
use crate::read::EditorialPage;
use serde::Serialize;
use std::collections::BTreeSet;

/// What `editorial.html` shows.
#[derive(Serialize)]
struct EditorialView {
    text: SafeHtml,
    /// Language of the text where it is not the interface's.
    lang: Option<String>,
}

/// The addresses of all editorial pages, whatever their language.
pub(super) fn slugs<'a>(site: &Site<'a>) -> BTreeSet<&'a str> {
    site.input.pages.iter().map(|page| page.slug.as_str()).collect()
}

/// The page at `slug` in this language, else in the first language that has it.
pub(super) fn page(local: Local<'_>, slug: &str) -> Option<Page> {
    let found = find(local, slug)?;
    let translated = found.language == local.language.tag;
    let foreign = (!translated).then(|| found.language.clone());
    let view = EditorialView { text: markdown_html(found), lang: foreign.clone() };
    let head =
        Head { title: found.title.clone(), title_language: foreign, description: first_line(found), ..Head::default() };
    Some(Page::new("editorial.html", head, &view))
}

fn find<'a>(local: Local<'a>, slug: &str) -> Option<&'a EditorialPage> {
    let pages = local.site.input.pages;
    let in_language = |tag: &str| pages.iter().find(|page| page.slug == slug && page.language == tag);
    in_language(&local.language.tag).or_else(|| pages.iter().find(|page| page.slug == slug))
}

fn first_line(page: &EditorialPage) -> String {
    let lines = page.markdown().lines().map(str::trim);
    let text = lines.filter(|line| !line.is_empty() && !line.starts_with(['#', '|', '-', '*'])).map(plain);
    text.take(1).collect()
}

/// A line of Markdown without the marks of links and emphasis.
fn plain(line: &str) -> String {
    line.chars().filter(|character| !matches!(character, '[' | ']' | '*' | '`' | '_')).collect()
}

/// Links to the editorial pages at the top level, for the footer.
pub(super) fn links(local: Local<'_>) -> Vec<Link> {
    let top = slugs(local.site).into_iter().filter(|slug| !slug.contains('/'));
    top.filter_map(|slug| Some(Link::new(address::editorial(slug), &find(local, slug)?.title))).collect()
}
