//! Depositary turns the United Nations' disarmament reports into a citable archive.
//!
//! The program is a compiler: reports in, records and pages out. Its modules are its stages, and
//! data only flows down: `read` → `parse` → `resolve` → `index` → `render` → `write`.

pub mod base;
pub mod cite;
pub mod config;
pub mod extract;
pub mod index;
pub mod linkify;
pub mod model;
pub mod parse;
pub mod read;
pub mod render;
pub mod resolve;
pub mod serve;
pub mod write;

mod addition;
mod deposit;
mod preview;
mod publication;
mod shard;
mod stages;

pub use addition::{Additions, EditorsLinks};
pub use deposit::bag;
pub use preview::Preview;
pub use publication::{NewRelease, Released, ledger_accept, ledger_status, release};
pub use shard::Tasks;

use base::code;
use base::diagnostic::{Diagnostic, Place, Severity};
use base::progress::Progress;
use base::source::Source;
use cite::Citable;
use config::Config;
use extract::format::Format;
use linkify::{Form, Linked, Mentions};
use model::citation::Citation;
use model::report::{Report, ReportId};
use read::{Inputs, Reading};
use render::{MemorySink, Share, Sink};
use resolve::report_cache::ReportCache;
use resolve::translation::{self, Untranslated};
use stages::Archive;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use write::{CheckSink, Files, Published, Staging, WriteError};

/// A site to be built or checked.
#[derive(Debug, Clone)]
pub struct Request {
    /// The folder with `site.toml`.
    pub root: PathBuf,
    /// The address at which the site will stand, in place of that in the settings.
    pub base_url: Option<String>,
    /// Whether warnings count as errors.
    pub is_strict: bool,
}

/// What a run gave.
#[derive(Debug)]
pub struct Run<T> {
    /// Its product; none if an error is among the diagnostics.
    pub product: Option<T>,
    /// What is wrong with the input, in the order of the stages that found it.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: Vec<Source>,
}

/// Builds a site into `output`. The site that stood there before stays unless this one is without error.
///
/// # Errors
/// If the file system refuses to write. What is wrong with the input is in [`Run::diagnostics`].
pub fn build(request: &Request, output: &Path, progress: &dyn Progress) -> Result<Run<Published>, WriteError> {
    if let Err(WriteError::Refused(diagnostics)) = write::check_exchange(output) {
        return Ok(Run { product: None, diagnostics, sources: Vec::new() });
    }
    let run = compile(request, progress, |archive, render| {
        request.publish(archive, output, progress, |staging| render(staging))
    })?;
    Ok(run.with_remarks())
}

/// Does everything that [`build`] does, but for writing.
///
/// # Errors
/// None of its own; see [`build`].
pub fn check(request: &Request, progress: &dyn Progress) -> Result<Run<()>, WriteError> {
    let run = compile(request, progress, |archive, render| {
        let sink = CheckSink::new(&archive.config);
        render(&sink)?;
        let faults = sink.judge();
        let remarks = if faults.is_empty() { request.accept(sink.remarks()) } else { Err(WriteError::Refused(faults)) };
        Ok(((), remarks?))
    })?;
    let mut run = run.with_remarks();
    if !run.has_error() {
        run.diagnostics.extend(read::differences_from_originals(&request.root, &run.sources));
    }
    Ok(run)
}

impl Request {
    /// Puts what `put` hands over into the place of the site in `output`; gives what was published, with remarks.
    fn publish(
        &self,
        archive: &Archive,
        output: &Path,
        progress: &dyn Progress,
        put: impl FnOnce(&Staging) -> Result<(), WriteError>,
    ) -> Result<(Published, Vec<Diagnostic>), WriteError> {
        let staging = Staging::open(&self.root, output, &archive.config)?;
        put(&staging)?;
        progress.begin("write", None);
        let finished = staging.finish()?;
        let remarks = self.accept(finished.remarks())?;
        let n_records = archive.corpus.records().count();
        Ok((Published { n_records, ..finished.publish()? }, remarks))
    }

