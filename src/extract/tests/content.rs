//! Files that are no document, that are one of another kind, or that are made to harm.

use super::archive;
use crate::base::code;
use crate::base::limits::{MAX_DOCUMENT_ATTRIBUTES, MAX_DOCUMENT_DEPTH, MAX_DOCUMENT_PART_BYTES, MAX_DOCUMENT_PARTS};
use crate::extract::extract;
use crate::extract::format::{Content, Format, content};
use std::io::{Cursor, Write};
use zip::CompressionMethod;
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

/// A part of a Word document, of an OpenDocument text, of a page and of an AKN4UN file around `content`.
fn around(content: &str) -> [Vec<u8>; 4] {
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let office = "urn:oasis:names:tc:opendocument:xmlns";
    let text = format!(
        "<o:document-content xmlns:o='{office}:office:1.0' xmlns:t='{office}:text:1.0'><o:body><o:text>{content}</o:text></o:body></o:document-content>"
    );
    [
        archive(&[(
            "word/document.xml",
            &format!("<w:document xmlns:w='{word}'><w:body>{content}</w:body></w:document>"),
        )]),
        archive(&[("mimetype", ODT), ("content.xml", &text)]),
        format!("<!doctype html><body>{content}").into_bytes(),
        format!("<akomaNtoso><body>{content}</body></akomaNtoso>").into_bytes(),
    ]
}

#[test]
fn a_document_without_text_is_told() {
    for bytes in around("") {
        assert_eq!(refused(&bytes), code::NO_TEXT_LAYER);
    }
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<!DOCTYPE html [<!ENTITY b 'cccc'><!ENTITY d '&b;&b;'>]>";
    let parts = [format!("{bomb}<a>&d;</a>"), format!("<?xml version='1.0'?>{bomb}<akomaNtoso>&d;</akomaNtoso>")];
    let [part, akn] = parts;
    assert_eq!(refused(&archive(&[("word/document.xml", &part)])), code::DAMAGED_DOCUMENT);
    assert_eq!(refused(&archive(&[("mimetype", ODT), ("content.xml", &part)])), code::DAMAGED_DOCUMENT);
    assert_eq!(refused(akn.as_bytes()), code::DAMAGED_DOCUMENT);
    // HTML knows no entities but its own: the reference is text.
    let page = extract(format!("{bomb}<html><p>&d;").as_bytes(), "file").expect("it is read").expect("it is a page");
    assert!(page.text.contains("&d;"), "{}", page.text);
}

/// The text of the document `content`, or the code of what is wrong with it.
fn text_of(content: &str) -> Result<String, &'static str> {
    extract(content.as_bytes(), "file").map(|found| found.expect("it is a document").text).map_err(|fault| fault.code)
}

#[test]
fn markup_is_read_as_it_is_written() {
    let cases = [
        ("<!DOCTYPE akomaNtoso><akomaNtoso><p>a</p></akomaNtoso>", Ok("a\n")),
        ("<!DOCTYPE akomaNtoso SYSTEM 'x.dtd'><akomaNtoso><p>a</p></akomaNtoso><!-- b -->", Ok("a\n")),
        ("<akomaNtoso><p><![CDATA[a < b]]><?x y?><!-- z --></p></akomaNtoso>", Ok("a < b\n")),
        ("<akomaNtoso><p>&#97;&#x62;&amp;&lt;&gt;&quot;&apos;</p></akomaNtoso>", Ok("ab&<>\"'\n")),
        ("<akomaNtoso><p>a&nbsp;b</p></akomaNtoso>", Err(code::DAMAGED_DOCUMENT)),
        ("<akomaNtoso><p>a & b</p></akomaNtoso>", Err(code::DAMAGED_DOCUMENT)),
        ("<akomaNtoso><p>a</p></akomaNtoso><akomaNtoso/>", Err(code::DAMAGED_DOCUMENT)),
        ("<akomaNtoso><p>a</p>", Err(code::DAMAGED_DOCUMENT)),
        ("<akomaNtoso><p>a</b></akomaNtoso>", Err(code::DAMAGED_DOCUMENT)),
    ];
    for (content, expected) in cases {
        assert_eq!(text_of(content).as_deref(), expected.as_ref().copied(), "{content}");
    }
}

