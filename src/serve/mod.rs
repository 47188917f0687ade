//! A site in memory → a browser on this machine, and a new one after every save.
//!
//! Input: the root of a site and a way to build it. Output: answers to requests. Invariants: only this machine can
//! ask (loopback addresses, and names for them in the `Host` header); an answer comes out of memory, so no path
//! reaches a file; while the site has faults, the last good one stays and shows them.
//!
//! 1. [`Sockets::bind`] · 2. [`serve`]: build, watch, build anew · 3. `connection`: bounds on what a client may do ·
//! 4. `answer`: a request's answer · 5. `page`: what is added to a page, only here

mod answer;
mod connection;
mod media;
mod page;
mod watch;

pub use watch::Watch;

use crate::write::Files;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::sync::Arc;
use tokio::sync::watch::Sender;

/// What one build gave.
#[derive(Debug)]
pub enum Built {
    /// A sound site.
    Site(Files),
    /// What is wrong, as text for people.
    Faults(String),
}

/// What a browser is shown.
#[derive(Debug, Default)]
struct Shown {
    /// How many builds there have been.
    generation: u64,
    /// The last sound site; none before the first.
    files: Arc<Files>,
    /// What is wrong with the site as it is now.
    faults: Option<String>,
}

impl Shown {
    /// What is shown after another build.
    fn after(&self, built: Built) -> Self {
        let generation = self.generation + 1;
        match built {
            Built::Site(files) => Self { generation, files: Arc::new(files), faults: None },
            Built::Faults(text) => Self { generation, files: Arc::clone(&self.files), faults: Some(text) },
        }
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
/// the first build, so that no save is missed.
///
/// # Errors
/// If the folder cannot be watched or the sockets cannot be used.
pub fn serve(
    sockets: Sockets,
    watch: Watch,
    first: Built,
    mut build: impl FnMut() -> Built + Send + 'static,
) -> io::Result<()> {
    let shown = Sender::new(Arc::new(Shown::default().after(first)));
    let requests = shown.subscribe();
    let replace = move || {
        let next = shown.borrow().after(build());
        shown.send_replace(Arc::new(next));
    };
    watch.tell(replace)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let served = runtime.block_on(connection::accept(sockets, requests));
    // Browsers that wait for a change would hold it for as long as they wait.
    runtime.shutdown_background();
    served
}
