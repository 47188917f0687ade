//! Scales: numbers to shades, months to columns.

use super::super::numbers::Numbers;
use crate::model::edtf::{Edtf, Moment};

/// A colour or mark and what it stands for.
pub(in super::super) struct Step {
    /// Class of the colour; none for a mark in words.
    pub(super) class: Option<String>,
    /// Whether the colour is hatched.
    pub(super) is_hatched: bool,
    /// The words.
    pub(super) words: String,
}

impl Step {
    /// A colour.
    pub(in super::super) fn colour(class: impl Into<String>, words: impl Into<String>) -> Self {
        Self { class: Some(class.into()), is_hatched: false, words: words.into() }
    }

    /// What is hatched.
    pub(in super::super) fn hatched(words: impl Into<String>) -> Self {
        Self { is_hatched: true, ..Self::colour("shade-0", words) }
    }

    /// A mark, which stands in its words.
    pub(in super::super) fn mark(words: impl Into<String>) -> Self {
        Self { class: None, is_hatched: false, words: words.into() }
    }
}

/// Shades for numbers from none to the greatest.
pub(in super::super) struct Shades {
    /// Least number of each shade above the palest.
    least: Vec<usize>,
}

impl Shades {
    /// Shades for numbers up to `most`: one for each doubling beneath it, and one for nothing.
    pub(in super::super) fn up_to(most: usize) -> Self {
        let mut least = vec![1, most / 8 + 1, most / 4 + 1, most / 2 + 1];
        least.dedup();
        Self { least: least.into_iter().filter(|least| *least <= most.max(1)).collect() }
    }

    /// The shade of `number`.
    pub(in super::super) fn of(&self, number: usize) -> usize {
        self.least.iter().filter(|least| number >= **least).count()
    }

    /// What each shade stands for.
    pub(in super::super) fn steps(&self, numbers: &Numbers) -> Vec<Step> {
        let step = |shade| Step::colour(format!("shade-{shade}"), self.words(shade, numbers));
        (0..=self.least.len()).map(step).collect()
    }

    fn words(&self, shade: usize, numbers: &Numbers) -> String {
        let grouped = |number| numbers.grouped(number);
        let least = shade.checked_sub(1).and_then(|below| self.least.get(below)).copied().unwrap_or(0);
        match self.least.get(shade) {
            Some(next) if next - 1 > least => format!("{}–{}", grouped(least), grouped(next - 1)),
            Some(_) => grouped(least),
            None => format!("≥ {}", grouped(least)),
        }
    }
}

/// Most columns of a time axis; beyond them a column stands for more than a month. So many, with names at their left, fit
/// a page of Letter paper across.
const MAX_COLUMNS: i32 = 55;

/// Months that a column may stand for.
const UNITS: [i32; 6] = [1, 3, 6, 12, 60, 120];

/// Fewest columns, so that the figures of a year have room.
const MIN_COLUMNS: i32 = 6;

/// Room for the figures of a year.
const YEAR_ROOM: i32 = 44;

/// Columns of one or more months each.
pub(in super::super) struct MonthAxis {
    first: i32,
    /// Months in a column.
    unit: i32,
    /// Number of columns.
    pub(in super::super) columns: i32,
    /// Width of a column.
    pub(in super::super) column_width: i32,
}

/// Width of a column that has room for two digits.
const COLUMN_WIDTH: i32 = 17;

/// Room for a digit of the pictures' letters, and for the gap between two columns.
const DIGIT_WIDTH: i32 = 8;

impl MonthAxis {
    /// The axis for `months`, counted from the year 0; none for no month.
    pub(in super::super) fn spanning(months: impl Iterator<Item = i32> + Clone) -> Option<Self> {
        let (first, last) = (months.clone().min()?, months.max()?);
        let columns = |unit: i32| last.div_euclid(unit) - first.div_euclid(unit) + 1;
        let fits = |unit: &&i32| columns(**unit) <= MAX_COLUMNS;
        // Wider than all: as many whole decades a column as it takes.
        let unit = UNITS.iter().find(fits).copied().unwrap_or(((last - first) / MAX_COLUMNS / 120 + 1) * 120);
        let columns = columns(unit).max(MIN_COLUMNS);
        Some(Self { first: first.div_euclid(unit) * unit, unit, columns, column_width: COLUMN_WIDTH })
    }

