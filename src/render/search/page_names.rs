//! What pages are called besides their titles.

use crate::config::Config;
use crate::model::reference::Meeting;

/// What a meeting is called: by its series and the year, and as texts call the series, alone and with the year.
pub(in crate::render) fn meeting_names(config: &Config, meeting: &Meeting) -> Vec<String> {
    let year = meeting.start_date.as_ref().and_then(|date| date.years().next());
    let in_year = |name: &str| year.map(|year| format!("{name} {year}"));
    let key = meeting.series.as_deref();
    let series = key.and_then(|name| config.meeting_series.get(name)).into_iter();
    let whole = series.clone().flat_map(|series| &series.keywords).filter(|keyword| !keyword.contains('*'));
    let names = whole.chain(series.flat_map(|series| series.name.values()));
    let named = names.flat_map(|name| [Some(name.clone()), in_year(name)]).flatten();
    key.and_then(in_year).into_iter().chain(named).collect()
}

/// A name in which a figure stands beside Han characters, with the figure in these as well: `第2条` is also `第二条`.
pub(super) fn in_han_numbers(name: &str) -> Option<String> {
    const NUMBERS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let is_han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    let n_figures = name.chars().filter(char::is_ascii_digit).count();
    let number = |character: char| character.to_digit(10).and_then(|digit| NUMBERS.get(digit as usize).copied());
    (n_figures == 1 && name.contains(is_han))
        .then(|| name.chars().map(|character| number(character).unwrap_or(character)).collect())
}
