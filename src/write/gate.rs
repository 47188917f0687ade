//! The gate: what must hold of a whole site before it may take the place of the old one.
//!
//! Input: files, from any thread, in any order. Output: diagnostics, in an order that depends on the files alone.
//! Invariant: memory holds each path, each different link and a number for each anchor, never a page.

use super::page::{Page, read_page};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::explanation;
use crate::base::path::SitePath;
use crate::config::Config;
use crate::render::whole_site;
use hashbrown::{HashMap, HashSet};
use serde::{Deserialize, Serialize};
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most diagnostics of one judgement; a fault in a template is on every page, and one is enough to mend it.
const MAX_DIAGNOSTICS: usize = 50;

/// Collects what files say, and judges the site in the end.
pub(super) struct Gate {
    base_url: String,
    state: Mutex<State>,
}

/// What the gate says of a file that it takes note of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Registered {
    /// It is the first in its folder.
    InNewFolder,
    /// Its folder has others.
    New,
    /// There is a file of that path already, so that this one must not be written.
    Duplicate,
}

#[derive(Default)]
struct State {
    /// Every path that was written or linked to, by its number.
    paths: Vec<PathEntry>,
    numbers: HashMap<Arc<str>, u32>,
    /// Folders that written files lie in.
    folders: HashSet<Box<str>>,
    links: HashMap<Link, Use>,
    /// Anchors as hashes of page and name: two that meet would hide a broken link, at odds of 1 in 10^19 for each.
    anchors: HashSet<u64>,
    /// Faults by code and words, with a page that has them.
    faults: BTreeMap<(&'static str, String), Use>,
}

struct PathEntry {
    path: Arc<str>,
    is_written: bool,
}

/// The number of the path that a link leads to, and the place there.
type Link = (u32, Option<Box<str>>);

/// The pages that have a link or a fault.
#[derive(Clone, Serialize, Deserialize)]
struct Use {
    /// The first in the order of paths.
    #[serde(with = "crate::base::arc_str")]
    page: Arc<str>,
    /// How many there are.
    n_pages: usize,
}

impl Use {
    fn on(page: &Arc<str>) -> Self {
        Self { page: Arc::clone(page), n_pages: 1 }
    }

    fn add(&mut self, page: &Arc<str>) {
        self.merge(&Self::on(page));
    }

    fn merge(&mut self, other: &Self) {
        self.n_pages += other.n_pages;
        if other.page < self.page {
            self.page = Arc::clone(&other.page);
        }
    }
}

/// What the gate has seen of a part of a site but for the paths of its files, in an order that depends on them alone.
#[derive(Serialize, Deserialize)]
struct Seen {
    links: BTreeMap<(String, Option<Box<str>>), Use>,
    anchors: BTreeSet<u64>,
    faults: Vec<(String, String, Use)>,
}

impl Gate {
    /// A gate for a site that stands at `base_url` (empty if not known).
    pub(super) fn new(base_url: &str) -> Self {
        Self { base_url: base_url.to_owned(), state: Mutex::default() }
    }

    /// Takes note of a file.
    pub(super) fn take(&self, path: &SitePath, bytes: &[u8]) -> Registered {
        let page = read_page(path.as_str(), bytes, &self.base_url);
        self.lock().take(path.as_str(), page)
    }

    /// Takes note that a file will stand at `path` of which nothing else is known.
    pub(super) fn expect(&self, path: &SitePath) {
        self.lock().take(path.as_str(), Page::default());
    }

    /// Takes note of a file of a part of the site, whose other marks [`Gate::merge`] takes.
    pub(super) fn take_path(&self, path: &SitePath) -> Registered {
        self.lock().take(path.as_str(), Page::default())
    }

    /// What was seen of all files so far, for the gate of the whole site; and how many links that are.
    pub(super) fn seen(&self) -> (usize, Vec<u8>) {
        let seen = self.lock().seen();
        #[allow(clippy::expect_used)]
        let bytes = postcard::to_stdvec(&seen).expect("numbers and texts can be written");
        (seen.links.len(), bytes)
    }

