//! Numbered paragraphs (layout 5), and below them government replies (layout 4).
//!
//! Numbers go up by one from 1, in each reply anew; that tells a number from a line that happens to
//! begin with one. A paragraph goes on over page breaks and over footnotes printed inside it.

use super::Lexicon;
use super::front::paragraph_number;
use super::inline;
use super::item::{Item, NumberedParagraph, ReplyStart};
use super::page::Page;
use super::reply;
use super::text::{Blanks, is_blank};
use crate::base::span::Span;
use crate::model::excerpt::Excerpt;

/// More characters than this are no heading.
const LONGEST_HEADING: usize = 60;
/// How many numbers may be missing between two paragraphs.
const LARGEST_JUMP: u32 = 3;

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

struct Reader<'a> {
    page: &'a Page<'a>,
    lexicon: &'a Lexicon,
    blanks: Blanks,
    places: Vec<Place>,
    items: Vec<Item>,
    open: Option<Open>,
    /// The number of the last paragraph of the document or reply.
    last: u32,
    /// The letter of the last subparagraph.
    letter: Option<char>,
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
        letter: None,
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

/// `text` without blanks.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|character| !is_blank(*character)).collect()
}

/// The letter at the start of a subparagraph, `(a)`, and its length; blanks inside the brackets count.
#[must_use]
pub fn lettered(text: &str) -> Option<(char, usize)> {
    let inside = text.strip_prefix(['(', '（'])?.trim_start_matches(is_blank);
    let letter = inside.chars().next().filter(char::is_ascii_lowercase)?;
    let close = inside.get(1..)?.trim_start_matches(is_blank);
    let rest = close.strip_prefix([')', '）'])?;
    Some((letter, text.len() - rest.len()))
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
    let begins = |number: u32| {
        places.iter().any(|place| {
            let text = page.lines.text.get(place.span.start..place.span.end).unwrap_or("");
            paragraph_number(text, number).is_some()
        })
    };
    begins(1) && begins(2)
}

impl<'a> Reader<'a> {
    fn text_at(&self, index: usize) -> &'a str {
        let span = self.places.get(index).map_or(Span::default(), |place| place.span);
        self.page.lines.text.get(span.start..span.end).unwrap_or("").trim_end()
    }

    /// Reads the line at `index` and returns the line to go on with.
    fn line(&mut self, index: usize) -> usize {
        let Some(place) = self.places.get(index).copied() else { return index + 1 };
        let text = self.text_at(index);
        if let Some(lines) = self.reply_start(index) {
            return self.open_reply(index, lines);
        }
        if let Some((number, len)) = self.paragraph_start(text, place) {
            self.last = number;
            self.letter = None;
            self.open_paragraph(number.to_string(), place.span, len);
        } else if let Some((letter, len)) = self.letter_start(text) {
            self.letter = Some(letter);
            self.open_paragraph(format!("{}({letter})", self.last), place.span, len);
        } else if let Some(depth) = self.heading(index) {
            self.push_heading(depth, place.span);
        } else {
            self.go_on(text, place);
        }
        index + 1
    }

    /// A number that follows the last, with its full stop.
    fn paragraph_start(&self, text: &str, place: Place) -> Option<(u32, usize)> {
        let next = paragraph_number(text, self.last + 1).map(|len| (self.last + 1, len));
        let jump = || {
            let jumps = self.last + 2..=self.last + LARGEST_JUMP;
            jumps.filter_map(|number| Some((number, paragraph_number(text, number)?))).next()
        };
        next.filter(|_| self.is_complete() || place.set_off)
            .or_else(|| jump().filter(|_| self.last > 0 && self.is_complete()))
    }

    fn letter_start(&self, text: &str) -> Option<(char, usize)> {
        let (letter, len) = lettered(text)?;
        let expected = self.letter.map_or('a', |last| char::from_u32(u32::from(last) + 1).unwrap_or('a'));
        (self.last > 0 && letter == expected && self.is_complete()).then_some((letter, len))
    }

    /// Whether the text above ends a sentence or a lead-in.
    fn is_complete(&self) -> bool {
        let Some(open) = &self.open else { return true };
        self.lexicon.layout.ends_sentence(&open.text.text) || open.text.text.ends_with(['：', ':', ';'])
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
        paragraph_number(self.text_at(index), self.last + 1).is_some()
            || paragraph_number(self.text_at(index), 1).is_some()
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
        (named && original && self.is_complete()).then_some(1 + brackets)
    }

    fn open_reply(&mut self, index: usize, count: usize) -> usize {
        self.close();
        let spans: Vec<Span> = self.places.iter().skip(index).take(count).map(|place| place.span).collect();
        let mut excerpts = spans.iter().map(|span| self.page.excerpt(&[*span], self.blanks));
        let name = excerpts.next().unwrap_or_default();
        let lines: Vec<Excerpt> = excerpts.collect();
        self.items.push(Item::Reply(ReplyStart {
            state: self.lexicon.whole_state(&name.text),
            original_language: lines.iter().find_map(|line| reply::language(&line.text, self.lexicon)),
            date: lines.iter().find_map(|line| reply::date(&line.text, self.lexicon)),
            name,
            lines,
        }));
        self.reply = Some(Vec::new());
        (self.last, self.letter) = (0, None);
        index + count
    }

    fn open_paragraph(&mut self, number: String, span: Span, len: usize) {
        self.close();
        let mut text = Excerpt::default();
        self.page.append(&mut text, Span::new(span.start + len, span.end), self.blanks);
        let printed = vec![Span::new(span.start, span.start + len)];
        self.open = Some(Open { number, printed, text });
    }

    /// A line that begins nothing: it goes on with the paragraph, as a bullet or as text.
    fn go_on(&mut self, text: &str, place: Place) {
        let unnumbered = self.open.as_ref().is_none_or(|open| open.number.is_empty());
        if unnumbered && place.set_off && self.is_complete() && self.reply.is_some() {
            self.open_paragraph(String::new(), place.span, 0);
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

/// The length of the bullet at the start of `text`.
pub fn bullet(text: &str) -> Option<usize> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '-' | '–' | '—' | '•' | '●' | '▪' | '·' | '－'))?;
    text.get(mark.len_utf8()..)?.starts_with(is_blank).then_some(mark.len_utf8())
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}
