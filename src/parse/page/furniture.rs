//! Page furniture: rules, page numbers, job numbers, running heads, repeated table heads.

use super::LineRole;
use super::head;
use crate::parse::lexicon::layout::LayoutWords;
use crate::parse::line::Lines;
use crate::parse::text::is_blank;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A running head has no more characters.
const LONGEST_RUNNING_HEAD: usize = 120;

/// Running heads and feet take no more lines.
const MOST_RUNNING_HEAD_LINES: usize = 4;

/// The role of each line, as far as furniture and table heads go; all others are body.
pub fn roles(lines: &Lines<'_>, words: &LayoutWords) -> Vec<LineRole> {
    let mut roles: Vec<LineRole> = (0..lines.lines.len()).map(|index| role(lines, index, words)).collect();
    head::mark_heads(lines, &mut roles, words);
    mark_running_heads(lines, &mut roles, words);
    mark_titled_heads(lines, &mut roles);
    roles
}

fn role(lines: &Lines<'_>, index: usize, words: &LayoutWords) -> LineRole {
    let text = lines.at(index);
    if head::is_table_head(text, words) {
        LineRole::TableHead
    } else if is_marked_furniture(text) || is_rule(text) || is_job_number(text) {
        LineRole::Furniture
    } else {
        LineRole::Body
    }
}

/// Furniture that says so itself, `⟦A/65/137⟧`: the form that text taken out of a document gives it.
pub fn is_marked_furniture(text: &str) -> bool {
    text.starts_with('⟦') && text.ends_with('⟧')
}

/// A line of underscores, dashes or the like, as above footnotes.
pub fn is_rule(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next().unwrap_or(' ');
    matches!(first, '_' | '-' | '–' | '—' | '=' | '─' | '*')
        && text.chars().count() >= 3
        && characters.all(|character| character == first)
}

/// The job number at the foot of a United Nations page, `10-45350 (C)`, with or without the page
/// number beside it, or in asterisks as on a first page: `*1045350*`.
fn is_job_number(text: &str) -> bool {
    if !text.starts_with(|first: char| first == '*' || first.is_ascii_digit()) {
        return false;
    }
    let compact: String = text.chars().filter(|character| !is_blank(*character)).collect();
    let starred = compact.len() >= 9 && compact.starts_with('*') && compact.ends_with('*');
    if starred {
        return compact.trim_matches('*').bytes().all(|byte| byte.is_ascii_digit());
    }
    let bytes = compact.as_bytes();
    let digits =
        |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    if !(digits(0..2) && bytes.get(2) == Some(&b'-') && digits(3..8)) {
        return false;
    }
    compact.get(8..).is_some_and(is_after_job_number)
}

/// The letter of the language and the page number after a job number: `(C)8`, `(C)`, `8`, ``.
fn is_after_job_number(rest: &str) -> bool {
    let rest = match rest.strip_prefix('(') {
        Some(inside) => match inside.split_once(')') {
            Some((letter, rest)) if letter.len() <= 2 => rest,
            _ => return false,
        },
        None => rest,
    };
    rest.len() <= 6 && rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'*' | b'/'))
}

/// Running heads and page numbers: short lines that stand by themselves next to a page break.
fn mark_running_heads(lines: &Lines<'_>, roles: &mut [LineRole], words: &LayoutWords) {
    let alone: Vec<bool> = (0..roles.len()).map(|index| stands_alone(lines, roles, index)).collect();
    let has_form_feeds = lines.lines.iter().any(|line| line.form_feed);
    for index in 1..roles.len() {
        let text = lines.at(index);
        // A number below a rule is the label of a footnote.
        // A year below the heads of a table is the rest of a cell, of a date at the end of the page before.
        let in_table = text.len() == 4 && roles.get(index - 1) == Some(&LineRole::TableHead);
        let numbered = is_page_number(text, words)
            && !is_rule(lines.at(index - 1))
            && !in_table
            && (!has_form_feeds || is_outermost(lines, roles, index));
        let running = is_running_head(text) || numbered;
        // A symbol at the head of a page needs no distance to be one.
        let is_head = lines.get(index).is_some_and(|line| line.form_feed) && is_running_head(text);
        let is_last = has_form_feeds && index + 1 == roles.len();
        if running
            && (is_head || is_last || alone.get(index) == Some(&true))
            && let Some(role) = roles.get_mut(index)
        {
            *role = LineRole::Furniture;
        }
    }
}

/// Whether nothing but furniture stands between the line at `index` and the head or foot of its page.
fn is_outermost(lines: &Lines<'_>, roles: &[LineRole], index: usize) -> bool {
    let is_furniture =
        |index: usize| roles.get(index) == Some(&LineRole::Furniture) || is_running_head(lines.at(index));
    let ends = is_last_of_page(lines, roles, index) || lines.begins_page(index + 1) || is_furniture(index + 1);
    ends || lines.begins_page(index) || (index > 0 && is_furniture(index - 1))
}

/// Page numbers between notes and the text that their columns left behind.
pub fn mark_page_numbers_below_notes(lines: &Lines<'_>, roles: &mut [LineRole], words: &LayoutWords) {
    for index in 1..roles.len() {
        let is_below_note = matches!(roles.get(index - 1), Some(LineRole::Footnote(_)));
        let is_last = index + 1 >= roles.len() || lines.after_gap(index + 1) || lines.begins_page(index + 1);
        let is_body = roles.get(index) == Some(&LineRole::Body);
        if is_below_note && is_body && is_last && is_page_number(lines.at(index), words) {
            roles.iter_mut().skip(index).take(1).for_each(|role| *role = LineRole::Furniture);
        }
    }
}

