//! Ground that every stage stands on: source texts, places in them, diagnostics, paths, limits.
//!
//! Knows nothing of reports or sites.

pub mod arc_str;
pub mod characters;
pub mod code;
pub mod diagnostic;
pub mod explanation;
pub mod hash;
pub mod language;
pub mod lazy;
pub mod limits;
pub mod location;
pub mod media;
pub mod path;
pub mod printed;
pub mod progress;
pub mod settings;
pub mod source;
pub mod span;
pub mod suggestion;
pub mod unique;
