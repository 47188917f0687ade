//! What the last build into an output folder was made of and what it left there, so that work need not be done twice.
//!
//! A receipt stands beside the output folder (`.public.receipt` for `public`). Invariants: it is believed only while
//! every file of the output folder has the length and the time of change that the build left, so that a folder that
//! was touched since is made anew; it can be removed at any time; it is never part of the site.

use super::WriteError;
use super::lock::OutputLock;
use super::made::{Made, MadePage, PAGES};
use super::manifest::{ManifestEntry, digest, entries_of, lengths, manifest_in};
use super::own::KeptFile;
use super::place::{allowed_output, beside};
use super::seal::seal;
use super::staging::Published;
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::path::SitePath;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::base::story::stories;
use crate::render::MadeOf;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The first member of a receipt, with the version of its form.
const FORM: &str = "depositary receipt 3";

/// The file.
const RECEIPT: KeptFile = KeptFile { purpose: "receipt", beginning: r#"{"form":"depositary receipt "# };

/// Most diagnostics that are kept; a site with more is built again each time.
const MAX_DIAGNOSTICS: usize = 200;

/// What stands in the file, as JSON.
#[derive(Debug, Serialize, Deserialize)]
struct Receipt {
    form: String,
    /// What the site was made of.
    key: String,
    /// What was left in the output folder.
    seal: String,
    max_bytes: u64,
    /// The texts that the diagnostics point into, each once, as the next run does not read the files.
    texts: Vec<String>,
    diagnostics: Vec<KeptDiagnostic>,
}

/// A diagnostic of the build.
#[derive(Debug, Serialize, Deserialize)]
struct KeptDiagnostic {
    is_note: bool,
    code: String,
    message: String,
    place: Option<KeptPlace>,
    hint: Option<String>,
}

/// A place in the input.
#[derive(Debug, Serialize, Deserialize)]
enum KeptPlace {
    File {
        path: String,
        offset: Option<usize>,
    },
    Table {
        path: String,
        row: u64,
        column: Option<String>,
        offset: Option<usize>,
        text: String,
        start: usize,
        end: usize,
    },
    Text {
        path: String,
        /// Which of the texts of the receipt.
        text: usize,
        start: usize,
        end: usize,
    },
}

/// The texts that diagnostics point into, as they are gathered.
#[derive(Default)]
struct Texts<'a>(Vec<&'a str>);

impl<'a> Texts<'a> {
    /// The number of `text`, which is told from others by where it stands in memory.
    fn number(&mut self, text: &'a str) -> usize {
        let known = self.0.iter().position(|known| std::ptr::eq(*known, text));
        known.unwrap_or_else(|| {
            self.0.push(text);
            self.0.len() - 1
        })
    }
}

/// A site that stands as the last build left it.
struct Untouched {
    output: PathBuf,
    receipt: Receipt,
    manifest: String,
    /// The hash of the manifest.
    sha256: String,
}

/// The files of a site that stands as the last build left it.
#[derive(Debug)]
pub(super) struct Standing {
    output: PathBuf,
    /// In the order of their paths.
    entries: Vec<ManifestEntry>,
    /// Its pages by path.
    pages: HashMap<SitePath, MadePage>,
    /// The links in its files by number.
    links: Vec<String>,
}

/// What the last build made and said.
#[derive(Debug)]
pub struct Kept {
    /// The site.
    pub published: Published,
    /// What was said of its input.
    pub diagnostics: Vec<Diagnostic>,
}

/// The key of what a build from `root` would make, and the site in `output` if it is that. Both are looked at side by
/// side; without a `key` no site is known.
///
/// # Errors
/// If a site may not be written there, or another build is writing there.
pub fn kept<K: AsRef<str> + Send>(
    root: &Path,
    output: &Path,
    key: impl FnOnce() -> Option<K> + Send,
) -> Result<(Option<K>, Option<Kept>), WriteError> {
    let output = allowed_output(root, output)?;
    let is_there = RECEIPT.is_beside(&output);
    // Another build that holds the lock may be about to exchange the site.
    let _lock = is_there.then(|| OutputLock::take(&output)).transpose()?;
    // What a broken-off build left beside the site is removed by the next whole one.
    let is_clean = ["staging", "old"].iter().all(|name| fs::symlink_metadata(beside(&output, name)).is_err());
    let (key, untouched) = rayon::join(key, || Untouched::at(&output).filter(|_| is_clean));
    let is_same = |untouched: &Untouched| key.as_ref().is_some_and(|key| key.as_ref() == untouched.receipt.key);
    let kept = untouched.filter(is_same).and_then(Untouched::into_kept);
    Ok((key, kept))
}

