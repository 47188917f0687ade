//! A site that several machines make: each stage as tasks, which hand over parts in a folder that all of them see.
//!
//! Invariants: a task gives the same bytes whenever and wherever it runs, and leaves nothing that is half written under
//! its name; no part of another program, content or division is used; pages are made by what `build` makes them with.
//!
//! 1. `parse`, for each part: reports by themselves · 2. `resolve`: all reports together, judged · 3. `render`, for each
//!    part: pages · 4. `finish`: everything else, the gate, the site in its place

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::hash::sha256;
use crate::base::lazy::Lazy;
use crate::base::path::SitePath;
use crate::base::progress::Progress;
use crate::base::source::Source;
use crate::model::ledger::Ledger;
use crate::model::part::{Header, Kind, Part, Row, Stage};
use crate::model::release::Chain;
use crate::model::report::Report;
use crate::model::wording::Versions;
use crate::read::part::{PartFile, parts};
use crate::read::{self, Inputs, ReportFile};
use crate::render::Share;
use crate::resolve::Corpus;
use crate::resolve::report_cache::{Resolved, numbered};
use crate::stages::{self, Archive, Derived};
use crate::write::{self, PartSink, PartWriter, Published, Staging, WriteError};
use crate::{Request, Run};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What all tasks of a site are given.
#[derive(Debug, Clone)]
pub struct Tasks {
    /// The site.
    pub request: Request,
    /// The folder of the parts.
    pub folder: PathBuf,
}

impl Tasks {
    /// Parses the reports of `part`; gives the file.
    ///
    /// # Errors
    /// If the file system refuses to write.
    pub fn parse(&self, part: Part, progress: &dyn Progress) -> Result<Run<PathBuf>, WriteError> {
        progress.begin("read", None);
        let reading = read::read_part(&self.request.root, part);
        let mut run = Run { product: None, diagnostics: reading.diagnostics, sources: Vec::new() };
        // What is not of these reports alone is told by `resolve`.
        run.diagnostics.retain(Diagnostic::is_error);
        let Some(content) = run.keep(self.content()) else { return Ok(run) };
        let Some((config, inputs)) = reading.site.filter(|_| !run.has_error()) else { return Ok(run) };
        let resolved = stages::reports_alone(&inputs.reports, &inputs.reference, &config, progress);
        progress.begin("write", None);
        let mut writer = PartWriter::create(&self.folder, Header::new(Stage::Parse, part, content))?;
        for (file, (report, diagnostics)) in inputs.reports.iter().zip(resolved) {
            let n_records = report.records.len();
            let payload = encoded(&(&file.source.sha256, &*report, diagnostics));
            writer.put(Row::new(Kind::Report, file.source.path.clone(), n_records, payload))?;
        }
        run.product = Some(writer.finish()?);
        Ok(run)
    }

    /// Resolves the reports of all parts; gives the file.
    ///
    /// # Errors
    /// If the file system refuses to write.
    pub fn resolve(&self, progress: &dyn Progress) -> Result<Run<PathBuf>, WriteError> {
        let (mut run, site) = self.request.read(read::read, progress);
        let Some(content) = run.keep(self.content()) else { return Ok(run) };
        let Some((config, mut inputs)) = site else { return Ok(run) };
        progress.begin("parts", None);
        let parsed = parts(&self.folder, Stage::Parse, Some(&content)).and_then(|parts| parsed(&parts, &inputs));
        let Some(resolved) = run.keep(parsed) else { return Ok(run) };
        progress.begin("resolve", None);
        let sources: Vec<Source> = inputs.reports.drain(..).map(|file| file.source).collect();
        let reference = std::mem::take(&mut inputs.reference);
        let (corpus, found) = stages::reports_together(sources, resolved, reference, &inputs);
        run.diagnostics.extend(found);
        run.make_strict(self.request.is_strict);
        let archive = Archive::new(corpus, config, inputs);
        if !run.has_error() {
            run.diagnostics.extend(archive.judge());
        }
        if !run.has_error() {
            progress.begin("write", None);
            run.product = Some(self.hand_over(&archive, &content)?);
        }
        run.sources = archive.corpus.into_sources();
        Ok(run)
    }

    /// Writes the whole archive as the part of `resolve`.
    fn hand_over(&self, archive: &Archive, content: &str) -> Result<PathBuf, WriteError> {
        let header = Header::new(Stage::Resolve, Part::WHOLE, content.to_owned());
        let mut writer = PartWriter::create(&self.folder, header)?;
        let Archive { corpus, derived, .. } = archive;
        for report in &corpus.reports {
            let payload = encoded(&(corpus.sources.get(report.source.0), &**report));
            writer.put(Row::new(Kind::Report, report.id.0.clone(), report.records.len(), payload))?;
        }
        let Corpus { reference, translations, works, .. } = corpus;
        let shared = encoded(&(reference, translations, works, derived, PageInputs::of(archive)));
        writer.put(Row::new(Kind::Site, String::new(), corpus.reports.len(), shared))?;
        writer.finish()
    }

