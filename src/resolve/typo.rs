//! Impossible years, and what they were probably meant to be.
//!
//! A report speaks of what has been done: a year long after its period or session is impossible. A
//! date merely outside the period is not.
//!
//! A year whose digits are two neighbours exchanged (2100 for 2010) is conjectured if exactly one
//! exchange gives a year of the reporting period. The conjecture is a correction, and the record's
//! value; what is printed stays beside it.

use crate::model::date::{DateBasis, DateReading};
use crate::model::record::{CorrectedBy, Correction, Reason};
use crate::model::report::FrontMatter;

/// Years after its period or session that a report may name: a term of office, a meeting to come.
const YEARS_AHEAD: u32 = 5;
/// The first year of the United Nations; session `n` of the General Assembly opens in 1945 + `n`.
const FIRST_YEAR: u32 = 1945;

/// The basis of `reading` in a report with the front matter `front`: a typo if a year in it is impossible.
#[must_use]
pub fn basis(reading: &DateReading, front: &FrontMatter) -> DateBasis {
    let period = front.period.as_ref().and_then(|period| years(&period.edtf).into_iter().max());
    let latest = period.or(front.session.map(|session| FIRST_YEAR + session)).map_or(2099, |year| year + YEARS_AHEAD);
    let possible = |year: &u32| (FIRST_YEAR..=latest).contains(year);
    if years(&reading.edtf).iter().all(possible) { reading.basis } else { DateBasis::Typo }
}

/// The conjecture for `reading`, given the reporting period.
#[must_use]
pub fn correction(reading: Option<&DateReading>, period: Option<&DateReading>) -> Option<Correction> {
    let reading = reading?;
    let years = years(&period?.edtf);
    let (first, last) = (years.iter().min()?, years.iter().max()?);
    let wrong = *self::years(&reading.edtf).iter().find(|year| !(*first..=*last).contains(year))?;
    let mut meant = exchanges(wrong).into_iter().filter(|year| (*first..=*last).contains(year));
    let year = meant.next()?;
    meant.next().is_none().then(|| Correction {
        field: "date_edtf".to_owned(),
        printed: Some(reading.printed.clone()),
        corrected: reading.edtf.replace(&format!("{wrong:04}"), &format!("{year:04}")),
        why: Reason::DigitsExchanged { wrong, right: year },
        by: CorrectedBy::Rule,
        date: None,
    })
}

fn years(edtf: &str) -> Vec<u32> {
    edtf.split([';', '/']).filter_map(|date| date.get(..4)?.parse().ok()).collect()
}

/// The years made of the digits of `year` with two neighbours exchanged.
fn exchanges(year: u32) -> Vec<u32> {
    let digits: Vec<u8> = format!("{year:04}").into_bytes();
    let exchanged = (1..digits.len()).map(|at| {
        let mut digits = digits.clone();
        digits.swap(at - 1, at);
        String::from_utf8(digits).ok().and_then(|year| year.parse().ok())
    });
    let mut years: Vec<u32> = exchanged.flatten().filter(|other| *other != year).collect();
    years.sort_unstable();
    years.dedup();
    years
}
