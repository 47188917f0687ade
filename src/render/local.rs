//! The archive in one language: links and words that pages ask for.

use super::address;
use super::facets::facets;
use super::html::SafeHtml;
use super::messages::{Count, Messages, fill};
use super::site::{Local, SharedRecord};
use super::view::{Date, Entry, Label, Link, Remark, Title};
use super::words::date_words;
use crate::base::language::is_one_language;
use crate::config::Localized;
use crate::index::{Index, Issued, IssuedBasis, RecordRef};
use crate::model::citation::Symbol;
use crate::model::date::DateBasis;
use crate::model::edtf::Edtf;
use crate::model::record::{Record, SectionCode, StateBasis};
use crate::model::reference::{Meeting, Resolution};
use crate::model::release::Release;
use crate::model::report::Report;
use crate::model::state::Iso3;
use crate::resolve::Corpus;
use std::collections::BTreeSet;
use tera::Value;

impl<'a> Local<'a> {
    /// The words of the language.
    pub(super) fn words(self) -> &'a Messages {
        &self.language.messages
    }

    /// `number` with its digits in groups.
    pub(super) fn grouped(self, number: usize) -> String {
        self.language.numbers.grouped(number)
    }

    /// The message for `number`.
    pub(super) fn count(self, message: &Count, number: usize) -> String {
        self.language.numbers.count(message, number)
    }

    /// The message for `number`, where there is anything to be said: none of nothing.
    pub(super) fn count_any(self, message: &Count, number: usize) -> Option<String> {
        (number > 0).then(|| self.count(message, number))
    }

    /// The corpus.
    pub(super) fn corpus(self) -> &'a Corpus {
        self.site.input.corpus
    }

    /// The index.
    pub(super) fn index(self) -> &'a Index {
        self.site.input.index
    }

    /// A text of the configuration in this language, else in English, else in the first there is.
    pub(super) fn text(self, text: &'a Localized) -> &'a str {
        let other = || text.get("en").or_else(|| text.values().next());
        text.get(&self.language.tag).or_else(other).map_or("", String::as_str)
    }

    /// Whether this is the language that stands at the root.
    pub(super) fn is_first(self) -> bool {
        self.site.languages.first().is_some_and(|first| first.tag == self.language.tag)
    }

    /// Whether this is the language of `tag`, whatever its script or region.
    pub(super) fn speaks(self, tag: &str) -> bool {
        is_one_language(tag, &self.language.tag)
    }

    /// A State's name.
    pub(super) fn state_name(self, iso3: Iso3) -> String {
        let row = self.index().state(iso3).and_then(|state| state.row);
        let state = row.and_then(|row| self.corpus().reference.states.get(row));
        state.map_or_else(|| iso3.to_string(), |state| state.name(&self.language.tag).to_owned())
    }

    /// States in alphabetical order.
    pub(super) fn in_order(self, states: impl IntoIterator<Item = Iso3>) -> Vec<Iso3> {
        let states: BTreeSet<Iso3> = states.into_iter().collect();
        self.language.states_in_order.iter().copied().filter(|state| states.contains(state)).collect()
    }

    /// A State's region of the world, where the table has it.
    pub(super) fn region(self, iso3: Iso3) -> Option<String> {
        let row = self.index().state(iso3).and_then(|state| state.row);
        let (english, chinese) = self.corpus().reference.states.get(row?)?.region.as_ref()?;
        let region = if self.speaks("zh") { chinese } else { english };
        (!region.is_empty()).then(|| region.clone())
    }

    /// A link to a State; none to one that only another language of a work names, which has no page.
    pub(super) fn state(self, iso3: Iso3) -> Value {
        self.shared().states.get(&iso3).cloned().unwrap_or_else(Value::none)
    }

    /// Links to States, in the order given.
    pub(super) fn states(self, states: impl IntoIterator<Item = Iso3>) -> Vec<Value> {
        states.into_iter().map(|state| self.state(state)).collect()
    }

    /// A link to a section; none to one that only another language of a work has.
    pub(super) fn section(self, code: &SectionCode) -> Value {
        self.shared().sections.get(code).cloned().unwrap_or_else(Value::none)
    }

    /// A link to a report.
    pub(super) fn report(self, position: usize) -> Value {
        self.shared().reports[position].clone()
    }

    /// The record at `at` and its report.
    pub(super) fn at(self, at: RecordRef) -> (&'a Report, &'a Record) {
        let report = &self.corpus().reports[at.report];
        (report, &report.records[at.record])
    }

    fn shared_record(self, at: RecordRef) -> &'a SharedRecord {
        let unmade = || {
            let n_records = self.corpus().reports[at.report].records.len();
            std::iter::repeat_with(SharedRecord::default).take(n_records).collect()
        };
        &self.shared().records[at.report].get_or_init(unmade)[at.record]
    }

    /// A link to a record.
    pub(super) fn record(self, at: RecordRef) -> Value {
        let make = || self.record_link(at).value();
        self.shared_record(at).link.get_or_init(make).clone()
    }

    /// What a record can be filtered by.
    pub(super) fn facets(self, at: RecordRef) -> &'a str {
        let make = || {
            let (report, record) = self.at(at);
            facets(self, report, record)
        };
        self.shared_record(at).facets.get_or_init(make)
    }

    /// Records in a list.
    pub(super) fn cards(self, records: &[RecordRef]) -> Vec<SafeHtml> {
        let card = |at: &RecordRef| self.shared_record(*at).card.get_or_init(|| self.make_card(*at)).clone();
        records.iter().map(card).collect()
    }

    /// The record at `at` in the language of the page, where the archive has it in that; else as it is.
    pub(super) fn in_own_language(self, at: RecordRef) -> RecordRef {
        let is_read = |at: &RecordRef| self.speaks(&self.at(*at).0.language);
        if is_read(&at) {
            return at;
        }
        self.corpus().works.versions(at).iter().copied().find(is_read).unwrap_or(at)
    }

    /// A section's name.
    pub(super) fn section_name(self, code: &SectionCode) -> String {
        let section = self.site.input.config.sections.get(&code.0);
        section.map_or_else(|| code.to_string(), |section| self.text(&section.name).to_owned())
    }

    /// A section by code and name.
    pub(super) fn section_title(self, code: &SectionCode) -> String {
        format!("{code} {}", self.section_name(code))
    }

    /// A link to a resolution, under the symbol given.
    pub(super) fn resolution(self, symbol: &Symbol) -> Link {
        Link::new(address::resolution(self.index().page_symbol(symbol)), symbol.to_string())
    }

    /// A link to a document.
    pub(super) fn document(self, symbol: &Symbol) -> Link {
        Link::new(address::document(symbol), symbol.to_string())
    }

    /// A link to a calendar year.
    pub(super) fn year(self, year: i32) -> Link {
        let words = fill(&self.words().year.title, &[("year", &year.to_string())]);
        Link::new(address::year(year), words)
    }

    /// A link to a report's period.
    pub(super) fn period(self, report: &Report) -> Option<Link> {
        let edtf = report.period()?;
        let slug = edtf.slug();
        self.index().periods.contains_key(&slug).then(|| Link::new(address::period(&slug), self.date(edtf)))
    }

    /// A date in words.
    pub(super) fn date(self, edtf: &Edtf) -> String {
        date_words(edtf, &self.words().dates)
    }

    /// The expression of the work that `report` is in the language of the page, where the archive has it in that.
    pub(super) fn report_in_own_language<'b>(self, report: &'b Report) -> &'b Report
    where
        'a: 'b,
    {
        if self.speaks(&report.language) || report.id.is_other_expression() {
            return report;
        }
        let Corpus { reports, works, .. } = self.corpus();
        let Ok(position) = reports.binary_search_by(|other| other.id.cmp(&report.id)) else { return report };
        let expressions = works.expressions(position).into_iter().filter_map(|at| reports.get(at));
        expressions.map(AsRef::as_ref).find(|other| self.speaks(&other.language)).unwrap_or(report)
    }

    /// An edition by its name and day.
    pub(super) fn release_name(self, release: &Release) -> String {
        let date = self.date(&Edtf::as_printed(&release.date));
        match &release.name {
            Some(name) => fill(&self.words().history.named, &[("name", name), ("date", &date)]),
            None => date,
        }
    }

    /// What an editor says in English, in the language of the page where the archive has it in that.
    pub(super) fn remark(self, english: &str) -> Remark {
        if self.speaks("en") {
            return Remark::new(english);
        }
        let own = self.corpus().reference.remarks.find(&self.language.tag, english);
        own.map_or_else(|| Remark::in_language(english, "en"), Remark::new)
    }

    /// What an editor says of a report: in English if it is in ASCII, else in the report's language.
    pub(super) fn remark_on(self, report: &Report, value: &str) -> Remark {
        if value.is_ascii() { self.remark(value) } else { Remark::in_language(value, &report.language) }
    }

    /// Where a value comes from, if that is known.
    pub(super) fn source(self, english: &Option<String>) -> Option<Remark> {
        english.as_deref().map(|english| self.remark(english))
    }

    /// A value that a table has in English, or that it is unknown.
    pub(super) fn in_table(self, name: &str, english: Option<&str>) -> Entry {
        match english {
            Some(english) => Entry::remark(name, self.remark(english)),
            None => Entry::known(name, None, &self.words().site.unknown),
        }
    }

    /// When a report was issued, and whether that is inferred.
    pub(super) fn issued(self, issued: &Issued<'_>) -> String {
        let date = self.date(&issued.date);
        match issued.basis {
            IssuedBasis::Given | IssuedBasis::Printed | IssuedBasis::Table => date,
            IssuedBasis::Inferred | IssuedBasis::Session => {
                fill(&self.words().report.date_inferred, &[("date", &date)])
            }
        }
    }

    /// A report's title in this language, with the language it is in.
    pub(super) fn report_title(self, report: &Report) -> (String, String) {
        match &report.meta.title_en {
            Some(title) if self.speaks("en") => (title.clone(), "en".to_owned()),
            _ => (report.title().to_owned(), report.language.clone()),
        }
    }

    /// A report's title with its session, enough to tell it from the others.
    pub(super) fn report_name(self, report: &Report) -> String {
        let (title, _) = self.report_title(report);
        match (report.symbol(), report.period()) {
            (Some(symbol), _) => format!("{title} ({symbol})"),
            (None, Some(period)) => format!("{title} ({})", self.date(period)),
            (None, None) => title,
        }
    }

    /// A meeting's name with its year, and the language it is in: its own, that of its series, or one in another language.
    pub(super) fn meeting_name(self, meeting: &Meeting) -> (String, &'static str) {
        let chinese = meeting.name_zh.as_deref().map(|name| (name, "zh-Hans"));
        let english = meeting.name_en.as_deref().map(|name| (name, "en"));
        let series = || self.series_name(meeting).map(|name| (name, "zh-Hans"));
        let name = if self.speaks("zh") { chinese.or_else(series).or(english) } else { english.or(chinese) };
        let (name, language) = name.unwrap_or((&meeting.id, "en"));
        let year = meeting.start_date.as_ref().and_then(|date| date.years().next()).map(|year| year.to_string());
        match year.filter(|year| !name.contains(year.as_str())) {
            Some(year) => (fill(&self.words().meeting.in_year, &[("name", name), ("year", &year)]), language),
            None => (name.to_owned(), language),
        }
    }

    /// The name of a meeting's series in the language of the page.
    pub(super) fn series_name(self, meeting: &Meeting) -> Option<&'a str> {
        let series = self.site.input.config.meeting_series.get(meeting.series.as_deref()?)?;
        series.name.get(&self.language.tag).map(String::as_str)
    }

    /// A resolution's title: in the language of the page before others, seen in a source before a candidate, which says so.
    pub(super) fn resolution_title(self, resolution: &Resolution) -> Option<Title> {
        let chinese = (&resolution.title_zh, &resolution.title_zh_source, &resolution.title_zh_candidate, "zh-Hans");
        let english = (&resolution.title_en, &resolution.title_en_source, &resolution.title_en_candidate, "en");
        let order = if self.speaks("zh") { [chinese, english] } else { [english, chinese] };
        order.into_iter().find_map(|(seen, source, candidate, language)| {
            Title::seen(seen, self.source(source), language).or_else(|| Title::candidate(candidate, language))
        })
    }

    /// The warnings that belong to a record, in words.
    pub(super) fn labels(self, record: &Record) -> Vec<Label> {
        let words = &self.words().labels;
        let mut labels = Vec::new();
        if let Some(activity) = record.activity() {
            match activity.state_basis {
                StateBasis::Inferred => labels.push(Label::new("inferred", &words.inferred)),
                StateBasis::Corrected => labels.push(Label::new("corrected", &words.corrected)),
                StateBasis::Printed | StateBasis::Carried => {}
            }
            labels.extend(self.date_label(activity.date_basis));
        }
        let labelled = labels.iter().any(|label| label.is("corrected"));
        if !record.corrections.is_empty() && !labelled {
            labels.push(Label::new("corrected", &words.corrected));
        }
        labels
    }

    fn date_label(self, basis: DateBasis) -> Option<Label> {
        let words = &self.words().labels;
        match basis {
            DateBasis::Printed => None,
            DateBasis::Missing => Some(Label::new("missing", &words.missing)),
            DateBasis::Partial => Some(Label::new("partial", &words.partial)),
            DateBasis::Typo => Some(Label::new("typo", &words.typo)),
        }
    }

    /// When what a record tells was done, in words and as printed in its date cell; a cell that is not understood as it is
    /// printed.
    pub(super) fn record_date(self, record: &Record) -> Option<Date> {
        let printed = record.activity().and_then(|activity| activity.date_printed.clone());
        let edtf = record.done().map(|(edtf, _)| edtf.into_owned());
        let words = edtf.as_ref().map(|edtf| self.date(edtf)).or_else(|| printed.clone())?;
        Some(Date { words, edtf, printed })
    }
}
