//! `ledger`: the identifiers that were published, and what became of them.

use super::{Failure, Outcome, TellingArguments, counted, day};
use crate::terminal::Form;
use depositary::Request;
use depositary::base::progress::Progress;
use depositary::model::ledger::Status;
use depositary::resolve::ledger::{Accepted, Change, Changes, Difference};
use std::io::Write;
use std::path::PathBuf;

/// What `ledger accept --help` says below the options.
const ACCEPT_EXAMPLES: &str = "\
Examples:
  depositary ledger accept
  depositary ledger accept --moved a-63-ctbt-1a-aus-1=a-63-ctbt-1a-aut-1 --reason 'the row is Austria'\"'\"'s'
  depositary ledger accept --split a-65-137-jpn-8=a-65-137-jpn-8,a-65-137-jpn-9 --reason 'two paragraphs'
  depositary ledger accept --moved reports/a-63=reports/a-63-ctbt --reason 'named after its symbol'
  depositary ledger accept --corrected a-63-ctbt-1a-aus-2 --date 2026-07-30 --reason 'a page break was read as text'";

/// Arguments of `ledger`.
#[derive(Debug, clap::Args)]
pub struct LedgerArguments {
    #[command(subcommand)]
    action: Action,
}

impl LedgerArguments {
    /// Form of what is said on standard error.
    #[must_use]
    pub fn form(&self) -> Form {
        match &self.action {
            Action::Status(site) => site.telling.format,
            Action::Accept(arguments) => arguments.site.telling.format,
        }
    }
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List what differs from the ledger: new, missing, re-pointed, re-worded, reused, leads-nowhere
    ///
    /// One line an identifier: what it is, a tab, the identifier, and after another tab the identifiers it has to do
    /// with, if any.
    Status(SiteFolder),
    /// Publish new identifiers, or record what became of published ones
    ///
    /// Without identifiers and changes, every new identifier is published. A published identifier is never removed
    /// from the ledger, and never given to another text.
    #[command(after_help = ACCEPT_EXAMPLES)]
    Accept(AcceptArguments),
}

#[derive(Debug, clap::Args)]
struct SiteFolder {
    /// Folder of the site, in which `site.toml` stands
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[command(flatten)]
    telling: TellingArguments,
}

impl SiteFolder {
    fn request(&self) -> Request {
        Request { root: self.root.clone(), base_url: None, is_strict: false }
    }
}

#[derive(Debug, clap::Args)]
struct AcceptArguments {
    #[command(flatten)]
    site: SiteFolder,
    /// New identifiers to publish, in place of all
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// The text has another identifier now; `reports/OLD=reports/NEW` takes its records along
    #[arg(long, value_name = "OLD=NEW", requires = "reason", value_parser = sides)]
    moved: Vec<Sides>,
    /// The text is several records now; OLD may be one of them
    #[arg(long, value_name = "OLD=NEW,NEW", requires = "reason", value_parser = sides)]
    split: Vec<Sides>,
    /// The texts are one record now; NEW may be one of OLD
    #[arg(long, value_name = "OLD,OLD=NEW", requires = "reason", value_parser = sides)]
    merged: Vec<Sides>,
    /// The text is not in the archive any more; `reports/ID` takes its records along
    #[arg(long, value_name = "ID", requires = "reason")]
    withdrawn: Vec<String>,
    /// The text was read wrongly, or the source was mended; the identifier stays
    #[arg(long, value_name = "ID", requires = "reason")]
    corrected: Vec<String>,
    /// Why, for readers who come to the old address
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    reason: Option<String>,
    /// Day of the change, which is left out if it is not given
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<String>,
}

/// Both sides of a change.
#[derive(Debug, Clone)]
struct Sides {
    old: Vec<String>,
    new: Vec<String>,
}

fn sides(text: &str) -> Result<Sides, String> {
    let list = |side: &str| side.split(',').map(|id| id.trim().to_owned()).collect::<Vec<_>>();
    let (old, new) = text.split_once('=').ok_or("write it like a-63-ctbt-1a-aus-1=a-63-ctbt-1a-aus-2")?;
    let sides = Sides { old: list(old), new: list(new) };
    let is_blank = sides.old.iter().chain(&sides.new).any(String::is_empty);
    if is_blank { Err("an identifier is missing".to_owned()) } else { Ok(sides) }
}

fn reason(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        Err("say why, for readers who come to the old address".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

/// Shows or changes the ledger.
///
/// # Errors
/// If the file system or `output` refuses.
pub fn run(arguments: &LedgerArguments, progress: &dyn Progress, output: &mut dyn Write) -> Result<Outcome, Failure> {
    match &arguments.action {
        Action::Status(site) => status(&site.request(), progress, output),
        Action::Accept(arguments) => accept(arguments, progress),
    }
}

fn status(request: &Request, progress: &dyn Progress, output: &mut dyn Write) -> Result<Outcome, Failure> {
    let mut run = depositary::ledger_status(request, progress);
    keep_errors(&mut run);
    for Difference { id, case } in run.product.iter().flatten() {
        let others = case.others().join(" ");
        let line = format!("{}\t{id}\t{others}", case.name());
        writeln!(output, "{}", line.trim_end())?;
    }
    Ok(Outcome::of(run, |found| match found.len() {
        0 => "every identifier is as published".to_owned(),
        number => counted(number, "identifier differs from the ledger", "identifiers differ from the ledger"),
    }))
}

fn accept(arguments: &AcceptArguments, progress: &dyn Progress) -> Result<Outcome, Failure> {
    let mut run = depositary::ledger_accept(&arguments.site.request(), &arguments.changes(), progress)?;
    keep_errors(&mut run);
    Ok(Outcome::of(run, |accepted| summary(&accepted)))
}

/// Leaves the warnings to `check`: they say nothing of identifiers.
fn keep_errors<T>(run: &mut depositary::Run<T>) {
    run.diagnostics.retain(depositary::base::diagnostic::Diagnostic::is_error);
}

impl AcceptArguments {
    fn changes(&self) -> Changes {
        let pairs = [(Status::Moved, &self.moved), (Status::Split, &self.split), (Status::Merged, &self.merged)];
        let pairs = pairs.into_iter().flat_map(|(kind, list)| list.iter().map(move |sides| two_sided(kind, sides)));
        let single = [(Status::Withdrawn, &self.withdrawn), (Status::Corrected, &self.corrected)];
        let single = single.into_iter().flat_map(|(kind, list)| list.iter().map(move |id| one_sided(kind, id)));
        Changes {
            ids: self.ids.clone(),
            changes: pairs.chain(single).collect(),
            reason: self.reason.clone().unwrap_or_default(),
            date: self.date.clone(),
        }
    }
}

fn two_sided(kind: Status, sides: &Sides) -> Change {
    Change { kind, old: sides.old.clone(), new: sides.new.clone() }
}

fn one_sided(kind: Status, id: &str) -> Change {
    Change { kind, old: vec![id.to_owned()], new: Vec::new() }
}

fn summary(accepted: &Accepted) -> String {
    let published = counted(accepted.n_published, "identifier published", "identifiers published");
    let changed = counted(accepted.n_changed, "changed", "changed");
    match accepted.n_left {
        0 => format!("{published}, {changed}"),
        left => format!("{published}, {changed}, {left} still to be explained: see `depositary ledger status`"),
    }
}
