//! What is published of a site: its identifiers, the wordings of its records, and its releases.

use crate::base::progress::Progress;
use crate::cite::Editions;
use crate::model::release::{Occasion, Release};
use crate::resolve::ledger::{self, Accepted, Changes, Difference};
use crate::resolve::report_cache::ReportCache;
use crate::stages::Archive;
use crate::write::{self, WriteError};
use crate::{Request, Run, resolved};

/// How the identifiers of a site differ from its ledger; without a ledger all are new.
#[must_use]
pub fn ledger_status(request: &Request, progress: &dyn Progress) -> Run<Vec<Difference>> {
    let (mut run, archive) = resolved(request, &mut ReportCache::default(), progress);
    let Some(archive) = archive else { return run };
    let published = archive.inputs.ledger.clone().unwrap_or_default();
    run.product = Some(ledger::differences(&archive.identified(), &published));
    run.sources = archive.corpus.into_sources();
    run
}

/// Publishes new identifiers, records what became of published ones, and keeps what the published records say.
///
/// # Errors
/// If the file system refuses to write the ledger. A change that does not fit is in [`Run::diagnostics`], and nothing
/// is written then.
pub fn ledger_accept(
    request: &Request,
    changes: &Changes,
    progress: &dyn Progress,
) -> Result<Run<Accepted>, WriteError> {
    let (mut run, archive) = resolved(request, &mut ReportCache::default(), progress);
    let Some(archive) = archive else { return Ok(run) };
    let published = archive.inputs.ledger.clone().unwrap_or_default();
    match ledger::accept(&published, &archive.identified(), changes) {
        Ok(accepted) => {
            let occasion = Occasion { date: changes.date.clone(), reason: None };
            let Archive { corpus, inputs, .. } = &archive;
            let (versions, _) = ledger::keep(&inputs.versions, &accepted.ledger, corpus, &occasion);
            write::put_ledger(&request.root, &accepted.ledger)?;
            write::put_versions(&request.root, &versions)?;
            run.product = Some(accepted);
        }
        Err(faults) => run.diagnostics.extend(faults),
    }
    run.sources = archive.corpus.into_sources();
    Ok(run)
}

/// A release that an editor asks for.
#[derive(Debug, Clone)]
pub struct NewRelease {
    /// Its day, as ISO 8601.
    pub date: String,
    /// What it is called.
    pub name: Option<String>,
    /// Why records changed for which neither ledger nor corrections have a reason.
    pub reason: Option<String>,
}

/// What a release has.
#[derive(Debug, Clone)]
pub struct Released {
    /// The manifest.
    pub release: Release,
    /// How many wordings were kept that were not kept before.
    pub n_kept: usize,
}

/// Releases a site as it is: keeps what its records say, and writes the manifest of the edition. A site that would not be
/// built is not released; what keeps it from that is in [`Run::diagnostics`], and nothing is written then.
///
/// # Errors
/// If the file system refuses to write.
pub fn release(request: &Request, new: &NewRelease, progress: &dyn Progress) -> Result<Run<Released>, WriteError> {
    let (mut run, archive) = resolved(request, &mut ReportCache::default(), progress);
    let Some(archive) = archive else { return Ok(run) };
    let (corpus, inputs) = (&archive.corpus, &archive.inputs);
    run.diagnostics.extend(archive.judge());
    run.diagnostics.extend(ledger::unready(corpus, inputs.ledger.as_ref(), &inputs.releases, &new.date));
    if let Some(published) = inputs.ledger.as_ref().filter(|_| !run.has_error()) {
        let occasion = Occasion { date: Some(new.date.clone()), reason: new.reason.clone() };
        let (versions, n_kept) = ledger::keep(&inputs.versions, published, corpus, &occasion);
        let editions = Editions::of(corpus);
        let hash = |report: usize| editions.report(report).map(|edition| edition.hash().to_owned());
        let edition = ledger::edition(&versions, published, corpus, (editions.archive().hash(), &hash));
        let occasion = |id: &str| ledger::occasion(id, &versions, published);
        let release = Release::new(&new.date, new.name.as_deref(), &inputs.releases, &edition, occasion);
        // The wordings first: a manifest without them would be refused by the next build.
        write::put_versions(&request.root, &versions)?;
        write::put_release(&request.root, &release)?;
        run.product = Some(Released { release, n_kept });
    }
    run.sources = archive.corpus.into_sources();
    Ok(run)
}