/// Keeps what the build of `key` made and said; `sources` are the texts that `diagnostics` point into.
///
/// A receipt that cannot be written only costs time, so nothing is said of it.
pub fn keep(published: &Published, key: &str, diagnostics: &[Diagnostic], sources: &[Source]) {
    let output = &published.output;
    if diagnostics.len() > MAX_DIAGNOSTICS {
        return;
    }
    // Another build may have begun since, or even have put its own site there.
    let Ok(_lock) = OutputLock::take(output) else { return };
    let seal = manifest_in(output).ok().flatten().and_then(|manifest| Seal::of(output, &manifest));
    let Some(seal) = seal.filter(|seal| seal.manifest == published.sha256).map(|seal| seal.site) else { return };
    let mut texts = Texts::default();
    let kept = |diagnostic| KeptDiagnostic::new(diagnostic, sources, &mut texts);
    let diagnostics = diagnostics.iter().map(kept).collect();
    let texts = texts.0.into_iter().map(str::to_owned).collect();
    let max_bytes = published.max_bytes;
    let receipt = Receipt { form: FORM.to_owned(), key: key.to_owned(), seal, max_bytes, texts, diagnostics };
    if let Ok(bytes) = serde_json::to_vec(&receipt) {
        let _ = published.made.write(output, &receipt.seal);
        let _ = RECEIPT.replace(output, |file| file.write_all(&bytes));
    }
}

/// Says what stands where this would be kept and is somebody else's.
#[must_use]
pub fn remarks(published: &Published) -> Vec<Diagnostic> {
    [RECEIPT, PAGES].iter().flat_map(|kept| kept.remarks(&published.output)).collect()
}

fn read(text: &str) -> Option<Receipt> {
    serde_json::from_str(text).ok().filter(|receipt: &Receipt| receipt.form == FORM)
}

/// Numbers for a site as it stands.
struct Seal {
    /// For its manifest.
    manifest: String,
    /// For the manifest and the files.
    site: String,
}

impl Seal {
    /// The seal of the site in `folder`, whose manifest is `manifest`. None if a file is missing or is no plain file.
    fn of(folder: &Path, manifest: &str) -> Option<Self> {
        let paths: Vec<&str> = lengths(manifest)?.map(|(path, _)| path).collect();
        let (manifest, files) = rayon::join(|| digest(manifest), || seal(folder, &paths));
        Some(Self { site: digest(&format!("{manifest}{}", files?)), manifest })
    }
}

impl Untouched {
    /// The site that stands at `output`, if it is untouched since the build that left its receipt.
    fn at(output: &Path) -> Option<Self> {
        let receipt = read(&RECEIPT.read(output)?)?;
        let manifest = manifest_in(output).ok()??;
        let seal = Seal::of(output, &manifest)?;
        let is_untouched = seal.site == receipt.seal;
        is_untouched.then(|| Self { output: output.to_owned(), receipt, manifest, sha256: seal.manifest })
    }

    fn into_kept(self) -> Option<Kept> {
        let texts: Vec<Arc<str>> = self.receipt.texts.into_iter().map(Arc::from).collect();
        let kept = self.receipt.diagnostics.into_iter();
        let diagnostics: Option<Vec<Diagnostic>> = kept.map(|kept| kept.into_diagnostic(&texts)).collect();
        let published = Published::of(self.output, &self.manifest, self.sha256, self.receipt.max_bytes);
        Some(Kept { published, diagnostics: diagnostics? })
    }
}

impl Standing {
    /// The site that stands at `output`, if it is untouched since the build that left its receipt.
    pub(super) fn at(output: &Path) -> Option<Self> {
        let Untouched { output, manifest, receipt, .. } = Untouched::at(output)?;
        let mut made = Made::read(&output, &receipt.seal).unwrap_or_default();
        let links = std::mem::take(&mut made.links);
        Some(Self { output, entries: entries_of(&manifest)?, pages: made.into_pages(), links })
    }

