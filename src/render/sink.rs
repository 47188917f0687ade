//! Where finished files go, and why a site is not made.

use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use std::sync::{Mutex, PoisonError};

/// Takes finished files, from any thread, in any order.
pub trait Sink: Sync {
    /// Takes one file.
    ///
    /// # Errors
    /// If it cannot be kept.
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError>;

    /// Hears that the files since the last call are the same in every run, though they came in another order.
    ///
    /// # Errors
    /// If they cannot be kept.
    fn settle(&self) -> Result<(), SinkError> {
        Ok(())
    }
}

/// Keeps files in memory, in the order in which they come.
#[derive(Default)]
pub struct MemorySink {
    files: Mutex<Vec<(SitePath, Vec<u8>)>>,
}

impl MemorySink {
    /// The files.
    #[must_use]
    pub fn into_files(self) -> Vec<(SitePath, Vec<u8>)> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for MemorySink {
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push((path, bytes));
        Ok(())
    }
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

/// Why a site could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// Something in the user's files is wrong.
    #[error("{} errors in templates, messages or pages", .0.len())]
    Input(Vec<Diagnostic>),
    /// A file could not be kept.
    #[error(transparent)]
    Sink(#[from] SinkError),
}

impl From<Box<Diagnostic>> for RenderError {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        Self::Input(vec![*diagnostic])
    }
}

/// `path` checked, for files whose names come from outside.
pub(super) fn site_path(path: &str) -> Result<SitePath, RenderError> {
    SitePath::new(path).map_err(|error| {
        let bad = Diagnostic::error(code::BAD_ADDRESS, error.to_string());
        Box::new(
            bad.hint("give what it comes from a shorter name, of lower-case ASCII letters, digits, `-`, `_` and `.`"),
        )
        .into()
    })
}
