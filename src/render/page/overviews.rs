//! The table of overviews.

use super::overview::Overview;
use super::subject::{Input, Subjects, subjects};
use super::{compare, data, document, meeting, period, picture, report, resolutions, section, state, year};

/// All lists, in the order in which readers meet them.
pub(super) const LISTS: [&Overview; 8] = [
    &report::LIST,
    &state::LIST,
    &year::LIST,
    &period::LIST,
    &resolutions::LIST,
    &section::LIST,
    &meeting::LIST,
    &document::LIST,
];

/// The other overviews whose addresses are not promised.
const OTHERS: [&Overview; 3] = [&data::OVERVIEW, &compare::OVERVIEW, &picture::OVERVIEW];

/// Every overview but that of corrections.
pub(super) fn all() -> impl Iterator<Item = &'static Overview> {
    LISTS.into_iter().chain(OTHERS)
}

/// The pages of overviews.
pub(super) fn pages<'a>(_: &Input<'a>) -> Subjects<'a> {
    subjects(all())
}
