//! Marks that were typed as raised characters, and the notes that were typed below them → footnotes.
//!
//! Input: blocks whose texts tell which characters are raised. Output: blocks without that. A raised label is a mark if
//! a paragraph or row behind it begins with the same one, and that is its footnote: `Austriaᵃ` in a table, `ᵃ On behalf
//! of …` below it. Invariant: a label without its other half, as in `10⁶` or `Nᵒ`, is text as it stands.

use super::document::{Block, LINE_BREAK, RAISED_END, RAISED_START, Text};
use std::collections::{HashMap, HashSet};

/// Ties the raised marks of `blocks` to the notes that were typed for them.
pub(super) fn tie(blocks: Vec<Block>) -> Vec<Block> {
    if !blocks.iter().flat_map(texts).any(|text| text.as_str().contains(RAISED_START)) {
        return blocks;
    }
    let blocks: Vec<Block> = blocks.into_iter().flat_map(part_notes).collect();
    let labels = blocks.iter().enumerate().filter_map(|(index, block)| Some((note(block)?.0, index)));
    let mut marks = Marks { last_notes: labels.collect(), index: 0, open: HashSet::new() };
    blocks.into_iter().enumerate().map(|(index, block)| marks.tie_block(index, block)).collect()
}

/// `text` without what tells which characters are raised.
pub(super) fn plain(text: &Text) -> Text {
    let mut plain = Text::default();
    plain.append_str(&text.as_str().replace([RAISED_START, RAISED_END], ""));
    plain
}

struct Marks {
    /// For each label the last block that begins with it.
    last_notes: HashMap<String, usize>,
    /// The block at which reading is.
    index: usize,
    /// Labels of marks whose note has not come yet.
    open: HashSet<String>,
}

impl Marks {
    fn tie_block(&mut self, index: usize, block: Block) -> Block {
        self.index = index;
        if let Some((label, text)) = note(&block).filter(|(label, _)| self.open.remove(label)) {
            return Block::Footnote { label, text };
        }
        match block {
            Block::Paragraph(text) => Block::Paragraph(self.mark(&text)),
            Block::Row(cells) => Block::Row(cells.iter().map(|cell| self.mark(cell)).collect()),
            Block::Footnote { label, text } => Block::Footnote { label, text: plain(&text) },
            Block::Furniture(text) => Block::Furniture(plain(&text)),
            Block::PageBreak => Block::PageBreak,
        }
    }

    /// `text` with marks for its raised labels. One span may have several: `a, b`.
    fn mark(&mut self, text: &Text) -> Text {
        let mut marked = Text::default();
        let mut rest = text.as_str();
        while let Some((before, behind)) = rest.split_once(RAISED_START) {
            let (raised, behind) = behind.split_once(RAISED_END).unwrap_or((behind, ""));
            marked.append_str(before);
            for part in raised.split_inclusive(SEPARATORS) {
                let name = part.trim_matches(AROUND);
                let is_mark = is_label(name) && self.last_notes.get(name).is_some_and(|last| *last > self.index);
                match part.split_once(name).filter(|_| is_mark) {
                    Some((before, behind)) => {
                        marked.append_str(before);
                        marked.push_mark(name);
                        marked.append_str(behind);
                        self.open.insert(name.to_owned());
                    }
                    None => marked.append_str(part),
                }
            }
            rest = behind;
        }
        marked.append_str(rest);
        marked
    }
}

const SEPARATORS: [char; 4] = [',', '，', '、', ' '];
/// What stands around a label: separators, brackets, a stop.
const AROUND: [char; 10] = [',', '，', '、', ' ', '(', ')', '[', ']', '.', '/'];

/// Whether `name` has the shape of a footnote's label: signs, a letter, or a number of up to three digits.
fn is_label(name: &str) -> bool {
    let mut characters = name.chars();
    let is_letter = characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none();
    let is_number = (1..=3).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_digit());
    is_letter || is_number || is_sign(name)
}

/// Whether `name` is made of signs, which begin no sentence.
fn is_sign(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|character| matches!(character, '*' | '†' | '‡' | '§'))
}

