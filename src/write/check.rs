//! A sink that keeps nothing, for `check`.

use super::gate::Gate;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::render::{Sink, SinkError};

/// Lets files pass through the gate and forgets them.
pub struct CheckSink {
    gate: Gate,
}

impl CheckSink {
    /// A sink for a site that will stand at `base_url` (empty if not known).
    #[must_use]
    pub fn new(base_url: &str) -> Self {
        Self { gate: Gate::new(base_url) }
    }

    /// Everything that is wrong with the site.
    #[must_use]
    pub fn judge(&self) -> Vec<Diagnostic> {
        self.gate.judge()
    }
}

impl Sink for CheckSink {
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
        self.gate.take(&path, &bytes);
        Ok(())
    }
}
