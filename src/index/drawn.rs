//! Which reports the page on a State, resolution or other key is drawn from.
//!
//! Invariant: a page says nothing of any other report but its name, so that it stays as it is while others change.

use super::{DocumentIndex, FactRef, PassageRef, PeriodIndex, RecordRef, ResolutionIndex, StateIndex, TextRef};
use std::collections::BTreeSet;

/// Positions of reports in the corpus.
pub type Reports = BTreeSet<usize>;

/// The reports of `records`.
#[must_use]
pub fn reports_of(records: &[RecordRef]) -> Reports {
    records.iter().map(|at| at.report).collect()
}

impl StateIndex {
    /// The reports that say something of the State.
    #[must_use]
    pub fn drawn_from(&self) -> Reports {
        let Self { row: _, status: _, votes: _, records, mentioned_by, facts } = self;
        [reports_of(records), reports_of(mentioned_by), stating(facts)].into_iter().flatten().collect()
    }
}

impl PeriodIndex {
    /// The reports on the period.
    #[must_use]
    pub fn drawn_from(&self) -> Reports {
        let Self { edtf: _, reports, records } = self;
        reports.iter().copied().chain(reports_of(records)).collect()
    }
}

impl ResolutionIndex {
    /// The reports that say something of the resolution, or that it asked for.
    #[must_use]
    pub fn drawn_from(&self) -> Reports {
        let Self { row: _, votes: _, before: _, after: _, cited_by, cited_beside, mandate_of, facts, printed_titles } =
            self;
        let titles = printed_titles.values().map(|text| match text {
            TextRef::Record(at) => at.report,
            TextRef::Passage(at) => at.report,
        });
        let cited = [reports_of(cited_by), beside(cited_beside), stating(facts)].into_iter().flatten();
        cited.chain(mandate_of.iter().copied()).chain(titles).collect()
    }
}

impl DocumentIndex {
    /// The reports that cite the document, and the one that it is.
    #[must_use]
    pub fn drawn_from(&self) -> Reports {
        let Self { row: _, cited_by, cited_beside, report } = self;
        reports_of(cited_by).into_iter().chain(beside(cited_beside)).chain(*report).collect()
    }
}

fn stating(facts: &[FactRef]) -> Reports {
    facts.iter().map(|fact| fact.at.report).collect()
}

fn beside(passages: &[PassageRef]) -> Reports {
    passages.iter().map(|at| at.report).collect()
}
