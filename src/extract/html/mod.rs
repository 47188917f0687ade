//! An HTML page, saved from a word processor or a site → a [`Document`].
//!
//! Input: the bytes of the page. Output: what it shows in reading order. Invariants: every character of a text node is
//! in a block or left out by name; nesting and attributes are bounded before the page is parsed; the tree is walked
//! without recursion.
//!
//! 1. [`encoding`] decodes the bytes.
//! 2. [`bound`] refuses what would take a parser too long.
//! 3. [`note`] finds which links are the marks of which footnotes.
//! 4. [`page`] makes blocks of the tree, which [`tree`] walks, by what [`element`] says of each element.

mod bound;
mod element;
mod encoding;
mod note;
mod page;
#[cfg(test)]
mod tests;
mod tree;

use super::document::{DELETED, Document, tracked_changes};
use crate::base::diagnostic::Diagnostic;
use scraper::Html;

/// Reads the page in `bytes`. `shown` is its path for people.
///
/// # Errors
/// If it is over a limit.
pub(super) fn read(bytes: &[u8], shown: &str) -> Result<Document, Box<Diagnostic>> {
    let text = encoding::decode(bytes);
    bound::check(&text, shown)?;
    let html = Html::parse_document(&text);
    let notes = note::find(&html);
    let (blocks, mut left_out) = page::read(&html, &notes);
    left_out.retain(|left_out| !left_out.text.trim().is_empty());
    let is_tracked = left_out.iter().any(|left_out| left_out.what == DELETED);
    let remarks = is_tracked.then(tracked_changes).into_iter().collect();
    Ok(Document { blocks, left_out, remarks, ..Document::default() })
}
