//! Where the stages are joined: what each is given from the others' products.

use crate::Paper;
use crate::base::characters::Characters;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::language::is_one_language;
use crate::base::lazy::Lazy;
use crate::base::progress::Progress;
use crate::base::source::{Encoding, Source};
use crate::base::suggestion::nearest_few;
use crate::cite::{Citable, Citations, Editions};
use crate::config::Config;
use crate::index::{Index, index};
use crate::linkify::{Form, Linked, Targets, linkify as link_citations};
use crate::model::citation::Citation;
use crate::model::contract::ContractRecord;
use crate::model::part::Part;
use crate::model::reference::Reference;
use crate::model::report::{Report, ReportId, ReportMeta};
use crate::model::state::Iso3;
use crate::model::wording::Versions;
use crate::parse::fact::Phrases;
use crate::parse::gist::ActPhrases;
use crate::parse::lexicon::citation::CitationWords;
use crate::parse::lexicon::states::state_names;
use crate::parse::{Lexicon, Lexicons, Parsed, citation, language, parse};
use crate::read::{Inputs, ReportFile, built_in_reference};
use crate::render::{self, Input, OnDemand, PAGES_OF_A_BATCH, RenderError, Share, Sink, SinkError, addresses, render};
use crate::resolve::duplicate::duplicates;
use crate::resolve::fact::FactGrammar;
use crate::resolve::ledger::{self, Identified};
use crate::resolve::meeting::Meetings;
use crate::resolve::report::Grammar;
use crate::resolve::report_cache::{ReportCache, Resolved};
use crate::resolve::translation::translations;
use crate::resolve::{Corpus, adoption, check_corpus, report};
use crate::write::WriteError;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// The grammars, made of the data files and of what an archive says of itself.
pub(crate) struct Grammars {
    lexicons: Lexicons,
    phrases: Phrases,
    acts: ActPhrases,
    treaty: Vec<String>,
    meetings: Meetings,
}

impl Grammars {
    /// # Panics
    /// If a data file of the program is broken, which its tests rule out.
    pub(crate) fn new(reference: &Reference, config: &Config) -> Self {
        #[allow(clippy::expect_used)]
        let lexicons = Lexicons::new(&reference.states, &config.lexicon).expect("the lexicon's files are sound");
        #[allow(clippy::expect_used)]
        let phrases = Phrases::new().expect("the phrases' files are sound");
        #[allow(clippy::expect_used)]
        let acts = ActPhrases::new().expect("the phrases of acts are sound");
        Self { lexicons, phrases, acts, treaty: treaty_names(config), meetings: Meetings::new(reference, config) }
    }

    fn of_texts(&self) -> Grammar<'_> {
        let facts = FactGrammar { phrases: &self.phrases, treaty: &self.treaty };
        Grammar { facts, acts: &self.acts, meetings: &self.meetings }
    }

    /// The grammar of the language that `meta` names, else of that of the text.
    fn lexicon(&self, source: &Source, meta: &ReportMeta) -> &Lexicon {
        match &meta.language {
            Some(language) => self.lexicons.by_language(language),
            None => self.lexicons.for_text(&source.text),
        }
    }

    /// What `source` says.
    pub(crate) fn parsed(&self, source: &Source, meta: &ReportMeta) -> Parsed {
        let mut parsed = parse(source, self.lexicon(source, meta));
        if let Some(language) = &meta.language {
            parsed.diagnostics.extend(self.another_language(source, language));
            parsed.language.clone_from(language);
        }
        parsed
    }

    /// A warning if `source` shows another language than `said`, both being told apart.
    fn another_language(&self, source: &Source, said: &str) -> Option<Diagnostic> {
        let shown = language::of(&source.text, self.lexicons.for_text(&source.text));
        let is_other = shown != language::UNDETERMINED && !is_one_language(&shown, said);
        (is_other && language::is_told_apart(said)).then(|| {
            let message = format!("the text is said to be in `{said}`, and shows `{shown}`");
            let warning = Diagnostic::warning(code::ANOTHER_LANGUAGE, message);
            let hint =
                "it is read by the words of the former; name the file, or `language` in its TOML file, by its language";
            warning.at(language::place(source)).hint(hint)
        })
    }

    /// The report that `parsed` is, by itself.
    pub(crate) fn reported(&self, id: ReportId, parsed: Parsed, meta: ReportMeta) -> Resolved {
        let lexicon = self.lexicons.by_language(&parsed.language);
        let (report, diagnostics) = report::build(id, meta, parsed, lexicon, self.of_texts());
        (Arc::new(report), diagnostics)
    }

    /// The language of `source`, BCP 47.
    pub(crate) fn language(&self, source: &Source, meta: &ReportMeta) -> String {
        meta.language.clone().unwrap_or_else(|| self.lexicon(source, meta).layout.language.clone())
    }
}

