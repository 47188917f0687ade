//! The tables of States, resolutions, documents and votes: what the reference tables say, joined with what the
//! records do. There is a row for everything that has a page, so that other tables may refer to it.

use super::column::Column;
use super::table::{Table, date, days, joined, optional, written};
use crate::index::{ResolutionIndex, StateIndex};
use crate::model::citation::Symbol;
use crate::model::reference::{Resolution, Vote};
use crate::model::state::Iso3;
use crate::render::Input;
use std::borrow::Cow;
use std::collections::BTreeSet;

const STATES: &[Column] = &[
    Column::text("iso3", "ISO 3166-1 alpha-3; the Holy See is VAT").key(),
    Column::text("name_en", "short name in English"),
    Column::text("name_zh", "short name in Chinese"),
    Column::text("official_name_en", "official name in English"),
    Column::text("official_name_zh", "official name in Chinese"),
    Column::list("other_names", "other names, in any of six languages"),
    Column::text("un_status", "standing in the United Nations"),
    Column::text("region", "region of the M49 standard, in English"),
    Column::text("subregion", "subregion of the M49 standard, in English"),
    Column::boolean("annex", "whether the treaty needs its ratification; empty where unknown"),
    Column::text("signature_date", "day, month or year of signature, EDTF"),
    Column::date("signature_start", "its first day"),
    Column::date("signature_end", "its last day"),
    Column::text("ratification_date", "day, month or year of ratification, EDTF"),
    Column::date("ratification_start", "its first day"),
    Column::date("ratification_end", "its last day"),
    Column::text("withdrawal_date", "day, month or year on which the ratification was withdrawn, EDTF"),
    Column::date("withdrawal_start", "its first day"),
    Column::date("withdrawal_end", "its last day"),
    Column::integer("records", "number of its own records").required(),
    Column::integer("mentioned_by", "number of other records that name it").required(),
    Column::text("names_source", "where the names come from"),
    Column::text("signature_source", "where the date of signature comes from"),
    Column::text("ratification_source", "where the date of ratification comes from"),
];

const RESOLUTIONS: &[Column] = &[
    Column::text("symbol", "symbol in its canonical spelling").key(),
    Column::text("as_cited", "another symbol by which texts cite it"),
    Column::text("body", "the body that adopted it"),
    Column::text("title_en", "title in English, seen in a source"),
    Column::text("title_zh", "title in Chinese, seen in a source"),
    Column::text("title_en_candidate", "title in English, not seen in a source"),
    Column::text("title_zh_candidate", "title in Chinese, not seen in a source"),
    Column::text("adoption_date", "day of adoption, EDTF"),
    Column::date("adoption_start", "its first day"),
    Column::date("adoption_end", "its last day"),
    Column::text("meeting", "the meeting that adopted it"),
    Column::integer("votes_for", "votes in favour"),
    Column::integer("votes_against", "votes against"),
    Column::integer("abstentions", "abstentions"),
    Column::text("vote_type", "kind of vote"),
    Column::integer("cited_by", "number of records that cite it").required(),
    Column::list("mandate_of", "reports that it asked for"),
    Column::text("title_en_source", "where the English title comes from"),
    Column::text("title_zh_source", "where the Chinese title comes from"),
    Column::text("adoption_date_source", "where the day of adoption comes from"),
    Column::text("vote_source", "where the votes come from"),
    Column::text("note", "remark"),
];

const DOCUMENTS: &[Column] = &[
    Column::text("symbol", "symbol in its canonical spelling").key(),
    Column::text("title_en", "title in English"),
    Column::text("title_zh", "title in Chinese"),
    Column::text("date", "date, EDTF"),
    Column::date("date_start", "its first day"),
    Column::date("date_end", "its last day"),
    Column::integer("cited_by", "number of records that cite it").required(),
    Column::text("report", "the report of this archive that it is").of("reports", "id"),
    Column::text("evidence", "what supports the row"),
    Column::text("status", "evidenced, candidate or missing"),
];

const VOTES: &[Column] = &[
    Column::text("resolution", "the resolution").key().of("resolutions", "symbol"),
    Column::text("state", "the State, ISO 3166-1 alpha-3").key().of("states", "iso3"),
    Column::text("vote", "yes, no, abstain or not-recorded (absent or not voting)").required(),
];

/// `states.csv`: every State of the tables and every State that a record names.
pub(super) fn states(input: &Input<'_>) -> Table {
    let mut table = Table::new(STATES);
    for (iso3, entry) in &input.index.states {
        table.push(state_cells(input, *iso3, entry));
    }
    table
}