#[test]
fn nesting_and_attributes_are_read_up_to_their_bounds() {
    let nested =
        |name: &str, count: usize| format!("<{name}>").repeat(count) + "a" + &format!("</{name}>").repeat(count);
    let numbered = |between: &str, count: usize| -> String {
        (0..count).map(|number| format!("a{number}='x'{between}")).collect()
    };
    let akn = |content: String| format!("<akomaNtoso>{content}</akomaNtoso>");
    let page = |content: String| format!("<!doctype html>{content}");
    let cases = [
        (akn(nested("b", MAX_DOCUMENT_DEPTH - 1)), true),
        (akn(nested("b", MAX_DOCUMENT_DEPTH)), false),
        (akn("<b>a</b>".repeat(MAX_DOCUMENT_DEPTH + 1)), true),
        (akn(format!("<p {}>a</p>", numbered(" ", MAX_DOCUMENT_ATTRIBUTES))), true),
        (akn(format!("<p {}>a</p>", numbered(" ", MAX_DOCUMENT_ATTRIBUTES + 1))), false),
        (akn(format!("<p xmlns:x='y' {}>a</p>", numbered(" ", MAX_DOCUMENT_ATTRIBUTES))), true),
        (page(nested("div", 2 * MAX_DOCUMENT_DEPTH)), true),
        (page(nested("div", 2 * MAX_DOCUMENT_DEPTH + 1)), false),
        (page(nested("DIV", 2 * MAX_DOCUMENT_DEPTH + 1)), false),
        (page("<div>a</div>".repeat(2 * MAX_DOCUMENT_DEPTH + 1)), true),
        (page("<p>a<br>".repeat(2 * MAX_DOCUMENT_DEPTH + 1)), true),
        (page("</b>".repeat(MAX_DOCUMENT_DEPTH) + &nested("b", 2 * MAX_DOCUMENT_DEPTH)), true),
        (page(format!("<!--{}--><p>a", "<div>".repeat(2 * MAX_DOCUMENT_DEPTH + 1))), true),
        (page(format!("<p>a<!--{}", "<div>".repeat(2 * MAX_DOCUMENT_DEPTH + 1))), true),
        (page(format!("<p>a{}", " < div >".repeat(2 * MAX_DOCUMENT_DEPTH + 1))), true),
        (page(format!("<p title='{}>'>a", "<div>".repeat(2 * MAX_DOCUMENT_DEPTH + 1))), true),
        (page(format!("<p title=\"'{}\">a", " x".repeat(MAX_DOCUMENT_ATTRIBUTES + 1))), true),
        (page(format!("<p {}>a", numbered(" ", MAX_DOCUMENT_ATTRIBUTES))), true),
        (page(format!("<p {}>a", numbered("\n", MAX_DOCUMENT_ATTRIBUTES + 1))), false),
        (page(format!("<p {}>a", numbered("", MAX_DOCUMENT_ATTRIBUTES + 1))), false),
        (page(format!("<p/{}>a", numbered("/", MAX_DOCUMENT_ATTRIBUTES + 1))), false),
        (page(format!("<p{}>a", " = ".repeat(MAX_DOCUMENT_ATTRIBUTES) + " ")), true),
    ];
    for (content, is_read) in cases {
        let found = text_of(&content);
        let start = &content[..60];
        assert_eq!(found.is_ok_and(|text| text.contains('a')), is_read, "{start}… of {} bytes", content.len());
        if !is_read {
            assert_eq!(text_of(&content), Err(code::OVER_LIMIT), "{start}");
        }
    }
}

#[test]
fn nesting_is_bounded() {
    for bytes in around(&"<div>".repeat(1_000_000)) {
        assert_eq!(refused(&bytes), code::OVER_LIMIT);
    }
}

