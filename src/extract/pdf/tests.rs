//! Tiny PDFs, made here: what is read of them, and what is refused.

use super::font::Fonts;
use super::{content, read};
use crate::base::code;
use crate::base::limits::MAX_DOCUMENT_PAGES;
use crate::extract::document::Block;
use crate::extract::text::write;
use hayro_syntax::Pdf;
use std::collections::BTreeMap;
use std::io::Write;
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
fn a_line_ends_in_a_quotation_mark_only_where_a_blank_follows() {
    let content = at(72, 700, "The Assembly decides to place on its agenda the sub-item that it calls \\253")
        + &at(72, 688, "Disarmament \\273, and ends.");
    let expected =
        "The Assembly decides to place on its agenda the sub-item that it calls « Disarmament », and ends.\n";
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
fn forms_are_moved_and_end_with_their_state() {
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[1 0 0 1 0 -100]",
        &("2 0 0 2 0 0 cm\n".to_owned() + &at(36, 375, "moved")),
    );
    let content = at(72, 700, "above") + "/X Do\n" + &at(72, 600, "below");
    assert_eq!(text(&page(&content, "/XObject<</X 6 0 R>>", &[&form])), "above\n\nmoved\n\nbelow\n");
}

#[test]
fn forms_inside_forms_are_read_to_a_depth() {
    let nested = |count: usize| {
        let form = |index: usize| {
            let resources = format!("/Resources<</Font<</F1 5 0 R>>/XObject<</X {} 0 R>>>>", index + 1);
            let content = if index == 5 + count { at(72, 700, "inside") } else { "/X Do".to_owned() };
            stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 595 842]{resources}"), &content)
        };
        let forms: Vec<String> = (6..6 + count).map(form).collect();
        let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        text(&page(&(at(72, 750, "seen") + "/X Do"), "/XObject<</X 6 0 R>>", &forms))
    };
    assert_eq!(nested(12), "seen\n\ninside\n");
    assert_eq!(nested(13), "seen\n");
}

#[test]
fn pictures_hold_no_text() {
    let picture = stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8",
        &at(72, 700, "hidden"),
    );
    assert_eq!(text(&page(&(at(72, 750, "seen") + "/X Do"), "/XObject<</X 6 0 R>>", &[&picture])), "seen\n");
}

#[test]
fn the_content_of_a_page_may_stand_in_parts() {
    let page =
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[4 0 R 6 0 R]/Resources<</Font<</F1 5 0 R>>>>>>";
    let bytes = pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        &stream("", "BT /F1 10 Tf 72 700 Td (in two) Tj"),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        &stream("", "( parts) Tj ET"),
    ]);
    assert_eq!(text(&bytes), "in two parts\n");
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

/// A boxed table: `rules` beside its cells, from `(x, y)`.
fn cells(cells: &[(i32, i32, &str)], rules: &[[i32; 4]]) -> String {
    let cells = cells.iter().map(|(x, y, cell)| at(*x, *y, cell));
    let rules = rules.iter().map(|[x0, y0, x1, y1]| format!("{x0} {y0} m {x1} {y1} l S\n"));
    cells.chain(rules).collect()
}

#[test]
fn a_cell_over_several_rows_is_in_the_first_and_a_heading_is_across() {
    let content = cells(
        &[
            (76, 700, "State"),
            (156, 700, "Date"),
            (256, 700, "Activity"),
            (76, 680, "1 Activities relating to all"),
            (76, 660, "United"),
            (156, 660, "May 2013"),
            (256, 660, "It wrote."),
            (76, 648, "Kingdom"),
            (156, 640, "June 2013"),
            (256, 640, "It spoke."),
            (76, 620, "Cuba"),
            (156, 620, "July 2013"),
            (256, 620, "It came."),
        ],
        &[
            [72, 712, 480, 712],
            [72, 692, 480, 692],
            [72, 672, 480, 672],
            [152, 652, 480, 652],
            [72, 632, 480, 632],
            [72, 612, 480, 612],
            [72, 612, 72, 712],
            [480, 612, 480, 712],
            [152, 692, 152, 712],
            [252, 692, 252, 712],
            [152, 612, 152, 672],
            [252, 612, 252, 672],
        ],
    );
    let expected = "State\tDate\tActivity\n\n1 Activities relating to all\n\nUnited Kingdom\tMay 2013\tIt wrote.\n\tJune 2013\tIt spoke.\nCuba\tJuly 2013\tIt came.\n";
    assert_eq!(text(&page(&content, "", &[])), expected);
}

