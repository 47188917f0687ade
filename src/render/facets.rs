//! What a record can be filtered by in the browser, as the value of one attribute, `data-facets`.
//!
//! `kind=activity;section=2a;year=2008,2009`: facets apart by `;`, values of one by `,`; a facet without a value is
//! left out. A record without a date has in `bound` the years of its report's period. The report is that of the list or
//! edition around it. `static/filter.js` reads it. One
//! attribute and not one a facet, as a page may list twenty thousand records.

use super::site::Local;
use crate::index::{bounding_years, years};
use crate::model::record::Record;
use crate::model::report::Report;

/// The facets of `record`.
pub(super) fn facets(local: Local<'_>, report: &Report, record: &Record) -> String {
    let resolutions = record.resolutions().into_iter().map(|symbol| local.index().page_symbol(symbol).to_string());
    let facets = [
        ("kind", record.kind().to_string()),
        ("section", record.section().map(ToString::to_string).unwrap_or_default()),
        ("state", record.state.map(|state| state.to_string()).unwrap_or_default()),
        ("date", record.done().map(|(edtf, _)| edtf.as_str().replace(';', ",")).unwrap_or_default()),
        ("year", joined(years(record).into_iter().map(|year| year.to_string()))),
        ("bound", joined(bounding_years(report, record).into_iter().map(|year| year.to_string()))),
        ("resolution", joined(resolutions)),
        ("basis", joined(local.labels(record).iter().map(|label| label.kind().to_owned()))),
    ];
    let known = facets.iter().filter(|(_, value)| !value.is_empty());
    known.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(";")
}

fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(",")
}
