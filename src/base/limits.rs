//! Bounds on what is read, each with its reason.

/// Largest report in bytes. The longest UN documents are a few megabytes of text.
pub const MAX_REPORT_BYTES: u64 = 64 * 1024 * 1024;
