//! The rows of a table while their pieces are collected, whatever the printing.

use super::{read_date, section};
use crate::base::span::Span;
use crate::model::excerpt::Excerpt;
use crate::model::record::SectionCode;
use crate::parse::Lexicon;
use crate::parse::item::{Item, Row, StateCell};
use crate::parse::page::Page;
use crate::parse::text::Blanks;

/// The pieces of a row, a list a cell.
#[derive(Debug, Default)]
pub struct Cells {
    /// The State.
    pub state: Vec<Span>,
    /// The date.
    pub date: Vec<Span>,
    /// The activity.
    pub text: Vec<Span>,
    /// The remarks.
    pub remarks: Vec<Span>,
}

/// What was read of a table so far.
pub struct Rows<'a> {
    page: &'a Page<'a>,
    lexicon: &'a Lexicon,
    section: SectionCode,
    items: Vec<Item>,
    /// Names printed away from their rows, and how many items stand before each.
    displaced: Vec<(Span, usize)>,
    /// The row that may still go on.
    pub open: Option<Cells>,
}

/// A name stands no more rows away from its row.
const FARTHEST: usize = 24;

impl<'a> Rows<'a> {
    /// A table of which nothing was read.
    #[must_use]
    pub fn new(page: &'a Page<'a>, lexicon: &'a Lexicon) -> Self {
        Self {
            page,
            lexicon,
            section: SectionCode(String::new()),
            items: Vec::new(),
            displaced: Vec::new(),
            open: None,
        }
    }

    /// Begins a row.
    pub fn begin(&mut self, cells: Cells) {
        self.close();
        self.open = Some(cells);
    }

    /// Takes what a page repeats of the page before, or counts: a heading, a State's name, the number of a row.
    pub fn repeated(&mut self, span: Span) {
        self.items.push(Item::Furniture(self.excerpt(&[span])));
    }

    /// Takes a heading, under which the rows that follow stand. The heading that the rows above stand under already is
    /// repeated at the top of a page, and the row above may go on below it.
    pub fn heading(&mut self, head: section::Head, spans: &[Span]) {
        let text = self.excerpt(spans);
        if matches!(&head, section::Head::Section(code) if *code == self.section) {
            return self.items.push(Item::Furniture(text));
        }
        self.close();
        self.items.push(match head {
            section::Head::Group(number) => {
                // `1a` is no section of `2. Multilateral`.
                if self.section.group().is_some_and(|group| group != number) {
                    self.section = SectionCode(String::new());
                }
                Item::Heading { depth: 2, text }
            }
            section::Head::Section(code) => {
                self.section = code.clone();
                Item::Section { code, text }
            }
        });
    }

    /// Takes a heading without a number, under which rows stand that belong to no section.
    pub fn untitled(&mut self, span: Span) {
        self.close();
        self.section = SectionCode(String::new());
        let text = self.excerpt(&[span]);
        self.items.push(Item::Heading { depth: 2, text });
    }

    /// Takes a line of the open row's text; without a row nobody knows what it is.
    pub fn text_line(&mut self, span: Span) {
        match &mut self.open {
            Some(row) => row.text.push(span),
            None => self.items.push(Item::Leftover(self.excerpt(&[span]))),
        }
    }

    /// Takes what belongs to no row.
    pub fn left_over(&mut self, spans: &[Span]) {
        self.items.push(Item::Leftover(self.excerpt(spans)));
    }

    /// Takes a name that is printed away from its row.
    pub fn displaced_name(&mut self, span: Span) {
        let place = self.items.len() + usize::from(self.open.is_some());
        self.displaced.push((span, place));
    }

    /// Whether the name at `span` is the last that was taken for one away from its row.
    #[must_use]
    pub fn is_displaced(&self, span: Span) -> bool {
        self.displaced.last().is_some_and(|(last, _)| *last == span)
    }

    /// The items of the whole table.
    #[must_use]
    pub fn finish(mut self) -> Vec<Item> {
        self.close();
        for (span, place) in std::mem::take(&mut self.displaced) {
            self.place(span, place);
        }
        self.items
    }

    /// Gives a displaced name to the first row near it that has none and whose text begins with it, else to the row
    /// right below; a name without such a row is left over.
    fn place(&mut self, span: Span, place: usize) {
        let cell = self.excerpt(&[span]);
        let state = self.lexicon.whole_state(&cell.text);
        let subject = |row: &Row| self.lexicon.states.match_at(&row.text.text, 0).map(|(state, _)| state);
        let is_free =
            |index: &usize| matches!(self.items.get(*index), Some(Item::Row(row)) if row.state.cell().is_empty());
        let near = place.saturating_sub(FARTHEST)..(place + FARTHEST).min(self.items.len());
        let named = near.filter(is_free).find(
            |index| matches!(self.items.get(*index), Some(Item::Row(row)) if state.is_some() && subject(row) == state),
        );
        let below = || {
            Some(place)
                .filter(is_free)
                .filter(|index| matches!(self.items.get(*index), Some(Item::Row(row)) if subject(row).is_none()))
        };
        match named.or_else(below).and_then(|index| self.items.get_mut(index)) {
            Some(Item::Row(row)) => row.state = StateCell::AsPrinted { cell, state },
            _ => self.items.push(Item::Leftover(cell)),
        }
    }

    fn close(&mut self) {
        let Some(cells) = self.open.take() else { return };
        let cell = self.excerpt(&cells.state);
        let date = self.excerpt(&cells.date);
        let state = self.lexicon.whole_state(&cell.text);
        self.items.push(Item::Row(Row {
            section: self.section.clone(),
            state: StateCell::AsPrinted { cell, state },
            date_reading: read_date(&date.text, self.lexicon),
            date,
            text: self.excerpt(&cells.text),
            remarks: self.excerpt(&cells.remarks),
        }));
    }

    fn excerpt(&self, spans: &[Span]) -> Excerpt {
        self.page.excerpt(spans, Blanks::Wrapped)
    }
}
