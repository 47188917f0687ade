//! The part of a text that a diagnostic shows.
//!
//! Input: a text and a range in it. Output: one line of it, cut to a window around the range where it is long, as
//! a file for `codespan-reporting`. Invariant: the caret stands under the range whatever the width of characters.

use codespan_reporting::files::{Error, Files};
use depositary::base::location::LineTable;
use depositary::base::span::Span;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Longest line that is shown whole, in columns. One of the reports is a single line of 45,000 bytes.
const MAX_COLUMNS: usize = 110;

/// Columns that are shown before the range when a line is cut.
const COLUMNS_BEFORE: usize = 36;

/// What stands for the part of a line that is cut off.
const ELLIPSIS: &str = "…";

/// One line of a text, or a window of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Snippet {
    path: String,
    text: String,
    /// The range in `text` that is marked.
    pub(super) label: Range<usize>,
    /// Number of the line in its file, from 1.
    line: usize,
    /// Number of the first marked character in its line, from 1.
    column: usize,
}

impl Snippet {
    /// The line of a text in which `span` begins; `first_line` is the number of the first line of the text.
    pub(super) fn cut(path: &str, lines: &LineTable<'_>, span: Span, first_line: usize) -> Self {
        let range = lines.line(span.start);
        let line = &lines.text()[range.clone()];
        let point = lines.point(span.start);
        let in_line = |offset: usize| line.floor_char_boundary(offset.saturating_sub(range.start));
        let marked = in_line(span.start)..in_line(span.end.max(span.start));
        let (text, label) = window(line, marked.clone());
        Self {
            path: visible(path),
            text,
            label,
            line: first_line.saturating_sub(1).saturating_add(point.line),
            column: point.column,
        }
    }
}

/// `line` cut to a window around `marked`, in characters that can be shown, and the marked range in it.
fn window(line: &str, marked: Range<usize>) -> (String, Range<usize>) {
    let is_long = head_end(line, MAX_COLUMNS) < line.len();
    let before = &line[..marked.start];
    let from = if is_long { tail_start(before, COLUMNS_BEFORE) } else { 0 };
    let rest = &line[from..];
    let to = from + if is_long { head_end(rest, MAX_COLUMNS) } else { rest.len() };
    let mut text = String::new();
    if from > 0 {
        text.push_str(ELLIPSIS);
    }
    text.push_str(&visible(&before[from..]));
    let start = text.len();
    let shown = marked.end.min(to);
    text.push_str(&visible(&line[marked.start..shown]));
    let end = text.len();
    text.push_str(&visible(&line[shown..to]));
    if to < line.len() {
        text.push_str(ELLIPSIS);
    }
    (text, start..end)
}

/// Where the last characters of `text` that fit into `limit` columns begin.
fn tail_start(text: &str, limit: usize) -> usize {
    let mut width = 0;
    let fits = |(_, character): &(usize, char)| {
        width += columns(*character);
        width <= limit
    };
    text.char_indices().rev().take_while(fits).last().map_or(text.len(), |(offset, _)| offset)
}

/// Where the first characters of `text` that fit into `limit` columns end.
fn head_end(text: &str, limit: usize) -> usize {
    let mut width = 0;
    let overflows = |(_, character): &(usize, char)| {
        width += columns(*character);
        width > limit
    };
    text.char_indices().find(overflows).map_or(text.len(), |(offset, _)| offset)
}

/// Columns that a character takes on a terminal; a tab at most four.
fn columns(character: char) -> usize {
    if character == '\t' { 4 } else { character.width().unwrap_or(1) }
}

/// `text` with characters that would act on the terminal shown as signs: control characters as their pictures,
/// characters that reorder text as U+FFFD. A byte order mark goes.
pub(super) fn visible(text: &str) -> String {
    let shown = |character: char| match character {
        '\t' => Some('\t'),
        '\u{feff}' => None,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)),
        '\u{7f}' => Some('\u{2421}'),
        other if acts(other) => Some('\u{fffd}'),
        other => Some(other),
    };
    text.chars().filter_map(shown).collect()
}

/// Longest message that is shown whole, in characters. A cell or a path may be far longer.
const MAX_MESSAGE: usize = 600;

/// Characters of a longer message that are shown at its end, where the sentence goes on.
const MESSAGE_END: usize = 100;

/// `message` as [`visible`] shows it, without the middle if it is long.
pub(super) fn shortened(message: &str) -> String {
    let shown = visible(message);
    let n_characters = shown.chars().count();
    if n_characters <= MAX_MESSAGE {
        return shown;
    }
    let head = shown.chars().take(MAX_MESSAGE - MESSAGE_END);
    let tail = shown.chars().skip(n_characters - MESSAGE_END);
    head.chain(ELLIPSIS.chars()).chain(tail).collect()
}

/// Whether a terminal would act on `character`: a control character, or one that reorders text or ends a line
/// (Unicode Standard Annex #9 § 2, and U+2028 and U+2029).
pub(super) fn acts(character: char) -> bool {
    let reorders =
        matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    reorders || character.is_control()
}

impl<'a> Files<'a> for Snippet {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.path)
    }

    fn source(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.text)
    }

    fn line_index(&'a self, (): (), _byte_index: usize) -> Result<usize, Error> {
        Ok(0)
    }

    fn line_number(&'a self, (): (), _line_index: usize) -> Result<usize, Error> {
        Ok(self.line)
    }

    fn column_number(&'a self, (): (), _line_index: usize, _byte_index: usize) -> Result<usize, Error> {
        Ok(self.column)
    }

    fn line_range(&'a self, (): (), line_index: usize) -> Result<Range<usize>, Error> {
        match line_index {
            0 => Ok(0..self.text.len()),
            given => Err(Error::LineTooLarge { given, max: 0 }),
        }
    }
}
