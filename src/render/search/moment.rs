//! Months and days → what is dated in them.

use crate::model::edtf::{Moment, Stretch};

/// Most months of a stretch that each of its months finds; a longer one is found by its first and its last.
const MOST_MONTHS: i32 = 11;

/// A month or day as a key, and whether the stretch is no longer than it.
pub(super) struct Dated {
    pub(super) key: String,
    pub(super) is_whole: bool,
}

/// The months that a stretch touches, and its days as far as they are told.
pub(super) fn dated(stretch: Stretch) -> Vec<Dated> {
    let Some((start, end)) = stretch.start.or(stretch.end).zip(stretch.end.or(stretch.start)) else {
        return Vec::new();
    };
    if start.month.is_none() || end.month.is_none() {
        return Vec::new();
    }
    let (first, last) = (start.first_month(), end.last_month());
    let every = if last - first < MOST_MONTHS { (first..=last).collect() } else { vec![first, last] };
    let months = every.into_iter().map(|month| Dated { key: month_key(month), is_whole: first == last });
    months.chain(days(start, end)).collect()
}

fn month_key(month: i32) -> String {
    format!("~{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

fn days(start: Moment, end: Moment) -> Vec<Dated> {
    let Some((first, last)) = start.day.zip(end.day) else { return Vec::new() };
    let key = |month: i32, day: u8| Dated { key: format!("{}-{day:02}", month_key(month)), is_whole: start == end };
    let (month, end_month) = (start.first_month(), end.first_month());
    if month == end_month {
        return (first..=last).map(|day| key(month, day)).collect();
    }
    vec![key(month, first), key(end_month, last)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::edtf::Edtf;

    fn keys(edtf: &str) -> Vec<String> {
        Edtf::as_printed(edtf).stretches().iter().copied().flat_map(dated).map(|dated| dated.key).collect()
    }

    #[test]
    fn a_short_stretch_is_found_by_all_it_touches() {
        assert_eq!(keys("2008-03-21"), ["~2008-03", "~2008-03-21"]);
        assert_eq!(keys("2008-12/2009-02"), ["~2008-12", "~2009-01", "~2009-02"]);
        assert_eq!(keys("2009-09-24/2009-09-25"), ["~2009-09", "~2009-09-24", "~2009-09-25"]);
    }

    #[test]
    fn a_long_one_by_its_ends_and_a_year_by_no_month() {
        assert_eq!(keys("2008-06/2009-05"), ["~2008-06", "~2009-05"]);
        assert_eq!(keys("2010-01/"), ["~2010-01"]);
        assert!(keys("2008").is_empty());
    }
}