#[test]
fn a_huge_attribute_or_row_is_read() {
    let value = "x".repeat(10_000_000);
    let paragraphs = [
        "<w:p w:a='{}'><w:r><w:t>a</w:t></w:r></w:p>",
        "<t:p t:a='{}'>a</t:p>",
        "<p title='{}'>a</p>",
        "<p title='{}'>a</p>",
    ];
    let cells =
        ["<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>", "", "<td>a</td>", "<td colspan='64' rowspan='9'>a</td>"];
    for (index, paragraph) in paragraphs.into_iter().enumerate() {
        let bytes = &around(&paragraph.replace("{}", &value))[index];
        assert_eq!(extract(bytes, "file").expect("it is read").expect("it is a document").text, "a\n");
    }
    let rows = [
        ("<w:tbl><w:tr>", "</w:tr></w:tbl>"),
        ("", ""),
        ("<table><tr>", "</tr></table>"),
        ("<table><tr>", "</tr></table>"),
    ];
    for (index, (cell, (before, behind))) in
        cells.into_iter().zip(rows).enumerate().filter(|(_, (cell, _))| !cell.is_empty())
    {
        let bytes = &around(&format!("{before}{}{behind}", cell.repeat(100_000)))[index];
        let text = extract(bytes, "file").expect("it is read").expect("it is a document").text;
        assert_eq!(text.matches('a').count(), 100_000);
        assert!(text.len() < 300_000, "{}", text.len());
    }
}

#[test]
fn damaged_archives_are_told() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file("word/document.xml", options).expect("memory takes it");
    writer.write_all(b"<a>stored</a>").expect("memory takes it");
    let whole = writer.finish().expect("memory takes it").into_inner();
    let at = whole.windows(6).position(|window| window == b"stored").expect("it is stored");
    let mut changed = whole.clone();
    changed[at] = b'S';
    let twice = {
        let mut bytes = archive(&[("word/document.xml", "<a/>"), ("word/document.xmk", "<b/>")]);
        let places: Vec<usize> =
            (0..bytes.len()).filter(|place| bytes[*place..].starts_with(b"document.xmk")).collect();
        places.into_iter().for_each(|place| bytes[place + 11] = b'l');
        bytes
    };
    for bytes in [&changed, &whole[..whole.len() - 30], &whole[..40], b"PK\x03\x04", &twice] {
        let code = refused(bytes);
        assert!(matches!(code, code::DAMAGED_DOCUMENT | code::NO_TEXT_LAYER), "{code}");
    }
}

#[test]
fn a_link_in_an_archive_is_not_followed() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("word/document.xml", "/etc/passwd", SimpleFileOptions::default()).expect("memory takes it");
    let bytes = writer.finish().expect("memory takes it").into_inner();
    assert_eq!(refused(&bytes), code::DAMAGED_DOCUMENT);
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

/// What `bytes` are told to be.
fn told(bytes: &[u8]) -> String {
    match content(bytes, "file") {
        Ok(Content::Text) => "text".to_owned(),
        Ok(Content::Document(format)) => format.name().to_owned(),
        Err(fault) => fault.message.clone(),
    }
}

