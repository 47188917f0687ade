//! `check`: everything but writing.

use super::{Failure, Outcome, SiteArguments};
use depositary::base::progress::Progress;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArguments {
    #[command(flatten)]
    pub site: SiteArguments,
}

/// Checks the site.
///
/// # Errors
/// None of its own.
pub fn run(arguments: &CheckArguments, progress: &dyn Progress) -> Result<Outcome, Failure> {
    let run = depositary::check(&arguments.site.request(), progress)?;
    Ok(Outcome::of(run, |()| "no error found".to_owned()))
}
