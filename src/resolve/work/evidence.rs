//! What a record says that is the same in every language.

use crate::model::edtf::{Edtf, Moment};
use crate::model::record::Record;
use crate::model::state::Iso3;
use crate::parse::text::digit;
use std::collections::BTreeSet;

/// Shortest figure that counts: a smaller number is a word in one language and a digit in the next.
const FEWEST_DIGITS: usize = 2;

/// Weight of a date or symbol: less than that shows little, as figures are written in many ways.
const STRONG: u32 = 3;

/// One thing that a record says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Sign<'a> {
    /// The date of its row or reply.
    Date(&'a Edtf),
    /// A symbol that it cites.
    Symbol(&'a str),
    /// A day or month in its text.
    Moment(Moment),
    /// A State that it names.
    State(Iso3),
    /// A figure in its text.
    Figure(String),
}

impl Sign<'_> {
    /// How much it speaks for a pair: a date or symbol more than a name or figure, which return in many records.
    fn weight(&self) -> u32 {
        match self {
            Self::Date(_) | Self::Symbol(_) => STRONG,
            Self::Moment(_) => 2,
            Self::State(_) | Self::Figure(_) => 1,
        }
    }
}

/// What a record says that is the same in every language.
#[derive(Debug)]
pub(super) struct Evidence<'a> {
    signs: BTreeSet<Sign<'a>>,
    weight: u32,
}

/// How alike two records are; more is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Likeness {
    /// The part of all that either says which both say, in thousandths.
    share: u32,
    /// The weight of what both say.
    shared: u32,
}

impl Likeness {
    /// Whether both say anything alike.
    pub(super) fn is_any(self: &Likeness) -> bool {
        self.shared > 0
    }

    /// Whether both say half of what either says, and not little.
    pub(super) fn is_strong(self: &Likeness) -> bool {
        self.share >= 500 && self.shared >= STRONG
    }
}

impl<'a> Evidence<'a> {
    /// What `record` says.
    pub(super) fn of(record: &'a Record) -> Self {
        let date = record.date().map(Sign::Date);
        let symbols = record.citations.iter().map(|citation| Sign::Symbol(citation.symbol.as_str()));
        let moments = record.dates.iter().map(|date| Sign::Moment(date.moment));
        let states = record.states_named.iter().map(|mention| Sign::State(mention.state));
        let figures = figures(record).into_iter().map(Sign::Figure);
        let signs: BTreeSet<Sign<'_>> =
            date.into_iter().chain(symbols).chain(moments).chain(states).chain(figures).collect();
        Self { weight: signs.iter().map(Sign::weight).sum(), signs }
    }

    /// How alike two records are; none where each says something of weight, and nothing alike.
    pub(super) fn likeness(&self, other: &Self) -> Option<Likeness> {
        let shared: u32 = self.signs.intersection(&other.signs).map(Sign::weight).sum();
        if shared == 0 && self.weight.min(other.weight) >= STRONG {
            return None;
        }
        let all = self.weight + other.weight - shared;
        Some(Likeness { share: (shared * 1000).checked_div(all).unwrap_or(0), shared })
    }
}

/// The figures in the text of `record` outside its dates, in ASCII digits without marks between thousands.
fn figures(record: &Record) -> BTreeSet<String> {
    let mut figures = BTreeSet::new();
    let mut figure = String::new();
    for (at, character) in record.text.text.char_indices().chain([(record.text.text.len(), ' ')]) {
        let is_dated = record.dates.iter().any(|date| date.range.contains(&at));
        match digit(character).and_then(|value| char::from_digit(value, 10)).filter(|_| !is_dated) {
            Some(value) => figure.push(value),
            None if is_between_thousands(&record.text.text, at, character) && !figure.is_empty() => {}
            None => {
                let whole = std::mem::take(&mut figure);
                figures.extend((whole.len() >= FEWEST_DIGITS).then_some(whole));
            }
        }
    }
    figures
}

/// Whether `character` at `at` parts thousands: a mark or blank before exactly three digits.
fn is_between_thousands(text: &str, at: usize, character: char) -> bool {
    let after = text.get(at + character.len_utf8()..).unwrap_or_default();
    let n_digits = after.chars().take(4).take_while(|next| digit(*next).is_some()).count();
    n_digits == 3 && matches!(character, ',' | '.' | '\u{a0}' | '\u{202f}' | ' ' | '٬' | '，')
}
