//! The figures of a picture in a table.

use super::Canvas;

/// A table whose first column names the rows.
pub(in super::super) struct Table {
    /// Names of the columns.
    pub(in super::super) heads: Vec<String>,
    /// The rows.
    pub(in super::super) rows: Vec<Vec<Cell>>,
}

/// A text that may lead somewhere.
pub(in super::super) struct Cell {
    text: String,
    path: Option<String>,
}

impl Cell {
    /// A text.
    pub(in super::super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), path: None }
    }

    /// A text that leads to a page.
    pub(in super::super) fn link(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { text: text.into(), path: Some(path.into()) }
    }
}

impl Table {
    pub(super) fn write(&self, canvas: &mut Canvas) {
        canvas.open("table", &[]);
        canvas.open("thead", &[]);
        canvas.open("tr", &[]);
        for head in &self.heads {
            canvas.element("th", &[("scope", "col")], head);
        }
        canvas.close("tr");
        canvas.close("thead");
        canvas.open("tbody", &[]);
        for row in &self.rows {
            self.row(canvas, row);
        }
        canvas.close("tbody");
        canvas.close("table");
    }

    fn row(&self, canvas: &mut Canvas, row: &[Cell]) {
        canvas.open("tr", &[]);
        for (position, (cell, head)) in row.iter().zip(&self.heads).enumerate() {
            let tag = if position == 0 { "th" } else { "td" };
            let attribute = if position == 0 { ("scope", "row") } else { ("data-label", head.as_str()) };
            canvas.open(tag, &[attribute]);
            canvas.link(cell.path.as_deref(), &cell.text);
            canvas.close(tag);
        }
        canvas.close("tr");
    }
}
