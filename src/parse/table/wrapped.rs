//! A table as PDF text (layout 1): hard-wrapped, its cells on one line, on lines of their own, or
//! broken over lines.
//!
//! A row begins where the cells of its head stand at the beginning of a line: a State's name and a
//! date, or a date alone. A date alone also begins a line inside a text; it is a cell only if a
//! blank or the line's end follows it and the text above is complete or set off.

use super::rows::{Cells, Rows};
use super::section;
use crate::base::span::Span;
use crate::parse::Lexicon;
use crate::parse::date;
use crate::parse::item::Item;
use crate::parse::page::Page;
use crate::parse::text::{Blanks, is_blank};

/// How many lines the State and date cells of one row may take together.
const MAX_HEAD_LINES: usize = 6;

/// An unknown name has no more characters than this.
const LONGEST_UNKNOWN: usize = 16;

/// The head of a row: where its cells stand, and where its text begins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RowHead {
    state: Option<Span>,
    date: Option<Span>,
    text: usize,
}

struct Table<'a> {
    page: &'a Page<'a>,
    lexicon: &'a Lexicon,
    rows: Rows<'a>,
}

/// Reads the body lines from `first` on as the rows of a table.
#[must_use]
pub fn rows(page: &Page<'_>, first: usize, lexicon: &Lexicon) -> Vec<Item> {
    let mut table = Table { page, lexicon, rows: Rows::new(page, lexicon) };
    let mut index = first;
    while let Some(next) = page.next_body(index) {
        index = table.line(next);
    }
    table.rows.finish()
}

