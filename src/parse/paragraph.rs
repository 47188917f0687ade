//! Numbered paragraphs (layout 5), and below them government replies (layout 4).
//!
//! Numbers go up by one from 1, in each reply anew; that tells a number from a line that happens to
//! begin with one. A paragraph goes on over page breaks and over footnotes printed inside it.

use super::Lexicon;
use super::inline;
use super::item::{Item, NumberedParagraph, ReplyStart};
use super::label::{self, Outline, Shape};
use super::page::Page;
use super::reply;
use super::text::{Blanks, is_blank};
use crate::base::span::Span;
use crate::model::excerpt::Excerpt;

/// More characters than this are no heading.
const LONGEST_HEADING: usize = 60;
/// How many numbers may be missing between two paragraphs.
const LARGEST_JUMP: u32 = 3;

/// A footnote's number has no more digits.
const MARK_DIGITS: usize = 2;

/// A line of the text as the grammar sees it.
#[derive(Debug, Clone, Copy)]
struct Place {
    span: Span,
    /// Set off from the line above, or at the beginning of a page.
    set_off: bool,
}

/// A paragraph while its pieces are collected.
#[derive(Debug)]
struct Open {
    number: String,
    printed: Vec<Span>,
    text: Excerpt,
}

/// The number with which a paragraph starts, and the rest of the line.
#[derive(Debug, Clone, Copy)]
struct Start {
    number: u32,
    shape: Shape,
    label: Span,
    text: Span,
}

struct Reader<'a> {
    page: &'a Page<'a>,
    lexicon: &'a Lexicon,
    blanks: Blanks,
    places: Vec<Place>,
    items: Vec<Item>,
    open: Option<Open>,
    /// The number of the last paragraph of the document or reply.
    last: u32,
    /// What follows the numbers of the document or reply.
    shape: Option<Shape>,
    /// The subparagraphs of the last paragraph.
    outline: Outline,
    /// Whether each line is a paragraph.
    whole: bool,
    /// Whether the lines that close a resolution have begun.
    closing: bool,
    /// The document's own headings.
    headings: Vec<String>,
    /// The headings inside the reply at hand; none outside replies.
    reply: Option<Vec<String>>,
}

/// Reads the body lines from `first` on as numbered paragraphs, headings and replies.
#[must_use]
pub fn read(page: &Page<'_>, first: usize, blanks: Blanks, lexicon: &Lexicon) -> Vec<Item> {
    let mut reader = Reader {
        page,
        lexicon,
        blanks,
        places: places(page, first, lexicon),
        items: Vec::new(),
        open: None,
        last: 0,
        shape: None,
        outline: Outline::default(),
        whole: lines_are_paragraphs(page),
        closing: false,
        headings: Vec::new(),
        reply: None,
    };
    let mut index = 0;
    while index < reader.places.len() {
        index = reader.line(index);
    }
    reader.close();
    reader.items
}

/// The lines, long ones cut where a paragraph, a letter, a heading or a reply may begin inside them.
fn places(page: &Page<'_>, first: usize, lexicon: &Lexicon) -> Vec<Place> {
    let mut places = Vec::new();
    for index in (first..page.lines.lines.len()).filter(|index| page.is_body(*index)) {
        let Some(line) = page.lines.get(index) else { continue };
        let set_off = page.lines.after_gap(index) || page.breaks_before(index) || index == first;
        let mut start = line.span.start;
        for cut in inline::cuts(page.lines.text_of(line), lexicon) {
            let end = line.span.start + cut;
            places.push(Place { span: Span::new(start, end), set_off });
            start = end;
        }
        places.push(Place { span: Span::new(start, line.span.end), set_off: set_off && start == line.span.start });
    }
    places
}

