//! `serve`: the site in a browser, made anew after every save.

use super::{Failure, Outcome, TellingArguments};
use depositary::Request;
use depositary::base::code;
use depositary::base::progress::Silent;
use depositary::serve::{Built, Sockets, Watch, serve};
use depositary::write::Files;
use std::path::PathBuf;

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub struct ServeArguments {
    /// Folder of the site, in which `site.toml` stands
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Port to listen at; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 8000)]
    port: u16,
    #[command(flatten)]
    pub telling: TellingArguments,
}

/// Serves the site until the user ends it. `tell` says what a build gave, and gives its faults as text; `say` says a
/// line.
///
/// # Errors
/// If the port is taken, or the folder cannot be watched.
pub fn run(
    arguments: &ServeArguments,
    tell: impl Fn(Outcome) -> String + Send + 'static,
    say: impl Fn(&str),
) -> Result<Outcome, Failure> {
    let refused = |error: std::io::Error| Failure::Refused(format!("port {}: {error}", arguments.port));
    let sockets = Sockets::bind(arguments.port).map_err(refused)?;
    let request = Request {
        root: arguments.root.clone(),
        base_url: Some(sockets.address()),
        is_strict: false,
        extent: depositary::config::Extent::Whole,
    };
    let watch = Watch::begin(&arguments.root).map_err(|error| unwatched(arguments, &error))?;
    let (outcome, files) = build(&request);
    if outcome.diagnostics.iter().any(|found| found.code == code::UNREADABLE && found.place.is_none()) {
        return Ok(outcome);
    }
    let built = move |outcome: Outcome, files: Option<Files>| {
        let told = tell(outcome);
        files.map_or(Built::Faults(told), Built::Site)
    };
    let first = built(outcome, files);
    say(&format!("{} (Ctrl-C ends it)", sockets.address()));
    let again = move || {
        let (outcome, files) = build(&request);
        built(outcome, files)
    };
    serve(sockets, watch, first, again).map_err(|error| unwatched(arguments, &error))?;
    Ok(Outcome::default())
}

fn unwatched(arguments: &ServeArguments, error: &std::io::Error) -> Failure {
    Failure::Refused(format!("{}: {error}", arguments.root.display()))
}

/// What is to be said of a build, and the site, if it is without fault.
fn build(request: &Request) -> (Outcome, Option<Files>) {
    match depositary::build_in_memory(request, &Silent) {
        Ok(run) => {
            let mut files = None;
            let outcome = Outcome::of(run, |site| {
                let summary = format!("{} files", site.len());
                files = Some(site);
                summary
            });
            (outcome, files)
        }
        Err(error) => (Outcome { summary: Some(format!("error: {error}")), ..Outcome::default() }, None),
    }
}
