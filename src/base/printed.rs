//! Texts as far as print tells them from each other, and on one line.

use unicode_normalization::UnicodeNormalization;

/// `text` in Unicode normalisation form C, without white space: white space is what line ends, page breaks and a better
/// parser change first, and two spellings of one character are printed alike.
#[must_use]
pub fn printed(text: &str) -> String {
    text.nfc().filter(|character| !character.is_whitespace()).collect()
}

/// The words of `text` with one blank between them, for formats in which a line ends a value.
#[must_use]
pub fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
