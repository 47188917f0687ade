//! What the bytes of a file are, told by the bytes.

use super::package::{Package, encrypted};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};

/// A format in which documents are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML, as Word writes it.
    Docx,
    /// OpenDocument text, as LibreOffice writes it.
    Odt,
    /// PDF with a text layer.
    Pdf,
    /// HTML, saved from a site or a word processor.
    Html,
    /// Akoma Ntoso for the United Nations (AKN4UN), XML.
    Akn,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Plain text, for all that is known.
    Text,
    /// A published document.
    Document(Format),
}

impl Format {
    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Docx => "Word (DOCX)",
            Self::Odt => "OpenDocument (ODT)",
            Self::Pdf => "PDF",
            Self::Html => "HTML",
            Self::Akn => "Akoma Ntoso (AKN4UN)",
        }
    }

    /// The usual ending of its files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Akn => "xml",
        }
    }
}

/// Tells what `bytes` are. `shown` is the file's path for people.
///
/// # Errors
/// If they are in a format that is known and not read: the hint says which program converts it.
pub fn content(bytes: &[u8], shown: &str) -> Result<Content, Box<Diagnostic>> {
    let head = &bytes[..HEAD_BYTES.min(bytes.len())];
    if find(&head[..PDF_HEADER_WITHIN.min(head.len())], b"%PDF-").is_some() {
        return Ok(Content::Document(Format::Pdf));
    }
    if head.starts_with(b"PK\x03\x04") {
        return archive(bytes, shown);
    }
    if head.starts_with(COMPOUND_FILE) && find(bytes, ENCRYPTED_ENTRY).is_some() {
        return Err(encrypted(shown));
    }
    if let Some((_, name, hint)) = REFUSED.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Err(Box::new(refused(name, hint, shown)));
    }
    markup(bytes, shown)
}

/// How much of a file is looked at.
const HEAD_BYTES: usize = 64 * 1024;
/// Readers accept a PDF whose header stands within the first 1,024 bytes (ISO 32000-1, annex H, note 13).
const PDF_HEADER_WITHIN: usize = 1024;

/// The first bytes of a compound file (MS-CFB, 2.2), in which old Word files and encrypted new ones are kept.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// `EncryptedPackage` in UTF-16, the entry of an encrypted document (MS-OFFCRYPTO, 2.3.4.4).
const ENCRYPTED_ENTRY: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

const WORD: &str = "convert it with `soffice --headless --convert-to docx FILE`, and add the result";
const SCAN: &str = "make a PDF with a text layer of it with `ocrmypdf FILE OUTPUT.pdf`, and add that";

/// Formats that are told by their first bytes and not read: those bytes, the name, what to do.
const REFUSED: [(&[u8], &str, &str); 7] = [
    (COMPOUND_FILE, "an old Word, Excel or PowerPoint file", WORD),
    (b"{\\rtf", "RTF", WORD),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", SCAN),
    (b"\xff\xd8\xff", "a picture (JPEG)", SCAN),
    (b"II*\0", "a picture (TIFF)", SCAN),
    (b"MM\0*", "a picture (TIFF)", SCAN),
    (b"%!PS", "PostScript", "convert it with `ps2pdf FILE OUTPUT.pdf`, and add the result"),
];

fn refused(name: &str, hint: &str, shown: &str) -> Diagnostic {
    let fault = Diagnostic::error(code::UNREAD_FORMAT, format!("this is {name}, which is not read"));
    fault.at(Place::InFile { path: shown.to_owned(), offset: None }).hint(hint)
}

/// What a ZIP archive holds, by the names of its entries.
fn archive(bytes: &[u8], shown: &str) -> Result<Content, Box<Diagnostic>> {
    let mut package = Package::open(bytes, shown)?;
    if package.has("word/document.xml") {
        return Ok(Content::Document(Format::Docx));
    }
    // The part that says what the others are: of Word, of an OpenDocument that was packed anew, of any OpenDocument.
    let kinds = ["[Content_Types].xml", "META-INF/manifest.xml", "mimetype"];
    let kind = kinds.iter().rfind(|part| package.has(part)).map(|part| package.text(part)).transpose()?;
    let kind = kind.unwrap_or_default();
    let (name, hint) = match kind.trim() {
        kind if WORD_KINDS.iter().any(|word| kind.contains(word)) => return Ok(Content::Document(Format::Docx)),
        kind if kind.contains("application/vnd.oasis.opendocument.text") => {
            return Ok(Content::Document(Format::Odt));
        }
        kind if kind.contains("application/vnd.oasis.opendocument.spreadsheet") => ("a spreadsheet (ODS)", SHEET),
        kind if kind.contains("application/vnd.oasis.opendocument.presentation") => {
            ("a presentation (ODP)", PRESENTATION)
        }
        "application/epub+zip" => ("an e-book (EPUB)", WORD),
        _ if package.has("xl/workbook.xml") => ("a spreadsheet (XLSX)", SHEET),
        _ if package.has("ppt/presentation.xml") => ("a presentation (PPTX)", PRESENTATION),
        _ => ("a ZIP archive of another kind", "unpack it, and add the documents in it"),
    };
    Err(Box::new(refused(name, hint, shown)))
}

/// Media types of the main part of a Word document: a document or template, with or without macros (ECMA-376 part 1,
/// 11.3.10; MS-OFFMACRO2, 2.2).
const WORD_KINDS: [&str; 4] = [
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroEnabled.main+xml",
    "ms-word.template.macroEnabledTemplate.main+xml",
];

const SHEET: &str =
    "a table for `content/reference/` is saved as CSV (UTF-8): `soffice --headless --convert-to csv FILE`";
