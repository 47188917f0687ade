//! What the user's input has wrong, as data: where, which kind, what to do.

use super::explanation;
use super::source::SourceId;
use super::span::Span;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::sync::Arc;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing is wrong, and nothing becomes an error where warnings count as errors.
    Note,
    /// The site can be built; something deserves a look.
    Warning,
    /// The site is not built.
    Error,
}

/// The place a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// A range of a source text, shown with its line and a caret.
    InSource(SourceId, Span),
    /// A file whose text is not at hand, with a byte offset where one is known.
    InFile {
        /// The path as shown to people.
        path: String,
        /// Offset of the offending byte.
        offset: Option<usize>,
    },
    /// A cell of a table.
    InTable {
        /// The path as shown to people.
        path: String,
        /// Line of the file, from 1.
        row: u64,
        /// Byte of the file at which the row begins, where it is known.
        offset: Option<usize>,
        /// Name of the column, where one is meant.
        column: Option<String>,
        /// The text of the row, several lines where a cell holds line ends.
        text: String,
        /// The bytes of that text that are meant: a cell, or the whole row.
        span: Span,
    },
    /// A range of a text that travels with the diagnostic (`site.toml`, a report's `.toml`).
    InText {
        /// The path as shown to people.
        path: String,
        /// The whole text of the file, which all that is said of it shares.
        #[serde(with = "super::arc_str")]
        text: Arc<str>,
        /// The range meant.
        span: Span,
    },
}

/// One remark on the user's input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable code, `E0101` or `W0203`, listed in [`super::code`].
    pub code: &'static str,
    /// One sentence, lower case, no final stop.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error without a place yet.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning without a place yet.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    /// A note without a place.
    #[must_use]
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message.into())
    }

    fn new(severity: Severity, code: &'static str, message: String) -> Self {
        Self { severity, code, message, place: None, hint: None }
    }

    /// The same diagnostic at `place`.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same diagnostic with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether this stops a build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// As it is handed from task to task, its fields in order.
impl<'de> Deserialize<'de> for Diagnostic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (severity, code, message, place, hint) = Deserialize::deserialize(deserializer)?;
        let code: String = code;
        let known = explanation::code(&code).ok_or_else(|| D::Error::custom(format!("`{code}` is no code")))?;
        Ok(Self { severity, code: known, message, place, hint })
    }
}
