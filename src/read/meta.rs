//! `content/reports/<id>.toml`: what is known of a report besides its text.

use super::date::{is_date, is_date_or_inferred, is_date_or_period};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::{SitePath, slug};
use crate::base::settings;
use crate::model::report::ReportMeta;

/// Reads the text of the file at `path`. A blank value is none.
///
/// # Errors
/// With the first fault: TOML, an unknown key, a wrong type, a date that is none.
pub(crate) fn parse_meta(path: &str, text: &str) -> Result<ReportMeta, Box<Diagnostic>> {
    let mut meta: ReportMeta = settings::parse(path, text)?;
    let refuse = |key: &str, message: &str, hint: &str| {
        let bad = Diagnostic::error(code::BAD_SETTING_DATE, message);
        Err(Box::new(bad.hint(hint).at(settings::place(path, text, &[key]))))
    };
    if meta.date.as_ref().is_some_and(|date| !is_date_or_inferred(date)) {
        let hint = "write `2008-06-15`, `2008-06` or `2008`, with `~` behind one that is inferred";
        return refuse("date", "`date` is not a date", hint);
    }
    if meta.adopted.as_ref().is_some_and(|date| !is_date(date)) {
        return refuse("adopted", "`adopted` is not a date", "write `2008-06-15`, `2008-06` or `2008`");
    }
    if meta.period.as_ref().is_some_and(|period| !is_date_or_period(period)) {
        return refuse("period", "`period` is not a period", "write `2007-06/2008-05`");
    }
    let symbol = meta.symbol.as_deref().map(str::trim).filter(|symbol| !symbol.is_empty());
    if symbol.is_some_and(|symbol| slug(symbol).is_empty()) {
        let bad = Diagnostic::error(code::BAD_SYMBOL, "`symbol` is not a document symbol");
        let hint = "write the whole symbol, like `A/65/137`, or leave it out";
        return Err(Box::new(bad.hint(hint).at(settings::place(path, text, &["symbol"]))));
    }
    if meta.original.as_ref().is_some_and(|original| SitePath::new(original.file.as_str()).is_err()) {
        let bad = Diagnostic::error(code::BAD_NAME, "`file` is not the name of a file in `content/originals/`");
        let hint = "write its name as it stands there: lower-case ASCII letters, digits, `-`, `_` and `.`";
        return Err(Box::new(bad.hint(hint).at(settings::place(path, text, &["original", "file"]))));
    }
    for value in written(&mut meta) {
        *value = value.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    Ok(meta)
}

/// The values that people write in words.
fn written(meta: &mut ReportMeta) -> [&mut Option<String>; 11] {
    let ReportMeta {
        symbol,
        title,
        title_en,
        agenda_item,
        issuer,
        origin,
        licence,
        note,
        language,
        original_language,
        job_number,
        ..
    } = meta;
    [symbol, title, title_en, agenda_item, issuer, origin, licence, note, language, original_language, job_number]
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
