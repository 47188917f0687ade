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
pub mod row_weights;
pub mod states;

use crate::base::language::is_one_language;
use crate::config::SubjectWords;
use crate::model::citation::Citation;
use crate::model::reference::State;
use crate::model::state::Iso3;
use citation::CitationWords;
use date::DateWords;
use files::{LANGUAGES, LanguageFiles};
use layout::LayoutWords;
use masthead::Mastheads;
use note::NoteWords;
use row_weights::RowWeights;
use states::{StateNames, is_named_in_all};
use std::sync::{Arc, OnceLock};

/// Everything known of one language.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// Words that show the layout.
    pub layout: LayoutWords,
    /// Words of dates.
    pub dates: DateWords,
    /// Words of citations.
    pub citations: &'static CitationWords,
    /// Names of States, in the language and in those whose names stand in texts of every language.
    pub states: Arc<StateNames>,
    /// Words of first pages, in all languages.
    pub mastheads: Arc<Mastheads>,
    /// Words around numbers, in all languages.
    pub notes: Arc<NoteWords>,
    /// What speaks for the start of a row of a flattened table.
    pub row_weights: Arc<RowWeights>,
}

/// The lexicons of all languages.
#[derive(Debug)]
pub struct Lexicons {
    /// Those whose names of States stand in texts of every language, the first being taken where a text tells nothing.
    first: Lexicon,
    others: Vec<Lexicon>,
    /// The rest, each read when a text in its language is.
    rare: Vec<(&'static LanguageFiles, OnceLock<Lexicon>)>,
    shared: Shared,
}

/// What lexicons are made of beside the files of their language.
#[derive(Debug)]
struct Shared {
    reference: Vec<State>,
    words: SubjectWords,
    states: Arc<StateNames>,
    mastheads: Arc<Mastheads>,
    notes: Arc<NoteWords>,
    row_weights: Arc<RowWeights>,
}

impl Lexicons {
    /// Reads the data files; `words` are those of the site the reports belong to.
    ///
    /// # Errors
    /// If a data file is not what it should be, which a test rules out for those that are built in.
    pub fn new(states: &[State], words: &SubjectWords) -> Result<Self, toml::de::Error> {
        let [first, others @ ..] = &LANGUAGES;
        let shared = Shared {
            reference: states.to_vec(),
            words: words.clone(),
            states: Arc::new(StateNames::new(states, first.tag, words)?),
            mastheads: Arc::new(Mastheads::new()?),
            notes: Arc::new(NoteWords::new()?),
            row_weights: Arc::new(RowWeights::built_in()?),
        };
        let (common, rare): (Vec<_>, Vec<_>) = others.iter().partition(|files| is_named_in_all(files.tag));
        Ok(Self {
            first: shared.read(first, Arc::clone(&shared.states))?,
            others: common
                .into_iter()
                .map(|files| shared.read(files, Arc::clone(&shared.states)))
                .collect::<Result<_, _>>()?,
            rare: rare.into_iter().map(|files| (files, OnceLock::new())).collect(),
            shared,
        })
    }

    /// The lexicon of a language by its tag, if there is one.
    fn known(&self, language: &str) -> Option<&Lexicon> {
        let is_meant = |tag: &str| is_one_language(tag, language);
        let common = std::iter::once(&self.first).chain(&self.others);
        common.into_iter().find(|lexicon| is_meant(&lexicon.layout.language)).or_else(|| {
            let (files, lexicon) = self.rare.iter().find(|(files, _)| is_meant(files.tag))?;
            Some(lexicon.get_or_init(|| self.shared.read_sound(files)))
        })
    }

    /// The lexicon with whose grammar a text is read that shows no language.
    fn fallback(&self, is_unspaced: bool) -> &Lexicon {
        let mut common = std::iter::once(&self.first).chain(&self.others);
        common.find(|lexicon| lexicon.layout.unspaced == is_unspaced).unwrap_or(&self.first)
    }

    /// The lexicon of a language by its tag; for a language that has none, the one whose grammar its texts are read with,
    /// as [`Self::for_text`] gives it.
    #[must_use]
    pub fn by_language(&self, language: &str) -> &Lexicon {
        self.known(language).unwrap_or_else(|| self.fallback(false))
    }

