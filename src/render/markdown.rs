//! Editorial pages: Markdown → HTML. Raw HTML becomes the text it is, links go to allowed places only.

use super::html::{SafeHtml, visible};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::MAX_NESTING;
use crate::base::span::Span;
use crate::read::EditorialPage;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use std::ops::Range;

/// How an address may begin; anything with a scheme must be one of these.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// The page's Markdown as HTML.
///
/// # Errors
/// If it holds an image, a link to a place that is not allowed, or is nested too deep.
pub(super) fn markdown_html(page: &EditorialPage) -> Result<SafeHtml, Box<Diagnostic>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let (mut events, mut depth) = (Vec::new(), 0_usize);
    for (event, range) in Parser::new_ext(&page.markdown, options).into_offset_iter() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if let Some(reason) = refusal(&event).or_else(|| too_deep(depth)) {
            return Err(Box::new(refused(page, &reason, range)));
        }
        events.push(plain(event));
    }
    let mut out = String::with_capacity(page.markdown.len() * 3 / 2);
    html::push_html(&mut out, events.into_iter());
    Ok(SafeHtml::from_markdown(&out))
}

/// The event with nothing in it that is markup already or reorders text.
fn plain(event: Event<'_>) -> Event<'_> {
    let shown = |words: CowStr<'_>| CowStr::from(visible(&words).into_owned());
    match event {
        Event::Html(words) | Event::InlineHtml(words) | Event::Text(words) => Event::Text(shown(words)),
        Event::Code(words) => Event::Code(shown(words)),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: shown(dest_url), title: shown(title), id })
        }
        other => other,
    }
}

fn too_deep(depth: usize) -> Option<String> {
    (depth > MAX_NESTING).then(|| format!("nested more than {MAX_NESTING} deep"))
}

fn refusal(event: &Event<'_>) -> Option<String> {
    match event {
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
    let span = Span::new(range.start, range.end);
    Diagnostic::error(code::BAD_PAGE, reason)
        .at(Place::InText { path: page.path.clone(), text: page.markdown.clone(), span })
        .hint("write it in Markdown; links may be relative, https, http or mailto")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(markdown: &str) -> Result<SafeHtml, Box<Diagnostic>> {
        let text = |text: &str| text.to_owned();
        let page = EditorialPage {
            slug: text("about"),
            language: text("en"),
            title: text("About"),
            markdown: text(markdown),
            path: text("content/pages/en/about.md"),
        };
        markdown_html(&page)
    }

    fn printed(markdown: &str) -> String {
        serde_json::to_value(outcome(markdown).unwrap()).unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn refuses_dangerous_links_and_pictures() {
        for markdown in ["[x](javascript:alert)", "[x](//evil.example)", "![x](y.png)", "[x](<JaVa\tscript:alert>)"] {
            assert!(outcome(markdown).is_err(), "{markdown}");
        }
    }

    #[test]
    fn raw_html_is_text() {
        for (markdown, html) in [
            ("a <b>b</b>", "<p>a &lt;b&gt;b&lt;/b&gt;</p>\n"),
            ("<script>x</script>\n", "<p>&lt;script&gt;x&lt;/script&gt;\n</p>\n"),
            ("<!-- x\n-->\n\ny", "<p>&lt;!-- x\n--&gt;\n</p>\n<p>y</p>\n"),
        ] {
            assert_eq!(printed(markdown), html);
        }
    }

    #[test]
    fn what_reorders_text_is_shown() {
        assert_eq!(printed("a\u{202e}b `\u{2066}`"), "<p>a[U+202E]b <code>[U+2066]</code></p>\n");
    }

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        assert!(outcome(&">".repeat(MAX_NESTING - 1)).is_ok());
        for markdown in [">".repeat(40_000), "- ".repeat(MAX_NESTING)] {
            assert!(outcome(&format!("{markdown}x")).is_err());
        }
    }

    #[test]
    fn lets_ordinary_pages_pass() {
        assert!(
            outcome("Text with [a link](../method/index.html#x) and https:\n\n| a | b |\n|---|---|\n| 1 | 2 |").is_ok()
        );
    }
}
