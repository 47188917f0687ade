//! Marks in the text that refer to footnotes.

use super::bracket::bracketed;
use super::footnote::{is_symbol_font, label};
use super::number;
use super::{Definition, LineRole};
use crate::base::language::is_unspaced;
use crate::base::span::Span;
use crate::parse::lexicon::note::NoteWords;
use crate::parse::line::Lines;
use std::collections::{BTreeMap, BTreeSet};

/// A reference to a footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The footnote's label, as `tie` leaves it that of one footnote only.
    pub label: String,
    /// The mark in the source.
    pub span: Span,
}

/// Gives each footnote a label of its own, and each mark that of its footnote: the next one below the mark with its
/// label, else the last one above. Labels printed anew on each page get a number from the second on; no printed label
/// has a hyphen.
pub fn tie(marks: &mut [Mark], footnotes: &mut [Definition]) {
    let mut printed: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for footnote in footnotes {
        let same = printed.entry(footnote.label.clone()).or_default();
        if !same.is_empty() {
            footnote.label = format!("{}-{}", footnote.label, same.len() + 1);
        }
        same.push((footnote.label_span.start, footnote.label.clone()));
    }
    for mark in marks {
        let Some(same) = printed.get(&mark.label) else { continue };
        let next = same.partition_point(|(start, _)| *start < mark.span.start);
        if let Some((_, label)) = same.get(next).or_else(|| same.last()) {
            mark.label.clone_from(label);
        }
    }
}

/// Finds the marks outside furniture and footnotes. A line that holds only a mark changes its role.
pub fn find(lines: &Lines<'_>, roles: &mut [LineRole], footnotes: &[Definition], words: &NoteWords) -> Vec<Mark> {
    let mut marks = Vec::new();
    let has_bracketed = footnotes.iter().any(|footnote| footnote.bracketed);
    let unbracketed = footnotes.iter().filter(|footnote| !footnote.bracketed);
    let labels: BTreeSet<&str> = unbracketed.map(|footnote| footnote.label.as_str()).collect();
    for index in 0..roles.len() {
        if roles.get(index) != Some(&LineRole::Body) {
            continue;
        }
        if let Some(mark) = mark_line(lines, index, &labels) {
            marks.push(mark);
            if let Some(role) = roles.get_mut(index) {
                *role = LineRole::MarkOnly;
            }
        } else if let Some(line) = lines.get(index) {
            marks.extend(marks_in(lines.text, line.span));
        }
    }
    if has_bracketed {
        // Raised characters are characters of the text then (km²).
        let is_bracketed = |mark: &Mark| lines.text.get(mark.span.start..).is_some_and(|text| text.starts_with("[^"));
        marks.retain(|mark| is_bracketed(mark) || labels.contains(mark.label.as_str()));
    }
    let plain = plain_marks(lines, roles, footnotes, &marks, words);
    marks.extend(plain);
    marks.sort_by_key(|mark| mark.span);
    marks
}

/// The marks of those footnotes whose marks do not show themselves. A label that is printed at many
/// footnotes is looked for in each line once.
fn plain_marks(
    lines: &Lines<'_>,
    roles: &[LineRole],
    footnotes: &[Definition],
    marks: &[Mark],
    words: &NoteWords,
) -> Vec<Mark> {
    let mut marked: BTreeSet<&str> = marks.iter().map(|mark| mark.label.as_str()).collect();
    let mut searched: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    // Numbers stand in their order.
    let mut last_number = 0;
    for footnote in footnotes.iter().filter(|footnote| !footnote.bracketed) {
        let label = footnote.label.as_str();
        let is_number = label.starts_with(|first: char| first.is_ascii_digit());
        if marked.contains(label) && !is_number {
            continue;
        }
        let from = searched.insert(label, footnote.label_span.start).unwrap_or(0);
        if is_number {
            // Numbers in a column stand above text that is no note.
            let text = footnote.text.first().map_or(0, |span| span.start);
            let range = from.max(last_number)..footnote.label_span.start.max(text);
            let span = number::find(lines, roles, label, range, words);
            last_number = span.map_or(last_number, |span| span.end);
            found.extend(span.map(|span| Mark { label: label.to_owned(), span }));
            continue;
        }
        if let Some(mark) = plain_mark(lines, roles, footnote, from) {
            marked.insert(label);
            found.push(mark);
        }
    }
    let taken: BTreeSet<usize> = marks.iter().map(|mark| mark.span.start).collect();
    found.retain(|mark| !taken.contains(&mark.span.start));
    found
}

/// A raised mark on a line of its own, without distance to the line above.
fn mark_line(lines: &Lines<'_>, index: usize, labels: &BTreeSet<&str>) -> Option<Mark> {
    let line = lines.get(index)?;
    // `1.` is the number of a paragraph.
    let label = label(lines.text_of(line)).filter(|_| !lines.text_of(line).ends_with('.'))?;
    let known = label.starts_with('*') || labels.contains(label.as_str());
    (known && lines.is_tight(index)).then_some(Mark { label, span: line.span })
}