    /// The lexicon for `text`: that of the language that its letters and words tell of.
    #[must_use]
    pub fn for_text(&self, text: &str) -> &Lexicon {
        let (mut letters, mut unspaced) = (0_usize, 0_usize);
        for character in text.chars() {
            // Han characters are by far the most of a Chinese text, and telling letters of all scripts takes long.
            let is_han = matches!(character, '\u{4e00}'..='\u{9fff}');
            if is_han || character.is_alphabetic() {
                letters += 1;
                unspaced += usize::from(crate::base::language::is_unspaced(character));
            }
        }
        if unspaced * 4 > letters {
            return self.fallback(true);
        }
        let told = self.known(&CitationWords::for_sample(text).language);
        told.filter(|lexicon| !lexicon.layout.unspaced).unwrap_or_else(|| self.fallback(false))
    }
}

impl Shared {
    fn read(&self, files: &LanguageFiles, states: Arc<StateNames>) -> Result<Lexicon, toml::de::Error> {
        let mut layout: LayoutWords = toml::from_str(files.layout)?;
        layout.rows.subjects.extend(self.words.subjects.iter().cloned());
        Ok(Lexicon {
            citations: CitationWords::by_language(&layout.language),
            layout,
            dates: toml::from_str(files.date)?,
            states,
            mastheads: Arc::clone(&self.mastheads),
            notes: Arc::clone(&self.notes),
            row_weights: Arc::clone(&self.row_weights),
        })
    }

    /// The lexicon of files that a test reads.
    #[allow(clippy::expect_used)]
    fn read_sound(&self, files: &LanguageFiles) -> Lexicon {
        let names = StateNames::new(&self.reference, files.tag, &self.words);
        names.and_then(|names| self.read(files, Arc::new(names))).expect("the lexicon's files are sound")
    }
}

impl Lexicon {
    /// The State that `name` is a name of, all of it; (续) behind a repeated name does not count.
    #[must_use]
    pub fn whole_state(&self, name: &str) -> Option<Iso3> {
        let name = self.layout.without_continued(name.trim());
        let whole = |name: &str| self.states.match_at_spaced(name, 0).filter(|(_, len)| *len == name.len());
        whole(name).or_else(|| parts_joined(name).find_map(|name| whole(&name))).map(|(state, _)| state)
    }

    /// The citations in `text`.
    #[must_use]
    pub fn citations_in(&self, text: &str) -> Vec<Citation> {
        super::citation::find_by_language(text, self.citations)
    }
}

/// A name has no more blanks.
const MOST_BLANKS: usize = 12;

/// `name` with one of its words made whole that a narrow column has divided without a hyphen: `Соединенно е Королевство`.
fn parts_joined(name: &str) -> impl Iterator<Item = String> {
    let blanks = name.match_indices(' ').take(MOST_BLANKS);
    blanks.filter_map(|(at, blank)| {
        let (before, behind) = (name.get(..at)?, name.get(at + blank.len()..)?);
        behind.starts_with(char::is_lowercase).then(|| format!("{before}{behind}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_sound_files() {
        let lexicons = Lexicons::new(&[], &SubjectWords::default()).unwrap_or_else(|error| panic!("{error}"));
        for files in LANGUAGES {
            assert!(lexicons.by_language(files.tag).layout.language.starts_with(files.tag));
        }
    }

    #[test]
    fn no_word_tells_of_two_languages() {
        let mut seen = std::collections::BTreeMap::new();
        for words in CitationWords::all() {
            for word in &words.stop_words {
                let other = seen.insert(word, &words.language);
                assert_eq!(other, None, "`{word}` of {}", words.language);
            }
        }
        assert!(seen.len() > 100, "{}", seen.len());
    }

    #[test]
    fn the_language_of_a_text_is_told_by_its_words() {
        let lexicons = Lexicons::new(&[], &SubjectWords::default()).unwrap_or_else(|error| panic!("{error}"));
        let cases = [
            ("en", "The Assembly recalled that the Treaty was not in force."),
            ("fr", "L’Assemblée a rappelé que le Traité n’était pas en vigueur dans la région."),
            ("es", "La Asamblea recordó que el Tratado no estaba en vigor en la región."),
            ("ru", "Ассамблея напомнила, что Договор не вступил в силу."),
            ("ar", "أشارت الجمعية إلى أن المعاهدة لم تدخل حيز النفاذ في المنطقة."),
            ("zh-Hans", "大会回顾《条约》尚未生效。"),
            ("en", "12/34"),
        ];
        for (language, text) in cases {
            assert_eq!(lexicons.for_text(text).layout.language, language, "{text}");
        }
    }
}
