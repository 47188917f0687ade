//! Every character that a document holds as text is in its extracted text, or left out by name; and what the text shares
//! with the document is in the document's order.

use super::archive;
use crate::extract::extract;
use crate::extract::package::Package;
use crate::extract::xml::{Event, Reader};
use scraper::Html;
use std::collections::BTreeMap;
use std::path::Path;

/// How often `text` has each character, blanks aside.
fn counts(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        *counts.entry(character).or_default() += 1;
    }
    counts
}

/// Fails if `held`, what the document in `bytes` has as text, has a character that was lost.
fn assert_lossless(bytes: &[u8], held: &str, what: &str) {
    let found = extract(bytes, what).expect("it is read").expect("it is a document");
    let left_out = found.left_out.iter().map(|left_out| left_out.text.as_str());
    let kept = counts(&left_out.fold(found.text.clone(), |text, left_out| text + left_out));
    let lost: Vec<(char, usize)> = counts(held)
        .into_iter()
        .filter_map(|(character, count)| {
            let lost = count.saturating_sub(kept.get(&character).copied().unwrap_or(0));
            (lost > 0).then_some((character, lost))
        })
        .collect();
    assert_eq!(lost, [], "{what}");
    assert!(!held.trim().is_empty(), "{what}");
}

/// Fails if the characters of `held` are not in `found` in their order, with nothing but others between them.
fn assert_in_order(held: &str, found: &str, what: &str) {
    let mut rest = found.chars();
    for (index, character) in held.chars().enumerate().filter(|(_, character)| !is_passed_over(*character)) {
        if !rest.any(|next| next == character) {
            let before: String = held.chars().take(index + 1).collect();
            let tail: String = before.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            panic!("{what}: not in order at the end of `{tail}`");
        }
    }
}

/// White space, and hyphens that are left out by name.
fn is_passed_over(character: char) -> bool {
    character.is_whitespace() || character == '\u{ad}'
}

/// The lines of an extracted text that are text, and those that are footnotes, without labels and marks.
fn text_and_notes(text: &str) -> (String, String) {
    let (mut body, mut notes) = (String::new(), String::new());
    for line in text.lines().map(|line| line.trim_start_matches('\u{c}')).filter(|line| !line.starts_with('⟦')) {
        let note = line.strip_prefix("[^").and_then(|rest| rest.split_once("]: "));
        let (target, mut rest) = note.map_or((&mut body, line), |(_, note)| (&mut notes, note));
        while let Some((before, behind)) = rest.split_once("[^") {
            target.push_str(before);
            rest = behind.split_once(']').map_or("", |(_, behind)| behind);
        }
        target.push_str(rest);
        target.push('\n');
    }
    (body, notes)
}

/// The text in the parts `parts` of an archive that stands inside of an element named one of `around`.
fn text_of_parts(bytes: &[u8], parts: &[&str], around: &[&str]) -> String {
    text_of_parts_without(bytes, parts, around, &[])
}

/// The same, but for what stands inside of an element named one of `without`.
fn text_of_parts_without(bytes: &[u8], parts: &[&str], around: &[&str], without: &[&str]) -> String {
    let mut package = Package::open(bytes, "file").expect("it is an archive");
    let mut held = String::new();
    for part in parts.iter().filter(|part| package.has(part)).collect::<Vec<_>>() {
        let text = package.text(part).expect("it is a text");
        held.push_str(&text_between(&text, around, without));
    }
    held
}

/// The text of an XML document inside of an element named one of `around` and of none named one of `without`.
fn text_between(text: &str, around: &[&str], without: &[&str]) -> String {
    let mut held = String::new();
    let mut reader = Reader::new(text, &[], "part", "file");
    let mut open: Vec<String> = Vec::new();
    while let Some(event) = reader.next().expect("it is well-formed") {
        match event {
            Event::Open(element) => open.push(element.name.local),
            Event::Close(_) => _ = open.pop(),
            Event::Text(text) => {
                let is_in = |names: &[&str]| open.iter().any(|name| names.contains(&name.as_str()));
                if is_in(around) && !is_in(without) {
                    held.push_str(&text);
                }
            }
        }
    }
    held
}

/// The text of the document in `bytes` parted into text and footnotes.
fn read(bytes: &[u8], what: &str) -> (String, String) {
    text_and_notes(&extract(bytes, what).expect("it is read").expect("it is a document").text)
}

const WORD_PARTS: [&str; 7] = [
    "word/document.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
    "word/comments.xml",
    "word/header1.xml",
    "word/footer1.xml",
    "word/header2.xml",
];

fn assert_word_lossless(bytes: &[u8], what: &str) {
    let held = text_of_parts(bytes, &WORD_PARTS, &["t", "delText", "instrText", "delInstrText"]);
    assert_lossless(bytes, &held, what);
    let (text, notes) = read(bytes, what);
    // Text boxes follow the paragraph in which they are anchored.
    let not_shown = ["del", "moveFrom", "Fallback", "txbxContent", "ruby"];
    let body = text_of_parts_without(bytes, &["word/document.xml"], &["t"], &not_shown);
    // A mark of a note's own is text in the document, and a label here.
    let main = Package::open(bytes, what).expect("it is an archive").text("word/document.xml").expect("it is there");
    let left_out = extract(bytes, what).expect("it is read").expect("it is a document").left_out;
    let is_whole = left_out.iter().all(|left_out| left_out.what == "field code")
        && !["instrText", "customMarkFollows"].iter().any(|name| main.contains(name));
    if is_whole {
        assert_in_order(&body, &text, what);
    }
    // What a note holds more than is printed of it is its mark.
    let held = text_of_parts_without(bytes, &["word/footnotes.xml"], &["t"], &not_shown);
    assert_in_order(&notes, &held, what);
}

