//! Words of citations in a language: dates, places in a document, notes.

use super::citable::{Citable, Pinpoint};
use super::edition::Edition;
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
    pub(super) page: String,
    pages: String,
    pub(super) resolution: String,
    pub(super) document: String,
    pub(super) resolution_kind: String,
    pub(super) no_symbol: String,
    pub(super) no_date: String,
    pub(super) join: String,
    pub(super) sentence: String,
    pub(super) sentences: String,
    pub(super) edition: String,
    report_edition: String,
    reports_edition: String,
    pub(super) session: String,
    pub(super) agenda_item: String,
    pub(super) day: String,
    pub(super) month: String,
    pub(super) months: Vec<String>,
}

/// The table; a test holds that it is sound.
static WORDS: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

/// What is said in a language of which there are no words; never used, as the table has English.
static NO_WORDS: LazyLock<Words> = LazyLock::new(Words::default);

/// The words of `language`, else those of English.
pub(super) fn words(language: &str) -> &'static Words {
    WORDS.get(language).or_else(|| WORDS.get("en")).unwrap_or_else(|| &NO_WORDS)
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

impl Words {
    /// What an edition is called.
    pub(super) fn edition(&self, edition: &Edition) -> &str {
        match edition {
            Edition::Report(_) => &self.report_edition,
            Edition::Reports(_) => &self.reports_edition,
            Edition::Archive(_) => &self.edition,
        }
    }

    /// A place in a document: 第1a节，奥地利，第3行.
    pub(super) fn place(&self, pinpoint: &Pinpoint, language: &str) -> String {
        let with = |form: &str, value: &Option<String>| value.as_deref().map(|value| put(form, value));
        let parts = [
            with(&self.section, &pinpoint.section),
            pinpoint.state_name(language).map(str::to_owned),
            with(&self.row, &pinpoint.row),
            with(&self.paragraph, &pinpoint.paragraph),
            with(&self.record, &pinpoint.record),
            self.pages(pinpoint),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(&self.join)
    }

    /// The pages of a record whose paragraphs have no printed number; where they have one, style guides prefer it.
    fn pages(&self, pinpoint: &Pinpoint) -> Option<String> {
        let (first, last) = pinpoint.pages.filter(|_| pinpoint.paragraph.is_none())?;
        let form = if first == last { &self.page } else { &self.pages };
        Some(put(form, &pinpoint.page_range()?))
    }

    /// The date of a document in words; none where none is known.
    pub(super) fn date(&self, citable: &Citable) -> Option<String> {
        let stretches = citable.dates();
        let words: Vec<String> = stretches.into_iter().map(|stretch| self.stretch(stretch)).collect();
        (!words.is_empty()).then(|| words.join(&self.join))
    }

    fn stretch(&self, stretch: Stretch) -> String {
        let moment = |moment: Option<Moment>| moment.map(|moment| self.moment(moment)).unwrap_or_default();
        if stretch.interval {
            format!("{}–{}", moment(stretch.start), moment(stretch.end))
        } else {
            moment(stretch.start)
        }
    }

    fn moment(&self, moment: Moment) -> String {
        let name = moment.month.and_then(|month| self.months.get(usize::from(month) - 1)).map_or("", String::as_str);
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
    fn the_table_is_sound() {
        let table: Result<BTreeMap<String, Words>, _> = toml::from_str(include_str!("words.toml"));
        assert!(table.is_ok_and(|table| table.len() == 2));
    }
}
