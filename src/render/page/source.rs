//! A report's source, line by line: every piece says what it is and leads back to its record.
//!
//! Anchors: `L12` for a line, `b3456` for a piece of a record, by the byte it begins with in the
//! source. Both stay as long as the source does; a line of 45 kB has many pieces and so many anchors.

use super::super::address;
use super::super::messages::{fill, grouped};
use super::super::site::Local;
use super::lists::List;
use super::{Head, Page};
use crate::base::span::Span;
use crate::model::record::Record;
use crate::model::report::{Piece, Report, Role};
use serde::Serialize;
use std::collections::BTreeMap;

/// What `source.html` shows.
#[derive(Serialize)]
struct SourceView<'a> {
    file: &'a str,
    hash: &'a str,
    lang: &'a str,
    total: String,
    edition: String,
    lines: Vec<Line<'a>>,
    legend: Vec<Legend>,
}

#[derive(Serialize)]
struct Line<'a> {
    number: usize,
    pieces: Vec<PieceView<'a>>,
}

#[derive(Serialize)]
struct PieceView<'a> {
    text: &'a str,
    role: &'static str,
    /// For pieces of a record: its anchor, the record's address and id.
    anchor: Option<usize>,
    path: Option<&'a str>,
    record: Option<&'a str>,
}

#[derive(Serialize)]
struct Legend {
    role: &'static str,
    words: String,
}

/// A part of a record's source.
#[derive(Serialize)]
pub(super) struct Place {
    /// First line, from 1.
    pub(super) first: usize,
    /// Last line.
    pub(super) last: usize,
    start: String,
    end: String,
    path: String,
}

/// A report's source view.
pub(super) fn page(local: Local<'_>, position: usize) -> Option<Page> {
    let report = local.corpus().reports.get(position)?;
    let source = local.corpus().sources.get(report.source.0)?;
    let lines = local.site.lines.get(report.source.0)?;
    let words = &local.words().source;
    let head = Head {
        title: fill(&words.title, &[("report", &report.id.0)]),
        description: words.description.clone(),
        trail: vec![List::Reports.link(local), local.report_link(report)],
        report: Some(position),
        ..Head::default()
    };
    let paths: Vec<String> = report.records.iter().map(|record| address::record(&record.id)).collect();
    let view = SourceView {
        file: &source.path,
        hash: &source.sha256,
        lang: &report.language,
        total: local.words().counts.lines.of(lines.len()),
        edition: address::report(&report.id),
        lines: line_views(&source.text, lines, report, &paths),
        legend: legend(local, report),
    };
    Some(Page::new("source.html", address::source(&report.id), head, &view))
}

fn legend(local: Local<'_>, report: &Report) -> Vec<Legend> {
    let roles: BTreeMap<Role, ()> = report.pieces.iter().map(|piece| (piece.role, ())).collect();
    let words = &local.words().basis.role;
    let legend = roles.into_keys().map(|role| (role_name(role), words.get(role_name(role))));
    legend.filter_map(|(role, words)| Some(Legend { role, words: words?.clone() })).collect()
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::FrontMatter => "front-matter",
        Role::Heading => "heading",
        Role::RecordText => "record-text",
        Role::RecordCell => "record-cell",
        Role::Footnote => "footnote",
        Role::FootnoteMark => "footnote-mark",
        Role::Furniture => "furniture",
        Role::Leftover => "leftover",
    }
}

fn line_views<'a>(text: &'a str, lines: &[Span], report: &'a Report, paths: &'a [String]) -> Vec<Line<'a>> {
    let mut pieces = report.pieces.as_slice();
    let mut views = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let passed = pieces.iter().take_while(|piece| piece.span.end <= line.start).count();
        pieces = &pieces[passed..];
        views.push(Line { number: index + 1, pieces: piece_views(text, *line, pieces, report, paths) });
    }
    views
}

/// The line cut at the pieces; what stands between them is blank.
fn piece_views<'a>(text: &'a str, line: Span, pieces: &[Piece], report: &'a Report, paths: &'a [String]) -> Vec<PieceView<'a>> {
    let mut views = Vec::new();
    let mut at = line.start;
    for piece in pieces.iter().take_while(|piece| piece.span.start < line.end) {
        let (start, end) = (piece.span.start.max(at), piece.span.end.min(line.end));
        views.extend(blank(text, at, start));
        views.push(piece_view(text.get(start..end).unwrap_or_default(), start, piece, report, paths));
        at = end;
    }
    views.extend(blank(text, at, line.end));
    views
}

fn blank(text: &str, from: usize, to: usize) -> Option<PieceView<'_>> {
    let text = text.get(from..to).filter(|text| !text.is_empty())?;
    Some(PieceView { text, role: "blank", anchor: None, path: None, record: None })
}

fn piece_view<'a>(text: &'a str, start: usize, piece: &Piece, report: &'a Report, paths: &'a [String]) -> PieceView<'a> {
    let record = piece.record.and_then(|record| report.records.get(record));
    PieceView {
        text,
        role: role_name(piece.role),
        anchor: record.map(|_| start),
        path: piece.record.and_then(|record| paths.get(record)).map(String::as_str),
        record: record.map(|record| record.id.0.as_str()),
    }
}

/// The places of the source that a record's text came from, those with only blanks between joined.
pub(super) fn places(local: Local<'_>, report: &Report, record: &Record) -> Vec<Place> {
    let Some(source) = local.corpus().sources.get(report.source.0) else { return Vec::new() };
    let Some(lines) = local.site.lines.get(report.source.0) else { return Vec::new() };
    let spans = joined(&source.text, record.text.spans());
    spans.into_iter().map(|span| place(report, lines, span)).collect()
}

fn joined(text: &str, spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if is_blank(text, last.end, span.start) => last.end = span.end,
            _ => joined.push(span),
        }
    }
    joined
}

fn is_blank(text: &str, from: usize, to: usize) -> bool {
    from <= to && text.get(from..to).is_some_and(|between| between.chars().all(char::is_whitespace))
}

fn place(report: &Report, lines: &[Span], span: Span) -> Place {
    let first = line_of(lines, span.start);
    let last = line_of(lines, span.end.saturating_sub(1));
    let anchor = anchor(report, lines, first, span.start);
    Place {
        first: first + 1,
        last: last + 1,
        start: grouped(span.start),
        end: grouped(span.end),
        path: format!("{}#{anchor}", address::source(&report.id)),
    }
}

/// Index of the line that `offset` is in.
fn line_of(lines: &[Span], offset: usize) -> usize {
    lines.partition_point(|line| line.start <= offset).saturating_sub(1)
}

/// The anchor of the piece that `offset` is in, as [`piece_views`] gives it.
fn anchor(report: &Report, lines: &[Span], line: usize, offset: usize) -> String {
    let after = report.pieces.partition_point(|piece| piece.span.start <= offset);
    let piece = after.checked_sub(1).and_then(|index| report.pieces.get(index));
    let line_start = lines.get(line).map_or(0, |line| line.start);
    match piece.filter(|piece| offset < piece.span.end && piece.record.is_some()) {
        Some(piece) => format!("b{}", piece.span.start.max(line_start)),
        None => format!("L{}", line + 1),
    }
}
