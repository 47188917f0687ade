//! What blocks are gathered in: cells and rows, text boxes, notes, the story itself.

use super::Story;
use super::open::{Container, Holder};
use crate::extract::document::Block;
use crate::extract::docx::property::Properties;
use crate::extract::grid::Cell;

impl Story<'_, '_, '_> {
    pub(super) fn extend(&mut self, blocks: Vec<Block>) {
        if let Some(container) = self.containers.last_mut() {
            container.blocks.extend(blocks);
        }
    }

    pub(super) fn begin_row(&mut self) {
        self.end_row();
        if let Some(table) = self.tables.last_mut() {
            table.column = 0;
        }
    }

    pub(super) fn end_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            if !table.row.is_empty() {
                table.grid.push(std::mem::take(&mut table.row));
            }
            self.deleted -= usize::from(std::mem::take(&mut table.row_is_deleted)).min(self.deleted);
        }
    }

    pub(super) fn end_container(&mut self) {
        self.finish_carried();
        if self.containers.len() < 2 {
            return;
        }
        let Some(Container { holder, blocks, cell, .. }) = self.containers.pop() else { return };
        match holder {
            Holder::Story => self.extend(blocks),
            Holder::Cell => self.end_cell(blocks, &cell),
            Holder::TextBox => match self.paragraphs.last_mut() {
                Some(paragraph) => paragraph.boxes.extend(blocks),
                None => self.extend(blocks),
            },
            Holder::Entry(id) => self.contents.entries.push((id, blocks)),
        }
    }

    pub(super) fn end_cell(&mut self, blocks: Vec<Block>, properties: &Properties) {
        let Some(table) = self.tables.last_mut() else { return self.extend(blocks) };
        let (start, span) = (table.column, properties.span.unwrap_or(1).max(1));
        table.column = start.saturating_add(span);
        if !properties.continues || !blocks.is_empty() {
            table.row.push(Cell { start, span, blocks });
        }
    }
}
