//! A table as PDF text that keeps its columns: cells side by side, parted by blanks.
//!
//! Every printed line may carry a piece of each cell. The head shows where the columns begin, and the lines of its page
//! where they really do; a piece belongs to the last column that begins at or before it, or shortly behind it, as a row
//! may be shifted. A cell that fills its column is parted from the next by one blank only. A row begins with a State's
//! name, or with a date that does not go on from the date above.

use super::rows::{Cells, Rows};
use super::{cell, printed_date, section};
use crate::base::span::Span;
use crate::parse::Lexicon;
use crate::parse::date;
use crate::parse::item::Item;
use crate::parse::lexicon::date::DateOrder;
use crate::parse::line::Line;
use crate::parse::page::{LineRole, Page, Piece, column_of_cell, heads, pieces, width};
use crate::parse::text::{Blanks, is_blank};
use std::collections::BTreeMap;

/// A head may begin this far before the cells below it.
const TOLERANCE: usize = 2;
/// A row may stand this far before its column.
const SHIFT: usize = 6;
/// State, date, activity, remarks.
const COLUMNS: usize = 4;

/// Where each column begins on each page, and in what that is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The first line of each page, and its columns.
    pages: Vec<(usize, Starts)>,
    wide: bool,
}

/// Where each column begins; a column that the head does not name begins nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Starts([usize; COLUMNS]);

/// The pieces of a line, one list a column.
type Pieces = [Vec<Span>; COLUMNS];

/// The columns of the table on `page`, if its head is set wide; counted as most lines agree, in characters or in
/// display columns.
#[must_use]
pub fn columns(page: &Page<'_>, first: usize, lexicon: &Lexicon) -> Option<Columns> {
    let counted = [true, false].into_iter().filter_map(|wide| counted(page, first, wide, lexicon));
    counted
        .rev()
        .max_by_key(|(agreeing, _)| *agreeing)
        .filter(|(agreeing, _)| *agreeing > 0)
        .map(|(_, columns)| columns)
}

/// The columns counted one way, and how many lines have a text that begins exactly there.
fn counted(page: &Page<'_>, first: usize, wide: bool, lexicon: &Lexicon) -> Option<(usize, Columns)> {
    let heads = |index: &usize| page.roles.get(*index) == Some(&LineRole::TableHead);
    let mut head = (0..page.roles.len()).find(heads).and_then(|index| of_head(page, index, wide, lexicon))?;
    let breaks = |index: &usize| heads(index) || page.lines.get(*index).is_some_and(|line| line.form_feed);
    let mut begins: Vec<usize> = std::iter::once(first).chain((first + 1..page.roles.len()).filter(breaks)).collect();
    begins.dedup();
    let ends = begins.iter().skip(1).copied().chain(std::iter::once(page.roles.len()));
    let (mut agreeing, mut pages) = (0, Vec::new());
    for (begin, end) in begins.iter().copied().zip(ends) {
        head = of_head(page, begin, wide, lexicon).unwrap_or(head);
        let (agree, starts) = head.of_page(page, begin..end, wide);
        agreeing += agree;
        pages.push((begin, starts));
    }
    Some((agreeing, Columns { pages, wide }))
}

/// Where the heads in the line at `index` and those right below it begin.
fn of_head(page: &Page<'_>, index: usize, wide: bool, lexicon: &Lexicon) -> Option<Starts> {
    let is_head = |line: &usize| page.roles.get(*line) == Some(&LineRole::TableHead);
    let begins_page = |line: &usize| *line > index && page.lines.get(*line).is_some_and(|line| line.form_feed);
    let end = (index..).find(|line| !is_head(line) || begins_page(line))?;
    let mut starts = [usize::MAX; COLUMNS];
    for head in heads(&page.lines, index..end, wide, &lexicon.layout) {
        *starts.get_mut(column_of_cell(&head.text, &lexicon.layout)?)? = head.at;
    }
    let [state, date, text, _] = starts;
    (state < date && date < text && text < usize::MAX).then_some(Starts(starts))
}

impl Starts {
    fn get(&self, column: usize) -> usize {
        self.0.get(column).copied().unwrap_or(usize::MAX)
    }

