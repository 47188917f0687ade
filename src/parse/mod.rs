//! One report's text → its content in reading order, with every character accounted for.
//!
//! Input: one [`Source`](crate::base::source::Source) and a lexicon. Output: `Parsed`. Invariants:
//! parsing cannot fail; nothing is lost; a file is parsed without knowledge of the others.

pub mod citation;
pub mod lexicon;
