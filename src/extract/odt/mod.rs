//! An OpenDocument text (ODF 1.3) → a [`Document`].
//!
//! Input: the bytes of the archive. Output: its final text in reading order with list numbers as printed. Invariants:
//! every character of a paragraph is in a block or left out by name; headers and footers are told once, before the
//! text; a footnote stands behind the block that refers to it.
//!
//! 1. [`style`] reads what paragraphs and lists refer to.
//! 2. [`list`] counts.
//! 3. [`story`] reads the body, headers and footers, each a stream of paragraphs and tables.

mod list;
mod story;
mod style;
#[cfg(test)]
mod tests;

use super::document::{Block, Document, tracked_changes};
use super::grid::flatten;
use super::package::{Package, encrypted};
use super::xml::{Event, Reader, Vocabulary};
use crate::base::diagnostic::Diagnostic;
use list::Lists;
use std::collections::HashSet;
use story::{Context, Story};
use style::Styles;

/// Namespaces of ODF.
const VOCABULARY: Vocabulary = &[
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo"),
    ("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
];

/// Reads the OpenDocument text in `bytes`. `shown` is its path for people.
///
/// # Errors
/// If it is damaged, encrypted or over a limit.
pub(super) fn read(bytes: &[u8], shown: &str) -> Result<Document, Box<Diagnostic>> {
    let mut package = Package::open(bytes, shown)?;
    if package.has("META-INF/manifest.xml") && is_encrypted(&package.text("META-INF/manifest.xml")?, shown)? {
        return Err(encrypted(shown));
    }
    let content = package.text("content.xml")?;
    let common = if package.has("styles.xml") { Some(package.text("styles.xml")?) } else { None };
    let mut styles = Styles::default();
    if let Some(common) = &common {
        styles.read(Reader::new(common, VOCABULARY, "styles.xml", shown))?;
    }
    styles.read(Reader::new(&content, VOCABULARY, "content.xml", shown))?;
    let mut context = Context::new(&styles, Lists::default());
    let mut blocks = Vec::new();
    if let Some(common) = &common {
        let story = Story::of_pages(Reader::new(common, VOCABULARY, "styles.xml", shown), &mut context);
        blocks = furniture(story.read()?);
    }
    blocks.extend(Story::of_body(Reader::new(&content, VOCABULARY, "content.xml", shown), &mut context).read()?);
    let pages = context.is_laid_out.then_some(context.page_breaks + 1);
    let remarks = context.is_tracked.then(tracked_changes).into_iter().collect();
    context.left_out.retain(|left_out| !left_out.text.trim().is_empty());
    Ok(Document { blocks, pages, left_out: context.left_out, remarks, ..Document::default() })
}

/// Whether the manifest `text` says that a part is encrypted (ODF 1.3 part 2, 4.4).
fn is_encrypted(text: &str, shown: &str) -> Result<bool, Box<Diagnostic>> {
    let mut reader = Reader::new(text, VOCABULARY, "META-INF/manifest.xml", shown);
    while let Some(event) = reader.next()? {
        if matches!(event, Event::Open(element) if element.name.parts() == ("manifest", "encryption-data")) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What headers and footers say, each line once.
fn furniture(blocks: Vec<Block>) -> Vec<Block> {
    let mut told = HashSet::new();
    let lines = blocks.into_iter().map(|block| flatten(vec![block]).0);
    let lines = lines.filter(|line| !line.is_blank() && told.insert(line.as_str().to_owned()));
    lines.map(Block::Furniture).collect()
}
