//! `verify`: a published folder against its manifest.

use super::{Failure, Outcome, TellingArguments};
use std::path::PathBuf;

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArguments {
    /// Folder of a built site
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    pub telling: TellingArguments,
}

/// Compares the files of a built site with its manifest.
///
/// # Errors
/// If the folder has no manifest, or a file cannot be read.
pub fn run(arguments: &VerifyArguments) -> Result<Outcome, Failure> {
    let verified = depositary::write::verify(&arguments.folder)?;
    let summary =
        verified.diagnostics.is_empty().then(|| format!("{} files, all as they were built", verified.paths.len()));
    Ok(Outcome { diagnostics: verified.diagnostics, summary, ..Outcome::default() })
}
