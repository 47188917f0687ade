//! What is known of a language, from data files: a folder a language, one file a grammar.
//!
//! Input: the files of `zh/`, `en/`, … and the reference table of States. Output: [`Lexicon`].
//! Invariant: a language is data; no rule in the program knows one.

mod character_set;
pub mod citation;
pub mod date;
pub(in crate::parse) mod files;
pub mod layout;
pub mod masthead;
pub mod note;
pub mod states;

use crate::config::SubjectWords;
use crate::model::citation::Citation;
use crate::model::reference::State;
use crate::model::state::Iso3;
use crate::parse::table::flattened::Weights;
use citation::CitationWords;
use date::DateWords;
use files::{LANGUAGES, LanguageFiles};
use layout::LayoutWords;
use masthead::Mastheads;
use note::NoteWords;
use states::StateNames;
use std::sync::Arc;

/// Everything known of one language.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// Words that show the layout.
    pub layout: LayoutWords,
    /// Words of dates.
    pub dates: DateWords,
    /// Words of citations.
    pub citations: &'static CitationWords,
    /// Names of States, in all languages.
    pub states: Arc<StateNames>,
    /// Words of first pages, in all languages.
    pub mastheads: Arc<Mastheads>,
    /// Words around numbers, in all languages.
    pub notes: Arc<NoteWords>,
    /// What speaks for the start of a row of a flattened table.
    pub row_weights: Arc<Weights>,
}

/// The lexicons of all languages.
#[derive(Debug)]
pub struct Lexicons {
    first: Lexicon,
    others: Vec<Lexicon>,
}

impl Lexicons {
    /// Reads the data files; `words` are those of the site the reports belong to.
    ///
    /// # Errors
    /// If a data file is not what it should be, which a test rules out for those that are built in.
    pub fn new(states: &[State], words: &SubjectWords) -> Result<Self, toml::de::Error> {
        let states = Arc::new(StateNames::new(states, words)?);
        let mastheads = Arc::new(Mastheads::new()?);
        let notes = Arc::new(NoteWords::new()?);
        let row_weights = Arc::new(Weights::built_in()?);
        let read = |files: &LanguageFiles| {
            let mut layout: LayoutWords = toml::from_str(files.layout)?;
            layout.rows.subjects.extend(words.subjects.iter().cloned());
            Ok(Lexicon {
                citations: CitationWords::by_language(&layout.language),
                layout,
                dates: toml::from_str(files.date)?,
                states: Arc::clone(&states),
                mastheads: Arc::clone(&mastheads),
                notes: Arc::clone(&notes),
                row_weights: Arc::clone(&row_weights),
            })
        };
        let [first, others @ ..] = &LANGUAGES;
        Ok(Self { first: read(first)?, others: others.iter().map(read).collect::<Result<_, _>>()? })
    }

    fn all(&self) -> impl Iterator<Item = &Lexicon> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The lexicon of a language by its tag; for a language that has none, the one whose grammar its texts are read with,
    /// as [`Self::for_text`] gives it.
    #[must_use]
    pub fn by_language(&self, language: &str) -> &Lexicon {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
        let known = self.all().find(|lexicon| primary(&lexicon.layout.language) == primary(language));
        known.or_else(|| self.all().find(|lexicon| !lexicon.layout.unspaced)).unwrap_or(&self.first)
    }

    /// The lexicon for `text`: that of the language in whose script most of it is written.
    #[must_use]
    pub fn for_text(&self, text: &str) -> &Lexicon {
        let (mut letters, mut unspaced) = (0_usize, 0_usize);
        for character in text.chars() {
            // Han characters are by far the most of a Chinese text, and telling letters of all scripts takes long.
            let is_han = matches!(character, '\u{4e00}'..='\u{9fff}');
            if is_han || character.is_alphabetic() {
                letters += 1;
                unspaced += usize::from(is_han || super::text::is_unspaced(character));
            }
        }
        let is_unspaced = unspaced * 4 > letters;
        self.all().find(|lexicon| lexicon.layout.unspaced == is_unspaced).unwrap_or(&self.first)
    }
}

impl Lexicon {
    /// The State that `name` is a name of, all of it; (续) behind a repeated name does not count.
    #[must_use]
    pub fn whole_state(&self, name: &str) -> Option<Iso3> {
        let name = self.layout.without_continued(name.trim());
        let (state, len) = self.states.match_at_spaced(name, 0)?;
        (len == name.len()).then_some(state)
    }

    /// The citations in `text`.
    #[must_use]
    pub fn citations_in(&self, text: &str) -> Vec<Citation> {
        super::citation::find(text, self.citations)
    }
}
