//! Documents → reports of a site: their ids, what their mastheads say, and the files to be written.
//!
//! Input: documents as read, and the site they are added to. Output: [`Draft`]s, and what speaks against adding a
//! document. Invariants: no report of the site is written over; nothing is said of a document that it does not say.

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::language::{is_one_language, primary};
use crate::base::path::{is_slug, slug};
use crate::base::source::Source;
use crate::extract::document::Metadata;
use crate::extract::{self, Extraction};
use crate::model::citation::Symbol;
use crate::model::edtf::Edtf;
use crate::model::report::{FrontMatter, Original, Report, ReportId, ReportMeta};
use crate::parse::citation::canonical;
use crate::read::{Loose, Published, ReportFile};
use crate::stages::{Grammars, find_citations};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Documents to be made reports of a site.
#[derive(Debug, Clone, Default)]
pub struct Additions {
    /// The files: published documents or texts.
    pub paths: Vec<PathBuf>,
    /// The id of the report, for one file; else it is made of the document's symbol.
    pub id: Option<String>,
    /// The language of the texts, BCP 47; else it is told by the text.
    pub language: Option<String>,
    /// Whether nothing is written.
    pub is_dry_run: bool,
}

/// A document as a report that is not written yet.
pub(crate) struct Draft {
    /// The report, with its records.
    pub report: Arc<Report>,
    /// Its files by their path below the site's root.
    pub files: Vec<(PathBuf, Vec<u8>)>,
}

/// Makes reports of `documents`, in their order, for a site that has `reports`.
pub(crate) fn drafts(
    documents: &[Loose],
    additions: &Additions,
    reports: &[ReportFile],
    grammars: &Grammars,
) -> (Vec<Draft>, Vec<Diagnostic>) {
    let parse = |document: &Loose| {
        let mut meta = ReportMeta { language: additions.language.clone(), ..ReportMeta::default() };
        let parsed = grammars.parsed(&document.source, &meta);
        complete(&mut meta, document, &parsed.front);
        (meta, parsed)
    };
    let parsed: Vec<_> = documents.par_iter().map(parse).collect();
    let mut shelf = Shelf::of(reports, grammars);
    let (mut drafts, mut diagnostics) = (Vec::new(), Vec::new());
    for (document, (mut meta, parsed)) in documents.iter().zip(parsed) {
        let id = shelf.place(document, &meta, &parsed.language, additions.id.as_deref());
        let id = match id {
            Ok(id) => id,
            Err(fault) => {
                diagnostics.push(fault.at(Place::InFile { path: document.source.path.clone(), offset: None }));
                continue;
            }
        };
        meta.original = document.published.as_ref().map(|published| original(&id, published, &document.source));
        let (report, found) = grammars.reported(id, parsed, meta);
        diagnostics.extend(found);
        match files(&report, document) {
            Ok(files) => drafts.push(Draft { report, files }),
            Err(error) => diagnostics.push(Diagnostic::error(code::NOT_ADDED, error.to_string())),
        }
    }
    (drafts, diagnostics)
}

/// Fills in what the document says of itself: beside its text, else in its masthead.
fn complete(meta: &mut ReportMeta, document: &Loose, front: &FrontMatter) {
    let none = Metadata::default();
    let metadata = document.published.as_ref().map_or(&none, |published| &published.extraction.metadata);
    let or = |said: &Option<String>, printed: &Option<String>| said.clone().or_else(|| printed.clone());
    meta.symbol = or(&metadata.symbol, &front.symbol);
    meta.title = or(&front.title, &metadata.title);
    meta.session = metadata.session.as_ref().and_then(|session| session.parse().ok()).or(front.session);
    meta.agenda_item = or(&metadata.agenda_item, &front.agenda_item);
    let day = |said: &Option<String>| said.as_deref().and_then(Edtf::parse);
    meta.date = day(&metadata.date).or_else(|| front.date.clone());
    meta.adopted = day(&metadata.adopted).or_else(|| front.adopted.clone());
    meta.issuer.clone_from(&metadata.organ);
    meta.original_language = front.original_language.clone().filter(|language| language != "und");
    meta.job_number = or(&metadata.job_number, &front.job_number);
    meta.period = front.period.as_ref().map(|period| period.edtf.clone());
    if let Some(Published { extraction, .. }) = &document.published {
        let name = document.source.path.rsplit('/').next().unwrap_or(&document.source.path);
        meta.origin = Some(format!("extracted from the file {name} ({})", extraction.format.name()));
    }
}

