//! The texts that were read, and their lines.

use super::span::Span;
use serde::{Deserialize, Serialize};

/// Index of a source in the list that `read` returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(pub usize);

/// The encoding in which a file was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little or big endian, with a byte order mark.
    Utf16,
    /// GB 18030-2022, which includes GBK and GB 2312.
    Gb18030,
}

/// One file as text.
///
/// `text` is the whole file: a UTF-8 byte order mark stays in it as U+FEFF, so that offsets are
/// those of the file. For a file in another encoding offsets are those of its UTF-8 form.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Source {
    /// Its place in the list of sources.
    pub id: SourceId,
    /// The path as shown to people, with `/` as separator.
    pub path: String,
    /// The text as UTF-8.
    pub text: String,
    /// The file's bytes, where they are another encoding's.
    pub received: Option<Vec<u8>>,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The encoding in which it was found.
    pub encoding: Encoding,
    /// The pages of the document that the text was extracted from; none if it has no pages, or was received as text.
    pub pages: Option<Pages>,
}

/// The pages of a document, by the form feeds in its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    /// The bytes at which the form feeds stand.
    breaks: Vec<usize>,
}

impl Pages {
    /// The pages of `text`, which has a form feed wherever a page ends.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { breaks: text.match_indices('\u{c}').map(|(at, _)| at).collect() }
    }

    /// The number of the page that byte `offset` stands on, from 1.
    #[must_use]
    pub fn at(&self, offset: usize) -> usize {
        1 + self.breaks.partition_point(|at| *at < offset)
    }
}

impl Source {
    /// The part of the text at `span`, which is a place in it.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }
}

/// The byte range of every line of `text`, without its line end (LF or CRLF).
#[must_use]
pub fn line_spans(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches('\n').trim_end_matches('\r');
        lines.push(Span::new(start, start + content.len()));
        start += line.len();
    }
    lines
}
