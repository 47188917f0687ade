//! The commands: each a few lines over the library.
//!
//! Input: arguments. Output: what is to be said, and the lines for standard output. They print nothing themselves.

pub mod add;
pub mod bag;
pub mod build;
pub mod check;
pub mod citations;
pub mod cite;
pub mod completions;
pub mod explain;
pub mod init;
pub mod ledger;
pub mod linkify;
pub mod parse;
pub mod release;
pub mod serve;
pub mod shard;
pub mod template;
pub mod untranslated;
pub mod verify;

use crate::terminal::Form;
use depositary::Run;
use depositary::base::diagnostic::Diagnostic;
use depositary::base::source::Source;
use std::path::PathBuf;

/// What a command leaves to be printed.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What is wrong with the input.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: Vec<Source>,
    /// One line for people on what was done.
    pub summary: Option<String>,
}

/// Why a command could not do its work, other than by a fault of the input.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Whoever reads standard output has stopped, which is no fault.
    #[error("standard output was closed")]
    Closed,
    /// The file system or standard output refused.
    #[error("{0}")]
    Refused(String),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Refused(format!("standard output: {error}")),
        }
    }
}

impl From<depositary::write::WriteError> for Failure {
    fn from(error: depositary::write::WriteError) -> Self {
        Self::Refused(error.to_string())
    }
}

impl Outcome {
    /// The outcome of `run`; `summary` says what was done, unless an error kept it from being done.
    fn of<T>(run: Run<T>, summary: impl FnOnce(T) -> String) -> Self {
        Self { summary: run.product.map(summary), diagnostics: run.diagnostics, sources: run.sources }
    }
}

/// How a command tells what is wrong.
#[derive(Debug, clap::Args)]
pub struct TellingArguments {
    /// Form of what is said on standard error
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Form::Text)]
    pub format: Form,
}

/// The site that a command works on.
#[derive(Debug, clap::Args)]
pub struct SiteArguments {
    /// Folder of the site, in which `site.toml` stands
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Address at which the site will stand, in place of `base_url` in `site.toml`
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Take warnings for errors
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    pub telling: TellingArguments,
}

impl SiteArguments {
    fn request(&self) -> depositary::Request {
        depositary::Request { root: self.root.clone(), base_url: self.base_url.clone(), is_strict: self.strict }
    }
}

/// The site that a command asks something of.
#[derive(Debug, clap::Args)]
pub struct PlaceArguments {
    /// Folder of the site, in which `site.toml` stands
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Address at which the site stands, in place of `base_url` in `site.toml`
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
}

impl PlaceArguments {
    fn request(&self) -> depositary::Request {
        depositary::Request { root: self.root.clone(), base_url: self.base_url.clone(), is_strict: false }
    }
}

fn base_url(text: &str) -> Result<String, String> {
    let is_good = depositary::config::is_base_url(text);
    if is_good { Ok(text.to_owned()) } else { Err("write it like https://example.org/archive/".to_owned()) }
}

/// A day of the calendar.
fn day(text: &str) -> Result<String, String> {
    let is_day = text.parse::<chrono::NaiveDate>().is_ok_and(|day| day.to_string() == text);
    if is_day { Ok(text.to_owned()) } else { Err("write it like 2026-07-30".to_owned()) }
}

/// A number with the form of its noun.
fn counted(number: usize, one: &str, other: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { other })
}
