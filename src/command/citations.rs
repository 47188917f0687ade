//! `citations`: the document symbols that files cite.

use super::{Failure, Outcome, TellingArguments};
use depositary::base::source::Source;
use depositary::model::citation::Citation;
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `citations`.
#[derive(Debug, clap::Args)]
pub struct CitationsArguments {
    /// Texts of any kind
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    pub telling: TellingArguments,
}

/// One citation as it is printed.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
    symbol: &'a str,
}

/// Prints one JSON object for each citation, in the order of files and places, to `output`.
///
/// # Errors
/// If `output` refuses.
pub fn run(arguments: &CitationsArguments, output: &mut dyn Write) -> Result<Outcome, Failure> {
    let run = depositary::find_citations(&arguments.files);
    for (source, citations) in run.sources.iter().zip(run.product.iter().flatten()) {
        for citation in citations {
            let line = serde_json::to_string(&line(source, citation));
            writeln!(output, "{}", line.map_err(|error| Failure::Refused(error.to_string()))?)?;
        }
    }
    Ok(Outcome { diagnostics: run.diagnostics, sources: run.sources, summary: None })
}

fn line<'a>(source: &'a Source, citation: &'a Citation) -> Line<'a> {
    Line {
        file: &source.path,
        start: citation.range.start,
        end: citation.range.end,
        text: &source.text[citation.range.clone()],
        symbol: citation.symbol.as_str(),
    }
}
