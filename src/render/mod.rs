//! Corpus and index → pages: typed page views through the templates, minified, handed to a [`Sink`].

use crate::base::path::SitePath;

/// Takes finished files, from any thread, in any order.
pub trait Sink: Sync {
    /// Takes one file.
    ///
    /// # Errors
    /// If it cannot be kept.
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError>;
}

/// A file could not be kept.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct SinkError {
    /// The file.
    pub path: String,
    /// Why.
    pub source: std::io::Error,
}
