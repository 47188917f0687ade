//! Dates that editors write: days, months and years of the calendar.

use crate::model::edtf::Edtf;

/// Whether `text` is a day of the calendar as ISO 8601 writes it.
pub(crate) fn is_day(text: &str) -> bool {
    date(text).is_some() && text.len() == "2008-06-15".len()
}

/// The year, month or day in `text`, as ISO 8601 writes them: `2008`, `2008-06`, `2008-06-15`.
pub(crate) fn date(text: &str) -> Option<Edtf> {
    Some(Edtf::as_printed(text)).filter(is_date)
}

/// Whether `edtf` is a year, month or day.
pub(crate) fn is_date(edtf: &Edtf) -> bool {
    is_date_or_inferred(edtf) && !edtf.is_inferred()
}

/// Whether `edtf` is a date, which one `~` behind it may mark as inferred: `2009~`.
pub(crate) fn is_date_or_inferred(edtf: &Edtf) -> bool {
    let is_marked_once = edtf.as_str().len() <= edtf.without_mark().len() + 1;
    is_marked_once && edtf.single().is_some_and(|date| !date.interval)
}

/// Whether `edtf` is a date or a closed period: `2007-06/2008-05`.
pub(crate) fn is_date_or_period(edtf: &Edtf) -> bool {
    edtf.single().is_some_and(|period| period.start.zip(period.end).is_some_and(|(start, end)| start <= end))
        && !edtf.is_inferred()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_days_months_and_years_of_the_calendar() {
        assert!(["2008", "2008-06", "2008-02-29"].into_iter().all(|text| date(text).is_some()));
        let wrong = ["", "08", "2009-02-29", "2008-13", "2008-6-1", "2008/06/15", "二〇〇八", "2008-06/2008-07"];
        assert!(!wrong.into_iter().any(|text| date(text).is_some()));
    }

    #[test]
    fn inferred_dates_have_one_mark() {
        let is_inferred = |text| is_date_or_inferred(&Edtf::as_printed(text));
        assert!(["2009", "2009~", "2009-06~"].into_iter().all(is_inferred));
        assert!(!["2009?", "[2009]", "2009~~", "~"].into_iter().any(is_inferred));
    }

    #[test]
    fn periods_run_forward() {
        assert!(is_date_or_period(&Edtf::as_printed("2007-06/2008-05")));
        assert!(!is_date_or_period(&Edtf::as_printed("2008-05/2007-06")));
        assert!(!is_date_or_period(&Edtf::as_printed("2008-05/")));
    }
}
