//! What the formats have in common: a document in reading order.

use crate::base::code;
use crate::base::diagnostic::Diagnostic;

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

/// Stands before raised characters while a document is read: a code point that is no character.
pub(super) const RAISED_START: char = '\u{fdd0}';
/// Stands behind them.
pub(super) const RAISED_END: char = '\u{fdd1}';

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
            let character = match character {
                _ if breaks => ' ',
                // No characters, which a document may not use to say what they say here.
                RAISED_START | RAISED_END => char::REPLACEMENT_CHARACTER,
                _ => character,
            };
            if character == ' ' && self.0.ends_with([' ', LINE_BREAK, PAGE_BREAK]) {
                continue;
            }
            self.0.push(character);
        }
    }

    /// Appends characters that are raised above the line: a mark of a footnote, if a note has it, see
    /// [`super::raised`].
    pub(super) fn push_raised(&mut self, text: &str) {
        let inner = text.trim();
        if inner.is_empty() {
            return self.push(text);
        }
        let (before, behind) = text.split_once(inner).unwrap_or_default();
        self.push(before);
        if self.0.ends_with(RAISED_END) {
            self.0.pop();
        } else {
            self.0.push(RAISED_START);
        }
        self.push(inner);
        self.0.push(RAISED_END);
        self.push(behind);
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
        self.append_str(&other.0);
    }

    /// Appends a piece of another text as it is written down.
    pub(super) fn append_str(&mut self, piece: &str) {
        self.0.push_str(piece);
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

/// What a document says of itself outside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Its symbol: `A/RES/76/17`.
    pub symbol: Option<String>,
    /// The session of the organ, a number.
    pub session: Option<String>,
    /// The agenda item as it is cited: `98(b)`.
    pub agenda_item: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The day it was adopted on, ISO 8601.
    pub adopted: Option<String>,
    /// The day it was issued on, ISO 8601.
    pub date: Option<String>,
    /// The organ that adopted it, in English.
    pub organ: Option<String>,
    /// The committee that proposed it, in English.
    pub committee: Option<String>,
    /// The language it is in, BCP 47.
    pub language: Option<String>,
    /// Its job number.
    pub job_number: Option<String>,
    /// The symbols that its editors linked, in order of appearance, each once.
    pub citations: Vec<String>,
    /// How it was adopted.
    pub proceedings: Proceedings,
}

/// How a document was adopted, as it says beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proceedings {
    /// Symbol of the draft.
    pub draft: Option<String>,
    /// Who submitted the draft.
    pub sponsors: Option<String>,
    /// Who joined them.
    pub further_sponsors: Option<String>,
    /// Symbol of the record of the meeting that adopted it.
    pub meeting: Option<String>,
    /// Whether a vote was taken; none if that is not said.
    pub is_voted: Option<bool>,
    /// Names of voters, each with how it voted.
    pub voters: Vec<(Voted, String)>,
}

/// How a State voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voted {
    /// In favour.
    InFavour,
    /// Against.
    Against,
    /// Abstained.
    Abstained,
}

/// What a text that was deleted while changes were tracked is called.
pub(super) const DELETED: &str = "deleted text (tracked change)";

/// The note that changes were tracked and which text was taken.
pub(super) fn tracked_changes() -> Diagnostic {
    let message = "the document has tracked changes; its final text was taken";
    Diagnostic::note(code::TRACKED_CHANGES, message)
        .hint("accept or reject the changes and add it again if that differs")
}

/// Characters of a document that are not in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What they are, in a few plain words: `deleted text (tracked change)`, `comment`.
    pub what: &'static str,
    /// The characters.
    pub text: String,
}