/// The names of the archive's treaty as texts print them, with and without the marks of a title.
fn treaty_names(config: &Config) -> Vec<String> {
    let names = config.treaty.iter().flat_map(|treaty| treaty.name.values().chain(treaty.short_name.values()));
    names.flat_map(|name| [format!("《{name}》"), name.clone()]).collect()
}

/// `parse` and `resolve` for a site: the archive, and what is doubtful in it. Reports that `cache` has are not
/// resolved again, and then it has those of this archive.
pub(crate) fn corpus(
    inputs: &mut Inputs,
    config: &Config,
    cache: &mut ReportCache,
    progress: &dyn Progress,
) -> (Corpus, Vec<Diagnostic>) {
    let (files, reference) = (std::mem::take(&mut inputs.reports), std::mem::take(&mut inputs.reference));
    let grammars = Grammars::new(&reference, config);
    cache.prepare(&config.lexicon, &grammars.treaty, &reference.states, &grammars.meetings);
    let resolved = each_resolved(&files, &grammars, cache, progress);
    let sources: Vec<Source> = files.into_iter().map(|file| file.source).collect();
    cache.remember(&sources, &resolved);
    reports_together(sources, resolved, reference, inputs)
}

/// `parse` and what of `resolve` each report needs, for reports of a site.
pub(crate) fn reports_alone(
    files: &[ReportFile],
    reference: &Reference,
    config: &Config,
    progress: &dyn Progress,
) -> Vec<Resolved> {
    each_resolved(files, &Grammars::new(reference, config), &ReportCache::default(), progress)
}

fn each_resolved(
    files: &[ReportFile],
    grammars: &Grammars,
    cache: &ReportCache,
    progress: &dyn Progress,
) -> Vec<Resolved> {
    progress.begin("parse", Some(files.len()));
    let resolve = |file: &ReportFile| {
        let known = cache.find(&file.source, &file.meta);
        let resolved = known.unwrap_or_else(|| resolved(&file.source, file.id.clone(), file.meta.clone(), grammars));
        progress.step();
        resolved
    };
    files.par_iter().map(resolve).collect()
}

/// What of `resolve` needs all reports: the archive of `resolved`, and what is doubtful in it.
pub(crate) fn reports_together(
    sources: Vec<Source>,
    resolved: Vec<Resolved>,
    mut reference: Reference,
    inputs: &Inputs,
) -> (Corpus, Vec<Diagnostic>) {
    let (mut reports, diagnostics): (Vec<_>, Vec<_>) = resolved.into_iter().unzip();
    let mut diagnostics = diagnostics.concat();
    let (works, doubtful) = check_corpus(&mut reports, &inputs.corrections);
    diagnostics.extend(doubtful);
    diagnostics.extend(duplicates(&reports, &sources));
    adoption::add(&mut reference, &reports);
    let (translations, doubtful) = translations(&reports, &inputs.translations);
    diagnostics.extend(doubtful);
    let sources = sources.into_iter().map(Lazy::from).collect();
    (Corpus { sources, reports, reference, translations, works }, diagnostics)
}

/// `parse` and what of `resolve` each report needs, for files outside any site, with the settings `config`.
pub(crate) fn loose_reports(
    ids: &[ReportId],
    sources: &[Source],
    config: &Config,
) -> (Vec<Arc<Report>>, Vec<Diagnostic>) {
    let grammars = Grammars::new(&built_in_reference(), config);
    let files = sources.par_iter().zip(ids);
    let resolve = |(source, id): (&Source, &ReportId)| resolved(source, id.clone(), ReportMeta::default(), &grammars);
    let (reports, diagnostics): (Vec<_>, Vec<_>) = files.map(resolve).unzip();
    (reports, diagnostics.concat())
}

/// The report of `source` by itself.
fn resolved(source: &Source, id: ReportId, meta: ReportMeta, grammars: &Grammars) -> Resolved {
    grammars.reported(id, grammars.parsed(source, &meta), meta)
}

