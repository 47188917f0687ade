//! What must hold whatever the bytes: the bodies of the fuzz targets, which `tests/it/fuzzed.rs` runs over kept inputs.

#[path = "../tests/reader/mod.rs"]
mod reader;

use depositary::base::location::{self, Locator};
use depositary::base::path::SitePath;
use depositary::base::progress::Silent;
use depositary::config::Config;
use depositary::extract::extract;
use depositary::parse::citation::{canonical, find};
use depositary::parse::lexicon::citation::CitationWords;
use depositary::read::decode;
use depositary::{Request, Run, build_in_memory};
use reader::Reader;
use reader::account::fault;
use scraper::Html;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A text is parsed without loss; bytes that are no text are refused at a place in them.
pub fn parse(bytes: &[u8]) {
    match decode(bytes, "case.txt") {
        Ok((text, _)) => assert_eq!(fault(&reader().read(&text)), None),
        Err(refused) => assert_eq!(refused.code, "E0104"),
    }
}

/// A PDF file gives a text, or is refused.
pub fn pdf(bytes: &[u8]) {
    document(bytes);
}

/// An HTML file gives a text, or is refused.
pub fn html(bytes: &[u8]) {
    document(&[b"<!DOCTYPE html>", bytes].concat());
}

/// An AKN4UN file gives a text, or is refused.
pub fn akn(bytes: &[u8]) {
    document(&[b"<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">", bytes].concat());
}

/// A DOCX file gives a text, or is refused. The bytes are its parts, parted by NUL.
pub fn docx(bytes: &[u8]) {
    let names = ["word/document.xml", "word/footnotes.xml", "word/numbering.xml", "word/styles.xml"];
    document(&package(&names, bytes));
}

/// An ODT file gives a text, or is refused. The bytes are its parts, parted by NUL.
pub fn odt(bytes: &[u8]) {
    let parts = [b"application/vnd.oasis.opendocument.text\0", bytes].concat();
    document(&package(&["mimetype", "content.xml", "styles.xml"], &parts));
}

/// What is extracted is a text that is parsed without loss, with a form feed for each page but the last.
fn document(bytes: &[u8]) {
    match extract(bytes, "case") {
        Ok(Some(found)) => {
            let n_breaks = found.text.matches('\u{c}').count();
            assert!(
                found.pages.is_none_or(|pages| pages == n_breaks + 1),
                "{:?} pages, {n_breaks} breaks",
                found.pages
            );
            assert_eq!(fault(&reader().read(&found.text)), None);
        }
        Ok(None) => {}
        Err(refused) => assert!(refused.is_error() && refused.hint.is_some(), "{refused:?}"),
    }
}

/// A ZIP archive of the parts of `bytes`, which are parted by NUL.
fn package(names: &[&str], bytes: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in names.iter().zip(bytes.split(|byte| *byte == 0)) {
        archive.start_file(*name, SimpleFileOptions::default()).expect("memory can be written");
        archive.write_all(part).expect("memory can be written");
    }
    archive.finish().expect("memory can be written").into_inner()
}

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::new().expect("the program's own tables are sound"))
}

/// Citations lie on characters, in order and apart, and their symbols are canonical.
pub fn citations(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut end = 0;
    for citation in find(text, CitationWords::for_text(text)) {
        assert!(citation.range.start >= end && !text[citation.range.clone()].is_empty(), "{citation:?}");
        assert_eq!(canonical(citation.symbol.as_str()), citation.symbol, "{citation:?}");
        end = citation.range.end;
    }
    assert_eq!(canonical(canonical(text).as_str()), canonical(text));
}

/// Settings are read, or refused at places in them.
pub fn config(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let told = match Config::parse("site.toml", text) {
        Ok((_, warnings)) => warnings,
        Err(faults) => faults,
    };
    for told in told {
        let place = told.place.as_ref().and_then(|place| Locator::new(&[]).location(place));
        let bytes = place.and_then(|place| Some((place.bytes?.0, place.bytes?.1?)));
        assert!(bytes.is_none_or(|(start, end)| text.get(start..end).is_some()), "{told:?}");
    }
}

/// The files that the bytes of [`site`] may write, by letter.
const FILES: [(u8, &str); 13] = [
    (b'A', "content/reports/a-62-1.txt"),
    (b'B', "content/reports/a-62-2.txt"),
    (b'C', "content/reports/a-62-1.toml"),
    (b'D', "content/reference/states.csv"),
    (b'E', "content/reference/events.csv"),
    (b'F', "content/reference/resolutions.csv"),
    (b'G', "content/reference/votes.csv"),
    (b'H', "content/corrections/a-62-1.toml"),
    (b'I', "content/ledger/a-62-1.tsv"),
    (b'J', "content/pages/zh/about.md"),
    (b'K', "content/reference/documents.csv"),
    (b'L', "content/reference/states-aliases.csv"),
    (b'S', "site.toml"),
];

/// Settings for sites that bring none.
const SETTINGS: &str = include_str!("../tests/site/site.toml");

/// Two States, so that a site has few pages.
const STATES: &str = "iso3,un_status,en_short,zh_short\nAUT,member,Austria,奥地利\nNZL,member,New Zealand,新西兰\n";

/// A site is built whole and sound, or refused with an error.
///
/// The bytes are files parted by NUL; the first byte of each says which.
pub fn site(bytes: &[u8]) {
    let folder = workplace();
    write(folder, "site.toml", SETTINGS.as_bytes());
    write(folder, "content/reference/states.csv", STATES.as_bytes());
    for part in bytes.split(|byte| *byte == 0) {
        let Some((letter, content)) = part.split_first() else { continue };
        let Some((_, path)) = FILES.iter().find(|(known, _)| known == letter) else { continue };
        write(folder, path, content);
    }
    let request = Request { root: folder.to_owned(), base_url: None, is_strict: false };
    let mut run = build_in_memory(&request, &Silent).expect("nothing is written");
    location::sort(&mut run.diagnostics, &run.sources);
    assert!(run.product.is_some() != run.has_error(), "{:#?}", run.diagnostics);
    check_places(&run);
    for (path, file) in run.product.iter().flatten() {
        check_file(path, file);
    }
}

fn check_places<T>(run: &Run<T>) {
    let mut locator = Locator::new(&run.sources);
    for told in &run.diagnostics {
        let _ = told.place.as_ref().and_then(|place| locator.location(place));
    }
}

fn check_file(path: &str, file: &[u8]) {
    assert!(SitePath::new(path).is_ok(), "{path}");
    if path.ends_with(".html") {
        let text = std::str::from_utf8(file).expect("pages are UTF-8");
        let page = Html::parse_document(text);
        assert!(page.errors.is_empty(), "{path}: {:?}", page.errors);
    }
    if path.ends_with(".json") {
        serde_json::from_slice::<serde_json::Value>(file).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

/// An empty folder, in memory where the system has such.
fn workplace() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        tempfile::tempdir_in(parent).expect("a folder can be made").keep()
    });
    let _ = fs::remove_dir_all(folder.join("content"));
    folder
}

fn write(folder: &Path, path: &str, content: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder can be made");
    fs::write(path, content).expect("a file can be written");
}
