//! `parse`: the records of files, read as those of the site in whose folder the command runs.

use super::{Failure, Outcome};
use crate::terminal::Form;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `parse`.
#[derive(Debug, clap::Args)]
pub struct ParseArguments {
    /// Texts of reports
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Form of what is printed
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,
}

impl ParseArguments {
    /// Form of what is said on standard error.
    #[must_use]
    pub fn form(&self) -> Form {
        match self.format {
            Format::Ndjson => Form::Text,
            Format::Json => Form::Json,
        }
    }
}

/// Form of what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Records one JSON object a line; what is wrong for people
    Ndjson,
    /// Records one JSON object a line; what is wrong likewise, for editors
    Json,
}

/// Prints the records of every file, in the order of the files, to `output`.
///
/// # Errors
/// If `output` refuses.
pub fn run(arguments: &ParseArguments, output: &mut dyn Write) -> Result<Outcome, Failure> {
    let run = depositary::parse_files(&arguments.files, Path::new("."));
    for report in run.product.iter().flatten() {
        let lines = depositary::record_lines(report, &run.sources);
        for line in lines.map_err(|error| Failure::Refused(error.to_string()))? {
            writeln!(output, "{line}")?;
        }
    }
    Ok(Outcome { diagnostics: run.diagnostics, sources: run.sources, summary: None })
}