    /// The stage `read`, by `read`; no settings and inputs if an error was found.
    fn read<T>(
        &self,
        read: impl FnOnce(&Path) -> Reading,
        progress: &dyn Progress,
    ) -> (Run<T>, Option<(Config, Inputs)>) {
        progress.begin("read", None);
        let reading = read(&self.root);
        let mut run = Run { product: None, diagnostics: reading.diagnostics, sources: Vec::new() };
        run.make_strict(self.is_strict);
        let Some((mut config, inputs)) = reading.site else { return (run, None) };
        config.base_url = self.base_url.clone().unwrap_or(config.base_url);
        if run.has_error() {
            run.sources = inputs.reports.into_iter().map(|file| file.source).collect();
            return (run, None);
        }
        (run, Some((config, inputs)))
    }

    /// The warnings of a site that may be published with them.
    fn accept(&self, mut remarks: Vec<Diagnostic>) -> Result<Vec<Diagnostic>, WriteError> {
        if remarks.is_empty() || !self.is_strict {
            return Ok(remarks);
        }
        remarks.iter_mut().for_each(|remark| remark.severity = Severity::Error);
        Err(WriteError::Refused(remarks))
    }
}

/// Builds a site that no folder holds.
///
/// # Errors
/// None of its own; see [`build`].
pub fn build_in_memory(request: &Request, progress: &dyn Progress) -> Result<Run<Files>, WriteError> {
    compile(request, progress, |archive, render| {
        let sink = MemorySink::default();
        render(&sink)?;
        write::judged(&archive.config, sink.into_files())
    })
}

/// Resolves a site whose files are made when they are asked for. Reports that `cache` has and that did not change since
/// are not resolved again.
#[must_use]
pub fn preview(request: &Request, cache: &mut ReportCache, progress: &dyn Progress) -> Run<Preview> {
    let (mut run, archive) = resolved(request, cache, progress);
    let Some(mut archive) = archive else { return run };
    // The whole site as one file is made by a build alone, so that no page may lead to it.
    archive.config.publish.zip = false;
    run.diagnostics.extend(archive.judge());
    run.sources = archive.corpus.sources.iter().map(|source| Source::clone(source)).collect();
    if !run.has_error() {
        run.product = Some(Preview::new(archive));
    }
    run
}

/// Makes a new site in `folder`, with one sample report, and gives the paths of its files.
///
/// # Errors
/// If the file system refuses. A folder that is not empty is told in [`Run::diagnostics`].
pub fn init(folder: &Path) -> Result<Run<Vec<&'static str>>, WriteError> {
    let mut run = Run { product: None, diagnostics: Vec::new(), sources: Vec::new() };
    run.take(write::put_starter(folder))?;
    Ok(run)
}

/// A document that was made a report.
#[derive(Debug, Clone)]
pub struct Added {
    /// The report, with its records.
    pub report: Arc<Report>,
    /// The format of the document; none for a text.
    pub format: Option<Format>,
    /// What its editors linked beside what was found; none where they linked nothing.
    pub linked: Option<EditorsLinks>,
    /// The files of the report, below the site's root.
    pub files: Vec<PathBuf>,
}

/// Makes reports of documents: keeps each as it is, and writes its text and what its masthead says beside it.
///
/// # Errors
/// If the file system refuses to write. A document that cannot be added is told in [`Run::diagnostics`], and nothing is
/// written then.
pub fn add(request: &Request, additions: &Additions) -> Result<Run<Vec<Added>>, WriteError> {
    let reading = read::read(&request.root);
    let mut run = Run { product: None, diagnostics: reading.diagnostics, sources: Vec::new() };
    run.diagnostics.retain(Diagnostic::is_error);
    let Some((config, inputs)) = reading.site else { return Ok(run) };
    let (documents, found) = read::read_documents(&additions.paths);
    run.diagnostics.extend(found);
    let grammars = stages::Grammars::new(&inputs.reference, &config);
    let (drafts, found) = addition::drafts(&documents, additions, &inputs, &config.languages, &grammars);
    run.sources = documents.iter().map(|document| document.source.clone()).collect();
    run.diagnostics.extend(found);
    if run.has_error() {
        return Ok(run);
    }
    if !additions.is_dry_run {
        let files: Vec<_> = drafts.iter().flat_map(|draft| &draft.files).collect();
        write::put_new_files(&request.root, &files)?;
    }
    let added = drafts.into_iter().zip(&documents).map(|(draft, document)| Added {
        report: draft.report,
        linked: addition::linked(document),
        format: document.published.as_ref().map(|published| published.extraction.format),
        files: draft.files.into_iter().map(|(path, _)| path).collect(),
    });
    run.product = Some(added.collect());
    Ok(run)
}

