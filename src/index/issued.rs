//! When a report was issued.
//!
//! Session N of the General Assembly begins in September of the year 1945 + N, and reports for a session bear that
//! year: what is written before it opens and what is written while it sits until the end of the year. A document
//! issued after that, for a resumed session, needs its own date in the report's `.toml`.

use super::Index;
use crate::model::citation::Symbol;
use crate::model::edtf::Edtf;
use crate::model::report::Report;
use crate::resolve::Corpus;
use serde::Serialize;
use std::borrow::Cow;

/// The year before that in which session 1 of the General Assembly began.
const BEFORE_FIRST_SESSION: u32 = 1945;

/// What in the table of documents stands for a row that a source supports.
const EVIDENCED: &str = "evidenced";

/// The date of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued<'a> {
    /// The date, which may be marked as inferred.
    pub date: Cow<'a, Edtf>,
    /// Where it comes from.
    pub basis: IssuedBasis,
}

/// Where the date of a report comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssuedBasis {
    /// The editors give it.
    Given,
    /// The editors infer it.
    Inferred,
    /// It is printed in the report.
    Printed,
    /// The table of documents has it.
    Table,
    /// The year in which the session began.
    Session,
}

impl Index {
    /// When `report` was issued; none where neither a date nor a session is known.
    #[must_use]
    pub fn issued<'a>(&self, corpus: &'a Corpus, report: &'a Report) -> Option<Issued<'a>> {
        let issued = |basis| move |date| Issued { date: Cow::Borrowed(date), basis };
        let given = report.meta.date.as_ref();
        let basis = if given.is_some_and(Edtf::is_inferred) { IssuedBasis::Inferred } else { IssuedBasis::Given };
        given
            .map(issued(basis))
            .or_else(|| report.front.date.as_ref().map(issued(IssuedBasis::Printed)))
            .or_else(|| self.date_in_table(corpus, report).map(issued(IssuedBasis::Table)))
            .or_else(|| {
                Some(Issued { date: Cow::Owned(session_year(report.session()?)?), basis: IssuedBasis::Session })
            })
    }

    fn date_in_table<'a>(&self, corpus: &'a Corpus, report: &Report) -> Option<&'a Edtf> {
        let entry = self.documents.get(&Symbol(report.symbol()?.to_owned()))?;
        let row = corpus.reference.documents.get(entry.row?)?;
        row.date.as_ref().filter(|_| row.status.as_deref() == Some(EVIDENCED))
    }
}

/// The year of a session, marked as inferred; none for a number that no session has had.
fn session_year(session: u32) -> Option<Edtf> {
    let year = BEFORE_FIRST_SESSION.checked_add(session).filter(|year| *year < 10_000)?;
    Edtf::parse(&format!("{year}~"))
}
