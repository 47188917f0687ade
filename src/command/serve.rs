//! `serve`: the site in a browser, made anew after every save.

use super::{Failure, Outcome, TellingArguments};
use depositary::base::code;
use depositary::base::diagnostic::Diagnostic;
use depositary::base::progress::Silent;
use depositary::render::{OnDemand, RenderError};
use depositary::resolve::report_cache::ReportCache;
use depositary::serve::{Built, Sockets, Watch, serve};
use depositary::{Preview, Request, Run};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

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

/// Says what there is to say, and gives it as text.
type Tell = dyn Fn(Outcome) -> String + Send;

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
    let sockets = Sockets::bind(arguments.port).map_err(|error| unbound(arguments.port, &error))?;
    let watch = Watch::begin(&arguments.root).map_err(|error| unwatched(arguments, &error))?;
    let tell: Arc<Mutex<Tell>> = Arc::new(Mutex::new(tell));
    let mut resolver = Resolver { request: request(arguments, &sockets), cache: ReportCache::default(), tell };
    let run = resolver.resolve();
    if run.diagnostics.iter().any(|found| found.code == code::UNREADABLE && found.place.is_none()) {
        return Ok(Outcome::of(run, |_| String::new()));
    }
    let first = resolver.built(run);
    let address = sockets.address();
    let again = move || {
        let run = resolver.resolve();
        resolver.built(run)
    };
    let ready = || say(&format!("{address} (Ctrl-C ends it)"));
    serve(sockets, watch, first, again, ready).map_err(|error| unwatched(arguments, &error))?;
    Ok(Outcome::default())
}

fn request(arguments: &ServeArguments, sockets: &Sockets) -> Request {
    Request {
        root: arguments.root.clone(),
        base_url: Some(sockets.address()),
        is_strict: false,
        extent: depositary::config::Extent::Whole,
    }
}

fn unbound(port: u16, error: &std::io::Error) -> Failure {
    Failure::Refused(match error.kind() {
        ErrorKind::AddrInUse => {
            format!(
                "another program listens at port {port}: choose another with `--port`; `--port 0` takes any free one"
            )
        }
        _ => format!("port {port}: {error}"),
    })
}

fn unwatched(arguments: &ServeArguments, error: &std::io::Error) -> Failure {
    Failure::Refused(format!("{}: {error}", arguments.root.display()))
}

/// Resolves the site again and again.
struct Resolver {
    request: Request,
    cache: ReportCache,
    tell: Arc<Mutex<Tell>>,
}

impl Resolver {
    fn resolve(&mut self) -> Run<Preview> {
        depositary::preview(&self.request, &mut self.cache, &Silent)
    }

    fn built(&self, run: Run<Preview>) -> Built {
        let mut site = None;
        let outcome = Outcome::of(run, |preview| {
            site = Some(preview);
            "ready".to_owned()
        });
        let told = told(&self.tell, outcome);
        match site {
            Some(preview) => Built::Site(Arc::new(Told { preview, tell: Arc::clone(&self.tell) })),
            None => Built::Faults(told),
        }
    }
}

fn told(tell: &Mutex<Tell>, outcome: Outcome) -> String {
    tell.lock().unwrap_or_else(PoisonError::into_inner)(outcome)
}

/// A site, and how to say what is wrong with it.
struct Told {
    preview: Preview,
    tell: Arc<Mutex<Tell>>,
}

impl Told {
    fn faults(&self, diagnostics: Vec<Diagnostic>) -> String {
        told(&self.tell, Outcome { diagnostics, ..Outcome::default() })
    }
}

impl depositary::serve::Preview for Told {
    fn ask(&self, ask: &mut dyn FnMut(&OnDemand<'_>)) -> Result<(), RenderError> {
        self.preview.ask(ask)
    }

    fn judge(&self, stop: &AtomicBool) -> Option<String> {
        let faults = self.preview.judge(stop).filter(|faults| !faults.is_empty())?;
        Some(self.faults(faults))
    }

    fn tell(&self, faults: RenderError) -> String {
        match faults {
            RenderError::Input(faults) => self.faults(faults),
            RenderError::Sink(error) => error.to_string(),
        }
    }
}
