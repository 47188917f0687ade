//! Items in their order, each once.

use hashbrown::HashSet;
use std::hash::Hash;

/// `items` in their order, each where it comes first.
pub fn unique<Item: Copy + Eq + Hash>(items: impl Iterator<Item = Item>) -> Vec<Item> {
    let mut seen = HashSet::new();
    items.filter(|item| seen.insert(*item)).collect()
}
