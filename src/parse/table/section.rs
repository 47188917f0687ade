//! Headings inside an activity table: `1. 双边`, `1(a) 全球`, `2(b ) 区域`.

use crate::model::record::SectionCode;
use crate::parse::text::is_blank;

/// The title of a group of sections has no more characters.
const LONGEST_GROUP: usize = 80;

/// A heading inside a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// A group of sections: its number.
    Group(u32),
    /// A section.
    Section(SectionCode),
}

/// The heading number at the start of `text`, blanks inside it allowed, and its length in bytes.
#[must_use]
pub fn number(text: &str) -> Option<(Head, usize)> {
    let (digits, after) = take_digits(text)?;
    let number: u32 = digits.parse().ok()?;
    let mut rest = Cursor { text, at: after };
    if let Some(letter) = rest.bracketed_letter() {
        rest.eat_any(&['.', '．', '、']);
        return Some((Head::Section(SectionCode(format!("{number}{letter}"))), rest.at));
    }
    rest.eat_any(&['.', '．', '、']).then_some((Head::Group(number), rest.at))
}

/// The heading on a line of its own: short, and no sentence.
#[must_use]
pub fn line(text: &str) -> Option<Head> {
    let (head, len) = number(text)?;
    let title = text.get(len..)?.trim();
    let short = title.chars().filter(|character| !is_blank(*character)).count() <= 40;
    let sentence = title.contains(['。', '，', '；']) || title.ends_with('.');
    let begins = title.chars().next().is_some_and(char::is_alphabetic);
    (short && !sentence && begins).then_some(head)
}

/// The heading in a line that holds a whole paragraph or a row of one cell, as long as it may be.
#[must_use]
pub fn paragraph(text: &str) -> Option<Head> {
    let (head, len) = number(text)?;
    let title = text.get(len..)?.trim();
    let sentences = matches!(head, Head::Group(_)) && title.chars().count() > LONGEST_GROUP;
    let begins = title.chars().next().is_some_and(char::is_alphabetic);
    (begins && !sentences && !title.ends_with(['。', '；', ';', '.'])).then_some(head)
}

/// The number of one or two digits at the start of `text`. It looks at three bytes, as it is asked at every place of a
/// text that may be nothing but digits.
fn take_digits(text: &str) -> Option<(&str, usize)> {
    let len = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&len).then(|| (text.get(..len).unwrap_or(""), len))
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn skip_blanks(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        self.at += rest.len() - rest.trim_start_matches(is_blank).len();
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Takes one of `wanted`, blanks before it allowed; takes nothing otherwise.
    fn eat_any(&mut self, wanted: &[char]) -> bool {
        let before = self.at;
        self.skip_blanks();
        match self.peek().filter(|character| wanted.contains(character)) {
            Some(character) => self.at += character.len_utf8(),
            None => self.at = before,
        }
        self.at != before
    }

    fn bracketed_letter(&mut self) -> Option<char> {
        let before = self.at;
        self.eat_any(&['.', '．']);
        let letter = self.eat_any(&['(', '（']).then(|| self.letter()).flatten();
        let closed = letter.is_some() && self.eat_any(&[')', '）']);
        if !closed {
            self.at = before;
        }
        letter.filter(|_| closed)
    }

    fn letter(&mut self) -> Option<char> {
        self.skip_blanks();
        let letter = self.peek().filter(char::is_ascii_alphabetic)?;
        self.at += letter.len_utf8();
        Some(letter.to_ascii_lowercase())
    }
}
