//! Data files: `data/records.ndjson`, the records contract, one object a line.

use super::{Input, RenderError, Sink, site_path};
use crate::base::source::Source;
use crate::model::contract::ContractRecord;
use crate::model::record::Record;
use crate::model::report::Report;

/// Hands the data files to the sink.
pub(super) fn put(input: &Input<'_>, sink: &dyn Sink) -> Result<(), RenderError> {
    let mut lines = String::new();
    for report in &input.corpus.reports {
        let Some(source) = input.corpus.sources.get(report.source.0) else { continue };
        for record in &report.records {
            lines.push_str(&line(record, report, source));
            lines.push('\n');
        }
    }
    Ok(sink.put(site_path("data/records.ndjson")?, lines.into_bytes())?)
}

/// A record as JSON. Text and numbers always can be; an empty line would show that they could not.
fn line(record: &Record, report: &Report, source: &Source) -> String {
    serde_json::to_string(&ContractRecord::new(record, report, source)).unwrap_or_default()
}
