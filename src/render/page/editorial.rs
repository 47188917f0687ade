//! Editorial pages.

use super::subject::{
    Document, Field, Head, Input, Kind, Local, Page, Site, Subject, Subjects, address, also, field, subjects,
};
use crate::read::{EditorialPage, MARKDOWN};
use crate::render::html::SafeHtml;
use crate::render::markdown::markdown_html;
use crate::render::view::Link;
use pulldown_cmark::{Event, Parser};
use serde::Serialize;
use std::collections::BTreeMap;

/// The editorial pages of one address, at least one; not every language has its own.
struct Editorial<'a> {
    slug: &'a str,
    pages: Vec<&'a EditorialPage>,
}

/// What `editorial.html` shows.
#[derive(Serialize)]
struct EditorialView {
    text: SafeHtml,
    /// Language of the text where it is not the interface's.
    lang: Option<String>,
}

/// The editorial pages.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    subjects(all(input))
}

/// The editorial pages by address.
fn all<'a>(input: &Input<'a>) -> impl Iterator<Item = Editorial<'a>> + use<'a> {
    let mut by_slug: BTreeMap<&str, Vec<&EditorialPage>> = BTreeMap::new();
    for page in input.pages {
        by_slug.entry(&page.slug).or_default().push(page);
    }
    by_slug.into_iter().map(|(slug, pages)| Editorial { slug, pages })
}

/// Links to the editorial pages at the top level, for the footer.
pub(super) fn links(local: Local<'_>) -> Vec<Link> {
    let top = all(local.site.input).filter(|page| !page.slug.contains('/'));
    top.map(|page| Link::new(page.address(), &page.shown(local).title)).collect()
}

impl<'a> Editorial<'a> {
    /// The page in this language, else in the first language that has it.
    fn shown(&self, local: Local<'_>) -> &'a EditorialPage {
        self.pages.iter().find(|page| page.language == local.language.tag).unwrap_or(&self.pages[0])
    }
}

impl Subject for Editorial<'_> {
    fn address(&self) -> String {
        address::editorial(self.slug)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let shown = self.shown(local);
        let foreign = (shown.language != local.language.tag).then(|| shown.language.clone());
        let view = EditorialView { text: markdown_html(shown), lang: foreign.clone() };
        let head = Head {
            title: shown.title.clone(),
            title_language: foreign,
            description: first_line(shown),
            ..Head::default()
        };
        Page::new("editorial.html", head, &view)
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        let shown = |local: Local<'a>| (self.shown(local).title.clone(), String::new());
        Some(Document {
            fields: self.pages.iter().flat_map(|page| fields(page)).collect(),
            names: std::iter::once(self.slug.replace('-', " ")).chain(also(site, self.slug)).collect(),
            ..Document::new(site, Kind::Page, self.address(), shown)
        })
    }
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

/// The title and the text of an editorial page, a field a block.
fn fields(page: &EditorialPage) -> Vec<Field<'_>> {
    let language = if page.language == "zh" { "zh-Hans" } else { page.language.as_str() };
    let mut fields = vec![field(language, page.title.as_str())];
    let mut text = String::new();
    for event in Parser::new_ext(page.markdown(), MARKDOWN) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                text.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(tag) if is_block(tag) => {
                let block = std::mem::take(&mut text);
                fields.extend((!block.trim().is_empty()).then(|| field(language, block)));
            }
            _ => {}
        }
    }
    fields
}

fn is_block(tag: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}
