//! A set of characters that is asked about for every character of every text.

/// A set of characters of the Basic Multilingual Plane, of which UN texts are written; a bit for each, 8 KiB.
#[derive(Debug, Clone)]
pub(in crate::parse) struct CharacterSet(Box<[u64; WORDS]>);

/// Words of 64 bits for 65,536 characters.
const WORDS: usize = (1 << 16) / 64;

impl CharacterSet {
    /// Whether `character` is in the set. One beyond the plane is if any such is.
    pub fn contains(&self, character: char) -> bool {
        let (word, bit) = place(character);
        self.0.get(word).is_some_and(|word| word >> bit & 1 == 1)
    }
}

/// All characters beyond the plane share the place of U+FFFF, which is no character.
fn place(character: char) -> (usize, usize) {
    let number = u32::from(character).min(0xffff) as usize;
    (number / 64, number % 64)
}

impl Extend<char> for CharacterSet {
    fn extend<Characters: IntoIterator<Item = char>>(&mut self, characters: Characters) {
        for (word, bit) in characters.into_iter().map(place) {
            if let Some(word) = self.0.get_mut(word) {
                *word |= 1 << bit;
            }
        }
    }
}

impl Default for CharacterSet {
    fn default() -> Self {
        Self(Box::new([0; WORDS]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_put_in_is_in_the_set_and_all_beyond_the_plane_is_one() {
        let mut set = CharacterSet::default();
        set.extend(['决', 'A']);
        assert!(set.contains('决') && set.contains('A'));
        assert!(!set.contains('冴') && !set.contains('B') && !set.contains('\u{20000}'));
        set.extend(['\u{20000}']);
        assert!(set.contains('\u{1f600}') && !set.contains('B'));
    }
}