/// The label that `block` begins with, and the text behind it, if it may be a typed note.
fn note(block: &Block) -> Option<(String, Text)> {
    match block {
        Block::Paragraph(text) => {
            let (name, behind) = label_of(text.as_str())?;
            let behind = behind.trim_start_matches([')', ']', '.', '/']).trim_start_matches(' ');
            let mut text = Text::default();
            text.append_str(behind);
            Some((name, plain(&text)))
        }
        Block::Row(cells) => {
            // The label has a cell of its own, and the text the next.
            let mut held = cells.iter().filter(|cell| !cell.is_blank());
            let (first, second) = (held.next()?, held.next().filter(|_| held.next().is_none())?);
            let raised = first.as_str().trim().strip_prefix(RAISED_START)?.strip_suffix(RAISED_END)?;
            let name = raised.trim_matches(AROUND);
            is_label(name).then(|| (name.to_owned(), plain(second)))
        }
        Block::Footnote { .. } | Block::Furniture(_) | Block::PageBreak => None,
    }
}

/// The label that `text` begins with, raised or made of signs, and what follows it.
fn label_of(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start_matches([' ', LINE_BREAK]);
    let (name, behind) = match text.strip_prefix(RAISED_START) {
        Some(raised) => raised.split_once(RAISED_END)?,
        None => text.split_at(text.find(|character: char| !is_sign(character.encode_utf8(&mut [0; 4])))?),
    };
    let name = name.trim_matches(AROUND);
    (is_label(name) && !behind.trim().is_empty()).then(|| (name.to_owned(), behind))
}

/// The notes of a paragraph that has several, a line each; else `block`.
fn part_notes(block: Block) -> Vec<Block> {
    let Block::Paragraph(text) = &block else { return vec![block] };
    let begins = format!("{LINE_BREAK}{RAISED_START}");
    if label_of(text.as_str()).is_none() || !text.as_str().contains(&begins) {
        return vec![block];
    }
    let mut notes = Vec::new();
    for (index, part) in text.as_str().split(&begins).enumerate() {
        let mut note = Text::default();
        if index > 0 {
            note.append_str(begins.trim_start_matches(LINE_BREAK));
        }
        note.append_str(part);
        notes.push(Block::Paragraph(note));
    }
    notes
}

fn texts(block: &Block) -> &[Text] {
    match block {
        Block::Paragraph(text) | Block::Furniture(text) | Block::Footnote { text, .. } => std::slice::from_ref(text),
        Block::Row(texts) => texts,
        Block::PageBreak => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::text;

    /// A text whose raised characters stand in braces.
    fn raised(text: &str) -> Text {
        let mut raised = Text::default();
        for (index, part) in text.split(['{', '}']).enumerate() {
            if index % 2 == 0 { raised.push(part) } else { raised.push_raised(part) }
        }
        raised
    }

    #[test]
    fn a_raised_label_is_a_mark_if_its_note_follows() {
        let row = |cells: &[&str]| Block::Row(cells.iter().map(|cell| raised(cell)).collect());
        let paragraph = |text: &str| Block::Paragraph(raised(text));
        let cases = [
            (
                vec![
                    row(&["Austria{a}", "May"]),
                    row(&["Japan{a}", "June{b,c}"]),
                    paragraph("{a} x"),
                    paragraph("{b}y"),
                ],
                "Austria[^a]\tMay\nJapan[^a]\tJune[^b],c\n\n[^a]: x\n\n[^b]: y\n",
            ),
            (vec![row(&["Austria{1/}", "May"]), row(&["{1/}", "x"])], "Austria[^1]/\tMay\n\n[^1]: x\n"),
            (vec![paragraph("Item 5{*} of"), paragraph("* A/68/150.")], "Item 5[^*] of\n\n[^*]: A/68/150.\n"),
            (vec![paragraph("10{6} and N{o} 1{st}"), paragraph("1. x")], "106 and No 1st\n\n1. x\n"),
            (vec![paragraph("{1} x"), paragraph("y{1}")], "1 x\n\ny1\n"),
            (vec![paragraph("a{1}{2}"), paragraph("{12} x")], "a[^12]\n\n[^12]: x\n"),
        ];
        for (blocks, expected) in cases {
            assert_eq!(text::write(&tie(blocks)), expected);
        }
    }

    #[test]
    fn several_notes_may_stand_in_one_paragraph() {
        let mut notes = raised("{a} x");
        notes.break_line();
        notes.append(&raised("{b} y"));
        let blocks = vec![Block::Paragraph(raised("p{a} q{b}")), Block::Paragraph(notes)];
        assert_eq!(text::write(&tie(blocks)), "p[^a] q[^b]\n\n[^a]: x\n\n[^b]: y\n");
    }
}
