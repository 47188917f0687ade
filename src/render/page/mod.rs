//! The pages: which there are, and how one is made.

mod annex;
mod annotation;
mod citation;
mod compare;
mod corrections;
mod data;
mod directory;
mod dissent;
mod document;
mod edition;
mod editorial;
mod feed;
mod frame;
mod head;
mod history;
mod home;
mod listing;
mod meeting;
mod not_found;
mod overview;
mod overviews;
mod passage;
mod period;
mod picture;
mod record;
mod release;
mod report;
mod reports;
mod resolution;
mod resolutions;
mod said;
mod search;
mod section;
mod source;
mod state;
mod states;
mod subject;
mod superseded;
mod thread;
mod timeline;
mod told;
mod version;
mod wording;
mod year;

pub(super) use compare::put_states;
pub(super) use subject::{Subject, Subjects};

use super::input::Input;
use super::sink::{RenderError, site_path};
use super::site::{Local, Site};
use crate::base::path::SitePath;
use frame::PageAt;
use tera::Context;

/// Gives all pages of a kind.
type Kind = for<'a> fn(&Input<'a>) -> Subjects<'a>;

/// The kinds of pages whose addresses the ledger promises; those with large pages first, so that no core waits for one at
/// the end.
const PROMISED: [Kind; 10] = [
    section::pages,
    year::pages,
    period::pages,
    state::pages,
    resolution::pages,
    document::pages,
    meeting::pages,
    editorial::pages,
    corrections::pages,
    annex::pages,
];

/// The other kinds: of reports and records the ledger promises the identifiers, and the rest every site has.
const OTHERS: [Kind; 12] = [
    report::pages,
    source::pages,
    told::pages,
    resolutions::pages,
    home::pages,
    search::pages,
    not_found::pages,
    overviews::pages,
    superseded::pages,
    release::pages,
    wording::pages,
    record::pages,
];

/// Every page, in no language yet.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    PROMISED.iter().chain(&OTHERS).flat_map(|of_kind| of_kind(input)).collect()
}

/// The pages whose addresses the ledger promises.
pub(super) fn promised<'a>(input: &Input<'a>) -> Subjects<'a> {
    PROMISED.iter().flat_map(|of_kind| of_kind(input)).collect()
}

/// Each of `pages` in each language that it stands in.
pub(super) fn in_languages<'a>(
    site: &'a Site<'_>,
    pages: &'a Subjects<'_>,
) -> impl Iterator<Item = (Local<'a>, &'a dyn Subject)> {
    let others = site.locals().skip(1);
    let first = pages.iter().map(|page| (site.first(), &**page));
    first.chain(others.flat_map(|local| {
        let translated = pages.iter().filter(|page| !page.is_for_all_languages());
        translated.map(move |page| (local, &**page))
    }))
}

/// Where a page stands below the root of the site.
pub(super) fn path(local: Local<'_>, page: &dyn Subject) -> String {
    format!("{}{}", local.language.prefix, page.address())
}

/// A page and the files beside it, the page first.
pub(super) fn files(local: Local<'_>, subject: &dyn Subject) -> Result<Vec<(SitePath, Vec<u8>)>, RenderError> {
    let (address, path) = (subject.address(), site_path(&path(local, subject))?);
    let page = subject.page(local);
    let data = page.head.cited.as_ref().map(|cited| citation::file(local, cited)).transpose()?;
    let folder = path.as_str().strip_suffix("index.html").unwrap_or(path.as_str());
    let beside = if local.is_first() { subject.beside(local) } else { Vec::new() };
    let beside: Result<Vec<_>, RenderError> =
        beside.into_iter().map(|(name, bytes)| Ok((site_path(&format!("{folder}{name}"))?, bytes))).collect();
    let mut context = Context::new();
    context.insert_value("m", local.language.words.clone());
    context.insert_value("site", frame::everywhere(local));
    let placed = PageAt { address: &address, report: subject.report(), page: &page };
    context.insert("frame", &frame::frame(local, &path, &placed));
    context.insert_value("page", page.view);
    let filled = local.site.engine.fill_page(page.template, &context)?;
    Ok([(path, filled)].into_iter().chain(data.flatten()).chain(beside?).collect())
}
