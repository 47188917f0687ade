//! The rows of a table while it is not known yet which name, date and text belong together.

use crate::base::span::Span;
use crate::parse::Lexicon;
use crate::parse::page::Page;
use crate::parse::table::rows::Cells;
use crate::parse::table::section;
use crate::parse::text::Blanks;

/// A row.
#[derive(Debug)]
pub struct Draft {
    /// Its cells.
    pub cells: Cells,
    /// The name that stands with it, as far as read.
    pub name: String,
    /// Its date, as far as read.
    pub date: String,
    /// Whether a hyphen is lost behind what is read of the date.
    pub torn: bool,
    /// The page on which it begins.
    pub sheet: usize,
    /// The line at which it begins.
    pub line: usize,
    /// The page of its last text.
    text_sheet: usize,
}

impl Draft {
    /// A row that begins with `cells` at `line` on the page `sheet`.
    pub fn new(cells: Cells, name: String, date: String, sheet: usize, line: usize) -> Self {
        Self { cells, name, date, torn: false, sheet, line, text_sheet: sheet }
    }
}

/// A name that stands by itself.
#[derive(Debug)]
pub struct Name {
    /// Where it is printed.
    pub spans: Vec<Span>,
    /// The name.
    pub text: String,
    /// How many rows begin before it.
    pub place: usize,
    /// The page on which it stands.
    pub sheet: usize,
    /// Whether another name stands right before it.
    pub follows: bool,
    /// The headings right above it, by their places among the parts.
    pub headings: Vec<usize>,
    /// How many parts stand before it.
    pub parts_before: usize,
}

/// A part of a table.
#[derive(Debug)]
pub enum Part {
    /// A heading.
    Heading(section::Head, Vec<Span>),
    /// A row.
    Row(Draft),
    /// A line of text above any row.
    Line(Span),
}

/// What was read of a table.
#[derive(Debug, Default)]
pub struct Drafts {
    /// Its parts in order.
    pub parts: Vec<Part>,
    /// Names that stand by themselves, in order.
    pub names: Vec<Name>,
    /// The place among the parts of each row.
    rows: Vec<usize>,
    /// The row that takes text.
    target: usize,
    /// Whether rows have remarks.
    has_remarks: bool,
}

impl Drafts {
    /// Nothing read yet of a table, with a column of remarks or without.
    pub fn new(has_remarks: bool) -> Self {
        Self { has_remarks, ..Self::default() }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The row at `index` among the rows.
    pub fn row(&self, index: usize) -> Option<&Draft> {
        match self.parts.get(*self.rows.get(index)?) {
            Some(Part::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// The same to be changed.
    pub fn row_mut(&mut self, index: usize) -> Option<&mut Draft> {
        match self.parts.get_mut(*self.rows.get(index)?) {
            Some(Part::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// Where the row at `index` stands among the parts.
    pub fn part_of_row(&self, index: usize) -> Option<usize> {
        self.rows.get(index).copied()
    }

    /// Whether a heading stands right above the row at `index`.
    pub fn is_below_heading(&self, index: usize) -> bool {
        let above = self.rows.get(index).and_then(|part| part.checked_sub(1));
        above.is_some_and(|above| matches!(self.parts.get(above), Some(Part::Heading(..))))
    }

    /// The headings below the last row, by their places among the parts.
    pub fn last_headings(&self) -> Vec<usize> {
        let from = self.rows.last().map_or(0, |row| row + 1);
        let headings = (from..self.parts.len()).filter(|part| matches!(self.parts.get(*part), Some(Part::Heading(..))));
        let taken = |part: &usize| self.names.last().is_some_and(|name| name.parts_before > *part);
        headings.filter(|part| !taken(part)).collect()
    }

    /// The last row.
    pub fn last(&self) -> Option<&Draft> {
        self.row(self.rows.len().checked_sub(1)?)
    }

    fn last_mut(&mut self) -> Option<&mut Draft> {
        self.row_mut(self.rows.len().checked_sub(1)?)
    }

    /// Whether the last part is a heading.
    pub fn ends_with_heading(&self) -> bool {
        matches!(self.parts.last(), Some(Part::Heading(..)))
    }

    /// Begins a row.
    pub fn begin(&mut self, row: Draft) {
        self.rows.push(self.parts.len());
        self.parts.push(Part::Row(row));
    }

    /// Takes a heading.
    pub fn heading(&mut self, head: section::Head, span: Span) {
        self.parts.push(Part::Heading(head, vec![span]));
    }

    /// Takes a line more of the heading above.
    pub fn heading_goes_on(&mut self, span: Span) {
        if let Some(Part::Heading(_, spans)) = self.parts.last_mut() {
            spans.push(span);
        }
    }

    /// Takes a piece more of the last row's name, which is `name` then.
    pub fn name_goes_on(&mut self, name: String, span: Span) {
        if let Some(row) = self.last_mut() {
            row.name = name;
            row.cells.state.push(span);
        }
    }

    /// Takes a piece more of the last row's date, which is `date` then.
    pub fn date_goes_on(&mut self, date: String, span: Span) {
        if let Some(row) = self.last_mut() {
            row.date = date;
            row.torn = false;
            row.cells.date.push(span);
        }
    }

    /// Whether the text above is complete, or there is none.
    pub fn is_complete(&self, page: &Page<'_>, lexicon: &Lexicon) -> bool {
        if !matches!(self.parts.last(), Some(Part::Row(_))) {
            return true;
        }
        self.row(self.target).is_some_and(|row| is_complete(row, page, lexicon))
    }

    /// Takes a line of text, `apart` from what is above. Where dates were printed together, the texts below are theirs in
    /// turn.
    pub fn text(&mut self, page: &Page<'_>, lexicon: &Lexicon, span: Span, apart: bool, sheet: usize) {
        let is_empty = |drafts: &Self, index: usize| drafts.row(index).is_some_and(|row| row.cells.text.is_empty());
        let complete = self.row(self.target).is_none_or(|row| is_complete(row, page, lexicon));
        let next = (self.target..self.rows.len()).find(|index| is_empty(self, *index));
        if let Some(next) = next
            && (complete || is_empty(self, self.target) || apart)
        {
            self.target = next;
        }
        let (target, has_remarks) = (self.target, self.has_remarks);
        match self.row_mut(target) {
            // A text set off behind a complete one on its page.
            Some(row) if has_remarks && apart && complete && row.text_sheet == sheet && !row.cells.text.is_empty() => {
                row.cells.remarks.push(span);
            }
            Some(row) if !apart && row.text_sheet == sheet && !row.cells.remarks.is_empty() => {
                row.cells.remarks.push(span);
            }
            Some(row) => {
                row.text_sheet = sheet;
                row.cells.text.push(span);
            }
            None => self.parts.push(Part::Line(span)),
        }
    }
}

/// Whether the text of `row` is complete.
fn is_complete(row: &Draft, page: &Page<'_>, lexicon: &Lexicon) -> bool {
    let last = row.cells.text.last().map(|span| page.excerpt(&[*span], Blanks::Wrapped).text);
    last.is_some_and(|text| lexicon.layout.ends_sentence(without_mark(&text)))
}

/// `text` without the footnote mark that is printed behind it like text.
fn without_mark(text: &str) -> &str {
    let bare = text.trim_end_matches(|last: char| last.is_ascii_lowercase() || last.is_ascii_digit() || last == '*');
    if text.len() - bare.len() <= LONGEST_MARK { bare } else { text }
}

/// A footnote mark has no more characters.
const LONGEST_MARK: usize = 2;
