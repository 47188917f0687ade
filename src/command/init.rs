//! `init`: a new site.

use super::{Failure, Outcome, TellingArguments};
use std::path::PathBuf;

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub struct InitArguments {
    /// Folder of the new site; it must be empty (but for `.git`) or not there yet
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    pub telling: TellingArguments,
}

/// Makes the site.
///
/// # Errors
/// If the file system refuses.
pub fn run(arguments: &InitArguments) -> Result<Outcome, Failure> {
    let run = depositary::init(&arguments.folder)?;
    let folder = arguments.folder.display();
    Ok(Outcome::of(run, |files| {
        let files: String = files.iter().map(|file| format!("  {file}\n")).collect();
        format!("a new site is in {folder}\n{files}see it with `depositary serve --root {folder}`")
    }))
}
