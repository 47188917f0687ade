//! What all pages share, made once: words, links, line starts.

use super::data::file::Made;
use super::engine::Engine;
use super::html::SafeHtml;
use super::input::Input;
use super::messages::{self, Messages};
use super::numbers::Numbers;
use super::order::alphabetical;
use crate::base::characters::Characters;
use crate::base::diagnostic::Diagnostic;
use crate::base::source::{Source, line_spans};
use crate::base::span::Span;
use crate::cite::Citations;
use crate::model::record::SectionCode;
use crate::model::report::{Piece, Report};
use crate::model::state::Iso3;
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use tera::Value;

/// The archive in all its languages.
pub(super) struct Site<'a> {
    /// What the pages are made of.
    pub(super) input: &'a Input<'a>,
    /// The templates.
    pub(super) engine: &'a Engine,
    /// The interface languages; the first stands at the root.
    pub(super) languages: Vec<Language>,
    /// What is made of each report once it is asked for.
    layouts: Vec<OnceLock<SourceLayout>>,
    /// The data files, when they are made.
    pub(super) data: OnceLock<Made>,
    /// What was found wrong while fragments were made that pages share.
    faults: Mutex<Vec<Diagnostic>>,
}

/// The source of a report by lines and pieces.
pub(super) struct SourceLayout {
    /// Its lines.
    pub(super) lines: Vec<Span>,
    /// Places in it, in characters.
    pub(super) characters: Characters,
    /// The pieces of the report, those of one kind with only blanks between joined.
    pub(super) runs: Vec<Piece>,
}

/// One interface language.
pub(super) struct Language {
    /// BCP 47 tag: `zh`.
    pub(super) tag: String,
    /// The folder its pages stand in: `` or `en/`.
    pub(super) prefix: String,
    /// Its words.
    pub(super) messages: Messages,
    /// The words as the templates see them.
    pub(super) words: Value,
    /// How it writes numbers.
    pub(super) numbers: Numbers,
    /// The States in alphabetical order.
    pub(super) states_in_order: Vec<Iso3>,
    /// What many pages show, made when the first asks for it.
    pub(super) shared: OnceLock<Shared>,
    /// What stands on every page, likewise.
    pub(super) everywhere: OnceLock<Value>,
}

/// Links and fragments that many pages show.
pub(super) struct Shared {
    /// Links to States.
    pub(super) states: BTreeMap<Iso3, Value>,
    /// Links to sections.
    pub(super) sections: BTreeMap<SectionCode, Value>,
    /// Links to reports.
    pub(super) reports: Vec<Value>,
    /// Records, by report; of a report none until one is asked for.
    pub(super) records: Vec<OnceLock<Vec<SharedRecord>>>,
}

/// A record as many pages show it; each part is made when the first page asks for it.
#[derive(Default)]
pub(super) struct SharedRecord {
    /// A link to it.
    pub(super) link: OnceLock<Value>,
    /// What it can be filtered by.
    pub(super) facets: OnceLock<String>,
    /// Its text with what belongs to it.
    pub(super) card: OnceLock<SafeHtml>,
}

/// The archive in one language.
#[derive(Clone, Copy)]
pub(super) struct Local<'a> {
    /// The archive.
    pub(super) site: &'a Site<'a>,
    /// The language.
    pub(super) language: &'a Language,
}

impl<'a> Site<'a> {
    /// Gathers what pages share.
    ///
    /// # Errors
    /// If a language has no messages.
    pub(super) fn new(input: &'a Input<'a>, engine: &'a Engine) -> Result<Self, Box<Diagnostic>> {
        let tags = input.config.languages.iter().enumerate();
        let languages: Result<Vec<Language>, Box<Diagnostic>> =
            tags.map(|(position, tag)| Language::new(tag, position == 0, input)).collect();
        Ok(Self {
            input,
            engine,
            languages: languages?,
            layouts: input.corpus.reports.iter().map(|_| OnceLock::new()).collect(),
            data: OnceLock::new(),
            faults: Mutex::default(),
        })
    }

    /// How the source of the report at `position` is laid out.
    pub(super) fn layout(&self, position: usize) -> &SourceLayout {
        let corpus = self.input.corpus;
        let report = &corpus.reports[position];
        self.layouts[position].get_or_init(|| SourceLayout::new(&corpus.sources[report.source.0], report))
    }

    /// Takes down what is wrong with a fragment, so that the site is refused in the end.
    pub(super) fn note(&self, fault: Diagnostic) {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }

    /// What was found wrong with fragments so far.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What can be cited, with this edition.
    pub(super) fn citations(&self) -> Citations<'_> {
        let Input { corpus, index, config, editions, versions, .. } = self.input;
        Citations::new(corpus, index, config).with_editions(editions).with_versions(versions)
    }

    /// The archive in each language.
    pub(super) fn locals(&self) -> impl Iterator<Item = Local<'_>> {
        self.languages.iter().map(|language| Local { site: self, language })
    }

    /// The archive in the language that stands at the root.
    pub(super) fn first(&self) -> Local<'_> {
        // Settings without a language are refused.
        Local { site: self, language: &self.languages[0] }
    }
}

impl SourceLayout {
    fn new(source: &Source, report: &Report) -> Self {
        let text = source.text.as_str();
        Self { lines: line_spans(text), characters: Characters::of(text), runs: joined_pieces(text, report) }
    }
}

impl Language {
    fn new(tag: &str, first: bool, input: &Input<'_>) -> Result<Self, Box<Diagnostic>> {
        let messages = messages::load(tag, input.templates)?;
        let words = Value::from_serializable(&messages);
        let prefix = if first { String::new() } else { format!("{}/", tag.to_ascii_lowercase()) };
        let states_in_order = alphabetical(tag, state_names(tag, input))?;
        Ok(Self {
            tag: tag.to_owned(),
            prefix,
            messages,
            words,
            numbers: Numbers::of(tag)?,
            states_in_order,
            shared: OnceLock::new(),
            everywhere: OnceLock::new(),
        })
    }
}

/// Every State with its name in the language `tag`.
fn state_names<'a>(tag: &str, input: &'a Input<'_>) -> Vec<(Iso3, &'a str)> {
    let name = |row: usize| input.corpus.reference.states.get(row).map(|state| state.name(tag));
    let states = input.index.states.iter();
    states.map(|(iso3, entry)| (*iso3, entry.row.and_then(name).unwrap_or(iso3.as_str()))).collect()
}

/// A report's pieces, joined: a flattened source has one a word, and nobody wants a link a word.
fn joined_pieces(text: &str, report: &Report) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in report.pieces.iter() {
        match joined.last_mut() {
            Some(last) if continues(text, last, piece) => last.span.end = piece.span.end,
            _ => joined.push(*piece),
        }
    }
    joined
}

fn continues(text: &str, last: &Piece, next: &Piece) -> bool {
    let between = text.get(last.span.end..next.span.start);
    (last.role, last.record) == (next.role, next.record)
        && between.is_some_and(|between| between.chars().all(char::is_whitespace))
}
