//! The tree of a page in document order, without recursion.

use scraper::{Html, Node};

/// Calls `visit` for each node as it begins and as it ends, with its number in document order.
pub(super) fn walk(html: &Html, mut visit: impl FnMut(usize, &Node, bool)) {
    let mut numbers = Vec::new();
    let mut count = 0;
    let mut node = html.tree.root();
    loop {
        visit(count, node.value(), false);
        numbers.push(count);
        count += 1;
        if let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            visit(numbers.pop().unwrap_or_default(), node.value(), true);
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return,
            }
        }
    }
}