    /// Makes the pages of `part`; gives the file.
    ///
    /// # Errors
    /// If the file system refuses to write.
    pub fn render(&self, part: Part, progress: &dyn Progress) -> Result<Run<PathBuf>, WriteError> {
        let (mut run, site) = self.request.read(read::read_interface, progress);
        run.diagnostics.retain(Diagnostic::is_error);
        let Some(content) = run.keep(self.content()) else { return Ok(run) };
        let Some((config, mut inputs)) = site else { return Ok(run) };
        let Some(HandedOver { corpus, derived, page_inputs, hash }) = run.keep(self.handed_over(&content)) else {
            return Ok(run);
        };
        page_inputs.complete(&mut inputs);
        let mut archive = Archive::with_derived(corpus, derived, config, inputs);
        let sink = PartSink::create(&self.folder, Header::new(Stage::Render, part, hash), &archive.config)?;
        let made = stages::render_part(&mut archive, part, &sink, progress).and_then(|()| sink.finish());
        run.take(made)?;
        Ok(run)
    }

    /// Makes of all parts the site in `output`, as `build` does.
    ///
    /// # Errors
    /// If the file system refuses to write.
    pub fn finish(&self, output: &Path, progress: &dyn Progress) -> Result<Run<Published>, WriteError> {
        if let Err(WriteError::Refused(diagnostics)) = write::check_exchange(output) {
            return Ok(Run { product: None, diagnostics, sources: Vec::new() });
        }
        let (mut run, resolved) = self.whole(progress);
        let Some((archive, hash)) = resolved else { return Ok(run.with_remarks()) };
        let Some(rendered) = run.keep(parts(&self.folder, Stage::Render, Some(&hash))) else {
            return Ok(run.with_remarks());
        };
        let published = self.request.publish(&archive, output, progress, |staging| {
            stages::render_site(&archive, Share::Whole, staging, progress)?;
            progress.begin("parts", Some(rendered.len()));
            rendered.par_iter().try_for_each(|part| {
                put_part(part, staging)?;
                progress.step();
                Ok(())
            })
        });
        run.take(published)?;
        Ok(run.with_remarks())
    }

    /// The archive that `resolve` handed over, unpacked and with all that a site has beside it, and the hash of it.
    fn whole<T>(&self, progress: &dyn Progress) -> (Run<T>, Option<(Archive, String)>) {
        let (mut run, site) = self.request.read(read::read, progress);
        run.diagnostics.retain(Diagnostic::is_error);
        let Some(content) = run.keep(self.content()) else { return (run, None) };
        let Some((config, mut inputs)) = site else { return (run, None) };
        let handed_over = self.handed_over(&content).and_then(|of| of.unpacked(&std::mem::take(&mut inputs.reports)));
        let Some(HandedOver { corpus, derived, hash, .. }) = run.keep(handed_over) else { return (run, None) };
        (run, Some((Archive::with_derived(corpus, derived, config, inputs), hash)))
    }

    /// The hash of what the site is built from, and at which address.
    fn content(&self) -> Result<String, Vec<Diagnostic>> {
        let files = read::content_hash(&self.request.root)?;
        Ok(sha256(format!("{files} {:?}", self.request.base_url).as_bytes()))
    }

    /// What `resolve` handed over for a site of `content`.
    fn handed_over(&self, content: &str) -> Result<HandedOver, Vec<Diagnostic>> {
        handed_over(&parts(&self.folder, Stage::Resolve, Some(content))?)
    }
}

/// What `resolve` hands over.
struct HandedOver {
    corpus: Corpus,
    derived: Derived,
    page_inputs: PageInputs,
    /// The hash of all that.
    hash: String,
}

/// What pages need beside the archive: what was published and changed, and the names of the files beside them.
#[derive(Serialize, Deserialize)]
struct PageInputs {
    ledger: Option<Ledger>,
    versions: Versions,
    releases: Chain,
    static_files: Vec<String>,
}

impl PageInputs {
    /// Of `archive`: nothing of what was published and never changed.
    fn of(archive: &Archive) -> Self {
        let Inputs { ledger, releases, static_files, .. } = &archive.inputs;
        let changed = |ledger: &Ledger| {
            let told = ledger.iter().filter(|(_, entry)| entry.tells_of_a_change());
            told.map(|(id, entry)| (id.clone(), entry.clone())).collect()
        };
        let versions = archive.histories();
        Self {
            ledger: ledger.as_ref().map(changed),
            releases: releases.only(|id| versions.contains_key(id)),
            versions,
            static_files: static_files.keys().cloned().collect(),
        }
    }

