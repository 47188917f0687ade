//! A sink that keeps the site in memory, for `serve`.

use super::WriteError;
use super::gate::{Gate, Taken, gate};
use crate::base::path::SitePath;
use crate::config::Config;
use crate::render::{Sink, SinkError};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Files of a site by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Lets files pass through the gate and keeps them.
pub struct MemorySink {
    gate: Gate,
    files: Mutex<Files>,
}

impl MemorySink {
    /// A sink for the site of `config`.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self { gate: gate(config), files: Mutex::default() }
    }

    /// The site.
    ///
    /// # Errors
    /// If the gate finds faults.
    pub fn judged(self) -> Result<Files, WriteError> {
        let faults = self.gate.judge();
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        if faults.is_empty() { Ok(files) } else { Err(WriteError::Refused(faults)) }
    }
}

impl Sink for MemorySink {
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
        if self.gate.take(&path, &bytes) != Taken::Twice {
            self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_string(), bytes);
        }
        Ok(())
    }
}
