//! Where the stages are joined.

use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::base::progress::Progress;
use crate::base::source::Source;
use crate::config::Config;
use crate::model::citation::Citation;
use crate::model::contract::ContractRecord;
use crate::model::reference::Reference;
use crate::model::report::{Report, ReportId, ReportMeta};
use crate::parse::{Lexicons, parse};
use crate::read::{Inputs, ReportFile, built_in_reference};
use crate::render::{Sink, SinkError};
use crate::resolve::{Corpus, report};
use crate::write::WriteError;
use rayon::prelude::*;
use std::path::PathBuf;

/// `parse`, and what of `resolve` a report needs that knows of no other: each for itself, side by side.
pub(crate) fn read_reports(
    files: &[ReportFile],
    reference: &Reference,
    progress: &dyn Progress,
) -> (Vec<Report>, Vec<Diagnostic>) {
    progress.begin("parse", Some(files.len()));
    let lexicons = match lexicons(reference) {
        Ok(lexicons) => lexicons,
        Err(broken) => return (Vec::new(), vec![*broken]),
    };
    let read = |file: &ReportFile| {
        let read = read_report(&file.id, &file.meta, &file.source, &lexicons);
        progress.step();
        read
    };
    gather(files.par_iter().map(read).collect())
}

/// The same for files outside any site, of which nothing is known but their text.
pub(crate) fn read_loose_reports(ids: &[ReportId], sources: &[Source]) -> (Vec<Report>, Vec<Diagnostic>) {
    let lexicons = match lexicons(&built_in_reference()) {
        Ok(lexicons) => lexicons,
        Err(broken) => return (Vec::new(), vec![*broken]),
    };
    let meta = ReportMeta::default();
    let files = ids.par_iter().zip(sources);
    gather(files.map(|(id, source)| read_report(id, &meta, source, &lexicons)).collect())
}

fn lexicons(reference: &Reference) -> Result<Lexicons, Box<Diagnostic>> {
    let broken = |reason: &str| Diagnostic::error(code::BAD_LEXICON, format!("a lexicon is wrong: {reason}"));
    Lexicons::new(&reference.states).map_err(|error| Box::new(broken(error.message())))
}

fn read_report(
    id: &ReportId,
    meta: &ReportMeta,
    source: &Source,
    lexicons: &Lexicons,
) -> Option<(Report, Vec<Diagnostic>)> {
    let lexicon = lexicons.for_text(&source.text)?;
    Some(report::build(id.clone(), meta.clone(), parse(source, lexicon), lexicon))
}

/// Reports and diagnostics in the order of the files.
fn gather(read: Vec<Option<(Report, Vec<Diagnostic>)>>) -> (Vec<Report>, Vec<Diagnostic>) {
    let (reports, diagnostics): (Vec<Report>, Vec<Vec<Diagnostic>>) = read.into_iter().flatten().unzip();
    (reports, diagnostics.into_iter().flatten().collect())
}

/// What of `resolve` needs all reports together.
pub(crate) fn resolve_corpus(
    files: Vec<ReportFile>,
    reports: Vec<Report>,
    inputs: &Inputs,
    _config: &Config,
) -> (Corpus, Vec<Diagnostic>) {
    // To be wired: collisions of ids, and `inputs.corrections`.
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

/// One JSON object for each record of `report`, whose text is one of `sources`.
pub(crate) fn record_lines(report: &Report, sources: &[Source]) -> Result<Vec<String>, serde_json::Error> {
    let Some(source) = sources.get(report.source.0) else { return Ok(Vec::new()) };
    let line = |record| serde_json::to_string(&ContractRecord::new(record, report, source));
    report.records.iter().map(line).collect()
}

/// The citations in each of `sources`, texts of any kind.
pub(crate) fn find_citations(sources: &[Source]) -> (Vec<Vec<Citation>>, Vec<Diagnostic>) {
    let lexicons = match lexicons(&built_in_reference()) {
        Ok(lexicons) => lexicons,
        Err(broken) => return (Vec::new(), vec![*broken]),
    };
    let find = |source: &Source| {
        let lexicon = lexicons.for_text(&source.text);
        lexicon.map_or_else(Vec::new, |lexicon| lexicon.citations_in(&source.text))
    };
    (sources.par_iter().map(find).collect(), Vec::new())
}
