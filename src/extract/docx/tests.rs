//! Word documents of a few elements.

use super::read;
use crate::base::code;
use crate::extract::document::Document;
use crate::extract::extract;
use crate::extract::tests::archive;
use crate::extract::text;

fn body(content: &str) -> String {
    let namespaces = r#"xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;
    format!("<w:document {namespaces}><w:body>{content}</w:body></w:document>")
}

fn document(content: &str) -> Document {
    read(&archive(&[("word/document.xml", &body(content))]), "file.docx").expect("the document is right")
}

/// The text of the document with the body `content` and `other` parts: what refers to each, its name, its content.
fn text_with(content: &str, main: &str, other: &[(&str, &str, &str)]) -> String {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relationship = |kind_of: &str, target: &str| {
        format!("<Relationship Id='{kind_of}' Type='{kind}/{kind_of}' Target='{target}'/>")
    };
    let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relationships = |content: &str| format!("<Relationships xmlns='{namespace}'>{content}</Relationships>");
    let (folder, name) = main.rsplit_once('/').expect("it is in a folder");
    let of_main = format!("{folder}/_rels/{name}.rels");
    let of_package = relationships(&relationship("officeDocument", main));
    let to_others =
        relationships(&other.iter().map(|(kind, name, _)| relationship(kind, &format!("/{name}"))).collect::<String>());
    let types = "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
    let content = body(content);
    let mut parts =
        vec![("[Content_Types].xml", types), ("_rels/.rels", &of_package), (&of_main, &to_others), (main, &content)];
    parts.extend(other.iter().map(|(_, name, content)| (*name, *content)));
    extract(&archive(&parts), "file").expect("it is read").expect("it is a document").text
}

#[test]
fn parts_are_found_by_what_refers_to_them() {
    let notes = "<w:footnotes xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:footnote w:id='2'><w:p><w:r><w:t>*</w:t><w:tab/><w:t>note</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let content = "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:footnoteReference w:id='2' w:customMarkFollows='1'/></w:r><w:r><w:t>*</w:t></w:r><w:r><w:t> b * c</w:t></w:r></w:p>";
    let found = text_with(content, "docs/main.xml", &[("footnotes", "other/notes.xml", notes)]);
    assert_eq!(found, "a[^*] b * c\n\n[^*]: note\n");
}

#[test]
fn paragraphs_are_numbered_as_word_does() {
    let numbering = r#"<w:numbering xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
        <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="10"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="3"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;
    let items = [
        (1, 0, "1. "),
        (1, 1, "(a) "),
        (1, 2, "1.1.1 "),
        (1, 1, "(b) "),
        (1, 0, "2. "),
        (1, 1, "(a) "),
        (2, 0, "5. "),
        (2, 0, "6. "),
        (1, 0, "7. "),
        (3, 0, "十、"),
        (3, 1, "3) "),
        (3, 0, "十一、"),
        (3, 1, "4) "),
        (0, 0, ""),
        (9, 0, ""),
    ];
    let paragraph = |(list, level, _): &(u8, u8, &str)| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
        )
    };
    let content: String = items.iter().map(paragraph).collect();
    let expected: Vec<String> = items.iter().map(|(.., number)| format!("{number}x")).collect();
    let found = text_with(&content, "word/document.xml", &[("numbering", "word/numbering.xml", numbering)]);
    assert_eq!(found, expected.join("\n\n") + "\n");
}

#[test]
fn content_becomes_blocks() {
    let cases = [
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r></w:p>", "a b\u{2011}c\n"),
        (
            "<w:p><w:r><w:t>a</w:t><w:br w:type='page'/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r></w:p>",
            "a\u{c}\n\nb\n",
        ),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r></w:p>", "b\n"),
        (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p><w:p><w:ins><w:r><w:t>b</w:t></w:r></w:ins></w:p>",
            "ab\n",
        ),
        (
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>s</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",
            "s\n\na\u{2028}b\tc\u{2028}d\n",
        ),
        (
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>a</w:t></w:r></w:p>",
            "a\n\nbox\n",
        ),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText> PAGE </w:instrText><w:fldChar w:fldCharType='separate'/><w:t>7</w:t><w:fldChar w:fldCharType='end'/></w:r></w:p>",
            "7\n",
        ),
        (
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>a</w:t></mc:Choice><mc:Choice><w:t>b</w:t></mc:Choice></mc:AlternateContent><w:t>c</w:t></w:r></w:p>",
            "ac\n",
        ),
        (
            "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "b\n",
        ),
        (
            "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Symbol' w:char='61'/><w:sym w:font='Arial' w:char='61'/></w:r></w:p>",
            "✓αa\n",
        ),
        (
            "<w:p><w:moveTo><w:r><w:t>a</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:hyperlink><w:r><w:t>b</w:t></w:r></w:hyperlink><w:fldSimple w:instr='REF x'><w:r><w:t>c</w:t></w:r></w:fldSimple></w:p>",
            "abc\n",
        ),
        (
            "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent><w:tbl><w:tr><w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:sdtContent></w:sdt>",
            "a\tb\n",
        ),
        (
            "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "a\tb\n\tc\n",
        ),
    ];
    for (content, expected) in cases {
        assert_eq!(text::write(&document(content).blocks), expected, "{content}");
    }
}