impl Table<'_> {
    /// Reads the line at `index` and returns the line to go on with.
    fn line(&mut self, index: usize) -> usize {
        let Some(line) = self.page.lines.get(index) else { return index + 1 };
        if let Some(head) = self.heading(index) {
            self.rows.heading(head, &[line.span]);
        } else if let Some((cells, next)) = self.interleaved(index) {
            self.rows.begin(cells);
            return next;
        } else if self.is_displaced_name(index) {
            self.rows.displaced_name(line.span);
        } else if let Some(head) = self.row_head(index) {
            return self.open_row(&head);
        } else {
            self.rows.text_line(line.span);
        }
        index + 1
    }

    /// A heading inside a text would be a line that begins with a number and full stop or bracket;
    /// it is one only if the text above is complete, or the line set off.
    fn heading(&self, index: usize) -> Option<section::Head> {
        let head = section::line(self.page.lines.at(index))?;
        (self.is_complete() || self.page.lines.after_gap(index)).then_some(head)
    }

    /// Whether the text of the row above is complete, or there is none.
    fn is_complete(&self) -> bool {
        let Some(row) = &self.rows.open else { return true };
        let last = row.text.last().and_then(|span| self.page.lines.text.get(span.start..span.end));
        last.is_some_and(|text| self.lexicon.layout.ends_sentence(text))
    }

    /// Whether a State's name stands by itself at `index`, away from its row: cells that stand side by side are printed
    /// one below the other, a column after the other.
    fn is_displaced_name(&self, index: usize) -> bool {
        let name = |index: usize| {
            let span = self.page.lines.get(index).filter(|_| self.page.is_body(index)).map(|line| line.span);
            span.filter(|span| self.lexicon.whole_state(&self.page.raw(*span)).is_some())
        };
        let Some(span) = name(index) else { return false };
        let named = self.named_head(&self.page.raw(Span::new(span.start, self.window(index))), span.start, index);
        let has_date = named.is_some_and(|head| head.date.is_some());
        let next = index + 1;
        let apart = next >= self.page.lines.lines.len() || self.page.lines.after_gap(next) || !self.page.is_body(next);
        // The last of a run of names may stand above a date that is not its own.
        let in_run = index.checked_sub(1).and_then(|above| self.page.lines.get(above));
        let in_run = in_run.is_some_and(|above| self.rows.is_displaced(above.span));
        self.page.lines.after_gap(index) && (!has_date || in_run) && (apart || name(next).is_some())
    }

    /// The cells of a row whose name and date are printed side by side over several lines: `United Kingdom June 2012-May`
    /// above `of Great Britain 2013`. And the line to go on with.
    fn interleaved(&self, index: usize) -> Option<(Cells, usize)> {
        let mut cells = Cells::default();
        let read =
            |spans: &[Span]| date::read_cell(&self.page.excerpt(spans, Blanks::Wrapped).text, &self.lexicon.dates);
        for line in index..index + MAX_HEAD_LINES {
            if line > index && (!self.page.is_body(line) || self.page.lines.after_gap(line)) {
                break;
            }
            let span = self.page.lines.get(line)?.span;
            let raw = self.page.raw(span);
            let blanks = raw.match_indices(is_blank).map(|(at, blank)| at + blank.len());
            let mut words = std::iter::once(0).chain(blanks);
            let date = words.find(|at| raw.get(*at..).is_some_and(|rest| self.is_part_of_date(rest)));
            let (name, date) = raw.split_at(date.unwrap_or(raw.len()));
            let name = Span::new(span.start, span.start + name.trim_end_matches(is_blank).len());
            cells.state.extend((!name.is_empty()).then_some(name));
            cells.date.extend((!date.is_empty()).then(|| Span::new(span.end - date.len(), span.end)));
            let state = self.lexicon.whole_state(&self.page.excerpt(&cells.state, Blanks::Wrapped).text);
            let over_lines = cells.state.len() > 1 && cells.date.len() > 1;
            let next_apart = self.page.lines.after_gap(line + 1);
            if over_lines && next_apart && state.is_some() && read(&cells.date).is_some_and(|date| date.has_year) {
                return Some((cells, line + 1));
            }
        }
        None
    }

    /// Whether all of `text` is a date, or what a line holds of one.
    fn is_part_of_date(&self, text: &str) -> bool {
        let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_year || date::read_cell(text, &self.lexicon.dates).is_some()
    }

    /// The head of a row at the line `index`.
    fn row_head(&self, index: usize) -> Option<RowHead> {
        let line = self.page.lines.get(index)?;
        let window = self.window(index);
        let raw = self.page.raw(Span::new(line.span.start, window));
        let named = self.named_head(&raw, line.span.start, index);
        named
            .or_else(|| self.dated_head(&raw, line.span.start, index))
            .or_else(|| self.unknown_head(&raw, line.span.start, index))
    }

    /// The end of the lines in which the head of a row that begins at `index` may stand.
    fn window(&self, index: usize) -> usize {
        let mut end = index;
        for _ in 0..MAX_HEAD_LINES {
            match end + 1 {
                next if next < self.page.lines.lines.len() && self.page.is_body(next) => end = next,
                _ => break,
            }
        }
        self.page.lines.lines[end].span.end
    }

    /// A State's name, then a date; or a State's name alone on its line above a text that is not its date.
    fn named_head(&self, raw: &str, start: usize, index: usize) -> Option<RowHead> {
        let (_, len) = self.lexicon.states.match_at_spaced(raw, 0)?;
        let state = Span::new(start, start + len);
        let rest = raw.get(len..)?;
        let lead = rest.len() - rest.trim_start_matches(is_blank).len();
        let at = len + lead;
        if let Some((found, text)) = self.date_cell(raw.get(at..)?) {
            let date = Span::new(start + at, start + at + found);
            return Some(RowHead { state: Some(state), date: Some(date), text: start + at + text });
        }
        let own_line = rest.trim_start_matches([' ', '\t', '\u{3000}']).starts_with(['\n', '\r']);
        let set_apart = self.page.lines.after_gap(index) || self.page.breaks_before(index);
        (own_line && self.is_complete() && set_apart).then(|| RowHead {
            state: Some(state),
            date: None,
            text: start + at,
        })
    }

    /// A short word that is no State's name, then a date, in a line set off: a name the archive does not know.
    fn unknown_head(&self, raw: &str, start: usize, index: usize) -> Option<RowHead> {
        let set_apart = self.page.lines.after_gap(index) || self.page.breaks_before(index);
        let word = raw.split(is_blank).next().filter(|_| set_apart && self.is_complete())?;
        let is_name = (2..=LONGEST_UNKNOWN).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic);
        let rest = raw.get(word.len()..).filter(|_| is_name)?;
        let at = raw.len() - rest.trim_start_matches(is_blank).len();
        let (found, text) = self.date_cell(raw.get(at..)?)?;
        Some(RowHead {
            state: Some(Span::new(start, start + word.len())),
            date: Some(Span::new(start + at, start + at + found)),
            text: start + at + text,
        })
    }

    /// A date without a name: the State of the row above goes on.
    fn dated_head(&self, raw: &str, start: usize, index: usize) -> Option<RowHead> {
        let (len, text) = self.date_cell(raw)?;
        let named = || raw.get(text..).is_some_and(|text| self.lexicon.states.match_at_spaced(text, 0).is_some());
        let set_off = self.page.lines.after_gap(index) || self.is_complete() || named();
        let has_text = self.rows.open.as_ref().is_none_or(|row| !row.text.is_empty());
        (set_off && has_text).then(|| RowHead {
            state: None,
            date: Some(Span::new(start, start + len)),
            text: start + text,
        })
    }

    /// A date cell at the start of `raw`: its length, and where the text after it begins.
    ///
    /// A date that runs into the next word (2010 年审议大会) is part of a text.
    fn date_cell(&self, raw: &str) -> Option<(usize, usize)> {
        let found = date::match_start(raw, &self.lexicon.dates, true).filter(|found| found.has_year)?;
        let rest = raw.get(found.len..)?;
        let lead = rest.len() - rest.trim_start_matches(is_blank).len();
        (lead > 0 || rest.is_empty()).then_some((found.len, found.len + lead))
    }

    fn open_row(&mut self, head: &RowHead) -> usize {
        let start = head.text;
        let lines = &self.page.lines.lines;
        let index = lines.partition_point(|line| line.span.end <= start);
        let first = lines.get(index).map(|line| Span::new(start.max(line.span.start), line.span.end));
        let inside = lines.get(index).is_some_and(|line| line.span.start < start);
        self.rows.begin(Cells {
            state: head.state.into_iter().collect(),
            date: head.date.into_iter().collect(),
            text: first.filter(|_| inside).into_iter().collect(),
            remarks: Vec::new(),
        });
        if inside { index + 1 } else { index }
    }
}
