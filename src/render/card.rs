//! A record as lists show it: made once a language, shown on every page that has it.

use super::address;
use super::engine::Engine;
use super::facets::facets;
use super::html::SafeHtml;
use super::page::{everywhere, plain_card, plain_everywhere};
use super::site::{Local, Shared, SharedRecord};
use super::text::{Footnotes, record_links, text_html};
use super::view::{Date, Label, Link};
use crate::base::diagnostic::Diagnostic;
use crate::index::RecordRef;
use crate::model::record::Record;
use crate::model::report::Report;
use rayon::prelude::*;
use serde::Serialize;
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
    labels: Vec<Label>,
    section: Option<Value>,
    report: Value,
    text: SafeHtml,
}

impl<'a> Local<'a> {
    /// Links that many pages show.
    pub(super) fn share_links(self) -> Shared {
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
            everywhere: Some(if self.site.is_plain() { plain_everywhere(self) } else { everywhere(self) }),
            ..Shared::default()
        }
    }

    fn state_link(self, iso3: crate::model::state::Iso3) -> Value {
        Link::new(address::state(iso3), self.state_name(iso3)).value()
    }

    /// A link to a report under its name.
    pub(super) fn report_link(self, report: &Report) -> Link {
        let (_, language) = self.report_title(report);
        let link = Link::new(address::report(&report.id), self.report_name(report));
        if self.speaks(&language) { link } else { link.in_language(language) }
    }

    /// Every record as lists show it.
    ///
    /// # Errors
    /// If the template is wrong.
    pub(super) fn share_records(self, engine: &Engine) -> Result<Vec<Vec<SharedRecord>>, Box<Diagnostic>> {
        let reports: Vec<usize> = (0..self.corpus().reports.len()).collect();
        reports.into_par_iter().map(|report| self.share_report(engine, report)).collect()
    }

    fn share_report(self, engine: &Engine, position: usize) -> Result<Vec<SharedRecord>, Box<Diagnostic>> {
        let Some(report) = self.corpus().reports.get(position) else { return Ok(Vec::new()) };
        let records = report.records.iter().enumerate();
        records
            .map(|(record, found)| self.share_record(engine, RecordRef { report: position, record }, report, found))
            .collect()
    }

    fn share_record(
        self,
        engine: &Engine,
        at: RecordRef,
        report: &Report,
        record: &Record,
    ) -> Result<SharedRecord, Box<Diagnostic>> {
        let link = self.record_link(record).value();
        if self.site.is_plain() {
            let card = plain_card(self, engine, report, record)?;
            return Ok(SharedRecord { link, facets: String::new(), card });
        }
        let mut context = Context::new();
        let facets = facets(self, report, record);
        context.insert_value("m", self.language.words.clone());
        context.insert("card", &self.card_view(at, report, record, &facets));
        let card = SafeHtml::from_template(&engine.fill("card.html", &context)?);
        Ok(SharedRecord { link, facets, card })
    }

    /// A link to a record under its State, date and id.
    pub(super) fn record_link(self, record: &Record) -> Link {
        let date = self.record_date(record).map(|date| date.words);
        let words: Vec<String> = date.into_iter().chain(std::iter::once(record.id.to_string())).collect();
        Link::new(address::record(&record.id), words.join(" · "))
    }

    fn card_view<'b>(self, at: RecordRef, report: &Report, record: &'b Record, facets: &'b str) -> Card<'b> {
        let links = record_links(self.index(), at, record);
        Card {
            id: &record.id.0,
            facets,
            path: address::record(&record.id),
            number: record.paragraph().map(|paragraph| paragraph.number.as_str()),
            state: record.state.map(|state| self.state(state)),
            date: self.record_date(record),
            labels: self.labels(record),
            section: record.section().map(|section| self.section(section)),
            report: self.report(at.report),
            text: text_html(report, &record.text, &links, Footnotes::InEdition),
        }
    }

    /// How many records, in words.
    pub(super) fn record_count(self, number: usize) -> String {
        self.words().counts.records.of(number)
    }
}
