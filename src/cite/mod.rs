//! What is cited → citations, in words by the style guides and as data for reference managers.
//!
//! Input: the corpus, the index and the settings. Output: [`Citable`]s, and from these text ([`cite`]) and lists
//! ([`bibliography`]). Invariants: pure; what is not printed in the source is left out, but for a date that is marked as
//! inferred; no two things have the same citation, even without their addresses; a corporate author is one name. The
//! words, styles and names of bodies are data (`*.toml` in this folder).
//!
//! 1. `archive` makes a [`Citable`] of a record, report, resolution or State page · 2. `style` writes it in words ·
//! 3. `format` writes lists

mod archive;
mod assembly;
mod body;
mod citable;
mod edition;
mod format;
mod style;
mod template;
mod words;

pub use archive::Citations;
pub use assembly::Assembly;
pub use citable::{Author, Citable, CitableKind, CorrectedState, Pinpoint, Title};
pub use edition::{Edition, Editions};
pub use format::{Format, bibliography, csl_item};
pub use style::{Style, cite};
pub use template::{Cited, Face, Run};
