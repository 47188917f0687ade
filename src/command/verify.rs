//! `verify`: a published folder against its manifests, and saved files against its editions.

use super::{Failure, Outcome, TellingArguments, counted};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArguments {
    /// Folder of a built site
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Saved pages, records as data (`record.json`, `version.json`) or manifests, of which to say the edition
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    pub telling: TellingArguments,
}

/// Compares the files of a built site with its manifests, or says which edition of it each saved file is from.
///
/// # Errors
/// If the folder has no manifest, or a file cannot be read, or `output` refuses.
pub fn run(arguments: &VerifyArguments, output: &mut dyn Write) -> Result<Outcome, Failure> {
    if !arguments.files.is_empty() {
        return saved(arguments, output);
    }
    let verified = depositary::write::verify(&arguments.folder)?;
    let summary = verified.diagnostics.is_empty().then(|| {
        let files = format!("{} files, all as they were built", verified.paths.len());
        match verified.n_releases {
            0 => files,
            number => format!("{files}; {}, all as released", counted(number, "edition", "editions")),
        }
    });
    Ok(Outcome { diagnostics: verified.diagnostics, summary, ..Outcome::default() })
}

fn saved(arguments: &VerifyArguments, output: &mut dyn Write) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    for file in &arguments.files {
        let proof = depositary::write::prove(&arguments.folder, file)?;
        for line in proof.told {
            writeln!(output, "{line}")?;
        }
        outcome.diagnostics.extend(proof.diagnostics);
    }
    Ok(outcome)
}
