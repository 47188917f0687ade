//! A text → the words, numbers, symbols, titles and sentence ends that citations are made of.
//!
//! Input: a text and a language's words. Output: tokens in order, without overlap. Invariants: one
//! pass; every reader it calls looks a fixed distance ahead, so that the pass is linear.

use super::body::Body;
use super::look_alike::latin;
use super::number::{Number, Shape, begins_here, read_number, read_plain};
use super::reading::{
    char_at, char_before, fold, is_inside_word, match_any, match_any_back, match_word, peek, skip_blanks,
    skip_blanks_back, skip_silent,
};
use super::symbol::{SymbolRead, read_change, read_record, read_symbol};
use super::title::{read_bracketed_title, read_title};
use crate::parse::lexicon::citation::{CitationWords, Noun, Role};
use std::ops::Range;

/// A piece of a citation, or what separates two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// The name of a body.
    Body(Body),
    /// A noun for a resolution, a decision or something else with such a number.
    Noun(Noun),
    /// A bare number.
    Number(Number),
    /// A full symbol in its canonical spelling.
    Symbol(String),
    /// A title in quotation marks that was introduced as one, and where it stands between them.
    Title(String, Range<usize>),
    /// The end of a sentence or paragraph.
    Stop,
}

/// A piece and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its first byte.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// What it is.
    pub piece: Piece,
}

/// The tokens of a text.
pub(super) fn scan(text: &str, words: &CitationWords) -> Vec<Token> {
    let mut scanner = Scanner { text, words, tokens: Vec::new() };
    let mut position = 0;
    while let Some(byte) = text.as_bytes().get(position) {
        position = match byte {
            b'0'..=b'9' => scanner.scan_digit(position),
            b'A'..=b'Z' | b'a'..=b'z' => scanner.scan_letter(position),
            b'\n' => scanner.scan_newline(position),
            b'.' => scanner.scan_dot(position),
            0..0x80 => position + 1,
            FIRST_HAN..=LAST_HAN => scanner.scan_han(position),
            _ => scanner.scan_wide(position),
        };
    }
    scanner.tokens
}

/// Characters from U+4000 to U+9FFF, nearly all Han, begin with these bytes in UTF-8 and take three. None of them has
/// another form.
const FIRST_HAN: u8 = 0xe4;
const LAST_HAN: u8 = 0xe9;