#[test]
fn words_that_touch_those_of_the_next_column_are_parted() {
    // In this size `2013,` is 25.0 points wide, as its column is.
    let rows = [
        (700, ["State", "Date", "Activity"]),
        (680, ["Cuba", "2013,", "Cuba wrote to all"]),
        (668, ["", "May", "States."]),
        (648, ["", "2014,", "Cuba spoke to all"]),
        (636, ["", "", "States."]),
        (616, ["Mexico", "2014,", "Mexico wrote to all"]),
        (604, ["", "", "others, which"]),
        (592, ["", "", "answered."]),
    ];
    let cells = rows.iter().flat_map(|(y, cells)| {
        cells.iter().zip([72, 130, 155]).filter(|(cell, _)| !cell.is_empty()).map(|(cell, x)| at(x, *y, cell))
    });
    let cells: String = cells.collect();
    let level: String = [712, 692, 660, 628, 584].map(|y| format!("72 {y} m 480 {y} l S\n")).concat();
    let upright: String = [72, 130, 155, 480].map(|x| format!("{x} 584 m {x} 712 l S\n")).concat();
    let expected = "State\tDate\tActivity\nCuba\t2013, May\tCuba wrote to all States.\n\t2014,\tCuba spoke to all States.\nMexico\t2014,\tMexico wrote to all others, which answered.\n";
    for content in [cells.clone() + &level, cells + &level + &upright] {
        assert_eq!(text(&page(&content, "", &[])), expected);
        // On a page that stands sideways too.
        assert_eq!(text(&page(&format!("0 1 -1 0 800 0 cm\n{content}"), "", &[])), expected);
    }
}

#[test]
fn two_columns_are_read_one_below_the_other() {
    let column = |x: i32, shift: i32, word: &str| -> String {
        (0..12)
            .map(|index| at(x, 700 - 12 * index - shift, &format!("{word} of a line that goes as far as {index:02},")))
            .collect()
    };
    let content = column(60, 0, "First") + &column(320, 4, "Other");
    let read = text(&page(&content, "", &[]));
    let (first, second) = (read.find("First of a line that goes as far as 11").unwrap(), read.find("Other").unwrap());
    assert!(first < second, "{read}");
    assert_eq!(read.matches("\n\n").count(), 0, "{read}");
}

