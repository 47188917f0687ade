//! Tables and records under their keys.

use super::{FactRef, Index, PeriodIndex, RecordRef, TextRef, bounding_years};
use crate::config::Config;
use crate::model::citation::{Citation, CitationKind, Symbol};
use crate::model::edtf::{Edtf, Stretch};
use crate::model::gist::Act;
use crate::model::record::Record;
use crate::model::reference::Reference;
use crate::model::report::Report;
use crate::resolve::Corpus;

/// Longest interval of which every year gets an entry; beyond it a date is taken for a misprint
/// (one misread digit makes 2008 of 1008) and only its two ends count.
const MAX_YEARS: i32 = 60;

/// Puts the rows of the reference tables under their keys.
pub(super) fn add_reference(index: &mut Index, reference: &Reference) {
    for (row, state) in reference.states.iter().enumerate() {
        index.states.entry(state.iso3).or_default().row = Some(row);
    }
    for (row, status) in reference.treaty_status.iter().enumerate() {
        index.states.entry(status.iso3).or_default().status = Some(row);
        if status.annex2 {
            index.annex.push(status.iso3);
        }
    }
    index.annex.sort();
    for event in &reference.events {
        // It is told on the page of its year, even if no record is of that year.
        for year in event.date.iter().flat_map(Edtf::stretches).flat_map(years_of) {
            index.years.entry(year).or_default();
        }
    }
    add_documents(index, reference);
    add_votes(index, reference);
}

fn add_documents(index: &mut Index, reference: &Reference) {
    for (row, resolution) in reference.resolutions.iter().enumerate() {
        index.resolution_entry(&resolution.symbol).row = Some(row);
    }
    for (row, document) in reference.documents.iter().enumerate() {
        if let Some(symbol) = &document.symbol {
            index.documents.entry(symbol.clone()).or_default().row = Some(row);
        }
    }
    for meeting in &reference.meetings {
        index.meetings.entry(meeting.id.clone()).or_default();
    }
}

fn add_votes(index: &mut Index, reference: &Reference) {
    for (row, vote) in reference.votes.iter().enumerate() {
        index.resolution_entry(&vote.resolution).votes.push(row);
        index.states.entry(vote.iso3).or_default().votes.push(row);
    }
}

/// Puts reports under their period, mandate and symbol.
pub(super) fn add_reports(index: &mut Index, corpus: &Corpus) {
    for (position, report) in corpus.reports.iter().enumerate() {
        add_period(index, report, position);
    }
    for (position, report) in corpus.works() {
        for mandate in &report.front.mandates {
            index.resolution_entry(&mandate.resolution).mandate_of.push(position);
        }
        if let Some(symbol) = report.symbol() {
            index.documents.entry(Symbol(symbol.to_owned())).or_default().report = Some(position);
        }
    }
}

fn add_period(index: &mut Index, report: &Report, position: usize) {
    let Some(edtf) = report.period().filter(|edtf| !edtf.stretches().is_empty()) else { return };
    let period = index.periods.entry(edtf.slug()).or_insert_with(|| PeriodIndex::new(edtf));
    period.reports.push(position);
}

impl PeriodIndex {
    fn new(edtf: &Edtf) -> Self {
        Self { edtf: edtf.clone(), reports: Vec::new(), records: Vec::new() }
    }
}

/// Notes of which resolutions the archive has the text.
pub(super) fn add_texts(index: &mut Index, corpus: &Corpus) {
    for (position, report) in corpus.works() {
        let symbol = report.symbol().map(|symbol| Symbol(symbol.to_owned()));
        if let Some(entry) = symbol.and_then(|symbol| index.resolutions.get_mut(&symbol)) {
            entry.report = Some(position);
        }
    }
}

/// Puts every record under its keys.
pub(super) fn add_records(index: &mut Index, corpus: &Corpus) {
    // All at once, which sorts them and is several times as fast as one by one.
    index.records = corpus.records().map(|(at, _, record)| (record.id.clone(), at)).collect();
    for (at, report, record) in corpus.records() {
        add_record(index, at, (report, record));
    }
    for (position, report) in corpus.reports.iter().enumerate() {
        for (number, record) in report.records.iter().enumerate() {
            if let Some(pair) = corpus.works.pair(RecordRef { report: position, record: number }) {
                record.citations.iter().for_each(|citation| cite_once(index, pair.record, citation));
            }
        }
    }
}

