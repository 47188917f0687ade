//! Years that cannot be, and what they were probably meant to be.
//!
//! A report does not tell of what is done years after it; a date merely outside its period is possible.
//! A year whose digits are two neighbours exchanged (2100 for 2010) is conjectured if exactly one
//! exchange gives a year of the reporting period. The printed value stays; the conjecture is a
//! correction beside it.

use crate::model::date::{DateBasis, DateReading};
use crate::model::record::{CorrectedBy, Correction};

/// How many years behind the reporting period a date may lie: plans are made for the next conferences.
const YEARS_AHEAD: u32 = 10;

/// `reading`, known to be a misprint if it lies far behind the reporting period.
#[must_use]
pub fn judged(reading: Option<&DateReading>, period: Option<&DateReading>) -> Option<DateReading> {
    let mut reading = reading?.clone();
    let last = period.and_then(|period| years(&period.edtf).into_iter().max());
    let first = years(&reading.edtf).into_iter().min();
    if last.zip(first).is_some_and(|(last, first)| first > last + YEARS_AHEAD) {
        reading.basis = DateBasis::Typo;
    }
    Some(reading)
}

/// The conjecture for `reading`, given the reporting period.
#[must_use]
pub fn correction(reading: Option<&DateReading>, period: Option<&DateReading>) -> Option<Correction> {
    let reading = reading.filter(|reading| reading.basis == DateBasis::Typo)?;
    let years = years(&period?.edtf);
    let (first, last) = (years.iter().min()?, years.iter().max()?);
    let wrong = *self::years(&reading.edtf).iter().find(|year| !(*first..=*last).contains(year))?;
    let mut meant = exchanges(wrong).into_iter().filter(|year| (*first..=*last).contains(&year));
    let year = meant.next()?;
    meant.next().is_none().then(|| Correction {
        field: "date_edtf".to_owned(),
        printed: Some(reading.printed.clone()),
        corrected: reading.edtf.replace(&format!("{wrong:04}"), &format!("{year:04}")),
        why: format!("{wrong} is impossible; two digits exchanged, {year} lies in the reporting period"),
        by: CorrectedBy::Rule,
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
