//! The sections of a flattened table.

use super::compact::{ByteRange, Compact};
use crate::model::record::SectionCode;
use crate::parse::Lexicon;
use crate::parse::table::section::{Head, number};

/// What stands for the `*` of a title, and the words behind it, have no more characters.
const LONGEST_SUBJECT: usize = 30;

/// The table in the compact text.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// Where the table begins; everything before is front matter.
    pub start: usize,
    /// The heads of the table.
    pub heads: Vec<ByteRange>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its code.
    pub code: SectionCode,
    /// Headings of groups of sections above its own.
    pub groups: Vec<ByteRange>,
    /// Its own heading.
    pub heading: ByteRange,
    /// Its rows.
    pub rows: ByteRange,
}

/// Finds the table and its sections.
#[must_use]
pub fn body(compact: &Compact, lexicon: &Lexicon) -> Body {
    let heads = table_heads(compact, lexicon);
    let headings = headings(compact, &heads, lexicon);
    let first_heading = headings.first().map(|(_, range)| range.0);
    let start = heads.first().map(|range| range.0).into_iter().chain(first_heading).min().unwrap_or(compact.text.len());
    let sections = sections(compact, &headings, &heads);
    Body { start, heads, sections }
}

/// The heads of the columns, one behind the other; a later occurrence may have been taken out.
fn table_heads(compact: &Compact, lexicon: &Lexicon) -> Vec<ByteRange> {
    let mut heads = Vec::new();
    let mut at = 0;
    while at < compact.text.len() {
        match head_at(compact, at, lexicon).filter(|_| compact.begins_word(at)) {
            Some(end) => {
                heads.push((at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    heads
}

fn head_at(compact: &Compact, start: usize, lexicon: &Lexicon) -> Option<usize> {
    let mut at = start;
    let mut columns = 0;
    for forms in &lexicon.layout.table_heads {
        let rest = compact.text.get(at..)?;
        let found = forms.iter().filter(|form| rest.starts_with(form.as_str())).map(String::len).max();
        at += found.unwrap_or(0);
        columns += usize::from(found.is_some());
    }
    (columns >= 3).then_some(at)
}

/// Headings with a known title, in source order, apart from each other and from the heads of the table.
fn headings(compact: &Compact, heads: &[ByteRange], lexicon: &Lexicon) -> Vec<(Head, ByteRange)> {
    let mut headings: Vec<(Head, ByteRange)> = Vec::new();
    for at in compact.words(0, compact.text.len()) {
        if headings.last().is_some_and(|(_, above)| at < above.1) {
            continue;
        }
        let Some((head, len)) = compact.text.get(at..).and_then(number) else { continue };
        let rest = &compact.text[at + len..];
        let titles = lexicon.layout.section_titles.iter();
        let titled = titles.filter_map(|title| title_len(title, rest)).map(|title| at + len + title);
        let is_apart = |end: usize| {
            let before = heads.partition_point(|head| head.0 < end);
            before.checked_sub(1).and_then(|last| heads.get(last)).is_none_or(|head| head.1 <= at)
        };
        let bare = matches!(head, Head::Section(_)).then_some(at + len);
        let ends = titled.filter(|end| compact.begins_word(*end)).chain(bare);
        headings.extend(ends.filter(|end| is_apart(*end)).max().map(|end| (head, (at, end))));
    }
    headings
}

/// The length of `title` at the start of `text`.
fn title_len(title: &str, text: &str) -> Option<usize> {
    let Some((before, after)) = title.split_once('*') else { return text.starts_with(title).then_some(title.len()) };
    let rest = text.strip_prefix(before)?;
    let near = rest.char_indices().nth(LONGEST_SUBJECT).map_or(rest, |(end, _)| rest.split_at(end).0);
    near.find(after).map(|at| before.len() + at + after.len())
}

fn sections(compact: &Compact, headings: &[(Head, ByteRange)], heads: &[ByteRange]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut groups = Vec::new();
    for (index, (head, range)) in headings.iter().enumerate() {
        match head {
            Head::Group(_) => groups.push(*range),
            Head::Section(code) => {
                let next = headings.get(index + 1).map_or(compact.text.len(), |(_, next)| next.0);
                let end = heads.iter().map(|head| head.0).filter(|head| *head > range.1).fold(next, usize::min);
                let groups = std::mem::take(&mut groups);
                sections.push(Section { code: code.clone(), groups, heading: *range, rows: (range.1, end) });
            }
        }
    }
    sections
}
