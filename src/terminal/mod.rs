//! What people see on standard error: diagnostics, a summary, progress.
//!
//! With `main.rs` the only module that prints.

mod json;
mod progress;
mod reporter;
mod snippet;
mod timings;

pub use progress::Bar;
pub use reporter::{Form, Reporter};
pub use timings::Timings;

use codespan_reporting::diagnostic::{Diagnostic as Shown, Label, Severity as ShownSeverity};
use codespan_reporting::term::termcolor::{ColorChoice, NoColor, StandardStream, WriteColor};
use codespan_reporting::term::{self, Config};
use depositary::base::diagnostic::{Diagnostic, Place, Severity};
use depositary::base::location::Locator;
use depositary::base::source::Source;
use snippet::{Snippet, shortened, visible};
use std::io::{self, IsTerminal, Write};

/// Prints `diagnostics` to standard error, in colour on a terminal; `sources` are the texts they point into.
fn print_diagnostics<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>, sources: &'a [Source]) {
    let mut stream = standard_error();
    let mut locator = Locator::new(sources);
    for diagnostic in diagnostics {
        // If standard error is closed there is nobody to tell.
        let _ = write_diagnostic(&mut stream, diagnostic, &mut locator);
    }
}

/// `diagnostics` as text without colour.
pub fn diagnostics_text(diagnostics: &[Diagnostic], sources: &[Source]) -> String {
    let mut stream = NoColor::new(Vec::new());
    let mut locator = Locator::new(sources);
    for diagnostic in diagnostics {
        // Memory takes all that is written.
        let _ = write_diagnostic(&mut stream, diagnostic, &mut locator);
    }
    String::from_utf8_lossy(&stream.into_inner()).into_owned()
}

/// Prints one line to standard error.
pub fn print_line(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", visible(line));
}

/// Prints one line of JSON to standard error.
fn print_json(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Colour on a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise.
fn standard_error() -> StandardStream {
    let choice = if io::stderr().is_terminal() { ColorChoice::Auto } else { ColorChoice::Never };
    StandardStream::stderr(choice)
}

/// Writes one diagnostic: severity, code and message; file, line and column; the line with a caret; the hint.
fn write_diagnostic<'a>(
    stream: &mut dyn WriteColor,
    diagnostic: &'a Diagnostic,
    locator: &mut Locator<'a>,
) -> Result<(), codespan_reporting::files::Error> {
    let snippet = diagnostic.place.as_ref().and_then(|place| snippet(place, locator));
    let labels = snippet.as_ref().map(|(snippet, note)| {
        Label::primary((), snippet.label.start..snippet.label.end).with_message(note.as_deref().unwrap_or(""))
    });
    let severity = match diagnostic.severity {
        Severity::Error => ShownSeverity::Error,
        Severity::Warning => ShownSeverity::Warning,
        Severity::Note => ShownSeverity::Note,
    };
    let shown = Shown::new(severity)
        .with_code(diagnostic.code)
        .with_message(shortened(&diagnostic.message))
        .with_labels(labels.into_iter().collect())
        .with_notes(notes(diagnostic));
    let snippet = snippet.map_or_else(Snippet::default, |(snippet, _)| snippet);
    term::emit_to_write_style(&mut ByReference(stream), &Config::default(), &snippet, &shown)
}

/// The part of a text that `place` points at, and what is said beside the caret.
fn snippet<'a>(place: &'a Place, locator: &mut Locator<'a>) -> Option<(Snippet, Option<String>)> {
    match place {
        Place::InSource(id, span) => {
            let source = locator.source(id.0)?;
            Some((Snippet::cut(&source.path, locator.lines(&source.text), *span, 1), None))
        }
        Place::InText { path, text, span } => Some((Snippet::cut(path, locator.lines(text), *span, 1), None)),
        Place::InTable { path, row, column, text, span, .. } => {
            let row = usize::try_from(*row).unwrap_or(usize::MAX);
            let note = column.as_ref().map(|column| format!("column `{}`", visible(column)));
            Some((Snippet::cut(path, locator.lines(text), *span, row), note))
        }
        Place::InFile { .. } => None,
    }
}

fn notes(diagnostic: &Diagnostic) -> Vec<String> {
    let file = match &diagnostic.place {
        Some(Place::InFile { path, offset: None }) => Some(format!("in {}", visible(path))),
        Some(Place::InFile { path, offset: Some(offset) }) => Some(format!("in {}, at byte {offset}", visible(path))),
        _ => None,
    };
    let hint = diagnostic.hint.as_ref().map(|hint| format!("hint: {}", shortened(hint)));
    file.into_iter().chain(hint).collect()
}

/// Lets a borrowed stream be written to where a stream is wanted whole.
struct ByReference<'a>(&'a mut dyn WriteColor);

impl Write for ByReference<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl WriteColor for ByReference<'_> {
    fn supports_color(&self) -> bool {
        self.0.supports_color()
    }

    fn set_color(&mut self, color: &codespan_reporting::term::termcolor::ColorSpec) -> io::Result<()> {
        self.0.set_color(color)
    }

    fn reset(&mut self) -> io::Result<()> {
        self.0.reset()
    }
}

#[cfg(test)]
mod tests;
