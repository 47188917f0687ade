//! A site as a bag for a repository.

use crate::base::diagnostic::Diagnostic;
use crate::write::{Bagged, Deposited, WriteError, built_files, put_bag};
use crate::{Request, Run, read};
use std::path::Path;

/// The folder of a bag in which the built site stands.
const BUILT: &str = "public";

/// Packs a site for deposit as a BagIt bag: what it is built from and, if `built` names one, the site that was built.
///
/// # Errors
/// If the file system refuses. What is wrong with the site, or stands at `bag`, is told in [`Run::diagnostics`], and
/// nothing is written then.
pub fn bag(request: &Request, built: Option<&Path>, bag: &Path) -> Result<Run<Bagged>, WriteError> {
    let reading = read::read(&request.root);
    let (own, found) = read::own_files(&request.root);
    let diagnostics = reading.diagnostics.into_iter().chain(found).filter(Diagnostic::is_error).collect();
    let mut run = Run { product: None, diagnostics, sources: Vec::new() };
    let Some((config, _)) = reading.site else { return Ok(run) };
    if run.has_error() {
        return Ok(run);
    }
    let bagged = || {
        let mut files: Vec<Deposited> = own.into_iter().map(|(name, path)| Deposited { name, path }).collect();
        if let Some(folder) = built {
            files.extend(built_files(folder, BUILT)?);
        }
        put_bag(bag, files, &config)
    };
    run.take(bagged())?;
    Ok(run)
}
