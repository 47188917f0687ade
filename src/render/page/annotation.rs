//! A record as data: the records contract with selectors of the Web Annotation Data Model (W3C Recommendation,
//! 23 February 2017), § 4.2.4 text quotes and § 4.2.5 text positions, and its citation as CSL-JSON.

use super::super::site::Site;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::cite::{Citable, csl_item};
use crate::index::RecordRef;
use crate::model::contract::ContractRecord;
use serde::Serialize;

/// How many characters before and after a quotation tell it from others.
const CONTEXT: usize = 32;

#[derive(Serialize)]
struct AnnotatedRecord<'a> {
    #[serde(flatten)]
    record: ContractRecord<'a>,
    /// The pieces of the source that the record's words come from.
    target: Vec<Target<'a>>,
    /// Its citation in the language of its text, an item of CSL-JSON.
    citation: serde_json::Value,
}

/// A piece of the source.
#[derive(Serialize)]
struct Target<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    source: &'a str,
    selector: [Selector<'a>; 2],
}

/// Two ways to find the piece: the position holds for this very file, the quotation for others too.
#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    #[serde(rename = "TextPositionSelector")]
    Position { start: usize, end: usize },
    #[serde(rename = "TextQuoteSelector")]
    Quote { exact: &'a str, prefix: &'a str, suffix: &'a str },
}

/// The record as JSON, with a line end. Text and numbers always can be; an empty text would show that they could not.
pub(super) fn record_json(site: &Site<'_>, at: RecordRef, citable: &Citable) -> String {
    let Some((report, record)) = at.get(site.input.corpus) else { return String::new() };
    let Some(source) = site.input.corpus.sources.get(report.source.0) else { return String::new() };
    let characters = site.layout(at.report).map(|layout| layout.characters.as_slice()).unwrap_or_default();
    let spans = record.text.joined_spans(&source.text);
    let target = spans.into_iter().map(|span| target(source, characters, span)).collect();
    let citation = csl_item(citable);
    let record = AnnotatedRecord { record: ContractRecord::new(record, report, source), target, citation };
    serde_json::to_string(&record).map(|text| text + "\n").unwrap_or_default()
}

fn target<'a>(source: &'a Source, characters: &[(usize, usize)], span: Span) -> Target<'a> {
    let text = source.text.as_str();
    let (before, after) = (text.get(..span.start).unwrap_or(""), text.get(span.end..).unwrap_or(""));
    let exact = text.get(span.start..span.end).unwrap_or("");
    let start = position(text, characters, span.start);
    let prefix = before.char_indices().rev().take(CONTEXT).last().map_or(0, |(offset, _)| offset);
    let suffix = after.char_indices().nth(CONTEXT).map_or(after.len(), |(offset, _)| offset);
    let (prefix, suffix) = (before.get(prefix..).unwrap_or(""), after.get(..suffix).unwrap_or(""));
    let selector =
        [Selector::Position { start, end: start + exact.chars().count() }, Selector::Quote { exact, prefix, suffix }];
    Target { kind: "SpecificResource", source: &source.path, selector }
}

/// How many characters stand before `offset`; `known` has that of the lines' beginnings.
fn position(text: &str, known: &[(usize, usize)], offset: usize) -> usize {
    let line = known.partition_point(|(start, _)| *start <= offset).checked_sub(1);
    let (start, before) = line.and_then(|line| known.get(line)).copied().unwrap_or_default();
    before + text.get(start..offset).map_or(0, |part| part.chars().count())
}

/// For the beginning of each of `lines`: its offset, and how many characters of `text` stand before it.
pub(in super::super) fn characters_before(text: &str, lines: &[Span]) -> Vec<(usize, usize)> {
    let (mut counted, mut count) = (0, 0);
    let mut before = |line: &Span| {
        count += text.get(counted..line.start).map_or(0, |part| part.chars().count());
        counted = line.start;
        (counted, count)
    };
    lines.iter().map(&mut before).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::source::line_spans;

    #[test]
    fn positions_count_characters() {
        let text = "第一行\n第二行，奥地利\n";
        let known = characters_before(text, &line_spans(text));
        for (count, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(position(text, &known, offset), count);
        }
    }
}
