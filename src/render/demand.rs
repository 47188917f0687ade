//! The files of a site, each made when it is asked for: for a preview, in which most are never looked at.
//!
//! Input: [`Input`] and paths. Output: files. Invariant: a file has the bytes that [`render`](super::render) gives it;
//! only the archive of the whole site is missing, as it is made of finished files.

use super::engine::Engine;
use super::input::Input;
use super::page::{self, Subject, Subjects};
use super::sink::{MemorySink, RenderError};
use super::site::{Local, Site};
use super::{data, search};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Files by path.
type Files = BTreeMap<String, Vec<u8>>;

/// Files that are only made together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The data files.
    Data,
    /// What the page that compares States reads.
    Compare,
    /// What the search reads.
    Search,
    /// What lists all pages.
    Lists,
}

/// A site whose files are made when they are asked for.
pub struct OnDemand<'a> {
    site: &'a Site<'a>,
    pages: &'a Subjects<'a>,
    by_path: OnceLock<BTreeMap<String, (Local<'a>, &'a dyn Subject)>>,
    parts: Mutex<BTreeMap<Part, Arc<Files>>>,
}

/// Makes a site of `input` ready to be asked for its files, and hands it to `ask`.
///
/// # Errors
/// If a template, a table of messages or an editorial page is wrong. What is wrong with single pages is told when they
/// are asked for.
pub fn on_demand<T>(input: &Input<'_>, ask: impl FnOnce(&OnDemand<'_>) -> T) -> Result<T, RenderError> {
    let engine = Engine::new(input)?;
    let (site, pages) = (Site::new(input, &engine)?, page::pages(input));
    Ok(ask(&OnDemand { site: &site, pages: &pages, by_path: OnceLock::new(), parts: Mutex::default() }))
}

impl<'a> OnDemand<'a> {
    /// The file at `path`; none if the site has no such file.
    ///
    /// # Errors
    /// If a template is wrong.
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>, RenderError> {
        if let Some(bytes) = self.site.input.static_files.get(path) {
            return Ok(Some(bytes.clone()));
        }
        if let Some(bytes) = self.page_or_beside(path)? {
            return Ok(Some(bytes));
        }
        let Some(part) = part_of(path) else { return Ok(None) };
        Ok(self.part(part)?.get(path).cloned())
    }

    /// A page, or a file that stands beside one.
    fn page_or_beside(&self, path: &str) -> Result<Option<Vec<u8>>, RenderError> {
        let pages = self.by_path();
        let index = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/index.html"));
        let Some((local, page)) = pages.get(path).or_else(|| pages.get(&index?)) else { return Ok(None) };
        let files = page::files(*local, *page)?;
        let faults = self.site.faults();
        if !faults.is_empty() {
            return Err(RenderError::Input(faults));
        }
        Ok(files.into_iter().find(|(made, _)| made.as_str() == path).map(|(_, bytes)| bytes))
    }

    /// The pages by path.
    fn by_path(&self) -> &BTreeMap<String, (Local<'a>, &'a dyn Subject)> {
        let pages = || page::in_languages(self.site, self.pages);
        self.by_path.get_or_init(|| pages().map(|(local, page)| (page::path(local, page), (local, page))).collect())
    }

    /// The files of a part, made by the first that asks for one of them.
    fn part(&self, part: Part) -> Result<Arc<Files>, RenderError> {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(files) = parts.get(&part) {
            return Ok(Arc::clone(files));
        }
        let made = MemorySink::default();
        match part {
            Part::Data => data::put(self.site, &made)?,
            Part::Compare => page::put_states(self.site, &made)?,
            Part::Search => search::put(self.site, self.pages, &made)?,
            Part::Lists => data::put_lists(self.site, self.pages, &made)?,
        }
        let files =
            Arc::new(made.into_files().into_iter().map(|(path, bytes)| (path.to_string(), bytes)).collect::<Files>());
        parts.insert(part, Arc::clone(&files));
        Ok(files)
    }
}

/// The part to which a file at `path` belongs, if it is no page.
fn part_of(path: &str) -> Option<Part> {
    match path.split_once('/') {
        _ if data::is_list(path) => Some(Part::Lists),
        None | Some(("data", _)) => Some(Part::Data),
        Some(("compare", _)) => Some(Part::Compare),
        Some(("search", _)) => Some(Part::Search),
        Some(_) => None,
    }
}
