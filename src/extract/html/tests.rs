//! Pages of a few elements, as word processors, sites and people write them.

use crate::extract::{Extraction, extract};

fn extraction(bytes: &[u8]) -> Extraction {
    extract(bytes, "file").expect("it is read").expect("it is a document")
}

#[test]
fn content_becomes_text() {
    let cases = [
        // Lists.
        ("<ol><li><p>a</p><p>b</p><li>c<ol type=a><li><p>d</ol></ol>", "1. a\n\nb\n\n2. c\n\na. d\n"),
        ("<ol start=3><li>a<li value=9>b<li>c</ol>", "3. a\n\n9. b\n\n10. c\n"),
        ("<ol reversed start=2 type=I><li>a<li>b<li type=a>c</ol>", "II. a\n\nI. b\n\n0. c\n"),
        (
            "<ul style='list-style: none'><li>a</ul><ul><li>b</ul><ol style='list-style-type: lower-roman'><li>c</ol>",
            "a\n\n- b\n\ni. c\n",
        ),
        ("<ol><li><table><tr><td>a<td>b<tr><td>c<td>d</table></ol>", "1.\n\na\tb\nc\td\n"),
        // Ends of lines.
        ("<p>a<br>b<br> <br>c", "a\u{2028}b\n\nc\n"),
        ("<pre>a\n<b>b\n</b>c\n\n  d</pre>", "a\u{2028}b\u{2028}c\n\nd\n"),
        ("<p>a<span style='display: block'>b</span>c", "a\n\nb\n\nc\n"),
        ("<p>a &amp; b&eacute; &#x4e2d;&lt;", "a & bé 中<\n"),
        // Tables.
        ("<table><tr><td colspan=2>s<tr><td rowspan=2>a<td>b<tr><td>c</table>", "s\n\na\tb\n\tc\n"),
        (
            "<table><tr><td>menu<td>x<tr><td><td><table><tr><td>long enough<td>b<tr><td>c<td>d</table></table>",
            "menu\n\nx\n\nlong enough\tb\nc\td\n",
        ),
        // Notes.
        (
            "<p>a<a href='#_ftn1' name='_ftnref1'><span><![if !supportFootnotes]>[1]<![endif]></span></a> b<p><o:p>&nbsp;</o:p><div style='mso-element:footnote' id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> n</div>",
            "a[^1] b\n\n[^1]: n\n",
        ),
        (
            "<p>a<a href='#n1' id='r1'><sup>1</sup></a></p><aside role='doc-endnotes'><ol><li id='n1'><p>n <a href='#r1'>↩</a></p></li></ol></aside><aside>b</aside>",
            "a[^1]\n\n[^1]: n\n",
        ),
        (
            "<footer><p>a<a href='#n1' id='r1'>1</a></footer><p>b<a href='#n2' id='r2'>2</a><p id=n1><a href='#r1'>1</a> n<p id=n2><a href='#r2'>2</a> m",
            "⟦a[^1]⟧\n[^1]: n\n\nb[^2]\n\n[^2]: m\n",
        ),
        (
            "<table><tr><td>Austria<sup>a</sup><td>b<tr><td>c<td>10<sup>6</sup></table><p><sup>a</sup> n",
            "Austria[^a]\tb\nc\t106\n\n[^a]: n\n",
        ),
    ];
    for (content, expected) in cases {
        assert_eq!(extraction(format!("<!doctype html>{content}").as_bytes()).text, expected, "{content}");
    }
}

#[test]
fn a_page_without_a_head_is_a_page() {
    let cases: [(&[u8], &str); 7] = [
        (b"<title>t</title>\n<p>a", "a\n"),
        (b"<!-- saved from a site -->\r\n<p>a<p>b<p>c<p>d", "a\n\nb\n\nc\n\nd\n"),
        (b"\xef\xbb\xbf<p>a</p>", "a\n"),
        (b"<TABLE><TR><TD>a<TD>b<TR><TD>c<TD>d</TABLE>\n", "a\tb\nc\td\n"),
        (b"<?xml version='1.0' encoding='windows-1252'?><html xmlns='http://www.w3.org/1999/xhtml'><p>caf\xe9</p></html>", "café\n"),
        (b"\xff\xfe<\0p\0>\0-N<\0/\0p\0>\0", "中\n"),
        (b"\0<\0p\0>N-\0<\0/\0p\0>", "中\n"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(extraction(bytes).text, expected, "{bytes:?}");
    }
}

#[test]
fn a_page_is_decoded_as_it_says_or_as_it_is() {
    let cases: [(&[u8], &str); 4] = [
        (b"<meta charset=gb2312><p>\xd6\xd0\xb9\xfa", "中国\n"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>\x93a\x94", "“a”\n"),
        (b"<meta charset=utf-16><p>caf\xe9 et th\xe9", "café et thé\n"),
        ("<meta charset=windows-1252><p>中".as_bytes(), "中\n"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(extraction(bytes).text, expected, "{expected}");
    }
}

#[test]
fn a_page_declares_its_encoding_near_its_beginning() {
    let declared_at = |end: usize| {
        let declaration = "--><meta charset=koi8-r";
        let blanks = end - "<!--".len() - declaration.len();
        [b"<!--", " ".repeat(blanks).as_bytes(), declaration.as_bytes(), b"><p>\xc1"].concat()
    };
    assert_eq!(extraction(&declared_at(4096)).text, "а\n");
    assert_ne!(extraction(&declared_at(4097)).text, "а\n");
}

#[test]
fn what_is_not_the_document_is_left_out_by_name() {
    let found = extraction(
        b"<html><xml><w:View>Normal</w:View></xml><del>a</del><ins>b</ins><div style='mso-element:comment'>c</div>",
    );
    assert_eq!(found.text, "b\n");
    let left_out = found.left_out.iter().map(|left_out| (left_out.what, left_out.text.as_str()));
    let expected =
        [("settings of a word processor", "Normal"), ("deleted text (tracked change)", "a"), ("comment", "c")];
    assert_eq!(left_out.collect::<Vec<_>>(), expected);
    assert_eq!(found.remarks.len(), 1);
}
