//! Depositary turns the United Nations' disarmament reports into a citable archive.
//!
//! The program is a compiler: reports in, records and pages out. Its modules are its stages, and
//! data only flows down: `read` → `parse` → `resolve` → `index` → `render` → `write`.

pub mod base;
pub mod config;
pub mod index;
pub mod model;
pub mod parse;
pub mod read;
pub mod render;
pub mod resolve;
