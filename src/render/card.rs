//! A record as lists show it: made once a language, shown on every page that has it.

use super::address;
use super::gist::{Heading, first_words};
use super::html::SafeHtml;
use super::messages::fill;
use super::site::{Local, Shared};
use super::view::{Date, Label, Link};
use crate::base::diagnostic::Diagnostic;
use crate::index::{RecordRef, bounding_years};
use crate::model::record::Record;
use crate::model::report::Report;
use serde::Serialize;
use std::sync::OnceLock;
use tera::{Context, Value};

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
    /// What its State did above all, where a rule is sure of it.
    gist: Option<String>,
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
        let sections = self
            .index()
            .sections
            .keys()
            .map(|code| (code.clone(), Link::new(address::section(code), self.section_title(code)).value()));
        let reports = self.corpus().reports.iter().map(|report| self.report_link(report).value());
        Shared {
            states,
            sections: sections.collect(),
            reports: reports.collect(),
            records: self.corpus().reports.iter().map(|_| OnceLock::new()).collect(),
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

    /// A link to a record under what it tells and its date, or what bounds it.
    pub(super) fn record_link(self, at: RecordRef) -> Link {
        let (report, record) = self.at(at);
        let mut link = self.heading_link(at);
        if let Some(when) = self.when(report, record) {
            link.label = format!("{} · {when}", link.label);
        }
        link
    }

    /// A link to a record under what it tells.
    pub(super) fn heading_link(self, at: RecordRef) -> Link {
        let Heading { words, language, .. } = self.heading(at, LINK_COLUMNS);
        let link = Link::new(address::record(&self.at(at).1.id), words);
        match language {
            Some(language) => link.in_language(language),
            None => link,
        }
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
            gist: self.gist_without_state(record),
            lang: translation
                .is_none()
                .then_some(read_in.language.as_str())
                .filter(|lang| *lang != self.words().language.html),
            words: first_words(translation.map_or(&read.text.text, |translation| translation.words), MAX_COLUMNS),
            is_translated: translation.is_some(),
        }
    }

    /// What bounds a record of which nothing says when that was, in words.
    pub(super) fn bounds(self, report: &Report, record: &Record) -> Option<String> {
        let period = report.period().filter(|_| !bounding_years(report, record).is_empty())?;
        Some(fill(&self.words().labels.bounded, &[("period", &self.date(period))]))
    }

    /// How many records, in words.
    pub(super) fn record_count(self, number: usize) -> String {
        self.count(&self.words().counts.records, number)
    }
}

/// As many columns of a text as stand for a record in a link.
const LINK_COLUMNS: usize = 48;

/// As many columns of a text as a list shows; a Chinese character takes two.
const MAX_COLUMNS: usize = 100;
