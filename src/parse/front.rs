//! Front matter: session, agenda item, title, kind, period, mandates, and the numbered paragraphs
//! above an activity table.

use super::Lexicon;
use super::date;
use super::item::Item;
use super::label::number;
use super::mandate;
use super::masthead;
use super::page::Page;
use super::table::flattened::Compact;
use super::text::{Blanks, is_blank};
use crate::base::span::Span;
use crate::model::report::FrontMatter;
use std::collections::BTreeSet;

/// A line or paragraph of the front matter: its places, lines joined, and those of its printed number, none if it has
/// none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontPart {
    number: Vec<Span>,
    text: Vec<Span>,
}

/// The front matter made of the body lines before the line `end`.
#[must_use]
pub fn parts_of_lines(page: &Page<'_>, end: usize, lexicon: &Lexicon) -> Vec<FrontPart> {
    let mut parts: Vec<FrontPart> = Vec::new();
    let mut expected = 1;
    for index in (0..end).filter(|index| page.is_body(*index)) {
        let Some(line) = page.lines.get(index) else { continue };
        if let Some((_, len)) = number(page.lines.text_of(line), expected) {
            expected += 1;
            parts.push(numbered(line.span, len, page.lines.text));
        } else if let Some(part) = parts.last_mut().filter(|part| goes_on(page, part, index, lexicon)) {
            part.text.push(line.span);
        } else {
            parts.push(FrontPart { number: Vec::new(), text: vec![line.span] });
        }
    }
    parts
}

/// Whether the line at `index` goes on with the numbered paragraph above it.
fn goes_on(page: &Page<'_>, part: &FrontPart, index: usize, lexicon: &Lexicon) -> bool {
    let so_far = part.text.last().map_or("", |span| &page.lines.text[span.start..span.end]);
    let apart = page.lines.after_gap(index) || page.breaks_before(index);
    !part.number.is_empty() && (!apart || !lexicon.layout.ends_sentence(so_far))
}

fn numbered(line: Span, number: usize, text: &str) -> FrontPart {
    let rest = &text[line.start + number..line.end];
    let lead = rest.len() - rest.trim_start_matches(is_blank).len();
    FrontPart {
        number: vec![Span::new(line.start, line.start + number)],
        text: vec![Span::new(line.start + number + lead, line.end)],
    }
}

/// The front matter made of the compact text up to `end`: flattened text has no lines to go by.
#[must_use]
pub fn parts_of_compact(compact: &Compact, end: usize, lexicon: &Lexicon) -> Vec<FrontPart> {
    let mut cuts = vec![0];
    let mut numbers = Vec::new();
    let ends = ends_of_lines(compact.slice(0, end), lexicon);
    for at in compact.words(0, end) {
        let rest = compact.slice(at, end);
        let expected = u32::try_from(numbers.len()).unwrap_or(0) + 1;
        if let Some((_, len)) = number(rest, expected) {
            numbers.push((at, at + len));
            cuts.push(at);
        } else if numbers.is_empty() && (ends.contains(&at) || begins_with_kind(rest, lexicon)) {
            cuts.push(at);
        }
    }
    cuts.extend(after_paragraphs(compact, numbers.last().map(|(at, _)| *at), end, lexicon));
    cuts.dedup();
    let ends = cuts.iter().skip(1).copied().chain(std::iter::once(end));
    let parts = cuts.iter().zip(ends).filter(|(start, end)| *start < end);
    parts.map(|(start, end)| part(compact, *start, end, &numbers)).collect()
}

fn part(compact: &Compact, start: usize, end: usize, numbers: &[(usize, usize)]) -> FrontPart {
    let number = numbers.binary_search_by_key(&start, |(at, _)| *at).ok().and_then(|index| numbers.get(index));
    let text = number.map_or(start, |(_, after)| *after);
    FrontPart {
        number: number.map(|(at, after)| compact.spans(*at, *after)).unwrap_or_default(),
        text: compact.spans(text, end),
    }
}

/// A new line of the front matter begins before what a document calls itself.
fn begins_with_kind(rest: &str, lexicon: &Lexicon) -> bool {
    lexicon.layout.document_kinds.iter().any(|kind| rest.starts_with(kind.as_str()))
}

/// A new line of the front matter begins behind the session and the agenda item, where they stand first.
fn ends_of_lines(text: &str, lexicon: &Lexicon) -> BTreeSet<usize> {
    let words = &lexicon.layout;
    let patterns = words.sessions.iter().chain(&words.agenda_items);
    patterns.filter_map(|pattern| Some(words.find_numbered(pattern, text)?.1.end)).collect()
}

/// Behind the last sentence of the last paragraph stand the annex's title and the period.
fn after_paragraphs(compact: &Compact, last: Option<usize>, end: usize, lexicon: &Lexicon) -> Vec<usize> {
    let Some(last) = last else { return Vec::new() };
    let ends = &lexicon.layout.sentence_ends;
    let text = compact.slice(last, end);
    let title = ends.iter().filter_map(|stop| Some(last + text.rfind(stop.as_str())? + stop.len())).max();
    let Some(title) = title else { return Vec::new() };
    let period = compact.words(title, end).find(|at| is_period(compact.slice(*at, end), lexicon));
    std::iter::once(title).chain(period).collect()
}

/// Whether `text` is a date or period and nothing else.
#[must_use]
pub fn is_period(text: &str, lexicon: &Lexicon) -> bool {
    date::read_cell(text, &lexicon.dates).is_some_and(|found| found.has_year)
}

/// Reads `parts`: the items they are, and what they say of the report.
#[must_use]
pub fn read(page: &Page<'_>, parts: &[FrontPart], blanks: Blanks, lexicon: &Lexicon) -> (Vec<Item>, FrontMatter) {
    let items: Vec<Item> = parts.iter().map(|part| item(page, part, blanks)).collect();
    let lines: Vec<masthead::Line<'_>> = items.iter().filter_map(|item| masthead::line(page, item)).collect();
    let mut front = masthead::read(&lines, lexicon);
    masthead::complete(&mut front, page);
    front.mandates = mandate::read(&numbered_texts(&items), lexicon);
    (items, front)
}

fn item(page: &Page<'_>, part: &FrontPart, blanks: Blanks) -> Item {
    let text = page.excerpt(&part.text, blanks);
    if part.number.is_empty() {
        Item::FrontLine(text)
    } else {
        Item::FrontParagraph { number: page.excerpt(&part.number, blanks), text }
    }
}

fn numbered_texts(items: &[Item]) -> Vec<&str> {
    let numbered = items.iter().filter_map(|item| match item {
        Item::FrontParagraph { text, .. } => Some(text.text.as_str()),
        _ => None,
    });
    numbered.collect()
}
