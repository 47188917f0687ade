//! A table flattened to one run of words, cells that had occurred before being gone (layout 3).
//!
//! What is left of the order in which such tables are printed decides: States go in English
//! alphabetical order inside a section, a State's name stands before its first row in the document,
//! and a row's text usually names its State. The rows of a section are the most probable path
//! through all places where a row may begin, see `path`. How much each of these counts was tried
//! on reports whose rows are known, see [`RowWeights`](crate::parse::lexicon::row_weights::RowWeights).

mod compact;
mod copied;
mod open_rows;
mod path;
mod search;
mod section;
mod start;

pub use compact::Compact;
pub use path::{Path, Step};
pub use section::{Body, Section, body};
pub use start::Start;

use super::read_date;
use crate::model::excerpt::Excerpt;
use crate::model::record::{SectionCode, StateBasis};
use crate::parse::Lexicon;
use crate::parse::item::{Item, Row, StateCell};
use crate::parse::page::Page;
use crate::parse::text::Blanks;

/// Reads the table of `page`, whose text without blanks is `compact`.
#[must_use]
pub fn rows(page: &Page<'_>, compact: &Compact, body: &Body, lexicon: &Lexicon) -> Vec<Item> {
    let mut items: Vec<Item> =
        body.heads.iter().map(|(start, end)| Item::Furniture(excerpt(page, compact, *start, *end))).collect();
    let mut path = Path::new(compact, lexicon, &body.sections);
    for (index, section) in body.sections.iter().enumerate() {
        for (start, end) in &section.groups {
            items.push(Item::Heading { depth: 2, text: excerpt(page, compact, *start, *end) });
        }
        let text = excerpt(page, compact, section.heading.0, section.heading.1);
        items.push(Item::Section { code: section.code.clone(), text });
        let steps = path.through(index);
        items.extend(section_rows(page, compact, &section.code, &steps, section.rows.1, lexicon));
    }
    items.sort_by_cached_key(Item::start);
    items
}

fn section_rows(
    page: &Page<'_>,
    compact: &Compact,
    code: &SectionCode,
    steps: &[Step],
    end: usize,
    lexicon: &Lexicon,
) -> Vec<Item> {
    let ends = steps.iter().skip(1).map(|step| step.start.at).chain(std::iter::once(end));
    let mut above = None;
    let mut rows = Vec::new();
    for (step, end) in steps.iter().zip(ends) {
        let cut = |range: (usize, usize)| excerpt(page, compact, range.0, range.1);
        let start = &step.start;
        let basis = match (start.cell, above == step.state) {
            (Some(_), _) => StateBasis::Printed,
            (None, true) => StateBasis::Carried,
            (None, false) => StateBasis::Inferred,
        };
        above = step.state;
        let date = start.date.map(cut).unwrap_or_default();
        rows.push(Item::Row(Row {
            section: code.clone(),
            state: StateCell::Segmented { cell: start.cell.map(cut).unwrap_or_default(), state: step.state, basis },
            date_reading: read_date(&date.text, lexicon),
            date,
            text: cut((start.text, end)),
            remarks: Excerpt::default(),
        }));
    }
    rows
}

fn excerpt(page: &Page<'_>, compact: &Compact, start: usize, end: usize) -> Excerpt {
    page.excerpt(&compact.spans(start, end), Blanks::Segmented)
}
