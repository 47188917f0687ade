//! Activity tables in their printings: with tabs, in columns, wrapped, flattened.

mod cell;
pub mod columned;
pub mod flattened;
mod rows;
pub mod section;
pub mod stacked;
pub mod tabbed;
pub mod wrapped;

use super::Lexicon;
use super::date;
use super::text::{is_blank, is_direction};
use crate::model::date::{DateBasis, DateReading};

/// What a date cell says; a cell that is no date at all is kept as printed, without a value.
#[must_use]
pub fn read_date(cell: &str, lexicon: &Lexicon) -> Option<DateReading> {
    let bare = printed_date(cell, lexicon);
    let read = date::read_cell(&bare, &lexicon.dates);
    // The hyphen of a period that a line break took is not printed, and so its value is not all printed.
    let is_torn = read.is_none();
    let found = read.or_else(|| date::read_torn_cell(&bare, &lexicon.dates))?;
    let basis = if !found.edtf.is_possible() {
        DateBasis::Typo
    } else if found.open || is_torn {
        DateBasis::Partial
    } else {
        DateBasis::Printed
    };
    Some(DateReading { printed: printed_date(cell, lexicon), edtf: found.edtf, basis })
}

/// A date cell as it is printed: in a language written without blanks those that a layout put into it are left out.
#[must_use]
pub fn printed_date(cell: &str, lexicon: &Lexicon) -> String {
    if lexicon.layout.unspaced {
        // A mark of direction that is left in a cell stands inside a word, where it is no blank of the layout.
        cell.chars().filter(|character| is_direction(*character) || !is_blank(*character)).collect()
    } else {
        cell.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }
}
