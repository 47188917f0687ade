//! PDF with a text layer → [`Document`], by geometry.
//!
//! Input: the bytes of a PDF. Output: its text in reading order. Invariants: every character of the text layer is in
//! the text, in the furniture or in a named leftover; time and memory are bounded by the pages.
//!
//! 1. [`packed`] bounds what is unpacked; [`content`], [`rule`] and [`font`] read the glyphs and rules of a page, [`mod@line`] and [`page`] make printed lines of them.
//! 2. [`zone`] parts running heads, text and footnotes; [`mod@column`] text in two columns; [`mod@stack`], [`margin`], [`edge`], [`grid`] and [`row`] find tables; [`note`] reads footnotes.
//! 3. [`flow`] puts the pages together with [`paragraph`], [`continuation`] and [`join`]; [`direction`] puts Arabic into logical order.

mod column;
mod content;
mod continuation;
mod direction;
mod edge;
mod flow;
mod font;
mod grid;
mod join;
mod line;
mod margin;
mod note;
mod packed;
mod page;
mod paragraph;
mod row;
mod rule;
mod stack;
mod zone;

use super::document::{Document, LeftOut};
use super::package::{damaged, over_limit};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::MAX_DOCUMENT_PAGES;
use font::Fonts;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use join::{Joiner, Words};
use page::Page;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Reads the PDF in `bytes`. `shown` is its path for people.
///
/// # Errors
/// If it is damaged, encrypted, without a text layer, or over a limit.
pub(super) fn read(bytes: &[u8], shown: &str) -> Result<Document, Box<Diagnostic>> {
    if packed::is_over_limit(bytes) {
        return Err(over_limit("a stream in it unpacks to more than a document has".to_owned(), shown));
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| unopened(error, shown))?;
    let count = pdf.pages().len();
    if count > MAX_DOCUMENT_PAGES {
        return Err(over_limit(format!("the document has more than {MAX_DOCUMENT_PAGES} pages"), shown));
    }
    let pages = pages(&pdf);
    if pages.iter().any(|page| page.is_over_limit) {
        return Err(over_limit("a page of the document shows more than a page has room for".to_owned(), shown));
    }
    let glyphs: usize = pages
        .iter()
        .flat_map(|page| page.lines.iter().chain(&page.sideways))
        .flat_map(|line| &line.words)
        .map(|word| word.text.chars().count())
        .sum();
    let unmapped: usize = pages.iter().map(|page| page.unmapped).sum();
    if glyphs == 0 {
        return Err(Box::new(
            fault(code::NO_TEXT_LAYER, "no page of the PDF has text: it is a scan", shown).hint(SCAN),
        ));
    }
    if unmapped * 2 > glyphs {
        let message = "the fonts of the PDF do not tell which characters its glyphs are";
        return Err(Box::new(fault(code::NO_TEXT_LAYER, message, shown).hint(FORCED)));
    }
    let mut document = assemble(pages);
    document.pages = Some(count);
    if unmapped > 0 {
        let message =
            format!("{unmapped} characters of {glyphs} have no Unicode in their fonts, and stand as `�` in the text");
        let remark = Diagnostic::warning(code::UNMAPPED_CHARACTERS, message);
        document.remarks.push(remark.at(Place::InFile { path: shown.to_owned(), offset: None }).hint(FORCED));
    }
    Ok(document)
}

const SCAN: &str = "make a PDF with a text layer of it with `ocrmypdf FILE OUTPUT.pdf`, and add that";
const FORCED: &str =
    "read the characters from the picture of its pages with `ocrmypdf --force-ocr FILE OUTPUT.pdf`, and add that";

fn fault(code: &'static str, message: &str, shown: &str) -> Diagnostic {
    Diagnostic::error(code, message.to_owned()).at(Place::InFile { path: shown.to_owned(), offset: None })
}

fn unopened(error: LoadPdfError, shown: &str) -> Box<Diagnostic> {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            let hint = "take the password away with `qpdf --decrypt --password=… FILE OUTPUT.pdf`, and add that";
            Box::new(
                fault(code::ENCRYPTED_DOCUMENT, "the PDF is encrypted, and opens with a password only", shown)
                    .hint(hint),
            )
        }
        LoadPdfError::Decryption(_) => {
            let hint = "take the encryption away with `qpdf --decrypt FILE OUTPUT.pdf`, and add that";
            Box::new(
                fault(code::ENCRYPTED_DOCUMENT, "the PDF is encrypted in a way that is not read", shown).hint(hint),
            )
        }
        LoadPdfError::Invalid => damaged("its objects cannot be read", shown),
    }
}

/// Pages read by one thread with the fonts it has met.
const PAGES_AT_ONCE: usize = 32;

fn pages(pdf: &Pdf) -> Vec<Page> {
    let budget = content::Budget::default();
    let chunks = pdf.pages().par_chunks(PAGES_AT_ONCE).map(|pages| {
        let mut fonts = Fonts::new();
        pages.iter().map(|page| Page::read(content::read(page, &mut fonts, &budget))).collect::<Vec<_>>()
    });
    chunks.flatten().collect()
}

