//! The records contract: what `parse` prints and `data/records.ndjson` holds, one object a record.
//!
//! It is public. Fields may be added; none may change meaning.

use super::citation::Symbol;
use super::date::DateBasis;
use super::edtf::{Edtf, days};
use super::record::{
    Body, CorrectedBy, CorrectedField, Correction, DoneBasis, Record, RecordId, RecordKind, SectionCode, StateBasis,
};
use super::report::{Report, ReportId};
use super::state::Iso3;
use crate::base::characters::Characters;
use crate::base::source::Source;
use crate::base::span::Span;
use serde::Serialize;
use std::borrow::Cow;

/// A record in the form of the contract.
#[derive(Debug, Serialize)]
pub struct ContractRecord<'a> {
    id: &'a RecordId,
    kind: RecordKind,
    report: &'a ReportId,
    n: usize,
    state: Option<Iso3>,
    text: &'a str,
    resolutions: Vec<&'a Symbol>,
    documents: Vec<&'a Symbol>,
    mentions: Vec<Iso3>,
    footnotes: Vec<&'a str>,
    source: SourceReference<'a>,
    corrections: Vec<ContractCorrection<'a>>,
    done_edtf: Option<Cow<'a, Edtf>>,
    done_start: Option<String>,
    done_end: Option<String>,
    done_basis: Option<DoneBasis>,
    reported_edtf: Option<&'a Edtf>,
    reported_start: Option<String>,
    reported_end: Option<String>,
    meetings: &'a [String],
    #[serde(flatten)]
    body: ContractBody<'a>,
}

#[derive(Debug, Serialize)]
struct SourceReference<'a> {
    path: &'a str,
    sha256: &'a str,
    spans: Vec<Span>,
    /// The same in characters.
    characters: Vec<(usize, usize)>,
    /// First and last page of the original; left out where the source has no pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<(usize, usize)>,
}
/// A correction: as printed, as corrected, and why in words.
#[derive(Debug, Serialize)]
struct ContractCorrection<'a> {
    field: CorrectedField,
    printed: Option<&'a str>,
    corrected: &'a str,
    why: String,
    by: CorrectedBy,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum ContractBody<'a> {
    Activity {
        section: &'a SectionCode,
        state_printed: Option<&'a str>,
        state_basis: StateBasis,
        date_printed: Option<&'a str>,
        date_edtf: Option<&'a Edtf>,
        date_start: Option<String>,
        date_end: Option<String>,
        date_basis: DateBasis,
        remarks: Option<&'a str>,
    },
    Reply {
        number: &'a str,
        headings: &'a [String],
        original_language: Option<&'a str>,
        date_printed: Option<&'a str>,
        date_edtf: Option<&'a Edtf>,
        date_start: Option<String>,
        date_end: Option<String>,
    },
    Paragraph {
        number: &'a str,
        headings: &'a [String],
    },
}

impl<'a> ContractRecord<'a> {
    /// `record` of `report`, read from `source`, whose text has these `characters`.
    #[must_use]
    pub fn new(record: &'a Record, report: &'a Report, source: &'a Source, characters: &Characters) -> Self {
        let (done_edtf, done_basis) = record.done().unzip();
        let (done_start, done_end) = days(done_edtf.as_deref());
        let reported_edtf = report.reported(record);
        let (reported_start, reported_end) = days(reported_edtf);
        let spans = record.text.joined_spans(&source.text);
        let before = |offset| characters.before(&source.text, offset);
        let in_characters = |span: &Span| (before(span.start), before(span.end));
        Self {
            id: &record.id,
            kind: record.kind(),
            report: &report.id,
            n: record.n,
            state: record.state,
            text: &record.text.text,
            resolutions: record.resolutions(),
            documents: record.documents(),
            mentions: record.mentions(),
            footnotes: record.footnotes(),
            source: SourceReference {
                path: &source.path,
                sha256: &source.sha256,
                characters: spans.iter().map(in_characters).collect(),
                spans,
                pages: record.pages(source),
            },
            corrections: record.corrections.iter().map(ContractCorrection::new).collect(),
            done_edtf,
            done_start,
            done_end,
            done_basis,
            reported_edtf,
            reported_start,
            reported_end,
            meetings: &record.meetings,
            body: body(&record.body),
        }
    }
}
impl<'a> ContractCorrection<'a> {
    fn new(correction: &'a Correction) -> Self {
        Self {
            field: correction.field,
            printed: correction.printed.as_deref(),
            corrected: &correction.corrected,
            why: correction.why.to_string(),
            by: correction.by,
            date: correction.date.as_deref(),
        }
    }
}

fn body(body: &Body) -> ContractBody<'_> {
    match body {
        Body::Activity(activity) => {
            let (date_start, date_end) = days(activity.date.as_ref());
            ContractBody::Activity {
                section: &activity.section,
                state_printed: activity.state_printed.as_deref(),
                state_basis: activity.state_basis,
                date_printed: activity.date_printed.as_deref(),
                date_edtf: activity.date.as_ref(),
                date_start,
                date_end,
                date_basis: activity.date_basis,
                remarks: activity.remarks.as_deref(),
            }
        }
        Body::Reply(reply) => {
            let (date_start, date_end) = days(reply.date.as_ref());
            ContractBody::Reply {
                number: &reply.paragraph.number,
                headings: &reply.paragraph.headings,
                original_language: reply.original_language.as_deref(),
                date_printed: reply.date_printed.as_deref(),
                date_edtf: reply.date.as_ref(),
                date_start,
                date_end,
            }
        }
        Body::Paragraph(paragraph) => {
            ContractBody::Paragraph { number: &paragraph.number, headings: &paragraph.headings }
        }
    }
}
