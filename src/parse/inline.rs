//! Where paragraphs, letters, bullets, headings and replies begin inside a long line.
//!
//! Text that was taken out of its lines still has its numbers. Input: a long line. Output: the
//! bytes at which a printed line began. Invariant: a number is a beginning only in its turn, or
//! where numbering starts anew behind the head of a reply.

use super::Lexicon;
use super::label::{self, letter};
use super::paragraph::{bullet, heading_numeral, strip_blanks};
use super::text::is_blank;

/// Lines longer than this, in bytes, hold more than one paragraph if numbers stand in them.
const LONG_LINE: usize = 2000;

/// A shorter line is cut where it holds one paragraph more than this.
const FEWEST_CUTS: usize = 2;

/// The bytes at which a printed line began inside `line`; none if the line is of printed length and does not hold
/// paragraphs 1, 2 and 3.
#[must_use]
pub fn cuts(line: &str, lexicon: &Lexicon) -> Vec<usize> {
    let mut reader = Reader { line, lexicon, expected: 1, after_heading: true };
    let blanks = line.char_indices().filter(|(_, character)| is_blank(*character));
    let words = std::iter::once(0).chain(blanks.map(|(at, character)| at + character.len_utf8()));
    if line.len() < LONG_LINE {
        return if label::number(line, 1).is_some() { reader.paragraphs(words) } else { Vec::new() };
    }
    words.filter(|at| reader.begins(*at)).filter(|at| *at > 0).collect()
}

struct Reader<'a> {
    line: &'a str,
    lexicon: &'a Lexicon,
    /// The number of the next paragraph.
    expected: u32,
    /// Whether a heading or the head of a reply stands right before.
    after_heading: bool,
}

impl Reader<'_> {
    /// Where paragraphs 2, 3, … begin in a line of common length, if it has three of them.
    fn paragraphs(&mut self, words: impl Iterator<Item = usize>) -> Vec<usize> {
        let begins = words.filter(|at| {
            let (before, rest) = self.line.split_at(*at);
            let before = before.trim_end_matches(is_blank);
            let is_complete = before.is_empty() || self.lexicon.layout.ends_sentence(before);
            self.after_heading = false;
            is_complete && self.number(rest, is_complete)
        });
        let found: Vec<usize> = begins.filter(|at| *at > 0).collect();
        if found.len() >= FEWEST_CUTS { found } else { Vec::new() }
    }

    fn begins(&mut self, at: usize) -> bool {
        let (before, rest) = self.line.split_at(at);
        if rest.starts_with(is_blank) || rest.is_empty() {
            return false;
        }
        let before = before.trim_end_matches(is_blank);
        let is_complete =
            before.is_empty() || before.ends_with([']', '］', '：', ':']) || self.lexicon.layout.ends_sentence(before);
        if self.number(rest, is_complete) {
            self.after_heading = false;
            return true;
        }
        let heading = self.is_head(before, rest, is_complete);
        self.after_heading |= heading;
        heading || (is_complete && (is_lettered(rest) || bullet(rest).is_some()))
    }

    /// A number in its turn, or 1 behind the head of a reply.
    fn number(&mut self, rest: &str, is_complete: bool) -> bool {
        let anew = if self.after_heading { 1 } else { self.expected };
        let number = [self.expected, anew].into_iter().find(|number| label::number(rest, *number).is_some());
        let found = number.filter(|_| is_complete || self.after_heading);
        self.expected = found.map_or(self.expected, |number| number + 1);
        found.is_some()
    }

    /// A heading with a numeral, the State's name above `[原件：…]`, or one of these bracketed lines.
    fn is_head(&self, before: &str, rest: &str, is_complete: bool) -> bool {
        let bracket = rest.starts_with(['[', '［']);
        (bracket && (before.ends_with([']', '］']) || self.begins_original(rest)))
            || (is_complete && (heading_numeral(rest, self.lexicon).is_some() || self.begins_reply(rest)))
    }

    fn begins_original(&self, rest: &str) -> bool {
        let inside: String = rest.chars().skip(1).take(16).collect();
        let inside = strip_blanks(&inside);
        self.lexicon.layout.originals.iter().any(|word| inside.starts_with(word.as_str()))
    }

    fn begins_reply(&self, rest: &str) -> bool {
        let name = self.lexicon.states.match_at_spaced(rest, 0);
        let after = name.and_then(|(_, len)| rest.get(len..)).map(|after| after.trim_start_matches(is_blank));
        after.is_some_and(|after| after.starts_with(['[', '［']) && self.begins_original(after))
    }
}

/// Whether a letter in two brackets stands at the start of `text`: with one bracket it may be the end of another.
fn is_lettered(text: &str) -> bool {
    text.starts_with(['(', '（']) && letter(text).is_some()
}
