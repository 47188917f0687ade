//! Cyrillic capitals that are typed for Latin ones: `А/63/137`, `2625 (ХХV)`, `52/38 В`.
//!
//! Input: a text and a byte position. Output: what stands there, such a capital as the Latin one that is meant. Invariant:
//! only what cannot be a word is read so: symbols, Roman numerals, part letters.

use super::reading;

/// Cyrillic capitals that look like Latin ones and are typed for them.
const LOOK_ALIKES: [(char, char); 12] = [
    ('А', 'A'),
    ('В', 'B'),
    ('С', 'C'),
    ('Е', 'E'),
    ('Н', 'H'),
    ('І', 'I'),
    ('К', 'K'),
    ('М', 'M'),
    ('О', 'O'),
    ('Р', 'P'),
    ('Т', 'T'),
    ('Х', 'X'),
];

/// The Latin capital that a Cyrillic one is typed for in a Roman numeral, a part letter or a symbol.
pub(super) fn latin(character: char) -> char {
    LOOK_ALIKES.iter().find(|(typed, _)| *typed == character).map_or(character, |(_, latin)| *latin)
}

/// The plain form of a character of a symbol; Russian texts have Cyrillic capitals among the Latin ones.
pub(super) fn fold(character: char) -> char {
    latin(reading::fold(character))
}

pub(super) fn char_at(text: &str, position: usize) -> Option<(char, usize)> {
    reading::char_at(text, position).map(|(character, next)| (latin(character), next))
}

pub(super) fn peek(text: &str, position: usize) -> char {
    latin(reading::peek(text, position))
}

/// The end of a run of letters.
pub(super) fn skip_letters(text: &str, position: usize) -> usize {
    let mut end = position;
    while let Some((_, next)) = char_at(text, end).filter(|(character, _)| character.is_ascii_alphabetic()) {
        end = next;
    }
    end
}