/// Hands every file of the site to a sink.
type Render<'a> = &'a dyn Fn(&dyn Sink) -> Result<(), WriteError>;

/// The stages in order; `finish` is given the last but one, and makes the product.
fn compile<T>(
    request: &Request,
    progress: &dyn Progress,
    finish: impl FnOnce(&Archive, Render<'_>) -> Result<T, WriteError>,
) -> Result<Run<T>, WriteError> {
    let (mut run, archive) = resolved(request, &mut ReportCache::default(), progress);
    let Some(archive) = archive else { return Ok(run) };
    run.diagnostics.extend(archive.judge());
    if !run.has_error() {
        let product = finish(&archive, &|sink| stages::render_site(&archive, Share::All, sink, progress).map(drop));
        run.take(product)?;
    }
    run.sources = archive.corpus.into_sources();
    Ok(run)
}

/// The stages up to `index`; no archive if an error was found.
fn resolved<T>(request: &Request, cache: &mut ReportCache, progress: &dyn Progress) -> (Run<T>, Option<Archive>) {
    let (mut run, site) = request.read(read::read, progress);
    let Some((config, mut inputs)) = site else { return (run, None) };
    let (corpus, found) = stages::corpus(&mut inputs, &config, cache, progress);
    run.diagnostics.extend(found);
    run.make_strict(request.is_strict);
    if run.has_error() {
        run.sources = corpus.into_sources();
        return (run, None);
    }
    (run, Some(Archive::new(corpus, config, inputs)))
}

/// What can be cited of a site under each of `ids`: record and report ids, symbols of resolutions and reports, codes of
/// States; everything where there are none. An id that nothing has gives an error; warnings on the site are left out.
#[must_use]
pub fn cite(request: &Request, ids: &[String], progress: &dyn Progress) -> Run<Vec<Citable>> {
    let (mut run, archive) = resolved(request, &mut ReportCache::default(), progress);
    run.diagnostics.retain(Diagnostic::is_error);
    if let Some(archive) = archive {
        let (found, faults) = stages::citables(&archive, ids);
        run.product = Some(found);
        run.diagnostics.extend(faults);
    }
    run
}

/// The texts of each report that have no translation into `language`, each text once; warnings on the site are left out.
#[must_use]
pub fn untranslated(
    request: &Request,
    language: &str,
    progress: &dyn Progress,
) -> Run<Vec<(ReportId, Vec<Untranslated>)>> {
    let (mut run, archive) = resolved(request, &mut ReportCache::default(), progress);
    run.diagnostics.retain(Diagnostic::is_error);
    let Some(archive) = archive else { return run };
    if archive.config.languages.iter().any(|own| own == language) {
        run.product = Some(translation::untranslated(&archive.corpus, language));
    } else {
        let message = format!("the site has no pages in `{language}`");
        let unknown = Diagnostic::error(code::BAD_LANGUAGE, message);
        run.diagnostics.push(unknown.hint("add the language to `languages` in site.toml, or name one that is there"));
    }
    run
}

/// A paper in which citations are to be linked.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The file.
    pub path: PathBuf,
    /// The form it is written in; none to tell by its name.
    pub form: Option<Form>,
    /// Whether what the archive does not have is to lead to the official document.
    pub is_official: bool,
    /// Which citations of a document become links.
    pub mentions: Mentions,
    /// Whether the file is changed.
    pub is_written: bool,
}