    /// Takes what [`Gate::seen`] gave of another part.
    ///
    /// # Errors
    /// If it is not that.
    pub(super) fn merge(&self, seen: &[u8]) -> Result<(), postcard::Error> {
        let seen = postcard::from_bytes(seen)?;
        self.lock().merge(seen)
    }

    /// Everything that is wrong with the site.
    pub(super) fn judge(&self) -> Vec<Diagnostic> {
        let state = self.lock();
        let mut faults: Vec<Fault> = state.own_faults().chain(state.broken_links()).collect();
        faults.extend(state.files_in_place_of_folders());
        faults.sort();
        let n_more = faults.len().saturating_sub(MAX_DIAGNOSTICS);
        let mut diagnostics: Vec<Diagnostic> = faults.iter().take(MAX_DIAGNOSTICS).map(Fault::diagnostic).collect();
        if n_more > 0 {
            let more = Diagnostic::error(code::BROKEN_LINK, format!("{n_more} more faults in the built site"));
            diagnostics.push(more.hint("fix the errors above first"));
        }
        diagnostics
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A thread that panicked ends the build; what it left here is then not judged.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A gate for the site of `config`: links to the archive of the whole site, which no page writes, lead somewhere.
pub(super) fn gate(config: &Config) -> Gate {
    let gate = Gate::new(&config.base_url);
    if let Some(path) = whole_site(config) {
        gate.expect(&path);
    }
    gate
}

impl State {
    fn take(&mut self, path: &str, page: Page) -> Registered {
        let number = self.number(path);
        let name = self.mark_written(number);
        let Some(name) = name else {
            let shown: Arc<str> = Arc::from(path);
            self.add_fault(code::DUPLICATE_PATH, format!("two files of the site have the path `{path}`"), &shown);
            return Registered::Duplicate;
        };
        let is_first = self.add_folders(path);
        self.add_page(&name, page);
        if is_first { Registered::InNewFolder } else { Registered::New }
    }

    /// Adds what the page `name` says.
    fn add_page(&mut self, name: &Arc<str>, page: Page) {
        self.anchors.extend(page.anchors.iter().map(|anchor| hash(name, anchor)));
        for (target, fragment) in page.links {
            let target = self.number(&target);
            let link = (target, fragment.map(String::into_boxed_str));
            self.links.entry(link).and_modify(|used| used.add(name)).or_insert_with(|| Use::on(name));
        }
        for (code, words) in page.faults {
            self.add_fault(code, words, name);
        }
    }

    fn seen(&self) -> Seen {
        let path = |number: u32| self.paths.get(number as usize).map(|entry| entry.path.to_string());
        let link = |((target, fragment), used): (&Link, &Use)| Some(((path(*target)?, fragment.clone()), used.clone()));
        let fault = |((code, words), used): (&(&str, String), &Use)| ((*code).to_owned(), words.clone(), used.clone());
        Seen {
            links: self.links.iter().filter_map(link).collect(),
            anchors: self.anchors.iter().copied().collect(),
            faults: self.faults.iter().map(fault).collect(),
        }
    }

    fn merge(&mut self, seen: Seen) -> Result<(), postcard::Error> {
        for ((target, fragment), used) in seen.links {
            let link = (self.number(&target), fragment);
            self.links.entry(link).and_modify(|known| known.merge(&used)).or_insert(used);
        }
        self.anchors.extend(seen.anchors);
        for (code, words, used) in seen.faults {
            let code = explanation::code(&code).ok_or(postcard::Error::DeserializeBadEncoding)?;
            self.faults.entry((code, words)).and_modify(|known| known.merge(&used)).or_insert(used);
        }
        Ok(())
    }

    /// Whether a link leads to no file, or to no place in a page.
    fn is_broken(&self, (target, fragment): &Link) -> bool {
        self.paths.get(*target as usize).is_some_and(|entry| match fragment {
            _ if !entry.is_written => true,
            Some(name) if entry.path.ends_with(".html") => !self.anchors.contains(&hash(&entry.path, name)),
            _ => false,
        })
    }

    /// The number of `path`, a new one if it has none.
    fn number(&mut self, path: &str) -> u32 {
        if let Some(number) = self.numbers.get(path) {
            return *number;
        }
        let path: Arc<str> = Arc::from(path);
        // A site of four thousand million paths fits on no server.
        let number = u32::try_from(self.paths.len()).unwrap_or(u32::MAX);
        self.paths.push(PathEntry { path: Arc::clone(&path), is_written: false });
        self.numbers.insert(path, number);
        number
    }

    /// The path of `number`, unless it is marked already.
    fn mark_written(&mut self, number: u32) -> Option<Arc<str>> {
        let entry = self.paths.get_mut(number as usize)?;
        (!std::mem::replace(&mut entry.is_written, true)).then(|| Arc::clone(&entry.path))
    }

    /// Adds the folders that the file at `path` lies in. True if no file lay in the innermost before.
    fn add_folders(&mut self, path: &str) -> bool {
        let mut folder = path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if !self.folders.insert(Box::from(parent)) {
                break;
            }
            folder = parent;
        }
        folder != path
    }

    fn add_fault(&mut self, code: &'static str, words: String, page: &Arc<str>) {
        let first = || Use::on(page);
        self.faults.entry((code, words)).and_modify(|place| place.add(page)).or_insert_with(first);
    }

    fn own_faults(&self) -> impl Iterator<Item = Fault> + '_ {
        self.faults.iter().map(|((code, words), place)| Fault::new(code, words.clone(), place))
    }

