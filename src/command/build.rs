//! `build`: the whole site.

use super::{Failure, Outcome, SiteArguments};
use depositary::Request;
use depositary::base::progress::Progress;
use depositary::config::Extent;
use depositary::write::Published;
use std::path::PathBuf;

/// Arguments of `build`.
#[derive(Debug, clap::Args)]
pub struct BuildArguments {
    #[command(flatten)]
    pub site: SiteArguments,
    /// Folder for the built site [default: `public` in the folder of the site]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Make only the pages that any generator would make of the records, to measure the program beside others
    #[arg(long)]
    plain: bool,
}

/// Builds the site.
///
/// # Errors
/// If the file system refuses.
pub fn run(arguments: &BuildArguments, progress: &dyn Progress) -> Result<Outcome, Failure> {
    let extent = if arguments.plain { Extent::Plain } else { Extent::Whole };
    let request = Request { extent, ..arguments.site.request() };
    let output = arguments.output.clone().unwrap_or_else(|| request.root.join("public"));
    let run = depositary::build(&request, &output, progress)?;
    Ok(Outcome::of(run, |published| summary(&published, &output)))
}

fn summary(published: &Published, output: &std::path::Path) -> String {
    let noun = if published.n_files == 1 { "file" } else { "files" };
    let (size, limit) = (megabytes(published.n_bytes), megabytes(published.max_bytes));
    let largest: Vec<String> =
        published.largest.iter().map(|(path, n_bytes)| format!("{path} ({})", megabytes(*n_bytes))).collect();
    let summary = format!("{} {noun}, {size} of the {limit} that may be published, in", published.n_files);
    let hosted = match published.hosted.as_slice() {
        [] => String::new(),
        names => format!("\nkept, though no build made it: {}", names.join(", ")),
    };
    format!("{summary} {}\nlargest: {}{hosted}", output.display(), largest.join(", "))
}

fn megabytes(n_bytes: u64) -> String {
    format!("{:.1} MB", n_bytes as f64 / 1e6)
}
