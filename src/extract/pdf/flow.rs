//! Pages → blocks in reading order.
//!
//! Input: pages with their zones. Output: the blocks of the document. Invariants: every word of a page is in one block;
//! each page ends once, inside the paragraph or row that goes on over it or between blocks.

use super::continuation::{paragraph_goes_on, row_goes_on};
use super::grid::{self, Grid};
use super::join::{Joiner, Part, Printed, lines};
use super::line::Line;
use super::note::Note;
use super::page::Page;
use super::paragraph::{self, Label, Measure, printed};
use super::row::{self, Before, Item};
use super::zone::{self, Zones};
use crate::extract::document::{Block, Text};
use std::collections::VecDeque;

/// What is open at a place: it may go on with what follows.
enum Open {
    Nothing,
    Paragraph(Vec<Part>),
    Row(Vec<Vec<Part>>),
}

/// A footnote whose block has no text yet.
struct PrintedNote {
    /// The page on which it ends, as far as it was seen.
    page: usize,
    block: usize,
    parts: Vec<Part>,
}

/// Puts pages together.
pub(super) struct Flow {
    joiner: Joiner,
    pitch: f32,
    /// Whether paragraphs have several sentences; those of a resolution have one.
    has_sentences: bool,
    blocks: Vec<Block>,
    open: Open,
    /// Whether a paragraph may not go on: something stands between.
    is_parted: bool,
    /// Furniture and page breaks since the open block began.
    pending: Vec<Block>,
    /// Footnotes that are not printed yet, with their page.
    notes: VecDeque<(usize, String, Vec<Part>)>,
    /// The last of the footnotes that were seen, where it is printed already: it may go on at the foot of the next page.
    last_note: Option<PrintedNote>,
    /// The first rows of tables as text, with the page on which they were printed first: their heads.
    heads: VecDeque<(usize, Vec<String>)>,
    page: usize,
    grid: Option<Grid>,
    /// Rows of the table that the page has shown, and how many of them were its head printed again.
    rows_of_table: usize,
    heads_again: usize,
    /// Whether the table goes on from the page before.
    goes_on: bool,
    /// Whether what follows is the first of a column.
    begins_column: bool,
    /// The first lines of the last paragraphs with a number or letter.
    labelled: VecDeque<String>,
}

impl Flow {
    pub(super) fn new(joiner: Joiner, pitch: f32, has_sentences: bool) -> Self {
        Self {
            joiner,
            pitch,
            has_sentences,
            blocks: Vec::new(),
            open: Open::Nothing,
            is_parted: true,
            pending: Vec::new(),
            notes: VecDeque::new(),
            last_note: None,
            heads: VecDeque::new(),
            page: 0,
            grid: None,
            rows_of_table: 0,
            heads_again: 0,
            goes_on: false,
            begins_column: false,
            labelled: VecDeque::new(),
        }
    }

    /// Adds the next page, or the next part of a page if it does not begin one.
    pub(super) fn add(&mut self, page: &Page, zones: Zones, notes: Vec<Note>, begins_page: bool) {
        if begins_page && self.page > 0 {
            self.pending.push(Block::PageBreak);
        }
        self.begins_column = !begins_page;
        self.page += 1;
        let before = self.grid.take();
        let lines = &page.lines;
        self.furniture(page, &lines[..zones.body]);
        for note in notes {
            self.note(note);
        }
        let body = &lines[zones.body..zones.notes];
        let grids = grid::find(body, &page.rules, before.as_ref());
        let measure = self.measure(body, &grids);
        for item in self.items(page, body, grids, measure, before.as_ref()) {
            match item {
                Item::Table => {
                    self.goes_on = self.breaks() > 0
                        && before
                            .as_ref()
                            .is_some_and(|before| !matches!(self.open, Open::Nothing) && before.edges.len() > 1);
                    (self.rows_of_table, self.heads_again) = (0, 0);
                }
                Item::Break => self.is_parted = true,
                Item::Line(line) => self.line(line, measure),
                Item::Row(cells) => self.row(cells),
            }
        }
        for line in &page.sideways {
            self.close();
            self.open = Open::Paragraph(vec![Part::Line(printed(page, line, &line.words))]);
            self.is_parted = true;
        }
        self.furniture(page, &lines[zones.foot..]);
    }

    /// The blocks of all pages, and the hyphens that were left out.
    pub(super) fn finish(mut self) -> (Vec<Block>, String) {
        self.close();
        self.page += 1;
        self.flush_notes();
        self.end_last_note();
        (self.blocks, self.joiner.hyphens)
    }

    fn furniture(&mut self, page: &Page, lines: &[Line]) {
        for line in lines {
            let text = self.joiner.join(&[Part::Line(printed(page, line, &line.words))]);
            self.pending.push(Block::Furniture(text));
        }
    }

