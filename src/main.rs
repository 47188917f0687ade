//! The `depositary` command: arguments → command → diagnostics → exit status.

mod cli;
mod command;
mod terminal;

use clap::{CommandFactory, Parser};
use cli::{Cli, Command};
use command::{Failure, Outcome};
use depositary::base::code;
use depositary::base::diagnostic::Diagnostic;
use depositary::base::location;
use depositary::base::progress::Progress;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use terminal::Reporter;

/// Pages are made of many short texts on all cores, and the system's allocator took a sixth of the time of a build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The input has errors.
const FAULTY_INPUT: u8 = 1;

/// The command could not run: a file or standard output could not be read or written. A wrong command line has the
/// same status, which `clap` gives.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let bar = terminal::Bar::new(cli.quiet);
    let reporter = Reporter { form: cli.command.form(), is_quiet: cli.quiet };
    let outcome = if cli.timings {
        let timings = terminal::Timings::new(bar);
        let outcome = run(&cli.command, reporter, &timings);
        timings.finish();
        outcome
    } else {
        let outcome = run(&cli.command, reporter, &bar);
        bar.finish();
        outcome
    };
    match outcome {
        Ok(outcome) => report(outcome, reporter),
        Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => {
            reporter.fail(&failure.to_string());
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn run(command: &Command, reporter: Reporter, bar: &dyn Progress) -> Result<Outcome, Failure> {
    let mut output = BufWriter::new(io::stdout().lock());
    let outcome = match command {
        Command::Explain(arguments) => command::explain::run(arguments, &mut output),
        Command::Init(arguments) => command::init::run(arguments),
        Command::Add(arguments) => command::add::run(arguments),
        Command::Build(arguments) => command::build::run(arguments, bar),
        Command::Check(arguments) => command::check::run(arguments, bar),
        Command::Shard(arguments) => command::shard::run(arguments, bar),
        Command::Parse(arguments) => command::parse::run(arguments, &mut output),
        Command::Serve(arguments) => command::serve::run(arguments, told(reporter), terminal::print_line),
        Command::Ledger(arguments) => command::ledger::run(arguments, bar, &mut output),
        Command::Release(arguments) => command::release::run(arguments, bar),
        Command::Citations(arguments) => command::citations::run(arguments, &mut output),
        Command::Cite(arguments) => command::cite::run(arguments, bar, &mut output),
        Command::Bag(arguments) => command::bag::run(arguments),
        Command::Verify(arguments) => command::verify::run(arguments, &mut output),
        Command::Template(arguments) => command::template::run(arguments, &mut output),
        Command::Untranslated(arguments) => command::untranslated::run(arguments, bar, &mut output),
        Command::Completions(arguments) => command::completions::run(arguments, Cli::command(), &mut output),
        Command::Linkify(arguments) => command::linkify::run(arguments, bar, &mut output),
    }?;
    output.flush()?;
    Ok(outcome)
}

/// Prints what is to be said of one of several builds, and gives it as text.
fn told(reporter: Reporter) -> impl Fn(Outcome) -> String {
    move |mut outcome| {
        location::sort(&mut outcome.diagnostics, &outcome.sources);
        let text = terminal::diagnostics_text(&outcome.diagnostics, &outcome.sources);
        let summary = outcome.summary.clone().unwrap_or_default();
        report(outcome, reporter);
        text + &summary
    }
}

/// Says what is to be said, and gives the exit status.
fn report(mut outcome: Outcome, reporter: Reporter) -> ExitCode {
    location::sort(&mut outcome.diagnostics, &outcome.sources);
    reporter.tell(&outcome.diagnostics, &outcome.sources, outcome.summary.as_deref());
    match outcome.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).max_by_key(cannot_read) {
        Some(worst) if cannot_read(&worst) => ExitCode::from(COULD_NOT_RUN),
        Some(_) => ExitCode::from(FAULTY_INPUT),
        None => ExitCode::SUCCESS,
    }
}

fn cannot_read(error: &&Diagnostic) -> bool {
    error.code == code::UNREADABLE
}
