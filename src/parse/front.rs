//! Front matter: session, agenda item, title, kind, period, mandates, and the numbered paragraphs
//! above an activity table.

use super::Lexicon;
use super::date;
use super::item::Item;
use super::mandate;
use super::page::Page;
use super::paragraph::lettered;
use super::table::flattened::Compact;
use super::table::read_date;
use super::text::{Blanks, is_blank};
use crate::base::span::Span;
use crate::model::report::FrontMatter;
use std::collections::BTreeSet;

/// More characters than this are no title.
const LONGEST_TITLE: usize = 90;

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
        if let Some(len) = paragraph_number(page.lines.text_of(line), expected) {
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
    let so_far = part.text.last().and_then(|span| page.lines.text.get(span.start..span.end)).unwrap_or("");
    let apart = page.lines.after_gap(index) || page.breaks_before(index);
    !part.number.is_empty() && (!apart || !lexicon.layout.ends_sentence(so_far))
}

/// The length of the paragraph number `expected` with its full stop at the start of `text`.
///
/// Digits behind the stop make it a decimal number, but for four of them, which are a year.
#[must_use]
pub fn paragraph_number(text: &str, expected: u32) -> Option<usize> {
    let digits = expected.to_string();
    let rest = text.strip_prefix(digits.as_str())?;
    let lead = rest.len() - rest.trim_start_matches(is_blank).len();
    let stop = rest.get(lead..)?.chars().next().filter(|stop| matches!(stop, '.' | '．' | '、'))?;
    let after = digits.len() + lead + stop.len_utf8();
    let digits_behind = text.get(after..)?.bytes().take_while(u8::is_ascii_digit).count();
    matches!(digits_behind, 0 | 4).then_some(after)
}

fn numbered(line: Span, number: usize, text: &str) -> FrontPart {
    let rest = text.get(line.start + number..line.end).unwrap_or("");
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
        if let Some(len) = paragraph_number(rest, expected) {
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

fn is_period(text: &str, lexicon: &Lexicon) -> bool {
    date::read_cell(text, &lexicon.dates).is_some_and(|found| found.has_year)
}

/// Reads `parts`: the items they are, and what they say of the report.
#[must_use]
pub fn read(page: &Page<'_>, parts: &[FrontPart], blanks: Blanks, lexicon: &Lexicon) -> (Vec<Item>, FrontMatter) {
    let mut front = FrontMatter::default();
    let mut items = Vec::new();
    for part in parts {
        let text = page.excerpt(&part.text, blanks);
        if part.number.is_empty() {
            read_line(&mut front, &text.text, lexicon);
            items.push(Item::FrontLine(text));
        } else {
            items.push(Item::FrontParagraph { number: page.excerpt(&part.number, blanks), text });
        }
    }
    if front.title.is_none() {
        front.title.clone_from(&front.kind);
    }
    front.mandates = mandate::read(&numbered_texts(&items), lexicon);
    (items, front)
}

fn numbered_texts(items: &[Item]) -> Vec<&str> {
    let numbered = items.iter().filter_map(|item| match item {
        Item::FrontParagraph { text, .. } => Some(text.text.as_str()),
        _ => None,
    });
    numbered.collect()
}

/// What the lines above the first paragraph say of the report.
#[must_use]
pub fn read_lines(lines: &[&str], lexicon: &Lexicon) -> FrontMatter {
    let mut front = FrontMatter::default();
    lines.iter().for_each(|line| read_line(&mut front, line, lexicon));
    if front.title.is_none() {
        front.title.clone_from(&front.kind);
    }
    front
}

fn read_line(front: &mut FrontMatter, text: &str, lexicon: &Lexicon) {
    let words = &lexicon.layout;
    let compact: String = text.chars().filter(|character| !is_blank(*character)).collect();
    let find = |patterns: &[String]| patterns.iter().find_map(|pattern| words.find_numbered(pattern, &compact));
    let session = find(&words.sessions).map(|(number, _)| number);
    let item = find(&words.agenda_items).map(|(number, range)| {
        let letter = compact.get(range.end..).and_then(lettered);
        letter.map_or_else(|| number.to_string(), |(letter, _)| format!("{number}({letter})"))
    });
    let plain = session.is_none() && item.is_none();
    let about_session = front.session.is_some() || front.agenda_item.is_some();
    front.session = front.session.or(session);
    if front.agenda_item.is_none() {
        front.agenda_item = item;
    }
    if words.document_kinds.contains(&compact) {
        front.kind.get_or_insert_with(|| text.trim().to_owned());
    } else if front.period.is_none() && is_period(&compact, lexicon) {
        front.period = read_date(&compact, lexicon);
    } else if plain && about_session && front.title.is_none() && front.kind.is_none() && is_title(text, lexicon) {
        front.title = Some(text.to_owned());
    }
}

fn is_title(text: &str, lexicon: &Lexicon) -> bool {
    let words = &lexicon.layout;
    let other =
        words.annex.iter().any(|annex| annex == text) || words.agenda_items.iter().any(|item| item.starts_with(text));
    text.chars().count() <= LONGEST_TITLE && !other && !words.ends_sentence(text) && !text.starts_with('%')
}