/// The pass and what it has found so far.
struct Scanner<'text> {
    text: &'text str,
    words: &'text CitationWords,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn push(&mut self, start: usize, end: usize, piece: Piece) -> usize {
        self.tokens.push(Token { start, end, piece });
        end
    }

    fn scan_digit(&mut self, position: usize) -> usize {
        match read_number(self.text, position, self.words) {
            Some((number, end)) if !self.is_heading(position, end) => self.push_number(position, end, number),
            _ => self.scan_plain(position),
        }
    }

    fn push_number(&mut self, start: usize, end: usize, number: Number) -> usize {
        let end = self.push(start, end, Piece::Number(number));
        match read_bracketed_title(self.text, end, self.words) {
            Some(read) => self.push(end, read.end, Piece::Title(read.title, read.inside)),
            None => end,
        }
    }

    /// A number alone counts only where a citation has begun: after 第, a noun, or in a list.
    fn scan_plain(&mut self, position: usize) -> usize {
        let next = skip_digits(self.text, position);
        match read_plain(self.text, position) {
            Some((number, end)) if self.may_be_plain(position) && self.is_closed(end) => {
                self.push(position, end, Piece::Number(number))
            }
            _ => next,
        }
    }

    fn may_be_plain(&self, position: usize) -> bool {
        let before = skip_blanks_back(self.text, position);
        if match_any_back(self.text, before, &self.words.ordinal_marks).is_some() {
            return true;
        }
        let Some(last) = self.tokens.last() else { return false };
        let follows = |words: &[String]| {
            let start = match_any_back(self.text, before, words);
            start.map(|start| skip_blanks_back(self.text, start)) == Some(last.end)
        };
        match &last.piece {
            Piece::Noun(Noun::Resolution) => last.end == before || follows(&self.words.number_marks),
            // 62/30 and 2 others: only a number of the same kind carries a list of such on.
            Piece::Number(Number { shape: Shape::Plain(number) | Shape::Year(number, _), .. }) => {
                follows(&self.words.joiners) && !self.is_count(position, *number)
            }
            _ => false,
        }
    }

    /// Whether the number at `position` counts what is not named, as in 1540 and 2 others: behind one of three digits or more
    /// it has fewer.
    fn is_count(&self, position: usize, last: u32) -> bool {
        last >= 100 && skip_digits(self.text, position) < position + 3
    }

    /// Where numbers are closed by a mark, 第8段 and 和2009年 are told from 第1540号 by it.
    fn is_closed(&self, end: usize) -> bool {
        let next = skip_blanks(self.text, end);
        let marks = &self.words.closing_marks;
        marks.is_empty()
            || match_any(self.text, next, marks).or_else(|| match_any(self.text, next, &self.words.joiners)).is_some()
    }

    /// `75/240. Developments in the field…`: a resolution's own heading, not a citation of it.
    fn is_heading(&self, position: usize, end: usize) -> bool {
        let before = skip_line_blanks_back(self.text, position);
        let begins_line = char_before(self.text, before).is_none_or(|(character, _)| character == '\n');
        let is_dotted = self
            .text
            .get(end..)
            .is_some_and(|rest| rest.starts_with(". ") || rest.starts_with('．') || rest.starts_with(".\u{3000}"));
        begins_line && is_dotted && !self.continues_list(before)
    }

    /// Whether the line before a wrapped number ends with the noun or joiner that leads to it.
    fn continues_list(&self, position: usize) -> bool {
        let before = skip_blanks_back(self.text, position);
        let follows_noun =
            self.tokens.last().is_some_and(|last| last.end == before && last.piece == Piece::Noun(Noun::Resolution));
        let joiners: Vec<String> = self.words.joiners.iter().filter(|joiner| joiner.len() > 2).cloned().collect();
        follows_noun && self.words.closing_marks.is_empty() || match_any_back(self.text, before, &joiners).is_some()
    }

    fn scan_letter(&mut self, position: usize) -> usize {
        let end = skip_word(self.text, position);
        let is_in_word = char_before(self.text, position).is_some_and(|(before, _)| is_latin_beyond_ascii(before));
        if is_in_word || !begins_here(self.text, position) {
            return end;
        }
        let is_capital = self.text.as_bytes().get(position).is_some_and(u8::is_ascii_uppercase);
        let found = if is_capital { self.scan_capital(position) } else { None };
        found.or_else(|| self.scan_word(position)).unwrap_or(end)
    }

    /// A symbol, or the number of a special session.
    fn scan_capital(&mut self, position: usize) -> Option<usize> {
        // A special session's number looks like a symbol of two segments, so it is tried first.
        if let Some((number, end)) = read_number(self.text, position, self.words) {
            return Some(self.push_number(position, end, number));
        }
        let read = read_symbol(self.text, position, self.words)?;
        Some(self.push_symbol(position, read.end, read.symbol))
    }

    /// A symbol, and what is named after it without the symbol: changes of its document, further records of meetings.
    fn push_symbol(&mut self, start: usize, end: usize, symbol: String) -> usize {
        let mut end = self.push(start, end, Piece::Symbol(symbol.clone()));
        let mut document = symbol;
        let joined = |end: usize, document: &str| {
            read_joined_change(self.text, end, document, self.words)
                .or_else(|| read_joined_record(self.text, end, document, self.words))
        };
        while let Some((start, read)) = joined(end, &document) {
            document.clone_from(&read.symbol);
            end = self.push(start, read.end, Piece::Symbol(read.symbol));
        }
        end
    }

    /// A noun, a body's name or the introduction of a title.
    fn scan_word(&mut self, position: usize) -> Option<usize> {
        let first = self.text.get(position..)?.chars().next()?;
        let candidates = self.words.table.beginning(fold(first));
        if candidates.is_empty() || (!first.is_ascii() && is_inside_word(self.text, position)) {
            return None;
        }
        let next = position + first.len_utf8();
        let (behind, beyond) = (peek(self.text, next), peek(self.text, skip_blanks(self.text, next)));
        let silent = peek(self.text, skip_silent(self.text, next));
        let may_follow = |second: char| [behind, beyond, silent].contains(&second);
        let (end, role) = candidates
            .iter()
            .filter(|candidate| candidate.second.is_none_or(may_follow))
            .filter_map(|candidate| Some((match_word(self.text, position, &candidate.word)?, candidate.role)))
            .max_by_key(|(end, _)| *end)?;
        match role {
            Role::Noun(noun) => Some(self.push(position, end, Piece::Noun(noun))),
            Role::Body(body) => Some(self.push_body(position, end, body)),
            Role::Stop => Some(self.push(position, end, Piece::Stop)),
            Role::TitleOpener => {
                let read = read_title(self.text, end, self.words)?;
                Some(self.push(position, read.end, Piece::Title(read.title, read.inside)))
            }
        }
    }

    /// UNSCR is a body and the noun in one word.
    fn push_body(&mut self, start: usize, end: usize, body: Body) -> usize {
        let end = self.push(start, end, Piece::Body(body));
        match match_any(self.text, start, &self.words.resolutions) {
            Some(noun_end) if noun_end == end => self.push(end, end, Piece::Noun(Noun::Resolution)),
            _ => end,
        }
    }

    /// Most characters of a text begin nothing.
    fn scan_han(&mut self, position: usize) -> usize {
        let Some(character) = self.text.get(position..).and_then(|rest| rest.chars().next()) else {
            return position + 1;
        };
        if self.words.table.may_begin(character) { self.scan_wide(position) } else { position + character.len_utf8() }
    }

    fn scan_wide(&mut self, position: usize) -> usize {
        let Some((character, next)) = char_at(self.text, position) else { return position + 1 };
        if matches!(character, '\u{400}'..='\u{4ff}')
            && latin(character) != character
            && !is_inside_word(self.text, position)
        {
            // A symbol whose first capital is typed in Cyrillic: А/76/440.
            if let Some(end) = self.scan_capital(position) {
                return end;
            }
        }
        if !character.is_ascii() && !self.words.table.may_begin(character) {
            return next;
        }
        let is_digit = character.is_ascii_digit()
            || self.words.numerals.contains(character)
            || self.words.session_marks.iter().any(|(mark, _)| mark.starts_with(character));
        let number = if is_digit { read_number(self.text, position, self.words) } else { None };
        if let Some((number, end)) = number {
            return self.push_number(position, end, number);
        }
        if character.is_ascii_uppercase() {
            return self.scan_capital(position).unwrap_or(next);
        }
        self.scan_word(position).unwrap_or(next)
    }

    /// A newline ends a sentence after a strong mark and before a footnote. After a comma or a word
    /// it may be a hard wrap, as in the text extracted from NPT/CONF.2010/PC.I/WP.78.
    fn scan_newline(&mut self, position: usize) -> usize {
        let before = char_before(self.text, skip_line_blanks_back(self.text, position));
        // Commas and semicolons of Arabic are folded.
        let ends = before.is_none_or(|(character, _)| "。；：;:.-".contains(character));
        let is_footnote = self.text.get(position + 1..).is_some_and(|rest| rest.starts_with("[^"));
        if ends || is_footnote { self.push(position, position + 1, Piece::Stop) } else { position + 1 }
    }

    /// A full stop ends a sentence after a long word, a digit or a bracket and before a capital.
    fn scan_dot(&mut self, position: usize) -> usize {
        let before = self.text.get(..position).unwrap_or("").chars().rev().take(6);
        let letters = before.take_while(|last| is_small_letter(*last)).count();
        let is_long = letters > 4
            || char_before(self.text, position)
                .is_some_and(|(last, _)| ")]”’»".contains(last) || last.is_ascii_digit());
        let after = skip_blanks(self.text, position + 1);
        let opens = char_at(self.text, after)
            .is_some_and(|(next, _)| next.is_uppercase() || "[“«".contains(next) || is_arabic_letter(next));
        if is_long && opens && after > position + 1 {
            self.push(position, position + 1, Piece::Stop)
        } else {
            position + 1
        }
    }
}

