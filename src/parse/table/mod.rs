//! Activity tables in their printings: with tabs, in columns, wrapped, flattened.

pub mod columned;
pub mod flattened;
pub mod section;
pub mod tabbed;
pub mod wrapped;

use super::Lexicon;
use super::date;
use super::item::Item;
use crate::model::date::{DateBasis, DateReading};
use crate::model::excerpt::Excerpt;

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

/// A heading inside a table as an item: of a group of sections, or of a section.
#[must_use]
fn heading(head: section::Head, text: Excerpt) -> Item {
    match head {
        section::Head::Group(_) => Item::Heading { depth: 2, text },
        section::Head::Section(code) => Item::Section { code, text },
    }
}
