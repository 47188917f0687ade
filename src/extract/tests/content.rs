//! Files that are no document, that are one of another kind, or that are made to harm.

use super::archive;
use crate::base::code;
use crate::base::limits::{MAX_DOCUMENT_PART_BYTES, MAX_DOCUMENT_PARTS};
use crate::extract::extract;
use crate::extract::format::{Content, Format, content};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

const ODT: &str = "application/vnd.oasis.opendocument.text";

fn refused(bytes: &[u8]) -> &'static str {
    let fault = extract(bytes, "file").expect_err("it is refused");
    assert!(fault.hint.is_some(), "{fault:?}");
    fault.code
}

/// `archive` with the flag on every entry that says it is encrypted.
fn encrypted(mut archive: Vec<u8>) -> Vec<u8> {
    for (signature, offset) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> = (0..archive.len()).filter(|place| archive[*place..].starts_with(signature)).collect();
        places.into_iter().for_each(|place| archive[place + offset] |= 1);
    }
    archive
}

#[test]
fn encrypted_archives_are_told() {
    let manifest = "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><manifest:file-entry manifest:full-path='content.xml'><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let cases = [
        encrypted(archive(&[("word/document.xml", "<a/>")])),
        encrypted(archive(&[("mimetype", ODT), ("content.xml", "<a/>")])),
        archive(&[("mimetype", ODT), ("content.xml", "\u{1}\u{2}"), ("META-INF/manifest.xml", manifest)]),
        archive(&[("mimetype", ODT), ("encrypted-package", ""), ("META-INF/manifest.xml", manifest)]),
    ];
    for bytes in cases {
        assert_eq!(refused(&bytes), code::ENCRYPTED_DOCUMENT);
    }
}

#[test]
fn archives_without_their_parts_are_damaged() {
    let cases = [archive(&[("mimetype", ODT)]), archive(&[("word/document.xml", "")])];
    for bytes in cases {
        assert_eq!(refused(&bytes), code::DAMAGED_DOCUMENT);
    }
}

#[test]
fn archives_are_bounded() {
    let names: Vec<String> = (0..=MAX_DOCUMENT_PARTS).map(|number| number.to_string()).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(refused(&archive(&parts)), code::OVER_LIMIT);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", SimpleFileOptions::default()).expect("memory takes it");
    let blanks = [b' '; 1024 * 1024];
    for _ in 0..=MAX_DOCUMENT_PART_BYTES / blanks.len() as u64 {
        writer.write_all(&blanks).expect("memory takes it");
    }
    let bomb = writer.finish().expect("memory takes it").into_inner();
    assert_eq!(refused(&bomb), code::OVER_LIMIT);
}

#[test]
fn formats_that_are_not_read_are_told() {
    let cases = [
        "<?xml version='1.0'?>\n<?mso-application progid='Word.Document'?>\n<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'/>",
        "<?xml version='1.0'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'/>",
        "<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>",
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"\r\n\r\n<html><body><p>a</p></body></html>",
        "{\\rtf1 a}",
    ];
    for text in cases {
        assert_eq!(refused(text.as_bytes()), code::UNREAD_FORMAT, "{text}");
    }
    let message = extract(cases[0].as_bytes(), "file").expect_err("it is refused").message;
    assert_eq!(message, "this is Word 2003 XML, which is not read");
}

#[test]
fn a_text_about_tags_is_a_text() {
    let cases = [
        ("The <p> and the </p> of a page, and once more </p>.", Content::Text),
        ("A link ends with </a>; another </a> ends it too.", Content::Text),
        ("1 < 2 and 3 > 2\n<b>", Content::Text),
        ("MIME-Version: 1.0 is a line of mail.\n", Content::Text),
        ("", Content::Text),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>",
            Content::Document(Format::Html),
        ),
        ("<p>a</p><p>b</p><p>c</p>", Content::Document(Format::Html)),
    ];
    for (text, expected) in cases {
        assert_eq!(content(text.as_bytes(), "file").expect("it is known"), expected, "{text}");
    }
}