    fn note(&mut self, note: Note) {
        if let Some(label) = note.label {
            self.end_last_note();
            self.notes.push_back((self.page, label, note.parts));
        } else if let Some(last) = self.last_note.as_mut().filter(|last| last.page + 1 == self.page) {
            last.parts.extend(note.parts);
            last.page = self.page;
        } else if let Some((page, _, parts)) = self.notes.back_mut() {
            parts.extend(note.parts);
            *page = self.page;
        } else {
            self.notes.push_back((self.page, String::new(), note.parts));
        }
    }

    /// Prints the footnote at `index` of those that are not printed yet.
    fn print_note(&mut self, index: usize) {
        let Some((page, label, parts)) = self.notes.remove(index) else { return };
        let is_last = index == self.notes.len() && self.last_note.is_none();
        let text = if is_last { Text::default() } else { self.joiner.join(&parts) };
        if is_last {
            self.last_note = Some(PrintedNote { page, block: self.blocks.len(), parts });
        }
        self.blocks.push(if label.is_empty() { Block::Paragraph(text) } else { Block::Footnote { label, text } });
    }

    /// Gives the last footnote its text, as no more of it is to come.
    fn end_last_note(&mut self) {
        let Some(PrintedNote { block, parts, .. }) = self.last_note.take() else { return };
        if let Some(Block::Footnote { text, .. } | Block::Paragraph(text)) = self.blocks.get_mut(block) {
            *text = self.joiner.join(&parts);
        }
    }

    /// Where the lines of a page begin and end; those of its tables only if there are no others as wide.
    fn measure(&self, lines: &[Line], grids: &[Grid]) -> Measure {
        let is_running = |index: usize| grids.iter().all(|grid| index < grid.first || index >= grid.end);
        let running = || lines.iter().enumerate().filter(|(index, _)| is_running(*index)).map(|(_, line)| line);
        let left = lines.iter().map(Line::x0).fold(f32::MAX, f32::min);
        let full = running().map(Line::x1).fold(0.0, f32::max);
        let right = lines.iter().map(Line::x1).fold(0.0, f32::max);
        let is_wide = running().count() > 1 && full - left > 0.8 * (right - left);
        Measure {
            left,
            right: if is_wide { full } else { right },
            pitch: self.pitch,
            has_sentences: self.has_sentences,
        }
    }

    /// The body of a page as lines and rows.
    fn items(
        &mut self,
        page: &Page,
        body: &[Line],
        grids: Vec<Grid>,
        measure: Measure,
        before: Option<&Grid>,
    ) -> Vec<Item> {
        let mut items = Vec::new();
        let mut from = 0;
        for grid in &grids {
            items.extend(body[from..grid.first].iter().flat_map(|line| running(page, line, measure)));
            if from < grid.first || !matches!(self.open, Open::Row(_)) {
                items.push(Item::Break);
            }
            items.push(Item::Table);
            let goes_on = grid.first == 0 && before.is_some();
            items.extend(row::rows(page, grid, body, if goes_on { self.before() } else { Before::default() }));
            from = grid.end;
        }
        let rest = &body[from..];
        items.extend(rest.iter().flat_map(|line| running(page, line, measure)));
        self.grid = grids.into_iter().next_back().filter(|_| rest.is_empty());
        items
    }

