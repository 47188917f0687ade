//! The text of a document, block by block.
//!
//! Input: the elements and text nodes outside `meta`. Output: blocks in document order. Invariant: every text node is
//! in a block; an element outside the paragraph's own ends the paragraph, so that no words run together.

use super::INLINE;
use crate::extract::document::{Block, LINE_BREAK, LeftOut, Text};
use crate::extract::xml::Element;
use std::collections::BTreeMap;

/// Parts of a document in which each line is a paragraph of its own.
const LINES: [&str; 3] = ["coverPage", "preface", "conclusions"];
/// Most columns of a table that are believed. A wider cell is cut to this.
const MAX_COLUMNS: usize = 64;

/// Blocks while they are collected.
#[derive(Default)]
pub(super) struct Body {
    blocks: Vec<Block>,
    left_out: Vec<LeftOut>,
    paragraph: Text,
    /// Whether the paragraph has nothing yet but its number.
    only_number: bool,
    /// Notes of the paragraph or row, in order.
    notes: Vec<Block>,
    note: Option<Note>,
    /// Notes that stand apart from the text, by id, until it refers to them.
    kept: BTreeMap<String, Text>,
    /// How many notes were begun.
    count: usize,
    table: Option<Table>,
    /// How many of [`LINES`] are open.
    in_lines: usize,
}

struct Note {
    label: String,
    /// The id by which the text will refer to it, if it stands apart.
    kept_as: Option<String>,
    text: Text,
    /// Notes that are open inside it.
    inner: usize,
}

#[derive(Default)]
struct Table {
    /// Tables that are open inside it.
    inner: usize,
    row: Vec<Text>,
    /// The cell that is open, and over how many columns it goes.
    cell: Option<(Text, usize)>,
    /// How many cells the row has, whatever their width, with those that reach into it from above.
    cells: usize,
    /// For each column, how many rows a cell above still takes.
    taken: Vec<usize>,
    /// How many rows the open cell takes.
    rows: usize,
}

impl Body {
    /// An element begins.
    pub(super) fn open(&mut self, element: &Element) {
        let name = element.name.local.as_str();
        match name {
            "authorialNote" => self.open_note(element),
            "num" => self.end_paragraph(),
            "eol" | "br" if self.in_lines > 0 => self.end_paragraph(),
            "eol" | "br" => self.end_line(),
            "note" => {
                let id = element.attribute("", "eId").unwrap_or_default().to_owned();
                self.note = Some(Note { label: String::new(), kept_as: Some(id), text: Text::default(), inner: 0 });
            }
            "noteRef" => self.refer(element),
            "img" => {
                let alt = element.attribute("", "alt").filter(|alt| !alt.trim().is_empty());
                let picture = alt.map(|alt| LeftOut { what: "description of a picture", text: alt.to_owned() });
                self.left_out.extend(picture);
            }
            _ if INLINE.contains(&name) => {}
            _ => {
                self.in_lines += usize::from(LINES.contains(&name));
                if !self.only_number {
                    self.end_paragraph();
                }
                self.open_part(name, element);
            }
        }
    }

    /// The element `name` ends.
    pub(super) fn close(&mut self, name: &str) {
        match name {
            "authorialNote" => self.close_note(),
            "note" => {
                if let Some(Note { kept_as: Some(id), text, .. }) = self.note.take() {
                    self.kept.insert(id, text);
                }
            }
            "num" => {
                self.sink().push(" ");
                self.only_number = self.note.is_none() && self.table.is_none();
            }
            _ if INLINE.contains(&name) => {}
            _ => {
                self.in_lines -= usize::from(LINES.contains(&name)).min(self.in_lines);
                self.end_paragraph();
                self.close_part(name);
            }
        }
    }

    /// Characters.
    pub(super) fn text(&mut self, text: &str) {
        self.only_number &= text.trim().is_empty();
        self.sink().push(text);
    }

    /// The blocks, and what is not among them.
    pub(super) fn finish(mut self) -> (Vec<Block>, Vec<LeftOut>) {
        self.end_paragraph();
        let unmarked = self.kept.values().filter(|text| !text.is_blank());
        self.left_out.extend(
            unmarked.map(|text| LeftOut { what: "note without a mark", text: text.as_str().trim().to_owned() }),
        );
        (self.blocks, self.left_out)
    }

    /// Whether a note is open that is kept apart from the text.
    pub(super) fn is_in_kept_note(&self) -> bool {
        self.note.as_ref().is_some_and(|note| note.kept_as.is_some())
    }

    /// A mark that stands apart from its note, which may have been kept.
    fn refer(&mut self, element: &Element) {
        let id = element.attribute("", "href").map(|href| href.trim_start_matches('#'));
        let text = id.and_then(|id| self.kept.remove(id));
        self.count += usize::from(text.is_some());
        let counted = text.as_ref().map(|_| self.count.to_string());
        let Some(label) = marker(element).or(counted) else { return };
        self.sink().push_mark(&label);
        self.notes.extend(text.map(|text| Block::Footnote { label, text }));
    }

