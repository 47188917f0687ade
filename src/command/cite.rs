//! `cite`: citations of what the archive has.

use super::{Failure, Outcome, PlaceArguments};
use crate::terminal::Form;
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
    #[arg(long, value_enum, default_value_t = StyleArgument::All)]
    style: StyleArgument,
    /// Language of the citation's words [default: that of the style, or with --format that of the document]
    #[arg(long, value_name = "LANGUAGE", value_parser = ["zh", "en"])]
    lang: Option<String>,
    /// A file for a reference manager, or lines for programs, instead
    #[arg(long, value_enum, conflicts_with = "style")]
    format: Option<FormatArgument>,
}

/// A style guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum StyleArgument {
    /// The Chicago Manual of Style, 17th edition
    Chicago,
    /// American Psychological Association, 7th edition
    Apa,
    /// MLA Handbook, 9th edition
    Mla,
    /// OSCOLA, 4th edition
    Oscola,
    /// The Bluebook, 21st edition
    Bluebook,
    /// GB/T 7714-2015
    Gbt7714,
    /// All of them, each with its name
    All,
}

/// A format of reference managers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FormatArgument {
    /// BibTeX
    Bibtex,
    /// RIS
    Ris,
    /// CSL-JSON
    CslJson,
    /// Citations in words, one JSON object a line; what is wrong likewise, for editors
    Json,
}

/// A citation in words, for programs.
#[derive(Debug, Serialize)]
struct Line<'a> {
    key: &'a str,
    style: &'a str,
    text: &'a str,
}

impl StyleArgument {
    fn styles(self) -> &'static [Style] {
        match self {
            Self::Chicago => &[Style::ChicagoNote, Style::ChicagoBibliography],
            Self::Apa => &[Style::Apa],
            Self::Mla => &[Style::Mla],
            Self::Oscola => &[Style::Oscola],
            Self::Bluebook => &[Style::Bluebook],
            Self::Gbt7714 => &[Style::Gbt7714],
            Self::All => &Style::ALL,
        }
    }
}

impl CiteArguments {
    /// Form of what is said on standard error.
    #[must_use]
    pub fn form(&self) -> Form {
        if self.format == Some(FormatArgument::Json) { Form::Json } else { Form::Text }
    }
}

impl FormatArgument {
    /// A file for a reference manager, if this is one.
    fn format(self) -> Option<Format> {
        match self {
            Self::Bibtex => Some(Format::Bibtex),
            Self::Ris => Some(Format::Ris),
            Self::CslJson => Some(Format::CslJson),
            Self::Json => None,
        }
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
    match arguments.format.map(FormatArgument::format) {
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
    for (citable, style) in found.iter().flat_map(|citable| Style::ALL.map(|style| (citable, style))) {
        let text = cite(citable, style, arguments.lang.as_deref()).to_string();
        let line = serde_json::to_string(&Line { key: &citable.key, style: style.name(), text: &text });
        writeln!(output, "{}", line.map_err(|error| Failure::Refused(error.to_string()))?)?;
    }
    Ok(())
}

fn print_styles(found: &[Citable], arguments: &CiteArguments, output: &mut dyn Write) -> std::io::Result<()> {
    let is_named = arguments.style == StyleArgument::All;
    for (position, citable) in found.iter().enumerate() {
        if is_named && position > 0 {
            writeln!(output)?;
        }
        for style in arguments.style.styles() {
            let name = if is_named { format!("{}: ", style.name()) } else { String::new() };
            writeln!(output, "{name}{}", cite(citable, *style, arguments.lang.as_deref()))?;
        }
    }
    Ok(())
}