/// Running heads of symbol and title, and running feet: the first and last lines of pages, where two pages or more
/// begin or end so.
fn mark_titled_heads(lines: &Lines<'_>, roles: &mut [LineRole]) {
    let begins: Vec<usize> =
        (0..roles.len()).filter(|index| *index == 0 || lines.get(*index).is_some_and(|line| line.form_feed)).collect();
    let ends = begins.iter().skip(1).copied().chain(std::iter::once(roles.len()));
    let pages: Vec<Range<usize>> = begins.iter().copied().zip(ends).map(|(begin, end)| begin..end).collect();
    let heads: Vec<Vec<usize>> =
        pages.iter().map(|page| page.clone().take(MOST_RUNNING_HEAD_LINES).collect()).collect();
    let feet: Vec<Vec<usize>> =
        pages.iter().map(|page| page.clone().rev().take(MOST_RUNNING_HEAD_LINES).collect()).collect();
    if pages.len() > 1 {
        // The first page begins with its masthead.
        mark_repeated(lines, roles, &heads, 1);
        mark_repeated(lines, roles, &feet, 0);
    }
}

/// Marks those of `edges`, lines from the edge of each page inwards, that more pages have; not those of the first
/// `spared` pages.
fn mark_repeated(lines: &Lines<'_>, roles: &mut [LineRole], edges: &[Vec<usize>], spared: usize) {
    let mut pages: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for edge in edges {
        let texts: BTreeSet<Vec<&str>> = edge.iter().filter_map(|index| head_parts(lines.at(*index))).collect();
        texts.into_iter().for_each(|text| *pages.entry(text).or_default() += 1);
    }
    for edge in edges.iter().skip(spared) {
        for (depth, index) in edge.iter().copied().enumerate() {
            if matches!(roles.get(index), Some(LineRole::Furniture | LineRole::TableHead)) {
                continue;
            }
            let Some(parts) = head_parts(lines.at(index)) else { break };
            let count = pages.get(&parts).copied().unwrap_or(0);
            let is_common = count >= 2 && (depth < 2 || count * 2 >= edges.len());
            let is_symbol = spared > 0 && parts.len() == 2 && parts.iter().any(|part| is_running_head(part));
            if !(is_common || is_symbol) {
                break;
            }
            roles.iter_mut().skip(index).take(1).for_each(|role| *role = LineRole::Furniture);
        }
    }
}

/// The parts of a line that may be a running head: the page number, and the side on which each part stands, change from
/// page to page.
fn head_parts(text: &str) -> Option<Vec<&str>> {
    // What a reply says in brackets of its original and date is no title, though pages may begin or end with it.
    if text.chars().take(LONGEST_RUNNING_HEAD + 1).count() > LONGEST_RUNNING_HEAD || text.starts_with(['[', '［']) {
        return None;
    }
    let mut parts: Vec<&str> = head::parts(text).collect();
    parts.retain(|part| !part.bytes().all(|byte| byte.is_ascii_digit()));
    parts.sort_unstable();
    let is_sentence = parts.iter().any(|part| part.ends_with(['.', ',', ';', '。', '，', '；']));
    (!parts.is_empty() && !is_sentence).then_some(parts)
}

/// Whether the line is set off above and below, or beside furniture, or the last before a form feed.
fn stands_alone(lines: &Lines<'_>, roles: &[LineRole], index: usize) -> bool {
    let furniture = |index: usize| roles.get(index) == Some(&LineRole::Furniture);
    let last = index + 1 >= roles.len();
    let above = lines.after_gap(index) || lines.begins_page(index) || (index > 0 && furniture(index - 1));
    let below = last || lines.after_gap(index + 1) || lines.begins_page(index + 1) || furniture(index + 1);
    let last_of_page = !last && is_last_of_page(lines, roles, index);
    (above && below) || last_of_page
}

/// Whether a form feed or the end of the text follows the line at `index`, but for heads that their column left behind.
fn is_last_of_page(lines: &Lines<'_>, roles: &[LineRole], index: usize) -> bool {
    let mut below = (index + 1..roles.len()).skip_while(|line| {
        roles.get(*line) == Some(&LineRole::TableHead) && lines.get(*line).is_some_and(|line| !line.form_feed)
    });
    below.next().and_then(|next| lines.get(next)).is_none_or(|next| next.form_feed)
}

/// A document symbol alone on a line, with or without a page number.
///
/// In mid-document a line that is only a symbol is more often a citation than a running head, so the
/// caller also asks that it stands alone.
fn is_running_head(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let Some(symbol) = words.next() else { return false };
    let shaped = symbol.contains('/')
        && symbol.starts_with(|character: char| character.is_ascii_uppercase())
        && symbol
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'(' | b')' | b'*'));
    shaped && words.all(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_page_number(text: &str, words: &LayoutWords) -> bool {
    // The blank in `Page 2` may be one that does not break.
    let unbroken = text.contains('\u{a0}').then(|| text.replace('\u{a0}', " "));
    let text = unbroken.as_deref().unwrap_or(text);
    let bare = text.trim_matches(['-', '–', '—', ' ']);
    let is_digits = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let (page, of) = bare.split_once('/').unwrap_or((bare, ""));
    let digits = is_digits(page) && is_digits(of) && !(page.is_empty() && of.is_empty());
    let whole =
        |pattern: &String| words.find_numbered(pattern, text).is_some_and(|(_, range)| range == (0..text.len()));
    digits || text == "/..." || words.page_numbers.iter().any(whole)
}
