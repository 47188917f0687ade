//! Published identifiers: whether they still stand for what they were published with, and reviewed changes.
//!
//! Input: the archive as it is, and the ledger. Output: every case in which the two differ; or a ledger with the
//! changes an editor asked for. Invariant: an identifier that was published is never given to another text, and
//! never goes without a page that says what became of it.

mod change;
mod fingerprint;
mod judge;
mod version;

pub use change::{Accepted, Change, Changes, accept};
pub use fingerprint::fingerprint;
pub use judge::{Difference, Drift, diagnostics, differences};
pub use version::{edition, judge as judge_versions, keep, occasion, unready};

use super::Corpus;
use crate::base::diagnostic::Place;
use crate::base::span::Span;
use crate::model::ledger::ADDRESSES;
use crate::model::record::Record;
use crate::model::report::Report;
use std::collections::BTreeMap;

/// An identifier of the archive as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// The fingerprint of its text; none for a page that has no text of its own.
    pub fingerprint: Option<String>,
    /// The ledger file it belongs to, without `.tsv`.
    pub file: String,
    /// Where its text begins.
    pub place: Option<Place>,
}

/// Every identifier of the archive as it is.
pub type Identified = BTreeMap<String, Present>;

/// The reports and records of `corpus`, and the pages at `addresses`.
#[must_use]
pub fn identified(corpus: &Corpus, addresses: Vec<String>) -> Identified {
    let page = |address| (address, Present { fingerprint: None, file: ADDRESSES.to_owned(), place: None });
    let mut identified: Identified = addresses.into_iter().map(page).collect();
    for report in &corpus.reports {
        let text = corpus.sources[report.source.0].text.as_str();
        identified.insert(format!("reports/{}", report.id), present(report, text, Span::default()));
    }
    let records = corpus.records();
    identified.extend(records.map(|(_, report, record)| (record.id.0.clone(), of_record(report, record))));
    identified
}

fn of_record(report: &Report, record: &Record) -> Present {
    present(report, &record.text.text, record.text.spans().next().unwrap_or_default())
}

fn present(report: &Report, text: &str, span: Span) -> Present {
    let place = Some(Place::InSource(report.source, span));
    Present { fingerprint: Some(fingerprint(text)), file: report.id.work().to_owned(), place }
}