    /// The columns of the page with the lines `range` below this head, and how many lines agree on that of the text.
    fn of_page(self, page: &Page<'_>, range: std::ops::Range<usize>, wide: bool) -> (usize, Self) {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let lines = range.filter(|index| page.is_body(*index)).filter_map(|index| page.lines.get(index));
        for piece in lines.flat_map(|line| pieces(&page.lines, line, wide)) {
            *counts.entry(piece.at).or_default() += 1;
        }
        let [state, date, text, remarks] = self.0;
        let usual = |from: usize, to: usize| {
            let within = counts.range(from.min(to)..=to).filter(|(_, count)| **count >= 2);
            within.max_by_key(|(at, count)| (**count, **at)).map(|(at, count)| (*at, *count))
        };
        let (text_at, agreeing) = usual(date + SHIFT, text + TOLERANCE).unwrap_or((text, 0));
        let date_at = usual(state + TOLERANCE, (date + TOLERANCE).min(text_at - 1)).map_or(date, |(at, _)| at);
        (agreeing, Self([state, date_at, text_at, remarks]))
    }

    /// The column of a piece that begins at `at`.
    fn column(&self, at: usize) -> usize {
        let begins = |column: usize| {
            let (start, before) = (self.get(column), self.get(column.saturating_sub(1)));
            let shift = if column + 1 == COLUMNS { TOLERANCE } else { SHIFT.min(start.saturating_sub(before) / 3) };
            start != usize::MAX && start.saturating_sub(shift) <= at
        };
        (1..COLUMNS).rev().find(|column| begins(*column)).unwrap_or(0)
    }
}

impl Columns {
    fn starts(&self, index: usize) -> Starts {
        let page = self.pages.partition_point(|(begin, _)| *begin <= index).max(1) - 1;
        self.pages.get(page).map_or(Starts([0, 0, 0, 0]), |(_, starts)| *starts)
    }
}

struct Table<'a> {
    page: &'a Page<'a>,
    lexicon: &'a Lexicon,
    columns: Columns,
    rows: Rows<'a>,
}

/// Reads the body lines from `first` on as the rows of a table with these columns.
#[must_use]
pub fn rows(page: &Page<'_>, first: usize, columns: Columns, lexicon: &Lexicon) -> Vec<Item> {
    let mut table = Table { page, lexicon, columns, rows: Rows::new(page, lexicon) };
    for index in (first..page.lines.lines.len()).filter(|index| page.is_body(*index)) {
        table.line(index);
    }
    table.rows.finish()
}

/// A State's name is printed in no more lines.
const MOST_LINES_OF_NAME: usize = 12;

