//! Everything that is read from disk, and the only reader of files.
//!
//! Input: the root of a site. Output: [`Inputs`]. Invariant: nothing is skipped in silence.

mod date;
mod decode;
mod reference;
mod table;
mod walk;

use crate::base::source::Source;
use crate::model::record::{Correction, RecordId};
use crate::model::reference::Reference;
use crate::model::report::{ReportId, ReportMeta};
use std::collections::BTreeMap;

/// A report as found: its text and what the file beside it says.
#[derive(Debug, Clone)]
pub struct ReportFile {
    /// Its id: the file name without `.txt`.
    pub id: ReportId,
    /// Its text.
    pub source: Source,
    /// What `<id>.toml` says; empty where there is none.
    pub meta: ReportMeta,
}

/// An editor's correction of one record's field, from `content/corrections/<report>.toml`.
#[derive(Debug, Clone)]
pub struct EditorCorrection {
    /// The record it corrects.
    pub record: RecordId,
    /// What is corrected; `printed` must match what the parser read.
    pub correction: Correction,
    /// The file it stands in, and its text, for diagnostics.
    pub file: (String, String),
    /// The bytes of the entry in that file.
    pub span: crate::base::span::Span,
}

/// An editorial page from `content/pages/**/*.md`.
#[derive(Debug, Clone)]
pub struct EditorialPage {
    /// Address without language and `index.html`: `about`, `notes/jpn`.
    pub slug: String,
    /// Its language: `zh`, `en`.
    pub language: String,
    /// Its title: the first heading of level 1.
    pub title: String,
    /// The Markdown after that heading.
    pub markdown: String,
    /// The path as shown to people.
    pub path: String,
}

/// Everything that a build reads.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The reports, by id.
    pub reports: Vec<ReportFile>,
    /// The reference tables.
    pub reference: Reference,
    /// Editors' corrections.
    pub corrections: Vec<EditorCorrection>,
    /// Editorial pages.
    pub pages: Vec<EditorialPage>,
    /// Templates by name: `record.html`.
    pub templates: BTreeMap<String, String>,
    /// Files copied as they are, by path inside the site.
    pub static_files: BTreeMap<String, Vec<u8>>,
}
