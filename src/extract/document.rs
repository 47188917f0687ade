//! What the formats have in common: a document in reading order.

use crate::base::diagnostic::Diagnostic;
use std::collections::BTreeMap;

/// A document in reading order.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Its content.
    pub blocks: Vec<Block>,
    /// How many pages it has; none where the format has no pages.
    pub pages: Option<usize>,
    /// What it says of itself outside its text.
    pub metadata: Metadata,
    /// What is not among the blocks.
    pub left_out: Vec<LeftOut>,
    /// What a user should know of it, without a place.
    pub remarks: Vec<Diagnostic>,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph or heading, with its number as printed.
    Paragraph(Text),
    /// A row of a table, a text for each column; a cell across all columns is a paragraph.
    Row(Vec<Text>),
    /// A footnote, behind the block that refers to it.
    Footnote {
        /// Its label as printed, without brackets around it.
        label: String,
        /// Its text.
        text: Text,
    },
    /// What a page carries besides its text: running head, page number, job number.
    Furniture(Text),
    /// A page ends here. A page that ends inside a text is told by [`Text::break_page`].
    PageBreak,
}

/// The text of a block: characters, marks of footnotes, ends of lines and pages inside it.
///
/// The characters that stand for these are chosen so that no document's own text is taken for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(String);

/// Parts the paragraphs of a cell or footnote: U+2028 LINE SEPARATOR.
pub const LINE_BREAK: char = '\u{2028}';
/// A page ends: U+000C FORM FEED.
pub const PAGE_BREAK: char = '\u{c}';

impl Text {
    /// The text `text`, white space of any kind as blanks.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut new = Self::default();
        new.push(text);
        new
    }

    /// Appends characters; tabs and ends of lines become blanks, and no blank follows another.
    pub fn push(&mut self, text: &str) {
        for character in text.chars() {
            let breaks =
                matches!(character, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
            let character = if breaks { ' ' } else { character };
            if character == ' ' && self.0.ends_with([' ', LINE_BREAK, PAGE_BREAK]) {
                continue;
            }
            self.0.push(character);
        }
    }

    /// Appends a mark that refers to the footnote `label`.
    pub fn push_mark(&mut self, label: &str) {
        self.0.push_str("[^");
        self.0.push_str(label.trim());
        self.0.push(']');
    }

    /// Ends a line inside the text: what follows is a paragraph of its own in the same cell.
    pub fn break_line(&mut self) {
        self.end_with(LINE_BREAK);
    }

    /// Ends a page inside the text.
    pub fn break_page(&mut self) {
        self.end_with(PAGE_BREAK);
    }

    fn end_with(&mut self, end: char) {
        let len = self.0.trim_end_matches(' ').len();
        self.0.truncate(len);
        self.0.push(end);
    }

    /// Appends all of `other`.
    pub fn append(&mut self, other: &Text) {
        self.0.push_str(&other.0);
    }

    /// Takes away its first `length` bytes and the blanks behind them.
    pub fn remove_start(&mut self, length: usize) {
        let rest = self.0.get(length..).unwrap_or(&self.0);
        self.0 = rest.trim_start_matches(' ').to_owned();
    }

    /// The text as it is written down.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has no characters but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// What a document says of itself outside its text, by name: `symbol`, `session`, `date`, `agenda_item`, `committee`,
/// `language`, `citation` (symbols that its editors linked).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata(pub BTreeMap<&'static str, Vec<String>>);

/// Characters of a document that are not in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What they are, in a few plain words: `deleted text (tracked change)`, `comment`.
    pub what: &'static str,
    /// The characters.
    pub text: String,
}