    /// The same axis with columns in which numbers up to `most` have room.
    pub(in super::super) fn with_room_for(self, most: usize, numbers: &Numbers) -> Self {
        let digits = i32::try_from(numbers.grouped(most).chars().count()).unwrap_or(0);
        Self { column_width: COLUMN_WIDTH.max(digits * DIGIT_WIDTH + 1), ..self }
    }

    /// The column of a month.
    pub(in super::super) fn column(&self, month: i32) -> i32 {
        (month - self.first).div_euclid(self.unit)
    }

    /// The columns of a stretch of months, as far as the axis has them.
    pub(in super::super) fn columns_of(&self, (first, last): (i32, i32)) -> std::ops::RangeInclusive<i32> {
        self.column(first).max(0)..=self.column(last).min(self.columns - 1)
    }

    /// Where a month begins, from the left end of the axis and within it.
    pub(in super::super) fn x(&self, month: i32) -> i32 {
        ((month - self.first) * self.column_width / self.unit).clamp(0, self.width())
    }

    /// Width of all columns.
    pub(in super::super) fn width(&self) -> i32 {
        self.columns * self.column_width
    }

    /// The months of a column.
    pub(in super::super) fn edtf(&self, column: i32) -> Edtf {
        let first = self.first + column * self.unit;
        let last = first + self.unit - 1;
        let year = |month: i32| Edtf::from(Moment { year: month.div_euclid(12), month: None, day: None });
        match self.unit {
            1 => month_edtf(first),
            12 => year(first),
            unit if unit > 12 => year(first).until(&year(last)),
            _ => month_edtf(first).until(&month_edtf(last)),
        }
    }

    /// The years whose figures have room, each with its place.
    pub(in super::super) fn years(&self) -> Vec<(i32, i32)> {
        let every = (YEAR_ROOM * self.unit / (12 * self.column_width)).max(1);
        let (first, last) = (self.first.div_euclid(12), (self.first + self.columns * self.unit - 1).div_euclid(12));
        let years = (first..=last).filter(|year| (year - first) % every == 0);
        // The first year may have begun before the axis, the last may go on behind it.
        let has_room = |year: &i32| {
            let end = self.x((year + every) * 12).min(self.width());
            end - self.x(year * 12) >= YEAR_ROOM
        };
        years.filter(has_room).map(|year| (year, self.x(year * 12))).collect()
    }
}

fn month_edtf(month: i32) -> Edtf {
    let number = u8::try_from(month.rem_euclid(12) + 1).ok();
    Moment { year: month.div_euclid(12), month: number, day: None }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Numbers {
        Numbers::of("en").unwrap()
    }

    #[test]
    fn every_number_has_the_shade_whose_words_hold_it() {
        let shades = Shades::up_to(16);
        let words: Vec<String> = (0..=4).map(|shade| shades.words(shade, &english())).collect();
        assert_eq!(words, ["0", "1–2", "3–4", "5–8", "≥ 9"]);
        assert_eq!([0, 1, 2, 3, 8, 9, 16].map(|number| shades.of(number)), [0, 1, 1, 2, 3, 4, 4]);
    }

    #[test]
    fn few_different_numbers_need_few_shades() {
        assert_eq!(Shades::up_to(1).steps(&english()).len(), 2);
        assert_eq!(Shades::up_to(0).of(0), 0);
    }

    #[test]
    fn a_great_number_has_room_in_its_column() {
        let spanning = || MonthAxis::spanning([24_000, 24_030].into_iter()).unwrap();
        let axis = |most: usize| spanning().with_room_for(most, &english());
        assert_eq!([9, 99, 100, 1_000].map(|most| axis(most).column_width), [17, 17, 25, 41]);
        assert_eq!(axis(100).width(), 31 * 25);
        assert_eq!(axis(100).years(), [(2000, 0), (2001, 300), (2002, 600)]);
    }

    #[test]
    fn a_long_time_has_wider_columns() {
        let axis = |first: i32, last: i32| MonthAxis::spanning([first * 12 + 5, last * 12].into_iter()).unwrap();
        assert_eq!(axis(2007, 2011).columns, 44);
        assert_eq!(axis(2007, 2011).edtf(1).as_str(), "2007-07");
        assert_eq!(axis(2007, 2011).years(), [(2007, 0), (2008, 7 * 17), (2009, 19 * 17), (2010, 31 * 17)]);
        assert_eq!(axis(2000, 2011).edtf(0).as_str(), "2000-04/2000-06");
        assert!(axis(0, 9999).columns <= MAX_COLUMNS + 1);
    }
}
