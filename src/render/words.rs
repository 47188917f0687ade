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
    let alone = dates.months_alone.as_ref().unwrap_or(&dates.months);
    let (form, months) = match (moment.month, moment.day) {
        (Some(_), Some(_)) => (&dates.day, &dates.months),
        (Some(_), None) => (&dates.month, alone),
        _ => (&dates.year, alone),
    };
    let number = |part: Option<u8>| part.map(|part| part.to_string()).unwrap_or_default();
    let name = moment.month.and_then(|month| months.get(usize::from(month) - 1)).map_or("", String::as_str);
    let (year, month) = (moment.year.to_string(), number(moment.month));
    let first = dates.first.clone().filter(|_| moment.day == Some(1));
    let day = first.unwrap_or_else(|| number(moment.day));
    fill(form, &[("year", &year), ("month", &month), ("day", &day), ("name", name)])
}

/// A date or interval in words.
pub(super) fn stretch_words(stretch: Stretch, dates: &Dates) -> String {
    let words = |moment| moment_words(moment, dates);
    match (stretch.start.map(words), stretch.end.map(words)) {
        (Some(start), Some(end)) if stretch.interval => fill(&dates.range, &[("start", &start), ("end", &end)]),
        (Some(start), None) => fill(&dates.open_end, &[("start", &start)]),
        (None, Some(end)) => fill(&dates.open_start, &[("end", &end)]),
        (start, _) => start.unwrap_or_default(),
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
        assert_eq!(words("2008-05-09;2008-05-11/2008-05-13", "zh"), "2008年5月9日、2008年5月11日至2008年5月13日");
        assert_eq!(words("2007-06/2008-05", "en"), "June 2007 to May 2008");
        assert_eq!(words("2010-01/", "en"), "from January 2010 (end lost)");
        assert_eq!(words("2009-06-01/2009-06-02", "fr"), "1er juin 2009\u{a0}– 2 juin 2009");
        assert_eq!(words("2009-06-03", "es"), "3 de junio de 2009");
        assert_eq!(words("2009-06-03;2009-06", "ru"), "3 июня 2009 года; июнь 2009 года");
        assert_eq!(words("2009-06-03/2009-07", "ar"), "من 3 حزيران/يونيه 2009 إلى تموز/يوليه 2009");
    }
}
