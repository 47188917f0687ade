//! The gate for a site that is not written.

use super::WriteError;
use super::gate::{Gate, gate};
use super::size::size_warning;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::config::Config;
use crate::render::{Sink, SinkError};
use std::collections::BTreeMap;
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
        size_warning(self.n_bytes.load(Ordering::Relaxed), self.max_bytes).into_iter().collect()
    }
}

impl Sink for CheckSink {
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
        self.gate.take(&path, &bytes);
        self.n_bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}

/// Files of a site by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// `files` by path, as the site of `config`.
///
/// # Errors
/// If the gate finds faults.
pub fn judged(config: &Config, files: Vec<(SitePath, Vec<u8>)>) -> Result<Files, WriteError> {
    let gate = gate(config);
    for (path, bytes) in &files {
        gate.take(path, bytes);
    }
    let faults = gate.judge();
    if !faults.is_empty() {
        return Err(WriteError::Refused(faults));
    }
    Ok(files.into_iter().map(|(path, bytes)| (path.to_string(), bytes)).collect())
}
