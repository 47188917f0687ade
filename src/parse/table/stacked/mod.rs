//! A table as PDF text that keeps no columns: the cells of a row one below the other, or the lines of its cells by turns.
//!
//! Input: the lines of a page below the head of a table. Output: its rows. Invariant: each line goes to a heading, to the
//! cells of rows, or to a name that stands apart; a name that fits no row is left over.
//!
//! What a line holds is told by what it says, as no column shows: a State's name, or a part of one; a date, or a part of
//! one; text. A row begins with its date. A name stands above its date, before it in the line, or, as the cells of a column
//! may be printed together, anywhere on its page; `names` finds its row then.

mod draft;
mod names;
mod subject;

use super::rows::{Cells, Rows};
use super::{cell, printed_date, section};
use crate::base::span::Span;
use crate::parse::Lexicon;
use crate::parse::item::Item;
use crate::parse::page::{LineRole, Page, column_of_head};
use crate::parse::text::is_blank;
use draft::{Draft, Drafts, Name, Part};
use std::collections::BTreeSet;

/// In how many lines a name or a date is printed that is broken over lines, with the lines of the other cells between.
const MOST_LINES: usize = 12;

/// The heads of the columns are among so many lines.
const MOST_HEADS: usize = 8;

/// Where a part of a line begins and ends, in bytes from its start.
type Place = (usize, usize);

/// An unknown name has no more words,
const MOST_UNKNOWN_WORDS: usize = 5;
/// and no more characters.
const LONGEST_UNKNOWN: usize = 40;

struct Table<'a> {
    page: &'a Page<'a>,
    lexicon: &'a Lexicon,
    drafts: Drafts,
    /// On which page the line stands that is read.
    sheet: usize,
    /// The line of the last name that stands by itself.
    last_name: Option<usize>,
}

/// Reads the body lines from `first` on as the rows of a table.
#[must_use]
pub fn rows(page: &Page<'_>, first: usize, lexicon: &Lexicon) -> Vec<Item> {
    let mut table = Table { page, lexicon, drafts: Drafts::new(has_remarks(page, lexicon)), sheet: 0, last_name: None };
    for index in first..page.lines.lines.len() {
        table.sheet += usize::from(page.lines.get(index).is_some_and(|line| line.form_feed));
        if page.is_body(index) {
            table.line(index);
        }
    }
    let Table { mut drafts, .. } = table;
    let names::Placed { mut headings, left_over } = names::place(page, lexicon, &mut drafts);
    let mut rows = Rows::new(page, lexicon);
    let moved: BTreeSet<usize> = headings.values().flatten().copied().collect();
    let mut parts: Vec<Option<Part>> = drafts.parts.into_iter().map(Some).collect();
    for index in 0..parts.len() {
        let above = headings.remove(&index).unwrap_or_default();
        let own = (!moved.contains(&index)).then_some(index);
        for part in above.into_iter().chain(own) {
            match parts.get_mut(part).and_then(Option::take) {
                Some(Part::Heading(head, spans)) => rows.heading(head, &spans),
                Some(Part::Row(row)) => rows.begin(row.cells),
                Some(Part::Line(span)) => rows.text_line(span),
                None => {}
            }
        }
    }
    left_over.into_iter().for_each(|spans| rows.left_over(&spans));
    rows.finish()
}

/// Whether the table has a column of remarks.
fn has_remarks(page: &Page<'_>, lexicon: &Lexicon) -> bool {
    let heads = page.lines.lines.iter().zip(&page.roles).filter(|(_, role)| **role == LineRole::TableHead);
    heads.take(MOST_HEADS).any(|(line, _)| column_of_head(page.lines.text_of(*line), &lexicon.layout) == Some(3))
}

