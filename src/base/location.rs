//! Where diagnostics point, in the terms of editors, and their order for people.
//!
//! Input: diagnostics and the texts that they point into. Output: file, lines, columns and bytes. Invariant: lines
//! and columns count from 1, columns in characters, bytes from 0 in the file's text as UTF-8.

use super::diagnostic::{Diagnostic, Place};
use super::source::Source;
use super::span::Span;

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

impl Place {
    /// This place in the terms of editors; `sources` are the texts of the run. None if its text is not among them.
    #[must_use]
    pub fn location<'a>(&'a self, sources: &'a [Source]) -> Option<Location<'a>> {
        Some(match self {
            Self::InFile { path, offset } => {
                Location { file: path, points: None, bytes: offset.map(|offset| (offset, None)) }
            }
            Self::InSource(id, span) => in_text(&sources.get(id.0)?.path, &sources.get(id.0)?.text, *span),
            Self::InText { path, text, span } => in_text(path, text, *span),
            Self::InTable { path, row, offset, text, span, .. } => in_row(path, *row, *offset, text, *span),
        })
    }
}

fn in_text<'a>(file: &'a str, text: &str, span: Span) -> Location<'a> {
    let points = (point(text, span.start), point(text, span.end.max(span.start)));
    Location { file, points: Some(points), bytes: Some((span.start, Some(span.end))) }
}

/// A place in the row `text`, which begins in line `row` and, where that is known, at the byte `offset`.
fn in_row<'a>(file: &'a str, row: u64, offset: Option<usize>, text: &str, span: Span) -> Location<'a> {
    let lines_above = usize::try_from(row).unwrap_or(usize::MAX).saturating_sub(1);
    let shifted = |point: Point| Point { line: point.line.saturating_add(lines_above), ..point };
    let inside = in_text(file, text, span);
    let shift =
        |bytes: (usize, Option<usize>)| offset.map(|offset| (bytes.0 + offset, bytes.1.map(|end| end + offset)));
    Location {
        points: inside.points.map(|(start, end)| (shifted(start), shifted(end))),
        bytes: inside.bytes.and_then(shift),
        ..inside
    }
}

/// Line and column of the byte `offset` of `text`.
#[must_use]
pub fn point(text: &str, offset: usize) -> Point {
    let before = text.get(..text.floor_char_boundary(offset)).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("").trim_start_matches('\u{feff}');
    Point { line: 1 + before.bytes().filter(|byte| *byte == b'\n').count(), column: 1 + line.chars().count() }
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
        let place = |needle: &str| point(text, text.find(needle).unwrap());
        assert_eq!(place("国"), Point { line: 1, column: 1 });
        assert_eq!(place("家"), Point { line: 1, column: 2 });
        assert_eq!(place("行"), Point { line: 2, column: 3 });
        assert_eq!(point(text, text.len()), Point { line: 3, column: 1 });
    }

    #[test]
    fn a_cell_has_the_place_that_it_has_in_the_file() {
        let Some(place) = at("a.csv", 7, 7).place else { panic!("no place") };
        let location = place.location(&[]).unwrap();
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
