//! Where diagnostics point, in the terms of editors, and their order for people.
//!
//! Input: diagnostics and the texts that they point into. Output: file, lines, columns and bytes. Invariant: lines
//! and columns count from 1, columns in characters, bytes from 0 in the file's text as UTF-8.

use super::diagnostic::{Diagnostic, Place};
use super::source::Source;
use super::span::Span;
use std::ops::Range;

/// A place between two characters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// Number of the line, from 1.
    pub line: usize,
    /// Number of the character in its line, from 1; a byte order mark is none.
    pub column: usize,
}

/// Where a diagnostic points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location<'a> {
    /// The path as shown to people, with `/` as separator.
    pub file: &'a str,
    /// The first character meant, and the one after the last; none if the text is not at hand.
    pub points: Option<(Point, Point)>,
    /// First byte and the one after the last, where they are known.
    pub bytes: Option<(usize, Option<usize>)>,
}

/// Turns places into locations. The lines of a text are counted once for all places that follow each other in it.
#[derive(Debug)]
pub struct Locator<'a> {
    sources: &'a [Source],
    last: LineTable<'a>,
}

impl<'a> Locator<'a> {
    /// For places in `sources`, and in texts that travel with their diagnostics.
    #[must_use]
    pub fn new(sources: &'a [Source]) -> Self {
        Self { sources, last: LineTable::new("") }
    }

    /// `place` in the terms of editors. None if its text is not among the sources.
    pub fn location(&mut self, place: &'a Place) -> Option<Location<'a>> {
        Some(match place {
            Place::InFile { path, offset } => {
                Location { file: path, points: None, bytes: offset.map(|offset| (offset, None)) }
            }
            Place::InSource(id, span) => {
                let source = self.source(id.0)?;
                in_text(&source.path, self.lines(&source.text), *span)
            }
            Place::InText { path, text, span } => in_text(path, self.lines(text), *span),
            Place::InTable { path, row, offset, text, span, .. } => {
                in_row(in_text(path, self.lines(text), *span), *row, *offset)
            }
        })
    }

    /// The source at `index`.
    #[must_use]
    pub fn source(&self, index: usize) -> Option<&'a Source> {
        self.sources.get(index)
    }

    /// The lines of `text`.
    pub fn lines(&mut self, text: &'a str) -> &LineTable<'a> {
        if !std::ptr::eq(self.last.text, text) {
            self.last = LineTable::new(text);
        }
        &self.last
    }
}

fn in_text<'a>(file: &'a str, lines: &LineTable<'_>, span: Span) -> Location<'a> {
    let points = (lines.point(span.start), lines.point(span.end.max(span.start)));
    Location { file, points: Some(points), bytes: Some((span.start, Some(span.end))) }
}

/// A location `inside` a row of a table, which begins in line `row` and, where that is known, at the byte `offset`.
fn in_row(inside: Location<'_>, row: u64, offset: Option<usize>) -> Location<'_> {
    let lines_above = usize::try_from(row).unwrap_or(usize::MAX).saturating_sub(1);
    let shifted = |point: Point| Point { line: point.line.saturating_add(lines_above), ..point };
    let shift =
        |bytes: (usize, Option<usize>)| offset.map(|offset| (bytes.0 + offset, bytes.1.map(|end| end + offset)));
    Location {
        points: inside.points.map(|(start, end)| (shifted(start), shifted(end))),
        bytes: inside.bytes.and_then(shift),
        ..inside
    }
}

/// Bytes of a text after each of which its characters are counted.
const STRIDE: usize = 1024;

/// The lines and characters of a text, counted once, so that no place in it is counted from the top: a text may have
/// as many faults as lines, and all of it may be one line.
#[derive(Debug)]
pub struct LineTable<'a> {
    text: &'a str,
    /// The first byte of each line.
    starts: Vec<usize>,
    /// The number of characters that begin before each [`STRIDE`]th byte.
    counts: Vec<usize>,
}

impl<'a> LineTable<'a> {
    /// Counts the lines and characters of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut counts = vec![0];
        let mut total = 0;
        for stride in text.as_bytes().chunks(STRIDE) {
            total += n_characters(stride);
            counts.push(total);
        }
        let after_breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|offset| offset + 1);
        Self { text, starts: std::iter::once(0).chain(after_breaks).collect(), counts }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Line and column of the byte `offset`.
    #[must_use]
    pub fn point(&self, offset: usize) -> Point {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line(offset);
        let n_before = self.n_before(offset) - self.n_before(line.start);
        let is_after_mark = line.start == 0 && offset > 0 && self.text.starts_with('\u{feff}');
        Point { line: self.n_begun(offset), column: 1 + n_before - usize::from(is_after_mark) }
    }

