//! A paper → the same paper with its citations of documents linked.
//!
//! Input: a text, its form, the scanner and the targets. Output: [`Linked`]. Invariants: pure; nothing changes but
//! that a citation becomes a link; what is code, address, link, tag, attribute, shortcode, comment, front matter or
//! label is left as it is; linking twice is linking once, as the scanner sees the same words in both texts.
//!
//! 1. `markdown`, `notebook`, `html`, `latex` or `plain` makes a `View` of the words a reader sees · 2. the scanner
//!    finds citations in it · 3. each that stands in open text, or the first of each document, is written as a link

mod address;
mod generator;
mod html;
mod latex;
mod markdown;
mod notebook;
mod plain;
mod target;
mod view;

pub use target::{Target, Targets};

use crate::model::citation::{Citation, Symbol};
use std::collections::BTreeSet;
use std::ops::Range;
use view::View;

/// The form a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// CommonMark with tables, footnotes and front matter.
    Markdown,
    /// HTML, whole pages or parts of them.
    Html,
    /// A Jupyter notebook, whose Markdown cells are text.
    Notebook,
    /// LaTeX with the package hyperref.
    Latex,
    /// Plain text: a link is `text <address>` (RFC 3986, appendix C).
    Plain,
}

impl Form {
    /// The form that a file's name tells, if it does; a name without an ending is that of plain text.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" | "mdown" | "mkd" | "qmd" | "rmd" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "ipynb" => Some(Self::Notebook),
            "tex" | "ltx" | "latex" => Some(Self::Latex),
            "" | "txt" | "text" => Some(Self::Plain),
            _ => None,
        }
    }

    fn view(self, text: &str) -> Result<View, serde_json::Error> {
        match self {
            Self::Markdown => Ok(markdown::view(text)),
            Self::Html => Ok(html::view(text)),
            Self::Notebook => notebook::view(text),
            Self::Latex => Ok(latex::view(text)),
            Self::Plain => Ok(plain::view(text)),
        }
    }

    /// `words` as a link to `url`; none if they cannot stand in one.
    fn link(self, words: &str, url: &str) -> Option<String> {
        match self {
            Self::Markdown => markdown::link(words, url),
            Self::Html => html::link(words, url),
            Self::Notebook => notebook::link(words, url),
            Self::Latex => latex::link(words, url),
            Self::Plain => plain::link(words, url),
        }
    }
}

/// Which citations of a document become links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mentions {
    /// Each.
    Every,
    /// The first, unless one is a link already.
    First,
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
///
/// # Errors
/// If `text` is not written in `form`; any text is in all forms but that of notebooks.
pub fn linkify(
    text: &str,
    form: Form,
    mentions: Mentions,
    find: &dyn Fn(&str) -> Vec<Citation>,
    target: &dyn Fn(&Symbol) -> Option<Target>,
) -> Result<Linked, serde_json::Error> {
    let view = form.view(text)?;
    let mut hits = Vec::new();
    let mut linked = BTreeSet::new();
    for Citation { range, symbol, .. } in find(view.text()) {
        match view.source(&range) {
            Some(range) => hits.push(Hit { range, target: target(&symbol), symbol }),
            None => drop(linked.insert(symbol)),
        }
    }
    // A footnote is read after the text that it stands in.
    hits.sort_by_key(|hit| hit.range.start);
    if mentions == Mentions::First {
        hits.retain(|hit| linked.insert(hit.symbol.clone()));
    }
    Ok(Linked { text: write(text, form, &hits), hits })
}

fn write(text: &str, form: Form, hits: &[Hit]) -> String {
    let mut written = String::with_capacity(text.len() * 5 / 4);
    let mut end = 0;
    for hit in hits {
        let words = &text[hit.range.clone()];
        let Some(link) = hit.target.as_ref().and_then(|target| form.link(words, &target.url)) else { continue };
        // Two citations may share a character that the form writes as one; the first has it.
        let Some(before) = text.get(end..hit.range.start) else { continue };
        written.push_str(before);
        written.push_str(&link);
        end = hit.range.end;
    }
    written.push_str(&text[end..]);
    written
}
