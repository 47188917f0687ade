//! `completions`: what a shell needs to complete the command line.

use super::{Failure, Outcome};
use clap_complete::Shell;
use std::io::Write;

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArguments {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Prints the script that completes lines of `command`, to `output`.
///
/// # Errors
/// If `output` refuses.
pub fn run(
    arguments: &CompletionsArguments,
    mut command: clap::Command,
    output: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    output.write_all(&script)?;
    Ok(Outcome::default())
}
