//! `bag`: a site as a BagIt bag, for deposit in a repository.

use super::{Failure, Outcome, SiteArguments};
use std::path::PathBuf;

/// Arguments of `bag`.
#[derive(Debug, clap::Args)]
pub struct BagArguments {
    /// Folder of the new bag; it must not be there yet
    #[arg(value_name = "BAG")]
    bag: PathBuf,
    /// Folder of the built site, to be deposited beside what it is built from
    #[arg(long, value_name = "DIR")]
    built: Option<PathBuf>,
    #[command(flatten)]
    pub site: SiteArguments,
}

/// Makes the bag.
///
/// # Errors
/// If the file system refuses.
pub fn run(arguments: &BagArguments) -> Result<Outcome, Failure> {
    let run = depositary::bag(&arguments.site.request(), arguments.built.as_deref(), &arguments.bag)?;
    Ok(Outcome::of(run, |bagged| {
        let megabytes = bagged.n_bytes as f64 / 1e6;
        format!("{} files, {megabytes:.1} MB, are in the bag {}", bagged.n_files, arguments.bag.display())
    }))
}