/// A PDF of `count` pages with the content of `contents` by turns.
fn pages(count: usize, contents: &[String]) -> Vec<u8> {
    let first = 4;
    let kids: String = (0..count).map(|index| format!("{} 0 R ", first + contents.len() + index)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {count}>>"),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    objects.extend(contents.iter().map(|content| stream("", content)));
    objects.extend((0..count).map(|index| {
        let content = first + index % contents.len();
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        )
    }));
    pdf(&objects.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn the_end_of_a_cell_is_no_page_number() {
    let rows = |date: &str, verb: &str| {
        let rows = (0..3).map(|row| {
            let y = 200 - 40 * row;
            at(72, y, "State")
                + &at(160, y, "19 November")
                + &at(160, y - 12, date)
                + &at(280, y, &format!("It {verb} to all others."))
        });
        rows.collect::<String>()
    };
    let read = text(&pages(2, &[rows("2012", "wrote"), rows("2013", "spoke")]));
    assert_eq!(read.matches("2012").count(), 3, "{read}");
    assert!(!read.contains('⟦'), "{read}");
}

#[test]
fn five_thousand_pages_are_read() {
    let document = read(&pages(5_000, &[at(72, 700, "text"), at(72, 700, "other")]), "x.pdf").unwrap();
    assert_eq!(document.pages, Some(5_000));
    assert_eq!(write(&document.blocks).matches('\u{c}').count(), 4_999);
}

#[test]
fn more_pages_than_a_document_has_are_refused() {
    assert_eq!(refused(&pages(MAX_DOCUMENT_PAGES + 1, &[at(72, 700, "text")])), code::OVER_LIMIT);
}

#[test]
fn a_stream_that_unpacks_without_end_is_refused() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..200 {
        packed.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    }
    let packed = packed.finish().unwrap();
    let mut bytes = page(&at(72, 700, "text"), "", &[]);
    bytes.extend(format!("9 0 obj\n<</Filter/FlateDecode/Length {}>>\nstream\n", packed.len()).bytes());
    bytes.extend(packed);
    bytes.extend(b"\nendstream\nendobj\n");
    assert_eq!(refused(&bytes), code::OVER_LIMIT);
}

#[test]
fn object_streams_that_hold_themselves_end() {
    let bytes = b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Length 30>>\nstream\n1 0 <</Type/Catalog/Pages 1 0 R>>\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 2>>\nstartxref\n9\n%%EOF\n";
    assert!(read(bytes, "x.pdf").is_err());
}

#[test]
fn characters_without_unicode_are_told_and_never_guessed() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]>>";
    let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500/FontDescriptor 8 0 R>>";
    let descriptor = "<</Type/FontDescriptor/FontName/X/Flags 4/ItalicAngle 0>>";
    let more = [font, descendant, descriptor];
    let resources = "/ExtGState<<>>";
    let bytes = |known: &str| {
        let content = format!("{known}BT /F2 10 Tf 72 600 Td <004100420043> Tj ET");
        let resources = resources.to_owned();
        let made = page(&content, &resources, &more);
        String::from_utf8(made).unwrap().replace("/F1 5 0 R>>", "/F1 5 0 R/F2 6 0 R>>")
    };
    assert_eq!(refused(bytes("").as_bytes()), code::NO_TEXT_LAYER);
    let document = read(bytes(&at(72, 700, "text that is known")).as_bytes(), "x.pdf").unwrap();
    assert!(write(&document.blocks).contains("\u{fffd}\u{fffd}\u{fffd}"));
    assert_eq!(document.remarks.first().map(|remark| remark.code), Some(code::UNMAPPED_CHARACTERS));
}

#[test]
fn what_needs_a_password_is_told() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed/pdf/encrypted");
    assert_eq!(refused(&std::fs::read(path).unwrap()), code::ENCRYPTED_DOCUMENT);
}

/// The text of a document in reading order, without blanks, furniture, marks and footnotes.
fn in_order(blocks: &[Block]) -> String {
    let text = write(blocks);
    let lines = text.lines().filter(|line| !line.trim_start_matches('\u{c}').starts_with(['⟦', '[']));
    let mut plain = String::new();
    for line in lines {
        for (index, part) in line.split("[^").enumerate() {
            plain.push_str(if index == 0 { part } else { part.split_once(']').map_or("", |(_, rest)| rest) });
        }
    }
    plain.retain(|character| !character.is_whitespace() && !matches!(character, '\u{200e}' | '\u{200f}'));
    plain.replace('\u{2011}', "-")
}

#[test]
fn the_order_is_that_of_the_document_that_was_printed() {
    for name in ["en-table", "zh-table", "fr-table", "es-table", "ru-table", "ar-table"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prints");
        let bytes = |ending: &str| std::fs::read(folder.join(format!("{name}.{ending}"))).unwrap();
        let printed = read(&bytes("pdf"), name).unwrap();
        let written = crate::extract::docx::read(&bytes("docx"), name).unwrap();
        assert_eq!(in_order(&printed.blocks), in_order(&written.blocks), "{name}");
    }
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
