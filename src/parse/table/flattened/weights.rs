//! What speaks for and against the start of a row, in units of roughly a natural logarithm of odds.
//!
//! The weights state how such tables are printed. They were set by hand while reading the reports on
//! the 63rd to 66th sessions in several printings; a report printed otherwise may ask for others.

/// Each row costs something, lest a text falls apart.
pub const ROW: f64 = -5.0;
/// A State's name as a cell, with a sign that it is one: a date behind it, or the name again.
pub const CELL: f64 = 8.0;
/// A State's name as a cell, with no other sign than that it stands here for the first time.
pub const FIRST_CELL: f64 = 4.0;
/// A State's name taken for a cell without such a sign: repeated cells are gone.
pub const CELL_WITHOUT_SIGN: f64 = -8.0;
/// A date cell.
pub const DATE: f64 = 4.0;
/// The text begins with the row's own State.
pub const OWN_STATE: f64 = 4.0;
/// The text begins with another State behind a date cell.
pub const OTHER_STATE_AFTER_DATE: f64 = 1.0;
/// The text begins with another State.
pub const OTHER_STATE: f64 = -8.0;
/// The text begins with a phrase, then names its State.
pub const PHRASE_THEN_OWN: f64 = 3.0;
/// The text begins with a phrase, then names an office-holder or organ.
pub const PHRASE_THEN_SUBJECT: f64 = 2.0;
/// The text begins with a date, then names its State.
pub const DATE_THEN_OWN: f64 = 1.5;
/// The text begins with a phrase after which the State is not named.
pub const PHRASE: f64 = -2.0;
/// The text begins with an office-holder or organ.
pub const SUBJECT: f64 = 5.5;
/// The same behind a date cell, which already speaks for the row.
pub const SUBJECT_AFTER_DATE: f64 = 3.5;
/// The text begins with a title or a person behind a cell.
pub const TITLE_AFTER_CELL: f64 = 1.0;
/// The text begins in no known way, behind a cell.
pub const OTHER: f64 = -6.0;
/// The same where the State's name stands before it.
pub const OTHER_AFTER_NAME: f64 = -1.0;
/// The text above ends as cells of this report end.
pub const ENDS_AS_CELLS: f64 = 3.0;
/// The text above ends with a quotation.
pub const ENDS_WITH_QUOTE: f64 = 0.0;
/// The text above ends with a full stop behind a quotation.
pub const ENDS_BEHIND_QUOTE: f64 = -3.0;
/// The text above ends as cells of this report do not.
pub const ENDS_OTHERWISE: f64 = -7.0;
/// The text above ends without a full stop, although cells of this report have one.
pub const ENDS_WITHOUT_STOP: f64 = 0.0;
/// The text above ends with a word that seldom ends a text.
pub const ENDS_UNLIKELY: f64 = -3.0;
/// The text names the row's State.
pub const NAMED: f64 = 2.0;
/// The text does not name the row's State.
pub const NOT_NAMED: f64 = -3.0;
/// The text does not name it, but points at it: a capital, an organ, a group.
pub const CLUE: f64 = 0.5;
/// The State changes although neither cell nor text names the new one.
pub const CHANGE_UNNAMED: f64 = -1.5;
/// A cell although the State above goes on.
pub const CELL_WITHOUT_CHANGE: f64 = -12.0;
/// The text repeats a date behind the date cell.
pub const DATE_AFTER_DATE: f64 = 3.0;
/// A State's first row in the document has no cell, although nothing can have removed it.
pub const FIRST_WITHOUT_CELL: f64 = -5.0;
/// The State comes before the one above in the alphabet.
pub const OUT_OF_ORDER: f64 = -2.0;
/// A text of a few characters.
pub const SHORT: f64 = -8.0;
/// The text ends with a date, which is rather the date cell of the next row.
pub const ENDS_WITH_DATE: f64 = -5.0;
/// The same behind a State's name and a date.
pub const SHORT_WITH_CELLS: f64 = -2.0;
/// A short text that does not name its State.
pub const SHORT_UNNAMED: f64 = -4.0;