    fn broken_links(&self) -> impl Iterator<Item = Fault> + '_ {
        self.links.iter().filter(|(link, _)| self.is_broken(link)).filter_map(|((target, fragment), place)| {
            let entry = self.paths.get(*target as usize)?;
            let path = &entry.path;
            Some(match fragment {
                Some(name) if entry.is_written => {
                    let words = format!("a link to `{path}#{name}`, a place that page does not have");
                    Fault::new(code::BROKEN_FRAGMENT, words, place)
                }
                _ => {
                    let words = format!("a link to `{path}`, which is not part of the site");
                    Fault::new(code::BROKEN_LINK, words, place)
                }
            })
        })
    }

    fn files_in_place_of_folders(&self) -> impl Iterator<Item = Fault> + '_ {
        let is_both = |entry: &&PathEntry| entry.is_written && self.folders.contains(&*entry.path);
        self.paths.iter().filter(is_both).map(|entry| {
            let place = Use::on(&entry.path);
            Fault::new(code::DUPLICATE_PATH, "this path is both a file and a folder".to_owned(), &place)
        })
    }
}

/// A number for the anchor `name` of `page`.
fn hash(page: &str, name: &str) -> u64 {
    // The default hasher has fixed keys, so that every run gives the same numbers.
    let mut hasher = DefaultHasher::new();
    (page, name).hash(&mut hasher);
    hasher.finish()
}

/// A fault of the site; faults are ordered by page.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fault {
    page: String,
    code: &'static str,
    words: String,
    n_pages: usize,
}

impl Fault {
    fn new(code: &'static str, words: String, place: &Use) -> Self {
        Self { page: place.page.to_string(), code, words, n_pages: place.n_pages }
    }

    fn diagnostic(&self) -> Diagnostic {
        let others = match self.n_pages {
            1 => String::new(),
            n_pages => format!(" (and on {} more pages)", n_pages - 1),
        };
        let place = Place::InFile { path: self.page.clone(), offset: None };
        Diagnostic::error(self.code, format!("{}{others}", self.words)).at(place).hint(hint(self.code))
    }
}