/// A letter inside a word or at its end, in a script with blanks between words.
fn is_small_letter(character: char) -> bool {
    character.is_lowercase() || is_arabic_letter(character)
}

fn is_arabic_letter(character: char) -> bool {
    matches!(character, '\u{620}'..='\u{64a}')
}

/// é, ñ, ş and the like, which go on a word.
fn is_latin_beyond_ascii(character: char) -> bool {
    matches!(character, '\u{c0}'..='\u{24f}') && character.is_alphabetic()
}

/// `和Corr.2` after a document: the change and where it begins.
fn read_joined_change(text: &str, end: usize, document: &str, words: &CitationWords) -> Option<(usize, SymbolRead)> {
    let joined = match_any(text, skip_blanks(text, end), &words.joiners)?;
    let start = skip_blanks(text, joined);
    Some((start, read_change(text, start, document)?))
}

/// `, 47 and 50` after A/C.3/57/SR.39: the record of another meeting and where its number begins.
fn read_joined_record(text: &str, end: usize, document: &str, words: &CitationWords) -> Option<(usize, SymbolRead)> {
    let start = skip_blanks(text, match_any(text, skip_blanks(text, end), &words.joiners)?);
    // `, and 50`
    let start = match_any(text, start, &words.joiners).map_or(start, |joined| skip_blanks(text, joined));
    Some((start, read_record(text, start, document, words)?))
}

/// The end of a run of digits.
fn skip_digits(text: &str, position: usize) -> usize {
    let mut end = position;
    while let Some((_, next)) = char_at(text, end).filter(|(character, _)| character.is_ascii_digit()) {
        end = next;
    }
    end.max(position + 1)
}

/// The end of a run of ASCII letters and digits.
fn skip_word(text: &str, position: usize) -> usize {
    let rest = text.as_bytes().get(position..).unwrap_or(&[]);
    position + rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count().max(1)
}

/// The end of the last character of a line that is no blank.
fn skip_line_blanks_back(text: &str, position: usize) -> usize {
    let mut start = position;
    while let Some((' ' | '\t' | '\r', before)) = char_before(text, start) {
        start = before;
    }
    start
}
