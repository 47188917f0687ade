//! `parse`: the records of files outside any site.

use super::{Failure, Outcome};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `parse`.
#[derive(Debug, clap::Args)]
pub struct ParseArguments {
    /// Texts of reports
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Form of the records
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,
}

/// Form in which records are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One JSON object a line
    Ndjson,
}

/// Prints the records of every file, in the order of the files, to `output`.
///
/// # Errors
/// If `output` refuses.
pub fn run(arguments: &ParseArguments, output: &mut dyn Write) -> Result<Outcome, Failure> {
    let Format::Ndjson = arguments.format;
    let run = depositary::parse_files(&arguments.files);
    for report in run.product.iter().flatten() {
        let lines = depositary::record_lines(report, &run.sources);
        for line in lines.map_err(|error| Failure::Refused(error.to_string()))? {
            writeln!(output, "{line}")?;
        }
    }
    Ok(Outcome { diagnostics: run.diagnostics, sources: run.sources, summary: None })
}
