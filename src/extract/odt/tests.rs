//! OpenDocument texts of a few elements.

use crate::base::code;
use crate::extract::tests::archive;
use crate::extract::{Extraction, extract};

const STYLES: &str = r#"
    <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/><text:list-level-style-number text:level="2" style:num-prefix="(" style:num-suffix=")" style:num-format="a"/></text:list-style>
    <text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix="." text:start-value="4"/></text:list-style>
    <text:list-style style:name="L3"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/></text:list-style>
    <style:style style:name="raised" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
    <style:style style:name="new-page" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
    <style:style style:name="same-page" style:family="paragraph" style:parent-style-name="new-page"><style:paragraph-properties fo:break-before="auto"/></style:style>"#;

/// What is extracted of the document with the body `content`.
fn extraction(content: &str) -> Extraction {
    let names = [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    ];
    let namespaces = names
        .map(|(prefix, name)| format!(" xmlns:{prefix}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'"))
        .concat();
    let document = format!(
        "<office:document-content{namespaces} xmlns:dc='http://purl.org/dc/elements/1.1/'><office:automatic-styles>{STYLES}</office:automatic-styles><office:body><office:text>{content}</office:text></office:body></office:document-content>"
    );
    let manifest = "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><manifest:file-entry manifest:full-path='/' manifest:media-type='application/vnd.oasis.opendocument.text'/></manifest:manifest>";
    // Packed anew by a program that knows nothing of the part `mimetype`.
    let bytes = archive(&[("META-INF/manifest.xml", manifest), ("content.xml", &document)]);
    extract(&bytes, "file").expect("it is read").expect("it is a document")
}

#[test]
fn content_becomes_text() {
    let cases = [
        ("<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d</text:p>", "a b c\u{2028}d\n"),
        (
            "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>s</text:p></table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row><text:soft-page-break/><table:table-row><table:covered-table-cell/><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>",
            "s\n\na\tb\n\u{c}\tc\n",
        ),
        (
            "<text:p>a<text:note><text:note-citation text:label='*'>*</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note> b</text:p>",
            "a[^*] b\n\n[^*]: n\n",
        ),
        (
            "<text:p>a<text:span text:style-name='raised'>1</text:span></text:p><text:p><text:span text:style-name='raised'>1</text:span> n</text:p>",
            "a[^1]\n\n[^1]: n\n",
        ),
        (
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><table:table-row>b</table:table-row><text:p>c</text:p></table:table-cell></table:table-row></table:table>",
            "a\n\nc\n",
        ),
        (
            "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note><text:p>a</text:p>",
            "[^1]: n\n\na\n",
        ),
        ("<text:p>a<draw:custom-shape><text:p>shape</text:p></draw:custom-shape>b</text:p>", "ab\n\nshape\n"),
        (
            "<text:p>a</text:p><text:p text:style-name='new-page'>b</text:p><text:p text:style-name='same-page'>c</text:p>",
            "a\n\n\u{c}b\n\nc\n",
        ),
    ];
    for (content, expected) in cases {
        assert_eq!(extraction(content).text, expected, "{content}");
    }
}

#[test]
fn a_page_that_ends_in_two_cells_of_a_row_ends_once() {
    let cell = "<table:table-cell><text:p>a</text:p><text:p><text:soft-page-break/>b</text:p></table:table-cell>";
    let found = extraction(&format!("<table:table><table:table-row>{cell}{cell}</table:table-row></table:table>"));
    assert_eq!((found.pages, found.text.matches('\u{c}').count()), (Some(2), 1), "{}", found.text);
}

#[test]
fn lists_are_numbered_as_libreoffice_does() {
    let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
    let list = |attributes: &str, items: &str| format!("<text:list{attributes}>{items}</text:list>");
    let nested = |style: &str| {
        format!("<text:list-item><text:p>x</text:p>{}</text:list-item>", list(style, &(item("y") + &item("y"))))
    };
    let first = " text:style-name='L1' xml:id='first'";
    let cases = [
        (
            list(first, &(item("x") + &nested("") + &nested(""))),
            "1. x\n\n2. x\n\n(a) y\n\n(b) y\n\n3. x\n\n(a) y\n\n(b) y\n",
        ),
        (
            list(" text:style-name='L2'", &(nested(" text:style-name='L1'") + &nested(" text:style-name='L1'"))),
            "IV. x\n\n(a) y\n\n(b) y\n\nV. x\n\n(a) y\n\n(b) y\n",
        ),
        (
            list(
                " text:style-name='L3'",
                &(item("x") + "<text:list-item text:start-value='10'><text:p>x</text:p></text:list-item>" + &item("x")),
            ),
            "一、 x\n\n十、 x\n\n十一、 x\n",
        ),
        (
            list(first, &item("x"))
                + &list(" text:style-name='L1' text:continue-numbering='true'", &item("x"))
                + &list(" text:style-name='L1'", &item("x"))
                + &list(" text:style-name='L1' text:continue-list='first'", &item("x")),
            "1. x\n\n2. x\n\n1. x\n\n3. x\n",
        ),
        (list(" text:style-name='L2'", &nested("")), "IV. x\n\nIV. y\n\nV. y\n"),
    ];
    for (content, expected) in cases {
        assert_eq!(extraction(&content).text, expected, "{content}");
    }
}

#[test]
fn what_is_not_shown_is_left_out_by_name() {
    let found = extraction(
        "<text:tracked-changes><text:changed-region><text:deletion><table:table><table:table-row><table:table-cell><text:p>gone</text:p></table:table-cell></table:table-row></table:table></text:deletion></text:changed-region></text:tracked-changes><text:h><text:number>1</text:number>a<office:annotation><text:list text:style-name='L1'><text:list-item><text:p>remark</text:p></text:list-item></text:list></office:annotation></text:h><text:section text:display='none'><text:p>hidden</text:p></text:section>",
    );
    assert_eq!(found.text, "a\n");
    let left_out = found.left_out.iter().map(|left_out| (left_out.what, left_out.text.trim()));
    let expected = [
        ("deleted text (tracked change)", "gone"),
        ("number as it was last counted", "1"),
        ("comment", "remark"),
        ("hidden text", "hidden"),
    ];
    assert_eq!(left_out.collect::<Vec<_>>(), expected);
    assert_eq!(found.remarks.iter().map(|remark| remark.code).collect::<Vec<_>>(), [code::TRACKED_CHANGES]);
    assert!(extraction("<text:tracked-changes/><text:p>a</text:p>").remarks.is_empty());
}
