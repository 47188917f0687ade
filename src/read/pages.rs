//! `content/pages/<language>/**/*.md` → editorial pages.

use super::EditorialPage;
use super::text::read_text;
use super::walk::{FoundFile, in_file, walk};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::MAX_WRITTEN_BYTES;
use crate::base::path::is_slug;
use crate::base::span::Span;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::path::Path;

/// What of CommonMark's extensions editorial pages may use.
pub const MARKDOWN: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES);

/// The folder of the pages.
const FOLDER: &str = "content/pages";

/// Reads the pages of the site at `root` in its `languages`, in the order of their paths.
pub(crate) fn read_pages(root: &Path, languages: &[String], diagnostics: &mut Vec<Diagnostic>) -> Vec<EditorialPage> {
    let mut pages = Vec::new();
    for file in walk(root, FOLDER, diagnostics) {
        match read_page(&file, languages, diagnostics) {
            Ok(page) => pages.push(page),
            Err(fault) => diagnostics.push(*fault),
        }
    }
    pages
}

fn read_page(
    file: &FoundFile,
    languages: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<EditorialPage, Box<Diagnostic>> {
    let Some(stem) = file.name.strip_suffix(".md") else {
        let unread = Diagnostic::warning(code::UNREAD_FILE, "not read: editorial pages end in `.md`");
        return Err(Box::new(unread.at(in_file(&file.shown)).hint("pictures and other files go to `static/`")));
    };
    let (language, slug) = address(stem, file, languages)?;
    let text = read_text(file, MAX_WRITTEN_BYTES, diagnostics)?;
    let content = text.trim_start_matches('\u{feff}');
    diagnostics.extend(raw_html(&file.shown, content));
    let Some((title, after)) = split_title(content) else {
        return Err(Box::new(without_title(&file.shown, content)));
    };
    let body = text.len() - content.len() + after;
    Ok(EditorialPage { slug, language, title, text: text.into(), body, path: file.shown.clone() })
}

/// Language and address of the page with the path `stem` under the folder of pages.
fn address(stem: &str, file: &FoundFile, languages: &[String]) -> Result<(String, String), Box<Diagnostic>> {
    let (language, slug) = stem.split_once('/').unwrap_or(("", stem));
    if !languages.iter().any(|known| known == language) {
        let message = "an editorial page outside the folder of a language of the site";
        let hint = format!(
            "put it under {}",
            languages.iter().map(|tag| format!("`{FOLDER}/{tag}/`")).collect::<Vec<_>>().join(" or ")
        );
        return Err(Box::new(
            Diagnostic::error(code::PAGE_WITHOUT_LANGUAGE, message).at(in_file(&file.shown)).hint(hint),
        ));
    }
    if !slug.split('/').all(is_slug) {
        let bad = Diagnostic::error(code::BAD_NAME, format!("`{slug}` cannot be an address"));
        let hint = "use lower-case letters, digits and single hyphens: `how-to-cite.md`";
        return Err(Box::new(bad.at(in_file(&file.shown)).hint(hint)));
    }
    Ok((language.to_owned(), slug.to_owned()))
}

/// The title of a page that begins with a heading of level 1, and the offset after that heading.
fn split_title(text: &str) -> Option<(String, usize)> {
    let mut events = Parser::new(text).into_offset_iter();
    let (Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), range) = events.next()? else { return None };
    let mut title = String::new();
    for (event, _) in events {
        match event {
            Event::Text(words) | Event::Code(words) | Event::InlineHtml(words) => title.push_str(&words),
            Event::SoftBreak | Event::HardBreak => title.push(' '),
            Event::End(TagEnd::Heading(_)) => break,
            _ => {}
        }
    }
    let title = title.trim().to_owned();
    (!title.is_empty()).then_some((title, range.end))
}

/// A warning at the first raw HTML of a page, which is shown as the text it is.
fn raw_html(path: &str, text: &str) -> Option<Diagnostic> {
    let is_html = |event: &Event<'_>| matches!(event, Event::Html(_) | Event::InlineHtml(_));
    let (_, range) = Parser::new_ext(text, MARKDOWN).into_offset_iter().find(|(event, _)| is_html(event))?;
    let place = Place::InText { path: path.to_owned(), text: text.into(), span: Span::new(range.start, range.end) };
    let message = "raw HTML, which the page shows as text";
    Some(Diagnostic::warning(code::RAW_HTML, message).at(place).hint("write it in Markdown"))
}

fn without_title(path: &str, text: &str) -> Diagnostic {
    let first_line = text.lines().next().unwrap_or("").len();
    let place = Place::InText { path: path.to_owned(), text: text.into(), span: Span::new(0, first_line) };
    let hint = "begin the page with its title: `# About this archive`";
    Diagnostic::error(code::PAGE_WITHOUT_TITLE, "the page does not begin with a heading of level 1")
        .at(place)
        .hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_is_the_first_heading_without_its_markup() {
        let text = "\n# About *this* `archive`\n\nText.\n";
        let (title, after) = split_title(text).unwrap();
        assert_eq!((title.as_str(), text[after..].trim()), ("About this archive", "Text."));
        assert_eq!(split_title("关于\n====\n文").unwrap().0, "关于");
    }

    #[test]
    fn a_page_without_title_is_refused() {
        for text in ["", "Text.\n\n# Late\n", "## Low\n", "# \n"] {
            assert_eq!(split_title(text), None, "{text:?}");
        }
    }
}
