//! Documents → reports of a site: their ids, what their mastheads say, and the files to be written.
//!
//! Input: documents as read, and the site they are added to. Output: [`Draft`]s, and what speaks against adding a
//! document. Invariants: no report of the site is written over; nothing is said of a document that it does not say.

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::language::{is_one_language, primary};
use crate::base::path::{is_slug, slug};
use crate::base::source::Source;
use crate::extract::document::{Metadata, Proceedings, Voted};
use crate::extract::{self, Extraction};
use crate::model::adoption::Adoption;
use crate::model::citation::Symbol;
use crate::model::edtf::Edtf;
use crate::model::report::{FrontMatter, Original, Report, ReportId, ReportMeta};
use crate::model::state::Iso3;
use crate::parse::Parsed;
use crate::parse::citation::canonical;
use crate::parse::lexicon::states::state_names;
use crate::read::{Inputs, Loose, Published, ReportFile};
use crate::stages::{Grammars, find_citations};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Documents to be made reports of a site.
#[derive(Debug, Clone, Default)]
pub struct Additions {
    /// The files: published documents or texts.
    pub paths: Vec<PathBuf>,
    /// The id of the report, for one file; else it is made of the document's symbol.
    pub id: Option<String>,
    /// The language of the texts, BCP 47; else it is told by the text.
    pub language: Option<String>,
    /// Whether nothing is written.
    pub is_dry_run: bool,
}

/// A document as a report that is not written yet.
pub(crate) struct Draft {
    /// The report, with its records.
    pub report: Arc<Report>,
    /// Its files by their path below the site's root.
    pub files: Vec<(PathBuf, Vec<u8>)>,
}

/// Makes reports of `documents`, in their order, for a site in `languages` that has `inputs`.
pub(crate) fn drafts(
    documents: &[Loose],
    additions: &Additions,
    inputs: &Inputs,
    languages: &[String],
    grammars: &Grammars,
) -> (Vec<Draft>, Vec<Diagnostic>) {
    let parse = |document: &Loose| {
        let mut meta = ReportMeta { language: additions.language.clone(), ..ReportMeta::default() };
        let parsed = grammars.parsed(&document.source, &meta);
        complete(&mut meta, document, &parsed.front);
        (meta, parsed)
    };
    let parsed: Vec<_> = documents.par_iter().map(parse).collect();
    let shelf = Shelf::of(&inputs.reports, grammars);
    let ids = places(documents, &parsed, additions.id.as_deref(), languages, shelf);
    let (mut drafts, mut diagnostics) = (Vec::new(), Vec::new());
    for ((document, (mut meta, parsed)), id) in documents.iter().zip(parsed).zip(ids) {
        let id = match id {
            Ok(id) => id,
            Err(fault) => {
                diagnostics.push(fault.at(Place::InFile { path: document.source.path.clone(), offset: None }));
                continue;
            }
        };
        meta.original = document.published.as_ref().map(|published| original(&id, published, &document.source));
        if let Some(published) = document.published.as_ref().filter(|_| !id.is_other_expression()) {
            let (adoption, found) = adoption(&published.extraction.metadata.proceedings, inputs, document);
            meta.adoption = adoption;
            diagnostics.extend(found);
        }
        let (report, found) = grammars.reported(id, parsed, meta);
        diagnostics.extend(found);
        match files(&report, document) {
            Ok(files) => drafts.push(Draft { report, files }),
            Err(error) => diagnostics.push(Diagnostic::error(code::NOT_ADDED, error.to_string())),
        }
    }
    (drafts, diagnostics)
}

/// A free id for each of `documents`, or why it has none. Of a work in several languages, the document in the language
/// that it says its original is in gives the work its id, whatever order the files were named in; where none says so, that
/// in the first of the site's `languages`.
fn places(
    documents: &[Loose],
    parsed: &[(ReportMeta, Parsed)],
    asked: Option<&str>,
    languages: &[String],
    mut shelf: Shelf,
) -> Vec<Result<ReportId, Box<Diagnostic>>> {
    let rank = |at: &usize| {
        let (meta, parsed) = parsed.get(*at)?;
        let is_original = meta.original_language.as_ref().is_some_and(|own| is_one_language(own, &parsed.language));
        let place = languages.iter().position(|language| is_one_language(language, &parsed.language));
        Some((!is_original, place.unwrap_or(languages.len()), primary(&parsed.language)))
    };
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(rank);
    let place = |at: usize| {
        let (document, (meta, parsed)) = (documents.get(at)?, parsed.get(at)?);
        Some((at, shelf.place(document, meta, &parsed.language, asked)))
    };
    let mut placed: Vec<_> = order.into_iter().filter_map(place).collect();
    placed.sort_by_key(|(at, _)| *at);
    placed.into_iter().map(|(_, id)| id).collect()
}