/// Links the citations of a paper to the pages of a site. [`Run::sources`] is the paper.
///
/// # Errors
/// If the file system refuses to write the paper.
pub fn linkify(request: &Request, paper: &Paper, progress: &dyn Progress) -> Result<Run<Linked>, WriteError> {
    let (mut run, archive) = resolved(request, &mut ReportCache::default(), progress);
    run.diagnostics.retain(Diagnostic::is_error);
    let Some(archive) = archive else { return Ok(run) };
    let (sources, found) = read::read_files(std::slice::from_ref(&paper.path));
    run.sources = sources;
    run.diagnostics.extend(found);
    let Some(source) = run.sources.first() else { return Ok(run) };
    let fault = if paper.is_written { stages::cannot_link(source, &archive.config) } else { None };
    run.diagnostics.extend(fault);
    if run.has_error() {
        return Ok(run);
    }
    let linked = match stages::linkify(&archive, source, paper) {
        Ok(linked) => linked,
        Err(fault) => {
            run.diagnostics.push(*fault);
            return Ok(run);
        }
    };
    if paper.is_written && linked.text != source.text {
        write::replace_file(&paper.path, linked.text.as_bytes())?;
    }
    run.product = Some(linked);
    Ok(run)
}

/// The files that are part of the program, by their place in a site that has its own.
#[must_use]
pub fn built_in_files() -> BTreeMap<String, &'static [u8]> {
    read::built_in_files().collect()
}

/// Reads and parses files, in the order given, with the settings of the site that `folder` belongs to: those of the
/// nearest `site.toml` in it or above it, or neutral ones where there is none.
#[must_use]
pub fn parse_files(paths: &[PathBuf], folder: &Path) -> Run<Vec<Arc<Report>>> {
    let config = match read::nearest_settings(folder) {
        Ok(config) => config,
        Err(diagnostics) => return Run { product: None, diagnostics, sources: Vec::new() },
    };
    let (documents, mut diagnostics) = read::read_documents(paths);
    let sources: Vec<Source> = documents.into_iter().map(|document| document.source).collect();
    let ids = read::ids_from_names(&sources);
    let (reports, found) = stages::loose_reports(&ids, &sources, &config);
    diagnostics.extend(found);
    Run { product: Some(reports), diagnostics, sources }
}

/// One record a line as JSON, in the records contract; `sources` are those of the run that gave `report`.
///
/// # Errors
/// If a record cannot be written as JSON, which no text can cause.
pub fn record_lines(report: &Report, sources: &[Source]) -> Result<Vec<String>, serde_json::Error> {
    stages::record_lines(report, sources)
}

/// Reads files outside any site and finds the citations in each, in the order of their places.
#[must_use]
pub fn find_citations(paths: &[PathBuf]) -> Run<Vec<Vec<Citation>>> {
    let (documents, diagnostics) = read::read_documents(paths);
    let sources: Vec<Source> = documents.into_iter().map(|document| document.source).collect();
    let citations = sources.iter().map(|source| stages::find_citations(&source.text)).collect();
    Run { product: Some(citations), diagnostics, sources }
}

impl<T> Run<(T, Vec<Diagnostic>)> {
    /// The run with what is said of its product among the diagnostics.
    fn with_remarks(mut self) -> Run<T> {
        let (product, remarks) = self.product.unzip();
        self.diagnostics.extend(remarks.into_iter().flatten());
        Run { product, diagnostics: self.diagnostics, sources: self.sources }
    }
}

impl<T> Run<T> {
    /// Whether an error is among the diagnostics.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Makes errors of all warnings so far, if `is_strict`.
    fn make_strict(&mut self, is_strict: bool) {
        let is_warning = |diagnostic: &&mut Diagnostic| is_strict && diagnostic.severity == Severity::Warning;
        for diagnostic in self.diagnostics.iter_mut().filter(is_warning) {
            diagnostic.severity = Severity::Error;
        }
    }

    /// What was found, or none, its faults then being among the diagnostics.
    fn keep<P>(&mut self, found: Result<P, Vec<Diagnostic>>) -> Option<P> {
        found.map_err(|faults| self.diagnostics.extend(faults)).ok()
    }

    /// Keeps a product, or the diagnostics in its place.
    fn take(&mut self, product: Result<T, WriteError>) -> Result<(), WriteError> {
        match product {
            Ok(product) => self.product = Some(product),
            Err(WriteError::Refused(faults)) => self.diagnostics.extend(faults),
            Err(other) => return Err(other),
        }
        Ok(())
    }

    /// The text of the file that `place` names, if it was read.
    #[must_use]
    pub fn source(&self, place: &Place) -> Option<&Source> {
        match place {
            Place::InSource(id, _) => self.sources.get(id.0),
            _ => None,
        }
    }
}