/// The documents of `tests/prints` with this ending.
fn prints(ending: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prints");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it is listed").path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|found| found == ending)).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{ending}");
    paths.iter().map(|path| (path.display().to_string(), std::fs::read(path).expect("it can be read"))).collect()
}

#[test]
fn word_documents_lose_nothing() {
    for (what, bytes) in prints("docx") {
        assert_word_lossless(&bytes, &what);
    }
    let contents = [
        "<w:p><w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>b</w:delText></w:r></w:del><w:ins><w:r><w:t>c</w:t></w:r></w:ins></w:p>",
        "<w:p><w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>b</w:t></w:r><w:r><w:t>c</w:t></w:r></w:p>",
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>",
        "<w:p><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r><w:t>b</w:t></w:r></w:sdtContent></w:sdt></w:p>",
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>a</w:t></w:r></w:p></w:txbxContent><w:t>b</w:t></w:r></w:p>",
        "<w:r><w:t>a</w:t></w:r><w:p><w:r><w:t>b</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>a\u{ad}b</w:t><w:ruby><w:rt><w:r><w:t>c</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>d</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
    ];
    for content in contents {
        let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        let document = format!("<w:document xmlns:w='{namespace}'><w:body>{content}</w:body></w:document>");
        assert_word_lossless(&archive(&[("word/document.xml", &document)]), content);
    }
}

#[test]
fn opendocument_texts_lose_nothing() {
    for (what, bytes) in prints("odt") {
        let held = text_of_parts(&bytes, &["content.xml", "styles.xml"], &["p", "h"]);
        assert_lossless(&bytes, &held, &what);
        let (text, notes) = read(&bytes, &what);
        let body =
            text_of_parts_without(&bytes, &["content.xml"], &["p", "h"], &["note", "annotation", "tracked-changes"]);
        assert_in_order(&body, &text, &what);
        assert_in_order(&text_of_parts(&bytes, &["content.xml"], &["note-body"]), &notes, &what);
    }
}

#[test]
fn akn_documents_lose_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/akn/cases");
    let bytes = std::fs::read(folder.join("working-paper.xml")).expect("it is there");
    let document = std::str::from_utf8(&bytes).expect("it is UTF-8");
    assert_lossless(&bytes, &text_between(document, &["akomaNtoso"], &["meta"]), "working-paper.xml");
    let (text, notes) = read(&bytes, "working-paper.xml");
    assert_in_order(&text_between(document, &["akomaNtoso"], &["meta", "authorialNote"]), &text, "working-paper.xml");
    assert_in_order(&text_between(document, &["authorialNote"], &["meta"]), &notes, "working-paper.xml");
}

#[test]
fn pages_lose_nothing() {
    let contents = [
        "<!doctype html><title>a</title><p>b<script>c</script><p hidden>d</p>e",
        "<html><body><header>a</header><main><p>b</main><footer>c</footer></body></html>",
        "<html><table><tr><td>a<table><tr><td>b</table>c<td rowspan=2>d</table>e",
        "<html><ol><li>a<ul><li>b</ul></ol><pre>c\n\nd</pre><select><option>e</select>",
    ];
    let prints = prints("html");
    let pages = prints.iter().map(|(what, bytes)| (what.as_str(), bytes.as_slice()));
    for (what, bytes) in pages.chain(contents.iter().map(|content| (*content, content.as_bytes()))) {
        let page = Html::parse_document(&String::from_utf8_lossy(bytes));
        let texts = page.tree.nodes().filter_map(|node| node.value().as_text().map(|text| text.to_string()));
        assert_lossless(bytes, &texts.collect::<String>(), what);
        let (text, _) = read(bytes, what);
        assert_in_order(&shown(&page), &text, what);
    }
}

/// The text nodes of `page` in document order, but for those in what is not shown, in headers and footers, and in notes
/// and their marks, as LibreOffice names them.
fn shown(page: &Html) -> String {
    let is_passed_over = |node: &scraper::Node| {
        node.as_element().is_some_and(|element| {
            let names = ["title", "style", "script", "header", "footer", "select"];
            let marks = [element.attr("class"), element.attr("id")].into_iter().flatten();
            names.contains(&element.name())
                || element.attr("hidden").is_some()
                || matches!(element.attr("title"), Some("header" | "footer"))
                || marks.into_iter().any(|mark| mark.starts_with("sdfootnote"))
        })
    };
    let nodes = page.tree.nodes().filter(|node| !node.ancestors().any(|around| is_passed_over(around.value())));
    nodes.filter_map(|node| node.value().as_text().map(|text| text.to_string())).collect()
}
