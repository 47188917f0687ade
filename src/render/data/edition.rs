//! The day that stands for a report where one is wanted: in the feed and in the description of the archive.
//!
//! No clock is read. The day is the first of these that is known: the date in the report's `.toml`; the date of the
//! document in the reference table; the end of the reporting period; the last date that one of its records has; the
//! first day of the year 1970, which says that nothing is known. Of a month or year the last day counts.

use crate::model::citation::Symbol;
use crate::model::edtf::{Moment, Stretch, read_edtf};
use crate::render::site::Site;
use jiff::civil::Date;

/// The day of a report of which nothing is known.
const UNKNOWN: &str = "1970-01-01";

/// The day of the report at `position`, as ISO 8601.
pub(super) fn day(site: &Site<'_>, position: usize) -> String {
    let last = written(site, position).or_else(|| last_record_day(site, position));
    last.map_or_else(|| UNKNOWN.to_owned(), |day| day.to_string())
}

/// The latest day of all reports, as ISO 8601.
pub(super) fn latest(site: &Site<'_>) -> String {
    let days = (0..site.input.corpus.reports.len()).map(|position| day(site, position));
    days.max().unwrap_or_else(|| UNKNOWN.to_owned())
}

fn written(site: &Site<'_>, position: usize) -> Option<Date> {
    let report = site.input.corpus.reports.get(position)?;
    let entry = report.symbol().and_then(|symbol| site.input.index.documents.get(&Symbol(symbol.to_owned())));
    let row = entry.and_then(|entry| site.input.corpus.reference.documents.get(entry.row?));
    let known = [report.meta.date.as_deref(), row.and_then(|row| row.date.as_deref()), report.period()];
    known.into_iter().flatten().find_map(last_day)
}

fn last_record_day(site: &Site<'_>, position: usize) -> Option<Date> {
    let report = site.input.corpus.reports.get(position)?;
    let dates = report.records.iter().filter_map(|record| match record.date_edtf() {
        Some(printed) => last_day(printed),
        None => last_day(&record.done()?.0),
    });
    dates.max()
}

/// The last day of an EDTF text.
fn last_day(edtf: &str) -> Option<Date> {
    read_edtf(edtf).into_iter().filter_map(|Stretch { start, end, .. }| end.or(start)).filter_map(end_of).max()
}

fn end_of(moment: Moment) -> Option<Date> {
    let year = i16::try_from(moment.year).ok()?;
    let month = moment.month.map_or(Some(12), |month| i8::try_from(month).ok())?;
    match moment.day {
        Some(day) => Date::new(year, month, i8::try_from(day).ok()?).ok(),
        None => Some(Date::new(year, month, 1).ok()?.last_of_month()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_counts() {
        let day = |edtf| last_day(edtf).map(|day| day.to_string());
        assert_eq!(day("2007-06/2008-02").as_deref(), Some("2008-02-29"));
        assert_eq!(day("2008-05-09;2008-05-11/2008-05-13").as_deref(), Some("2008-05-13"));
        assert_eq!(day("2010-01/").as_deref(), Some("2010-01-31"));
        assert_eq!(day("2010").as_deref(), Some("2010-12-31"));
        assert_eq!(day("soon"), None);
    }
}