#[test]
fn files_are_told_by_their_first_bytes() {
    let header = |blanks: usize| (" ".repeat(blanks) + "%PDF-1.7\n").into_bytes();
    let cases: [(&[u8], &str); 12] = [
        (&header(1_019), "PDF"),
        (&header(1_020), "text"),
        (b"\x89PNG\r\n\x1a\n\0", "this is a picture (PNG), which is not read"),
        (b"\xff\xd8\xff\xe0", "this is a picture (JPEG), which is not read"),
        (b"II*\0\x08", "this is a picture (TIFF), which is not read"),
        (b"MM\0*\0", "this is a picture (TIFF), which is not read"),
        (b"%!PS-Adobe-3.0", "this is PostScript, which is not read"),
        (b"{\\rtf1", "this is RTF, which is not read"),
        (b" {\\rtf1", "text"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<p>",
            "this is a web archive (MHTML), which is not read",
        ),
        (b"MIME-Version: 1.0\n\nContent-Type: multipart/related\n", "text"),
        (b"Content-Type: multipart/related\nSubject: x\n", "text"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(told(bytes), expected, "{bytes:?}");
    }
}

#[test]
fn archives_are_told_by_what_is_in_them() {
    let open = "application/vnd.oasis.opendocument";
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let types = |kind: &str| format!("<Types><Override ContentType='{kind}'/></Types>");
    let cases: [(&[(&str, &str)], &str); 16] = [
        (&[("word/document.xml", ""), ("mimetype", "application/epub+zip")], "Word (DOCX)"),
        (&[("[Content_Types].xml", &types(&format!("{word}.document.main+xml")))], "Word (DOCX)"),
        (&[("[Content_Types].xml", &types(&format!("{word}.template.main+xml")))], "Word (DOCX)"),
        (&[("[Content_Types].xml", &types("application/vnd.ms-word.document.macroEnabled.main+xml"))], "Word (DOCX)"),
        (
            &[("[Content_Types].xml", &types("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"))],
            "Word (DOCX)",
        ),
        (&[("mimetype", &format!("{open}.text"))], "OpenDocument (ODT)"),
        (&[("mimetype", &format!("{open}.text-template\n"))], "OpenDocument (ODT)"),
        (&[("META-INF/manifest.xml", &format!("<m t='{open}.text'/>"))], "OpenDocument (ODT)"),
        (
            &[("META-INF/manifest.xml", &format!("{open}.text")), ("mimetype", &format!("{open}.spreadsheet"))],
            "this is a spreadsheet (ODS), which is not read",
        ),
        (&[("mimetype", &format!("{open}.presentation"))], "this is a presentation (ODP), which is not read"),
        (&[("mimetype", "application/epub+zip\n")], "this is an e-book (EPUB), which is not read"),
        (
            &[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "")],
            "this is a spreadsheet (XLSX), which is not read",
        ),
        (&[("xl/workbook.xml", "")], "this is a spreadsheet (XLSX), which is not read"),
        (&[("ppt/presentation.xml", "")], "this is a presentation (PPTX), which is not read"),
        (&[("a.txt", "")], "this is a ZIP archive of another kind, which is not read"),
        (&[("mimetype", "text/plain")], "this is a ZIP archive of another kind, which is not read"),
    ];
    for (parts, expected) in cases {
        assert_eq!(told(&archive(parts)), expected, "{parts:?}");
    }
}

#[test]
fn markup_is_told_by_its_tags() {
    let xml = "this is XML of another kind than AKN4UN, which is not read";
    let long = |letters: usize| format!("<x><y>1</y><z>2</{}>", "a".repeat(letters) + "></x");
    let cases: [(&str, &str); 28] = [
        ("<akomaNtoso/>", "Akoma Ntoso (AKN4UN)"),
        ("<?xml version='1.0'?><!-- x --><an:akomaNtoso xmlns:an='x'>", "Akoma Ntoso (AKN4UN)"),
        (" \n<!-- <p> --><?x y?><html>", "HTML"),
        ("<!DOCTYPE HTML><x>", "HTML"),
        ("<head><x>", "HTML"),
        ("<meta charset=utf-8>", "HTML"),
        ("<link rel=x>", "HTML"),
        ("<body>", "HTML"),
        ("<x><html lang=en>", "HTML"),
        ("<p>a</p>\n", "HTML"),
        ("<p>a", "HTML"),
        ("<p>a\nb", "HTML"),
        ("<p>a\nb\nc", "text"),
        ("<p>a\nb\nc</p>", "HTML"),
        ("<br/>a\nb\nc>", "HTML"),
        ("<States> are listed\nbelow", "text"),
        ("< p>a</p>", "text"),
        ("<?xml version='1.0'?><x/>", xml),
        ("<x><y>1</y><z>2</z></x>", xml),
        ("<x><y>1</y></x>", "text"),
        ("<x><y>1</y><z>2</z></x> behind", "text"),
        ("<a:x><b-y>1</b-y><c_z>2</c_z></a:x>", xml),
        ("<x><y>1</y z><z>2</z></x>", "text"),
        ("<x><y>1</><z>2</z></x>", "text"),
        ("<x></y></z></w", "text"),
        (&long(40), xml),
        (&long(41), "text"),
        ("<office:document xmlns:office='x'>", "text"),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text.as_bytes()), expected, "{text}");
    }
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