#[test]
fn a_raised_letter_is_the_mark_of_the_note_below() {
    let raised = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>a</w:t></w:r>";
    let cell = |content: &str| format!("<w:tc><w:p>{content}</w:p></w:tc>");
    let run = |text: &str| format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let row = [cell(&(run("Austria") + raised)), cell(&run("May"))].concat();
    let content = format!("<w:tbl><w:tr>{row}</w:tr></w:tbl><w:p>{raised}{}</w:p>", run(" On behalf of all."));
    assert_eq!(text_with(&content, "word/document.xml", &[]), "Austria[^a]\tMay\n\n[^a]: On behalf of all.\n");
}

#[test]
fn what_is_deleted_is_left_out_by_name() {
    let found = document(
        "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p><w:altChunk/>",
    );
    let expected = [
        ("deleted text (tracked change)", "gone"),
        ("another document inside this one, which is not read", "altChunk"),
    ];
    assert_eq!(found.left_out.iter().map(|left| (left.what, left.text.as_str())).collect::<Vec<_>>(), expected);
    assert_eq!(found.remarks.iter().map(|remark| remark.code).collect::<Vec<_>>(), [code::TRACKED_CHANGES]);
}

#[test]
fn pages_are_known_where_the_program_told_where_they_end_or_how_many_there_are() {
    let run = |content: &str| format!("<w:p><w:r>{content}</w:r></w:p>");
    let broken = run("<w:t>a</w:t><w:br w:type='page'/>") + &run("<w:t>b</w:t>");
    let laid_out = run("<w:t>a</w:t>") + &run("<w:lastRenderedPageBreak/><w:t>b</w:t>");
    let cases = [
        (&broken, Some("2"), Some(2)),
        (&broken, Some(" 2 "), Some(2)),
        (&broken, Some("3"), None),
        (&broken, Some("x"), None),
        (&broken, None, None),
        (&laid_out, None, Some(2)),
        (&laid_out, Some("3"), Some(2)),
        (&run("<w:t>a</w:t>"), Some("1"), Some(1)),
        (&run("<w:t>a</w:t>"), Some("2"), None),
    ];
    for (content, told, expected) in cases {
        let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
        let properties = told.map(|told| {
            format!(
                "<Properties xmlns='{namespace}'><Words>7</Words><Pages>{told}</Pages><Lines>2</Lines></Properties>"
            )
        });
        let content = body(content);
        let mut parts = vec![("word/document.xml", content.as_str())];
        parts.extend(properties.as_deref().map(|properties| ("docProps/app.xml", properties)));
        let found = read(&archive(&parts), "file.docx").expect("the document is right");
        assert_eq!(found.pages, expected, "{content} {told:?}");
    }
}

#[test]
fn what_stands_outside_of_the_archive_is_not_looked_for() {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
    let relationship = |mode: &str| {
        format!(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='a' Type='{kind}' Target='comments.xml'{mode}/></Relationships>"
        )
    };
    let found = |mode: &str| {
        let (content, relationships) = (body("<w:p><w:r><w:t>a</w:t></w:r></w:p>"), relationship(mode));
        read(&archive(&[("word/document.xml", &content), ("word/_rels/document.xml.rels", &relationships)]), "file")
    };
    assert!(found(" TargetMode='External'").is_ok());
    assert_eq!(found("").expect_err("it is missing").code, code::DAMAGED_DOCUMENT);
}

#[test]
fn damage_is_told() {
    let whole = archive(&[("word/document.xml", &body(""))]);
    let cases = [
        whole.get(..whole.len() / 2).unwrap_or_default().to_vec(),
        archive(&[("word/other.xml", "")]),
        archive(&[("word/document.xml", "<a>")]),
        archive(&[("word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]),
    ];
    for bytes in cases {
        assert_eq!(read(&bytes, "file.docx").expect_err("it is damaged").code, code::DAMAGED_DOCUMENT);
    }
}
