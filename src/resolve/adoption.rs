//! What publishers say beside resolutions, as rows of the reference tables.
//!
//! Input: the reports, and the tables that the site has. Output: the tables with a row for each resolution whose text says
//! how it was adopted, and with its votes. Invariant: a resolution that the site's own tables have keeps what they say.

use crate::base::language::is_one_language;
use crate::model::adoption::Adoption;
use crate::model::citation::Symbol;
use crate::model::reference::{Reference, Resolution, Vote, VoteCast};
use crate::model::report::Report;
use crate::parse::citation::canonical;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Adds to `reference` what `reports` say of their adoption.
pub fn add(reference: &mut Reference, reports: &[Arc<Report>]) {
    let known: BTreeSet<Symbol> = reference.resolutions.iter().map(|row| row.symbol.clone()).collect();
    let voted: BTreeSet<Symbol> = reference.votes.iter().map(|vote| vote.resolution.clone()).collect();
    for report in reports.iter().filter(|report| !report.id.is_other_expression()) {
        let (Some(adoption), Some(symbol)) = (&report.meta.adoption, report.symbol().map(canonical)) else { continue };
        if !voted.contains(&symbol) {
            reference.votes.extend(votes(adoption, &symbol));
        }
        if !known.contains(&symbol) {
            reference.resolutions.push(resolution(report, adoption, symbol));
        }
    }
}

/// A body as the tables of resolutions have it.
fn body(issuer: &str) -> String {
    match issuer {
        "General Assembly" | "Security Council" => format!("UN {issuer}"),
        _ => issuer.to_owned(),
    }
}

fn votes<'a>(adoption: &'a Adoption, symbol: &'a Symbol) -> impl Iterator<Item = VoteCast> + 'a {
    let lists =
        [(Vote::Yes, &adoption.in_favour), (Vote::No, &adoption.against), (Vote::Abstain, &adoption.abstaining)];
    lists.into_iter().flat_map(move |(vote, states)| {
        states.iter().map(move |iso3| VoteCast { resolution: symbol.clone(), iso3: *iso3, vote })
    })
}

fn resolution(report: &Report, adoption: &Adoption, symbol: Symbol) -> Resolution {
    let source = Some(format!("what the publisher of {symbol} says beside its text"));
    let count = |states: &[_]| u32::try_from(states.len()).unwrap_or(u32::MAX);
    let is_voted = !(adoption.in_favour.is_empty() && adoption.against.is_empty() && adoption.abstaining.is_empty());
    let totals = (count(&adoption.in_favour), count(&adoption.against), count(&adoption.abstaining));
    let titled = |language: &str| {
        let title = report.is_titled().then(|| report.title().to_owned());
        title.filter(|_| is_one_language(&report.language, language))
    };
    let (title_en, title_zh) = (titled("en"), titled("zh"));
    Resolution {
        as_cited: None,
        body: report.meta.issuer.as_deref().map(body),
        title_en_source: title_en.as_ref().and(source.clone()),
        title_en,
        title_en_candidate: None,
        title_zh_source: title_zh.as_ref().and(source.clone()),
        title_zh,
        title_zh_candidate: None,
        adoption_date: report.meta.adopted.clone(),
        adoption_date_source: report.meta.adopted.as_ref().and(source.clone()),
        meeting: adoption.meeting.clone(),
        draft: adoption.draft.clone(),
        sponsors: adoption.sponsors.clone(),
        further_sponsors: adoption.further_sponsors.clone(),
        votes: is_voted.then_some(totals),
        vote_type: adoption.vote_type.clone(),
        vote_source: adoption.vote_type.as_ref().and(source),
        note: None,
        symbol,
    }
}
