//! Runs the cases in `tests/cases/extract`, documents of a few elements and the text that is extracted of them, and in
//! `tests/cases/moved`, pages on which one thing is moved.

use crate::support::changes;
use depositary::extract::document::Metadata;
use depositary::extract::extract;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    document: Document,
    text: String,
    /// What is not in the text: by which name it was left out, and its words.
    #[serde(default)]
    left_out: Vec<String>,
    /// What the document says of itself, if that is compared: `symbol: A/RES/76/17`.
    said: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Document {
    /// What stands behind the declaration of a page.
    Html(String),
    /// What stands in the document's element.
    Akn(String),
    /// What stands in the root elements of parts, by their names: in `document` in the body.
    Docx(BTreeMap<String, String>),
    /// What stands in the body, and the automatic styles.
    Odt { body: String, styles: String },
    /// The lines of each page: `x y size words`, with `*` behind the size of bold print, `rule x0 y0 x1 y1`, or `op` and
    /// operators of a PDF. Words are given from left to right, Arabic too. Points are counted from the bottom left of a
    /// page of 595 by 842.
    Pdf(Vec<String>),
}

impl Document {
    fn bytes(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(match self {
            Self::Html(content) => format!("<!doctype html>{content}").into_bytes(),
            Self::Akn(content) => format!("<akomaNtoso><doc>{content}</doc></akomaNtoso>").into_bytes(),
            Self::Docx(parts) => {
                archive(parts.iter().map(|(name, content)| word_part(name, content)).chain([relationships(parts)]))?
            }
            Self::Odt { body, styles } => archive([
                ("mimetype".to_owned(), "application/vnd.oasis.opendocument.text".to_owned()),
                ("content.xml".to_owned(), open_document(body, styles)),
            ])?,
            Self::Pdf(pages) => pdf(pages)?,
        })
    }
}

fn archive(parts: impl IntoIterator<Item = (String, String)>) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, SimpleFileOptions::default())?;
        writer.write_all(content.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

fn word_part(name: &str, content: &str) -> (String, String) {
    let content = if name == "document" { format!("<w:body>{content}</w:body>") } else { content.to_owned() };
    let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    (format!("word/{name}.xml"), format!("<w:{name} xmlns:w='{namespace}'>{content}</w:{name}>"))
}

/// What the document of a Word file refers to.
fn relationships(parts: &BTreeMap<String, String>) -> (String, String) {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let refer = |name: &String| format!("<Relationship Id='{name}' Type='{kind}/{name}' Target='{name}.xml'/>");
    let others: String = parts.keys().filter(|name| *name != "document").map(refer).collect();
    let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
    let content = format!("<Relationships xmlns='{namespace}'>{others}</Relationships>");
    ("word/_rels/document.xml.rels".to_owned(), content)
}

fn open_document(body: &str, styles: &str) -> String {
    let names = [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("fo", "xsl-fo-compatible"),
    ];
    let namespaces = names
        .map(|(prefix, name)| format!(" xmlns:{prefix}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'"))
        .concat();
    format!(
        "<office:document-content{namespaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}

/// The operators that print a line of a case.
fn operators(line: &str) -> Option<String> {
    if let Some(operators) = line.strip_prefix("op ") {
        return Some(format!("{operators}\n"));
    }
    let [x, y, size, words] = line.splitn(4, ' ').collect::<Vec<_>>().try_into().ok()?;
    if x == "rule" {
        let (x1, y1) = words.split_once(' ')?;
        return Some(format!("{y} {size} m {x1} {y1} l S\n"));
    }
    let font = if size.ends_with('*') { "F2" } else { "F1" };
    Some(format!("BT /{font} {} Tf {x} {y} Td {}ET\n", size.trim_end_matches('*'), shown(words)))
}

/// The operators that show `words`, from left to right: a letter that the fonts lack is another one with its text.
fn shown(words: &str) -> String {
    let runs = words.split_inclusive(|letter: char| !letter.is_ascii());
    let mut operators = String::new();
    for run in runs {
        let foreign = run.chars().next_back().filter(|letter| !letter.is_ascii());
        let plain = foreign.map_or(run, |letter| &run[..run.len() - letter.len_utf8()]);
        if !plain.is_empty() {
            let plain = plain.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
            operators += &format!("({plain}) Tj ");
        }
        if let Some(letter) = foreign {
            let wide = if letter >= '\u{2e80}' { '@' } else { 'n' };
            operators += &format!("/Span <</ActualText <FEFF{:04X}>>> BDC ({wide}) Tj EMC ", u32::from(letter));
        }
    }
    operators
}

fn pdf(pages: &[String]) -> Result<Vec<u8>, String> {
    let font = |name| format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>");
    let kids: String = (0..pages.len()).map(|index| format!("{} 0 R ", 5 + 2 * index)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ];
    for page in pages {
        let content = objects.len() + 2;
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>"
        ));
        let lines = page.lines().map(|line| operators(line).ok_or_else(|| format!("not a line of a page: {line}")));
        let content = lines.collect::<Result<String, String>>()?;
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = String::new();
    for (index, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let (xref, size) = (file.len(), objects.len() + 1);
    file += &format!("xref\n0 {size}\n0000000000 65535 f \n{places}");
    file += &format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n");
    Ok(file.into_bytes())
}

/// What a document says of itself, a value a line.
fn said(metadata: &Metadata) -> Vec<String> {
    let found = &metadata.proceedings;
    let is_voted = found.is_voted.map(|is_voted| is_voted.to_string());
    let voters: Vec<String> = found.voters.iter().map(|(voted, name)| format!("{voted:?} {name}")).collect();
    let voters = (!voters.is_empty()).then(|| voters.join(", "));
    let values = [
        ("symbol", &metadata.symbol),
        ("session", &metadata.session),
        ("agenda_item", &metadata.agenda_item),
        ("title", &metadata.title),
        ("adopted", &metadata.adopted),
        ("date", &metadata.date),
        ("organ", &metadata.organ),
        ("committee", &metadata.committee),
        ("language", &metadata.language),
        ("job_number", &metadata.job_number),
        ("draft", &found.draft),
        ("sponsors", &found.sponsors),
        ("further_sponsors", &found.further_sponsors),
        ("meeting", &found.meeting),
        ("is_voted", &is_voted),
        ("voters", &voters),
    ];
    let values = values.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value.as_ref()?)));
    values.chain(metadata.citations.iter().map(|symbol| format!("citations: {symbol}"))).collect()
}