    /// What is known of the table that goes on.
    fn before(&self) -> Before<'_> {
        let head = self.heads.back().and_then(|(_, head)| head.first()).map(String::as_str);
        let name = match &self.open {
            Open::Row(cells) => cells.first().and_then(|cell| lines(cell).next_back()),
            _ => None,
        };
        Before { head, name }
    }

    fn line(&mut self, line: Printed, measure: Measure) {
        let breaks = self.breaks();
        let is_over = breaks > 0 || std::mem::take(&mut self.begins_column);
        let is_next = self.is_next(&line);
        if let Open::Paragraph(parts) = &mut self.open
            && !self.is_parted
            && let Some(Part::Line(last)) = parts.last()
        {
            let goes_on = if is_over {
                paragraph_goes_on(parts, &line, measure)
            } else {
                !paragraph::begins(last, &line, measure, is_next)
            };
            if goes_on {
                parts.extend((0..breaks).map(|_| Part::Page));
                parts.push(Part::Line(line));
                self.pending.retain(|block| *block != Block::PageBreak);
                return;
            }
        }
        self.close();
        self.is_parted = false;
        if Label::of(&line.plain()).is_some() {
            self.labelled.push_back(line.plain());
            if self.labelled.len() > LABELS {
                self.labelled.pop_front();
            }
        }
        self.open = Open::Paragraph(vec![Part::Line(line)]);
    }

    /// Whether a line begins with the first number of paragraphs, or with that behind one of the last.
    fn is_next(&self, line: &Printed) -> bool {
        let follows_one = |label: Label<'_>| {
            let mut earlier = self.labelled.iter().filter_map(|text| Label::of(text));
            earlier.any(|earlier| label.follows(earlier))
        };
        Label::of(&line.plain()).is_some_and(|label| label.is_first() || follows_one(label))
    }

    fn row(&mut self, cells: Vec<Vec<Part>>) {
        let breaks = self.breaks();
        let is_over = breaks > 0 || std::mem::take(&mut self.begins_column);
        if self.is_head_again(&row::text(&cells)) {
            let mut whole = Text::default();
            for cell in cells.iter().filter(|cell| !cell.is_empty()) {
                if !whole.is_blank() {
                    whole.push(" ");
                }
                whole.append(&self.joiner.join(cell));
            }
            self.pending.push(Block::Furniture(whole));
            return;
        }
        if let Open::Row(open) = &mut self.open
            && is_over
            && open.len() == cells.len()
            && row_goes_on(open, &cells)
        {
            let n_pages = |cell: &[Part]| cell.iter().filter(|part| matches!(part, Part::Page)).count();
            let most = open.iter().map(|cell| n_pages(cell)).max().unwrap_or(0) + breaks;
            // A cell that goes on tells of every page that ended since the row began, as one is told of in one cell alone.
            for (cell, more) in open.iter_mut().zip(cells) {
                if !more.is_empty() {
                    cell.extend((n_pages(cell)..most).map(|_| Part::Page));
                    cell.extend(more);
                }
            }
            self.pending.retain(|block| *block != Block::PageBreak);
            return;
        }
        self.close();
        self.is_parted = true;
        self.open = Open::Row(cells);
    }

    /// Whether a row with the text `text` is the head of the table that goes on, printed again. The first row of
    /// another table is a head to come.
    fn is_head_again(&mut self, text: &str) -> bool {
        let index = self.rows_of_table;
        self.rows_of_table += 1;
        let page = self.page;
        let is_known =
            |(first, head): &(usize, Vec<String>)| *first < page && head.get(index).is_some_and(|head| head == text);
        let again = self.heads_again == index && self.heads.iter().any(is_known);
        if again {
            self.heads_again += 1;
        } else if index == 0 && !self.goes_on {
            self.heads.push_back((page, vec![text.to_owned()]));
            if self.heads.len() > MOST_HEADS {
                self.heads.pop_front();
            }
        } else if let Some((_, head)) =
            self.heads.back_mut().filter(|(first, head)| *first == page && index == head.len())
            && index < HEAD_ROWS
        {
            head.push(text.to_owned());
        }
        again
    }

    /// Pages that ended since the open block began.
    fn breaks(&self) -> usize {
        self.pending.iter().filter(|block| **block == Block::PageBreak).count()
    }

    /// Ends the open block: it is printed, its footnotes behind it, then what stands between it and the next.
    fn close(&mut self) {
        let block = match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => None,
            Open::Paragraph(parts) => Some(Block::Paragraph(self.joiner.join(&parts))),
            Open::Row(cells) => Some(Block::Row(cells.iter().map(|cell| self.joiner.join(cell)).collect())),
        };
        if let Some(block) = block {
            let marks = marks(&block);
            self.blocks.push(block);
            for mark in marks {
                if let Some(index) = self.notes.iter().position(|(_, label, _)| *label == mark) {
                    self.print_note(index);
                }
            }
        }
        self.flush_notes();
        self.blocks.append(&mut self.pending);
    }

    /// Prints the footnotes of earlier pages that no mark refers to.
    fn flush_notes(&mut self) {
        while self.notes.front().is_some_and(|(page, ..)| *page < self.page) {
            self.print_note(0);
        }
    }
}

/// How many paragraphs back the number is looked for that the next follows: behind a list of letters, that before it.
const LABELS: usize = 30;

/// How many tables' heads are known: those of a report's last annexes.
const MOST_HEADS: usize = 50;
/// Most rows of a table's head.
const HEAD_ROWS: usize = 2;

/// A line of running text; one whose parts stand far from each other is as many lines, unless it is justified.
fn running(page: &Page, line: &Line, measure: Measure) -> Vec<Item> {
    let parts: Vec<_> = zone::parts(line).collect();
    let first: String =
        parts.first().map(|words| words.iter().map(|word| word.text.as_str()).collect()).unwrap_or_default();
    if parts.len() < 2 || first.chars().count() <= LONGEST_NUMBER || paragraph::is_justified(line, measure) {
        return vec![Item::Line(printed(page, line, &line.words))];
    }
    let lines = parts.into_iter().flat_map(|words| [Item::Break, Item::Line(printed(page, line, words)), Item::Break]);
    lines.collect()
}

/// A paragraph's number may stand far before its text.
const LONGEST_NUMBER: usize = 6;

/// The labels that a block's marks refer to.
fn marks(block: &Block) -> Vec<String> {
    let texts = match block {
        Block::Paragraph(text) => std::slice::from_ref(text),
        Block::Row(cells) => cells.as_slice(),
        _ => &[],
    };
    let found = texts.iter().flat_map(|text| text.as_str().split("[^").skip(1));
    found.filter_map(|rest| rest.split_once(']').map(|(label, _)| label.to_owned())).collect()
}
