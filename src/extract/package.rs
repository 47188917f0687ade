//! A document that is a ZIP archive of XML parts (DOCX, ODT), within bounds.

use super::xml;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::{MAX_DOCUMENT_PART_BYTES, MAX_DOCUMENT_PARTS};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// An archive whose entries are read one at a time.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    shown: &'a str,
}

impl<'a> Package<'a> {
    /// Opens the archive in `bytes`.
    ///
    /// # Errors
    /// If it is damaged, or has more entries than a document has.
    pub(super) fn open(bytes: &'a [u8], shown: &'a str) -> Result<Self, Box<Diagnostic>> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string(), shown))?;
        if archive.len() > MAX_DOCUMENT_PARTS {
            let message = format!("an archive of more than {MAX_DOCUMENT_PARTS} entries");
            return Err(over_limit(message, shown));
        }
        Ok(Self { archive, shown })
    }

    /// Whether there is an entry `name`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The entry `name`, an XML document or a plain line, as text.
    ///
    /// # Errors
    /// If it is not there, encrypted, damaged, no text, or unpacks to more than a document's part has.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Box<Diagnostic>> {
        let shown = self.shown;
        let entry = self.archive.by_name(name).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => encrypted(shown),
            error => damaged(&format!("`{name}`: {error}"), shown),
        })?;
        let mut bytes = Vec::new();
        let length = entry.take(MAX_DOCUMENT_PART_BYTES + 1).read_to_end(&mut bytes);
        let length = length.map_err(|error| damaged(&format!("`{name}`: {error}"), shown))?;
        if length as u64 > MAX_DOCUMENT_PART_BYTES {
            let message = format!("`{name}` in it unpacks to more than {MAX_DOCUMENT_PART_BYTES} bytes");
            return Err(over_limit(message, shown));
        }
        xml::decode(&bytes, name, shown)
    }
}

/// The diagnostic for a document that is cut off or breaks the rules of its format.
pub(super) fn damaged(what: &str, shown: &str) -> Box<Diagnostic> {
    let fault = Diagnostic::error(code::DAMAGED_DOCUMENT, format!("the document is damaged: {what}"));
    let place = Place::InFile { path: shown.to_owned(), offset: None };
    Box::new(fault.at(place).hint("fetch it again; if it opens in a word processor, save it anew and add that"))
}

/// The diagnostic for a document that a password opens.
pub(super) fn encrypted(shown: &str) -> Box<Diagnostic> {
    let fault = Diagnostic::error(code::ENCRYPTED_DOCUMENT, "the document is encrypted");
    let place = Place::InFile { path: shown.to_owned(), offset: None };
    Box::new(fault.at(place).hint("open it in a word processor, save it without a password, and add that"))
}

/// The diagnostic for a document larger than its limit.
pub(super) fn over_limit(message: String, shown: &str) -> Box<Diagnostic> {
    let fault = Diagnostic::error(code::OVER_LIMIT, message);
    let place = Place::InFile { path: shown.to_owned(), offset: None };
    Box::new(fault.at(place).hint("no document of the United Nations is so large; divide it if this is one"))
}
