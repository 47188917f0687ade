//! Words of citations in a language: dates, places in a document, notes.

use super::citable::{Citable, CorrectedState, Pinpoint};
use super::edition::Edition;
use crate::base::settings;
use crate::model::edtf::{Moment, Stretch};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The words of one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) section: String,
    pub(super) row: String,
    pub(super) paragraph: String,
    pub(super) record: String,
    version: String,
    pub(super) page: String,
    pages: String,
    pub(super) resolution: String,
    pub(super) document: String,
    pub(super) resolution_kind: String,
    pub(super) no_address: String,
    inferred_date: String,
    pub(super) date_note: String,
    state_corrected: String,
    state_supplied: String,
    pub(super) join: String,
    pub(super) sentence: String,
    pub(super) sentences: String,
    pub(super) edition: String,
    report_edition: String,
    session: String,
    agenda_item: String,
    range: String,
    pub(super) day: String,
    pub(super) month: String,
    /// Names of months, where dates have them.
    pub(super) months: Option<[String; 12]>,
}

/// The table.
static WORDS: LazyLock<BTreeMap<String, Words>> = LazyLock::new(|| settings::built_in(include_str!("words.toml")));

/// The words of `language`, else those of English.
pub(super) fn words(language: &str) -> &'static Words {
    WORDS.get(language).unwrap_or_else(|| &WORDS["en"])
}

/// `form` with `{n}` and `{text}` replaced by a value.
pub(super) fn put(form: &str, value: &str) -> String {
    form.replace("{n}", value).replace("{text}", value)
}

/// `text` with a capital at its beginning.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// `number` as English counts: 63rd.
fn ordinal(number: u32) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

impl Words {
    /// What an edition is called.
    pub(super) fn edition(&self, edition: &Edition) -> &str {
        match edition {
            Edition::Report(_) => &self.report_edition,
            Edition::Archive(_) => &self.edition,
        }
    }

    /// A place in a document: 第1a节，奥地利，第3行.
    pub(super) fn place(&self, pinpoint: &Pinpoint, language: &str) -> String {
        let with = |form: &str, value: &Option<String>| value.as_deref().map(|value| put(form, value));
        let parts = [
            with(&self.section, &pinpoint.section),
            self.state(pinpoint, language),
            with(&self.row, &pinpoint.row),
            with(&self.paragraph, &pinpoint.paragraph),
            with(&self.record, &pinpoint.record),
            with(&self.version, &pinpoint.version.map(|number| number.to_string())),
            self.pages(pinpoint),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(&self.join)
    }

    /// The State of a record; where it is corrected, the citation says so.
    fn state(&self, pinpoint: &Pinpoint, language: &str) -> Option<String> {
        let name = pinpoint.state_name(language)?;
        Some(match &pinpoint.corrected {
            None => name.to_owned(),
            Some(CorrectedState::Printed(printed)) => put(&self.state_corrected.replace("{state}", name), printed),
            Some(CorrectedState::Missing) => self.state_supplied.replace("{state}", name),
        })
    }

    /// What tells a report from others of its title: session, agenda item, period. As far as they are known.
    pub(super) fn setting(&self, citable: &Citable) -> Option<String> {
        let session = citable
            .session
            .map(|session| put(&self.session, &session.to_string()).replace("{ordinal}", &ordinal(session)));
        let item = citable.agenda_item.as_deref().map(|item| put(&self.agenda_item, item));
        let period = citable.period.as_ref().and_then(|period| self.dates(period.stretches()));
        self.joined([session, item, period])
    }

    /// Those parts that are known; none if none is.
    pub(super) fn joined<const N: usize>(&self, parts: [Option<String>; N]) -> Option<String> {
        let known: Vec<String> = parts.into_iter().flatten().collect();
        (!known.is_empty()).then(|| known.join(&self.join))
    }

    /// The pages of a record whose paragraphs have no printed number; where they have one, style guides prefer it.
    fn pages(&self, pinpoint: &Pinpoint) -> Option<String> {
        let (first, last) = pinpoint.pages.filter(|_| pinpoint.paragraph.is_none())?;
        let form = if first == last { &self.page } else { &self.pages };
        Some(put(form, &pinpoint.page_range()?))
    }

    /// The date of a document in words; none where none is known.
    pub(super) fn date(&self, citable: &Citable) -> Option<String> {
        self.dates(citable.dates())
    }

    /// A date marked as inferred.
    pub(super) fn inferred(&self, date: &str) -> String {
        put(&self.inferred_date, date)
    }

    fn dates(&self, stretches: &[Stretch]) -> Option<String> {
        let words: Vec<String> = stretches.iter().map(|stretch| self.stretch(*stretch)).collect();
        (!words.is_empty()).then(|| words.join(&self.join))
    }

    fn stretch(&self, stretch: Stretch) -> String {
        let moment = |moment: Option<Moment>| moment.map(|moment| self.moment(moment)).unwrap_or_default();
        if stretch.interval {
            self.range.replace("{start}", &moment(stretch.start)).replace("{end}", &moment(stretch.end))
        } else {
            moment(stretch.start)
        }
    }

    fn moment(&self, moment: Moment) -> String {
        let names = self.months.as_ref().zip(moment.month);
        let name = names.map_or("", |(names, month)| &names[usize::from(month) - 1]);
        let form = match (moment.month, moment.day) {
            (Some(_), Some(_)) => self.day.as_str(),
            (Some(_), None) => &self.month,
            _ => "{year}",
        };
        let number = |part: Option<u8>| part.map(|part| part.to_string()).unwrap_or_default();
        form.replace("{year}", &moment.year.to_string())
            .replace("{month}", &number(moment.month))
            .replace("{day}", &number(moment.day))
            .replace("{name}", name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_english_does() {
        assert_eq!([1, 11, 62, 63, 64, 111].map(ordinal), ["1st", "11th", "62nd", "63rd", "64th", "111th"]);
    }
}
