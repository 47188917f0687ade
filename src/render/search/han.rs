//! Traditional characters as the simplified ones that stand for them, so that either finds the other.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

const TABLE: &str = include_str!("traditional.txt");

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| pairs().collect());

/// The simplified character for a traditional one, any other as it is.
pub(super) fn simplified(character: char) -> char {
    if character < '\u{3400}' { character } else { SIMPLIFIED.get(&character).copied().unwrap_or(character) }
}

/// The pairs whose simplified character is one of `used`, one after another.
pub(super) fn pairs_of(used: &BTreeSet<char>) -> String {
    pairs().filter(|(_, simplified)| used.contains(simplified)).flat_map(<[char; 2]>::from).collect()
}

fn pairs() -> impl Iterator<Item = (char, char)> {
    let characters = TABLE.lines().filter(|line| !line.starts_with('#')).flat_map(str::chars);
    let mut characters = characters.fuse();
    std::iter::from_fn(move || Some((characters.next()?, characters.next()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_simplified_character_is_a_traditional_one() {
        assert!(pairs().all(|(_, simplified)| !SIMPLIFIED.contains_key(&simplified)));
    }

    #[test]
    fn only_pairs_of_what_is_used_are_given() {
        assert_eq!(pairs_of(&BTreeSet::from(['约', '条'])), "條条約约");
    }
}
