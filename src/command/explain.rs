//! `explain`: the explanation of a diagnostic.

use super::{Failure, Outcome};
use depositary::base::explanation::{Explanation, explanations, near};
use std::io::Write;

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArguments {
    /// Code of a diagnostic, such as E0203; without one, all are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Prints the explanation of a code, or the list of all, to `output`.
///
/// # Errors
/// If there is no such code, or `output` refuses.
pub fn run(arguments: &ExplainArguments, output: &mut dyn Write) -> Result<Outcome, Failure> {
    let Some(code) = &arguments.code else {
        explanations().try_for_each(|explanation| {
            writeln!(output, "{}  {}", explanation.code, explanation.meaning.replace('\n', " "))
        })?;
        return Ok(Outcome::default());
    };
    let wanted = code.trim().to_ascii_uppercase();
    let Some(Explanation { code, meaning, text }) = explanations().find(|explanation| explanation.code == wanted)
    else {
        return Err(Failure::Refused(unknown(&wanted)));
    };
    writeln!(output, "{code}: {meaning}\n\n{text}")?;
    Ok(Outcome::default())
}

fn unknown(wanted: &str) -> String {
    let near: Vec<String> = near(wanted).into_iter().map(|code| format!("`{code}`")).collect();
    let known = match near.as_slice() {
        [] => "`depositary explain` lists all codes".to_owned(),
        near => format!("near it: {}; `depositary explain` lists all", near.join(", ")),
    };
    format!("no diagnostic has the code `{wanted}`; {known}")
}