    /// The paths that its files lead to.
    pub(super) fn linked(&self) -> impl Iterator<Item = &str> {
        self.links.iter().map(String::as_str).filter(|link| !link.is_empty() && !link.contains('#'))
    }

    /// The page at `path`, if it was made of `made_of`.
    pub(super) fn page(&self, path: &SitePath, made_of: MadeOf) -> Option<&MadePage> {
        self.pages.get(path).filter(|page| page.made_of == made_of)
    }

    /// The files of a page of this site.
    pub(super) fn files(&self, page: &MadePage) -> Option<Vec<&ManifestEntry>> {
        page.paths.iter().map(|path| self.entry(path)).collect()
    }

    /// The links to places that a page of this site has.
    pub(super) fn places<'a>(&'a self, page: &'a MadePage) -> Option<Vec<&'a str>> {
        page.places.iter().map(|number| self.links.get(*number as usize).map(String::as_str)).collect()
    }

    /// Where the file is that `entry` describes, if it is in this site.
    pub(super) fn same(&self, entry: &ManifestEntry) -> Option<PathBuf> {
        let known = self.entry(entry.path())?;
        (known == entry).then(|| self.output.join(entry.path().as_str()))
    }

    fn entry(&self, path: &SitePath) -> Option<&ManifestEntry> {
        let at = self.entries.binary_search_by(|entry| entry.path().cmp(path)).ok()?;
        self.entries.get(at)
    }

    /// Where the file at `path` in this site is.
    pub(super) fn file(&self, path: &str) -> PathBuf {
        self.output.join(path)
    }
}

impl KeptDiagnostic {
    fn new<'a>(diagnostic: &'a Diagnostic, sources: &'a [Source], texts: &mut Texts<'a>) -> Self {
        Self {
            is_note: diagnostic.severity == Severity::Note,
            code: diagnostic.code.to_owned(),
            message: diagnostic.message.clone(),
            place: diagnostic.place.as_ref().and_then(|place| KeptPlace::new(place, sources, texts)),
            hint: diagnostic.hint.clone(),
        }
    }

    /// The diagnostic; none if its code is none of this program's.
    fn into_diagnostic(self, texts: &[Arc<str>]) -> Option<Diagnostic> {
        let code = stories().find(|story| story.code == self.code)?.code;
        let severity = if self.is_note { Severity::Note } else { Severity::Warning };
        let place = self.place.map(|place| place.into_place(texts));
        Some(Diagnostic { severity, code, message: self.message, place: place.flatten(), hint: self.hint })
    }
}

impl KeptPlace {
    /// What is kept of `place`; none if its text is not among `sources`.
    fn new<'a>(place: &'a Place, sources: &'a [Source], texts: &mut Texts<'a>) -> Option<Self> {
        let mut in_text = |path: &str, text: &'a str, span: Span| {
            let text = texts.number(text);
            Self::Text { path: path.to_owned(), text, start: span.start, end: span.end }
        };
        Some(match place {
            Place::InSource(id, span) => {
                let source = sources.get(id.0)?;
                in_text(&source.path, &source.text, *span)
            }
            Place::InText { path, text, span } => in_text(path, text, *span),
            Place::InFile { path, offset } => Self::File { path: path.clone(), offset: *offset },
            Place::InTable { path, row, column, offset, text, span } => {
                let (path, column, text) = (path.clone(), column.clone(), text.clone());
                Self::Table { path, row: *row, column, offset: *offset, text, start: span.start, end: span.end }
            }
        })
    }

    /// The place; none if its text is not among `texts`.
    fn into_place(self, texts: &[Arc<str>]) -> Option<Place> {
        Some(match self {
            Self::File { path, offset } => Place::InFile { path, offset },
            Self::Table { path, row, column, offset, text, start, end } => {
                Place::InTable { path, row, column, offset, text, span: Span::new(start, end) }
            }
            Self::Text { path, text, start, end } => {
                Place::InText { path, text: Arc::clone(texts.get(text)?), span: Span::new(start, end) }
            }
        })
    }
}
