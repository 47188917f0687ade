//! The archive's content as hashes, by which a reader can tell which text a citation was made from.
//!
//! Invariants: the same content has the same hash on every machine; a report's hash depends on nothing but that report,
//! so that what is said of one stays the same while others come and change.

use crate::base::hash::hexadecimal;
use crate::model::record::Correction;
use crate::model::report::Report;
use crate::resolve::Corpus;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The hash of a text that a citation names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edition {
    /// Of one report, with the corrections made to it.
    Report(String),
    /// Of everything that the archive says.
    Archive(String),
}

/// How many digits of a hash tell one edition from every other of an archive.
const SHORT: usize = 12;

impl Edition {
    /// The SHA-256 in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> &str {
        let (Self::Report(hash) | Self::Archive(hash)) = self;
        hash
    }

    /// As many of its digits as pages show.
    #[must_use]
    pub fn short(&self) -> &str {
        self.hash().get(..SHORT).unwrap_or(self.hash())
    }
}

/// The editions of an archive and of each of its reports.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Editions {
    reports: Vec<Edition>,
    archive: Edition,
}

impl Editions {
    /// Of the content of `corpus`: every source, correction and table.
    #[must_use]
    pub fn of(corpus: &Corpus) -> Self {
        let reports: Vec<Edition> = corpus.reports.iter().map(|report| of_report(corpus, report)).collect();
        let mut hash = Sha256::new();
        reports.iter().for_each(|report| hash.update(report.hash()));
        hash.update(Sha256::digest(format!("{:?}", corpus.reference)));
        Self { reports, archive: Edition::Archive(hexadecimal(&hash.finalize())) }
    }

    /// The edition of the whole archive.
    #[must_use]
    pub fn archive(&self) -> &Edition {
        &self.archive
    }

    /// The edition of the report at a position of the corpus.
    #[must_use]
    pub fn report(&self, position: usize) -> Option<&Edition> {
        self.reports.get(position)
    }
}

fn of_report(corpus: &Corpus, report: &Report) -> Edition {
    let mut hash = Sha256::new();
    if let Some(source) = corpus.sources.get(report.source.0) {
        hash.update(&source.path);
        hash.update(&source.sha256);
    }
    for record in report.records.iter() {
        for correction in &record.corrections {
            hash.update(&record.id.0);
            let Correction { field, printed, corrected, why, by, date } = correction;
            // An edition once published stays that of its content, so this form stays as it is.
            let form = format!(
                "Correction {{ field: \"{field}\", printed: {printed:?}, corrected: {corrected:?}, why: {why:?}, by: {by:?}, \
                 date: {date:?} }}"
            );
            hash.update(form);
        }
    }
    Edition::Report(hexadecimal(&hash.finalize()))
}
