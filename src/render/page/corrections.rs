//! Every correction of the archive: as printed, as corrected, why, and by whom.

use super::overview::Overview;
use super::record::CorrectionView;
use super::report;
use super::subject::{Input, Local, Page, Subjects, subjects};
use serde::Serialize;
use tera::Value;

/// The page of corrections.
pub(super) const OVERVIEW: Overview = Overview {
    name: "corrections",
    title: |words| &words.corrections.title,
    description: |words| &words.corrections.description,
    on_home: None,
    is_in_navigation: false,
    page: |local, head| Page::new("corrections.html", head, &view(local)),
};

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

/// The page.
pub(super) fn pages<'a>(_: &Input<'a>) -> Subjects<'a> {
    subjects([&OVERVIEW])
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
