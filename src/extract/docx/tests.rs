//! Word documents of a few elements.

use super::read;
use crate::base::code;
use crate::extract::document::Document;
use crate::extract::tests::archive;
use crate::extract::text;

fn body(content: &str) -> String {
    let namespaces = r#"xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;
    format!("<w:document {namespaces}><w:body>{content}</w:body></w:document>")
}

fn document(content: &str) -> Document {
    read(&archive(&[("word/document.xml", &body(content))]), "file.docx").expect("the document is right")
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
    ];
    for (content, expected) in cases {
        assert_eq!(text::write(&document(content).blocks), expected, "{content}");
    }
}

#[test]
fn what_is_deleted_is_left_out_by_name() {
    let found = document("<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>");
    assert_eq!(
        found.left_out.iter().map(|left| (left.what, left.text.as_str())).collect::<Vec<_>>(),
        [("deleted text (tracked change)", "gone")]
    );
    assert_eq!(found.remarks.iter().map(|remark| remark.code).collect::<Vec<_>>(), [code::TRACKED_CHANGES]);
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