    /// Where characters go: the note, cell or paragraph that is open.
    fn sink(&mut self) -> &mut Text {
        let cell = self.table.as_mut().and_then(|table| table.cell.as_mut());
        match (&mut self.note, cell) {
            (Some(note), _) => &mut note.text,
            (None, Some((cell, _))) => cell,
            (None, None) => &mut self.paragraph,
        }
    }

    /// A paragraph ends; inside a note or cell it is a line of that.
    fn end_paragraph(&mut self) {
        let in_cell = self.table.as_ref().is_some_and(|table| table.cell.is_some());
        if self.note.is_some() || in_cell {
            self.end_line();
            return;
        }
        self.only_number = false;
        let paragraph = std::mem::take(&mut self.paragraph);
        if !paragraph.is_blank() {
            self.blocks.push(Block::Paragraph(paragraph));
        }
        if self.table.is_none() {
            self.blocks.append(&mut self.notes);
        }
    }

    fn end_line(&mut self) {
        let text = self.sink();
        if !text.is_blank() && !text.as_str().ends_with(LINE_BREAK) {
            text.break_line();
        }
    }

    fn open_note(&mut self, element: &Element) {
        if let Some(note) = &mut self.note {
            note.inner += 1;
            return;
        }
        self.count += 1;
        let label = marker(element).unwrap_or_else(|| self.count.to_string());
        self.note = Some(Note { label, kept_as: None, text: Text::default(), inner: 0 });
    }

    /// The mark stands where the note does.
    fn close_note(&mut self) {
        match self.note.take() {
            Some(note) if note.inner > 0 => self.note = Some(Note { inner: note.inner - 1, ..note }),
            Some(Note { label, text, .. }) => {
                self.only_number = false;
                self.sink().push_mark(&label);
                self.notes.push(Block::Footnote { label, text });
            }
            None => {}
        }
    }

    /// A part of a table begins, if `name` is one. Tables inside cells are lines of the cell.
    fn open_part(&mut self, name: &str, element: &Element) {
        let Some(table) = &mut self.table else {
            self.table = (name == "table" && self.note.is_none()).then(Table::default);
            return;
        };
        if name == "table" {
            table.inner += 1;
        } else if table.inner == 0 && matches!(name, "td" | "th") {
            let span = |name| element.attribute("", name).and_then(|span| span.parse().ok()).unwrap_or(1_usize);
            table.open_cell(span("colspan"), span("rowspan"));
        }
    }

    fn close_part(&mut self, name: &str) {
        let Some(table) = &mut self.table else { return };
        match name {
            "table" if table.inner > 0 => table.inner -= 1,
            "table" => {
                table.close_cell();
                let row = table.close_row();
                self.blocks.extend(row);
                self.table = None;
                self.blocks.append(&mut self.notes);
            }
            "td" | "th" if table.inner == 0 => table.close_cell(),
            "tr" if table.inner == 0 => {
                let row = table.close_row();
                self.blocks.extend(row);
                self.blocks.append(&mut self.notes);
            }
            _ => {}
        }
    }
}

/// The mark of a note as it is printed.
fn marker(element: &Element) -> Option<String> {
    let marker = element.attribute("", "marker").map(str::trim).filter(|marker| !marker.is_empty());
    marker.map(str::to_owned)
}

impl Table {
    fn open_cell(&mut self, columns: usize, rows: usize) {
        self.close_cell();
        self.skip_taken();
        self.cell = Some((Text::default(), columns.clamp(1, MAX_COLUMNS)));
        self.rows = rows;
        self.cells += 1;
    }

    /// Columns that a cell of a row above takes are empty in this row.
    fn skip_taken(&mut self) {
        while let Some(taken) = self.taken.get_mut(self.row.len()).filter(|taken| **taken > 0) {
            *taken -= 1;
            self.row.push(Text::default());
            self.cells += 1;
        }
    }

    fn close_cell(&mut self) {
        let Some((cell, columns)) = self.cell.take() else { return };
        let first = self.row.len();
        self.row.push(cell);
        // So wide a table is not lined up.
        if first < MAX_COLUMNS {
            self.row.resize(first + columns, Text::default());
        }
        if self.rows > 1 && first < MAX_COLUMNS {
            self.taken.resize(self.taken.len().max(self.row.len()), 0);
            self.taken.iter_mut().skip(first).take(columns).for_each(|taken| *taken = self.rows - 1);
        }
    }

    /// The row that ends; a cell across all columns is a paragraph.
    fn close_row(&mut self) -> Option<Block> {
        self.skip_taken();
        let row = std::mem::take(&mut self.row);
        let cells = std::mem::take(&mut self.cells);
        if row.iter().all(Text::is_blank) {
            return None;
        }
        let is_single = cells == 1 && row.iter().skip(1).all(Text::is_blank);
        if is_single { row.into_iter().next().map(Block::Paragraph) } else { Some(Block::Row(row)) }
    }
}