/// One JSON object for each record of `report`.
pub(crate) fn record_lines(report: &Report, sources: &[Source]) -> Result<Vec<String>, serde_json::Error> {
    let Some(source) = sources.get(report.source.0) else { return Ok(Vec::new()) };
    let characters = Characters::of(&source.text);
    let record = |record| ContractRecord::new(record, report, source, &characters);
    report.records.iter().map(|of| serde_json::to_string(&record(of))).collect()
}

/// The citations in a text of any kind.
pub(crate) fn find_citations(text: &str) -> Vec<Citation> {
    citation::find_in_all_languages(text)
}

/// What is derived from an archive by walking all of it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Derived {
    index: Index,
    editions: Editions,
}

/// A site as far as it is read and resolved: all that pages are made of.
pub(crate) struct Archive {
    pub corpus: Corpus,
    pub config: Config,
    pub inputs: Inputs,
    pub derived: Derived,
    state_names: BTreeMap<Iso3, Vec<String>>,
}

impl Archive {
    /// `index`: the archive of `corpus` and everything else that was read.
    pub(crate) fn new(corpus: Corpus, config: Config, inputs: Inputs) -> Self {
        let derived = Derived { index: index(&corpus, &config), editions: Editions::of(&corpus) };
        Self::with_derived(corpus, derived, config, inputs)
    }

    /// The archive of `corpus`, from which `derived` was made.
    pub(crate) fn with_derived(corpus: Corpus, derived: Derived, config: Config, inputs: Inputs) -> Self {
        let state_names = state_names(&corpus.reference.states);
        Self { corpus, config, inputs, derived, state_names }
    }

    fn input(&self) -> Input<'_> {
        Input {
            corpus: &self.corpus,
            index: &self.derived.index,
            editions: &self.derived.editions,
            config: &self.config,
            ledger: self.inputs.ledger.as_ref(),
            versions: &self.inputs.versions,
            releases: &self.inputs.releases,
            state_names: &self.state_names,
            pages: &self.inputs.pages,
            templates: &self.inputs.templates,
            static_files: &self.inputs.static_files,
        }
    }

    /// The wordings of the records that were published with several, or given up.
    pub(crate) fn histories(&self) -> Versions {
        let input = self.input();
        let told = self.inputs.versions.keys().map(|id| (id, input.history(id)));
        told.filter(|(_, history)| !history.is_empty()).map(|(id, history)| (id.clone(), history.to_vec())).collect()
    }

    /// Every identifier and address that the site has.
    pub(crate) fn identified(&self) -> Identified {
        ledger::identified(&self.corpus, addresses(&self.input()))
    }

    /// Where the identifiers and wordings differ from what was published.
    pub(crate) fn judge(&self) -> Vec<Diagnostic> {
        let Some(published) = &self.inputs.ledger else {
            let note = Diagnostic::note(code::NO_LEDGER, "there is no `content/ledger/`, so no identifier is kept");
            return vec![note.hint("`depositary ledger accept` publishes the identifiers of this site")];
        };
        let identified = self.identified();
        let mut found = ledger::diagnostics(&ledger::differences(&identified, published), &identified, published);
        found.extend(ledger::judge_versions(&self.inputs.versions, &self.inputs.releases, published, &self.corpus));
        found
    }
}

/// `render`: the pages of `part` to `sink`; the archive is unpacked as far as each batch of pages needs it.
pub(crate) fn render_part(
    archive: &mut Archive,
    part: Part,
    sink: &dyn Sink,
    progress: &dyn Progress,
) -> Result<(), WriteError> {
    for batch in 0.. {
        if render_site(archive, Share::Pages { part, batch }, sink, progress)? < PAGES_OF_A_BATCH {
            break;
        }
        archive.corpus.release();
    }
    Ok(())
}

/// `render`: every file of `share` to `sink`; gives how many pages that are.
pub(crate) fn render_site(
    archive: &Archive,
    share: Share,
    sink: &dyn Sink,
    progress: &dyn Progress,
) -> Result<usize, WriteError> {
    render(&archive.input(), share, sink, progress).map_err(|error| match error {
        RenderError::Input(faults) => WriteError::Refused(faults),
        RenderError::Sink(SinkError { path, source }) => WriteError::FileSystem { path: PathBuf::from(path), source },
    })
}

