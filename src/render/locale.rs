//! The language of a page as the crates of the Unicode Consortium know it.

use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use icu_locale_core::Locale;
use std::fmt::Display;

/// The locale of the language `tag`.
///
/// # Errors
/// If the tag is none of BCP 47.
pub(super) fn locale(tag: &str) -> Result<Locale, Box<Diagnostic>> {
    tag.parse().map_err(|error| refused(tag, error))
}

/// That the language `tag` cannot be had.
pub(super) fn refused(tag: &str, why: impl Display) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(code::BAD_MESSAGES, format!("nothing is known of the language `{tag}`: {why}")))
}