fn state_cells<'a>(input: &Input<'a>, iso3: Iso3, entry: &StateIndex) -> [Cow<'a, str>; 24] {
    let tables = &input.corpus.reference;
    let state = entry.row.and_then(|row| tables.states.get(row));
    let status = entry.status.and_then(|row| tables.treaty_status.get(row));
    let short = |tag| optional(state.and_then(|state| named(&state.short_names, tag)));
    let official = |tag| optional(state.and_then(|state| named(&state.official_names, tag)));
    let region = state.and_then(|state| state.region.as_ref()).map(|(english, _)| english.as_str());
    let subregion = state.and_then(|state| state.subregion.as_ref()).map(|(english, _)| english.as_str());
    let aliases: BTreeSet<&str> =
        state.iter().flat_map(|state| &state.aliases).map(|alias| alias.name.as_str()).collect();
    let signature = status.and_then(|status| status.signature_date.as_ref());
    let ratification = status.and_then(|status| status.ratification_date.as_ref());
    let withdrawal = status.and_then(|status| status.withdrawal_date.as_ref());
    let [signature_start, signature_end] = days(signature);
    let [ratification_start, ratification_end] = days(ratification);
    let [withdrawal_start, withdrawal_end] = days(withdrawal);
    [
        written(iso3),
        short("en"),
        short("zh"),
        official("en"),
        official("zh"),
        joined(aliases),
        optional(state.map(|state| state.un_status.as_str())),
        optional(region),
        optional(subregion),
        status.map_or(Cow::Borrowed(""), |status| written(status.annex2)),
        date(signature),
        signature_start,
        signature_end,
        date(ratification),
        ratification_start,
        ratification_end,
        date(withdrawal),
        withdrawal_start,
        withdrawal_end,
        written(entry.records.len()),
        written(entry.mentioned_by.len()),
        optional(state.and_then(|state| state.names_source.as_deref())),
        optional(status.and_then(|status| status.signature_source.as_deref())),
        optional(status.and_then(|status| status.ratification_source.as_deref())),
    ]
}

fn named<'a>(names: &'a [(String, String)], language: &str) -> Option<&'a str> {
    names.iter().find(|(tag, _)| tag == language).map(|(_, name)| name.as_str())
}

/// `resolutions.csv`: every resolution cited or in the table.
pub(super) fn resolutions(input: &Input<'_>) -> Table {
    let mut table = Table::new(RESOLUTIONS);
    for (symbol, entry) in &input.index.resolutions {
        table.push(resolution_cells(input, symbol, entry));
    }
    table
}

fn resolution_cells<'a>(input: &Input<'a>, symbol: &'a Symbol, entry: &ResolutionIndex) -> [Cow<'a, str>; 22] {
    let row = entry.row.and_then(|row| input.corpus.reference.resolutions.get(row));
    let text = |get: fn(&Resolution) -> &Option<String>| optional(row.and_then(|row| get(row).as_deref()));
    let votes = |get: fn((u32, u32, u32)) -> u32| {
        row.and_then(|row| row.votes).map_or(Cow::Borrowed(""), |votes| written(get(votes)))
    };
    let adopted = row.and_then(|row| row.adoption_date.as_ref());
    let [adopted_first, adopted_last] = days(adopted);
    let reports = entry.mandate_of.iter().filter_map(|at| input.corpus.reports.get(*at));
    [
        Cow::Borrowed(symbol.as_str()),
        optional(row.and_then(|row| row.as_cited.as_ref()).map(|symbol| symbol.as_str())),
        text(|row| &row.body),
        text(|row| &row.title_en),
        text(|row| &row.title_zh),
        text(|row| &row.title_en_candidate),
        text(|row| &row.title_zh_candidate),
        date(adopted),
        adopted_first,
        adopted_last,
        text(|row| &row.meeting),
        votes(|(yes, _, _)| yes),
        votes(|(_, no, _)| no),
        votes(|(_, _, abstentions)| abstentions),
        text(|row| &row.vote_type),
        written(entry.cited_by.len()),
        joined(reports.map(|report| report.id.0.as_str())),
        text(|row| &row.title_en_source),
        text(|row| &row.title_zh_source),
        text(|row| &row.adoption_date_source),
        text(|row| &row.vote_source),
        text(|row| &row.note),
    ]
}

/// `documents.csv`: every other document cited or in the table.
pub(super) fn documents(input: &Input<'_>) -> Table {
    let mut table = Table::new(DOCUMENTS);
    for (symbol, entry) in &input.index.documents {
        let row = entry.row.and_then(|row| input.corpus.reference.documents.get(row));
        let report = entry.report.and_then(|at| input.corpus.reports.get(at));
        let issued = row.and_then(|row| row.date.as_ref());
        let [start, end] = days(issued);
        table.push([
            Cow::Borrowed(symbol.as_str()),
            optional(row.and_then(|row| row.title_en.as_deref())),
            optional(row.and_then(|row| row.title_zh.as_deref())),
            date(issued),
            start,
            end,
            written(entry.cited_by.len()),
            optional(report.map(|report| report.id.0.as_str())),
            optional(row.and_then(|row| row.evidence.as_deref())),
            optional(row.and_then(|row| row.status.as_deref())),
        ]);
    }
    table
}

/// `votes.csv`: one State's vote on one resolution a row.
pub(super) fn votes(input: &Input<'_>) -> Table {
    let mut table = Table::new(VOTES);
    for cast in &input.corpus.reference.votes {
        let vote = vote_name(cast.vote);
        table.push([Cow::Borrowed(cast.resolution.as_str()), written(cast.iso3), Cow::Borrowed(vote)]);
    }
    table
}

fn vote_name(vote: Vote) -> &'static str {
    match vote {
        Vote::Yes => "yes",
        Vote::No => "no",
        Vote::Abstain => "abstain",
        Vote::NotRecorded => "not-recorded",
    }
}
