//! A record as lists show it: made once a language, shown on every page that has it.

use super::address;
use super::html::SafeHtml;
use super::messages::fill;
use super::site::{Local, Shared, SharedRecord};
use super::view::{Date, Label, Link};
use crate::base::diagnostic::Diagnostic;
use crate::index::{RecordRef, bounding_years};
use crate::model::record::Record;
use crate::model::report::Report;
use serde::Serialize;
use tera::{Context, Value};
use unicode_width::UnicodeWidthChar;

/// What `card.html` shows.
#[derive(Serialize)]
struct Card<'a> {
    id: &'a str,
    facets: &'a str,
    path: String,
    number: Option<&'a str>,
    state: Option<Value>,
    date: Option<Date>,
    bounds: Option<String>,
    labels: Vec<Label>,
    section: Option<&'a str>,
    /// Its language, where it is not the page's.
    lang: Option<&'a str>,
    /// The first words of its text.
    words: String,
    /// Whether they are those of an unofficial translation.
    is_translated: bool,
}

impl<'a> Local<'a> {
    /// What pages share.
    pub(super) fn shared(self) -> &'a Shared {
        self.language.shared.get_or_init(|| self.share())
    }

    fn share(self) -> Shared {
        let states = self.index().states.keys().map(|iso3| (*iso3, self.state_link(*iso3))).collect();
        let sections = self.index().sections.keys().map(|code| {
            let label = format!("{} {}", code.0, self.section_name(code));
            (code.clone(), Link::new(address::section(code), label).value())
        });
        let reports = self.corpus().reports.iter().map(|report| self.report_link(report).value());
        Shared {
            states,
            sections: sections.collect(),
            reports: reports.collect(),
            records: self.corpus().reports.iter().map(|report| unmade(report.records.len())).collect(),
        }
    }

    fn state_link(self, iso3: crate::model::state::Iso3) -> Value {
        Link::new(address::state(iso3), self.state_name(iso3)).value()
    }

    /// A link to a report under its name, in the language of the page where the archive has it in that.
    pub(super) fn report_link(self, report: &Report) -> Link {
        let report = self.report_in_own_language(report);
        let (_, language) = self.report_title(report);
        let link = Link::new(address::report(&report.id), self.report_name(report));
        if self.speaks(&language) { link } else { link.in_language(language) }
    }

    /// A record in a list, as a page two folders below the root of its language shows it. What is wrong with its template
    /// is noted, and then there is nothing to show.
    pub(super) fn make_card(self, at: RecordRef) -> SafeHtml {
        let (report, record) = self.at(at);
        self.fill_card(at, report, record).unwrap_or_else(|fault| {
            self.site.note(*fault);
            SafeHtml::default()
        })
    }

    fn fill_card(self, at: RecordRef, report: &Report, record: &Record) -> Result<SafeHtml, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value("m", self.language.words.clone());
        context.insert("card", &self.card_view(at, report, record));
        Ok(SafeHtml::from_template(&self.site.engine.fill("card.html", &context)?))
    }

    /// A link to a record under its State, date and id.
    pub(super) fn record_link(self, record: &Record) -> Link {
        let date = self.record_date(record).map(|date| date.words);
        let words: Vec<String> = date.into_iter().chain(std::iter::once(record.id.to_string())).collect();
        Link::new(address::record(&record.id), words.join(" · "))
    }

    fn card_view<'b>(self, at: RecordRef, report: &'b Report, record: &'b Record) -> Card<'b>
    where
        'a: 'b,
    {
        let (read_in, read) = self.at(self.in_own_language(at));
        let translation = self.translation(read_in, &read.text.text);
        Card {
            id: &record.id.0,
            facets: self.facets(at),
            path: address::record(&record.id),
            number: record.paragraph().map(|paragraph| paragraph.number.as_str()),
            state: record.state.map(|state| self.state(state)),
            date: self.record_date(record),
            bounds: self.bounds(report, record),
            labels: self.labels(record),
            section: record.section().map(|code| code.0.as_str()),
            lang: translation
                .is_none()
                .then_some(read_in.language.as_str())
                .filter(|lang| *lang != self.words().language.html),
            words: first_words(translation.map_or(&read.text.text, |translation| translation.words), MAX_COLUMNS),
            is_translated: translation.is_some(),
        }
    }

    /// What bounds a record without a date, in words.
    fn bounds(self, report: &Report, record: &Record) -> Option<String> {
        let period = report.period().filter(|_| !bounding_years(report, record).is_empty())?;
        Some(fill(&self.words().labels.bounded, &[("period", &self.date(period))]))
    }

    /// How many records, in words.
    pub(super) fn record_count(self, number: usize) -> String {
        self.count(&self.words().counts.records, number)
    }
}

/// As many columns of a text as a list shows; a Chinese character takes two.
const MAX_COLUMNS: usize = 100;

/// The first words of `text` that take up to `n_most` columns, on one line.
pub(super) fn first_words(text: &str, n_most: usize) -> String {
    let mut words = String::new();
    let mut n_columns = 0;
    for character in text.chars().map(|character| if character.is_whitespace() { ' ' } else { character }) {
        n_columns += character.width().unwrap_or(0);
        if n_columns > n_most {
            // A word in letters is not cut in two, unless it has no end; Chinese, whose characters are wide, is.
            let is_in_letters = |end: &usize| words[*end..].chars().all(|character| character.width() != Some(2));
            let end = words.rfind(' ').filter(|end| is_in_letters(end) && *end > n_most / 2);
            words.truncate(end.unwrap_or(words.len()));
            words.push('…');
            break;
        }
        words.push(character);
    }
    words
}

/// As many records as are asked for, none made yet.
fn unmade(number: usize) -> Vec<SharedRecord> {
    std::iter::repeat_with(SharedRecord::default).take(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_shows_the_first_words_of_a_text() {
        assert_eq!(first_words("日本\n敦促", 100), "日本 敦促");
        assert_eq!(first_words(&"日".repeat(60), 100), format!("{}…", "日".repeat(50)));
        assert_eq!(first_words(&"urged ".repeat(30), 100), format!("{}…", ["urged"; 16].join(" ")));
        assert_eq!(first_words(&"x".repeat(200), 100), format!("{}…", "x".repeat(100)));
    }
}
