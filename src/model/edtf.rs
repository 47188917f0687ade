//! EDTF (ISO 8601-2:2019, level 1) as far as the archive uses it: dates, intervals, lists.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Borrow;
use std::fmt;

/// A day, month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month.
    pub day: Option<u8>,
}

/// One date, or an interval of which one end may be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// The first moment.
    pub start: Option<Moment>,
    /// The last moment.
    pub end: Option<Moment>,
    /// Whether an interval is written, rather than one date.
    pub interval: bool,
}

impl Moment {
    /// The moment written `2008`, `2008-05` or `2008-05-09`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = digits(parts.next()?, 4)?.parse().ok()?;
        let month = read_part(parts.next(), 12)?;
        let day = read_part(parts.next(), 31)?;
        Some(Self { year, month, day })
    }

    /// The moment as EDTF.
    #[must_use]
    pub fn to_edtf(self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }

    /// Months since the year 0; a year alone counts as its first month.
    #[must_use]
    pub fn first_month(self) -> i32 {
        self.year * 12 + i32::from(self.month.unwrap_or(1)) - 1
    }

    /// Months since the year 0; a year alone counts as its last month.
    #[must_use]
    pub fn last_month(self) -> i32 {
        self.year * 12 + i32::from(self.month.unwrap_or(12)) - 1
    }
}

impl Moment {
    /// Its first day; none if the calendar has no such day.
    #[must_use]
    pub fn first_day(self) -> Option<NaiveDate> {
        self.day_of_month(self.day.unwrap_or(1), self.month.unwrap_or(1))
    }

    /// Its last day; none if the calendar has no such day.
    #[must_use]
    pub fn last_day(self) -> Option<NaiveDate> {
        match self.day {
            Some(_) => self.first_day(),
            None => {
                let first = self.day_of_month(1, self.month.unwrap_or(12))?;
                first.with_day(first.num_days_in_month().into())
            }
        }
    }

    fn day_of_month(self, day: u8, month: u8) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, month.into(), day.into())
    }
}

impl Stretch {
    /// The calendar years it touches; of an interval with one end lost, that end's year.
    #[must_use]
    pub fn years(self) -> Option<std::ops::RangeInclusive<i32>> {
        let (start, end) = (self.start.or(self.end)?, self.end.or(self.start)?);
        Some(start.year..=end.year)
    }
}

impl Stretch {
    /// Whether it begins in `period`, as far as both are known: a year begins in every period that touches it.
    #[must_use]
    pub fn begins_in(self, period: Self) -> bool {
        let Some(start) = self.start else { return false };
        let is_late = period.end.is_some_and(|end| end.last_month() < start.first_month());
        let is_early = period.start.is_some_and(|first| start.last_month() < first.first_month());
        !is_late && !is_early
    }
}

/// What EDTF writes behind a date that is an estimate: `2009~`.
const INFERRED: char = '~';

/// What stands for a year that is not printed.
pub const NO_YEAR: &str = "XXXX";

/// A date or an interval, or several with `;` between them: `2007-06/2008-05`, `2008-01-31`, `2010-01/` where the end is
/// lost, `2009~` for an estimate.
///
/// What is printed may be impossible or lack its year; it is kept so, and no stretch of time stands for it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf {
    text: Box<str>,
    stretches: Box<[Stretch]>,
}

impl Edtf {
    /// What `text` says, if all of it is dates of the calendar.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let found = Self::as_printed(text);
        let is_whole = found.stretches.len() == found.text.split(';').count();
        (is_whole && found.is_possible()).then_some(found)
    }

    /// What `text` says, which is made of what is printed.
    #[must_use]
    pub fn as_printed(text: &str) -> Self {
        Self { text: text.into(), stretches: text.split(';').filter_map(read_stretch).collect() }
    }

    /// Several, one after another.
    #[must_use]
    pub fn list<T: Borrow<Self>>(several: &[T]) -> Self {
        let texts: Vec<&str> = several.iter().map(|one| one.borrow().as_str()).collect();
        Self::as_printed(&texts.join(";"))
    }

    /// The interval from this to `end`.
    #[must_use]
    pub fn until(&self, end: &Self) -> Self {
        Self::as_printed(&format!("{self}/{end}"))
    }

    /// Each of several.
    pub fn each(&self) -> impl Iterator<Item = Self> {
        self.text.split(';').map(Self::as_printed)
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As it is written, without the mark of an estimate.
    #[must_use]
    pub fn without_mark(&self) -> &str {
        self.text.trim_end_matches(INFERRED)
    }

    /// The dates and intervals in it, as far as they are possible and have a year.
    #[must_use]
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Its only date or interval, if it is possible.
    #[must_use]
    pub fn single(&self) -> Option<Stretch> {
        let [stretch] = *self.stretches else { return None };
        (self.is_possible() && !self.text.contains(';')).then_some(stretch)
    }

    /// Whether it is an estimate.
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        self.text.ends_with(INFERRED)
    }

    /// Whether a date in it lacks its year.
    #[must_use]
    pub fn lacks_year(&self) -> bool {
        self.text.contains(NO_YEAR)
    }

    /// Whether every date in it is a day, month or year of the calendar, as far as it is printed.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        // 29 February of a year that is not printed is possible.
        let day = |date: &str| Moment::read(&date.trim_end_matches(INFERRED).replace(NO_YEAR, "2000"))?.first_day();
        self.text.split([';', '/']).filter(|date| !date.is_empty()).all(|date| day(date).is_some())
    }

    /// The last part of the address of a period: `2007-06--2008-05` for `2007-06/2008-05`.
    #[must_use]
    pub fn slug(&self) -> String {
        let in_address = |character: char| if character.is_ascii_digit() { character } else { '-' };
        self.text.replace('/', "--").chars().map(in_address).collect()
    }

    /// The years of its dates, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.stretches.iter().flat_map(|stretch| [stretch.start, stretch.end]).flatten().map(|moment| moment.year)
    }

    /// The same with the year `right` for `wrong`.
    #[must_use]
    pub fn with_year(&self, wrong: i32, right: i32) -> Self {
        Self::as_printed(&self.text.replace(&format!("{wrong:04}"), &format!("{right:04}")))
    }
}