/// The site, to be asked for its files.
pub(crate) fn on_demand<T>(archive: &Archive, ask: impl FnOnce(&OnDemand<'_>) -> T) -> Result<T, RenderError> {
    render::on_demand(&archive.input(), ask)
}

/// What can be cited under each of `ids`, and an error for each id that nothing has.
pub(crate) fn citables(archive: &Archive, ids: &[String]) -> (Vec<Citable>, Vec<Diagnostic>) {
    let citations = Citations::new(&archive.corpus, &archive.derived.index, &archive.config);
    let citations = citations.with_editions(&archive.derived.editions).with_versions(&archive.inputs.versions);
    if ids.is_empty() {
        return (citations.all().collect(), Vec::new());
    }
    let find = |id: &String| citations.find(id).or_else(|| citations.find(citation::canonical(id).as_str()));
    let found: Vec<Option<Citable>> = ids.iter().map(find).collect();
    let unknown = ids.iter().zip(&found).filter(|(_, found)| found.is_none());
    let faults = unknown.map(|(id, _)| unknown_id(id, &citations)).collect();
    (found.into_iter().flatten().collect(), faults)
}

/// How many ids are suggested for one that nothing has.
const MAX_SUGGESTIONS: usize = 3;

fn unknown_id(id: &str, citations: &Citations<'_>) -> Diagnostic {
    let known = citations.ids();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let near: Vec<String> =
        nearest_few(id, &known, MAX_SUGGESTIONS).into_iter().map(|near| format!("`{near}`")).collect();
    let fault = Diagnostic::error(code::UNKNOWN_ID, format!("nothing in this archive is called `{id}`"));
    if near.is_empty() {
        return fault.hint("ask for a record's or report's id, the symbol of a resolution, or a State's code");
    }
    fault.hint(format!("did you mean {}?", near.join(" or ")))
}

/// Why links cannot be written into `source`, if they cannot.
pub(crate) fn cannot_link(source: &Source, config: &Config) -> Option<Diagnostic> {
    let place = Place::InFile { path: source.path.clone(), offset: None };
    if source.encoding != Encoding::Utf8 {
        let fault = Diagnostic::error(code::NOT_UTF8, "the file is not UTF-8, and would not be written as it was read");
        return Some(fault.at(place).hint("save it as UTF-8 first"));
    }
    let fault = Diagnostic::error(code::NO_ADDRESS, "links would lead nowhere: the archive's own address is not known");
    let hint = "name it with `--base-url`, or as `base_url` in site.toml";
    config.base_url.is_empty().then(|| fault.at(place).hint(hint))
}

/// The paper `source` with its citations linked.
pub(crate) fn linkify(archive: &Archive, source: &Source, paper: &Paper) -> Result<Linked, Box<Diagnostic>> {
    let Archive { corpus, derived: Derived { index, .. }, config, .. } = archive;
    let form = paper.form.or_else(|| Form::of_name(&source.path)).ok_or_else(|| Box::new(unknown_form(source)))?;
    let reports: Vec<ReportId> = corpus.reports.iter().map(|report| report.id.clone()).collect();
    let is_chinese = std::ptr::eq(CitationWords::for_text(&source.text), CitationWords::zh());
    let language = if is_chinese { "zh" } else { "en" };
    let targets = Targets { index, reports: &reports, config, official: paper.is_official.then_some(language) };
    let linked = link_citations(&source.text, form, paper.mentions, &find_citations, &|symbol| targets.find(symbol));
    linked.map_err(|error| Box::new(no_notebook(source, &error)))
}

fn unknown_form(source: &Source) -> Diagnostic {
    let fault = Diagnostic::error(code::UNKNOWN_FORM, "the name of the file does not tell what it is written in");
    let hint = "say it with `--as`: markdown, html, notebook, latex or text; save anything else as one of these";
    fault.at(Place::InFile { path: source.path.clone(), offset: None }).hint(hint)
}

fn no_notebook(source: &Source, error: &serde_json::Error) -> Diagnostic {
    let fault = Diagnostic::error(code::NO_NOTEBOOK, format!("the file is not a notebook of format 4: {error}"));
    let hint = "`jupyter nbconvert --to notebook --nbformat 4 FILE` brings an older one up to date";
    fault.at(Place::InFile { path: source.path.clone(), offset: None }).hint(hint)
}
