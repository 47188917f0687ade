//! `release`: a named edition of the archive, from which on its wordings are kept.

use super::{Failure, Outcome, TellingArguments, counted, day};
use depositary::base::printed::on_one_line;
use depositary::base::progress::Progress;
use depositary::{NewRelease, Request};
use std::path::PathBuf;

/// Arguments of `release`.
#[derive(Debug, clap::Args)]
pub struct ReleaseArguments {
    /// Folder of the site, in which `site.toml` stands
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Day of the release: no clock is read
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: String,
    /// What the edition is called
    #[arg(long, value_name = "NAME", value_parser = line)]
    name: Option<String>,
    /// Why records changed of which neither the ledger nor a correction says why
    #[arg(long, value_name = "TEXT", value_parser = line)]
    reason: Option<String>,
    #[command(flatten)]
    pub telling: TellingArguments,
}

/// Words that stand in one line of a manifest.
fn line(text: &str) -> Result<String, String> {
    let words = on_one_line(text);
    if words.is_empty() { Err("say it in words".to_owned()) } else { Ok(words) }
}

/// Releases a site.
///
/// # Errors
/// If the file system refuses.
pub fn run(arguments: &ReleaseArguments, progress: &dyn Progress) -> Result<Outcome, Failure> {
    let request = Request { root: arguments.root.clone(), base_url: None, is_strict: false };
    let ReleaseArguments { date, name, reason, .. } = arguments;
    let new = NewRelease { date: date.clone(), name: name.clone(), reason: reason.clone() };
    let mut run = depositary::release(&request, &new, progress)?;
    run.diagnostics.retain(depositary::base::diagnostic::Diagnostic::is_error);
    Ok(Outcome::of(run, |released| {
        let release = &released.release;
        let records = counted(release.n_records, "record", "records");
        let kept = counted(released.n_kept, "wording kept anew", "wordings kept anew");
        format!("edition of {}: {records}, {kept}; manifest {}", release.date, release.sha256())
    }))
}
