//! `template`: the templates, static files and words that are part of the program, to start a site's own from.

use super::{Failure, Outcome};
use depositary::base::suggestion::nearest;
use std::io::Write;

/// Arguments of `template`.
#[derive(Debug, clap::Args)]
pub struct TemplateArguments {
    /// Its place in a site, such as templates/home.html; without one, all are listed
    #[arg(value_name = "PATH")]
    path: Option<String>,
}

/// Prints a built-in file as it is, or the list of all, to `output`.
///
/// # Errors
/// If there is no such file, or `output` refuses.
pub fn run(arguments: &TemplateArguments, output: &mut dyn Write) -> Result<Outcome, Failure> {
    let files = depositary::built_in_files();
    let Some(wanted) = &arguments.path else {
        files.keys().try_for_each(|path| writeln!(output, "{path}"))?;
        return Ok(Outcome::default());
    };
    let Some(bytes) = files.get(wanted) else {
        let known: Vec<&str> = files.keys().map(String::as_str).collect();
        let near = nearest(wanted, &known).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        return Err(Failure::Refused(format!("no file `{wanted}` is built in; {near}`depositary template` lists all")));
    };
    output.write_all(bytes)?;
    Ok(Outcome::default())
}