/// Whether each line is a paragraph, as in text taken out of a document: no two lines stand together but rows.
#[must_use]
pub fn lines_are_paragraphs(page: &Page<'_>) -> bool {
    let body: Vec<usize> = (0..page.lines.lines.len()).filter(|index| page.is_body(*index)).collect();
    let is_row = |index: usize| {
        let line = page.lines.get(index).and_then(|line| page.lines.text.get(line.full.start..line.full.end));
        line.is_some_and(|line| line.contains('\t'))
    };
    let is_apart = |index: &usize| {
        let gap = page.lines.get(*index).is_some_and(|line| line.gap > 0);
        gap || page.breaks_before(*index) || is_row(*index)
    };
    page.lines.pitch == 0 && body.len() > 2 && body.iter().skip(1).all(is_apart)
}

/// `text` without blanks.
pub fn strip_blanks(text: &str) -> String {
    text.chars().filter(|character| !is_blank(*character)).collect()
}

/// The length of the numeral of a heading with its full stop at the start of `text`: 一. 导言.
#[must_use]
pub fn heading_numeral(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let numerals = lexicon.layout.heading_numerals.iter().filter_map(|numeral| {
        let rest = text.strip_prefix(numeral.as_str())?.trim_start_matches(is_blank);
        let stop = rest.chars().next().filter(|stop| matches!(stop, '.' | '．' | '、'))?;
        let title = rest.get(stop.len_utf8()..)?;
        has_letters(title.get(..title.floor_char_boundary(60))?).then_some(text.len() - title.len())
    });
    numerals.max()
}

/// Whether `page` has paragraphs 1 and 2.
#[must_use]
pub fn has_numbers(page: &Page<'_>, lexicon: &Lexicon) -> bool {
    let places = places(page, 0, lexicon);
    let shapes = |number: u32| {
        let starts = places.iter().filter_map(move |place| {
            let text = &page.lines.text[place.span.start..place.span.end];
            label::number(text, number).or_else(|| label::number_at_end(text, number)).map(|(shape, _)| shape)
        });
        starts.collect::<Vec<Shape>>()
    };
    let second = shapes(2);
    shapes(1).iter().any(|shape| second.contains(shape))
}

