//! Which layout a report has: told apart by evidence in its text, never by its name.

use super::Lexicon;
use super::page::{LineRole, Page};
use super::table::flattened::{Body, Compact, body};
use super::table::{columns, section};
use super::text::Blanks;
use super::{paragraph, reply};
use crate::model::report::Layout;

/// Lines longer than this, on average, are no printed lines.
const PRINTED_LINE: usize = 1500;

/// What the text shows of its layout.
#[derive(Debug)]
pub struct Evidence {
    /// The layout.
    pub layout: Layout,
    /// How its blanks came about.
    pub blanks: Blanks,
    /// The line at which the table begins, for tables with lines.
    pub table_line: usize,
    /// The text without blanks and the table in it, for flattened tables.
    pub flattened: Option<(Compact, Body)>,
}

/// Looks at `page`.
#[must_use]
pub fn look(page: &Page<'_>, lexicon: &Lexicon) -> Evidence {
    let blanks = blanks(page);
    let evidence = |layout, table_line, flattened| Evidence { layout, blanks, table_line, flattened };
    if has_replies(page, lexicon) {
        return evidence(Layout::Replies, 0, None);
    }
    if let Some(line) = table_line(page) {
        let layout = if has_tabs(page) { Layout::TabbedTable } else { Layout::WrappedTable };
        return evidence(layout, with_heading(page, line, lexicon), None);
    }
    if let Some(line) = columns::first_row(page, lexicon) {
        return evidence(Layout::TabbedTable, with_heading(page, line, lexicon), None);
    }
    let numbered = paragraph::has_numbers(page, lexicon);
    // Where each line is a paragraph, and paragraphs are numbered, long lines are long paragraphs.
    if has_long_lines(page) && !(numbered && paragraph::lines_are_paragraphs(page)) {
        let compact = Compact::new(page);
        let table = body(&compact, lexicon);
        if !table.sections.is_empty() {
            return evidence(Layout::FlattenedTable, 0, Some((compact, table)));
        }
    }
    let layout = if numbered { Layout::Paragraphs } else { Layout::Unparsed };
    evidence(layout, 0, None)
}

/// Segmented text has a blank between any two words; wrapped text has hardly one between two Han characters.
fn blanks(page: &Page<'_>) -> Blanks {
    let (mut pairs, mut parted) = (0_usize, 0_usize);
    // Whether the character before is unspaced, and the one before that; and whether the one before is a blank.
    let (mut before, mut earlier, mut is_blank) = (false, false, false);
    for character in page.lines.text.chars() {
        let unspaced = crate::base::language::is_unspaced(character);
        pairs += usize::from(unspaced && before);
        parted += usize::from(unspaced && is_blank && earlier);
        (earlier, before, is_blank) = (before, unspaced, matches!(character, ' ' | '\u{a0}'));
    }
    if parted * 4 > pairs { Blanks::Segmented } else { Blanks::Wrapped }
}

/// The line of the first table head, or of the first section heading above which none stands.
fn table_line(page: &Page<'_>) -> Option<usize> {
    let head = page.roles.iter().position(|role| *role == LineRole::TableHead);
    let sections = || (0..page.roles.len()).filter(|index| page.is_body(*index) && is_section(page, *index));
    let count = sections().count();
    let first = sections().next();
    match (head, first) {
        (Some(head), Some(first)) => Some(head.min(first)),
        (Some(head), None) => Some(head),
        (None, Some(first)) if count >= 2 => Some(first),
        _ => None,
    }
}

/// The line at which a table begins that has its head or first row at `line`: that of its heading right above, if there is
/// one. A heading has a letter, or the same head has one elsewhere too: a single one may be the title of the document.
fn with_heading(page: &Page<'_>, line: usize, lexicon: &Lexicon) -> usize {
    let Some(above) = (0..line).rev().find(|above| page.is_body(*above)) else { return line };
    let head = page.lines.at(line);
    let is_heading = |index: usize| {
        let text = page.lines.at(index);
        page.is_body(index) && !text.contains('\t') && !lexicon.layout.ends_sentence(text)
    };
    let is_headed_elsewhere = || {
        let others = (line + 1..page.roles.len()).filter(|other| page.lines.at(*other) == head);
        head.contains('\t') && others.into_iter().any(|other| is_heading(other - 1))
    };
    let is_lettered = section::lettered(page.lines.at(above)).is_some();
    if is_lettered || (is_heading(above) && is_headed_elsewhere()) { above } else { line }
}

fn is_section(page: &Page<'_>, index: usize) -> bool {
    let line = page.lines.at(index);
    let first = line.split_once('\t').map_or(line, |(first, _)| first);
    matches!(section::line(first), Some(section::Head::Section(_)))
}

fn has_tabs(page: &Page<'_>) -> bool {
    let lines = page.lines.lines.iter().filter_map(|line| page.lines.text.get(line.full.start..line.full.end));
    lines.filter(|line| line.matches('\t').count() >= 2).count() >= 2
}

fn has_long_lines(page: &Page<'_>) -> bool {
    let count = page.lines.lines.len().max(1);
    let longest = page.lines.lines.iter().map(|line| line.span.len()).max().unwrap_or(0);
    page.lines.text.len() / count > PRINTED_LINE / 3 || longest > PRINTED_LINE
}

fn has_replies(page: &Page<'_>, lexicon: &Lexicon) -> bool {
    let lines = (0..page.roles.len()).filter(|index| page.is_body(*index));
    let bracketed = lines.filter(|index| page.lines.at(*index).contains('[') || page.lines.at(*index).contains('［'));
    bracketed.into_iter().any(|index| {
        let is_dated = || reply::date(page.lines.at(index), lexicon).is_some();
        if index > 0 && is_dated() && lexicon.whole_state(page.lines.at(index - 1)).is_some() {
            return true;
        }
        page.lines.at(index).split(['[', '［']).skip(1).any(|part| {
            let line = format!("[{}]", part.split_once([']', '］']).map_or(part, |(inside, _)| inside));
            part.len() < 2000 && reply::language(&line, lexicon).is_some()
        })
    })
}
