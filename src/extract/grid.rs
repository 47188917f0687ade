//! A table with its cells' places → rows with a text for each column.
//!
//! Input: cells by the column of the grid at which they begin. Output: blocks. Invariants: a column of the grid at
//! which no cell begins is none of the table's; every text of a cell is in a block, in order; footnotes stand behind
//! the row that refers to them.

use super::document::{Block, Text};

/// A cell that has text of its own. A cell that another one reaches into from above is left out of its row.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// Column of the grid at which it begins.
    pub(super) start: usize,
    /// Number of the grid's columns that it covers.
    pub(super) span: usize,
    /// What it holds.
    pub(super) blocks: Vec<Block>,
}

/// The rows of a table.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Cell>>,
}

/// Most columns that rows are lined up by: Word's tables have 63 at most. Rows of a wider one are given as they are.
const MOST_COLUMNS: usize = 64;

impl Grid {
    /// Adds a row.
    pub(super) fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// The table as rows and, for what stands across all columns, paragraphs.
    pub(super) fn into_blocks(self) -> Vec<Block> {
        let mut columns: Vec<usize> = self.rows.iter().flatten().map(|cell| cell.start).collect();
        columns.sort_unstable();
        columns.dedup();
        let mut blocks = Vec::new();
        for row in self.rows {
            match <[Cell; 1]>::try_from(row) {
                Ok([cell]) if covers(&cell, &columns) => blocks.extend(cell.blocks),
                Ok(cell) => push_row(cell.into(), &columns, &mut blocks),
                Err(cells) => push_row(cells, &columns, &mut blocks),
            }
        }
        blocks
    }
}

/// Whether `cell` begins at the first of `columns` and reaches over the last.
fn covers(cell: &Cell, columns: &[usize]) -> bool {
    let end = cell.start.saturating_add(cell.span);
    columns.first() == Some(&cell.start) && columns.last().is_some_and(|last| *last < end)
}

fn push_row(row: Vec<Cell>, columns: &[usize], blocks: &mut Vec<Block>) {
    let is_lined_up = columns.len() <= MOST_COLUMNS;
    let mut texts = if is_lined_up { vec![Text::default(); columns.len()] } else { Vec::new() };
    let mut notes = Vec::new();
    for cell in row {
        let (text, found) = flatten(cell.blocks);
        notes.extend(found);
        if !is_lined_up {
            texts.push(text);
        } else if let Ok(column) = columns.binary_search(&cell.start)
            && let Some(place) = texts.get_mut(column)
        {
            if !place.is_blank() {
                place.break_line();
            }
            place.append(&text);
        }
    }
    if texts.iter().any(|text| !text.as_str().trim_matches(' ').is_empty()) {
        blocks.push(Block::Row(texts));
    }
    blocks.extend(notes);
}

/// The paragraphs and rows of `blocks` as one text, a line each, and the footnotes among them.
pub(super) fn flatten(blocks: Vec<Block>) -> (Text, Vec<Block>) {
    let mut flat = Text::default();
    let mut notes = Vec::new();
    for block in blocks {
        let texts = match block {
            Block::Paragraph(text) | Block::Furniture(text) => vec![text],
            Block::Row(texts) => texts,
            Block::PageBreak => {
                flat.break_page();
                continue;
            }
            Block::Footnote { .. } => {
                notes.push(block);
                continue;
            }
        };
        for text in texts.iter().filter(|text| !text.as_str().trim_matches(' ').is_empty()) {
            if !flat.is_blank() {
                flat.break_line();
            }
            flat.append(text);
        }
    }
    (flat, notes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::text;

    fn cell(start: usize, span: usize, paragraphs: &[&str]) -> Cell {
        let blocks = paragraphs.iter().map(|text| Block::Paragraph(Text::new(text))).collect();
        Cell { start, span, blocks }
    }

    fn written(rows: Vec<Vec<Cell>>) -> String {
        text::write(&Grid { rows }.into_blocks())
    }

    #[test]
    fn rows_are_lined_up_by_the_columns_at_which_cells_begin() {
        let rows = vec![
            vec![cell(0, 3, &["State"]), cell(3, 4, &["Date", "of reply"])],
            vec![cell(0, 7, &["Section"])],
            vec![cell(0, 1, &["a"]), cell(1, 2, &[]), cell(3, 4, &["b"])],
            vec![cell(3, 4, &["c"])],
            vec![cell(0, 1, &[]), cell(1, 2, &[""])],
        ];
        assert_eq!(written(rows), "State\t\tDate\u{2028}of reply\n\nSection\n\na\t\tb\n\t\tc\n");
    }

    #[test]
    fn what_has_one_column_is_paragraphs() {
        assert_eq!(written(vec![vec![cell(0, 1, &["a", "b"])], vec![cell(0, 1, &["c"])]]), "a\n\nb\n\nc\n");
    }

    #[test]
    fn a_table_of_absurd_width_is_given_as_it_is() {
        let rows = (0..2_000).map(|number| vec![cell(number, usize::MAX, &["x"]), cell(number + 1, 1, &["y"])]);
        assert_eq!(written(rows.collect()), "x\ty\n".repeat(2_000));
    }
}
