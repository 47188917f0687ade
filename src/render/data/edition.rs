//! The day that stands for a report where one is wanted: in the feed and in the description of the archive.
//!
//! No clock is read. The day is the last on which a record of it was corrected or its identifier changed, else the first
//! of these that is known: the date in the report's `.toml`; the date of the
//! document in the reference table; the end of the reporting period; the last date that one of its records has; the
//! first day of the year 1970, which says that nothing is known. Of a month or year the last day counts.

use crate::model::citation::Symbol;
use crate::model::edtf::{Edtf, Moment, Stretch};
use crate::model::ledger::Status;
use crate::model::record::Record;
use crate::render::input::Input;
use chrono::NaiveDate;

/// The day of a report of which nothing is known.
const UNKNOWN: &str = "1970-01-01";

/// The day of the report at `position`, as ISO 8601.
pub(super) fn day(input: &Input<'_>, position: usize) -> String {
    let last = known(input, position).or_else(|| last_record_day(input, position));
    last.map_or_else(|| UNKNOWN.to_owned(), |day| day.to_string())
}

/// When the archive was published: the day in its settings, else the latest date of a report in it, as far as that is
/// known.
pub(super) fn published(input: &Input<'_>) -> String {
    if let Some(date) = &input.config.publish.date {
        return date.clone();
    }
    let issued = input.corpus.reports.iter().filter_map(|report| input.index.issued(input.corpus, report));
    let ends =
        issued.flat_map(|issued| issued.date.stretches().to_vec()).filter_map(|stretch| stretch.end.or(stretch.start));
    let latest = ends.max_by_key(|moment| moment.last_day());
    latest.map_or_else(|| latest_day(input), Moment::to_edtf)
}

/// The latest day of all reports, as ISO 8601.
pub(super) fn latest_day(input: &Input<'_>) -> String {
    let days = (0..input.corpus.reports.len()).map(|position| day(input, position));
    days.max().unwrap_or_else(|| UNKNOWN.to_owned())
}

/// The last day on which the report at `position` was written or changed, as far as that is known.
pub(in crate::render) fn known(input: &Input<'_>, position: usize) -> Option<NaiveDate> {
    let report = input.corpus.reports.get(position)?;
    let corrected = report.records.iter().filter_map(|record| changed(input, record));
    let entries = input.ledger.into_iter().flatten().map(|(_, entry)| entry);
    let gone = entries.filter(|entry| entry.file == report.id.0 && entry.status != Status::Published);
    let gone = gone.filter_map(|entry| entry.date.as_deref()?.parse().ok());
    corrected.chain(gone).max().max(written(input, position))
}

/// The last day on which `record` was corrected.
pub(in crate::render) fn changed(input: &Input<'_>, record: &Record) -> Option<NaiveDate> {
    let by_editors = record.corrections.iter().filter_map(|correction| correction.date.as_deref());
    let entry = input.ledger.and_then(|ledger| ledger.get(&record.id.0));
    by_editors.chain(entry.and_then(|entry| entry.date.as_deref())).filter_map(|day| day.parse().ok()).max()
}

/// The day on which the report at `position` was written, or to which it reports.
pub(in crate::render) fn written(input: &Input<'_>, position: usize) -> Option<NaiveDate> {
    let report = input.corpus.reports.get(position)?;
    let entry = report.symbol().and_then(|symbol| input.index.documents.get(&Symbol(symbol.to_owned())));
    let row = entry.and_then(|entry| input.corpus.reference.documents.get(entry.row?));
    let known = [report.meta.date.as_ref(), row.and_then(|row| row.date.as_ref()), report.period()];
    known.into_iter().flatten().find_map(last_day)
}

fn last_record_day(input: &Input<'_>, position: usize) -> Option<NaiveDate> {
    let report = input.corpus.reports.get(position)?;
    let dates = report.records.iter().filter_map(|record| match record.date() {
        Some(printed) => last_day(printed),
        None => last_day(&record.done()?.0),
    });
    dates.max()
}

/// The last day of a date.
fn last_day(edtf: &Edtf) -> Option<NaiveDate> {
    let ends = edtf.stretches().iter().filter_map(|Stretch { start, end, .. }| end.or(*start));
    ends.filter_map(Moment::last_day).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_counts() {
        let day = |edtf| last_day(&Edtf::as_printed(edtf)).map(|day| day.to_string());
        assert_eq!(day("2007-06/2008-02").as_deref(), Some("2008-02-29"));
        assert_eq!(day("2008-05-09;2008-05-11/2008-05-13").as_deref(), Some("2008-05-13"));
        assert_eq!(day("2010-01/").as_deref(), Some("2010-01-31"));
        assert_eq!(day("2010").as_deref(), Some("2010-12-31"));
        assert_eq!(day("soon"), None);
    }
}
