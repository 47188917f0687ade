//! `untranslated`: the texts of a site that have no translation, as the file in which one is written.

use super::{Failure, Outcome, PlaceArguments};
use depositary::base::progress::Progress;
use std::io::Write;

/// Arguments of `untranslated`.
#[derive(Debug, clap::Args)]
pub struct UntranslatedArguments {
    /// Language to translate into, one of the site's: `en`
    #[arg(value_name = "LANGUAGE")]
    language: String,
    /// Only this report
    #[arg(value_name = "REPORT")]
    report: Option<String>,
    #[command(flatten)]
    place: PlaceArguments,
}

/// Prints the texts, each with its fingerprint and an empty translation, to `output`.
///
/// # Errors
/// If `output` refuses.
pub fn run(
    arguments: &UntranslatedArguments,
    progress: &dyn Progress,
    output: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let language = &arguments.language;
    let run = depositary::untranslated(&arguments.place.request(), language, progress);
    let wanted = |id: &str| arguments.report.as_deref().is_none_or(|report| report == id);
    for (report, texts) in run.product.iter().flatten().filter(|(report, _)| wanted(&report.0)) {
        writeln!(output, "# content/translations/{language}/{report}.toml")?;
        for text in texts {
            writeln!(output)?;
            text.text.lines().try_for_each(|line| writeln!(output, "# {line}"))?;
            writeln!(output, "[[text]]\nfingerprint = \"{}\"\ntranslation = \"\"", text.fingerprint)?;
        }
    }
    Ok(Outcome { diagnostics: run.diagnostics, sources: run.sources, summary: None })
}
