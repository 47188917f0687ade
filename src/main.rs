//! The `depositary` command: arguments → command → diagnostics → exit status.

mod cli;
mod command;
mod terminal;

use clap::Parser;
use cli::{Cli, Command};
use command::{Failure, Outcome};
use depositary::base::code;
use depositary::base::diagnostic::{Diagnostic, Severity};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// The input has errors.
const FAULTY_INPUT: u8 = 1;

/// A file or standard output could not be read or written. Status 2, a wrong command line, is clap's.
const CANNOT_READ_OR_WRITE: u8 = 3;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let bar = terminal::Bar::new(cli.quiet);
    let outcome = run(&cli.command, cli.quiet, &bar);
    bar.finish();
    match outcome {
        Ok(outcome) => report(outcome, cli.quiet),
        Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::print_line(&format!("error: {failure}"));
            ExitCode::from(CANNOT_READ_OR_WRITE)
        }
    }
}

fn run(command: &Command, is_quiet: bool, bar: &terminal::Bar) -> Result<Outcome, Failure> {
    let mut output = BufWriter::new(io::stdout().lock());
    let outcome = match command {
        Command::Init(arguments) => command::init::run(arguments),
        Command::Build(arguments) => command::build::run(arguments, bar),
        Command::Check(arguments) => command::check::run(arguments, bar),
        Command::Parse(arguments) => command::parse::run(arguments, &mut output),
        Command::Serve(arguments) => command::serve::run(arguments, told(is_quiet), terminal::print_line),
        Command::Ledger(arguments) => command::ledger::run(arguments, bar, &mut output),
        Command::Citations(arguments) => command::citations::run(arguments, &mut output),
        Command::Cite(arguments) => command::cite::run(arguments, bar, &mut output),
        Command::Verify(arguments) => command::verify::run(arguments),
        Command::Linkify(arguments) => command::linkify::run(arguments, bar, &mut output),
    }?;
    output.flush()?;
    Ok(outcome)
}

/// Prints what is to be said of one of several builds, and gives it as text.
fn told(is_quiet: bool) -> impl Fn(Outcome) -> String {
    move |outcome| {
        let text = terminal::diagnostics_text(&outcome.diagnostics, &outcome.sources);
        let summary = outcome.summary.clone().unwrap_or_default();
        report(outcome, is_quiet);
        text + &summary
    }
}

/// Prints what is to be said, and gives the exit status.
fn report(mut outcome: Outcome, is_quiet: bool) -> ExitCode {
    outcome.diagnostics.retain(|diagnostic| !is_quiet || diagnostic.is_error());
    terminal::print_diagnostics(&outcome.diagnostics, &outcome.sources);
    let n_errors = outcome.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    if !is_quiet {
        print_summary(&outcome, n_errors);
    }
    match outcome.diagnostics.iter().any(cannot_read) {
        true => ExitCode::from(CANNOT_READ_OR_WRITE),
        false if n_errors > 0 => ExitCode::from(FAULTY_INPUT),
        false => ExitCode::SUCCESS,
    }
}

fn cannot_read(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error && diagnostic.code == code::UNREADABLE
}

fn print_summary(outcome: &Outcome, n_errors: usize) {
    let is_warning = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Warning;
    let n_warnings = outcome.diagnostics.iter().filter(is_warning).count();
    let counts = [(n_errors, "error"), (n_warnings, "warning")];
    let counted = counts.iter().filter(|(number, _)| *number > 0);
    let counted: Vec<String> = counted.map(|(number, noun)| format!("{number} {noun}{}", plural(*number))).collect();
    if !counted.is_empty() {
        terminal::print_line(&counted.join(", "));
    }
    if let Some(summary) = &outcome.summary {
        summary.lines().for_each(terminal::print_line);
    }
}

fn plural(number: usize) -> &'static str {
    if number == 1 { "" } else { "s" }
}
