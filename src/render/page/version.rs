//! A record in the other languages of its work, and where they say something else.

use super::super::address;
use super::super::html::SafeHtml;
use super::super::site::Local;
use super::super::text::{Footnotes, record_links, text_html};
use crate::base::language::primary;
use crate::index::RecordRef;
use crate::model::edtf::Edtf;
use crate::model::report::Report;
use crate::resolve::work::{Difference, Field, Pair};
use serde::Serialize;
use tera::Value;

/// A record in one language.
#[derive(Serialize)]
pub(super) struct VersionView<'a> {
    /// The name of the language in that of the page.
    language: String,
    lang: &'a str,
    /// None for the text that stands above.
    text: Option<SafeHtml>,
    remarks: Option<&'a str>,
    date: Option<&'a str>,
    /// Its place in the edition of its language.
    in_edition: String,
    is_doubtful: bool,
    differences: Vec<DifferenceView>,
}

/// What two expressions of a record do not have alike.
#[derive(Serialize)]
pub(super) struct DifferenceView {
    /// The record, on pages of several.
    record: Option<Value>,
    field: String,
    work: Option<String>,
    expression: Option<String>,
}

/// The record at `at` in each language of its work, that of the work's own report first; none where that has only one.
pub(super) fn versions(local: Local<'_>, at: RecordRef) -> Vec<VersionView<'_>> {
    let works = &local.corpus().works;
    let others = works.versions(at);
    if others.is_empty() {
        return Vec::new();
    }
    let read = local.in_own_language(at);
    let views = std::iter::once(&at).chain(others).filter_map(|version| view(local, *version, *version != read));
    views.filter(|view| view.text.is_some() || view.is_doubtful || !view.differences.is_empty()).collect()
}

fn view<'a>(local: Local<'a>, at: RecordRef, is_shown: bool) -> Option<VersionView<'a>> {
    let (report, record) = at.get(local.corpus())?;
    let pair = local.corpus().works.pair(at);
    Some(VersionView {
        language: language_name(local, report),
        lang: &report.language,
        text: is_shown.then(|| {
            let links = record_links(local.index(), record);
            // The footnotes on the page are those of the text above.
            let translation = local.translation(report, &record.text.text);
            text_html(report, &record.text, &links, Footnotes::InEdition, translation)
        }),
        remarks: record.activity().and_then(|activity| activity.remarks.as_deref()),
        date: record.date_printed(),
        in_edition: format!("{}#{}", address::report(&report.id), record.id),
        is_doubtful: pair.is_some_and(|pair| pair.is_doubtful),
        differences: pair.map(|pair| differences(local, pair)).unwrap_or_default(),
    })
}

/// The language of a report in the language of the page; its tag where that has no word for it.
pub(super) fn language_name(local: Local<'_>, report: &Report) -> String {
    local.words().state.names_in.get(primary(&report.language)).cloned().unwrap_or_else(|| report.language.clone())
}

fn differences(local: Local<'_>, pair: &Pair) -> Vec<DifferenceView> {
    pair.differences.iter().map(|difference| difference_view(local, difference)).collect()
}

fn difference_view(local: Local<'_>, Difference { field, work, expression }: &Difference) -> DifferenceView {
    let words = &local.words().field;
    let value = |value: &Option<String>| value.as_ref().map(|value| value_words(local, *field, value));
    let name = match field {
        Field::State => &words.state,
        Field::Date => &words.date,
        Field::Symbol => &words.symbol,
        Field::Mention => &words.mentions,
    };
    DifferenceView { record: None, field: name.clone(), work: value(work), expression: value(expression) }
}

fn value_words(local: Local<'_>, field: Field, value: &str) -> String {
    match (field, crate::model::state::Iso3::new(value)) {
        (Field::State | Field::Mention, Some(state)) => local.state_name(state),
        (Field::Date, _) => local.date(&Edtf::as_printed(value)),
        _ => value.to_owned(),
    }
}

/// A work in one language, as the pages of its reports tell it.
#[derive(Serialize)]
pub(super) struct ExpressionView {
    language: String,
    lang: String,
    path: String,
    /// Whether it is the one on the page.
    is_here: bool,
    /// How many records it has that differ from the work's own report.
    different: Option<String>,
    /// How many it has alone.
    alone: Option<String>,
}

/// The expressions of the work that the report at `position` belongs to; none where it has only one.
pub(super) fn expressions(local: Local<'_>, position: usize) -> Vec<ExpressionView> {
    let corpus = local.corpus();
    let expressions = corpus.works.expressions(position);
    if expressions.len() < 2 {
        return Vec::new();
    }
    let view = |at: usize| {
        let report = corpus.reports.get(at)?;
        let (mut different, mut alone) = (0, 0);
        for pair in pairs(local, at) {
            match pair {
                Some(pair) => different += usize::from(!pair.differences.is_empty()),
                None => alone += 1,
            }
        }
        let is_other = corpus.works.is_other_expression(at);
        Some(ExpressionView {
            language: language_name(local, report),
            lang: report.language.clone(),
            path: address::report(&report.id),
            is_here: at == position,
            different: local.count_any(&local.words().version.different, different),
            alone: local.count_any(&local.words().version.alone, if is_other { alone } else { 0 }),
        })
    };
    expressions.into_iter().filter_map(view).collect()
}

/// Of every record of the report at `position` what it is paired with.
fn pairs<'a>(local: Local<'a>, position: usize) -> impl Iterator<Item = Option<&'a Pair>> {
    let n_records = local.corpus().reports.get(position).map_or(0, |report| report.records.len());
    (0..n_records).map(move |record| local.corpus().works.pair(RecordRef { report: position, record }))
}

/// Where the expression at `position` says something else than the work's own report, record by record.
pub(super) fn all_differences(local: Local<'_>, position: usize) -> Vec<DifferenceView> {
    let of = |pair: &Pair| {
        let link = local.record(pair.record);
        differences(local, pair).into_iter().map(move |view| DifferenceView { record: Some(link.clone()), ..view })
    };
    pairs(local, position).flatten().flat_map(of).collect()
}

/// The records that only the expression at `position` has.
pub(super) fn alone(local: Local<'_>, position: usize) -> Vec<Value> {
    if !local.corpus().works.is_other_expression(position) {
        return Vec::new();
    }
    let unpaired = pairs(local, position).enumerate().filter(|(_, pair)| pair.is_none());
    unpaired.map(|(record, _)| local.record(RecordRef { report: position, record })).collect()
}
