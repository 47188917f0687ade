//! Citations of resolutions and documents, as United Nations texts print them.
//!
//! *Input:* a text and the words of its language. *Output:* citations in order, without overlap.
//! *Invariant:* never fails, takes time linear in the text, and knows no word of any language.
//! Sources of the grammar: research.un.org/en/docs/symbols, and the links that editors set on
//! citations in 4,449 resolutions of the General Assembly.
//!
//! 1. `trace` passes over texts that cannot cite;
//! 2. `scan` finds words, bare numbers, symbols, titles and sentence ends;
//! 3. `masthead` drops the document's own symbol;
//! 4. `list` finds the noun that claims each bare number;
//! 5. `resolve` finds its body;
//! 6. what is left is spelled and given its title.

mod body;
mod canonical;
mod date;
mod lines;
mod list;
mod look_alike;
mod masthead;
mod number;
mod reading;
mod resolve;
mod scan;
mod symbol;
mod title;
mod trace;

pub use body::Body;
pub use canonical::canonical;
pub use lines::citations_lines;
pub(super) use reading::{fold, match_word};
pub(super) use trace::Trace;

use self::list::claim_numbers;
use self::masthead::drop_masthead;
use self::number::Shape;
use self::reading::between;
use self::resolve::{Context, Resolved, resolve_bodies};
use self::scan::{Piece, Token, scan};
use self::symbol::is_resolution_series;
use self::title::{title_after, title_before};
use self::trace::may_cite;
use crate::model::citation::{Citation, CitationKind, Symbol};
use crate::parse::lexicon::citation::{CitationWords, Noun};
use std::ops::Range;

/// The citations in a text, in order.
///
/// A bare number is one if a noun for a resolution claims it; decisions have the same numbers and
/// are none. A full symbol always is one, except the document's own in its masthead.
#[must_use]
pub fn find(text: &str, words: &CitationWords) -> Vec<Citation> {
    if may_cite(text, words) {
        return read(text, words);
    }
    debug_assert!(read(text, words).is_empty(), "a text without a trace of a citation cites");
    Vec::new()
}

/// The citations in a text of which stretches may be clearly in another language than its own, in order.
#[must_use]
pub fn find_by_language(text: &str, own: &CitationWords) -> Vec<Citation> {
    let mut found = find(text, own);
    for (stretch, words) in foreign_stretches(text, own) {
        let inside = |citation: &Citation| stretch.start <= citation.range.start && citation.range.end <= stretch.end;
        found.retain(|citation| !inside(citation));
        found.extend(find_in_stretch(text, &stretch, words));
    }
    found.sort_by_key(|citation| citation.range.start);
    found
}

/// Marks at the end of a line that end what is judged by itself.
const ENDS: [char; 8] = ['.', ';', ':', '؛', '。', '；', '：', '!'];

/// The stretches of a text, whole lines up to the end of a sentence, that are clearly in another language than its own.
fn foreign_stretches(text: &str, own: &CitationWords) -> Vec<(Range<usize>, &'static CitationWords)> {
    let mut stretches = Vec::new();
    if !own.may_hold_another(text) || !CitationWords::all().iter().any(|words| may_cite(text, words)) {
        return stretches;
    }
    let (mut start, mut end, mut told) = (0, 0, None);
    for line in text.split_inclusive('\n') {
        // A line that is clearly in another language than those above it begins a stretch.
        let clear = CitationWords::clearly_for(line).map(|words| words.language.as_str());
        if told.is_some() && clear.is_some() && told != clear {
            stretches.extend(foreign_stretch(text, start..end, own));
            (start, told) = (end, None);
        }
        told = clear.or(told);
        end += line.len();
        let is_end = end == text.len() || line.trim().is_empty() || line.trim_end().ends_with(ENDS);
        if is_end {
            stretches.extend(foreign_stretch(text, start..end, own));
            (start, told) = (end, None);
        }
    }
    stretches
}

/// The stretch at `range`, if it is clearly in another language than `own`.
fn foreign_stretch(
    text: &str,
    range: Range<usize>,
    own: &CitationWords,
) -> Option<(Range<usize>, &'static CitationWords)> {
    let words = CitationWords::clearly_for(between(text, range.start, range.end))?;
    (words.language != own.language).then_some((range, words))
}