/// What to do about a fault of this code; its source is a page, a template, a static file or a setting.
fn hint(code: &str) -> &'static str {
    match code {
        code::BROKEN_LINK | code::BROKEN_FRAGMENT => {
            "fix the link where the page comes from: Markdown, template or static file"
        }
        code::BAD_LINK => "write a relative link that names the file: `../about/index.html`",
        code::DUPLICATE_PATH => {
            "rename one of the two: a static file, a page, a report, or one of two symbols that differ only in punctuation"
        }
        code::DUPLICATE_ID => "give one of the elements another id, in the template or static file",
        code::BAD_POLICY => "begin the page as `templates/base.html` does, or extend that template",
        code::INLINE_CODE => "put it into a file under `static/`, and refer to that",
        _ => "look at the file that it comes from under `static/`",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a page begins with to pass.
    const HEAD: &str = "<meta http-equiv=Content-Security-Policy \
                        content=\"default-src 'self'; base-uri 'none'; form-action 'none'\">";

    fn judge(files: &[(&str, &str)]) -> Vec<(&'static str, String, String)> {
        let gate = Gate::new("");
        for (path, text) in files {
            let head = if path.ends_with(".html") { HEAD } else { "" };
            gate.take(&SitePath::new(*path).unwrap(), format!("{head}{text}").as_bytes());
        }
        let page = |place: Option<Place>| match place {
            Some(Place::InFile { path, .. }) => path,
            other => panic!("{other:?}"),
        };
        gate.judge().into_iter().map(|found| (found.code, page(found.place), found.message)).collect()
    }

    fn codes(files: &[(&str, &str)]) -> Vec<&'static str> {
        judge(files).into_iter().map(|fault| fault.0).collect()
    }

    #[test]
    fn a_sound_site_passes_whatever_the_order() {
        let mut files = [
            ("index.html", "<a href=a/index.html#x>"),
            ("a/index.html", "<p id=x><a href=../index.html><link href=../s.css>"),
            ("s.css", "p{background:url(p.svg)}"),
            ("p.svg", "<svg/>"),
        ];
        assert_eq!(judge(&files), []);
        files.reverse();
        assert_eq!(judge(&files), []);
    }

    #[test]
    fn a_broken_link_names_its_first_page_and_counts_the_others() {
        let link = "<a href=../x.html>";
        let found = judge(&[("c/index.html", link), ("a/index.html", link), ("b/index.html", link)]);
        let words = "a link to `x.html`, which is not part of the site (and on 2 more pages)";
        assert_eq!(found, [(code::BROKEN_LINK, "a/index.html".to_owned(), words.to_owned())]);
    }

    #[test]
    fn a_place_must_be_on_its_page() {
        assert_eq!(codes(&[("a.html", "<p id=x><a href=#y>"), ("b.html", "<p id=y>")]), [code::BROKEN_FRAGMENT]);
    }

    #[test]
    fn paths_and_ids_are_unique() {
        let files = [
            ("a.html", ""),
            ("a.html", ""),
            ("b.html", "<p id=x><p id=x>"),
            ("c", ""),
            ("c/d", ""),
            ("e", ""),
            ("e", ""),
        ];
        assert_eq!(
            codes(&files),
            [code::DUPLICATE_PATH, code::DUPLICATE_ID, code::DUPLICATE_PATH, code::DUPLICATE_PATH]
        );
    }

    #[test]
    fn nothing_is_loaded_from_elsewhere() {
        let files = [
            ("a.html", "<script src=https://example.org/x.js></script><a href=https://example.org/>"),
            ("b.css", "@import 'https://example.org/x.css'"),
            ("c.html", "<form action=mailto:a@example.org>"),
        ];
        assert_eq!(codes(&files), [code::INLINE_CODE; 3]);
    }

    #[test]
    fn every_page_is_guarded() {
        let gate = Gate::new("");
        for (path, text) in
            [("a.html", "<p>"), ("words.html", "mine"), ("b.html", &*format!("<link rel=icon href=b.html>{HEAD}"))]
        {
            gate.take(&SitePath::new(path).unwrap(), text.as_bytes());
        }
        let codes: Vec<&str> = gate.judge().iter().map(|fault| fault.code).collect();
        assert_eq!(codes, [code::BAD_POLICY; 2]);
    }

    #[test]
    fn faults_beyond_the_limit_are_counted() {
        let links: String = (0..MAX_DIAGNOSTICS + 7).map(|number| format!("<a href=x{number}.html>")).collect();
        let gate = Gate::new("");
        gate.take(&SitePath::new("a.html").unwrap(), format!("{HEAD}{links}").as_bytes());
        let found = gate.judge();
        assert_eq!(
            (found.len(), found[MAX_DIAGNOSTICS].message.as_str()),
            (MAX_DIAGNOSTICS + 1, "7 more faults in the built site")
        );
    }
}
