//! Markdown, as `pulldown-cmark` reads it.

use super::address::encoded;
use super::generator::marks;
use super::html::{element, is_closed};
use super::view::{OBJECT, View};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Everything that tells code, links and front matter from words.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_WIKILINKS)
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS)
    .union(Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS);

/// The words of a Markdown text.
pub(super) fn view(text: &str) -> View {
    // A byte order mark would hide the front matter from the parser.
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader { text, view: View::default(), marks: marks(text), n_hidden: 0, n_closed: 0 };
    for (event, range) in Parser::new_ext(&text[start..], OPTIONS).into_offset_iter() {
        reader.read(&event, range.start + start..range.end + start);
    }
    reader.view
}

struct Reader<'a> {
    text: &'a str,
    view: View,
    /// What a site generator replaces, in order.
    marks: Vec<Range<usize>>,
    /// How many code blocks and blocks of front matter are open.
    n_hidden: usize,
    /// How many links, images and closed HTML elements are open.
    n_closed: usize,
}

impl Reader<'_> {
    fn read(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_)) => self.n_hidden += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_)) => self.n_hidden = self.n_hidden.saturating_sub(1),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => self.n_closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => self.n_closed = self.n_closed.saturating_sub(1),
            Event::InlineHtml(tag) => self.read_tag(tag),
            Event::Text(words) if self.n_hidden == 0 => self.read_words(words, range),
            Event::SoftBreak | Event::HardBreak => self.read_break(range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.view.put(OBJECT),
            Event::Start(tag) if !is_inline(tag) => self.view.put("\n\n"),
            Event::End(tag) if !is_inline_end(*tag) => self.view.put("\n\n"),
            _ => {}
        }
    }

    /// Words are shown as far as no site generator replaces them.
    fn read_words(&mut self, words: &str, range: Range<usize>) {
        let is_open = self.n_closed == 0;
        let first = self.marks.partition_point(|mark| mark.end <= range.start);
        let is_inside = |mark: &&Range<usize>| mark.start < range.end;
        let marks: Vec<Range<usize>> = self.marks.iter().skip(first).take_while(is_inside).cloned().collect();
        if marks.is_empty() && self.text.get(range.clone()) != Some(words) {
            // A reference to a character.
            return self.view.show_as(words, range, is_open);
        }
        let mut start = range.start;
        for mark in marks {
            self.view.show(self.text, start..mark.start.max(start), is_open);
            self.view.put(OBJECT);
            start = mark.end.max(start);
        }
        self.view.show(self.text, start..range.end.max(start), is_open);
    }

    /// A citation may go on behind the end of a line, unless something stands at the beginning of the next.
    fn read_break(&mut self, range: Range<usize>) {
        let is_plain = self.text.get(range.clone()).is_some_and(|text| text.trim().is_empty());
        if is_plain {
            self.view.show_as("\n", range, self.n_closed == 0);
        } else {
            self.view.put("\n");
        }
    }

    fn read_tag(&mut self, tag: &str) {
        let inside = tag.trim_start_matches('<');
        if !is_closed(&element(inside.trim_start_matches('/'))) || tag.ends_with("/>") {
            return;
        }
        let is_end = inside.starts_with('/');
        self.n_closed = if is_end { self.n_closed.saturating_sub(1) } else { self.n_closed + 1 };
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript)
}

fn is_inline_end(tag: TagEnd) -> bool {
    let faces = [TagEnd::Emphasis, TagEnd::Strong, TagEnd::Strikethrough, TagEnd::Superscript, TagEnd::Subscript];
    faces.contains(&tag)
}

/// `[words](url)`; none where a bracket in the words would end the link.
pub(super) fn link(words: &str, url: &str) -> Option<String> {
    let is_plain = !words.contains(['[', ']', '\\', '|']) && !words.contains("\n\n");
    is_plain.then(|| format!("[{words}]({})", encoded(url)))
}