    /// The bytes of the line that holds the byte `offset`, without its line end (LF or CRLF).
    #[must_use]
    pub fn line(&self, offset: usize) -> Range<usize> {
        let n_begun = self.n_begun(offset);
        let start = self.starts.get(n_begun - 1).copied().unwrap_or_default();
        let end = self.starts.get(n_begun).map_or(self.text.len(), |next| next - 1);
        let is_return = self.text.get(start..end).is_some_and(|line| line.ends_with('\r'));
        start..end - usize::from(is_return)
    }

    /// How many lines have begun at the byte `offset`: at least one.
    fn n_begun(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// How many characters begin before the byte `offset`, which is in the text or its end.
    fn n_before(&self, offset: usize) -> usize {
        let counted = offset / STRIDE;
        let rest = self.text.as_bytes().get(counted * STRIDE..offset).unwrap_or_default();
        self.counts.get(counted).copied().unwrap_or_default() + n_characters(rest)
    }
}

/// How many characters begin in `bytes`, which are UTF-8, perhaps cut.
fn n_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// Puts diagnostics into the order of files and places; those without a place come last. What stands at one place
/// stays in the order in which it was found.
pub fn sort(diagnostics: &mut [Diagnostic], sources: &[Source]) {
    diagnostics.sort_by_cached_key(|diagnostic| {
        let key = diagnostic.place.as_ref().and_then(|place| place_key(place, sources));
        (key.is_none(), key)
    });
}

/// Path, line where only the line is known, and byte: counting the lines of every place would take too long.
fn place_key(place: &Place, sources: &[Source]) -> Option<(String, u64, usize)> {
    Some(match place {
        Place::InFile { path, offset } => (path.clone(), 0, offset.unwrap_or(0)),
        Place::InSource(id, span) => (sources.get(id.0)?.path.clone(), 0, span.start),
        Place::InText { path, span, .. } => (path.clone(), 0, span.start),
        Place::InTable { path, row, span, .. } => (path.clone(), *row, span.start),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str, row: u64, start: usize) -> Diagnostic {
        let span = Span::new(start, start + 1);
        let (path, text) = (path.to_owned(), "国家,x\n".to_owned());
        Diagnostic::error("E0000", format!("{path} {row} {start}")).at(Place::InTable {
            path,
            row,
            offset: Some(20),
            column: None,
            text,
            span,
        })
    }

    #[test]
    fn columns_are_characters_and_a_mark_is_none() {
        let text = "\u{feff}国家\n第𠀀行\r\n";
        let point = |offset| LineTable::new(text).point(offset);
        let place = |needle: &str| point(text.find(needle).unwrap());
        assert_eq!(place("国"), Point { line: 1, column: 1 });
        assert_eq!(place("家"), Point { line: 1, column: 2 });
        assert_eq!(place("行"), Point { line: 2, column: 3 });
        assert_eq!(point(text.len()), Point { line: 3, column: 1 });
    }

    #[test]
    fn characters_beyond_a_stride_are_counted() {
        let text = format!("{}\n{}\r\n", "国".repeat(STRIDE), "a国".repeat(STRIDE));
        let lines = LineTable::new(&text);
        for (offset, _) in text.char_indices() {
            let before = &text[..offset];
            let column = 1 + before.rsplit('\n').next().unwrap().chars().count();
            assert_eq!(lines.point(offset), Point { line: 1 + before.matches('\n').count(), column }, "{offset}");
        }
        assert_eq!(&text[lines.line(text.len() - 3)], "a国".repeat(STRIDE));
    }

    #[test]
    fn a_cell_has_the_place_that_it_has_in_the_file() {
        let Some(place) = at("a.csv", 7, 7).place else { panic!("no place") };
        let location = Locator::new(&[]).location(&place).unwrap();
        assert_eq!(location.points.unwrap().0, Point { line: 7, column: 4 });
        assert_eq!(location.bytes, Some((27, Some(28))));
    }

    #[test]
    fn order_is_that_of_files_and_places_with_the_rest_last() {
        let mut found = vec![
            Diagnostic::note("W0000", "none"),
            at("b.csv", 1, 0),
            at("a.csv", 10, 3),
            at("a.csv", 9, 8),
            at("a.csv", 9, 2),
        ];
        sort(&mut found, &[]);
        let order: Vec<&str> = found.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(order, ["a.csv 9 2", "a.csv 9 8", "a.csv 10 3", "b.csv 1 0", "none"]);
    }
}
