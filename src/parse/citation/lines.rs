//! Citations as JSON lines, for tools that judge or use them.
//!
//! Input: a file's name and text. Output: one JSON object a citation. Invariant: `start` and `end`
//! are UTF-8 byte offsets into that text, and `text` is what stands between them.

use super::find_by_language;
use super::reading::between;
use crate::model::citation::CitationKind;
use crate::parse::lexicon::citation::CitationWords;
use serde::Serialize;

/// One line of the output.
#[derive(Serialize)]
struct Line<'text> {
    file: &'text str,
    start: usize,
    end: usize,
    text: &'text str,
    symbol: &'text str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'text str>,
}

/// The citations of a file, one JSON object each: `file`, `start`, `end`, `text`, `symbol`, `kind`
/// (`resolution` or `document`) and, where one is printed, `title`.
///
/// The language is judged by the text, and that of a stretch by the stretch.
#[must_use]
pub fn citations_lines(path: &str, text: &str) -> Vec<String> {
    let citations = find_by_language(text, CitationWords::for_text(text));
    let lines = citations.iter().map(|citation| Line {
        file: path,
        start: citation.range.start,
        end: citation.range.end,
        text: between(text, citation.range.start, citation.range.end),
        symbol: citation.symbol.as_str(),
        kind: if citation.kind == CitationKind::Resolution { "resolution" } else { "document" },
        title: citation.title.as_deref(),
    });
    // Strings and numbers always serialise; a line that did not would be left out.
    lines.filter_map(|line| serde_json::to_string(&line).ok()).collect()
}
