//! Notes at the foot of a page that nothing but their numbers sets off from the text.
//!
//! Input: the lines of a text. Output: the notes by the line at which each begins. Invariants: notes are numbered on
//! from those above, or anew from 1; they are the last text of their page; the mark of one of them stands above them
//! on the page.
//!
//! | printed | is |
//! |---|---|
//! | `1 Resolution S-10/2.` `1Resolution S-10/2.` | number and text |
//! | `1   1` ⏎ `Resolution S-10/2.` | the number twice, and text |
//! | `.A/59/119 )( 1` | the same between lines of Arabic |
//! | `1` ⏎ `2` ⏎ `Resolution S-10/2.` ⏎ `See A/59/119.` | numbers as a column, and then the texts |

use super::number;
use super::{Definition, LineRole};
use crate::base::language::is_unspaced;
use crate::base::span::Span;
use crate::parse::lexicon::Lexicon;
use crate::parse::line::Lines;
use crate::parse::text::{digit, is_blank};
use std::collections::BTreeMap;

/// How many notes may be missing between two pages.
const LARGEST_JUMP: u32 = 3;

/// A note takes no more lines.
const MOST_LINES: usize = 20;

/// The label of a paragraph on a line of its own has no more bytes.
const LONGEST_LABEL: usize = 6;

/// A note and its lines.
#[derive(Debug)]
pub struct Foot {
    /// The note.
    pub definition: Definition,
    /// Its lines.
    pub lines: Vec<usize>,
}

/// The start of a note: its number and what stands beside that.
#[derive(Debug, Clone, Copy)]
struct Numbered<'a> {
    line: usize,
    number: u32,
    /// The number, brackets included.
    label: Span,
    text: Span,
    /// What `text` covers.
    rest: &'a str,
}

/// Finds the notes at the feet of all pages, by their first lines.
pub fn find(lines: &Lines<'_>, roles: &[LineRole], lexicon: &Lexicon) -> BTreeMap<usize, Foot> {
    let mut feet = BTreeMap::new();
    let mut last = 0;
    for page in pages(lines, roles) {
        let (notes, number) = of_page(lines, roles, &page, last, lexicon);
        last = number;
        feet.extend(notes.into_iter().filter_map(|foot| Some((*foot.lines.first()?, foot))));
    }
    feet
}

/// The body lines of each page. Where no form feed tells, furniture ends a page.
fn pages(lines: &Lines<'_>, roles: &[LineRole]) -> Vec<Vec<usize>> {
    let has_form_feeds = lines.lines.iter().any(|line| line.form_feed);
    let mut pages: Vec<Vec<usize>> = vec![Vec::new()];
    for (index, role) in roles.iter().enumerate() {
        let ends = if has_form_feeds { lines.begins_page(index) } else { *role == LineRole::Furniture };
        if ends && pages.last().is_some_and(|page| !page.is_empty()) {
            pages.push(Vec::new());
        }
        if *role == LineRole::Body
            && let Some(page) = pages.last_mut()
        {
            page.push(index);
        }
    }
    pages
}

/// The notes of one page, and the number of the last note so far.
fn of_page(lines: &Lines<'_>, roles: &[LineRole], page: &[usize], last: u32, lexicon: &Lexicon) -> (Vec<Foot>, u32) {
    let starts: Vec<Numbered<'_>> = page.iter().filter_map(|index| numbered(lines, *index)).collect();
    if starts.is_empty() {
        return (Vec::new(), last);
    }
    let firsts = (last + 1..=last + LARGEST_JUMP).chain((last > 0).then_some(1));
    for first in firsts {
        let Some(chain) = chain(&starts, first) else { continue };
        let Some(notes) = notes(lines, page, &chain, lexicon) else { continue };
        let (Some(begin), Some(end)) = (page.first(), chain.first()) else { continue };
        let start_of = |index: usize| lines.lines[index].span.start;
        let range = start_of(*begin)..start_of(end.line);
        let is_marked = |note: &Numbered<'_>| {
            number::find(lines, roles, &note.number.to_string(), range.clone(), &lexicon.notes).is_some()
        };
        if chain.iter().any(is_marked) {
            return (notes, chain.last().map_or(last, |note| note.number));
        }
    }
    (Vec::new(), last)
}