/// The citations in a text that may quote another language than its own, in order.
#[must_use]
pub fn find_in_all_languages(text: &str) -> Vec<Citation> {
    let own = CitationWords::for_text(text);
    let mut found = find_by_language(text, own);
    for words in CitationWords::all().iter().filter(|words| words.language != own.language) {
        let is_bare = |citation: &Citation| citation.kind == CitationKind::Resolution && is_bare_number(text, citation);
        let quoted: Vec<Citation> = find(text, words).into_iter().filter(is_bare).collect();
        found = merged(found, quoted);
    }
    found
}

/// Symbols are the same in every language; only what a noun claims depends on it.
fn is_bare_number(text: &str, citation: &Citation) -> bool {
    between(text, citation.range.start, citation.range.end).starts_with(|first: char| fold(first).is_ascii_digit())
}

/// Both lists in order, without what overlaps one of `first`.
fn merged(first: Vec<Citation>, second: Vec<Citation>) -> Vec<Citation> {
    let is_free = |citation: &Citation| {
        let before = first.partition_point(|other| other.range.end <= citation.range.start);
        first.get(before).is_none_or(|other| other.range.start >= citation.range.end)
    };
    let free: Vec<Citation> = second.into_iter().filter(is_free).collect();
    let mut merged = first;
    merged.extend(free);
    merged.sort_by_key(|citation| citation.range.start);
    merged
}

/// The citations in a text that may have some.
fn read(text: &str, words: &CitationWords) -> Vec<Citation> {
    let mut tokens = scan(text, words);
    drop_masthead(text, &mut tokens);
    let claims = claim_numbers(text, &tokens, words);
    let bodies = resolve_bodies(&Context::new(text, words, &tokens, &claims));
    let mut citations = Vec::new();
    for (idx, token) in tokens.iter().enumerate() {
        let claim = claims.get(idx).copied().flatten();
        let resolved = bodies.get(idx).and_then(Option::as_ref);
        if let Some((symbol, kind)) = name(token, claim.map(|claim| claim.noun), resolved) {
            let head = claim.map_or(idx, |claim| claim.head);
            let tail = claim.map_or(token.end, |claim| claim.tail);
            let title = title_before(text, &tokens, head).or_else(|| title_after(text, &tokens, idx, tail));
            citations.push(Citation { range: token.start..token.end, symbol: Symbol(symbol), kind, title });
        } else if let Piece::Title(_, inside) = &token.piece {
            // Titles cite, too: 题为“安全理事会第1863(2009)号决议引起的活动经费的筹措”的项目.
            citations.extend(find_in_stretch(text, inside, words));
        }
    }
    citations
}

/// The citations in a stretch of a text, at their places in the text.
fn find_in_stretch(text: &str, inside: &Range<usize>, words: &CitationWords) -> Vec<Citation> {
    let mut citations = find(between(text, inside.start, inside.end), words);
    for citation in &mut citations {
        citation.range = citation.range.start + inside.start..citation.range.end + inside.start;
    }
    citations
}

/// The symbol of a token and the kind of what it names, if it is a citation.
fn name(token: &Token, noun: Option<Noun>, resolved: Option<&Resolved>) -> Option<(String, CitationKind)> {
    match &token.piece {
        Piece::Symbol(symbol) => Some((symbol.clone(), kind_of(symbol))),
        Piece::Number(number) => match (&number.shape, noun) {
            (Shape::European(symbol), _) => Some((symbol.clone(), CitationKind::Document)),
            (_, Some(Noun::Resolution)) => {
                let Resolved { body, number } = resolved?;
                Some((body.symbol(number)?, CitationKind::Resolution))
            }
            _ => None,
        },
        _ => None,
    }
}

/// A symbol with a resolution's series names a resolution.
fn kind_of(symbol: &str) -> CitationKind {
    let is_resolution = symbol.split('/').any(is_resolution_series);
    if is_resolution { CitationKind::Resolution } else { CitationKind::Document }
}
