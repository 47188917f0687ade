//! The account of a source: every character that is not white space belongs to one item.
//!
//! Input: the items. Output: the same, with leftovers for what none of them holds. Invariant: the
//! spans of the items cover the source once.

use super::Parsed;
use super::item::Item;
use super::text::{Blanks, clean, is_blank};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::source::Source;
use crate::base::span::Span;

/// Adds a leftover, and a remark, for each run of characters that no item holds.
pub fn complete(parsed: &mut Parsed, source: &Source) {
    let leftovers = missing(&source.text, &spans(&parsed.items));
    for span in &leftovers {
        parsed.items.push(Item::Leftover(clean(&source.text, &[*span], Blanks::Wrapped)));
    }
    for item in &parsed.items {
        if let Item::Leftover(text) = item {
            let span = Span::new(item.start(), text.runs.last().map_or(item.start(), |run| run.source.end));
            parsed.diagnostics.push(remark(source, span));
        }
    }
    parsed.items.sort_by_cached_key(Item::start);
}

fn remark(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::warning(code::LEFTOVER, "no rule understands this text; it is kept as it stands")
        .at(Place::InSource(source.id, span))
        .hint("it is shown on the report's page, marked as unparsed")
}

/// The spans of `items`, sorted.
#[must_use]
pub fn spans(items: &[Item]) -> Vec<Span> {
    let excerpts = items.iter().flat_map(Item::excerpts);
    let mut spans: Vec<Span> = excerpts
        .flat_map(|excerpt| excerpt.spans().chain(excerpt.marks.iter().map(|mark| mark.source)))
        .filter(|span| !span.is_empty())
        .collect();
    spans.sort_unstable();
    spans
}

/// The runs of characters, white space apart, that no span holds.
#[must_use]
pub fn missing(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut missing = Vec::new();
    let mut at = 0;
    for span in spans.iter().copied().chain(std::iter::once(Span::new(text.len(), text.len()))) {
        if span.start > at {
            missing.extend(trim(text, Span::new(at, span.start)));
        }
        at = at.max(span.end);
    }
    missing
}

fn trim(text: &str, span: Span) -> Option<Span> {
    let part = text.get(span.start..span.end)?;
    let head = part.trim_start_matches(is_blank);
    let start = span.end - head.len();
    let end = start + head.trim_end_matches(is_blank).len();
    (start < end).then_some(Span::new(start, end))
}
