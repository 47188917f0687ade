//! A report's source, line by line: every piece says what it is and leads back to its record.
//!
//! Anchors: `L12` for a line, `b3456` for a piece of a record, by the byte it begins with in the
//! source. Both stay as long as the source does; a line of 45 kB has many pieces and so many anchors.

use super::report::{self, siblings};
use super::subject::{Head, Input, Local, Page, Siblings, Subject, Subjects, address, fill, subjects};
use crate::base::characters::Characters;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::index::RecordRef;
use crate::model::record::Record;
use crate::model::report::{Piece, Report, Role};
use crate::render::data::edition as dates;
use crate::render::html::{HtmlWriter, SafeHtml};
use crate::render::site::SourceLayout;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tera::Value;

/// A report and its position in the corpus.
struct SourcePage<'a> {
    position: usize,
    report: &'a Report,
}

/// What `source.html` shows.
#[derive(Serialize)]
struct SourceView<'a> {
    file: &'a str,
    /// Its text, below the root of the site.
    source_text: String,
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
    /// The pages of the original that begin in this line, in words, each with its anchor.
    pages: Vec<PageStart>,
    pieces: Vec<PieceView<'a>>,
}

#[derive(Serialize)]
struct PageStart {
    anchor: String,
    words: String,
}

#[derive(Serialize)]
struct PieceView<'a> {
    text: &'a str,
    role: &'static str,
    /// For pieces of a record: its anchor, the record's address and id.
    anchor: Option<usize>,
    path: Option<&'a str>,
    record: Option<&'a str>,
    /// Whether it is the first piece of its record.
    first: bool,
}

#[derive(Serialize)]
struct Legend {
    role: &'static str,
    words: String,
}

/// A part of a record's source.
#[derive(Serialize)]
pub(super) struct Place {
    /// The line or lines, in words.
    words: String,
    path: String,
}

/// The source views of reports.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    let reports = input.corpus.reports.iter().enumerate();
    subjects(reports.map(|(position, report)| SourcePage { position, report }))
}

impl Subject for SourcePage<'_> {
    fn address(&self) -> String {
        address::source(&self.report.id)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let Self { position, report } = *self;
        let source = &local.corpus().sources[report.source.0];
        let SourceLayout { lines, runs, .. } = local.site.layout(position);
        let words = &local.words().source;
        let head = Head {
            title: fill(&words.title, &[("report", &local.report_name(report))]),
            description: words.description.clone(),
            trail: vec![report::LIST.link(local), local.report_link(report)],
            siblings: Siblings::new(siblings(local, position), &position, |at| source_link(local, *at)),
            ..Head::default()
        };
        let paths: Vec<String> = report.records.iter().map(|record| address::record(&record.id)).collect();
        let view = SourceView {
            file: &source.path,
            source_text: address::source_text(&report.id),
            hash: &source.sha256,
            lang: &report.language,
            total: local.count(&local.words().counts.lines, lines.len()),
            edition: address::report(&report.id),
            lines: line_views(local, source, (lines, runs), &Targets { report, paths: &paths }),
            legend: legend(local, report),
        };
        Page::new("source.html", head, &view)
    }

    fn report(&self) -> Option<usize> {
        Some(self.position)
    }

    fn changed(&self, input: &Input<'_>) -> Option<NaiveDate> {
        dates::known(input, self.position)
    }
}

fn source_link(local: Local<'_>, position: usize) -> Value {
    let report = &local.corpus().reports[position];
    local.report_link(report).leading_to(address::source(&report.id)).value()
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

/// Where pieces lead.
struct Targets<'a> {
    report: &'a Report,
    /// The addresses of its records.
    paths: &'a [String],
}

fn line_views<'a>(
    local: Local<'_>,
    source: &'a Source,
    (lines, runs): (&[Span], &[Piece]),
    targets: &Targets<'a>,
) -> Vec<Line<'a>> {
    let (text, mut runs) = (source.text.as_str(), runs);
    let mut seen = BTreeSet::new();
    let mut views = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let passed = runs.iter().take_while(|run| run.span.end <= line.start).count();
        runs = &runs[passed..];
        let mut pieces = piece_views(text, *line, runs, targets);
        for piece in &mut pieces {
            piece.first = piece.record.is_some_and(|record| seen.insert(record));
        }
        views.push(Line { number: index + 1, pages: page_starts(local, source, *line), pieces });
    }
    views
}

