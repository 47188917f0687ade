//! Folding: what makes a text and a query comparable.
//!
//! `static/search-text.js` does the same in the browser; `tests/search/tokens.json` holds both to it.
//!
//! 1. Compatibility forms, case and the marks of Latin letters go (`Ｃôte` → `cote`), a letter with its marks at a time;
//!    so do the dots of ё, and of Arabic the vowel signs, the marks on alef and its like, and tatweel.
//! 2. Invisible characters go, traditional Han characters become simplified, and Arabic figures Latin.
//! 3. White space between Han characters goes, other runs of it become one blank; none stands at either end.

use super::han::simplified;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The marks that go with a Latin letter: the block "Combining Diacritical Marks".
const MARKS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// A text as it is compared.
pub(super) fn fold(text: &str) -> String {
    let mut folded = Folded { text: String::with_capacity(text.len()), is_blank_due: false };
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = cluster_length(rest);
        if length == 1 {
            folded.push(first.to_ascii_lowercase());
        } else if length == first.len_utf8() && is_han(first) && !is_compatibility(first) {
            folded.push(first);
        } else {
            fold_cluster(&rest[..length]).for_each(|character| folded.push(character));
        }
        rest = &rest[length..];
    }
    folded.text
}

struct Folded {
    text: String,
    is_blank_due: bool,
}

impl Folded {
    fn push(&mut self, character: char) {
        if is_invisible(character) {
            return;
        }
        let character = latin_figure(simplified(character));
        if is_white(character) {
            self.is_blank_due = true;
            return;
        }
        if self.is_blank_due {
            self.is_blank_due = false;
            let before = self.text.chars().next_back();
            if before.is_some_and(|before| !(is_han(before) && is_han(character))) {
                self.text.push(' ');
            }
        }
        self.text.push(character);
    }
}

/// An Arabic figure as the Latin one of its value.
fn latin_figure(character: char) -> char {
    let zero = [0x660, 0x6f0].into_iter().find(|zero| (*zero..zero + 10).contains(&u32::from(character)));
    zero.and_then(|zero| char::from_digit(u32::from(character) - zero, 10)).unwrap_or(character)
}

/// Length of the first character with the marks on it.
fn cluster_length(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    characters.find(|(_, character)| !is_combining_mark(*character)).map_or(text.len(), |(at, _)| at)
}

fn fold_cluster(cluster: &str) -> impl Iterator<Item = char> {
    let mut kept = Vec::new();
    for character in cluster.nfkd().flat_map(char::to_lowercase) {
        if !kept.last().is_some_and(|base| goes_with(*base, character)) {
            kept.push(character);
        }
    }
    kept.into_iter().nfc().collect::<Vec<_>>().into_iter()
}

/// Whether a mark on `base` goes: й is another letter than и, but ё is often written е.
fn goes_with(base: char, mark: char) -> bool {
    MARKS.contains(&mark) && is_latin(base) || (base, mark) == ('е', '\u{308}') || is_arabic_mark(mark)
}

/// Vowel signs and hamza above or below, small alef.
fn is_arabic_mark(character: char) -> bool {
    matches!(character, '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Han characters: the unified ideographs, 々 and 〇.
pub(super) fn is_han(character: char) -> bool {
    matches!(character,
        '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

fn is_compatibility(character: char) -> bool {
    matches!(character, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// Small Latin letters that stand without marks.
fn is_latin(character: char) -> bool {
    matches!(character, 'a'..='z' | '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}')
}

/// Soft hyphens, joiners, marks of direction and of byte order, tatweel: what is pasted without being seen, or says nothing.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{640}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}')
}

/// White space as far as folding leaves it; other kinds have become U+0020.
fn is_white(character: char) -> bool {
    matches!(character, '\t'..='\r' | ' ' | '\u{85}' | '\u{1680}' | '\u{2028}' | '\u{2029}')
}
