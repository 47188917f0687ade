//! Where the stages are joined. A stage that is not there yet is stood in for by the least that has its form.

use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::base::progress::Progress;
use crate::base::source::{Source, SourceId};
use crate::config::Config;
use crate::model::citation::Citation;
use crate::model::report::{FrontMatter, Layout, Report, ReportId, ReportMeta};
use crate::read::{Inputs, ReportFile};
use crate::render::{Sink, SinkError};
use crate::resolve::Corpus;
use crate::write::WriteError;
use std::path::PathBuf;

/// `parse`: each report for itself, side by side.
pub(crate) fn parse_reports(
    files: &[ReportFile],
    _inputs: &Inputs,
    progress: &dyn Progress,
) -> (Vec<Report>, Vec<Diagnostic>) {
    progress.begin("parse", Some(files.len()));
    let parse = |file: &ReportFile| {
        progress.step();
        unparsed(&file.id, file.source.id, file.meta.clone())
    };
    // To be wired: `parse::parse(&file.source, &lexicon)`, with rayon.
    (files.iter().map(parse).collect(), Vec::new())
}

/// `parse` and what of `resolve` one report needs, for files outside any site.
pub(crate) fn parse_loose(ids: &[ReportId], sources: &[Source]) -> (Vec<Report>, Vec<Diagnostic>) {
    // To be wired, with `read::built_in_reference()` and `Config::built_in()`.
    let reports = ids.iter().zip(sources).map(|(id, source)| unparsed(id, source.id, ReportMeta::default()));
    (reports.collect(), Vec::new())
}

fn unparsed(id: &ReportId, source: SourceId, meta: ReportMeta) -> Report {
    Report {
        id: id.clone(),
        source,
        layout: Layout::Unparsed,
        language: "zh-Hans".to_owned(),
        meta,
        front: FrontMatter::default(),
        blocks: Vec::new(),
        records: Vec::new(),
        footnotes: Vec::new(),
        pieces: Vec::new(),
    }
}

/// `resolve`: all reports together.
pub(crate) fn resolve_corpus(
    files: Vec<ReportFile>,
    reports: Vec<Report>,
    inputs: &Inputs,
    _config: &Config,
) -> (Corpus, Vec<Diagnostic>) {
    // To be wired: `resolve::resolve(…)`, with `inputs.corrections`.
    let sources = files.into_iter().map(|file| file.source).collect();
    (Corpus { sources, reports, reference: inputs.reference.clone() }, Vec::new())
}

/// `index` and `render`: every file of the site to `sink`.
pub(crate) fn render_site(
    _corpus: &Corpus,
    _config: &Config,
    inputs: &Inputs,
    sink: &dyn Sink,
    progress: &dyn Progress,
) -> Result<(), WriteError> {
    progress.begin("render", None);
    // To be wired: `index::index(corpus, config)`, then `render::render(&Input { … }, sink)`.
    for (path, bytes) in &inputs.static_files {
        let Ok(path) = SitePath::new(path.as_str()) else { continue };
        sink.put(path, bytes.clone()).map_err(not_kept)?;
    }
    Ok(())
}

fn not_kept(error: SinkError) -> WriteError {
    WriteError::FileSystem { path: PathBuf::from(error.path), source: error.source }
}

/// One JSON object for each record of `report`.
pub(crate) fn record_lines(report: &Report, _sources: &[Source]) -> Result<Vec<String>, serde_json::Error> {
    // To be wired: `render::data::record_json(record, report, source)`.
    report.records.iter().map(|record| serde_json::to_string(&record.id)).collect()
}

/// The citations in a text of any kind.
pub(crate) fn find_citations(_text: &str) -> Vec<Citation> {
    // To be wired: `parse::citation::find(text, words)`.
    Vec::new()
}
