//! Texts as far as print tells them from each other.

use unicode_normalization::UnicodeNormalization;

/// `text` in Unicode normalisation form C, without white space: white space is what line ends, page breaks and a better
/// parser change first, and two spellings of one character are printed alike.
#[must_use]
pub fn printed(text: &str) -> String {
    text.nfc().filter(|character| !character.is_whitespace()).collect()
}