/// The notes from number `first` on, the first as low on the page as can be.
fn chain<'a>(starts: &[Numbered<'a>], first: u32) -> Option<Vec<Numbered<'a>>> {
    let from = starts.iter().rposition(|start| start.number == first)?;
    let mut chain: Vec<Numbered<'a>> = Vec::new();
    for start in starts.iter().skip(from) {
        if start.number == first + u32::try_from(chain.len()).ok()? {
            chain.push(*start);
        }
    }
    Some(chain)
}

/// A number without full stop at the start of a line, and what may be the text of a note behind it.
fn numbered<'a>(lines: &Lines<'a>, index: usize) -> Option<Numbered<'a>> {
    let line = lines.get(index)?;
    let text = lines.text_of(line);
    if lines.text.get(line.full.start..line.full.end)?.contains('\t') {
        return None;
    }
    if let Some(turned) = turned(lines, index) {
        return Some(turned);
    }
    let opened = text.trim_start_matches(|first: char| is_blank(first) || matches!(first, '(' | ')'));
    let (number, behind) = leading(opened)?;
    let is_in_brackets = opened.len() < text.len();
    let rest = if is_in_brackets { behind.trim_start_matches([')', '(']) } else { behind };
    // A label may be printed twice: raised, and as a number before the text.
    let again = leading(rest.trim_start_matches(is_blank)).filter(|(again, _)| *again == number);
    let rest = again.map_or(rest, |(_, behind)| behind);
    let is_apart = rest.is_empty() || rest.starts_with(is_blank) || is_capital(rest);
    let rest = rest.trim_start_matches(is_blank);
    let is_text = rest.is_empty() || (is_capital(rest) && !is_date(rest));
    let text = Span::new(line.span.end - rest.len(), line.span.end);
    let label = Span::new(line.span.start, text.start);
    (is_apart && is_text).then_some(Numbered { line: index, number, label, text, rest })
}

/// A number in brackets at the end of a line, `.A/59/119 )( 4`, as where text in Latin letters stands in Arabic.
fn turned<'a>(lines: &Lines<'a>, index: usize) -> Option<Numbered<'a>> {
    let line = lines.get(index)?;
    let text = lines.text_of(line);
    let before = text.trim_end_matches(|last: char| is_blank(last) || digit(last).is_some());
    let (number, behind) = leading(text.get(before.len()..)?.trim_start_matches(is_blank))?;
    let rest = before.trim_end_matches(|last: char| is_blank(last) || matches!(last, '(' | ')'));
    let is_turned =
        before.len() - rest.len() >= 2 && before.ends_with('(') && behind.trim_start_matches(is_blank).is_empty();
    let text = Span::new(line.span.start, line.span.start + rest.len());
    let label = Span::new(text.end, line.span.end);
    (is_turned && !rest.is_empty()).then_some(Numbered { line: index, number, label, text, rest })
}

/// The number of one or two digits at the start of `text`, and what stands behind it.
fn leading(text: &str) -> Option<(u32, &str)> {
    let digits = text.chars().take(3).map_while(digit);
    let (count, number) = digits.fold((0, 0), |(count, number), digit| (count + 1, number * 10 + digit));
    let behind = text.char_indices().nth(count).map_or("", |(at, _)| &text[at..]);
    (1..=2).contains(&count).then_some((number, behind))
}

/// Whether a sentence may begin so.
fn is_capital(text: &str) -> bool {
    let first = text.trim_start_matches(['“', '«', '"', '(', '[']).chars().next();
    first.is_some_and(|first| {
        first.is_uppercase() || is_unspaced(first) || (first.is_alphabetic() && !first.is_lowercase())
    })
}

