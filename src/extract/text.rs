//! A document as plain text, and how to read that text.
//!
//! | in the text | stands for |
//! |---|---|
//! | a line, a blank line behind it | a paragraph |
//! | a line with tabs | a row of a table, a cell between two tabs |
//! | U+2028 inside a line | a paragraph ends inside its cell |
//! | a form feed | a page ends |
//! | `[^1]` | a mark that refers to footnote 1 |
//! | `[^1]: ` at the start of a line | footnote 1 |
//! | `⟦…⟧` around a line | page furniture |
//!
//! A mark belongs to the next footnote with its label.

use super::document::{Block, LINE_BREAK, PAGE_BREAK, Text};

/// Begins a line of page furniture.
pub const FURNITURE_OPEN: char = '⟦';
/// Ends a line of page furniture.
pub const FURNITURE_CLOSE: char = '⟧';

/// Writes `blocks` down. A page break stands at the start of the line behind it.
#[must_use]
pub fn write(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut after_row = false;
    for block in blocks {
        let is_row = matches!(block, Block::Row(_));
        if after_row && !is_row && !matches!(block, Block::PageBreak) && text.ends_with('\n') {
            text.push('\n');
        }
        match block {
            Block::Paragraph(paragraph) if paragraph.is_blank() => keep_page_breaks(&mut text, paragraph),
            Block::Paragraph(paragraph) => push_line(&mut text, paragraph.as_str(), "\n\n"),
            Block::Row(cells) => push_line(&mut text, &row(cells), "\n"),
            Block::Footnote { label, text: note } => {
                let is_outer = |character: char| character.is_whitespace() && character != PAGE_BREAK;
                let note = note.as_str().trim_matches(is_outer);
                push_line(&mut text, &format!("[^{}]: {note}", label.trim()), "\n\n");
            }
            Block::Furniture(furniture) => {
                let line = format!("{FURNITURE_OPEN}{}{FURNITURE_CLOSE}", furniture.as_str().trim());
                push_line(&mut text, &line, "\n");
            }
            Block::PageBreak => text.push(PAGE_BREAK),
        }
        if !matches!(block, Block::PageBreak) {
            after_row = is_row;
        }
    }
    let len = text.trim_end_matches('\n').len();
    text.truncate(len);
    text.push('\n');
    text
}

fn push_line(text: &mut String, line: &str, end: &str) {
    text.push_str(line.trim_matches([' ', LINE_BREAK]));
    text.push_str(end);
}

fn keep_page_breaks(text: &mut String, paragraph: &Text) {
    text.extend(paragraph.as_str().chars().filter(|character| *character == PAGE_BREAK));
}

/// The cells of a row parted by tabs. A page that ends inside a row ends in several cells at once, and is told in one.
fn row(cells: &[Text]) -> String {
    let breaks = |cell: &Text| cell.as_str().matches(PAGE_BREAK).count();
    let told_in = (0..cells.len()).rev().max_by_key(|index| cells.get(*index).map_or(0, breaks));
    let cells = cells.iter().enumerate().map(|(index, cell)| {
        let cell = cell.as_str().trim_matches([' ', LINE_BREAK]);
        if Some(index) == told_in { cell.to_owned() } else { cell.replace(PAGE_BREAK, " ") }
    });
    cells.collect::<Vec<_>>().join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_has_its_form() {
        let mut marked = Text::new("a \n b");
        marked.push_mark("1");
        let mut broken = Text::new("left");
        broken.break_page();
        broken.push(" right");
        broken.break_line();
        broken.push("- more");
        let blocks = [
            Block::Furniture(Text::new("A/1")),
            Block::Paragraph(marked),
            Block::Footnote { label: "1".into(), text: Text::new("note ") },
            Block::PageBreak,
            Block::Row(vec![broken.clone(), broken, Text::new("c")]),
            Block::Row(vec![Text::new("d"), Text::default(), Text::new("e")]),
            Block::Paragraph(Text::new("end")),
        ];
        let expected = "⟦A/1⟧\na b[^1]\n\n[^1]: note\n\n\u{c}left\u{c}right\u{2028}- more\tleft right\u{2028}- more\tc\nd\t\te\n\nend\n";
        assert_eq!(write(&blocks), expected);
        let mut note = Text::new("note");
        note.break_page();
        assert_eq!(write(&[Block::Footnote { label: "1".into(), text: note }]), "[^1]: note\u{c}\n");
    }
}
