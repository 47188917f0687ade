//! What is open at a place in a story: containers of blocks, paragraphs, lists, tables.

use crate::extract::document::{Block, Text};
use crate::extract::grid::{Cell, Grid};

/// What blocks are gathered in.
pub(super) enum Holder {
    Story,
    Cell { span: usize, repeated: usize },
    TextBox,
    Note { label: Option<String>, citation: String },
    LeftOut(&'static str),
}

pub(super) struct Container {
    pub(super) holder: Holder,
    pub(super) blocks: Vec<Block>,
}

#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) text: Text,
    pub(super) page_breaks: usize,
    pub(super) breaks_after: bool,
    pub(super) is_hidden: bool,
    /// For each span that is open, whether its text is hidden, and whether it is raised.
    pub(super) spans: Vec<(bool, bool)>,
    /// How many containers are open around it.
    pub(super) depth: usize,
    pub(super) notes: Vec<Block>,
    pub(super) boxes: Vec<Block>,
}

pub(super) struct List {
    pub(super) style: Option<String>,
    /// The number that the item which was begun asks for, while it has not been printed.
    pub(super) pending: Option<Option<u32>>,
}

#[derive(Default)]
pub(super) struct Table {
    pub(super) grid: Grid,
    pub(super) row: Vec<Cell>,
    pub(super) column: usize,
    /// Pages that ended between two rows, and are told in the next cell.
    pub(super) page_breaks: usize,
}

impl Table {
    /// The row that is open, if there is one, ends.
    pub(super) fn end_row(&mut self) {
        self.column = 0;
        if !self.row.is_empty() {
            self.grid.push(std::mem::take(&mut self.row));
        }
    }
}
