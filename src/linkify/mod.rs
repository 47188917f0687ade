//! A paper → the same paper with its citations of documents linked.
//!
//! Input: a text, its form, the scanner and the targets. Output: [`Linked`]. Invariants: pure; nothing changes but
//! that a citation becomes a link; what is code, address, link, tag, comment, front matter or label is left as it is;
//! linking twice is linking once, as the scanner sees the same words in both texts.
//!
//! 1. `markdown`, `latex` or `plain` makes a `View` of the words a reader sees · 2. the scanner finds citations in
//!    it · 3. each that stands in open text is written as a link

mod address;
mod latex;
mod markdown;
mod plain;
mod target;
mod view;

pub use target::{Target, Targets};

use crate::model::citation::{Citation, Symbol};
use std::ops::Range;
use view::View;

/// The form a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// CommonMark with tables, footnotes and front matter.
    Markdown,
    /// LaTeX with the package hyperref.
    Latex,
    /// Plain text: a link is `text <address>` (RFC 3986, appendix C).
    Plain,
}

impl Form {
    /// The form that a file's name tells; plain text where it tells none.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" | "mdown" | "mkd" | "qmd" | "rmd" => Self::Markdown,
            "tex" | "ltx" | "latex" => Self::Latex,
            _ => Self::Plain,
        }
    }

    fn view(self, text: &str) -> View {
        match self {
            Self::Markdown => markdown::view(text),
            Self::Latex => latex::view(text),
            Self::Plain => plain::view(text),
        }
    }

    /// `words` as a link to `url`; none if they cannot stand in one.
    fn link(self, words: &str, url: &str) -> Option<String> {
        match self {
            Self::Markdown => markdown::link(words, url),
            Self::Latex => latex::link(words, url),
            Self::Plain => plain::link(words, url),
        }
    }
}

/// A citation that stands in open text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The document it names.
    pub symbol: Symbol,
    /// Where it leads; none if there is nothing to link it to.
    pub target: Option<Target>,
}

/// A text with its citations linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// The citations that were not links yet, in order.
    pub hits: Vec<Hit>,
    /// The text with those linked that have a target.
    pub text: String,
}

/// Links the citations in `text`. `find` is the scanner, `target` says where a symbol leads.
#[must_use]
pub fn linkify(
    text: &str,
    form: Form,
    find: &dyn Fn(&str) -> Vec<Citation>,
    target: &dyn Fn(&Symbol) -> Option<Target>,
) -> Linked {
    let view = form.view(text);
    let hit = |citation: Citation| {
        let range = view.source(&citation.range)?;
        Some(Hit { range, target: target(&citation.symbol), symbol: citation.symbol })
    };
    let mut hits: Vec<Hit> = find(view.text()).into_iter().filter_map(hit).collect();
    // A footnote is read after the text that it stands in.
    hits.sort_by_key(|hit| hit.range.start);
    Linked { text: write(text, form, &hits), hits }
}

fn write(text: &str, form: Form, hits: &[Hit]) -> String {
    let mut written = String::with_capacity(text.len() * 5 / 4);
    let mut end = 0;
    for hit in hits {
        let words = text.get(hit.range.clone()).unwrap_or_default();
        let Some(link) = hit.target.as_ref().and_then(|target| form.link(words, &target.url)) else { continue };
        written.push_str(text.get(end..hit.range.start).unwrap_or_default());
        written.push_str(&link);
        end = hit.range.end;
    }
    written.push_str(text.get(end..).unwrap_or_default());
    written
}
