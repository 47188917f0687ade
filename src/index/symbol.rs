//! Which symbol of a resolution its page stands under, where texts cite it by another than the table's.
//!
//! Input: the [`Corpus`]. Output: symbols that have no page of their own, with the one that has. The
//! report of the 66th session cites AG/RES.2533, whose whole symbol is AG/RES.2533(XL-O/10): one
//! resolution, so one page, at the address that the citation gives.

use crate::model::citation::Symbol;
use crate::model::report::Report;
use crate::resolve::Corpus;
use std::collections::{BTreeMap, BTreeSet};

/// The table's symbols of resolutions that texts cite by another, with that other.
pub(super) fn cited_otherwise(corpus: &Corpus) -> BTreeMap<Symbol, Symbol> {
    let cited: BTreeSet<&Symbol> = corpus.reports.iter().flat_map(|report| cited_in(report)).collect();
    let rows = corpus.reference.resolutions.iter();
    let other = rows.filter_map(|row| Some((&row.symbol, row.as_cited.as_ref()?)));
    let used = other.filter(|(symbol, as_cited)| symbol != as_cited && cited.contains(as_cited));
    used.map(|(symbol, as_cited)| (symbol.clone(), as_cited.clone())).collect()
}

fn cited_in(report: &Report) -> impl Iterator<Item = &Symbol> {
    let of_records = report.records.iter().flat_map(|record| &record.citations);
    let of_others = super::passage::passages(report).flat_map(|(_, passage)| &passage.citations);
    of_records.chain(of_others).map(|citation| &citation.symbol)
}