/// Marks that show themselves: `^b`, raised digits and letters, signs, symbol-font characters.
fn marks_in(text: &str, span: Span) -> Vec<Mark> {
    let line = &text[span.start..span.end];
    let mut marks = Vec::new();
    let mut from = 0;
    while let Some((label, range)) = next_mark(line, from) {
        from = range.end;
        marks.push(Mark { label, span: Span::new(span.start + range.start, span.start + range.end) });
    }
    marks
}

fn next_mark(line: &str, from: usize) -> Option<(String, std::ops::Range<usize>)> {
    // Bytes that begin a mark; most bytes of a text begin none.
    let begins = |byte: u8| matches!(byte, b'[' | b'^' | b'*' | 0xc2 | 0xe1 | 0xe2 | 0xef);
    let beginnings = line.bytes().enumerate().skip(from).filter(|(_, byte)| begins(*byte));
    for (start, _) in beginnings {
        let Some(character) = line.get(start..).and_then(|rest| rest.chars().next()) else { continue };
        let rest = || &line[start + character.len_utf8()..];
        let found = match character {
            // The bracket is counted below.
            '[' => bracketed(&line[start..]).map(|(label, len)| (label, len - 1)),
            '^' => token(rest()).filter(|(token, _)| !token.is_empty()),
            '*' | '†' | '‡' => Some((character.to_string(), 0)),
            _ if is_symbol_font(character) => Some(token(rest()).unwrap_or_default()),
            _ => raised_label(&line[start..]).map(|(label, len)| (label, len - character.len_utf8())),
        };
        if let Some((label, len)) = found {
            let label = if label.is_empty() { "*".to_owned() } else { label };
            return Some((label, start..start + character.len_utf8() + len));
        }
    }
    None
}

/// The label at the start of `rest`: one letter, or up to two digits.
fn token(rest: &str) -> Option<(String, usize)> {
    let digits = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let len = if digits > 0 { digits } else { rest.bytes().take(1).take_while(u8::is_ascii_alphabetic).count() };
    Some((rest.get(..len)?.to_lowercase(), len))
}

/// The label of up to two raised digits, or of a raised letter, at the start of `text`, and its length.
fn raised_label(text: &str) -> Option<(String, usize)> {
    let mut characters = text.chars();
    let first = characters.next()?;
    let label = raised(first)?;
    let is_digit = |label: &String| label.starts_with(|character: char| character.is_ascii_digit());
    let second = characters.next().filter(|_| is_digit(&label));
    match second.and_then(|second| Some((raised(second).filter(is_digit)?, second.len_utf8()))) {
        Some((digit, len)) => Some((label + &digit, first.len_utf8() + len)),
        None => Some((label, first.len_utf8())),
    }
}

/// The character a raised digit or letter stands for.
fn raised(character: char) -> Option<String> {
    let plain = match character {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' | '⁴'..='⁹' => char::from_digit(u32::from(character) - 0x2070, 10)?,
        'ᵃ' => 'a',
        'ᵇ' => 'b',
        'ᶜ' => 'c',
        'ᵈ' => 'd',
        'ᵉ' => 'e',
        'ᶠ' => 'f',
        _ => return None,
    };
    Some(plain.to_string())
}

/// A mark printed like text (报告 a, 哥伦比亚b批准, `two answers.b`): the first place from byte `from` up to the footnote
/// where its letter stands alone among characters of a script without blanks, or right behind the stop of a word. Digits
/// are left: they may be numbers.
fn plain_mark(lines: &Lines<'_>, roles: &[LineRole], footnote: &Definition, from: usize) -> Option<Mark> {
    let letter = footnote.label.chars().next().filter(char::is_ascii_alphabetic)?;
    let first = lines.lines.partition_point(|line| line.span.start < from);
    let above = lines.lines.iter().zip(roles).skip(first);
    let above = above.take_while(|(line, _)| line.span.start < footnote.label_span.start);
    above.filter(|(_, role)| **role == LineRole::Body).find_map(|(line, _)| {
        let text = lines.text_of(*line);
        let is_mark = |(at, _): &(usize, &str)| is_alone(text, *at) || is_behind_stop(text, *at);
        text.match_indices(letter).find(is_mark).map(|(at, _)| Mark {
            label: footnote.label.clone(),
            span: Span::new(line.span.start + at, line.span.start + at + 1),
        })
    })
}

fn is_alone(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end().chars().next_back();
    let after = text[at + 1..].trim_start().chars().next();
    before.is_some_and(is_unspaced) && after.is_none_or(is_unspaced)
}

/// Whether the letter at `at` ends a word that has a stop before it: `answers.b`, and not `a.m.`
fn is_behind_stop(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    let has_stop = before.next().is_some_and(|stop| matches!(stop, '.' | ',' | ';' | ':'));
    let ends_word = text[at + 1..].chars().next().is_none_or(char::is_whitespace);
    has_stop && ends_word && before.take(2).filter(|character| character.is_alphanumeric()).count() == 2
}
