//! Numbers as a language groups their digits and counts with them, by the rules of CLDR.
//!
//! Figures are Latin in every language, as those of symbols and identifiers are. `static/search-text.js` does the same in
//! the browser; `tests/search/tokens.json` holds both to it.

use super::locale::{locale, refused};
use super::messages::Count;
use crate::base::diagnostic::Diagnostic;
use icu_decimal::DecimalFormatter;
use icu_locale_core::extensions::unicode::{key, value};
use icu_plurals::{PluralCategory, PluralRules};

/// How a language writes numbers.
#[derive(Debug)]
pub(super) struct Numbers {
    digits: DecimalFormatter,
    plurals: PluralRules,
}

impl Numbers {
    /// Those of the language `tag`.
    ///
    /// # Errors
    /// If the tag is none of BCP 47.
    pub(super) fn of(tag: &str) -> Result<Self, Box<Diagnostic>> {
        let mut locale = locale(tag)?;
        locale.extensions.unicode.keywords.set(key!("nu"), value!("latn"));
        Ok(Self {
            digits: DecimalFormatter::try_new((&locale).into(), Default::default())
                .map_err(|error| refused(tag, error))?,
            plurals: PluralRules::try_new_cardinal((&locale).into()).map_err(|error| refused(tag, error))?,
        })
    }

    /// `number` with its digits in groups.
    pub(super) fn grouped(&self, number: usize) -> String {
        self.digits.format(&number.into()).to_string()
    }

    /// The message for `number`.
    pub(super) fn count(&self, message: &Count, number: usize) -> String {
        message.form(self.category(number)).replace("{n}", &self.grouped(number))
    }

    /// The category of `number`.
    pub(super) fn category(&self, number: usize) -> &'static str {
        name(self.plurals.category_for(number))
    }

    /// The categories of numbers for which the language has forms of its own.
    pub(super) fn categories(&self) -> impl Iterator<Item = &'static str> {
        self.plurals.categories().map(name)
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::messages::load;
    use std::collections::BTreeMap;

    #[test]
    fn counts_as_each_language_does() {
        let cases: [(&str, &[(usize, &str)]); 6] = [
            ("zh", &[(1, "1 条记录"), (1_234, "1,234 条记录")]),
            ("en", &[(0, "0 records"), (1, "1 record"), (1_234, "1,234 records")]),
            ("fr", &[(0, "0 entrée"), (2, "2 entrées"), (1_000_000, "1\u{202f}000\u{202f}000 d’entrées")]),
            ("es", &[(1, "1 registro"), (1_234, "1234 registros"), (12_345, "12.345 registros")]),
            ("ru", &[(1, "1 запись"), (2, "2 записи"), (5, "5 записей"), (21, "21 запись"), (11, "11 записей")]),
            (
                "ar",
                &[
                    (0, "لا سجلات"),
                    (1, "سجل واحد"),
                    (2, "سجلان"),
                    (3, "3 سجلات"),
                    (11, "11 سجلاً"),
                    (100, "100 سجل"),
                    (1_003, "1,003 سجلات"),
                ],
            ),
        ];
        for (language, cases) in cases {
            let (numbers, words) = (Numbers::of(language).unwrap(), load(language, &BTreeMap::new()).unwrap());
            for (number, expected) in cases {
                assert_eq!(numbers.count(&words.counts.records, *number), *expected, "{language}");
            }
        }
    }
}
