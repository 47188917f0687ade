//! Corpus and index → pages: typed page views through minified templates, handed to a [`Sink`].
//!
//! Input: [`Input`]. Output: every file of the site, to the sink, in any order. Invariants: report text
//! becomes markup only in `html.rs`; no model type is handed to a template; no page walks the archive
//! (what many pages show is made once, in `site.rs`).
//!
//! 1. compile the templates · 2. make what pages share · 3. list the pages · 4. make each, on all cores

mod address;
mod card;
mod chart;
mod data;
mod demand;
mod engine;
mod facets;
mod gist;
mod html;
mod local;
mod locale;
mod markdown;
mod messages;
mod minify;
mod numbers;
mod order;
mod page;
mod published;
mod search;
mod site;
mod standing;
mod text;
mod view;
mod words;

pub use demand::{OnDemand, on_demand};
pub use html::{SafeHtml, escaped};
pub use published::addresses;

use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::base::progress::Progress;
use crate::config::Config;
use crate::index::Index;
use crate::model::ledger::Ledger;
use crate::model::state::Iso3;
use crate::read::{EditorialPage, Template};
use crate::resolve::Corpus;
use engine::Engine;
use rayon::prelude::*;
use site::Site;
use std::collections::BTreeMap;

/// Takes finished files, from any thread, in any order.
pub trait Sink: Sync {
    /// Takes one file.
    ///
    /// # Errors
    /// If it cannot be kept.
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError>;
}

/// A file could not be kept.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct SinkError {
    /// The file.
    pub path: String,
    /// Why.
    pub source: std::io::Error,
}

/// Everything that pages are made of.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The archive.
    pub corpus: &'a Corpus,
    /// The archive by key.
    pub index: &'a Index,
    /// `site.toml`.
    pub config: &'a Config,
    /// Published identifiers, of which those given up have pages that point on; none without a ledger.
    pub ledger: Option<&'a Ledger>,
    /// Names of States in the languages of reports, beside those of the reference table.
    pub state_names: &'a BTreeMap<Iso3, Vec<String>>,
    /// Editorial pages.
    pub pages: &'a [EditorialPage],
    /// Templates by name: `record.html`; also `messages/<tag>.toml`.
    pub templates: &'a BTreeMap<String, Template>,
    /// Files copied as they are, by path inside the site.
    pub static_files: &'a BTreeMap<String, Vec<u8>>,
}

/// Why a site could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// Something in the user's files is wrong.
    #[error("{} errors in templates, messages or pages", .0.len())]
    Input(Vec<Diagnostic>),
    /// A file could not be kept.
    #[error(transparent)]
    Sink(#[from] SinkError),
}

impl From<Box<Diagnostic>> for RenderError {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self::Input(vec![*diagnostic])
    }
}

/// Makes every file of the site and hands each to `sink`.
///
/// # Errors
/// If a template, a table of messages or an editorial page is wrong, or the sink refuses a file.
pub fn render(input: &Input<'_>, sink: &dyn Sink, progress: &dyn Progress) -> Result<(), RenderError> {
    progress.begin("templates", None);
    let engine = engine(input)?;
    let site = Site::new(input, &engine)?;
    if site.is_plain() {
        put_static_files(input, sink)?;
        return put_pages(&site, sink, &|_| (), progress);
    }
    let sink = data::PageList::new(sink);
    put_static_files(input, &sink)?;
    progress.begin("data, search", None);
    // Each has stretches for one core alone.
    let data = || site.put_data(&sink).and_then(|()| page::put_states(&site, &sink));
    let (data, search) = rayon::join(data, || search::put(&site, &sink));
    data.and(search)?;
    put_pages(&site, &sink, &|path| sink.add(path), progress)?;
    sink.put_lists(input)
}

/// The templates, once the editorial pages are found sound.
fn engine(input: &Input<'_>) -> Result<Engine, RenderError> {
    let faults: Vec<Diagnostic> = input.pages.iter().flat_map(markdown::faults).collect();
    if !faults.is_empty() {
        return Err(RenderError::Input(faults));
    }
    Ok(Engine::new(input.templates, input.config.extent)?)
}

fn put_static_files(input: &Input<'_>, sink: &dyn Sink) -> Result<(), RenderError> {
    for (path, bytes) in input.static_files {
        sink.put(site_path(path)?, bytes.clone())?;
    }
    Ok(())
}

/// Makes every page, and tells each path to `list`.
fn put_pages(
    site: &Site<'_>,
    sink: &dyn Sink,
    list: &(dyn Fn(&SitePath) + Sync),
    progress: &dyn Progress,
) -> Result<(), RenderError> {
    let jobs = page::jobs(site);
    progress.begin("pages", Some(jobs.len()));
    let put = |job: &page::Job<'_>| {
        progress.begin_page();
        let path = page::put(site, job, sink);
        path.iter().flatten().for_each(list);
        let faults = faults_of(path, progress);
        progress.step();
        faults
    };
    let together = |found, more| Ok::<_, RenderError>(merged(found, more));
    let faults = jobs.par_iter().map(put);
    let faults = faults.try_fold(Vec::new, |found, more| together(found, more?)).try_reduce(Vec::new, together)?;
    let faults = merged(faults, site.faults());
    if faults.is_empty() { Ok(()) } else { Err(RenderError::Input(faults)) }
}

/// The faults of one page, which do not keep the others from being made; what the sink refuses does.
fn faults_of(
    put: Result<Option<SitePath>, RenderError>,
    progress: &dyn Progress,
) -> Result<Vec<Diagnostic>, RenderError> {
    match put {
        Ok(path) => {
            progress.end_page(path.as_ref().map_or("", SitePath::as_str));
            Ok(Vec::new())
        }
        Err(RenderError::Input(faults)) => Ok(faults),
        Err(refused) => Err(refused),
    }
}

/// `found` and what of `more` is not in it; a fault of a template is one fault, on however many pages.
fn merged(mut found: Vec<Diagnostic>, more: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for fault in more {
        if !found.contains(&fault) {
            found.push(fault);
        }
    }
    found
}

/// Where the archive of the whole site stands, if the settings want one. It is made of finished files, so by the sink.
#[must_use]
pub fn whole_site(config: &Config) -> Option<SitePath> {
    config.publish.zip.then(|| SitePath::new(address::WHOLE_SITE).ok())?
}

/// `path` checked, for files whose names come from outside.
fn site_path(path: &str) -> Result<SitePath, RenderError> {
    SitePath::new(path).map_err(|error| {
        let bad = Diagnostic::error(code::BAD_ADDRESS, error.to_string());
        Box::new(
            bad.hint("give what it comes from a shorter name, of lower-case ASCII letters, digits, `-`, `_` and `.`"),
        )
        .into()
    })
}
