//! `content/reports/<id>.toml`: what is known of a report besides its text.

use super::date::{is_date, is_date_or_period};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::slug;
use crate::base::settings;
use crate::model::report::ReportMeta;
use serde::Deserialize;

/// The keys of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MetaFile {
    symbol: Option<String>,
    title: Option<String>,
    title_en: Option<String>,
    session: Option<u32>,
    agenda_item: Option<String>,
    period: Option<String>,
    date: Option<String>,
    issuer: Option<String>,
    origin: Option<String>,
    licence: Option<String>,
    note: Option<String>,
}

/// Reads the text of the file at `path`. A blank value is none.
///
/// # Errors
/// With the first fault: TOML, an unknown key, a wrong type, a date that is none.
pub(crate) fn parse_meta(path: &str, text: &str) -> Result<ReportMeta, Box<Diagnostic>> {
    let file: MetaFile = settings::parse(path, text)?;
    let refuse = |key: &str, message: &str, hint: &str| {
        let bad = Diagnostic::error(code::BAD_SETTING_DATE, message);
        Err(Box::new(bad.hint(hint).at(settings::place(path, text, &[key]))))
    };
    if file.date.as_deref().is_some_and(|date| !is_date(date)) {
        return refuse("date", "`date` is not a date", "write `2008-06-15`, `2008-06` or `2008`");
    }
    if file.period.as_deref().is_some_and(|period| !is_date_or_period(period)) {
        return refuse("period", "`period` is not a period", "write `2007-06/2008-05`");
    }
    let symbol = file.symbol.as_deref().map(str::trim).filter(|symbol| !symbol.is_empty());
    if symbol.is_some_and(|symbol| slug(symbol).is_empty()) {
        let bad = Diagnostic::error(code::BAD_SYMBOL, "`symbol` is not a document symbol");
        let hint = "write the whole symbol, like `A/65/137`, or leave it out";
        return Err(Box::new(bad.hint(hint).at(settings::place(path, text, &["symbol"]))));
    }
    Ok(ReportMeta {
        symbol: unless_blank(file.symbol),
        title: unless_blank(file.title),
        title_en: unless_blank(file.title_en),
        session: file.session,
        agenda_item: unless_blank(file.agenda_item),
        period: file.period,
        date: file.date,
        issuer: unless_blank(file.issuer),
        origin: unless_blank(file.origin),
        licence: unless_blank(file.licence),
        note: unless_blank(file.note),
    })
}

fn unless_blank(value: Option<String>) -> Option<String> {
    value.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_may_be_left_out_and_blank_is_none() {
        assert_eq!(parse_meta("a.toml", "").unwrap(), ReportMeta::default());
        assert_eq!(parse_meta("a.toml", "symbol = \" \"").unwrap(), ReportMeta::default());
    }

    #[test]
    fn unknown_keys_and_impossible_dates_are_refused() {
        let fault = |text| parse_meta("a.toml", text).unwrap_err().code;
        assert_eq!(fault("sesion = 63"), code::UNKNOWN_KEY);
        assert_eq!(fault("symbol = \"第六十二届\""), code::BAD_SYMBOL);
        assert_eq!(fault("session = \"63\""), code::WRONG_VALUE);
        assert_eq!(fault("date = \"2008-02-30\""), code::BAD_SETTING_DATE);
        assert_eq!(fault("period = \"2008-05/2007-06\""), code::BAD_SETTING_DATE);
    }
}