fn assemble(pages: Vec<Page>) -> Document {
    let strokes: usize = pages.iter().map(|page| page.strokes).sum();
    let doubled: String = pages.iter().map(|page| page.doubled.as_str()).collect();
    let size = size(&pages);
    let marks = zone::marks(&pages);
    let zones = zone::find(&pages, size, &marks);
    // Columns are parts of a page; of each part whether it begins its page.
    let (mut parts, mut begins) = (Vec::new(), Vec::new());
    let mut gap = None;
    for (page, zones) in pages.into_iter().zip(zones) {
        gap = column::gap(&page.lines[zones.body..zones.foot], &page.rules, gap);
        let found = match gap {
            Some(gap) => {
                column::parts(page, zones, gap, |page, body, foot| zone::notes(page, body, foot, size, &marks))
            }
            None => vec![(page, zones)],
        };
        begins.extend((0..found.len()).map(|index| index == 0));
        parts.extend(found);
    }
    let (pages, zones): (Vec<Page>, Vec<zone::Zones>) = parts.into_iter().unzip();
    let mut joiner = Joiner::default();
    let mut words = Words::default();
    for line in pages.iter().flat_map(|page| &page.lines) {
        words.add(&line.text());
    }
    for page in &pages {
        weigh_hyphens(&page.lines, &mut words);
    }
    joiner.words = words;
    let notes: Vec<Vec<note::Note>> = (0..pages.len()).map(|index| notes(&pages, &zones, index)).collect();
    joiner.labels.extend(notes.iter().flatten().filter_map(|note| note.label.clone()));
    let bodies = || pages.iter().zip(&zones).flat_map(|(page, zones)| &page.lines[zones.body..zones.notes]);
    let has_sentences = bodies().count() < LINES_OF_TEXT || bodies().any(|line| paragraph::has_sentences(&line.text()));
    let mut flow = flow::Flow::new(joiner, pitch(&pages), has_sentences);
    for (((page, zones), notes), begins) in pages.iter().zip(zones).zip(notes).zip(begins) {
        flow.add(page, zones, notes, begins);
    }
    let (blocks, hyphens) = flow.finish();
    let mut left_out = Vec::new();
    for (what, text) in [
        ("hyphen at the end of a line", hyphens),
        ("stroke that stretches an Arabic word", "\u{640}".repeat(strokes)),
        ("character printed twice at one place", doubled),
    ] {
        if !text.is_empty() {
            left_out.push(LeftOut { what, text });
        }
    }
    Document { blocks, left_out, ..Document::default() }
}

/// Of so many lines one has the end of a sentence inside, unless paragraphs have one sentence each.
const LINES_OF_TEXT: usize = 20;

/// Notes each word that a line ends with a hyphen, with the first word of the line that stands below it.
fn weigh_hyphens(lines: &[line::Line], words: &mut Words) {
    for (index, line) in lines.iter().enumerate() {
        for part in zone::parts(line) {
            let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
            if !last.text.ends_with(join::is_hyphen) {
                continue;
            }
            let is_below = |word: &&line::Word| (word.x0 - first.x0).abs() < line.size;
            let mut below = lines.iter().skip(index + 1).take(LINES_BELOW).flat_map(|line| &line.words);
            if let Some(next) = below.find(is_below) {
                words.weigh(&last.text, &next.text);
            }
        }
    }
}

/// How many lines below one are looked at for the one that goes on with it: one for each column.
const LINES_BELOW: usize = 4;

/// The footnotes of the page `index`. A row over two pages may have its mark on one and its footnote on the other.
fn notes(pages: &[Page], zones: &[zone::Zones], index: usize) -> Vec<note::Note> {
    let near = index.saturating_sub(1)..(index + 2).min(pages.len());
    let bodies = near.filter_map(|near| {
        let zones = zones.get(near)?;
        pages.get(near)?.lines.get(zones.body..zones.notes)
    });
    let marks = bodies.flat_map(note::marks).collect();
    let (page, zones) = (&pages[index], &zones[index]);
    note::read(page, &page.lines[zones.notes..zones.foot], &marks)
}

/// The size of most text.
fn size(pages: &[Page]) -> f32 {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        let characters: usize = line.words.iter().map(|word| word.text.len()).sum();
        *counts.entry((line.size * 10.0) as u32).or_default() += characters;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(10.0, |(size, _)| size as f32 / 10.0)
}

/// The usual distance of lines of one paragraph, in parts of their size: that of lines below full ones. Where distances
/// of paragraphs are as frequent, it is the smaller.
fn pitch(pages: &[Page]) -> f32 {
    let is_ended = |line: &line::Line| line.words.last().is_none_or(|word| paragraph::is_ended(&word.text));
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    let mut wide: BTreeMap<u32, usize> = BTreeMap::new();
    for page in pages {
        let right = page.lines.iter().map(line::Line::x1).fold(0.0, f32::max);
        for pair in page.lines.windows(2) {
            if let [one, other] = pair
                && (one.size - other.size).abs() < 0.1
                && one.size > 0.0
                && one.x1() > right - 4.0 * one.size
            {
                let distance = (other.y - one.y) / one.size;
                let key = (distance * 20.0).round() as u32;
                if (0.9..DOUBLE).contains(&distance) {
                    *counts.entry(key).or_default() += 1;
                } else if (DOUBLE..WIDEST).contains(&distance) && !is_ended(one) {
                    *wide.entry(key).or_default() += 1;
                }
            }
        }
    }
    for (distance, count) in wide.into_iter().filter(|(_, count)| *count >= DOUBLE_SPACED) {
        *counts.entry(distance).or_default() += count;
    }
    let most = counts.values().max().copied().unwrap_or_default();
    let usual = counts.into_iter().find(|(_, count)| count * 4 >= most);
    usual.map_or(1.3, |(distance, _)| distance as f32 / 20.0)
}

/// Lines this far apart, in parts of their size, are double-spaced, or paragraphs of a line each: so many lines that end
/// no sentence tell. Wider ones are paragraphs.
const DOUBLE: f32 = 2.2;
const DOUBLE_SPACED: usize = 5;
const WIDEST: f32 = 3.2;

#[cfg(test)]
mod tests;
