//! A sink that keeps nothing, for `check`.

use super::gate::{Gate, gate};
use super::size::weigh;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::config::Config;
use crate::render::{Sink, SinkError};
use std::sync::atomic::{AtomicU64, Ordering};

/// Lets files pass through the gate and forgets them.
pub struct CheckSink {
    gate: Gate,
    max_bytes: u64,
    n_bytes: AtomicU64,
}

impl CheckSink {
    /// A sink for the site of `config`.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self { gate: gate(config), max_bytes: config.publish.max_bytes, n_bytes: AtomicU64::new(0) }
    }

    /// Everything that is wrong with the site.
    #[must_use]
    pub fn judge(&self) -> Vec<Diagnostic> {
        self.gate.judge()
    }

    /// What deserves a look in a site without fault.
    #[must_use]
    pub fn remarks(&self) -> Vec<Diagnostic> {
        weigh(self.n_bytes.load(Ordering::Relaxed), self.max_bytes).into_iter().collect()
    }
}

impl Sink for CheckSink {
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
        self.gate.take(&path, &bytes);
        self.n_bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}
