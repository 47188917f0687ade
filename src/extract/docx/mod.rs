//! A Word document (Office Open XML, ECMA-376) → a [`Document`].
//!
//! Input: the bytes of the archive. Output: its final text in reading order with automatic numbers as Word prints
//! them. Invariants: every character of a run is in a block or left out by name; headers and footers are told once, at
//! the section that begins with them; a footnote stands behind the block that refers to it.
//!
//! 1. [`relationship`] finds the parts of the archive.
//! 2. [`style`], [`numbering`] and [`note`] read what paragraphs refer to.
//! 3. [`story`] reads the body, notes, headers, footers and comments, each a stream of paragraphs and tables.

mod note;
mod numbering;
mod property;
mod relationship;
mod story;
mod style;
mod symbol;
#[cfg(test)]
mod tests;

use super::document::{Block, Document, LeftOut, Text, tracked_changes};
use super::grid::flatten;
use super::package::Package;
use super::raised;
use super::xml::{Event, Reader, Vocabulary};
use crate::base::diagnostic::Diagnostic;
use note::{NoteNumbering, NoteSeries};
use numbering::Numbering;
use property::{ReferenceKind, Section};
use relationship::Parts;
use std::collections::HashSet;
use story::{Context, Story};
use style::Styles;

/// Namespaces of Word, transitional and strict.
const VOCABULARY: Vocabulary = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "rel"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/extended-properties", "app"),
    ("http://purl.oclc.org/ooxml/officeDocument/extendedProperties", "app"),
];

/// Reads the Word document in `bytes`. `shown` is its path for people.
///
/// # Errors
/// If it is damaged, encrypted or over a limit.
pub(super) fn read(bytes: &[u8], shown: &str) -> Result<Document, Box<Diagnostic>> {
    let mut package = Package::open(bytes, shown)?;
    let mut parts = Parts::open(&mut package, shown)?;
    let main = parts.main()?;
    let (settings_footnotes, settings_endnotes) = match parts.related("settings")? {
        Some(text) => note::settings(Reader::new(&text, VOCABULARY, "settings", shown))?,
        None => Default::default(),
    };
    let styles = match parts.related("styles")? {
        Some(text) => Styles::read(Reader::new(&text, VOCABULARY, "styles", shown))?,
        None => Styles::default(),
    };
    let numbering = match parts.related("numbering")? {
        Some(text) => Numbering::read(Reader::new(&text, VOCABULARY, "numbering", shown), &styles)?,
        None => Numbering::default(),
    };
    let sections = sections(Reader::new(&main, VOCABULARY, "document", shown))?;
    let mut context = Context::new(&styles, numbering, &sections);
    for part in ["footnotes", "endnotes"] {
        if let Some(text) = parts.related(part)? {
            let entries = Story::new(Reader::new(&text, VOCABULARY, part, shown), &mut context).read()?.entries;
            let (numbered, settings): (fn(&Section) -> NoteNumbering, _) = match part {
                "footnotes" => (|section| section.footnotes, settings_footnotes),
                _ => (|section| section.endnotes, settings_endnotes),
            };
            let numbering = sections.iter().map(|section| numbered(section).or(settings)).collect();
            let series = NoteSeries::new(entries, numbering);
            if part == "footnotes" { context.footnotes = series } else { context.endnotes = series }
        }
    }
    let body = Story::of_body(Reader::new(&main, VOCABULARY, "document", shown), &mut context).read()?;
    let furniture = furniture(&body.sections, &mut parts, &mut context)?;
    if let Some(text) = parts.related("comments")? {
        let comments = Story::new(Reader::new(&text, VOCABULARY, "comments", shown), &mut context).read()?.entries;
        context.left_out.extend(comments.into_iter().map(|(_, blocks)| left_out("comment", blocks)));
    }
    let pages_told = parts.page_count()?;
    let pages = context.page_breaks + 1;
    let pages = (context.is_laid_out || pages_told == Some(pages)).then_some(pages);
    let remarks = context.is_tracked.then(tracked_changes).into_iter().collect();
    for series in [&mut context.footnotes, &mut context.endnotes] {
        let unmarked = series.unmarked();
        context.left_out.extend(unmarked.into_iter().map(|blocks| left_out("note without a mark", blocks)));
    }
    context.left_out.retain(|left_out| !left_out.text.trim().is_empty());
    let blocks = interleave(body.blocks, furniture);
    Ok(Document { blocks, pages, left_out: context.left_out, remarks, ..Document::default() })
}

fn left_out(what: &'static str, blocks: Vec<Block>) -> LeftOut {
    LeftOut { what, text: raised::plain(&flatten(blocks).0).as_str().to_owned() }
}

/// The sections of the body, each of which Word describes at its end. There is one at least.
fn sections(mut reader: Reader) -> Result<Vec<Section>, Box<Diagnostic>> {
    let mut sections = Vec::new();
    while let Some(event) = reader.next()? {
        if let Event::Open(element) = event {
            match element.name.parts() {
                ("w", "sectPr") => sections.push(property::section(&mut reader)?),
                ("w", "sectPrChange" | "txbxContent") => reader.skip()?,
                _ => {}
            }
        }
    }
    if sections.is_empty() {
        sections.push(Section::default());
    }
    Ok(sections)
}

/// Headers and footers by the block before which they stand. One that says what another has said is told once.
fn furniture(
    sections: &[(usize, Section)],
    parts: &mut Parts,
    context: &mut Context,
) -> Result<Vec<(usize, Block)>, Box<Diagnostic>> {
    let mut told = HashSet::new();
    let mut read = HashSet::new();
    let mut furniture = Vec::new();
    for (place, section) in sections {
        for kind in [ReferenceKind::Header, ReferenceKind::Footer] {
            let references = section.references.iter().filter(|reference| reference.kind == kind);
            for reference in references.filter(|reference| read.insert(reference.id.clone())) {
                let text = parts.by_id(&reference.id)?;
                let story = Story::new(Reader::new(&text, VOCABULARY, kind.part(), parts.shown), context);
                let lines = story.read()?.blocks.into_iter().filter_map(furniture_line);
                furniture.extend(
                    lines
                        .filter(|line| told.insert(line.as_str().to_owned()))
                        .map(|line| (*place, Block::Furniture(line))),
                );
            }
        }
    }
    Ok(furniture)
}

/// A block of a header or footer as one line.
fn furniture_line(block: Block) -> Option<Text> {
    let texts = match block {
        Block::Paragraph(text) | Block::Furniture(text) | Block::Footnote { text, .. } => vec![text],
        Block::Row(texts) => texts,
        Block::PageBreak => Vec::new(),
    };
    let mut line = Text::default();
    for text in texts {
        line.push(" ");
        line.push(text.as_str());
    }
    (!line.is_blank()).then_some(line)
}

/// `blocks` with each of `inserted`, in order of place, before the block of that number.
fn interleave(blocks: Vec<Block>, inserted: Vec<(usize, Block)>) -> Vec<Block> {
    let mut all = Vec::with_capacity(blocks.len() + inserted.len());
    let mut inserted = inserted.into_iter().peekable();
    for (index, block) in blocks.into_iter().enumerate() {
        while let Some((_, insertion)) = inserted.next_if(|(place, _)| *place <= index) {
            all.push(insertion);
        }
        all.push(block);
    }
    all.extend(inserted.map(|(_, insertion)| insertion));
    all
}