/// The pages that begin in `line`; the first one of the document begins in its first line.
fn page_starts(local: Local<'_>, source: &Source, line: Span) -> Vec<PageStart> {
    let Some(pages) = &source.pages else { return Vec::new() };
    let before = if line.start == 0 { 0 } else { pages.at(line.start) };
    let start = |page: usize| PageStart {
        anchor: format!("page-{page}"),
        words: fill(&local.words().original.begins, &[("n", &page.to_string())]),
    };
    (before + 1..=pages.at(line.end)).map(start).collect()
}

/// The line cut at the pieces; what stands between them is blank.
fn piece_views<'a>(text: &'a str, line: Span, runs: &[Piece], targets: &Targets<'a>) -> Vec<PieceView<'a>> {
    let mut views = Vec::new();
    let mut at = line.start;
    for run in runs.iter().take_while(|run| run.span.start < line.end) {
        let part = part(text, line, run.span);
        views.extend(blank(text, at, part.start));
        if !part.is_empty() {
            views.push(piece_view(text, part, run, targets));
        }
        at = part.end.max(at);
    }
    views.extend(blank(text, at, line.end));
    views
}

/// The part of a run that is in a line, without the blanks before it.
fn part(text: &str, line: Span, run: Span) -> Span {
    let (start, end) = (run.start.max(line.start), run.end.min(line.end));
    // A run that ended before the line has no part in it.
    let inside = text.get(start..end).unwrap_or_default();
    let blanks = inside.len() - inside.trim_start().len();
    Span::new(start + blanks, start + blanks + inside.trim().len())
}

fn blank(text: &str, from: usize, to: usize) -> Option<PieceView<'_>> {
    let text = text.get(from..to).filter(|text| !text.is_empty())?;
    Some(PieceView { text, role: "blank", anchor: None, path: None, record: None, first: false })
}

fn piece_view<'a>(text: &'a str, part: Span, run: &Piece, targets: &Targets<'a>) -> PieceView<'a> {
    let record = run.record.and_then(|record| targets.report.records.get(record));
    PieceView {
        text: &text[part.start..part.end],
        role: role_name(run.role),
        anchor: record.map(|_| part.start),
        path: run.record.and_then(|record| targets.paths.get(record)).map(String::as_str),
        record: record.map(|record| record.id.0.as_str()),
        first: false,
    }
}

/// The anchor of the place where a record begins in the source.
pub(super) fn beginning(local: Local<'_>, at: RecordRef, report: &Report, record: &Record) -> Option<String> {
    let place = places(local, at, report, record).into_iter().next()?;
    place.path.split_once('#').map(|(_, anchor)| anchor.to_owned())
}

/// The places of the source that a record's text came from, those with only blanks between joined.
pub(super) fn places(local: Local<'_>, at: RecordRef, report: &Report, record: &Record) -> Vec<Place> {
    let source = &local.corpus().sources[report.source.0];
    let SourceLayout { lines, runs, characters } = local.site.layout(at.report);
    let address = address::source(&report.id);
    let view = SourceLines { text: &source.text, lines, runs, characters, address, local };
    joined(&source.text, record.text.spans()).into_iter().map(|span| view.place(span)).collect()
}

/// Most characters of the source that are shown before a record's words, behind them, and where others stand between.
const CONTEXT: usize = 24;

/// Most bytes of a record's words that are quoted, so that its page stays small.
const MAX_QUOTED: usize = 600;