impl Table<'_> {
    fn line(&mut self, index: usize) {
        let Some(line) = self.page.lines.get(index) else { return };
        let text = self.page.raw(line.span);
        if let Some(head) = self.heading(index) {
            return self.drafts.heading(head, line.span);
        }
        let at = self.going_on(index, &text);
        if at > 0 {
            return self.text(index, line.span, &text, at);
        }
        if self.goes_on_from_heading(index, &text) {
            return self.drafts.heading_goes_on(line.span);
        }
        if self.begins_name(index, &text) {
            let follows = self.last_name_is_above(index);
            self.last_name = Some(index);
            let headings = self.drafts.last_headings();
            let (place, parts_before) = (self.drafts.rows(), self.drafts.parts.len());
            let spans = vec![line.span];
            let name = Name { spans, text, place, sheet: self.sheet, follows, headings, parts_before };
            return self.drafts.names.push(name);
        }
        match self.head(index, &text) {
            Some((name, date, rest)) => {
                let span = |part: (usize, usize)| Span::new(line.span.start + part.0, line.span.start + part.1);
                let printed = |part: (usize, usize)| text[part.0..part.1].to_owned();
                let cells = Cells {
                    state: name.map(span).into_iter().collect(),
                    date: vec![span(date)],
                    text: Vec::new(),
                    remarks: Vec::new(),
                };
                let name = name.map(printed).unwrap_or_default();
                let torn = text.get(date.1..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
                let mut row = Draft::new(cells, name, printed(date), self.sheet, index);
                row.torn = torn;
                self.drafts.begin(row);
                self.text(index, line.span, &text, rest);
            }
            None => self.text(index, line.span, &text, 0),
        }
    }

    /// Takes the line from `at` on as text.
    fn text(&mut self, index: usize, span: Span, text: &str, at: usize) {
        let rest = &text[at..];
        let lead = rest.len() - rest.trim_start_matches(is_blank).len();
        if lead < rest.len() {
            let apart = self.page.lines.after_gap(index) && !self.page.breaks_before(index);
            self.drafts.text(self.page, self.lexicon, Span::new(span.start + at + lead, span.end), apart, self.sheet);
        }
    }

    /// A heading inside a text would be a line that begins with a number and full stop or bracket; it is one only if the
    /// text above is complete, or the line set off.
    fn heading(&self, index: usize) -> Option<section::Head> {
        let head = section::line(self.page.lines.at(index))?;
        self.may_begin(index).then_some(head)
    }

    /// Whether a line without distance goes on from the heading above: a row begins with a name or a date.
    fn goes_on_from_heading(&self, index: usize, text: &str) -> bool {
        let below = !self.page.lines.after_gap(index) && !self.page.breaks_before(index);
        let is_cell = || {
            cell::name(text, self.lexicon).is_some()
                || cell::date(text, self.lexicon).is_some()
                || self.lexicon.states.is_beginning(text)
        };
        below && self.drafts.ends_with_heading() && self.last_name.is_none_or(|name| name + 1 < index) && !is_cell()
    }

    /// Whether a cell may begin at the line `index`: the text above is complete, or the line set off.
    fn may_begin(&self, index: usize) -> bool {
        let set_off = self.page.lines.after_gap(index) || self.page.breaks_before(index);
        set_off || self.last_name_is_above(index) || self.drafts.is_complete(self.page, self.lexicon)
    }

    fn last_name_is_above(&self, index: usize) -> bool {
        self.last_name.is_some_and(|name| name < index && !(name + 1..index).rev().any(|line| self.page.is_body(line)))
    }

    /// Takes what the line goes on with of the name and the date above: how many bytes.
    fn going_on(&mut self, index: usize, text: &str) -> usize {
        let Some(row) = self.drafts.last() else { return self.name_going_on(index, text) };
        if index > row.line + 2 * MOST_LINES {
            return self.name_going_on(index, text);
        }
        let (name, date, torn) = (row.name.clone(), row.date.clone(), row.torn);
        let mut at = 0;
        if !name.is_empty()
            && !self.drafts.ends_with_heading()
            && let Some(len) = cell::name_goes_on(&name, text, self.lexicon)
        {
            let joined = self.joined(&name, &text[..len]);
            let rest = text[len..].trim_start_matches(is_blank);
            let stands = rest.is_empty() || cell::date_goes_on(&date, rest, self.lexicon).is_some();
            if stands && self.completes_name(&joined, index + 1) {
                at = len;
                self.drafts.name_goes_on(joined, self.span(index, 0, len));
            }
        }
        let rest = &text[at..];
        let lead = rest.len() - rest.trim_start_matches(is_blank).len();
        let rest = &rest[lead..];
        if let Some(len) = cell::date_goes_on(&date, rest, self.lexicon) {
            let joined = self.joined(&date, &rest[..len]);
            let mended = || torn && cell::is_torn_date(&printed_date(&joined, self.lexicon), self.lexicon);
            let whole = cell::is_whole_date(&joined, self.lexicon) || mended();
            let lacking = torn || !cell::is_whole_date(&date, self.lexicon);
            if (lacking && (whole || self.completes_date(&joined, index + 1))) || (whole && len == rest.len()) {
                let from = at + lead;
                at = from + len;
                self.drafts.date_goes_on(joined, self.span(index, from, at));
            }
        }
        if at > 0 { at } else { self.name_going_on(index, text) }
    }

    /// Takes what the whole line goes on with of the name above that stands by itself.
    fn name_going_on(&mut self, index: usize, text: &str) -> usize {
        let Some(above) = self.drafts.names.last().filter(|_| self.last_name_is_above(index)) else { return 0 };
        if cell::name_goes_on(&above.text, text, self.lexicon) != Some(text.len()) {
            return 0;
        }
        let joined = self.joined(&above.text, text);
        if !self.completes_name(&joined, index + 1) {
            return 0;
        }
        let span = self.span(index, 0, text.len());
        if let Some(name) = self.drafts.names.last_mut() {
            name.spans.push(span);
            name.text = joined;
        }
        self.last_name = Some(index);
        text.len()
    }

    fn span(&self, index: usize, from: usize, to: usize) -> Span {
        let start = self.page.lines.lines[index].span.start;
        Span::new(start + from, start + to)
    }

    fn joined(&self, above: &str, part: &str) -> String {
        if self.lexicon.layout.unspaced { format!("{above}{part}") } else { format!("{above} {part}") }
    }

    /// Whether `name` is one, or the lines from `index` on complete it.
    fn completes_name(&self, name: &str, index: usize) -> bool {
        let mut name = name.to_owned();
        for line in self.lines_below(index) {
            if self.lexicon.whole_state(&name).is_some() {
                return true;
            }
            let text = self.page.raw(line);
            if let Some(len) = cell::name_goes_on(&name, &text, self.lexicon) {
                let rest = text[len..].trim_start_matches(is_blank);
                if rest.is_empty() || cell::date(rest, self.lexicon).is_some() {
                    name = self.joined(&name, &text[..len]);
                }
            }
        }
        self.lexicon.whole_state(&name).is_some()
    }

    /// Whether the lines from `index` on complete `date`, which lacks something.
    fn completes_date(&self, date: &str, index: usize) -> bool {
        let mut date = date.to_owned();
        for line in self.lines_below(index) {
            let text = self.page.raw(line);
            // The piece may stand behind one of the name.
            let places = text.match_indices(is_blank).map(|(at, blank)| at + blank.len()).take(MOST_UNKNOWN_WORDS);
            let pieces = std::iter::once(0).chain(places).filter_map(|at| text.get(at..));
            let whole = |rest: &str| {
                let len = cell::date_goes_on(&date, rest, self.lexicon)?;
                let joined = self.joined(&date, rest.get(..len)?);
                Some((cell::is_whole_date(&joined, self.lexicon), joined))
            };
            let mut found = pieces.enumerate().filter_map(|(place, rest)| Some((place, whole(rest)?)));
            match found.find(|(place, (is_whole, _))| *is_whole || *place == 0) {
                Some((_, (true, _))) => return true,
                Some((0, (false, joined))) => date = joined,
                _ => {}
            }
        }
        false
    }

    /// The body lines from `index` on in which a cell may go on.
    fn lines_below(&self, index: usize) -> impl Iterator<Item = Span> + '_ {
        let body = (index..self.page.lines.lines.len()).take(2 * MOST_LINES).filter(|line| self.page.is_body(*line));
        let cells = body.filter(|line| section::line(self.page.lines.at(*line)).is_none());
        cells.take(MOST_LINES).filter_map(|line| Some(self.page.lines.get(line)?.span))
    }

    /// Whether the whole line is a State's name, or the beginning of one that goes on below.
    fn begins_name(&self, index: usize, text: &str) -> bool {
        if !self.may_begin(index) {
            return false;
        }
        let begins = || self.lexicon.states.is_beginning(text) && self.completes_name(text, index + 1);
        let whole = || self.lexicon.whole_state(text).is_some() && !self.goes_on_as_text(index + 1, text);
        whole() || begins() || self.is_unknown_name(index, text)
    }

    /// Whether the line at `index` goes on from a line that holds the name `above` and nothing else, as a text does that
    /// begins with it.
    fn goes_on_as_text(&self, index: usize, above: &str) -> bool {
        if !self.page.is_body(index) || self.page.lines.after_gap(index) || self.page.lines.begins_page(index) {
            return false;
        }
        let text = self.page.raw(self.page.lines.get(index).map_or(Span::default(), |line| line.span));
        let is_cell = cell::date(&text, self.lexicon).is_some()
            || cell::name_goes_on(above, &text, self.lexicon).is_some()
            || self.lexicon.states.is_beginning(&text)
            || cell::name(&text, self.lexicon).is_some();
        !is_cell && section::line(&text).is_none()
    }

    /// A few words between a complete text and a date, each set off: a name that the archive does not know.
    fn is_unknown_name(&self, index: usize, text: &str) -> bool {
        let short = text.split(is_blank).count() <= MOST_UNKNOWN_WORDS && text.chars().count() <= LONGEST_UNKNOWN;
        let is_name = text.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase())
            && !text.contains(char::is_numeric)
            && !text.ends_with(|last: char| last.is_ascii_punctuation() && last != ')')
            && !self.lexicon.layout.ends_sentence(text);
        let next = self.page.next_body(index + 1).filter(|next| self.page.lines.after_gap(*next));
        let dated = |next: usize| self.head(next, self.page.lines.at(next)).is_some_and(|(name, ..)| name.is_none());
        let complete = self.drafts.is_complete(self.page, self.lexicon);
        let set_off = self.page.lines.after_gap(index);
        short && is_name && complete && set_off && next.is_some_and(dated)
    }

    /// The name and the date with which the line begins a row, and where its text begins.
    fn head(&self, index: usize, text: &str) -> Option<(Option<Place>, Place, usize)> {
        if !self.may_begin(index) {
            return None;
        }
        let date_at = |at: usize| {
            let rest = text.get(at..)?;
            let start = at + rest.len() - rest.trim_start_matches(is_blank).len();
            let torn = || cell::torn_date(text.get(start..)?, self.lexicon);
            let len = cell::date(text.get(start..)?, self.lexicon).or_else(torn)?;
            let date = text.get(start..start + len)?;
            let whole = cell::is_whole_date(date, self.lexicon) || cell::is_torn_date(date, self.lexicon);
            let stands = whole || self.completes_date(date, index + 1);
            stands.then_some((start, start + len))
        };
        if let Some(date) = date_at(0) {
            return Some((None, date, date.1));
        }
        let name = cell::name(text, self.lexicon).filter(|len| *len < text.len())?;
        let is_name = self.completes_name(text.get(..name)?, index + 1);
        let date = date_at(name).filter(|_| is_name)?;
        Some((Some((0, name)), date, date.1))
    }
}
