//! Impossible years, and what they were probably meant to be.
//!
//! A report speaks of what has been done: a year long after its period or session is impossible. A
//! date merely outside the period is not.
//!
//! A year whose digits are two neighbours exchanged (2100 for 2010) is conjectured if exactly one
//! exchange gives a year of the reporting period. The conjecture is a correction, and the record's
//! value; what is printed stays beside it.

use crate::model::date::{DateBasis, DateReading};
use crate::model::record::{CorrectedBy, CorrectedField, Correction, Reason};
use crate::model::report::FrontMatter;

/// Years after its period or session that a report may name: a term of office, a meeting to come.
const YEARS_AHEAD: i32 = 5;
/// The first year of the United Nations; session `n` of the General Assembly opens in 1945 + `n`.
const FIRST_YEAR: i32 = 1945;

/// The basis of `reading` in a report with the front matter `front`: a typo if a year in it is impossible.
#[must_use]
pub fn basis(reading: &DateReading, front: &FrontMatter) -> DateBasis {
    let period = front.period.as_ref().and_then(|period| period.edtf.years().max());
    let opening = front.session.and_then(|session| FIRST_YEAR.checked_add(i32::try_from(session).ok()?));
    let latest = period.or(opening).map_or(2099, |year| year.saturating_add(YEARS_AHEAD));
    if reading.edtf.years().all(|year| (FIRST_YEAR..=latest).contains(&year)) { reading.basis } else { DateBasis::Typo }
}

/// The conjecture for `reading`, given the reporting period.
#[must_use]
pub fn correction(reading: Option<&DateReading>, period: Option<&DateReading>) -> Option<Correction> {
    let reading = reading?;
    let period = &period?.edtf;
    let in_period = period.years().min()?..=period.years().max()?;
    let wrong = reading.edtf.years().find(|year| !in_period.contains(year))?;
    let mut meant = exchanges(wrong).into_iter().filter(|year| in_period.contains(year));
    let year = meant.next()?;
    meant.next().is_none().then(|| Correction {
        field: CorrectedField::DateEdtf,
        printed: Some(reading.printed.clone()),
        corrected: reading.edtf.with_year(wrong, year).to_string(),
        why: Reason::DigitsExchanged { wrong, right: year },
        by: CorrectedBy::Rule,
        date: None,
    })
}

/// The years made of the digits of `year` with two neighbours exchanged.
fn exchanges(year: i32) -> Vec<i32> {
    let digits: Vec<u8> = format!("{year:04}").into_bytes();
    let exchanged = (1..digits.len()).map(|at| {
        let mut digits = digits.clone();
        digits.swap(at - 1, at);
        String::from_utf8(digits).ok().and_then(|year| year.parse().ok())
    });
    let mut years: Vec<i32> = exchanged.flatten().filter(|other| *other != year).collect();
    years.sort_unstable();
    years.dedup();
    years
}