/// `December 2018, 74/37`: words and a year behind the day of a date.
fn is_date(text: &str) -> bool {
    let words = text.split(is_blank).filter(|word| !word.is_empty()).take(4);
    let mut words = words.skip_while(|word| !word.contains(char::is_numeric));
    let Some(year) = words.next() else { return false };
    let year = year.trim_end_matches(|last: char| !last.is_alphanumeric());
    year.len() == 4 && (year.starts_with("19") || year.starts_with("20")) && !text.starts_with(year)
}

/// The notes that begin at the lines of `chain`, with all that stands below on the page.
fn notes(lines: &Lines<'_>, page: &[usize], chain: &[Numbered<'_>], lexicon: &Lexicon) -> Option<Vec<Foot>> {
    let first = chain.first()?;
    if chain.iter().any(|note| lexicon.notes.counts(note.rest)) {
        return None;
    }
    let from = page.partition_point(|index| *index < first.line);
    let below = page.get(from..)?;
    if below.len() > chain.len() * MOST_LINES {
        return None;
    }
    let bare = chain.iter().take_while(|note| note.rest.is_empty()).count();
    let is_column = chain.windows(2).take(bare).all(|pair| matches!(pair, [a, b] if a.line + 1 == b.line));
    if bare == chain.len() && is_column {
        let above = page.get(from.wrapping_sub(1)).map_or("", |index| lines.at(*index));
        let parts = parts(lines, below.get(bare..)?, bare, is_bare_label(above), lexicon)?;
        return Some(chain.iter().zip(parts).map(|(note, part)| foot(lines, note, part)).collect());
    }
    let mut notes = Vec::new();
    for (at, note) in chain.iter().enumerate() {
        let start = below.partition_point(|index| *index <= note.line);
        let end = chain.get(at + 1).map_or(below.len(), |next| below.partition_point(|index| *index < next.line));
        let part = below.get(start..end)?;
        if part.is_empty() && note.rest.is_empty() {
            return None;
        }
        notes.push(foot(lines, note, part));
    }
    Some(notes)
}

fn foot(lines: &Lines<'_>, note: &Numbered<'_>, below: &[usize]) -> Foot {
    let own = (!note.rest.is_empty()).then_some(note.text);
    let text = own.into_iter().chain(below.iter().filter_map(|index| lines.get(*index)).map(|line| line.span));
    Foot {
        definition: Definition {
            label: note.number.to_string(),
            label_span: note.label,
            text: text.collect(),
            bracketed: false,
        },
        lines: std::iter::once(note.line).chain(below.iter().copied()).collect(),
    }
}

/// Whether `line` is the number or letter of a paragraph without its text: `2.`, `(a)`.
fn is_bare_label(line: &str) -> bool {
    line.len() <= LONGEST_LABEL && line.ends_with(['.', ')', '-'])
}

/// The lines of `count` notes whose numbers stand in a column above: each ends with a sentence. Where the label of a
/// paragraph stands in the column too, its text comes first.
fn parts<'a>(
    lines: &Lines<'_>,
    texts: &'a [usize],
    count: usize,
    is_below_label: bool,
    lexicon: &Lexicon,
) -> Option<Vec<&'a [usize]>> {
    let ends = |index: &usize| lexicon.layout.ends_sentence(lines.at(*index));
    let own = texts.len().checked_sub(count)?;
    let tail = texts.get(own..)?;
    let mut parts: Vec<&[usize]> = if own == 0 || (is_below_label && tail.iter().all(ends)) {
        tail.chunks(1).collect()
    } else {
        texts.split_inclusive(ends).collect()
    };
    let more = parts.len().checked_sub(count)?;
    let surplus: usize = parts.drain(..more).map(<[usize]>::len).sum();
    if !is_below_label
        && let Some(first) = parts.first_mut()
        && surplus > 0
    {
        *first = texts.get(..surplus + first.len())?;
    }
    Some(parts)
}
