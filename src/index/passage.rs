//! Front matter and footnotes under what they cite.
//!
//! Input: the [`Corpus`]. Output: entries of the [`Index`]. Invariant: a symbol that only a footnote
//! names (`* A/63/50`) has an entry, and so a page, like any other.

use super::build::push_once;
use super::{Index, PassagePlace, PassageRef, TextRef};
use crate::model::citation::{Citation, CitationKind};
use crate::model::passage::Passage;
use crate::model::report::{Block, Report};
use crate::resolve::Corpus;

/// Puts every line and paragraph of front matter and every footnote under its keys.
pub(super) fn add_passages(index: &mut Index, corpus: &Corpus) {
    for (position, report) in corpus.works() {
        for (place, passage) in passages(report) {
            add_passage(index, PassageRef { report: position, place }, passage);
        }
    }
    let others = corpus.reports.iter().enumerate().filter(|(at, _)| corpus.works.is_other_expression(*at));
    for (position, report) in others {
        for (place, passage) in passages(report) {
            passage.citations.iter().for_each(|citation| {
                cite_if_nowhere(index, PassageRef { report: position, place }, citation);
            });
        }
    }
}

/// Puts a text under what it cites in another language than its work, where nothing else does.
fn cite_if_nowhere(index: &mut Index, at: PassageRef, citation: &Citation) {
    let is_cited = match citation.kind {
        CitationKind::Resolution => index.resolution(&citation.symbol).is_some(),
        CitationKind::Document => index.documents.contains_key(&citation.symbol),
    };
    if !is_cited {
        add_citation(index, at, citation);
    }
}

/// The texts of `report` that are no records: front matter, then footnotes.
pub(super) fn passages(report: &Report) -> impl Iterator<Item = (PassagePlace, &Passage)> {
    let front = report.blocks.iter().enumerate().filter_map(|(number, block)| match block {
        Block::FrontLine(passage) | Block::FrontParagraph(_, passage) => {
            Some((PassagePlace::Front(number), &**passage))
        }
        _ => None,
    });
    let footnotes = report.footnotes.iter().enumerate();
    front.chain(footnotes.map(|(number, footnote)| (PassagePlace::Footnote(number), &footnote.passage)))
}

fn add_passage(index: &mut Index, at: PassageRef, passage: &Passage) {
    for citation in &passage.citations {
        add_citation(index, at, citation);
    }
}

fn add_citation(index: &mut Index, at: PassageRef, citation: &Citation) {
    match citation.kind {
        CitationKind::Resolution => {
            let entry = index.resolution_entry(&citation.symbol);
            push_once(&mut entry.cited_beside, at);
            if let Some(title) = &citation.title {
                entry.printed_titles.entry(title.clone()).or_insert(TextRef::Passage(at));
            }
        }
        CitationKind::Document => {
            push_once(&mut index.documents.entry(citation.symbol.clone()).or_default().cited_beside, at);
        }
    }
}