#[test]
fn documents_become_text() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/extract");
    let mut wrong = Vec::new();
    let mut n_cases = 0;
    for file in std::fs::read_dir(folder)? {
        let file: CaseFile = toml::from_str(&std::fs::read_to_string(file?.path())?)?;
        for case in file.case {
            n_cases += 1;
            let found = extract(&case.document.bytes()?, &case.name).map_err(|fault| fault.message)?;
            let found = found.ok_or("not a document")?;
            let left_out = found.left_out.iter().map(|left| format!("{}: {}", left.what, left.text.trim()));
            let left_out: Vec<String> = left_out.collect();
            let said = said(&found.metadata);
            let is_said = case.said.as_ref().is_none_or(|wanted| *wanted == said);
            if found.text != case.text || left_out != case.left_out || !is_said {
                let name = case.name;
                wrong.push(format!("{name}: found\n{}\n{left_out:?} {said:?}\nnot\n{}", found.text, case.text));
            }
        }
    }
    assert!(n_cases > 0 && wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// Pages, and what becomes of their text if one thing is moved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MovedFile {
    page: Vec<MovedPage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MovedPage {
    name: String,
    text: String,
    /// As those of a case.
    pages: Vec<String>,
    moved: Vec<Moved>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    /// On which page, counted from 1.
    #[serde(default)]
    page: usize,
    /// The line of print or rule that is moved.
    line: String,
    #[serde(flatten)]
    to: To,
    /// What becomes of the text, see [`crate::support::changes`].
    changes: Vec<String>,
}

/// Where something is moved: first not far enough to change the text, then too far.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum To {
    /// What is printed in its place.
    Put([String; 2]),
    /// How far down it is moved, with all that stands below it.
    Down([f64; 2]),
}

impl Moved {
    /// `pages` with the thing moved, not far enough or too far.
    fn pages(&self, pages: &[String], too_far: bool) -> Option<Vec<String>> {
        let mut pages = pages.to_vec();
        let page = pages.get_mut(self.page.saturating_sub(1))?;
        let place = page.lines().position(|line| line == self.line)?;
        let moved = page.lines().enumerate().map(|(at, line)| match &self.to {
            To::Put(lines) => Some(if at == place { lines[usize::from(too_far)].clone() } else { line.to_owned() }),
            To::Down(by) => {
                let is_below = at == place || top(line)? < top(&self.line)? - 0.01;
                if is_below { down(line, by[usize::from(too_far)]) } else { Some(line.to_owned()) }
            }
        });
        *page = moved.collect::<Option<Vec<String>>>()?.join("\n");
        Some(pages)
    }
}

/// How high a line of print or a rule reaches.
fn top(line: &str) -> Option<f64> {
    let mut numbers = line.strip_prefix("rule ").unwrap_or(line).split(' ').map(str::parse::<f64>);
    let (y, other) = (numbers.nth(1)?.ok()?, numbers.nth(1));
    Some(if line.starts_with("rule ") { y.max(other?.ok()?) } else { y })
}

/// A line of print or a rule, moved down.
fn down(line: &str, by: f64) -> Option<String> {
    let mut parts: Vec<String> = line.split(' ').map(str::to_owned).collect();
    for place in if line.starts_with("rule ") { &[2, 4][..] } else { &[1] } {
        let number = parts.get_mut(*place)?;
        *number = (number.parse::<f64>().ok()? - by).to_string();
    }
    Some(parts.join(" "))
}

#[test]
fn a_thing_that_is_moved_changes_the_text_where_it_is_too_far() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/moved");
    let mut wrong = Vec::new();
    let mut n_moved = 0;
    for file in std::fs::read_dir(folder)? {
        let file: MovedFile = toml::from_str(&std::fs::read_to_string(file?.path())?)?;
        for page in file.page {
            let text = |pages: &[String]| -> Result<String, Box<dyn Error>> {
                Ok(extract(&pdf(pages)?, &page.name).map_err(|fault| fault.message)?.ok_or("not a document")?.text)
            };
            assert_eq!(text(&page.pages)?, page.text, "{}", page.name);
            for moved in &page.moved {
                for too_far in [false, true] {
                    n_moved += 1;
                    let pages =
                        moved.pages(&page.pages, too_far).ok_or_else(|| format!("no such line: {}", moved.line))?;
                    let found = changes(page.text.split('\n'), text(&pages)?.split('\n'));
                    if found != if too_far { moved.changes.as_slice() } else { &[] } {
                        wrong.push(format!("{}: {} (too far: {too_far}): {found:#?}", page.name, moved.line));
                    }
                }
            }
        }
    }
    assert!(n_moved > 500 && wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}
