//! Stretches that stand more than once in a text, found in one pass.

use super::compact::Compact;
use hashbrown::HashSet;

/// So many characters on each side of a place are compared with those around others.
const COPIED_CHARACTERS: usize = 10;

/// What stands more than once in a text, in stretches of as many characters as are compared.
pub struct Copied<'a>(HashSet<&'a str>);

impl<'a> Copied<'a> {
    /// Of a whole text.
    pub fn of(compact: &'a Compact) -> Self {
        let ends = compact.text.char_indices().map(|(at, _)| at).chain([compact.text.len()]);
        let places: Vec<usize> = ends.collect();
        let mut seen = HashSet::new();
        let stretches =
            places.windows(2 * COPIED_CHARACTERS + 1).map(|places| (places[0], places[2 * COPIED_CHARACTERS]));
        let stretches = stretches.map(|(from, to)| compact.slice(from, to));
        Self(stretches.filter(|stretch| !seen.insert(*stretch)).collect())
    }

    /// Whether the words on both sides of `at` stand together elsewhere: a text that is printed in two sections is copied
    /// whole, and no two rows are.
    pub fn has(&self, compact: &Compact, at: usize) -> bool {
        let before = compact.slice(0, at).char_indices().rev().nth(COPIED_CHARACTERS - 1);
        let behind =
            compact.slice(at, compact.text.len()).char_indices().map(|(end, _)| end).chain([compact.text.len() - at]);
        let (Some((from, _)), Some(to)) = (before, behind.take(COPIED_CHARACTERS + 1).nth(COPIED_CHARACTERS)) else {
            return false;
        };
        self.0.contains(compact.slice(from, at + to))
    }
}
