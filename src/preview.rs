//! A site that is resolved, and whose files are made when they are asked for.

use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::base::progress::Silent;
use crate::render::{OnDemand, RenderError, Share, Sink, SinkError};
use crate::stages::{self, Archive};
use crate::write::{CheckSink, WriteError};
use std::io::{Error, ErrorKind};
use std::sync::atomic::{AtomicBool, Ordering};

/// A site of which no file is made yet.
pub struct Preview {
    archive: Archive,
}

impl Preview {
    pub(crate) fn new(archive: Archive) -> Self {
        Self { archive }
    }

    /// Makes ready what all pages share, and hands over the site to be asked for its files.
    ///
    /// # Errors
    /// If a template, a table of messages or an editorial page is wrong.
    pub fn ask(&self, ask: &mut dyn FnMut(&OnDemand<'_>)) -> Result<(), RenderError> {
        stages::on_demand(&self.archive, |site| ask(site))
    }

    /// What is wrong with the site as a whole, as [`check`](crate::check) tells it. All files are made for that, on half
    /// of the cores, as somebody may be asking for some of them; none once `stop` is true.
    #[must_use]
    pub fn judge(&self, stop: &AtomicBool) -> Option<Vec<Diagnostic>> {
        let sink = StoppableSink { sink: CheckSink::new(&self.archive.config), stop };
        let n_threads = rayon::current_num_threads().div_ceil(2);
        let threads = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().ok()?;
        match threads.install(|| stages::render_site(&self.archive, Share::All, &sink, &Silent)) {
            Ok(_) => Some(sink.sink.judge()),
            Err(WriteError::Refused(faults)) => Some(faults),
            Err(WriteError::FileSystem { .. }) => None,
        }
    }
}

/// Refuses files once they are not wanted any more.
struct StoppableSink<'a> {
    sink: CheckSink,
    stop: &'a AtomicBool,
}

impl Sink for StoppableSink<'_> {
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(SinkError { path: path.to_string(), source: Error::from(ErrorKind::Interrupted) });
        }
        self.sink.put(path, bytes)
    }
}
