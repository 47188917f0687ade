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

/// The same where what they unpack of the archive is given up behind them: few, as that bounds memory.
pub const PAGES_OF_A_BATCH: usize = 256;

/// What of a site is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Everything.
    All,
    /// A batch of [`PAGES_OF_A_BATCH`] pages of a part, the last of them with fewer.
    Pages {
        /// The part.
        part: Part,
        /// Which, from 0.
        batch: usize,
    },
    /// What no part of the pages has: the pages of the archive as a whole, data, search, static files, lists.
    Whole,
}

impl Share {
    /// Those of `pages` that are made.
    fn of<'a>(self, pages: impl Iterator<Item = (Local<'a>, &'a dyn Subject)>) -> Vec<(Local<'a>, &'a dyn Subject)> {
        match self {
            Self::All => pages.collect(),
            Self::Pages { part, batch } => {
                // Pages of a report are made together, as they are of the same records.
                let is_in = |(at, (_, page)): &(usize, (_, &dyn Subject))| {
                    !page.is_of_archive() && part.has(page.report().unwrap_or(*at))
                };
                let own = pages.enumerate().filter(is_in).skip(batch * PAGES_OF_A_BATCH).take(PAGES_OF_A_BATCH);
                own.map(|(_, page)| page).collect()
            }
            Self::Whole => pages.filter(|(_, page)| page.is_of_archive()).collect(),
        }
    }
}

/// Makes every file of `share` and hands each to `sink`; gives how many pages that are.
///
/// # Errors
/// If a template, a table of messages or an editorial page is wrong, or the sink refuses a file.
pub fn render(input: &Input<'_>, share: Share, sink: &dyn Sink, progress: &dyn Progress) -> Result<usize, RenderError> {
    progress.begin("templates", None);
    let engine = Engine::new(input)?;
    let site = Site::new(input, &engine)?;
    let pages = page::pages(input);
    if matches!(share, Share::Pages { .. }) {
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
    let n_pages = put_pages(&site, &pages, share, sink, progress)?;
    data::put_lists(&site, &pages, sink)?;
    Ok(n_pages)
}

/// Makes the pages of `share`; gives how many.
fn put_pages(
    site: &Site<'_>,
    pages: &Subjects<'_>,
    share: Share,
    sink: &dyn Sink,
    progress: &dyn Progress,
) -> Result<usize, RenderError> {
    let pages = share.of(page::in_languages(site, pages));
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
    if faults.is_empty() { Ok(pages.len()) } else { Err(RenderError::Input(faults)) }
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