const PRESENTATION: &str = "convert it with `soffice --headless --convert-to pdf FILE`, and add the result";

/// Whether a text is HTML, AKN4UN, another XML, or none of these.
fn markup(bytes: &[u8], shown: &str) -> Result<Content, Box<Diagnostic>> {
    let head = ascii_of(bytes);
    if is_web_archive(&head) {
        let hint = "open it in a browser, save it as “web page, HTML only”, and add that";
        return Err(Box::new(refused("a web archive (MHTML)", hint, shown)));
    }
    // Markup begins with a tag, in any encoding behind a byte order mark; a text that quotes tags begins with words.
    let is_passed_over =
        |byte: &&u8| byte.is_ascii_whitespace() || matches!(**byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff);
    if bytes.iter().find(|byte| !is_passed_over(byte)) != Some(&b'<') {
        return Ok(Content::Text);
    }
    let begin = skip_prolog(&head);
    let root = begin.split_once([' ', '>', '/', '\n', '\r', '\t']).map_or(begin, |(first, _)| first);
    if head.contains("<akomantoso") || root.ends_with(":akomantoso") {
        return Ok(Content::Document(Format::Akn));
    }
    let tag = begin.split('>').next().filter(|tag| tag.starts_with('<')).unwrap_or_default();
    if let Some((_, name)) = WORD_XML.iter().find(|(namespace, _)| tag.contains(namespace)) {
        return Err(Box::new(refused(name, WORD, shown)));
    }
    // A piece of markup without a head is tags from its first to its last character, or begins most of its lines with
    // one; a text may quote tags.
    let is_piece = bytes.iter().rfind(|byte| !byte.is_ascii_whitespace() && **byte != 0) == Some(&b'>');
    let name = root.trim_start_matches('<').trim_end_matches('/');
    let is_html = begin.starts_with("<!doctype html")
        || HTML_ROOTS.contains(&name)
        || head.contains("<html ")
        || (HTML_PARTS.contains(&name) && (is_piece || begins_lines(&head)));
    if is_html {
        return Ok(Content::Document(Format::Html));
    }
    if head.trim_start().starts_with("<?xml") || (is_piece && ends_tags(&head) >= MANY_TAGS) {
        let hint =
            "read are AKN4UN files as published, which begin with `<akomaNtoso>`; add a PDF or Word file instead";
        return Err(Box::new(refused("XML of another kind than AKN4UN", hint, shown)));
    }
    Ok(Content::Text)
}

/// Word processors' documents in one XML file: a namespace of the root in lower case, the name.
const WORD_XML: [(&str, &str); 3] = [
    ("schemas.microsoft.com/office/word/2003/wordml", "Word 2003 XML"),
    ("schemas.microsoft.com/office/2006/xmlpackage", "a Word document in one XML file"),
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "an OpenDocument text in one XML file (FODT)"),
];

/// Whether `head`, in lower case, is that of a page with its pictures as a mail (RFC 2557).
fn is_web_archive(head: &str) -> bool {
    let header = head.lines().take_while(|line| !line.is_empty());
    let fields = ["mime-version:", "content-type: multipart/related"];
    let found = header.filter(|line| fields.iter().any(|field| line.starts_with(field)));
    found.count() >= fields.len()
}

/// So many tags are no accident in a text.
const MANY_TAGS: usize = 3;

/// Elements with which only a page begins.
const HTML_ROOTS: [&str; 6] = ["html", "head", "body", "title", "meta", "link"];

/// Elements with which a page without a head begins.
#[rustfmt::skip]
const HTML_PARTS: [&str; 40] = [
    "a", "address", "article", "aside", "b", "base", "blockquote", "br", "center", "div", "dl", "em", "figure", "font",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "main", "nav", "ol", "p", "pre",
    "script", "section", "span", "strong", "style", "table", "td", "tr", "ul",
];

/// Whether at least half of the lines of `head` that are not blank begin with a tag.
fn begins_lines(head: &str) -> bool {
    let lines = || head.lines().map(str::trim_start).filter(|line| !line.is_empty());
    lines().filter(|line| line.starts_with('<')).count() * 2 >= lines().count()
}

/// The start of a file in lower case, what is not ASCII left out: enough for the names of tags in any encoding.
fn ascii_of(bytes: &[u8]) -> String {
    let head = &bytes[..HEAD_BYTES.min(bytes.len())];
    head.iter().filter(|byte| byte.is_ascii() && **byte != 0).map(|byte| byte.to_ascii_lowercase() as char).collect()
}

/// `text` behind white space, the XML declaration and comments.
fn skip_prolog(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let after = if rest.starts_with("<?") {
            rest.split_once("?>").map(|(_, after)| after)
        } else if rest.starts_with("<!--") {
            rest.split_once("-->").map(|(_, after)| after)
        } else {
            None
        };
        match after {
            Some(after) => rest = after.trim_start(),
            None => return rest,
        }
    }
}

/// The number of closing tags of any name.
fn ends_tags(text: &str) -> usize {
    let after = text.split("</").skip(1);
    let closed = after.filter(|rest| {
        let name = rest.split_once('>').map_or(*rest, |(first, _)| first);
        rest.len() > name.len()
            && !name.is_empty()
            && name.len() <= 40
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_'))
    });
    closed.count()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encrypted_document_is_told_from_an_old_one() {
        let encrypted = [COMPOUND_FILE, &[0; 64], ENCRYPTED_ENTRY].concat();
        assert_eq!(content(&encrypted, "file").expect_err("it is refused").code, code::ENCRYPTED_DOCUMENT);
        assert_eq!(content(COMPOUND_FILE, "file").expect_err("it is refused").code, code::UNREAD_FORMAT);
    }
}