fn original(id: &ReportId, published: &Published, source: &Source) -> Original {
    let Extraction { format, pages, .. } = &published.extraction;
    Original {
        file: format!("{id}.{}", format.extension()),
        sha256: source.sha256.clone(),
        pages: *pages,
        extraction: extract::VERSION,
    }
}

/// What the editors of a document linked in it, beside what is found in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditorsLinks {
    /// The symbols that the editors linked.
    pub n_linked: usize,
    /// Those of them that are not found.
    pub missed: Vec<String>,
}

/// Compares the citations of `document` with what its editors linked; none where they linked nothing.
pub(crate) fn linked(document: &Loose) -> Option<EditorsLinks> {
    let symbols = &document.published.as_ref()?.extraction.metadata.citations;
    if symbols.is_empty() {
        return None;
    }
    let linked: BTreeSet<Symbol> = symbols.iter().map(|symbol| canonical(symbol)).collect();
    let found = find_citations(&document.source.text).into_iter().map(|citation| citation.symbol);
    let found: BTreeSet<Symbol> = found.collect();
    let missed = linked.difference(&found).map(ToString::to_string).collect();
    Some(EditorsLinks { n_linked: linked.len(), missed })
}

/// The original, the text, and what is known of it.
fn files(report: &Report, document: &Loose) -> Result<Vec<(PathBuf, Vec<u8>)>, toml::ser::Error> {
    let path = |folder: &str, name: &str| PathBuf::from("content").join(folder).join(name);
    let mut files = Vec::with_capacity(3);
    if let (Some(original), Some(published)) = (&report.meta.original, &document.published) {
        files.push((path("originals", &original.file), published.bytes.clone()));
    }
    files.push((path("reports", &format!("{}.txt", report.id)), document.source.text.clone().into_bytes()));
    let meta = toml::to_string(&report.meta)?;
    files.push((path("reports", &format!("{}.toml", report.id)), meta.into_bytes()));
    Ok(files)
}

/// What a site has, so that no document is added twice.
struct Shelf {
    /// Languages by id.
    languages: BTreeMap<String, String>,
    /// Ids by the hash of a document or text.
    by_hash: BTreeMap<String, String>,
}

impl Shelf {
    fn of(reports: &[ReportFile], grammars: &Grammars) -> Self {
        let language = |file: &ReportFile| grammars.language(&file.source, &file.meta);
        let languages = reports.iter().map(|file| (file.id.0.clone(), language(file))).collect();
        let hashes = reports.iter().flat_map(|file| {
            let original = file.meta.original.as_ref().map(|original| original.sha256.clone());
            original.into_iter().chain([file.source.sha256.clone()]).map(|hash| (hash, file.id.0.clone()))
        });
        Self { languages, by_hash: hashes.collect() }
    }

    /// A free id for a document in `language`: the one asked for, else one made of its symbol.
    fn place(
        &mut self,
        document: &Loose,
        meta: &ReportMeta,
        language: &str,
        asked: Option<&str>,
    ) -> Result<ReportId, Box<Diagnostic>> {
        let refuse =
            |message: String, hint: &str| Err(Box::new(Diagnostic::error(code::NOT_ADDED, message).hint(hint)));
        if let Some(other) = self.by_hash.get(&document.source.sha256) {
            return refuse(format!("this document is the report `{other}` already"), "there is nothing to add");
        }
        let id = match (asked, meta.symbol.as_deref().map(slug)) {
            (Some(id), _) if !is_slug(id) => {
                return refuse(format!("`{id}` cannot be an id"), "use lower-case letters, digits and single hyphens");
            }
            (Some(id), _) => self.in_language(id.to_owned(), language),
            (None, Some(id)) if !id.is_empty() => self.in_language(id, language),
            _ => return refuse("no symbol is printed on this document".to_owned(), "give it an id with `--id`"),
        };
        if self.languages.contains_key(&id) {
            return refuse(format!("there is a report `{id}` already"), "give this one another id with `--id`");
        }
        self.by_hash.insert(document.source.sha256.clone(), id.clone());
        self.languages.insert(id.clone(), language.to_owned());
        Ok(ReportId(id))
    }

    /// `id`; where a report in another language has it, that of a further expression of its work.
    fn in_language(&self, id: String, language: &str) -> String {
        match self.languages.get(&id) {
            Some(other) if !is_one_language(other, language) => ReportId::of_expression(&id, primary(language)).0,
            _ => id,
        }
    }
}
