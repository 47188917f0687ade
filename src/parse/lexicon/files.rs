//! The data files of the languages that reports are read in.
//!
//! Input: none, as the files are part of the program. Output: [`LANGUAGES`]. Invariant: a language is a
//! folder of data and one line here; nothing else in the program names it.

/// The files of one language, each the text of a file in its folder.
#[derive(Debug, Clone, Copy)]
pub(in crate::parse) struct LanguageFiles {
    /// Tag of the language, the name of its folder.
    pub tag: &'static str,
    /// How reports are laid out.
    pub layout: &'static str,
    /// Words of dates.
    pub date: &'static str,
    /// Names of States beyond those of the reference table.
    pub states: &'static str,
    /// Words of citations.
    pub citation: &'static str,
    /// How a text says what a State did.
    pub fact: &'static str,
    /// How a text says what a State did above all.
    pub gist: &'static str,
}

/// The files in the folder named.
macro_rules! language {
    ($tag:literal) => {
        LanguageFiles {
            tag: $tag,
            layout: include_str!(concat!($tag, "/layout.toml")),
            date: include_str!(concat!($tag, "/date.toml")),
            states: include_str!(concat!($tag, "/states.toml")),
            citation: include_str!(concat!($tag, "/citation.toml")),
            fact: include_str!(concat!($tag, "/fact.toml")),
            gist: include_str!(concat!($tag, "/gist.toml")),
        }
    };
}

/// Every language; the first is taken where a text tells nothing of its own.
pub(in crate::parse) const LANGUAGES: [LanguageFiles; 6] =
    [language!("zh"), language!("en"), language!("fr"), language!("es"), language!("ru"), language!("ar")];

/// Weaker evidence of the State a text is about, for the one language in which flattened tables are read.
pub(in crate::parse) const CLUES: &str = include_str!("zh/clues.toml");

/// Words of first pages, a file a language.
pub(in crate::parse) const MASTHEADS: [&str; 6] = [
    include_str!("ar/masthead.toml"),
    include_str!("en/masthead.toml"),
    include_str!("es/masthead.toml"),
    include_str!("fr/masthead.toml"),
    include_str!("ru/masthead.toml"),
    include_str!("zh/masthead.toml"),
];

/// What stands around numbers, a file a language.
pub(in crate::parse) const NOTES: [&str; 6] = [
    include_str!("ar/note.toml"),
    include_str!("en/note.toml"),
    include_str!("es/note.toml"),
    include_str!("fr/note.toml"),
    include_str!("ru/note.toml"),
    include_str!("zh/note.toml"),
];
