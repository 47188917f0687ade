//! Where the stages are joined: what each is given from the others' products.

use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::progress::{Progress, Silent};
use crate::base::source::Source;
use crate::config::Config;
use crate::index::{Index, index};
use crate::model::citation::Citation;
use crate::model::contract::ContractRecord;
use crate::model::reference::State;
use crate::model::report::{Report, ReportId, ReportMeta};
use crate::parse::fact::Phrases;
use crate::parse::lexicon::citation::CitationWords;
use crate::parse::{Lexicons, citation, parse};
use crate::read::{Inputs, ReportFile, built_in_reference};
use crate::render::{Input, RenderError, Sink, SinkError, addresses, render};
use crate::resolve::fact::FactGrammar;
use crate::resolve::ledger::{self, Identified};
use crate::resolve::{Corpus, ParsedReport, reports, together};
use crate::write::WriteError;
use rayon::prelude::*;
use std::path::PathBuf;

/// The grammars, made of the data files and of what an archive says of itself.
pub(crate) struct Grammars {
    lexicons: Lexicons,
    phrases: Phrases,
    treaty: Vec<String>,
}

impl Grammars {
    /// # Panics
    /// If a data file of the program is broken, which its tests rule out.
    fn new(states: &[State], config: &Config) -> Self {
        #[allow(clippy::expect_used)]
        let lexicons = Lexicons::new(states).expect("the lexicon's files are sound");
        #[allow(clippy::expect_used)]
        let phrases = Phrases::new().expect("the phrases' files are sound");
        Self { lexicons, phrases, treaty: treaty_names(config) }
    }

    fn facts(&self) -> FactGrammar<'_> {
        FactGrammar { phrases: &self.phrases, treaty: &self.treaty }
    }
}

/// The names of the archive's treaty as texts print them, with and without the marks of a title.
fn treaty_names(config: &Config) -> Vec<String> {
    let names = config.treaty.iter().flat_map(|treaty| treaty.name.values().chain(treaty.short_name.values()));
    names.flat_map(|name| [format!("《{name}》"), format!(" the {name}"), name.clone()]).collect()
}

/// `parse` and `resolve` for a site: the archive, and what is doubtful in it.
pub(crate) fn corpus(
    files: Vec<ReportFile>,
    inputs: &mut Inputs,
    config: &Config,
    progress: &dyn Progress,
) -> (Corpus, Vec<Diagnostic>) {
    progress.begin("parse", Some(files.len()));
    let reference = std::mem::take(&mut inputs.reference);
    let grammars = Grammars::new(&reference.states, config);
    let (sources, known): (Vec<_>, Vec<_>) = files.into_iter().map(|file| (file.source, (file.id, file.meta))).unzip();
    let (mut reports, mut diagnostics) = parsed_reports(&sources, known, &grammars, progress);
    diagnostics.extend(together(&mut reports, &inputs.corrections));
    (Corpus { sources, reports, reference }, diagnostics)
}

/// `parse` and what of `resolve` each report needs, for files outside any site.
pub(crate) fn loose_reports(ids: &[ReportId], sources: &[Source]) -> (Vec<Report>, Vec<Diagnostic>) {
    let config = match Config::built_in() {
        Ok(config) => config,
        Err(diagnostics) => return (Vec::new(), diagnostics),
    };
    let grammars = Grammars::new(&built_in_reference().states, &config);
    let known = ids.iter().map(|id| (id.clone(), ReportMeta::default())).collect();
    parsed_reports(sources, known, &grammars, &Silent)
}

fn parsed_reports(
    sources: &[Source],
    known: Vec<(ReportId, ReportMeta)>,
    grammars: &Grammars,
    progress: &dyn Progress,
) -> (Vec<Report>, Vec<Diagnostic>) {
    let files: Vec<(&Source, (ReportId, ReportMeta))> = sources.iter().zip(known).collect();
    let parse_one = |(source, (id, meta)): (&Source, (ReportId, ReportMeta))| {
        let parsed = parse(source, grammars.lexicons.for_text(&source.text));
        progress.step();
        ParsedReport { id, meta, parsed }
    };
    reports(files.into_par_iter().map(parse_one).collect(), &grammars.lexicons, grammars.facts())
}

/// One JSON object for each record of `report`.
pub(crate) fn record_lines(report: &Report, sources: &[Source]) -> Result<Vec<String>, serde_json::Error> {
    let Some(source) = sources.get(report.source.0) else { return Ok(Vec::new()) };
    report.records.iter().map(|record| serde_json::to_string(&ContractRecord::new(record, report, source))).collect()
}

/// The citations in a text of any kind.
pub(crate) fn find_citations(text: &str) -> Vec<Citation> {
    citation::find(text, CitationWords::for_text(text))
}

/// A site as far as it is read and resolved: all that pages are made of.
pub(crate) struct Archive {
    pub corpus: Corpus,
    pub config: Config,
    pub inputs: Inputs,
    index: Index,
}

impl Archive {
    /// `index`: the archive of `corpus` and everything else that was read.
    pub(crate) fn new(corpus: Corpus, config: Config, inputs: Inputs) -> Self {
        let index = index(&corpus, &config);
        Self { corpus, config, inputs, index }
    }

    fn input(&self) -> Input<'_> {
        Input {
            corpus: &self.corpus,
            index: &self.index,
            config: &self.config,
            ledger: self.inputs.ledger.as_ref(),
            pages: &self.inputs.pages,
            templates: &self.inputs.templates,
            static_files: &self.inputs.static_files,
        }
    }

    /// Every identifier and address that the site has.
    pub(crate) fn identified(&self) -> Identified {
        ledger::identified(&self.corpus, addresses(&self.input()))
    }

    /// Where the identifiers differ from what was published.
    pub(crate) fn judge(&self) -> Vec<Diagnostic> {
        let Some(published) = &self.inputs.ledger else {
            let note = Diagnostic::note(code::NO_LEDGER, "there is no `content/ledger/`, so no identifier is kept");
            return vec![note.hint("`depositary ledger accept` publishes the identifiers of this site")];
        };
        let identified = self.identified();
        ledger::diagnostics(&ledger::differences(&identified, published), &identified, published)
    }
}

/// `render`: every file of the site to `sink`.
pub(crate) fn render_site(archive: &Archive, sink: &dyn Sink, progress: &dyn Progress) -> Result<(), WriteError> {
    progress.begin("render", None);
    render(&archive.input(), sink).map_err(|error| match error {
        RenderError::Input(faults) => WriteError::Refused(faults),
        RenderError::Sink(SinkError { path, source }) => WriteError::FileSystem { path: PathBuf::from(path), source },
    })
}
