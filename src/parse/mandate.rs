//! The resolutions that asked for a report, and the paragraph of each that did.
//!
//! Input: the first numbered paragraphs of a document's own text. Output: [`Mandate`]s. The genre has
//! a rule: paragraph 1 names every resolution that asked for the report, and says that they did; it
//! or one of the next three gives the operative paragraph of each. A working paper that nobody asked
//! for may cite resolutions too; without the words of a request they are no mandate.

use super::Lexicon;
use super::lexicon::layout::LayoutWords;
use crate::model::citation::{Citation, CitationKind};
use crate::model::report::Mandate;
use std::ops::Range;

/// How many paragraphs are looked at.
pub const PARAGRAPHS: usize = 4;
/// How many characters may stand between a resolution and its paragraph.
const NEAR: usize = 16;

/// The mandates that `paragraphs`, the first of a document, tell of.
#[must_use]
pub fn read(paragraphs: &[&str], lexicon: &Lexicon) -> Vec<Mandate> {
    let Some((first, later)) = paragraphs.split_first() else { return Vec::new() };
    if !asks(first, &lexicon.layout) {
        return Vec::new();
    }
    let mut mandates = Vec::new();
    for named in named(first, lexicon) {
        add(&mut mandates, named);
    }
    for named in later.iter().take(PARAGRAPHS - 1).flat_map(|text| named(text, lexicon)) {
        complete(&mut mandates, named);
    }
    mandates
}

/// Whether a text asks for something or acts on a request.
fn asks(text: &str, words: &LayoutWords) -> bool {
    let text = text.to_lowercase();
    words.requests.iter().any(|word| text.contains(word.as_str()))
}

/// The resolutions a text names, each with its paragraph where that is given.
fn named(text: &str, lexicon: &Lexicon) -> Vec<Mandate> {
    let citations = lexicon.citations_in(text);
    let resolutions = citations.iter().enumerate().filter(|(_, citation)| citation.kind == CitationKind::Resolution);
    resolutions
        .map(|(index, citation)| Mandate {
            resolution: citation.symbol.clone(),
            paragraph: paragraph_of(text, stretch_around(text, &citations, index), &lexicon.layout),
        })
        .collect()
}

/// What stands between a citation and its neighbours: before it and behind it.
fn stretch_around(text: &str, citations: &[Citation], index: usize) -> (Range<usize>, Range<usize>) {
    let range = &citations[index].range;
    let before = citations[..index].last().map_or(0, |before| before.range.end);
    let after = citations.get(index + 1).map_or(text.len(), |after| after.range.start);
    (before..range.start, range.end..after)
}

/// The paragraph that stands before a resolution (paragraph 9 of resolution …) or behind it (第…号决议第9段).
fn paragraph_of(text: &str, around: (Range<usize>, Range<usize>), words: &LayoutWords) -> Option<u32> {
    let before = last_characters(text.get(around.0)?);
    let after: String = text.get(around.1)?.chars().take(NEAR).collect();
    let find = |patterns: &[String], text: &str| {
        patterns.iter().find_map(|pattern| words.find_numbered(pattern, text)).map(|(number, _)| number)
    };
    find(&words.paragraphs_before, before).or_else(|| find(&words.paragraphs_behind, &after))
}

/// The end of a text, long enough for a paragraph's number and words like 的 or “of its resolution”.
fn last_characters(text: &str) -> &str {
    let start = text.char_indices().rev().nth(3 * NEAR).map_or(0, |(at, _)| at);
    &text[start..]
}

/// Adds a mandate, or what is new of it.
fn add(mandates: &mut Vec<Mandate>, named: Mandate) {
    if !mandates.iter().any(|known| known.resolution == named.resolution) {
        mandates.push(named);
    } else {
        complete(mandates, named);
    }
}

/// Gives a known mandate the paragraph it lacks.
fn complete(mandates: &mut [Mandate], named: Mandate) {
    let known = mandates.iter_mut().find(|known| known.resolution == named.resolution);
    if let Some(known) = known.filter(|known| known.paragraph.is_none()) {
        known.paragraph = named.paragraph;
    }
}
