//! `shard`: the stages of a build as tasks, for several machines.

use super::{Failure, Outcome, SiteArguments, build};
use crate::terminal::Form;
use clap::Subcommand;
use depositary::Tasks;
use depositary::base::progress::Progress;
use depositary::model::part::Part;
use std::path::PathBuf;

/// Arguments of `shard`.
#[derive(Debug, clap::Args)]
pub struct ShardArguments {
    #[command(subcommand)]
    stage: StageCommand,
}

#[derive(Debug, Subcommand)]
enum StageCommand {
    /// Parse the reports of one part
    Parse(PartArguments),
    /// Resolve the reports of all parts, and judge them as `check` does
    Resolve(TaskArguments),
    /// Make the pages of one part
    Render(PartArguments),
    /// Make everything else, and put the site in the place of the old one, as `build` does
    Finish(FinishArguments),
}

/// What every task is given.
#[derive(Debug, clap::Args)]
struct TaskArguments {
    #[command(flatten)]
    site: SiteArguments,
    /// Folder for what the tasks of a stage hand to those of the next; each needs to see all of it
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
}

#[derive(Debug, clap::Args)]
struct PartArguments {
    /// Which part of how many: `2/8`
    #[arg(long, value_name = "I/N")]
    part: Part,
    #[command(flatten)]
    task: TaskArguments,
}

#[derive(Debug, clap::Args)]
struct FinishArguments {
    #[command(flatten)]
    task: TaskArguments,
    /// Folder for the built site [default: `public` in the folder of the site]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl TaskArguments {
    fn tasks(&self) -> Tasks {
        Tasks { request: self.site.request(), folder: self.into.clone() }
    }
}

impl ShardArguments {
    /// Form of what is said on standard error.
    #[must_use]
    pub fn form(&self) -> Form {
        let task = match &self.stage {
            StageCommand::Parse(arguments) | StageCommand::Render(arguments) => &arguments.task,
            StageCommand::Resolve(arguments) => arguments,
            StageCommand::Finish(arguments) => &arguments.task,
        };
        task.site.telling.format
    }
}

/// Runs one task.
///
/// # Errors
/// If the file system refuses.
pub fn run(arguments: &ShardArguments, progress: &dyn Progress) -> Result<Outcome, Failure> {
    let written = |path: PathBuf| path.display().to_string();
    Ok(match &arguments.stage {
        StageCommand::Parse(PartArguments { part, task }) => Outcome::of(task.tasks().parse(*part, progress)?, written),
        StageCommand::Resolve(task) => Outcome::of(task.tasks().resolve(progress)?, written),
        StageCommand::Render(PartArguments { part, task }) => {
            Outcome::of(task.tasks().render(*part, progress)?, written)
        }
        StageCommand::Finish(FinishArguments { task, output }) => {
            let tasks = task.tasks();
            let output = build::output_folder(output.as_ref(), &tasks.request);
            Outcome::of(tasks.finish(&output, progress)?, |published| build::summary(&published, &output))
        }
    })
}
