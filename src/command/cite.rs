//! `cite`: citations of what the archive has.

use super::{Failure, Outcome, PlaceArguments};
use crate::terminal::Form;
use clap::builder::{PossibleValue, PossibleValuesParser};
use depositary::base::progress::Progress;
use depositary::cite::{Citable, Format, Style, bibliography, cite};
use serde::Serialize;
use std::io::Write;

/// Arguments of `cite`.
#[derive(Debug, clap::Args)]
pub struct CiteArguments {
    /// Ids of records or reports, symbols of resolutions or reports, codes of States
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    place: PlaceArguments,
    /// Style guide; `chicago` gives a note and an entry of the bibliography
    #[arg(long, default_value = ALL, value_parser = PossibleValuesParser::new(guides()))]
    style: String,
    /// Language of the citation's words [default: that of the style, or with --format that of the document]
    #[arg(long, value_name = "LANGUAGE", value_parser = ["zh", "en"])]
    lang: Option<String>,
    /// A file for a reference manager, or lines for programs, instead
    #[arg(long, value_parser = PossibleValuesParser::new(formats()), conflicts_with = "style")]
    format: Option<String>,
}

/// What asks for every style, each with its name.
const ALL: &str = "all";

/// What asks for citations in words as lines for programs.
const LINES: &str = "json";

/// The style guides.
fn guides() -> Vec<PossibleValue> {
    let mut guides: Vec<_> = Style::all().map(Style::guide).collect();
    guides.dedup();
    guides.push((ALL, "All of them, each with its name"));
    guides.into_iter().map(|(guide, name)| PossibleValue::new(guide).help(name)).collect()
}

/// The formats of reference managers, and lines.
fn formats() -> Vec<PossibleValue> {
    let lines = (LINES, "Citations in words, one JSON object a line; what is wrong likewise, for editors");
    let formats = Format::ALL.map(|format| (format.key(), format.name())).into_iter().chain([lines]);
    formats.map(|(key, name)| PossibleValue::new(key).help(name)).collect()
}

/// A citation in words, for programs.
#[derive(Debug, Serialize)]
struct Line<'a> {
    key: &'a str,
    style: &'a str,
    text: &'a str,
}

impl CiteArguments {
    /// Form of what is said on standard error.
    #[must_use]
    pub fn form(&self) -> Form {
        if self.format.as_deref() == Some(LINES) { Form::Json } else { Form::Text }
    }
}

/// Prints the citations, in the order of the ids, to `output`.
///
/// # Errors
/// If `output` refuses.
pub fn run(arguments: &CiteArguments, progress: &dyn Progress, output: &mut dyn Write) -> Result<Outcome, Failure> {
    let run = depositary::cite(&arguments.place.request(), &arguments.ids, progress);
    let opened = |citable: Citable| match &arguments.lang {
        Some(language) => citable.opening(language),
        None => citable,
    };
    let found: Vec<Citable> = run.product.into_iter().flatten().map(opened).collect();
    let found = found.as_slice();
    let format = arguments.format.as_deref();
    match format.map(|key| Format::ALL.into_iter().find(|format| format.key() == key)) {
        Some(Some(format)) if !found.is_empty() => {
            output.write_all(bibliography(found, format, arguments.lang.as_deref()).as_bytes())?;
        }
        Some(Some(_)) => {}
        Some(None) => print_lines(found, arguments, output)?,
        None => print_styles(found, arguments, output)?,
    }
    Ok(Outcome { diagnostics: run.diagnostics, sources: run.sources, summary: None })
}

fn print_lines(found: &[Citable], arguments: &CiteArguments, output: &mut dyn Write) -> Result<(), Failure> {
    for (citable, style) in found.iter().flat_map(|citable| Style::all().map(move |style| (citable, style))) {
        let text = cite(citable, style, arguments.lang.as_deref()).to_string();
        let line = serde_json::to_string(&Line { key: &citable.key, style: style.name(), text: &text });
        writeln!(output, "{}", line.map_err(|error| Failure::Refused(error.to_string()))?)?;
    }
    Ok(())
}

fn print_styles(found: &[Citable], arguments: &CiteArguments, output: &mut dyn Write) -> std::io::Result<()> {
    let is_named = arguments.style == ALL;
    for (position, citable) in found.iter().enumerate() {
        if is_named && position > 0 {
            writeln!(output)?;
        }
        for style in Style::all().filter(|style| is_named || style.guide().0 == arguments.style) {
            let name = if is_named { format!("{}: ", style.name()) } else { String::new() };
            writeln!(output, "{name}{}", cite(citable, style, arguments.lang.as_deref()))?;
        }
    }
    Ok(())
}