/// Fills in what the document says of itself: beside its text, else in its masthead.
fn complete(meta: &mut ReportMeta, document: &Loose, front: &FrontMatter) {
    let none = Metadata::default();
    let metadata = document.published.as_ref().map_or(&none, |published| &published.extraction.metadata);
    let or = |said: &Option<String>, printed: &Option<String>| said.clone().or_else(|| printed.clone());
    meta.symbol = or(&metadata.symbol, &front.symbol);
    meta.title = or(&front.title, &metadata.title);
    meta.session = metadata.session.as_ref().and_then(|session| session.parse().ok()).or(front.session);
    meta.agenda_item = or(&metadata.agenda_item, &front.agenda_item);
    let day = |said: &Option<String>| said.as_deref().and_then(Edtf::parse);
    meta.date = day(&metadata.date).or_else(|| front.date.clone());
    meta.adopted = day(&metadata.adopted).or_else(|| front.adopted.clone());
    meta.issuer.clone_from(&metadata.organ);
    meta.original_language = front.original_language.clone().filter(|language| language != "und");
    meta.job_number = or(&metadata.job_number, &front.job_number);
    meta.period = front.period.as_ref().map(|period| period.edtf.clone());
    if let Some(Published { extraction, .. }) = &document.published {
        let name = document.source.path.rsplit('/').next().unwrap_or(&document.source.path);
        meta.origin = Some(format!("extracted from the file {name} ({})", extraction.format.name()));
    }
}

/// What `said` tells of the adoption of a document; none if nothing. A voter whose name is no known State's is told.
fn adoption(said: &Proceedings, inputs: &Inputs, document: &Loose) -> (Option<Adoption>, Vec<Diagnostic>) {
    if *said == Proceedings::default() {
        return (None, Vec::new());
    }
    let named = state_names(&inputs.reference.states);
    let named = named.iter().flat_map(|(state, names)| names.iter().map(|name| (plain(name), *state)));
    let states: BTreeMap<String, Iso3> = named.collect();
    let unknown = |name: &String| {
        let warning = Diagnostic::warning(code::UNKNOWN_STATE, format!("no State is called `{name}`, which voted"));
        let place = Place::InFile { path: document.source.path.clone(), offset: None };
        warning.at(place).hint("its vote is left out; a further name is a row of content/reference/states-aliases.csv")
    };
    let names = said.voters.iter().map(|(_, name)| name);
    let told = names.filter(|name| !states.contains_key(&plain(name))).map(unknown).collect();
    let voters = |wanted: Voted| -> Vec<Iso3> {
        let voters = said.voters.iter().filter(|(voted, _)| *voted == wanted);
        voters.filter_map(|(_, name)| states.get(&plain(name)).copied()).collect()
    };
    let adoption = Adoption {
        draft: said.draft.clone(),
        sponsors: said.sponsors.clone(),
        further_sponsors: said.further_sponsors.clone(),
        meeting: said.meeting.clone(),
        vote_type: said.is_voted.map(|is_voted| if is_voted { "recorded" } else { "without a vote" }.to_owned()),
        in_favour: voters(Voted::InFavour),
        against: voters(Voted::Against),
        abstaining: voters(Voted::Abstained),
    };
    (Some(adoption), told)
}

/// A name as lists in capitals and without accents have it: `COTE D'IVOIRE`.
fn plain(name: &str) -> String {
    let letters = name.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    letters.map(|letter| if letter == '’' { '\'' } else { letter }).collect()
}

fn original(id: &ReportId, published: &Published, source: &Source) -> Original {
    let Extraction { format, pages, .. } = &published.extraction;
    Original {
        file: format!("{id}.{}", format.extension()),
        sha256: source.sha256.clone(),
        pages: *pages,
        extraction: extract::VERSION,
    }
}

