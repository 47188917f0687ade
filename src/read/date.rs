//! Dates that editors write: days, months and years of the calendar.

use crate::model::edtf::INFERRED;

/// Whether `text` is a day of the calendar as ISO 8601 writes it.
pub(crate) fn is_day(text: &str) -> bool {
    is_date(text) && text.len() == "2008-06-15".len()
}

/// Whether `text` is a year, month or day as ISO 8601 writes them: `2008`, `2008-06`, `2008-06-15`.
pub(crate) fn is_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return false,
    };
    whole.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && whole.parse::<jiff::civil::Date>().is_ok()
}

/// Whether `text` is a date, which a `~` behind it may mark as inferred (EDTF level 1): `2009~`.
pub(crate) fn is_date_or_inferred(text: &str) -> bool {
    is_date(text.strip_suffix(INFERRED).unwrap_or(text))
}

/// Whether `text` is a date or a closed period of EDTF level 0 (ISO 8601-2): `2007-06/2008-05`.
pub(crate) fn is_date_or_period(text: &str) -> bool {
    match text.split_once('/') {
        Some((start, end)) => is_date(start) && is_date(end) && start <= end,
        None => is_date(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_days_months_and_years_of_the_calendar() {
        assert!(["2008", "2008-06", "2008-02-29"].into_iter().all(is_date));
        assert!(!["", "08", "2009-02-29", "2008-13", "2008-6-1", "2008/06/15", "二〇〇八"].into_iter().any(is_date));
    }

    #[test]
    fn inferred_dates_have_one_mark() {
        assert!(["2009", "2009~", "2009-06~"].into_iter().all(is_date_or_inferred));
        assert!(!["2009?", "[2009]", "2009~~", "~"].into_iter().any(is_date_or_inferred));
    }

    #[test]
    fn periods_run_forward() {
        assert!(is_date_or_period("2007-06/2008-05"));
        assert!(!is_date_or_period("2008-05/2007-06"));
    }
}
