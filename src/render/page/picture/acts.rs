//! What records tell that States did, by the kind of act and the reporting period.

use super::super::super::html::SafeHtml;
use super::super::super::site::Local;
use super::columns::{Column, columns};
use super::grid::{self, ABOVE, Number, Row, Said};
use std::collections::BTreeMap;

/// The picture on the page at `path`; none where no act is known.
pub(in super::super) fn picture(local: Local<'_>, path: &str) -> Option<SafeHtml> {
    let columns = columns(local);
    let row = |(act, reports): (&_, &BTreeMap<usize, usize>)| {
        let number = |column: &Column<'_>| Number {
            number: column.reports.iter().filter_map(|report| reports.get(report)).sum(),
            path: None,
        };
        Row { name: local.act_name(*act), path: None, numbers: columns.iter().map(number).collect() }
    };
    let rows = local.index().acts.iter().map(row).collect();
    let words = &local.words().picture;
    let said = Said {
        id: "acts",
        title: &words.acts,
        finding: &words.acts_finding,
        names: "acts",
        text: &words.acts_text,
        left_out: &words.acts_left_out,
        all: local.index().records.len(),
        head: &words.act,
    };
    grid::picture(local, path, &ABOVE, (&columns.iter().collect::<Vec<_>>(), rows), &said)
}
