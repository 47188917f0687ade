//! Front matter and footnotes: where they stand in an edition, and which of them cite what a page is about.

use super::super::address;
use super::super::html::SafeHtml;
use super::super::messages::fill;
use super::super::site::Local;
use super::super::text::{Footnotes, passage_links, text_html};
use super::super::view::Link;
use crate::index::{PassagePlace, PassageRef};
use crate::model::report::{Block, Report};
use serde::Serialize;
use tera::Value;

/// A line or paragraph of front matter, or a footnote, as other pages show it.
#[derive(Serialize)]
pub(super) struct PassageView {
    report: Value,
    place: Link,
    text: SafeHtml,
}

/// The texts at `places`, each with the way to it.
pub(super) fn passages(local: Local<'_>, places: &[PassageRef]) -> Vec<PassageView> {
    places.iter().filter_map(|at| view(local, *at)).collect()
}

fn view(local: Local<'_>, at: PassageRef) -> Option<PassageView> {
    let (report, passage) = at.get(local.corpus())?;
    let links = passage_links(local.index(), passage);
    Some(PassageView {
        report: local.report(at.report),
        place: link(local, at)?,
        text: text_html(
            report,
            &passage.text,
            &links,
            Footnotes::InEdition,
            local.translation(report, &passage.text.text),
        ),
    })
}

/// A link to the text's place in the edition.
pub(super) fn link(local: Local<'_>, at: PassageRef) -> Option<Link> {
    let report = local.corpus().reports.get(at.report)?;
    let path = format!("{}#{}", address::report(&report.id), anchor(report, at.place)?);
    Some(Link::new(path, words(local, report, at.place)))
}

/// The text's anchor in the edition of `report`.
pub(super) fn anchor(report: &Report, place: PassagePlace) -> Option<String> {
    match place {
        PassagePlace::Footnote(footnote) => Some(address::footnote_anchor(&report.footnotes.get(footnote)?.label)),
        PassagePlace::Front(block) => match report.blocks.get(block)? {
            Block::FrontParagraph(number, _) => Some(address::paragraph_anchor(number)),
            Block::FrontLine(_) => Some(address::line_anchor(lines_up_to(report, block))),
            _ => None,
        },
    }
}

/// The running number of the line of front matter at `block`: other blocks do not count, so that it
/// stays when the parser learns to tell one of them.
pub(super) fn lines_up_to(report: &Report, block: usize) -> usize {
    let blocks = report.blocks.iter().take(block + 1);
    blocks.filter(|block| matches!(block, Block::FrontLine(_))).count()
}

fn words(local: Local<'_>, report: &Report, place: PassagePlace) -> String {
    let words = &local.words().report;
    match place {
        PassagePlace::Footnote(footnote) => {
            let label = &report.footnotes[footnote].label;
            format!("{} {label}", words.footnote)
        }
        PassagePlace::Front(block) => match report.blocks.get(block) {
            Some(Block::FrontParagraph(number, _)) => fill(&words.front_paragraph, &[("n", number)]),
            _ => words.front.clone(),
        },
    }
}
