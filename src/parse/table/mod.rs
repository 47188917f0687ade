//! Activity tables in their printings: with tabs, in columns, wrapped, flattened.

pub mod columned;
pub mod flattened;
mod rows;
pub mod section;
pub mod tabbed;
pub mod wrapped;

use super::Lexicon;
use super::date;
use crate::model::date::{DateBasis, DateReading};

/// What a date cell says; a cell that is no date at all is kept as printed, without a value.
#[must_use]
pub fn read_date(cell: &str, lexicon: &Lexicon) -> Option<DateReading> {
    let printed: String = cell.chars().filter(|character| !super::text::is_blank(*character)).collect();
    let found = date::read_cell(&printed, &lexicon.dates)?;
    let basis = if !date::is_possible(&found.edtf) {
        DateBasis::Typo
    } else if found.open {
        DateBasis::Partial
    } else {
        DateBasis::Printed
    };
    Some(DateReading { printed, edtf: found.edtf, basis, conjecture: None })
}
