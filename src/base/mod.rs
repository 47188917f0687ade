//! Ground that every stage stands on: source texts, places in them, diagnostics, paths, limits.
//!
//! Knows nothing of reports or sites.

pub mod diagnostic;
pub mod limits;
pub mod path;
pub mod source;
pub mod span;
