//! Lists of documents as short text.
//!
//! A number is written in digits of five bits, the lowest first, each as a character of [`DIGITS`]; the sixth bit says
//! that more digits follow. A posting is one number: eight times the distance from the document before, less one, plus
//! its level. A document's level is how much the text speaks of the gram: the saturated frequency of BM25, from 0 to 7.

/// The digits: those of base64 in addresses (RFC 4648, section 5).
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const MORE: u32 = 32;

/// Highest level.
pub(super) const MAX_LEVEL: u32 = 7;

/// A document and its level in one number, ordered by document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting(u32);

impl Posting {
    /// `document` at `level`.
    pub(super) fn new(document: u32, level: u32) -> Self {
        Self(document << 3 | level.min(MAX_LEVEL))
    }

    /// The document.
    pub(super) fn document(self) -> u32 {
        self.0 >> 3
    }

    /// Its level.
    pub(super) fn level(self) -> u32 {
        self.0 & MAX_LEVEL
    }
}

/// Appends a number.
pub(super) fn push_number(text: &mut String, number: u32) {
    let mut rest = number;
    loop {
        let more = if rest >= MORE { MORE } else { 0 };
        let digit = (rest % MORE + more) as usize;
        text.push(char::from(DIGITS.get(digit).copied().unwrap_or(b'A')));
        rest /= MORE;
        if more == 0 {
            return;
        }
    }
}

/// Postings in order of documents as texts of at most `most` bytes each, which are read one after another.
pub(super) fn pieces(postings: impl Iterator<Item = Posting>, most: usize) -> Vec<String> {
    let (mut pieces, mut piece, mut next) = (Vec::new(), String::new(), 0);
    for posting in postings {
        if piece.len() + 8 > most {
            pieces.push(std::mem::take(&mut piece));
        }
        push_number(&mut piece, ((posting.document() - next) << 3) + posting.level());
        next = posting.document() + 1;
    }
    pieces.push(piece);
    pieces
}

/// Documents in order as runs: the distance from the run before, then the length of the run less one.
pub(super) fn runs(documents: &[u32]) -> String {
    let (mut text, mut end) = (String::new(), 0);
    let mut rest = documents;
    while let Some(&start) = rest.first() {
        let length = rest.iter().zip(start..).take_while(|(document, expected)| **document == *expected).count();
        push_number(&mut text, start - end);
        let beyond = u32::try_from(length).unwrap_or(u32::MAX);
        push_number(&mut text, beyond - 1);
        end = start + beyond;
        rest = &rest[length..];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_in_digits_of_five_bits() {
        let written = |number| {
            let mut text = String::new();
            push_number(&mut text, number);
            text
        };
        assert_eq!([written(0), written(31), written(32), written(1000)], ["A", "f", "gB", "of"]);
    }

    #[test]
    fn runs_tell_distance_and_length() {
        assert_eq!(runs(&[2, 3, 4, 9]), "CCEA");
        assert_eq!(runs(&[]), "");
    }

    #[test]
    fn pieces_go_on_where_the_one_before_ended() {
        let postings = || [(0, 0), (1, 7), (5, 2)].into_iter().map(|(document, level)| Posting::new(document, level));
        assert_eq!(pieces(postings(), 100), ["AHa"]);
        assert_eq!(pieces(postings(), 9).concat(), "AHa");
        assert_eq!(pieces(postings(), 9).len(), 2);
    }
}
