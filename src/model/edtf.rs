//! EDTF (ISO 8601-2:2019, level 1) as far as the archive uses it: dates, intervals, lists.

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