/// The words of the source that a record's text came from, marked, with a little of what stands around them; none where
/// they are the text as it is shown, but for white space.
pub(super) fn quoted(local: Local<'_>, report: &Report, record: &Record) -> Option<SafeHtml> {
    let source = local.corpus().sources.get(report.source.0)?;
    let spans = joined(&source.text, record.text.spans());
    let text = |from: usize, to: usize| source.text.get(from..to).unwrap_or_default();
    let words = |text: &str| -> String { text.split_whitespace().collect() };
    if matches!(spans.as_slice(), [span] if words(text(span.start, span.end)) == words(&record.text.text)) {
        return None;
    }
    let line_start = text(0, spans.first()?.start).rfind('\n').map_or(0, |at| at + 1);
    let last = spans.last()?.end;
    let line_end = text(last, source.text.len()).find('\n').map_or(source.text.len(), |at| last + at);
    let mut writer = HtmlWriter::default();
    let (mut at, mut n_quoted) = (line_start, 0);
    for span in &spans {
        writer.text(&ends(text(at, span.start), at > line_start, true));
        if n_quoted > MAX_QUOTED {
            break;
        }
        let words = text(span.start, span.end);
        let cut = words.floor_char_boundary(MAX_QUOTED - n_quoted.min(MAX_QUOTED));
        writer.start("mark", &[]);
        writer.text(words.get(..cut).unwrap_or_default());
        writer.end("mark");
        if cut < words.len() {
            writer.text("…");
        }
        (at, n_quoted) = (span.end, n_quoted + words.len());
    }
    if n_quoted <= MAX_QUOTED {
        writer.text(&ends(text(last, line_end), true, false));
    }
    Some(writer.finish())
}

/// The characters of `text` at its start, its end or both, with a sign for what is left out.
fn ends(text: &str, start: bool, end: bool) -> String {
    let characters: Vec<char> = text.chars().collect();
    let kept = CONTEXT * (usize::from(start) + usize::from(end));
    if characters.len() <= kept {
        return text.to_owned();
    }
    let first = characters.iter().take(if start { CONTEXT } else { 0 });
    let last = characters.iter().skip(characters.len() - if end { CONTEXT } else { 0 });
    first.chain([&'…']).chain(last).collect()
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

/// Bytes of a line that nobody looks through, some 600 Chinese characters.
const LONG_LINE: usize = 2_000;

/// A source as its view shows it.
struct SourceLines<'a> {
    text: &'a str,
    lines: &'a [Span],
    runs: &'a [Piece],
    characters: &'a Characters,
    address: String,
    local: Local<'a>,
}

impl SourceLines<'_> {
    fn place(&self, span: Span) -> Place {
        let (first, last) = (self.line_of(span.start), self.line_of(span.end.saturating_sub(1)));
        let numbers = [first + 1, last + 1].map(|line| line.to_string());
        let words = &self.local.words().source;
        Place {
            words: match &numbers {
                [line, last] if line == last => match self.within(first, span) {
                    Some([first, last]) => fill(&words.within, &[("n", line), ("first", &first), ("last", &last)]),
                    None => fill(&words.line, &[("n", line)]),
                },
                [first, last] => fill(&words.lines, &[("first", first), ("last", last)]),
            },
            path: format!("{}#{}", self.address, self.anchor(first, span.start)),
        }
    }

    /// The first and the last character of `span` in its line, where nobody finds a place in that by its number alone.
    fn within(&self, line: usize, span: Span) -> Option<[String; 2]> {
        let line = self.lines.get(line).filter(|line| line.end - line.start > LONG_LINE)?;
        let before = |offset: usize| self.characters.before(self.text, offset);
        let from = before(line.start);
        Some([before(span.start) - from + 1, before(span.end) - from].map(|place| self.local.grouped(place)))
    }

    /// Index of the line that `offset` is in.
    fn line_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }

    /// The anchor of the piece that `offset` is in, as [`piece_views`] gives it.
    fn anchor(&self, line: usize, offset: usize) -> String {
        let after = self.runs.partition_point(|run| run.span.start <= offset);
        let run = after.checked_sub(1).and_then(|index| self.runs.get(index));
        match run.filter(|run| offset < run.span.end && run.record.is_some()).zip(self.lines.get(line)) {
            Some((run, line)) => format!("b{}", part(self.text, *line, run.span).start),
            None => format!("L{}", line + 1),
        }
    }
}
