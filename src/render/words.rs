//! Dates in the words of a language.

use super::messages::{Dates, fill};
use crate::model::edtf::{Edtf, Moment, Stretch};

/// A date in words; as it is written where it is impossible.
pub(super) fn date_words(edtf: &Edtf, dates: &Dates) -> String {
    let words: Vec<String> = edtf.stretches().iter().map(|stretch| stretch_words(*stretch, dates)).collect();
    if words.is_empty() { edtf.to_string() } else { words.join(&dates.join) }
}

/// One day, month or year in words.
fn moment_words(moment: Moment, dates: &Dates) -> String {
    in_form(moment, &moment.day.map_or_else(String::new, |day| day_words(day, dates)), dates)
}

fn day_words(day: u8, dates: &Dates) -> String {
    match &dates.first {
        Some(first) if day == 1 => first.clone(),
        _ => day.to_string(),
    }
}

/// A moment with what stands for its day, where it has one.
fn in_form(moment: Moment, day: &str, dates: &Dates) -> String {
    let alone = dates.months_alone.as_ref().unwrap_or(&dates.months);
    let (form, months) = match (moment.month, moment.day) {
        (Some(_), Some(_)) => (&dates.day, &dates.months),
        (Some(_), None) => (&dates.month, alone),
        _ => (&dates.year, alone),
    };
    let number = |part: Option<u8>| part.map(|part| part.to_string()).unwrap_or_default();
    let name = moment.month.and_then(|month| months.get(usize::from(month) - 1)).map_or("", String::as_str);
    let (year, month) = (moment.year.to_string(), number(moment.month));
    fill(form, &[("year", &year), ("month", &month), ("day", day), ("name", name)])
}

/// From one moment to another; days of one month have its name once.
fn range_words(start: Moment, end: Moment, dates: &Dates) -> String {
    let days = start.day.zip(end.day).filter(|_| (start.year, start.month) == (end.year, end.month));
    match days {
        Some((first, last)) => {
            let words = [first, last].map(|day| day_words(day, dates));
            in_form(start, &fill(&dates.days, &[("first", &words[0]), ("last", &words[1])]), dates)
        }
        None => {
            let words = [start, end].map(|moment| moment_words(moment, dates));
            fill(&dates.range, &[("start", &words[0]), ("end", &words[1])])
        }
    }
}

/// A date or interval in words.
fn stretch_words(stretch: Stretch, dates: &Dates) -> String {
    let words = |moment| moment_words(moment, dates);
    match (stretch.start, stretch.end) {
        (Some(start), Some(end)) if stretch.interval => range_words(start, end, dates),
        (Some(start), None) => fill(&dates.open_end, &[("start", &words(start))]),
        (None, Some(end)) => fill(&dates.open_start, &[("end", &words(end))]),
        (start, _) => start.map(words).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::messages::load;
    use std::collections::BTreeMap;

    fn words(edtf: &str, language: &str) -> String {
        load(language, &BTreeMap::new())
            .map(|messages| date_words(&Edtf::as_printed(edtf), &messages.dates))
            .unwrap_or_default()
    }

    #[test]
    fn writes_dates_as_each_language_does() {
        assert_eq!(words("2008-05-09;2008-05-11/2008-05-13", "zh"), "2008年5月9日、2008年5月11日至13日");
        assert_eq!(words("2007-06/2008-05", "en"), "June 2007 to May 2008");
        assert_eq!(words("2010-01/", "en"), "from January 2010 (end lost)");
        assert_eq!(words("2009-06-01/2009-06-02", "fr"), "1er-2 juin 2009");
        assert_eq!(words("2009-06-30/2009-07-01", "fr"), "30 juin 2009\u{a0}– 1er juillet 2009");
        assert_eq!(words("1999-10-06/1999-10-08", "en"), "6–8 October 1999");
        assert_eq!(words("1999-10-06/2000-10-08", "en"), "6 October 1999 to 8 October 2000");
        assert_eq!(words("1999-10-06/1999-10-08", "es"), "6 a 8 de octubre de 1999");
        assert_eq!(words("1999-10-06/1999-10-08", "ru"), "6–8 октября 1999 года");
        assert_eq!(words("1999-10-06/1999-10-08", "ar"), "من 6 إلى 8 تشرين الأول/أكتوبر 1999");
        assert_eq!(words("2009-06-03", "es"), "3 de junio de 2009");
        assert_eq!(words("2009-06-03;2009-06", "ru"), "3 июня 2009 года; июнь 2009 года");
        assert_eq!(words("2009-06-03/2009-07", "ar"), "من 3 حزيران/يونيه 2009 إلى تموز/يوليه 2009");
    }
}
