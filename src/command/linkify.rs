//! `linkify`: links from a paper to the archive.

use super::{Failure, Outcome, PlaceArguments, TellingArguments};
use depositary::Paper;
use depositary::base::printed::on_one_line;
use depositary::base::progress::Progress;
use depositary::base::source::{Source, line_spans};
use depositary::base::span::Span;
use depositary::linkify::{Form, Hit, Linked, Mentions};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `linkify`.
#[derive(Debug, clap::Args)]
pub struct LinkifyArguments {
    /// A paper in Markdown, HTML, LaTeX or plain text, or a Jupyter notebook
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: PlaceArguments,
    /// Change the file; without this, only what would be linked is listed
    #[arg(long)]
    write: bool,
    /// Link what the archive does not have to the official document
    #[arg(long)]
    official: bool,
    /// Link only the first mention of each document
    #[arg(long)]
    first: bool,
    /// What the file is written in [default: told by its name]
    #[arg(long = "as", value_enum, value_name = "FORM")]
    form: Option<FormArgument>,
    #[command(flatten)]
    pub telling: TellingArguments,
}

/// What a paper is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FormArgument {
    /// Markdown
    Markdown,
    /// HTML
    Html,
    /// Jupyter notebook
    Notebook,
    /// LaTeX
    Latex,
    /// Plain text
    Text,
}

impl FormArgument {
    fn form(self) -> Form {
        match self {
            Self::Markdown => Form::Markdown,
            Self::Html => Form::Html,
            Self::Notebook => Form::Notebook,
            Self::Latex => Form::Latex,
            Self::Text => Form::Plain,
        }
    }
}

/// Lists the citations that are not links yet, one a line, to `output`, and with `--write` links them.
///
/// # Errors
/// If `output` or the file system refuses.
pub fn run(arguments: &LinkifyArguments, progress: &dyn Progress, output: &mut dyn Write) -> Result<Outcome, Failure> {
    let paper = Paper {
        path: arguments.file.clone(),
        form: arguments.form.map(FormArgument::form),
        is_official: arguments.official,
        mentions: if arguments.first { Mentions::First } else { Mentions::Every },
        is_written: arguments.write,
    };
    let run = depositary::linkify(&arguments.place.request(), &paper, progress)?;
    if let Some((linked, source)) = run.product.as_ref().zip(run.sources.first()) {
        print_hits(linked, source, output)?;
    }
    Ok(Outcome::of(run, |linked| summary(&linked, paper.is_written)))
}

fn print_hits(linked: &Linked, source: &Source, output: &mut dyn Write) -> std::io::Result<()> {
    let lines = line_spans(&source.text);
    for hit in &linked.hits {
        let (line, column) = position(&lines, &source.text, hit);
        let words = on_one_line(&source.text[hit.range.clone()]);
        let target = hit.target.as_ref().map_or("not in this archive", |target| &target.url);
        writeln!(output, "{line}:{column}\t{words}\t{}\t{target}", hit.symbol)?;
    }
    Ok(())
}

/// Line and column, from 1; the column counts characters.
fn position(lines: &[Span], text: &str, hit: &Hit) -> (usize, usize) {
    let line = lines.partition_point(|line| line.start <= hit.range.start).max(1);
    let start = lines[line - 1].start;
    (line, text[start..hit.range.start].chars().count() + 1)
}

fn summary(linked: &Linked, is_written: bool) -> String {
    let n_linked = linked.hits.iter().filter(|hit| hit.target.is_some()).count();
    let (n_hits, noun) = (linked.hits.len(), if linked.hits.len() == 1 { "citation" } else { "citations" });
    let done = if is_written { "linked" } else { "can be linked with --write" };
    format!("{n_linked} of {n_hits} {noun} {done}")
}
