//! Citations of United Nations documents.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A document symbol in its canonical spelling, `A/RES/62/59`, `S/RES/1718(2006)`, `NPT/CONF.2010/WP.55`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Symbol(pub String);

impl Symbol {
    /// The symbol as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What kind of document a symbol names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CitationKind {
    /// A resolution of any body.
    Resolution,
    /// Any other document, decisions among them.
    Document,
}

/// One citation found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Byte range in the text it stands in.
    pub range: std::ops::Range<usize>,
    /// The symbol meant.
    pub symbol: Symbol,
    /// What kind of document it is.
    pub kind: CitationKind,
    /// The title printed before the number (题为“…”的第…号决议), where there is one.
    pub title: Option<String>,
}
