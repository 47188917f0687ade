//! Tiny PDFs, made here: what is read of them, and what is refused.

use super::font::Fonts;
use super::{content, read};
use crate::base::code;
use crate::extract::text::write;
use hayro_syntax::Pdf;
use std::collections::BTreeMap;
use std::path::Path;

/// A PDF of `objects`, numbered from 1; the first is the catalog.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let xref = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    bytes.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n").bytes());
    bytes
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<<{dictionary}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// A PDF of one page with `content`, and `more` objects from number 6 on.
fn page(content: &str, resources: &str, more: &[&str]) -> Vec<u8> {
    let content = stream("", content);
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>>>"
    );
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        &page,
        &content,
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ];
    objects.extend(more);
    pdf(&objects)
}

fn text(bytes: &[u8]) -> String {
    write(&read(bytes, "x.pdf").unwrap().blocks)
}

fn refused(bytes: &[u8]) -> &'static str {
    read(bytes, "x.pdf").unwrap_err().code
}

fn at(x: i32, y: i32, text: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n")
}

#[test]
fn lines_are_joined_to_paragraphs() {
    let content = at(72, 700, "The General Assembly recalls what a line of print that is full says to")
        + &at(72, 688, "the next one, and ends.")
        + &at(72, 664, "A new paragraph.");
    let expected = "The General Assembly recalls what a line of print that is full says to the next one, and ends.\n\nA new paragraph.\n";
    assert_eq!(text(&page(&content, "", &[])), expected);
}

#[test]
fn rows_are_found_with_and_without_rules() {
    let cells = [
        (700, ["State", "Date", "Activity"]),
        (680, ["Cuba", "May 2013", "Cuba wrote to the"]),
        (668, ["", "", "Conference."]),
        (648, ["Mexico", "19 November", "Mexico wrote."]),
        (636, ["", "2013", ""]),
        (616, ["", "June 2013", "Mexico spoke, and the"]),
        (604, ["", "", "others listened."]),
    ];
    let rows = cells.iter().flat_map(|(y, cells)| {
        cells.iter().zip([72, 160, 280]).filter(|(cell, _)| !cell.is_empty()).map(|(cell, x)| at(x, *y, cell))
    });
    let plain: String = rows.collect();
    let rules: String = [712, 694, 662, 630, 598].map(|y| format!("72 {y} m 480 {y} l S\n")).concat();
    let expected = "State\tDate\tActivity\nCuba\tMay 2013\tCuba wrote to the Conference.\nMexico\t19 November 2013\tMexico wrote.\n\tJune 2013\tMexico spoke, and the others listened.\n";
    assert_eq!(text(&page(&plain, "", &[])), expected);
    assert_eq!(text(&page(&(plain + &rules), "", &[])), expected);
}

#[test]
fn a_raised_mark_is_tied_to_its_footnote() {
    let mark = "BT /F1 6 Tf 122 704 Td (1) Tj ET BT /F1 6 Tf 72 100 Td (1) Tj ET 72 112 m 170 112 l S\n";
    let content = at(72, 700, "Provisional")
        + mark
        + &at(72, 680, "A line of running text that is as wide as the page.")
        + &at(80, 96, "A/68/150.");
    let expected = "Provisional[^1]\n\n[^1]: A/68/150.\n\nA line of running text that is as wide as the page.\n";
    assert_eq!(text(&page(&content, "", &[])), expected);
}

#[test]
fn text_in_forms_invisible_and_turned_is_read() {
    let form = stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]", "BT 3 Tr /F1 10 Tf 72 700 Td (hidden) Tj ET");
    assert_eq!(text(&page("/X Do", "/XObject<</X 6 0 R>>", &[&form])), "hidden\n");
    assert_eq!(text(&page("BT /F1 10 Tf 0 1 -1 0 300 100 Tm (sideways) Tj ET", "", &[])), "sideways\n");
}

#[test]
fn forms_that_show_themselves_end() {
    let form = stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>", "/X Do /X Do");
    let content = at(72, 700, "seen") + "/X Do";
    let bytes = page(&content, "/XObject<</X 6 0 R>>", &[&form]);
    assert_eq!(text(&bytes), "seen\n");
}

#[test]
fn pages_that_refer_in_circles_end() {
    let circle = pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>",
        "<</Type/Pages/Kids[2 0 R]>>",
    ]);
    assert!(matches!(refused(&circle), code::NO_TEXT_LAYER | code::DAMAGED_DOCUMENT));
    assert!(read(&pdf(&["1 0 R", "2 0 R"]), "x.pdf").is_err());
}

#[test]
fn what_has_no_text_is_told() {
    assert_eq!(refused(&page("72 72 100 100 re f", "", &[])), code::NO_TEXT_LAYER);
    assert_eq!(refused(b"%PDF-1.7\nnothing"), code::DAMAGED_DOCUMENT);
    let whole = page(&at(72, 700, "text"), "", &[]);
    for end in 0..whole.len() {
        let _ = read(&whole[..end], "x.pdf");
    }
}

#[test]
fn streams_packed_twice_are_refused() {
    let twice = stream("/Filter[/FlateDecode/FlateDecode]", "x");
    assert_eq!(refused(&page(&at(72, 700, "text"), "", &[&twice])), code::OVER_LIMIT);
}

/// How often `text` has each character, blanks aside; a bracket counts as the one that mirrors it.
fn counts(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        let character = match character {
            ')' => '(',
            ']' => '[',
            '»' => '«',
            '>' => '<',
            other => other,
        };
        *counts.entry(character).or_default() += 1;
    }
    counts
}

#[test]
fn the_text_of_every_glyph_is_kept() {
    for name in ["zh-table.pdf", "ar-table.pdf", "en-table.pdf"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prints").join(name);
        let bytes = std::fs::read(path).unwrap();
        let document = read(&bytes, name).unwrap();
        let left_out = document.left_out.iter().map(|left_out| left_out.text.as_str());
        let kept = counts(&left_out.fold(write(&document.blocks), |text, left_out| text + left_out));
        let pdf = Pdf::new(bytes).unwrap();
        let (mut fonts, budget) = (Fonts::new(), content::Budget::default());
        let mut held = String::new();
        for page in pdf.pages().iter() {
            let glyphs = content::read(page, &mut fonts, &budget).glyphs.into_iter();
            held.extend(
                glyphs.filter(|glyph| !glyph.is_stroke).filter_map(|glyph| glyph.text).map(|text| text.to_string()),
            );
        }
        let lost: Vec<(char, usize)> = counts(&held)
            .into_iter()
            .filter(|(character, count)| kept.get(character).copied().unwrap_or(0) < *count)
            .collect();
        assert_eq!(lost, [], "{name}");
        assert!(!held.is_empty(), "{name}");
    }
}
