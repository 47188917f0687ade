//! A record as data: the records contract with selectors of the Web Annotation Data Model (W3C Recommendation,
//! 23 February 2017), § 4.2.4 text quotes and § 4.2.5 text positions, and its citation as CSL-JSON.

use super::super::{
    address,
    data::located,
    json::json_text,
    site::{Site, SourceLayout},
};
use crate::base::characters::Characters;
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
    /// The address of its text.
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

/// The record as JSON, with a line end.
pub(super) fn record_json(site: &Site<'_>, at: RecordRef, citable: &Citable) -> String {
    let report = &site.input.corpus.reports[at.report];
    let (record, source) = (&report.records[at.record], &site.input.corpus.sources[report.source.0]);
    let SourceLayout { characters, .. } = site.layout(at.report);
    let place = located(site.input.config, &address::source_text(&report.id));
    let spans = record.text.joined_spans(&source.text);
    let target = spans.into_iter().map(|span| target(source, characters, &place, span)).collect();
    let (record, citation) = (ContractRecord::new(record, report, source, characters), csl_item(citable));
    let record = AnnotatedRecord { record, target, citation };
    json_text(&record)
        + "
"
}

fn target<'a>(source: &'a Source, characters: &Characters, place: &'a str, span: Span) -> Target<'a> {
    let text = source.text.as_str();
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let exact = &text[span.start..span.end];
    let prefix = before.char_indices().rev().take(CONTEXT).last().map_or(0, |(offset, _)| offset);
    let suffix = after.char_indices().nth(CONTEXT).map_or(after.len(), |(offset, _)| offset);
    let (prefix, suffix) = (&before[prefix..], &after[..suffix]);
    let (start, end) = (characters.before(text, span.start), characters.before(text, span.end));
    let selector = [Selector::Position { start, end }, Selector::Quote { exact, prefix, suffix }];
    Target { kind: "SpecificResource", source: place, selector }
}
