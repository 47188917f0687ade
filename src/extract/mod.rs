//! Published documents → the text that `parse` reads.
//!
//! Input: the bytes of a file as the United Nations publishes it. Output: [`Extraction`]. Invariants: the format is
//! told by content, never by the file's name; every character of the document is in the text, in its furniture or in a
//! named leftover; time and memory are bounded; no type of a format leaves its module.
//!
//! 1. [`mod@format`] tells what the bytes are.
//! 2. `docx`, `odt`, `html`, `akn` and `pdf` make a [`Document`] of them: paragraphs, rows, footnotes, furniture.
//! 3. `raised` ties marks that were typed to the notes that were typed for them.
//! 4. [`text`] writes the document down as plain text.

mod akn;
pub mod document;
mod docx;
pub mod format;
mod grid;
mod html;
mod label;
mod numeral;
mod odt;
mod package;
mod pdf;
mod raised;
#[cfg(test)]
mod tests;
pub mod text;
mod xml;

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use document::{Document, LeftOut, Metadata};
use format::{Content, Format};

/// Version of what is extracted from the same bytes. It goes up whenever that may differ.
pub const VERSION: u32 = 3;

/// The text of a published document.
#[derive(Debug, Clone)]
pub struct Extraction {
    /// What the document is.
    pub format: Format,
    /// Its text, in the form that [`text`] describes.
    pub text: String,
    /// How many pages it has; none where the format has no pages.
    pub pages: Option<usize>,
    /// What the document says of itself outside its text.
    pub metadata: Metadata,
    /// What is not in the text, by name.
    pub left_out: Vec<LeftOut>,
    /// What a user should know of this document, without a place.
    pub remarks: Vec<Diagnostic>,
}

/// Extracts the text of the document in `bytes`; none if it is plain text already. `shown` is its path for people.
///
/// # Errors
/// If the format is none that is read, or the document is damaged, encrypted, without text or over a limit.
pub fn extract(bytes: &[u8], shown: &str) -> Result<Option<Extraction>, Box<Diagnostic>> {
    let format = match format::content(bytes, shown)? {
        Content::Text => return Ok(None),
        Content::Document(format) => format,
    };
    let document = match format {
        Format::Docx => docx::read(bytes, shown),
        Format::Odt => odt::read(bytes, shown),
        Format::Pdf => pdf::read(bytes, shown),
        Format::Html => html::read(bytes, shown),
        Format::Akn => akn::read(bytes, shown),
    }?;
    let Document { blocks, pages, metadata, left_out, remarks } = document;
    let text = text::write(&raised::tie(blocks));
    if text.trim().is_empty() {
        return Err(Box::new(no_text(shown)));
    }
    // A row that goes on over a page may end the page in each of its cells; the text tells it once.
    let pages = match format {
        Format::Pdf => pages,
        _ => pages.map(|_| text.matches(document::PAGE_BREAK).count() + 1),
    };
    Ok(Some(Extraction { format, text, pages, metadata, left_out, remarks }))
}

fn no_text(shown: &str) -> Diagnostic {
    let fault =
        Diagnostic::error(code::NO_TEXT_LAYER, "the document has no text: it is empty, or all of it is pictures");
    fault.at(Place::InFile { path: shown.to_owned(), offset: None }).hint(
        "print it to a PDF from the program that shows it; if its pages are pictures, make a text layer of them with `ocrmypdf FILE OUTPUT.pdf`",
    )
}
