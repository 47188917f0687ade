//! Headings inside an activity table: `1. 双边`, `1(a) 全球`, `2(b ) 区域`, `1 a) Activités`, `1 (أ) الأنشطة`.

use crate::base::language::is_unspaced;
use crate::model::record::SectionCode;
use crate::parse::label::in_latin;
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
    let is_number = rest.eat_any(&['.', '．', '、']) || rest.eat_arabic_dash();
    is_number.then_some((Head::Group(number), rest.at))
}

/// The number of a group of sections in Arabic, which a dash parts from its title: `1 - الأنشطة`, out of a PDF `- 1 الأنشطة`.
fn turned_number(text: &str) -> Option<(Head, usize)> {
    let rest = text.strip_prefix(DASHES)?.trim_start_matches(is_blank);
    let (digits, after) = take_digits(rest)?;
    let title = rest.get(after..)?;
    let number = digits.parse().ok()?;
    let is_title = title.starts_with(is_blank) && is_arabic(title.trim_start_matches(is_blank));
    is_title.then_some((Head::Group(number), text.len() - title.len()))
}

/// What parts the number of an Arabic heading from its title.
const DASHES: [char; 3] = ['-', '–', '—'];

fn is_arabic(text: &str) -> bool {
    text.starts_with(|first: char| matches!(first, '\u{620}'..='\u{64a}'))
}

/// A heading of more characters is a sentence; one of Han characters says as much in fewer.
const LONGEST_LINE: usize = 100;
const LONGEST_UNSPACED_LINE: usize = 40;

/// The heading on a line of its own: short, and no sentence.
#[must_use]
pub fn line(text: &str) -> Option<Head> {
    let (head, len) = number(text).or_else(|| turned_number(text))?;
    let title = text.get(len..)?.trim_matches(is_blank);
    let longest = if title.contains(is_unspaced) || matches!(head, Head::Group(_)) {
        LONGEST_UNSPACED_LINE
    } else {
        LONGEST_LINE
    };
    let short = title.chars().filter(|character| !is_blank(*character)).count() <= longest;
    let sentence = title.contains(['。', '，', '；']) || title.ends_with('.');
    let begins = title.chars().next().is_some_and(char::is_alphabetic);
    (short && !sentence && begins).then_some(head)
}

/// A section under a capital letter or a roman numeral, on a line of its own: `A. Bilateral activities`, `II. …`. Its code
/// is the letter, as identifiers spell it, or the number.
#[must_use]
pub fn lettered(text: &str) -> Option<Head> {
    let (label, title) = text.split_once(['.', '．', ')'])?;
    let is_parted = title.starts_with(is_blank);
    let title = title.trim_matches(is_blank);
    let is_title = title.chars().next().is_some_and(char::is_alphabetic)
        && title.chars().count() <= LONGEST_LINE
        && !title.ends_with(['.', ';', '。', '；']);
    let code = roman(label).map(|number| number.to_string()).or_else(|| capital(label))?;
    (is_parted && is_title).then_some(Head::Section(SectionCode(code)))
}

/// The numerals of sections; a lone C or D is a letter.
const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

fn roman(label: &str) -> Option<usize> {
    ROMAN.iter().position(|numeral| *numeral == label).map(|at| at + 1)
}

fn capital(label: &str) -> Option<String> {
    let mut letters = label.chars();
    let letter = letters.next().filter(|letter| letter.is_uppercase())?;
    letters.next().is_none().then(|| in_latin(&letter.to_lowercase().to_string()))
}

/// The heading in a line that holds a whole paragraph or a row of one cell, as long as it may be.
#[must_use]
pub fn paragraph(text: &str) -> Option<Head> {
    let (head, len) = number(text).or_else(|| turned_number(text))?;
    let title = text.get(len..)?.trim_matches(is_blank);
    let sentences = matches!(head, Head::Group(_)) && title.chars().count() > LONGEST_GROUP;
    let begins = title.chars().next().is_some_and(char::is_alphabetic);
    (begins && !sentences && !title.ends_with(['。', '；', ';', '.'])).then_some(head)
}

/// The number of one or two digits at the start of `text`. It looks at three bytes, as it is asked at every place of a
/// text that may be nothing but digits.
fn take_digits(text: &str) -> Option<(&str, usize)> {
    let len = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&len).then(|| (&text[..len], len))
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn skip_blanks(&mut self) {
        let rest = &self.text[self.at..];
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

    /// A letter in brackets, or behind a blank with the closing one alone: `(a)`, ` a)`.
    fn bracketed_letter(&mut self) -> Option<String> {
        let before = self.at;
        self.eat_any(&['.', '．']);
        let is_parted = self.peek().is_some_and(is_blank);
        let letter = (self.eat_any(&['(', '（']) || is_parted).then(|| self.letter()).flatten();
        let closed = letter.is_some() && self.eat_any(&[')', '）']);
        if !closed {
            self.at = before;
        }
        letter.filter(|_| closed)
    }

    /// A letter of any alphabet, in that of identifiers.
    fn letter(&mut self) -> Option<String> {
        self.skip_blanks();
        let letter = self.peek().filter(|letter| letter.is_alphabetic() && !is_unspaced(*letter))?;
        self.at += letter.len_utf8();
        while self.peek() == Some('ـ') {
            self.at += 'ـ'.len_utf8();
        }
        Some(in_latin(&letter.to_lowercase().to_string()))
    }

    /// The dash behind the number of an Arabic heading.
    fn eat_arabic_dash(&mut self) -> bool {
        let before = self.at;
        let is_dash = self.eat_any(&DASHES);
        let title = self.text[self.at..].trim_start_matches(is_blank);
        if !(is_dash && is_arabic(title)) {
            self.at = before;
        }
        self.at != before
    }
}
