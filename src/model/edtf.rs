//! EDTF (ISO 8601-2:2019, level 1) as far as the archive uses it: dates, intervals, lists.

use jiff::civil::Date;

/// A day, month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    pub fn first_day(self) -> Option<Date> {
        self.day_of_month(self.day.unwrap_or(1), self.month.unwrap_or(1))
    }

    /// Its last day; none if the calendar has no such day.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        match self.day {
            Some(_) => self.first_day(),
            None => Some(self.day_of_month(1, self.month.unwrap_or(12))?.last_of_month()),
        }
    }

    fn day_of_month(self, day: u8, month: u8) -> Option<Date> {
        Date::new(i16::try_from(self.year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
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
    /// Whether each end that is known is known to the month.
    #[must_use]
    pub fn is_to_the_month(self) -> bool {
        self.start.into_iter().chain(self.end).all(|moment| moment.month.is_some())
    }

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
pub const INFERRED: char = '~';

/// The stretches of an EDTF text, `;` between them; parts that are no EDTF are left out. An inferred date is read like
/// any other.
#[must_use]
pub fn read_edtf(text: &str) -> Vec<Stretch> {
    text.split(';').filter_map(read_stretch).collect()
}

/// The first and the last day of an EDTF text, as ISO 8601; none for an end that is lost.
#[must_use]
pub fn days(edtf: Option<&str>) -> (Option<String>, Option<String>) {
    let stretches = edtf.map(read_edtf).unwrap_or_default();
    // An end that one of several dates has lost, all have.
    let starts: Option<Vec<Date>> = stretches.iter().map(|stretch| stretch.start?.first_day()).collect();
    let ends: Option<Vec<Date>> = stretches.iter().map(|stretch| stretch.end?.last_day()).collect();
    let start = starts.and_then(|days| days.into_iter().min());
    let end = ends.and_then(|days| days.into_iter().max());
    (start.map(|day| day.to_string()), end.map(|day| day.to_string()))
}

fn read_stretch(text: &str) -> Option<Stretch> {
    let Some((start, end)) = text.split_once('/') else {
        let moment = Moment::read(text.trim().trim_end_matches(INFERRED))?;
        return Some(Stretch { start: Some(moment), end: Some(moment), interval: false });
    };
    let (start, end) = (Moment::read(start.trim()), Moment::read(end.trim()));
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
        let stretches = read_edtf("2008-05-09;2008-05-11/2008-05-13");
        assert_eq!(stretches.len(), 2);
        assert!(!stretches[0].interval);
        assert_eq!(stretches[1].end.map(Moment::to_edtf).as_deref(), Some("2008-05-13"));
    }

    #[test]
    fn keeps_the_end_that_is_left_of_an_interval() {
        let stretches = read_edtf("2010-01/");
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
            let (first, last) = days(Some(edtf));
            assert_eq!((first.as_deref(), last.as_deref()), (start, end), "{edtf}");
        }
        assert_eq!(days(None), (None, None));
    }

    #[test]
    fn reads_inferred_dates() {
        assert_eq!(read_edtf("2009~"), read_edtf("2009"));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["2008-13", "2008-5", "2008-+5", "+008", "2008-05-1"] {
            assert!(read_edtf(text).is_empty(), "{text}");
        }
        assert!(read_edtf("soon").is_empty());
    }
}