impl From<Moment> for Edtf {
    fn from(moment: Moment) -> Self {
        Self::as_printed(&moment.to_edtf())
    }
}

/// As a text is shown: the edition of an archive is a hash of its tables so shown.
impl fmt::Debug for Edtf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, formatter)
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// Whoever reads a file says what is to stand there, and judges it.
impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::as_printed(&text))
    }
}

/// The first and the last day of a date, as ISO 8601; none for an end that is lost.
#[must_use]
pub fn days(edtf: Option<&Edtf>) -> (Option<String>, Option<String>) {
    let stretches = edtf.map_or(&[][..], Edtf::stretches);
    // An end that one of several dates has lost, all have.
    let starts: Option<Vec<NaiveDate>> = stretches.iter().map(|stretch| stretch.start?.first_day()).collect();
    let ends: Option<Vec<NaiveDate>> = stretches.iter().map(|stretch| stretch.end?.last_day()).collect();
    let start = starts.and_then(|days| days.into_iter().min());
    let end = ends.and_then(|days| days.into_iter().max());
    (start.map(|day| day.to_string()), end.map(|day| day.to_string()))
}

fn read_stretch(text: &str) -> Option<Stretch> {
    let Some((start, end)) = text.split_once('/') else {
        let moment = Moment::read(text.trim_end_matches(INFERRED))?;
        return Some(Stretch { start: Some(moment), end: Some(moment), interval: false });
    };
    let (start, end) = (Moment::read(start), Moment::read(end));
    (start.is_some() || end.is_some()).then_some(Stretch { start, end, interval: true })
}

/// `Some(None)` where nothing is written, `None` where something else than two digits up to `limit` is.
fn read_part(part: Option<&str>, limit: u8) -> Option<Option<u8>> {
    let Some(part) = part else { return Some(None) };
    let number = digits(part, 2)?.parse().ok()?;
    (1..=limit).contains(&number).then_some(Some(number))
}

/// `text`, if it is `number` digits: a sign or a missing zero is no EDTF.
fn digits(text: &str, number: usize) -> Option<&str> {
    (text.len() == number && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lists_of_dates_and_intervals() {
        let several = Edtf::as_printed("2008-05-09;2008-05-11/2008-05-13");
        let stretches = several.stretches();
        assert_eq!(stretches.len(), 2);
        assert!(!stretches[0].interval);
        assert_eq!(stretches[1].end.map(Moment::to_edtf).as_deref(), Some("2008-05-13"));
    }

    #[test]
    fn keeps_the_end_that_is_left_of_an_interval() {
        let open = Edtf::as_printed("2010-01/");
        let stretches = open.stretches();
        assert_eq!(stretches[0].end, None);
        assert_eq!(stretches[0].years(), Some(2010..=2010));
    }

    #[test]
    fn spans_days() {
        let cases = [
            ("2008-05-09;2008-05-11/2008-05-13", Some("2008-05-09"), Some("2008-05-13")),
            ("2007-06/2008-02", Some("2007-06-01"), Some("2008-02-29")),
            ("2009~", Some("2009-01-01"), Some("2009-12-31")),
            ("2010-01/", Some("2010-01-01"), None),
            ("/2010-01-05", None, Some("2010-01-05")),
            ("2010-02-30", None, None),
            ("soon", None, None),
        ];
        for (edtf, start, end) in cases {
            let (first, last) = days(Some(&Edtf::as_printed(edtf)));
            assert_eq!((first.as_deref(), last.as_deref()), (start, end), "{edtf}");
        }
        assert_eq!(days(None), (None, None));
    }

    #[test]
    fn reads_inferred_dates() {
        assert_eq!(Edtf::as_printed("2009~").stretches(), Edtf::as_printed("2009").stretches());
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["2008-13", "2008-5", "2008-+5", "+008", "2008-05-1", "soon", "", "/"] {
            assert!(Edtf::as_printed(text).stretches().is_empty(), "{text}");
        }
        for text in ["2010-02-30", "XXXX-05-09", "2008;soon", "2008/soon", "", "/"] {
            assert_eq!(Edtf::parse(text), None, "{text}");
        }
        for text in ["2009~", "2010-01/", "2008-05-09;2008-05-11/2008-05-13"] {
            assert_eq!(Edtf::parse(text).map(|edtf| edtf.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_printed_may_be_impossible() {
        for (text, is_possible) in
            [("2008-02-30", false), ("XXXX-02-29", true), ("2008-2010", false), ("2010-01/", true)]
        {
            assert_eq!(Edtf::as_printed(text).is_possible(), is_possible, "{text}");
        }
    }
}