    /// Puts it into `inputs`; files are empty, as pages ask for no more than their names.
    fn complete(self, inputs: &mut Inputs) {
        let Self { ledger, versions, releases, static_files } = self;
        (inputs.ledger, inputs.versions, inputs.releases) = (ledger, versions, releases);
        inputs.static_files = static_files.into_iter().map(|name| (name, Vec::new())).collect();
    }
}

impl HandedOver {
    /// The same, unpacked, if its texts are still those of `files`.
    fn unpacked(mut self, files: &[ReportFile]) -> Result<Self, Vec<Diagnostic>> {
        self.corpus.unpack();
        let mut texts = files.iter().zip(&self.corpus.sources);
        match texts.find(|(file, text)| file.source.sha256 != text.sha256) {
            Some((file, _)) => Err(vec![changed(&file.source)]),
            None => Ok(self),
        }
    }
}

/// The reports of all parts in the order of those of `inputs`, each with what is doubtful about it.
fn parsed(parts: &[PartFile], inputs: &Inputs) -> Result<Vec<Resolved>, Vec<Diagnostic>> {
    let mut by_path: BTreeMap<String, (String, Resolved)> = BTreeMap::new();
    for part in parts {
        for row in part.rows() {
            let row = row.map_err(|fault| vec![*fault])?;
            let (sha256, report, diagnostics): (String, Report, Vec<Diagnostic>) = decoded(part, &row)?;
            by_path.insert(row.name, (sha256, (Arc::new(report), diagnostics)));
        }
    }
    let of_file = |file: &ReportFile| match by_path.remove(&file.source.path) {
        Some((sha256, resolved)) if sha256 == file.source.sha256 && resolved.0.meta == file.meta => {
            Ok(numbered(resolved, file.source.id))
        }
        _ => Err(vec![changed(&file.source)]),
    };
    inputs.reports.iter().map(of_file).collect()
}

fn changed(source: &Source) -> Diagnostic {
    let fault = Diagnostic::error(code::FOREIGN_PART, "the text is no longer the one that was parsed");
    let place = Place::InFile { path: source.path.clone(), offset: None };
    fault.at(place).hint("remove the parts, and run all tasks again")
}

/// What the part of `resolve` has.
fn handed_over(parts: &[PartFile]) -> Result<HandedOver, Vec<Diagnostic>> {
    let (mut sources, mut reports, mut shared, mut hashes) = (Vec::new(), Vec::new(), None, String::new());
    for part in parts {
        hashes.push_str(&part.header.content);
        for row in part.rows() {
            let row = row.map_err(|fault| vec![*fault])?;
            hashes.push_str(&row.sha256);
            if row.kind == Kind::Site {
                shared = Some(decoded(part, &row)?);
                continue;
            }
            let (source, report): (Option<Lazy<Source>>, Report) = decoded(part, &row)?;
            sources.push(source.ok_or_else(|| vec![*part.broken("a report without a text")])?);
            reports.push(Arc::new(report));
        }
    }
    let lost = || parts.iter().map(|part| *part.broken("what all reports share is missing")).collect::<Vec<_>>();
    let (reference, translations, works, derived, page_inputs) = shared.ok_or_else(lost)?;
    let corpus = Corpus { sources, reports, reference, translations, works };
    Ok(HandedOver { corpus, derived, page_inputs, hash: sha256(hashes.as_bytes()) })
}

/// Hands the files of `part` to `staging`, and what the gate saw of them.
fn put_part(part: &PartFile, staging: &Staging) -> Result<(), WriteError> {
    let refused = |fault: Box<Diagnostic>| WriteError::Refused(vec![*fault]);
    for row in part.rows() {
        let row = row.map_err(refused)?;
        if row.kind == Kind::Seen {
            staging.merge(&row.payload).map_err(|error| refused(part.broken(&error.to_string())))?;
            continue;
        }
        let path = SitePath::new(row.name).map_err(|error| refused(part.broken(&error.to_string())))?;
        staging.put_seen(path, &row.payload)?;
    }
    Ok(())
}

fn encoded(value: &impl Serialize) -> Vec<u8> {
    #[allow(clippy::expect_used)]
    postcard::to_stdvec(value).expect("what the stages give can be written")
}

fn decoded<T: DeserializeOwned>(part: &PartFile, row: &Row) -> Result<T, Vec<Diagnostic>> {
    postcard::from_bytes(&row.payload).map_err(|error| vec![*part.broken(&format!("`{}`: {error}", row.name))])
}
