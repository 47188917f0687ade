//! What is open at a place in a story: containers of blocks, paragraphs, runs, tables.

use crate::extract::document::{Block, Text};
use crate::extract::docx::property::Properties;
use crate::extract::grid::{Cell, Grid};

/// What blocks are gathered in.
pub(super) enum Holder {
    Story,
    Cell,
    TextBox,
    /// A note or comment.
    Entry(String),
}

/// Blocks that are being gathered.
pub(super) struct Container {
    pub(super) holder: Holder,
    pub(super) blocks: Vec<Block>,
    /// A paragraph whose mark is deleted: the next one goes on with it.
    pub(super) carried: Option<Paragraph>,
    /// For each field that is open, whether its code or its result is being read.
    pub(super) fields: Vec<FieldPart>,
    pub(super) cell: Properties,
}

impl Container {
    pub(super) fn new(holder: Holder) -> Self {
        Self { holder, blocks: Vec::new(), carried: None, fields: Vec::new(), cell: Properties::default() }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldPart {
    Code,
    Result,
}

/// A paragraph that is being read.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) text: Text,
    pub(super) properties: Properties,
    /// Pages that end before it.
    pub(super) page_breaks: usize,
    pub(super) notes: Vec<Block>,
    /// What stands in text boxes that are anchored in it.
    pub(super) boxes: Vec<Block>,
    pub(super) run: Run,
    /// A note that is referred to by a mark of its own, whose characters have not come yet.
    pub(super) awaited: Option<(NoteKind, String)>,
}

/// A run that is being read.
#[derive(Default)]
pub(super) struct Run {
    pub(super) is_hidden: bool,
    pub(super) is_raised: bool,
    pub(super) font: Option<String>,
    /// The note it refers to by a mark of its own, whose characters follow.
    pub(super) marks: Option<(NoteKind, String)>,
    pub(super) mark: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
}

#[derive(Default)]
pub(super) struct Table {
    pub(super) grid: Grid,
    pub(super) row: Vec<Cell>,
    pub(super) column: usize,
    /// Whether the row that is open was deleted while changes were tracked.
    pub(super) row_is_deleted: bool,
}