impl<'a> Reader<'a> {
    fn text_at(&self, index: usize) -> &'a str {
        let span = self.places.get(index).map_or(Span::default(), |place| place.span);
        self.page.lines.text[span.start..span.end].trim_end()
    }

    /// Reads the line at `index` and returns the line to go on with.
    fn line(&mut self, index: usize) -> usize {
        let Some(place) = self.places.get(index).copied() else { return index + 1 };
        let text = self.text_at(index);
        if let Some(lines) = self.reply_start(index) {
            return self.open_reply(index, lines);
        }
        if self.closes(text, place) {
            self.close();
            self.closing = true;
            self.items.push(Item::ClosingLine(self.page.excerpt(&[place.span], self.blanks)));
            return index + 1;
        }
        if let Some(Start { number, shape, label, text }) = self.paragraph_start(text, place) {
            (self.last, self.shape) = (number, Some(shape));
            (self.outline, self.closing) = (Outline::default(), false);
            self.open_paragraph(number.to_string(), label, text);
        } else if let Some(len) = self.letter_start(text) {
            let (label, text) = split(place.span, len);
            self.open_paragraph(format!("{}{}", self.last, self.outline.number()), label, text);
        } else if let Some(depth) = self.heading(index) {
            self.push_heading(depth, place.span);
        } else {
            self.go_on(text, place);
        }
        index + 1
    }

    /// Whether a line closes a resolution: its meeting, and below that its date.
    fn closes(&self, text: &str, place: Place) -> bool {
        let mastheads = &self.lexicon.mastheads;
        let begins = || self.last > 0 && (place.set_off || self.is_complete()) && mastheads.is_meeting(text);
        begins() || (self.closing && self.open.is_none() && mastheads.day(text).is_some_and(|(_, whole)| whole))
    }

    /// A number that follows the last, in the same shape.
    fn paragraph_start(&self, text: &str, place: Place) -> Option<Start> {
        let start = |number: u32| {
            let at_start = || {
                let (shape, len) = label::number(text, number)?;
                let (label, text) = split(place.span, len);
                Some(Start { number, shape, label, text })
            };
            let at_end = || {
                let (shape, start) = label::number_at_end(text, number)?;
                let (text, label) = split(place.span, start);
                Some(Start { number, shape, label, text })
            };
            let is_same = |start: &Start| self.last == 0 || self.shape.is_none_or(|known| known == start.shape);
            at_start().or_else(at_end).filter(is_same)
        };
        let jump = || (self.last + 2..=self.last + LARGEST_JUMP).find_map(start);
        start(self.last + 1)
            .filter(|_| self.is_complete() || place.set_off || self.ends_with_mark() || self.ends_with_comma())
            .or_else(|| jump().filter(|_| self.last > 0 && self.is_complete()))
    }

    /// The length of the label of the next subparagraph, which is taken note of.
    fn letter_start(&mut self, text: &str) -> Option<usize> {
        let label = label::letter(text)?;
        (self.last > 0 && (self.whole || self.is_complete()) && self.outline.take(label.printed)).then_some(label.len)
    }

    /// Whether the text above ends with a footnote's number behind a sentence: `week;6`.
    fn ends_with_mark(&self) -> bool {
        let Some(open) = &self.open else { return false };
        let text = open.text.text.trim_end();
        let before = text.trim_end_matches(|character: char| character.is_ascii_digit());
        let digits = text.len() - before.len();
        (1..=MARK_DIGITS).contains(&digits)
            && (self.lexicon.layout.ends_sentence(before) || before.ends_with([';', '；', '؛']))
    }

    /// Whether the text above ends with a word and a comma, behind which no number of the text stands alone.
    fn ends_with_comma(&self) -> bool {
        let text = self.open.as_ref().map_or("", |open| open.text.text.trim_end());
        text.strip_suffix([',', '،']).is_some_and(|text| text.ends_with(char::is_alphabetic))
    }

    /// Whether the text above ends a sentence or a lead-in.
    fn is_complete(&self) -> bool {
        let Some(open) = &self.open else { return true };
        let text = open.text.text.trim_end();
        self.lexicon.layout.ends_sentence(text) || text.ends_with(['：', ':', ';', '؛', '؟', '。', '；'])
    }

    /// The depth of a heading: 1 with a numeral, 2 without.
    fn heading(&self, index: usize) -> Option<u8> {
        let text = self.text_at(index);
        let place = self.places.get(index)?;
        let short = text.chars().count() <= LONGEST_HEADING && !self.lexicon.layout.ends_sentence(text);
        let complete = self.is_complete() && !text.ends_with(['，', '、', ',', '：', ':']);
        if !(short && complete) {
            return None;
        }
        if heading_numeral(text, self.lexicon).is_some() {
            return Some(1);
        }
        let begins =
            self.paragraph_start_after(index + 1) || heading_numeral(self.text_at(index + 1), self.lexicon).is_some();
        (place.set_off && begins && has_letters(text)).then_some(2)
    }

    fn paragraph_start_after(&self, index: usize) -> bool {
        let text = self.text_at(index);
        label::number(text, self.last + 1).is_some() || label::number(text, 1).is_some()
    }

    fn push_heading(&mut self, depth: u8, span: Span) {
        self.close();
        let text = self.page.excerpt(&[span], self.blanks);
        let (headings, base) = match &mut self.reply {
            Some(headings) => (headings, 2),
            None => (&mut self.headings, 0),
        };
        headings.truncate(usize::from(depth) - 1);
        headings.push(text.text.clone());
        self.items.push(Item::Heading { depth: depth + base, text });
    }

    /// The number of lines that the head of a reply takes, if one begins here.
    fn reply_start(&self, index: usize) -> Option<usize> {
        let name = self.text_at(index);
        let named = name.chars().count() <= LONGEST_HEADING && !name.starts_with(['[', '［']);
        let brackets =
            (index + 1..self.places.len()).take_while(|next| self.text_at(*next).starts_with(['[', '［'])).count();
        let original =
            (index + 1..=index + brackets).any(|line| reply::language(self.text_at(line), self.lexicon).is_some());
        let dated = || {
            brackets == 1
                && reply::date(self.text_at(index + 1), self.lexicon).is_some()
                && self.lexicon.whole_state(name).is_some()
        };
        (named && self.is_complete() && (original || dated())).then_some(1 + brackets)
    }

    fn open_reply(&mut self, index: usize, count: usize) -> usize {
        self.close();
        let spans: Vec<Span> = self.places.iter().skip(index).take(count).map(|place| place.span).collect();
        let excerpt = |span: &Span| self.page.excerpt(&[*span], self.blanks);
        let name = excerpt(&spans[0]);
        let lines: Vec<Excerpt> = spans[1..].iter().map(excerpt).collect();
        self.items.push(Item::Reply(ReplyStart {
            state: self.lexicon.whole_state(&name.text),
            original_language: lines.iter().find_map(|line| reply::language(&line.text, self.lexicon)),
            date: lines.iter().find_map(|line| reply::date(&line.text, self.lexicon)),
            name,
            lines,
        }));
        self.reply = Some(Vec::new());
        (self.last, self.shape, self.outline) = (0, None, Outline::default());
        index + count
    }

    fn open_paragraph(&mut self, number: String, label: Span, text: Span) {
        self.close();
        let mut excerpt = Excerpt::default();
        self.page.append(&mut excerpt, text, self.blanks);
        self.open = Some(Open { number, printed: vec![label], text: excerpt });
    }

    /// A line that begins nothing: it goes on with the paragraph, as a bullet or as text.
    fn go_on(&mut self, text: &str, place: Place) {
        let unnumbered = self.open.as_ref().is_none_or(|open| open.number.is_empty());
        let of_its_own = self.whole && self.last > 0 && bullet(text).is_none() && self.ends_paragraph();
        if of_its_own || (unnumbered && place.set_off && self.is_complete() && self.reply.is_some()) {
            let (label, text) = split(place.span, 0);
            self.open_paragraph(String::new(), label, text);
            return;
        }
        let bullet = bullet(text).filter(|_| self.is_complete());
        let Some(open) = &mut self.open else {
            let text = self.page.excerpt(&[place.span], self.blanks);
            self.items.push(Item::FrontLine(text));
            return;
        };
        let mut start = place.span.start;
        if let Some(len) = bullet {
            open.text.push_inserted("\n");
            open.text.push("-", Span::new(start, start + len));
            open.text.push_inserted(" ");
            start += len;
        }
        self.page.append(&mut open.text, Span::new(start, place.span.end), self.blanks);
    }

    /// Whether the text above ends as a paragraph does where each is a line: with any mark.
    fn ends_paragraph(&self) -> bool {
        let text = self.open.as_ref().map_or("", |open| open.text.text.as_str());
        text.trim_end().chars().next_back().is_none_or(|last| !last.is_alphanumeric())
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let headings = self.headings.iter().chain(self.reply.iter().flatten()).cloned().collect();
        self.items.push(Item::Paragraph(NumberedParagraph {
            number: open.number,
            printed: self.page.excerpt(&open.printed, self.blanks),
            text: open.text,
            headings,
        }));
    }
}

/// The first `len` bytes of `span`, and the others.
fn split(span: Span, len: usize) -> (Span, Span) {
    (Span::new(span.start, span.start + len), Span::new(span.start + len, span.end))
}

/// The length of the bullet at the start of `text`.
pub fn bullet(text: &str) -> Option<usize> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '-' | '–' | '—' | '•' | '●' | '▪' | '·' | '－'))?;
    text.get(mark.len_utf8()..)?.starts_with(is_blank).then_some(mark.len_utf8())
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}
