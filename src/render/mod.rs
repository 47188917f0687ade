//! Corpus and index → pages: typed page views through minified templates, handed to a [`Sink`].
//!
//! Input: [`Input`]. Output: every file of the site, to the sink, in any order. Invariants: report text
//! becomes markup only in `html.rs`; no model type is handed to a template; no page walks the archive
//! (what many pages show is made once, in `site.rs`).
//!
//! 1. compile the templates · 2. list the pages · 3. data and search · 4. make each page, on all cores · 5. lists of all

mod address;
mod card;
mod chart;
mod compact;
mod data;
mod demand;
mod diff;
mod engine;
mod facets;
mod gist;
mod html;
mod input;
mod json;
mod local;
mod locale;
mod markdown;
mod messages;

mod numbers;
mod order;
mod page;
mod published;
mod search;
mod sink;
mod site;
mod standing;
mod text;
mod view;
mod words;

pub use address::whole_site;
pub use demand::{OnDemand, on_demand};
pub use html::{SafeHtml, escaped};
pub use input::Input;
pub use published::addresses;
pub use sink::{MemorySink, RenderError, Sink, SinkError};

use crate::base::diagnostic::Diagnostic;
use crate::base::progress::Progress;
use crate::model::part::Part;
use engine::Engine;
use page::{Subject, Subjects};
use rayon::prelude::*;
use site::{Local, Site};

/// How many pages are made between two settlements with the sink.
const PAGES_AT_ONCE: usize = 4096;

/// What of a site is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Everything.
    All,
    /// A part of the pages.
    Pages(Part),
    /// What no part of the pages has: the pages of the archive as a whole, data, search, static files, lists.
    Whole,
}

impl Share {
    /// Whether the page at `position` is made.
    fn has(self, position: usize, page: &dyn Subject) -> bool {
        match self {
            Self::All => true,
            Self::Pages(part) => !page.is_of_archive() && part.has(position),
            Self::Whole => page.is_of_archive(),
        }
    }
}

/// Makes every file of `share` and hands each to `sink`.
///
/// # Errors
/// If a template, a table of messages or an editorial page is wrong, or the sink refuses a file.
pub fn render(input: &Input<'_>, share: Share, sink: &dyn Sink, progress: &dyn Progress) -> Result<(), RenderError> {
    progress.begin("templates", None);
    let engine = Engine::new(input)?;
    let site = Site::new(input, &engine)?;
    let pages = page::pages(input);
    if matches!(share, Share::Pages(_)) {
        return put_pages(&site, &pages, share, sink, progress);
    }
    for (path, bytes) in input.static_files {
        sink.put(sink::site_path(path)?, bytes.clone())?;
    }
    progress.begin("data, search", None);
    // Each has stretches for one core alone.
    let data = || data::put(&site, sink).and_then(|()| page::put_states(&site, sink));
    let (data, search) = rayon::join(data, || search::put(&site, &pages, sink));
    data.and(search)?;
    put_pages(&site, &pages, share, sink, progress)?;
    data::put_lists(&site, &pages, sink)
}

/// Makes the pages of `share`.
fn put_pages(
    site: &Site<'_>,
    pages: &Subjects<'_>,
    share: Share,
    sink: &dyn Sink,
    progress: &dyn Progress,
) -> Result<(), RenderError> {
    let pages = page::in_languages(site, pages).into_iter().enumerate();
    let pages: Vec<_> = pages.filter(|(at, (_, page))| share.has(*at, *page)).map(|(_, page)| page).collect();
    progress.begin("pages", Some(pages.len()));
    let put = |(local, page): &(Local<'_>, &dyn Subject)| {
        progress.begin_page();
        let faults = match put_page(*local, *page, sink) {
            Ok(path) => {
                progress.end_page(&path);
                Ok(Vec::new())
            }
            // The faults of one page do not keep the others from being made; what the sink refuses does.
            Err(RenderError::Input(faults)) => Ok(faults),
            Err(refused) => Err(refused),
        };
        progress.step();
        faults
    };
    let together = |found, more| Ok::<_, RenderError>(merged(found, more));
    let mut faults = Vec::new();
    for pages in pages.chunks(PAGES_AT_ONCE) {
        let found = pages.par_iter().map(put);
        let found = found.try_fold(Vec::new, |found, more| together(found, more?)).try_reduce(Vec::new, together)?;
        faults = merged(faults, found);
        sink.settle()?;
    }
    let faults = merged(faults, site.faults());
    if faults.is_empty() { Ok(()) } else { Err(RenderError::Input(faults)) }
}

/// Makes a page with the files beside it; gives its path.
fn put_page(local: Local<'_>, page: &dyn Subject, sink: &dyn Sink) -> Result<String, RenderError> {
    for (path, bytes) in page::files(local, page)? {
        sink.put(path, bytes)?;
    }
    Ok(page::path(local, page))
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
