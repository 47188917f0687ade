//! The columns of a picture by reporting period: the newest, and what is before them together.

use super::super::super::address;
use super::super::super::chart::Canvas;
use super::super::super::site::Local;
use crate::model::edtf::{Edtf, Moment};

/// Most columns beside each other on a telephone.
const MAX_COLUMNS: usize = 4;

/// A reporting period, all periods before the others, or the reports that name none.
pub(super) struct Column<'a> {
    /// The period in words.
    pub(super) words: String,
    /// The period itself.
    edtf: Option<&'a Edtf>,
    /// Its page.
    path: Option<String>,
    /// Its reports.
    pub(super) reports: Vec<usize>,
}

/// The columns of the archive.
pub(super) fn columns(local: Local<'_>) -> Vec<Column<'_>> {
    let periods = local.index().periods.iter();
    let mut columns: Vec<Column<'_>> = periods
        .map(|(slug, period)| Column {
            words: local.date(&period.edtf),
            edtf: Some(&period.edtf),
            path: Some(address::period(slug)),
            reports: period.reports.clone(),
        })
        .collect();
    let is_known = |at: &usize| columns.iter().any(|column| column.reports.contains(at));
    let others: Vec<usize> = (0..local.corpus().reports.len()).filter(|at| !is_known(at)).collect();
    if !others.is_empty() {
        let words = local.words().picture.no_period.clone();
        columns.push(Column { words, edtf: None, path: None, reports: others });
    }
    newest(local, columns)
}

/// Where there would be more, the first column is that of all periods before the others.
fn newest<'a>(local: Local<'a>, mut columns: Vec<Column<'a>>) -> Vec<Column<'a>> {
    if columns.len() <= MAX_COLUMNS {
        return columns;
    }
    let newest = columns.split_off(columns.len() - MAX_COLUMNS + 1);
    let reports = columns.into_iter().flat_map(|column| column.reports).collect();
    let earlier = Column { words: local.words().picture.earlier.clone(), edtf: None, path: None, reports };
    std::iter::once(earlier).chain(newest).collect()
}

impl Column<'_> {
    /// The first and the last year of the period, in two lines with `x` in their middle.
    pub(super) fn head(&self, canvas: &mut Canvas, x: i32) {
        let year = |moment: Option<Moment>| moment.map(|moment| moment.year);
        canvas.part("", self.path.as_deref(), &self.words, |canvas| {
            let period = self.edtf.and_then(Edtf::single);
            let (start, end) =
                (period.and_then(|period| year(period.start)), period.and_then(|period| year(period.end)));
            let first = start.or(end).map(|year| year.to_string());
            canvas.text("middle", x, 14, first.as_deref().unwrap_or(&self.words));
            if let Some(end) = end.filter(|end| start.is_some_and(|start| start < *end)) {
                canvas.text("middle", x, 28, &format!("–{end}"));
            }
        });
    }
}