/// Puts a record under what it cites in another language, where its own report does not.
fn cite_once(index: &mut Index, at: RecordRef, citation: &Citation) {
    let cited_by = match citation.kind {
        CitationKind::Resolution => &mut index.resolution_entry(&citation.symbol).cited_by,
        CitationKind::Document => &mut index.documents.entry(citation.symbol.clone()).or_default().cited_by,
    };
    if let Err(place) = cited_by.binary_search(&at) {
        cited_by.insert(place, at);
    }
}

fn add_record(index: &mut Index, at: RecordRef, (report, record): (&Report, &Record)) {
    let period = report.period().and_then(|edtf| index.periods.get_mut(&edtf.slug()));
    if let Some(period) = period {
        period.records.push(at);
    }
    add_states(index, at, record);
    add_date(index, at, (report, record));
    if let Some(section) = record.section() {
        index.sections.entry(section.clone()).or_default().push(at);
    }
    index.activities += usize::from(record.activity().is_some());
    if let Some(gist) = &record.gist {
        if let Some(state) = record.state {
            index.acts_of.entry((state, gist.act)).or_default().push(at);
        }
        if matches!(gist.act, Act::Urged | Act::Raised) {
            gist.to.iter().for_each(|state| index.urgings.entry(*state).or_default().push(at));
        }
        *index.acts.entry(gist.act).or_default().entry(at.report).or_default() += 1;
    }
    for citation in &record.citations {
        add_citation(index, at, citation);
    }
    for meeting in &record.meetings {
        index.meetings.entry(meeting.clone()).or_default().push(at);
    }
    for fact in 0..record.facts.len() {
        add_fact(index, FactRef { at, fact }, record);
    }
}

fn add_states(index: &mut Index, at: RecordRef, record: &Record) {
    if let Some(state) = record.state {
        index.states.entry(state).or_default().records.push(at);
    }
    for mentioned in record.mentions() {
        index.states.entry(mentioned).or_default().mentioned_by.push(at);
    }
}

fn add_date(index: &mut Index, at: RecordRef, (report, record): (&Report, &Record)) {
    for year in super::years(record) {
        index.years.entry(year).or_default().push(at);
    }
    for year in bounding_years(report, record) {
        // Such a year has a page too.
        index.years.entry(year).or_default();
        index.bounded.entry(year).or_default().push(at);
    }
}

pub(super) fn years_of(stretch: &Stretch) -> Vec<i32> {
    let Some(years) = stretch.years() else { return Vec::new() };
    let (first, last) = (*years.start(), *years.end());
    if last - first > MAX_YEARS { vec![first, last] } else { years.collect() }
}

fn add_citation(index: &mut Index, at: RecordRef, citation: &Citation) {
    match citation.kind {
        CitationKind::Resolution => {
            let entry = index.resolution_entry(&citation.symbol);
            push_once(&mut entry.cited_by, at);
            if let Some(title) = &citation.title {
                entry.printed_titles.entry(title.clone()).or_insert(TextRef::Record(at));
            }
        }
        CitationKind::Document => {
            push_once(&mut index.documents.entry(citation.symbol.clone()).or_default().cited_by, at);
        }
    }
}

/// Appends a place to a list in archive order, unless it was appended just before.
pub(super) fn push_once<T: PartialEq>(list: &mut Vec<T>, at: T) {
    if list.last() != Some(&at) {
        list.push(at);
    }
}

fn add_fact(index: &mut Index, reference: FactRef, record: &Record) {
    let Some(fact) = record.facts.get(reference.fact) else { return };
    index.states.entry(fact.state).or_default().facts.push(reference);
    if let Some(symbol) = &fact.resolution {
        index.resolution_entry(symbol).facts.push(reference);
    }
}

/// Puts the neighbours of each resolution in its series.
pub(super) fn add_series(index: &mut Index, config: &Config) {
    for series in &config.series {
        for symbol in series.symbols.iter().map(|symbol| Symbol(symbol.clone())) {
            let Some((before, after)) = series.neighbours(&symbol) else { continue };
            let entry = index.resolution_entry(&symbol);
            entry.before = before.map(|before| Symbol(before.to_owned()));
            entry.after = after.map(|after| Symbol(after.to_owned()));
        }
    }
}

/// Puts every resolution under its session or organ.
pub(super) fn group_resolutions(index: &mut Index) {
    for symbol in index.resolutions.keys() {
        let group = symbol.as_str().rsplit_once('/').map_or(symbol.as_str(), |(group, _)| group);
        index.resolution_groups.entry(group.to_owned()).or_default().push(symbol.clone());
    }
}