impl Table<'_> {
    fn line(&mut self, index: usize) {
        let Some(line) = self.page.lines.get(index) else { return };
        let cells = self.cells(index);
        if let Some(head) = self.heading(line, &cells) {
            return self.rows.heading(head, &[line.span]);
        }
        if self.begins_row(&cells, index) {
            self.rows.begin(Cells::default());
        }
        let [state, date, text, remarks] = cells;
        let row = self.rows.open.get_or_insert_default();
        row.state.extend(state);
        row.date.extend(date);
        row.text.extend(text);
        row.remarks.extend(remarks);
    }

    /// A heading begins where States do; it may be as wide as the table.
    fn heading(&self, line: Line, [state, ..]: &Pieces) -> Option<section::Head> {
        let text = self.page.lines.text_of(line);
        if state.is_empty() { section::line(text) } else { section::paragraph(text) }
    }

    /// The pieces of the line at `index`, each in its column.
    fn cells(&self, index: usize) -> Pieces {
        let mut cells = Pieces::default();
        let Some(line) = self.page.lines.get(index) else { return cells };
        let starts = self.columns.starts(index);
        for piece in pieces(&self.page.lines, line, self.columns.wide) {
            let mut rest = piece;
            let mut column = starts.column(piece.at);
            while let Some((cell, next)) = self.cut(rest, column, &starts) {
                cells.get_mut(column).into_iter().for_each(|pieces| pieces.push(cell));
                rest = next;
                column += 1;
            }
            cells.get_mut(column).into_iter().for_each(|pieces| pieces.push(rest.span));
        }
        cells
    }

    /// Cuts a piece that reaches over the beginning of the next column: behind what the cell says, or at the blank
    /// before that column.
    fn cut(&self, piece: Piece, column: usize, starts: &Starts) -> Option<(Span, Piece)> {
        let next = starts.get(column + 1);
        let text = self.page.lines.text.get(piece.span.start..piece.span.end)?;
        if let Some(cut) = self.cut_behind_cell(piece, column, next) {
            return Some(cut);
        }
        let shift = if column + 2 == COLUMNS { 0 } else { SHIFT };
        let (mut at, mut after_blank, mut found) = (piece.at, false, None);
        for (offset, character) in text.char_indices() {
            if at > next {
                break;
            }
            if after_blank && at + shift >= next {
                found = Some((offset, at));
            }
            after_blank = is_blank(character);
            at += width(character, self.columns.wide);
        }
        let (offset, begin) = found.filter(|_| at > next)?;
        let cell = text.get(..offset)?.trim_end_matches(is_blank);
        let rest = Span::new(piece.span.start + offset, piece.span.end);
        Some((Span::new(piece.span.start, piece.span.start + cell.len()), Piece { span: rest, at: begin, ..piece }))
    }

    /// Cuts a piece near the column at `next` where its date ends, or where a date begins behind its name.
    fn cut_behind_cell(&self, piece: Piece, column: usize, next: usize) -> Option<(Span, Piece)> {
        let text = self.page.lines.text.get(piece.span.start..piece.span.end)?;
        let end = match column {
            0 => {
                let blanks = text.char_indices().filter(|(_, character)| is_blank(*character)).take(MOST_LINES_OF_NAME);
                let dated = |rest: &str| cell::date(rest.trim_start_matches(is_blank), self.lexicon).is_some();
                blanks.map(|(at, _)| at).find(|at| text.get(*at..).is_some_and(dated))?
            }
            1 => {
                let above = self.rows.open.as_ref().map_or(String::new(), |row| self.text(&row.date));
                let going_on = || cell::date_goes_on(&above, text, self.lexicon);
                cell::date(text, self.lexicon).max(going_on())?
            }
            _ => return None,
        };
        let lead = text.get(end..)?.find(|character| !is_blank(character))?;
        let before = text.get(..end + lead)?.chars();
        let at = piece.at + before.map(|character| width(character, self.columns.wide)).sum::<usize>();
        let rest = Span::new(piece.span.start + end + lead, piece.span.end);
        let is_near = at + 2 * SHIFT > next && at <= next + 2 * SHIFT;
        is_near.then_some((Span::new(piece.span.start, piece.span.start + end), Piece { span: rest, at, ..piece }))
    }

    /// A name begins a row unless it goes on from the name above; without one, a date does likewise.
    fn begins_row(&self, [state, date, ..]: &Pieces, index: usize) -> bool {
        let Some(above) = &self.rows.open else { return true };
        if state.is_empty() {
            !date.is_empty() && !self.date_goes_on(&above.date, date)
        } else {
            !self.name_goes_on(&above.state, state, index)
        }
    }

    /// Whether `name`, on the line at `index`, is part of the name `above`: its rest, or what is no name, as that is none.
    fn name_goes_on(&self, above: &[Span], name: &[Span], index: usize) -> bool {
        let is_whole = |spans: &[Span]| self.lexicon.whole_state(&self.text(spans)).is_some();
        if above.is_empty() {
            return false;
        }
        if above.len() > MOST_LINES_OF_NAME {
            return !is_whole(name);
        }
        self.is_rest_of_name(above, index) || !(is_whole(name) || is_whole(above))
    }

    /// Whether `date` is part of the date `above`.
    fn date_goes_on(&self, above: &[Span], date: &[Span]) -> bool {
        let read =
            |spans: &[Span]| date::read_cell(&printed_date(&self.text(spans), self.lexicon), &self.lexicon.dates);
        // A period whose last year stands on the next line: `June 2012-May`.
        let lacks_end = |above: &date::Match| above.open || above.edtf.lacks_year();
        let is_open = above.is_empty() || read(above).is_none_or(|above| lacks_end(&above));
        // Where the year stands last, a date that has one is complete; `года` alone is none.
        let is_last = self.lexicon.dates.order == DateOrder::SmallestFirst;
        if !is_open && read(date).is_some_and(|date| is_last || date.has_year) {
            return false;
        }
        let whole = [above, date].concat();
        // `25 de` above `noviembre de`, and `Junio de 2012` above `a mayo de`, whose year is still to come.
        let is_joined = || read(above).is_none() || date::joins(&self.text(date), &self.lexicon.dates);
        read(&whole).is_some() || (read(date).is_none() && is_joined() && self.is_part_of_date(&whole))
    }

    /// Whether all of this is what lines hold of a date in a language whose dates have words between their parts.
    fn is_part_of_date(&self, spans: &[Span]) -> bool {
        let text = self.text(spans);
        !self.lexicon.dates.joints.is_empty() && cell::date(&text, self.lexicon) == Some(text.len())
    }

    /// Whether the names on the lines from `index` on complete the name above.
    fn is_rest_of_name(&self, above: &[Span], index: usize) -> bool {
        let mut name = above.to_vec();
        for line in (index..).take(MOST_LINES_OF_NAME) {
            let [state, ..] = if self.page.is_body(line) { self.cells(line) } else { Pieces::default() };
            if state.is_empty() {
                return false;
            }
            name.extend(state);
            if self.lexicon.whole_state(&self.text(&name)).is_some() {
                return true;
            }
        }
        false
    }

    fn text(&self, spans: &[Span]) -> String {
        self.page.excerpt(spans, Blanks::Wrapped).text
    }
}
