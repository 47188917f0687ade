//! Editorial pages: Markdown → HTML. Raw HTML is refused, links go to allowed places only.

use super::html::SafeHtml;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::span::Span;
use crate::read::EditorialPage;
use pulldown_cmark::{Event, Options, Parser, Tag, html};
use std::ops::Range;

/// How an address may begin; anything with a scheme must be one of these.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// What of CommonMark's extensions pages may use.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES);

/// Everything in the page that is not allowed: raw HTML, images, links to other places.
pub(super) fn faults(page: &EditorialPage) -> Vec<Diagnostic> {
    let events = Parser::new_ext(page.markdown(), OPTIONS).into_offset_iter();
    events.filter_map(|(event, range)| Some(refused(page, &refusal(&event)?, range))).collect()
}

/// The page's Markdown as HTML, without what [`faults`] tells of.
pub(super) fn markdown_html(page: &EditorialPage) -> SafeHtml {
    let events = Parser::new_ext(page.markdown(), OPTIONS).filter(|event| refusal(event).is_none());
    let mut out = String::with_capacity(page.markdown().len() * 3 / 2);
    html::push_html(&mut out, events);
    SafeHtml::from_markdown(&out)
}

fn refusal(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Html(_) | Event::InlineHtml(_) => Some("raw HTML is not allowed in editorial pages".to_owned()),
        Event::Start(Tag::Image { .. }) => Some("images are not supported in editorial pages".to_owned()),
        Event::Start(Tag::Link { dest_url, .. }) if !is_allowed(dest_url) => {
            Some(format!("a link to `{dest_url}` is not allowed"))
        }
        _ => None,
    }
}

/// Whether an address is relative or has an allowed scheme.
fn is_allowed(address: &str) -> bool {
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    let relative = !head.contains(':') && !address.starts_with("//") && !address.contains('\\');
    relative || SCHEMES.iter().any(|scheme| address.starts_with(scheme))
}

fn refused(page: &EditorialPage, reason: &str, range: Range<usize>) -> Diagnostic {
    let span = Span::new(page.body + range.start, page.body + range.end);
    Diagnostic::error(code::BAD_PAGE, reason)
        .at(Place::InText { path: page.path.clone(), text: page.text.clone(), span })
        .hint("write it in Markdown; links may be relative, https, http or mailto")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(markdown: &str) -> Vec<Diagnostic> {
        let text = |text: &str| text.to_owned();
        let page = EditorialPage {
            slug: text("about"),
            language: text("en"),
            title: text("About"),
            text: text(markdown),
            body: 0,
            path: text("content/pages/en/about.md"),
        };
        faults(&page)
    }

    #[test]
    fn refuses_raw_html_and_dangerous_links() {
        for markdown in
            ["<script>x</script>", "a <b>b</b>", "[x](javascript:alert)", "[x](//evil.example)", "![x](y.png)"]
        {
            assert!(!found(markdown).is_empty(), "{markdown}");
        }
    }

    #[test]
    fn lets_ordinary_pages_pass() {
        let text = "Text with [a link](../method/index.html#x) and https:\n\n| a | b |\n|---|---|\n| 1 | 2 |";
        assert_eq!(found(text), []);
    }
}
