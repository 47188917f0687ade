//! The records contract as JSON: what `parse` prints and `data/records.ndjson` holds.

use super::{Input, RenderError, Sink, site_path};
use crate::base::source::Source;
use crate::base::span::Span;
use crate::model::citation::Symbol;
use crate::model::date::DateBasis;
use crate::model::record::{Body, Correction, Record, RecordKind, SectionCode, StateBasis};
use crate::model::report::Report;
use crate::model::state::Iso3;
use serde::Serialize;

/// One record, its fields in the order of the contract.
#[derive(Serialize)]
struct RecordJson<'a> {
    id: &'a str,
    kind: RecordKind,
    report: &'a str,
    n: usize,
    state: Option<Iso3>,
    text: &'a str,
    resolutions: Vec<&'a Symbol>,
    documents: Vec<&'a Symbol>,
    mentions: Vec<Iso3>,
    footnotes: Vec<&'a str>,
    source: SourceJson<'a>,
    corrections: &'a [Correction],
    #[serde(flatten)]
    body: BodyJson<'a>,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    path: &'a str,
    sha256: &'a str,
    spans: Vec<Span>,
}

/// The fields that only one kind has.
#[derive(Serialize)]
#[serde(untagged)]
enum BodyJson<'a> {
    Activity {
        section: &'a SectionCode,
        state_printed: &'a Option<String>,
        state_basis: StateBasis,
        date_printed: &'a Option<String>,
        date_edtf: &'a Option<String>,
        date_basis: DateBasis,
        remarks: &'a Option<String>,
    },
    Reply {
        number: &'a str,
        headings: &'a [String],
        original_language: &'a Option<String>,
        date_printed: &'a Option<String>,
        date_edtf: &'a Option<String>,
    },
    Paragraph {
        number: &'a str,
        headings: &'a [String],
    },
}

/// A record as one line of JSON, without the line end.
///
/// # Errors
/// If it cannot be written as JSON, which no record of text and numbers can cause.
pub fn record_json(record: &Record, report: &Report, source: &Source) -> Result<String, serde_json::Error> {
    serde_json::to_string(&RecordJson {
        id: &record.id.0,
        kind: record.kind(),
        report: &report.id.0,
        n: record.n,
        state: record.state,
        text: &record.text.text,
        resolutions: record.resolutions(),
        documents: record.documents(),
        mentions: record.mentions(),
        footnotes: record.footnotes(),
        source: SourceJson { path: &source.path, sha256: &source.sha256, spans: record.text.spans().collect() },
        corrections: &record.corrections,
        body: body_json(&record.body),
    })
}

fn body_json(body: &Body) -> BodyJson<'_> {
    match body {
        Body::Activity(activity) => BodyJson::Activity {
            section: &activity.section,
            state_printed: &activity.state_printed,
            state_basis: activity.state_basis,
            date_printed: &activity.date_printed,
            date_edtf: &activity.date_edtf,
            date_basis: activity.date_basis,
            remarks: &activity.remarks,
        },
        Body::Reply(reply) => BodyJson::Reply {
            number: &reply.paragraph.number,
            headings: &reply.paragraph.headings,
            original_language: &reply.original_language,
            date_printed: &reply.date_printed,
            date_edtf: &reply.date_edtf,
        },
        Body::Paragraph(paragraph) => {
            BodyJson::Paragraph { number: &paragraph.number, headings: &paragraph.headings }
        }
    }
}

/// Writes `data/records.ndjson`.
pub(super) fn put(input: &Input<'_>, sink: &dyn Sink) -> Result<(), RenderError> {
    let mut lines = String::new();
    for report in &input.corpus.reports {
        let Some(source) = input.corpus.sources.get(report.source.0) else { continue };
        for record in &report.records {
            lines.push_str(&record_json(record, report, source).unwrap_or_default());
            lines.push('\n');
        }
    }
    Ok(sink.put(site_path("data/records.ndjson")?, lines.into_bytes())?)
}
