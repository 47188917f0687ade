//! What is another in a text than in an earlier one, word by word.
//!
//! Input: two texts. Output: pieces of them in order. Invariant: without what was put in, the pieces are the earlier text;
//! without what was taken out, the later one.

use crate::base::language::is_unspaced;
use similar::{Algorithm, ChangeTag, capture_diff_slices};

/// Most pairs of words that are compared; of longer texts the whole stretch that differs is taken for another.
const MAX_PAIRS: usize = 4_000_000;

/// What became of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It stands in both.
    Kept,
    /// It stands in the earlier text alone.
    Out,
    /// It stands in the later text alone.
    In,
}

/// The pieces of `earlier` and `later`.
pub(super) fn pieces(earlier: &str, later: &str) -> Vec<(Change, String)> {
    let (earlier, later) = (words(earlier), words(later));
    let start = earlier.iter().zip(&later).take_while(|(left, right)| left == right).count();
    let (left, right) = (&earlier[start..], &later[start..]);
    let end = left.iter().rev().zip(right.iter().rev()).take_while(|(left, right)| left == right).count();
    let (left, right) = (&left[..left.len() - end], &right[..right.len() - end]);
    let mut pieces = Pieces::default();
    earlier[..start].iter().for_each(|word| pieces.push(Change::Kept, word));
    between(left, right, &mut pieces);
    earlier[earlier.len() - end..].iter().for_each(|word| pieces.push(Change::Kept, word));
    pieces.all
}

/// The pieces of two stretches.
fn between(left: &[&str], right: &[&str], pieces: &mut Pieces) {
    if left.len().saturating_mul(right.len()) > MAX_PAIRS {
        left.iter().for_each(|word| pieces.push(Change::Out, word));
        right.iter().for_each(|word| pieces.push(Change::In, word));
        return;
    }
    let operations = capture_diff_slices(Algorithm::Myers, left, right);
    for change in operations.iter().flat_map(|operation| operation.iter_changes(left, right)) {
        let kind = match change.tag() {
            ChangeTag::Equal => Change::Kept,
            ChangeTag::Delete => Change::Out,
            ChangeTag::Insert => Change::In,
        };
        pieces.push(kind, change.value());
    }
}

#[derive(Default)]
struct Pieces {
    all: Vec<(Change, String)>,
}

impl Pieces {
    /// Appends a word; words of one kind that follow each other are one piece.
    fn push(&mut self, change: Change, word: &str) {
        match self.all.last_mut() {
            Some((last, piece)) if *last == change => piece.push_str(word),
            _ => self.all.push((change, word.to_owned())),
        }
    }
}

/// The words of `text`, and what stands between them. Scripts without blanks have a word a character.
fn words(text: &str) -> Vec<&str> {
    let is_of_word = |character: char| character.is_alphanumeric() && !is_unspaced(character);
    let (mut words, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let end =
            if is_of_word(first) { rest.find(|character| !is_of_word(character)) } else { Some(first.len_utf8()) };
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        words.push(word);
        rest = after;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(earlier: &str, later: &str) -> String {
        let piece = |(change, text): (Change, String)| match change {
            Change::Kept => text,
            Change::Out => format!("[-{text}]"),
            Change::In => format!("[+{text}]"),
        };
        pieces(earlier, later).into_iter().map(piece).collect()
    }

    #[test]
    fn words_and_ideographs_are_compared_each() {
        assert_eq!(shown("a big cat sat", "a small cat sat down"), "a [-big][+small] cat sat[+ down]");
        assert_eq!(shown("奥地利作为主席", "奥地利担任主席"), "奥地利[-作为][+担任]主席");
        assert_eq!(shown("", "x"), "[+x]");
        assert_eq!(shown("same", "same"), "same");
    }

    #[test]
    fn nothing_is_lost_whatever_the_length() {
        let (earlier, later) = ("甲乙".repeat(3_000), "乙丙".repeat(3_000));
        let found = pieces(&earlier, &later);
        let without = |left_out: Change| {
            let kept = found.iter().filter(|(change, _)| *change != left_out);
            kept.map(|(_, piece)| piece.as_str()).collect::<String>()
        };
        assert_eq!((without(Change::In), without(Change::Out)), (earlier, later));
    }
}
