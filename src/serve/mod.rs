//! A site → a browser on this machine, and a new one after every save.
//!
//! Input: a site and a way to resolve it anew. Output: answers to requests. Invariants: only this machine can ask
//! (loopback addresses, and names for them in the `Host` header); a file is made when it is asked for and never read,
//! so no path reaches a file; what cannot be made is shown as it was before, with what is wrong.
//!
//! 1. [`Sockets::bind`] · 2. [`serve`]: resolve, watch, resolve anew · 3. `worker`: makes files ·
//! 4. `connection`: bounds on what a client may do · 5. `answer`: a request's answer ·
//! 6. `page`: what is added to a page, only here

mod answer;
mod connection;
mod page;
mod watch;
mod worker;

pub use watch::Watch;

use crate::render::{OnDemand, RenderError};
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;
use tokio::sync::watch::Sender;
use worker::RenderWorker;

/// A site that can be asked for its files.
pub trait Preview: Send + Sync {
    /// Makes ready what all pages share, and hands over the site to be asked.
    ///
    /// # Errors
    /// If a template, a table of messages or an editorial page is wrong.
    fn ask(&self, ask: &mut dyn FnMut(&OnDemand<'_>)) -> Result<(), RenderError>;

    /// What is wrong with the site as a whole, as text for people; none if nothing is, or once `stop` is true.
    fn judge(&self, stop: &AtomicBool) -> Option<String>;

    /// `faults` as text for people.
    fn tell(&self, faults: RenderError) -> String;
}

/// What resolving a site gave.
pub enum Built {
    /// A site.
    Site(Arc<dyn Preview>),
    /// What is wrong, as text for people.
    Faults(String),
}

/// A site with the thread that makes its files.
struct Served {
    site: Arc<dyn Preview>,
    worker: RenderWorker,
}

impl Served {
    /// # Errors
    /// What is wrong with what all pages share, as text for people.
    fn new(site: Arc<dyn Preview>) -> Result<Self, String> {
        let started = RenderWorker::start(Arc::clone(&site)).map_err(|error| error.to_string())?;
        let worker = started.map_err(|faults| site.tell(faults))?;
        Ok(Self { site, worker })
    }

    fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        self.worker.file(path).map_err(|faults| self.site.tell(faults))
    }
}

/// What keeps a site from being published.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Faults {
    text: String,
    /// Whether what is shown is of a time before they were made.
    is_newer: bool,
}

/// What a browser is shown.
#[derive(Clone, Default)]
struct Shown {
    /// How often it changed.
    generation: u64,
    /// The last site that could be resolved; none before the first.
    site: Option<Arc<Served>>,
    /// The last one before it without fault, for pages that cannot be made.
    before: Option<Arc<Served>>,
    /// What is wrong with the site as it is now.
    faults: Option<Faults>,
}

/// A file as it is shown.
enum Found {
    /// It, and what is wrong.
    File(Vec<u8>, Option<Faults>),
    /// There is none of this name.
    Nothing,
    /// There has never been a site that could give it; why.
    Broken(String),
}

impl Shown {
    /// What is shown after the site was resolved anew.
    fn after(&self, built: Built) -> Self {
        let generation = self.generation + 1;
        let served = match built {
            Built::Site(site) => Served::new(site),
            Built::Faults(text) => Err(text),
        };
        match served {
            Ok(served) => {
                let before = if self.faults.is_none() { &self.site } else { &self.before };
                Self { generation, before: before.clone(), site: Some(Arc::new(served)), faults: None }
            }
            Err(text) => Self { generation, faults: Some(Faults { text, is_newer: true }), ..self.clone() },
        }
    }

    /// The file at `path`, of the site as it is now or else as it was.
    fn file(&self, path: &str) -> Found {
        let mut faults = self.faults.clone();
        for served in [&self.site, &self.before].into_iter().flatten() {
            match served.file(path) {
                Ok(Some(bytes)) => return Found::File(bytes, faults),
                Ok(None) => return Found::Nothing,
                Err(text) => faults = Some(Faults { text, is_newer: true }),
            }
        }
        faults.map_or(Found::Nothing, |faults| Found::Broken(faults.text))
    }
}

/// How long a site stands before it is judged: whoever saves again meanwhile has both cores for the next.
const REST: Duration = Duration::from_millis(500);

/// The check of one site as a whole, beside the answers to requests.
struct BackgroundCheck {
    stop: Arc<AtomicBool>,
    /// Ends the rest before it, when dropped.
    _wanted: mpsc::Sender<()>,
}

impl BackgroundCheck {
    /// Judges what `shown` shows, and shows what is wrong with it.
    fn begin(shown: &Arc<Sender<Arc<Shown>>>) -> Self {
        let (wanted, rest) = mpsc::channel();
        let check = Self { stop: Arc::default(), _wanted: wanted };
        let (stop, sender, judged) = (Arc::clone(&check.stop), Arc::clone(shown), Arc::clone(&shown.borrow()));
        let judge = move || {
            if rest.recv_timeout(REST) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let Some(text) = judged.site.as_ref().and_then(|served| served.site.judge(&stop)) else { return };
            let faults = Some(Faults { text, is_newer: false });
            sender.send_if_modified(|shown| {
                let is_current = shown.generation == judged.generation;
                if is_current {
                    *shown = Arc::new(Shown { generation: judged.generation + 1, faults, ..(*judged).clone() });
                }
                is_current
            });
        };
        // Where there can be no other thread, faults of the whole are told by `build`.
        let is_new = shown.borrow().faults.is_none();
        if is_new {
            let _ = std::thread::Builder::new().name("judge".to_owned()).spawn(judge);
        }
        check
    }
}

impl Drop for BackgroundCheck {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Sockets on the loopback addresses of this machine.
#[derive(Debug)]
pub struct Sockets {
    listeners: Vec<TcpListener>,
    port: u16,
}

impl Sockets {
    /// Listens at `port`, or at a free one if it is 0.
    ///
    /// # Errors
    /// If the port is taken.
    pub fn bind(port: u16) -> io::Result<Self> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = first.local_addr()?.port();
        // A machine may be without IPv6; then the other address is enough.
        let second = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).ok();
        let listeners: Vec<TcpListener> = [Some(first), second].into_iter().flatten().collect();
        listeners.iter().try_for_each(|listener| listener.set_nonblocking(true))?;
        Ok(Self { listeners, port })
    }

    /// The address of the site.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

/// Serves `first`, and what `build` gives whenever `watch` sees a change, until the user ends it. The watch began before
/// the first build, so that no save is missed. `ready` is called when requests are answered.
///
/// # Errors
/// If the folder cannot be watched or the sockets cannot be used.
pub fn serve(
    sockets: Sockets,
    watch: Watch,
    first: Built,
    mut build: impl FnMut() -> Built + Send + 'static,
    ready: impl FnOnce(),
) -> io::Result<()> {
    let shown = Arc::new(Sender::new(Arc::new(Shown::default().after(first))));
    let requests = shown.subscribe();
    let mut check = Some(BackgroundCheck::begin(&shown));
    let replace = move || {
        // It is of a site that is no more, and would take the time of the next.
        check.take();
        let built = build();
        let next = shown.borrow().after(built);
        shown.send_replace(Arc::new(next));
        check = Some(BackgroundCheck::begin(&shown));
    };
    watch.tell(replace)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    ready();
    let served = runtime.block_on(connection::accept(sockets, requests));
    // Browsers that wait for a change would hold it for as long as they wait.
    runtime.shutdown_background();
    served
}
