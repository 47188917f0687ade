//! Editorial pages: Markdown → HTML. Raw HTML becomes the text it is, links go to allowed places only.

use super::html::SafeHtml;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::MAX_NESTING;
use crate::base::span::Span;
use crate::read::{EditorialPage, MARKDOWN};
use pulldown_cmark::{Alignment, Event, Parser, Tag, TagEnd, html};
use std::ops::Range;
use std::sync::Arc;

/// How an address may begin; anything with a scheme must be one of these.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// Everything in the page that is not allowed: images, links to other places, and the first place that is nested too
/// deep.
pub(super) fn faults(page: &EditorialPage) -> Vec<Diagnostic> {
    let events = Parser::new_ext(page.markdown(), MARKDOWN).into_offset_iter();
    let refusals = events.filter_map(|(event, range)| Some(refused(page, &refusal(&event)?, range)));
    refusals.chain(too_deep(page)).collect()
}

/// The page's Markdown as HTML, without what [`faults`] tells of. Raw HTML is the text it is.
pub(super) fn markdown_html(page: &EditorialPage) -> SafeHtml {
    let events = Parser::new_ext(page.markdown(), MARKDOWN).filter(|event| refusal(event).is_none());
    let mut out = String::with_capacity(page.markdown().len() * 3 / 2);
    html::push_html(&mut out, events.map(plain));
    SafeHtml::from_markdown(&out)
}

/// The event with nothing in it that is markup already. Columns are aligned by the style sheet: the writer would put a
/// `style` on every cell, which the Content-Security-Policy forbids.
fn plain(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(words) | Event::InlineHtml(words) => Event::Text(words),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Table(columns)) => Event::Start(Tag::Table(vec![Alignment::None; columns.len()])),
        other => other,
    }
}

fn too_deep(page: &EditorialPage) -> Option<Diagnostic> {
    let mut depth = 0_usize;
    let mut events = Parser::new_ext(page.markdown(), MARKDOWN).into_offset_iter();
    let (_, range) = events.find(|(event, _)| {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_NESTING
    })?;
    Some(refused(page, &format!("nested more than {MAX_NESTING} deep"), range))
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
    let head = address.find(['/', '?', '#']).map_or(address, |end| &address[..end]);
    let relative = !head.contains(':') && !address.starts_with("//") && !address.contains('\\');
    relative || SCHEMES.iter().any(|scheme| address.starts_with(scheme))
}

fn refused(page: &EditorialPage, reason: &str, range: Range<usize>) -> Diagnostic {
    let span = Span::new(page.body + range.start, page.body + range.end);
    Diagnostic::error(code::BAD_PAGE, reason)
        .at(Place::InText { path: page.path.clone(), text: Arc::clone(&page.text), span })
        .hint("write it in Markdown; links may be relative, https, http or mailto")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(markdown: &str) -> EditorialPage {
        let text = |text: &str| text.to_owned();
        EditorialPage {
            slug: text("about"),
            language: text("en"),
            title: text("About"),
            text: markdown.into(),
            body: 0,
            path: text("content/pages/en/about.md"),
        }
    }

    fn found(markdown: &str) -> Vec<Diagnostic> {
        faults(&page(markdown))
    }

    fn printed(markdown: &str) -> String {
        serde_json::to_value(markdown_html(&page(markdown))).unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn refuses_dangerous_links_and_pictures() {
        for markdown in ["[x](javascript:alert)", "[x](//evil.example)", "![x](y.png)", "[x](<JaVa\tscript:alert>)"] {
            assert!(!found(markdown).is_empty(), "{markdown}");
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
        for (markdown, html) in [
            ("a\u{202e}b `\u{2066}`", "<p>a[U+202E]b <code>[U+2066]</code></p>\n"),
            ("```\u{202e}\nx\n```", "<pre><code class=\"language-[U+202E]\">x\n</code></pre>\n"),
            ("a\u{1}b", "<p>a\u{fffd}b</p>\n"),
        ] {
            assert_eq!(printed(markdown), html);
        }
        assert!(!printed("a[^\u{202e}]\n\n[^\u{202e}]: b \u{2066}").contains(['\u{202e}', '\u{2066}']));
    }

    #[test]
    fn columns_are_not_aligned_by_a_style() {
        assert!(!printed("| a | b |\n|:-:|--:|\n| 1 | 2 |").contains("style"));
    }

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        assert!(found(&">".repeat(MAX_NESTING - 1)).is_empty());
        for markdown in [">".repeat(40_000), "- ".repeat(MAX_NESTING)] {
            assert_eq!(found(&format!("{markdown}x")).len(), 1);
        }
    }

    #[test]
    fn lets_ordinary_pages_pass() {
        let text = "Text with [a link](../method/index.html#x) and https:\n\n| a | b |\n|---|---|\n| 1 | 2 |";
        assert_eq!(found(text), []);
    }
}
