//! What a command has to say, for people or for programs.

use super::{json, print_diagnostics, print_json, print_line};
use depositary::base::diagnostic::{Diagnostic, Severity};
use depositary::base::location::Locator;
use depositary::base::source::Source;

/// Form of what is said on standard error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// For people: the line, a caret, what to do
    #[default]
    Text,
    /// For editors and other programs: one JSON object a line
    Json,
}

/// Says what is wrong with the input, and what was done.
#[derive(Debug, Clone, Copy)]
pub struct Reporter {
    /// In which form.
    pub form: Form,
    /// Whether errors alone are said.
    pub is_quiet: bool,
}

/// How many diagnostics there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

impl Counts {
    fn of(diagnostics: &[&Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning), notes: count(Severity::Note) }
    }

    /// `2 errors, 1 warning`; notes are not counted for people, and nothing is said of nothing.
    fn words(self) -> Option<String> {
        let counts = [(self.errors, "error"), (self.warnings, "warning")];
        let counted = counts.iter().filter(|(number, _)| *number > 0);
        let counted: Vec<String> =
            counted.map(|(number, noun)| format!("{number} {noun}{}", plural(*number))).collect();
        (!counted.is_empty()).then(|| counted.join(", "))
    }
}

fn plural(number: usize) -> &'static str {
    if number == 1 { "" } else { "s" }
}

impl Reporter {
    /// Says `diagnostics`, which point into `sources`, their count, and `summary`, what was done.
    pub fn tell(self, diagnostics: &[Diagnostic], sources: &[Source], summary: Option<&str>) {
        let is_said = |diagnostic: &&Diagnostic| !self.is_quiet || diagnostic.is_error();
        let said: Vec<&Diagnostic> = diagnostics.iter().filter(is_said).collect();
        let counts = Counts::of(&said);
        match self.form {
            Form::Text => {
                print_diagnostics(said, sources);
                let summary = summary.into_iter().flat_map(str::lines).map(str::to_owned);
                counts.words().into_iter().chain(summary).filter(|_| !self.is_quiet).for_each(|line| print_line(&line));
            }
            Form::Json => {
                let mut locator = Locator::new(sources);
                said.into_iter().for_each(|told| print_json(&json::diagnostic_line(told, &mut locator)));
                print_json(&json::count_line(counts, summary));
            }
        }
    }

    /// Says why a command could not run.
    pub fn fail(self, message: &str) {
        match self.form {
            Form::Text => print_line(&format!("error: {message}")),
            Form::Json => print_json(&json::failure_line(message)),
        }
    }
}
