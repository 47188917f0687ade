//! What is known of a language, from data files.

pub mod citation;