/// What the editors of a document linked in it, beside what is found in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditorsLinks {
    /// The symbols that the editors linked.
    pub n_linked: usize,
    /// Those of them that are not found.
    pub missed: Vec<String>,
}

/// Compares the citations of `document` with what its editors linked; none where they linked nothing.
pub(crate) fn linked(document: &Loose) -> Option<EditorsLinks> {
    let symbols = &document.published.as_ref()?.extraction.metadata.citations;
    if symbols.is_empty() {
        return None;
    }
    let linked: BTreeSet<Symbol> = symbols.iter().map(|symbol| canonical(symbol)).collect();
    let found = find_citations(&document.source.text).into_iter().map(|citation| citation.symbol);
    let found: BTreeSet<Symbol> = found.collect();
    let missed = linked.difference(&found).map(ToString::to_string).collect();
    Some(EditorsLinks { n_linked: linked.len(), missed })
}

/// The original, the text, and what is known of it.
fn files(report: &Report, document: &Loose) -> Result<Vec<(PathBuf, Vec<u8>)>, toml::ser::Error> {
    let path = |folder: &str, name: &str| PathBuf::from("content").join(folder).join(name);
    let mut files = Vec::with_capacity(3);
    if let (Some(original), Some(published)) = (&report.meta.original, &document.published) {
        files.push((path("originals", &original.file), published.bytes.clone()));
    }
    files.push((path("reports", &format!("{}.txt", report.id)), document.source.text.clone().into_bytes()));
    let meta = toml::to_string(&report.meta)?;
    files.push((path("reports", &format!("{}.toml", report.id)), meta.into_bytes()));
    Ok(files)
}

/// What a site has, so that no document is added twice.
struct Shelf {
    /// Languages by id.
    languages: BTreeMap<String, String>,
    /// Ids by the hash of a document or text.
    by_hash: BTreeMap<String, String>,
}

impl Shelf {
    fn of(reports: &[ReportFile], grammars: &Grammars) -> Self {
        let language = |file: &ReportFile| grammars.language(&file.source, &file.meta);
        let languages = reports.iter().map(|file| (file.id.0.clone(), language(file))).collect();
        let hashes = reports.iter().flat_map(|file| {
            let original = file.meta.original.as_ref().map(|original| original.sha256.clone());
            original.into_iter().chain([file.source.sha256.clone()]).map(|hash| (hash, file.id.0.clone()))
        });
        Self { languages, by_hash: hashes.collect() }
    }

    /// A free id for a document in `language`: the one asked for, else one made of its symbol.
    fn place(
        &mut self,
        document: &Loose,
        meta: &ReportMeta,
        language: &str,
        asked: Option<&str>,
    ) -> Result<ReportId, Box<Diagnostic>> {
        let refuse =
            |message: String, hint: &str| Err(Box::new(Diagnostic::error(code::NOT_ADDED, message).hint(hint)));
        if let Some(other) = self.by_hash.get(&document.source.sha256) {
            return refuse(format!("this document is the report `{other}` already"), "there is nothing to add");
        }
        let id = match (asked, meta.symbol.as_deref().map(slug)) {
            (Some(id), _) if !is_slug(id) => {
                return refuse(format!("`{id}` cannot be an id"), "use lower-case letters, digits and single hyphens");
            }
            (Some(id), _) => self.in_language(id.to_owned(), language),
            (None, Some(id)) if !id.is_empty() => self.in_language(id, language),
            _ => return refuse("no symbol is printed on this document".to_owned(), "give it an id with `--id`"),
        };
        if self.languages.contains_key(&id) {
            return refuse(format!("there is a report `{id}` already"), "give this one another id with `--id`");
        }
        self.by_hash.insert(document.source.sha256.clone(), id.clone());
        self.languages.insert(id.clone(), language.to_owned());
        Ok(ReportId(id))
    }

    /// `id`; where a report in another language has it, that of a further expression of its work.
    fn in_language(&self, id: String, language: &str) -> String {
        match self.languages.get(&id) {
            Some(other) if !is_one_language(other, language) => ReportId::of_expression(&id, primary(language)).0,
            _ => id,
        }
    }
}
