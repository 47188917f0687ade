//! What holds for all formats: what is refused, and that nothing is lost.

mod content;
mod lossless;

use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// The bytes of an archive with these parts.
pub(super) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("memory takes it");
        writer.write_all(content.as_bytes()).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}
