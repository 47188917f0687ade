//! Every correction of the archive: as printed, as corrected, why, and by whom.

use super::super::address;
use super::super::site::Local;
use super::super::view::Link;
use super::record::CorrectionView;
use super::{Head, Page, report};
use serde::Serialize;
use tera::Value;

/// What `corrections.html` shows.
#[derive(Serialize)]
struct CorrectionsView {
    total: String,
    groups: Vec<CorrectionGroup>,
}

/// The corrections of one report.
#[derive(Serialize)]
struct CorrectionGroup {
    report: Value,
    count: String,
    corrections: Vec<CorrectionView>,
}

/// A link to the page.
pub(super) fn link(local: Local<'_>) -> Link {
    Link::new(address::CORRECTIONS, &local.words().corrections.title)
}

/// The page.
pub(super) fn page(local: Local<'_>) -> Page {
    let words = &local.words().corrections;
    let head = Head { title: words.title.clone(), description: words.description.clone(), ..Head::default() };
    Page::new("corrections.html", head, &view(local))
}

fn view(local: Local<'_>) -> CorrectionsView {
    let counts = &local.words().counts.corrections;
    let reports = local.corpus().reports.iter().enumerate();
    let groups = reports.map(|(position, report)| {
        let corrections = report::all_corrections(local, position, report);
        CorrectionGroup { report: local.report(position), count: local.count(counts, corrections.len()), corrections }
    });
    let groups: Vec<CorrectionGroup> = groups.filter(|group| !group.corrections.is_empty()).collect();
    CorrectionsView { total: local.count(counts, groups.iter().map(|group| group.corrections.len()).sum()), groups }
}
