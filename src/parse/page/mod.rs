//! What a page carries besides its text: furniture, footnotes, and the marks that refer to them.
//!
//! Input: the lines of a source. Output: [`Page`], in which every line is body, furniture or
//! footnote. Invariant: no line is dropped.

mod bracket;
mod foot;
mod footnote;
mod furniture;
mod head;
mod mark;
mod number;

pub use head::{Piece, column_of_cell, column_of_head, heads, pieces, width};
pub use mark::Mark;

use super::lexicon::Lexicon;
use super::line::Lines;
use super::text::{self, Blanks};
use crate::base::span::Span;
use crate::model::excerpt::{Excerpt, FootnoteMark};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineRole {
    /// Text of the document.
    Body,
    /// A line with nothing but a footnote mark that belongs to the line above.
    MarkOnly,
    /// Page furniture.
    Furniture,
    /// A head of the table.
    TableHead,
    /// Part of the footnote with this index.
    Footnote(usize),
}

/// A footnote as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Its letter, number or sign, lower case.
    pub label: String,
    /// The label in the source.
    pub label_span: Span,
    /// The parts of its text.
    pub text: Vec<Span>,
    /// Whether label and mark stand in brackets, as text taken out of a document has them.
    pub bracketed: bool,
}

/// The lines of a source, told apart.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// All lines.
    pub lines: Lines<'a>,
    /// The role of each line.
    pub roles: Vec<LineRole>,
    /// The footnotes printed.
    pub footnotes: Vec<Definition>,
    /// The marks that refer to footnotes, in source order.
    pub marks: Vec<Mark>,
}

impl<'a> Page<'a> {
    /// Tells the lines of `text` apart.
    #[must_use]
    pub fn new(text: &'a str, lexicon: &Lexicon) -> Self {
        let lines = Lines::new(text);
        let mut roles = furniture::roles(&lines, &lexicon.layout);
        let mut footnotes = footnote::find(&lines, &mut roles, lexicon);
        furniture::mark_page_numbers_below_notes(&lines, &mut roles, &lexicon.layout);
        let mut marks = mark::find(&lines, &mut roles, &footnotes, &lexicon.notes);
        mark::tie(&mut marks, &mut footnotes);
        Self { lines, roles, footnotes, marks }
    }

    /// Whether the line at `index` is text of the document.
    #[must_use]
    pub fn is_body(&self, index: usize) -> bool {
        self.roles.get(index) == Some(&LineRole::Body)
    }

    /// The next body line at or after `index`.
    #[must_use]
    pub fn next_body(&self, index: usize) -> Option<usize> {
        (index..self.lines.lines.len()).find(|index| self.is_body(*index))
    }

    /// Whether a page break lies between the body line at `index` and the body line above it:
    /// furniture, a footnote, or a line that begins a page.
    #[must_use]
    pub fn breaks_before(&self, index: usize) -> bool {
        if index > 0 && self.is_bracketed_note(index - 1) {
            return self.breaks_behind_notes(index);
        }
        let interrupted = index > 0
            && matches!(
                self.roles.get(index - 1),
                Some(LineRole::Furniture | LineRole::TableHead | LineRole::Footnote(_))
            );
        let below_mark = index > 0 && self.roles.get(index - 1) == Some(&LineRole::MarkOnly);
        interrupted || (self.lines.begins_page(index) && !below_mark)
    }

    /// The same below footnotes that stand behind the block that refers to them, wherever its page ends.
    fn breaks_behind_notes(&self, index: usize) -> bool {
        let notes = (0..index).rev().take_while(|above| self.is_bracketed_note(*above)).count();
        let broken = (index - notes..=index).any(|line| self.lines.begins_page(line));
        let above = (index - notes).checked_sub(1).and_then(|above| self.roles.get(above));
        broken || matches!(above, Some(LineRole::Furniture | LineRole::TableHead))
    }

    fn is_bracketed_note(&self, index: usize) -> bool {
        let Some(LineRole::Footnote(number)) = self.roles.get(index) else { return false };
        self.footnotes.get(*number).is_some_and(|footnote| footnote.bracketed)
    }

    /// The text at `spans`, footnote marks taken out and kept beside it.
    #[must_use]
    pub fn excerpt(&self, spans: &[Span], blanks: Blanks) -> Excerpt {
        let mut excerpt = Excerpt::default();
        for span in spans {
            self.append(&mut excerpt, *span, blanks);
        }
        excerpt
    }

    /// Appends the text at `span` to `excerpt`, as [`Page::excerpt`] does.
    pub fn append(&self, excerpt: &mut Excerpt, span: Span, blanks: Blanks) {
        // A number alone on its line has no text beside it; the mark below belongs to the number then.
        if span.is_empty() {
            return;
        }
        let mut start = span.start;
        let first = self.marks.partition_point(|mark| mark.span.start < span.start);
        let mut end = span.end;
        for mark in self.marks.iter().skip(first) {
            if mark.span.end > end && !self.is_raised(end, mark) {
                break;
            }
            end = end.max(mark.span.end);
            text::append(excerpt, self.lines.text, Span::new(start, mark.span.start.min(span.end)), blanks);
            let at = excerpt.text.len();
            excerpt.marks.push(FootnoteMark { at, label: mark.label.clone(), source: mark.span });
            start = mark.span.end;
        }
        if start < span.end {
            text::append(excerpt, self.lines.text, Span::new(start, span.end), blanks);
        }
    }

    /// Whether `mark` stands on a line of its own right below `end`.
    fn is_raised(&self, end: usize, mark: &Mark) -> bool {
        let index = self.lines.lines.partition_point(|line| line.span.start < mark.span.start);
        let begins_line = self.lines.get(index).is_some_and(|line| line.span.start == mark.span.start);
        let own_line = begins_line && self.roles.get(index) == Some(&LineRole::MarkOnly);
        own_line && self.lines.text.get(end..mark.span.start).is_some_and(|between| between.chars().all(text::is_blank))
    }

    /// The text at `span`, marks left in it.
    #[must_use]
    pub fn plain(&self, span: Span, blanks: Blanks) -> Excerpt {
        text::clean(self.lines.text, &[span], blanks)
    }

    /// The text at `span` with its white space as it is and its marks blanked out, so that offsets hold.
    #[must_use]
    pub fn raw(&self, span: Span) -> String {
        let mut raw = String::with_capacity(span.len());
        let mut at = span.start;
        let first = self.marks.partition_point(|mark| mark.span.start < span.start);
        let marks = self.marks.iter().skip(first).take_while(|mark| mark.span.start < span.end);
        for mark in marks.filter(|mark| mark.span.end <= span.end) {
            let Span { start, end } = mark.span;
            raw.push_str(&self.lines.text[at..start.max(at)]);
            raw.extend(std::iter::repeat_n(' ', end.saturating_sub(start.max(at))));
            at = at.max(end);
        }
        raw + &self.lines.text[at..span.end]
    }
}
