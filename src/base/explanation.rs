//! An explanation of every diagnostic: what it means, an example, what to do.
//!
//! The explanations are a document, `docs/diagnostics.md`, which is part of the program. Each is a section whose heading
//! is the code and whose first paragraph is the meaning; a test holds the codes against those of [`super::code`].

use super::suggestion::nearest_few;

/// The document.
const DOCUMENT: &str = include_str!("../../docs/diagnostics.md");

/// What begins an explanation.
const HEADING: &str = "\n### ";

/// How many codes are named for one that is none.
const MAX_NEAR: usize = 3;

/// One explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code of the diagnostic.
    pub code: &'static str,
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
    /// Everything else, as Markdown.
    pub text: &'static str,
}

/// All explanations, in the order of their codes.
pub fn explanations() -> impl Iterator<Item = Explanation> {
    DOCUMENT.split(HEADING).skip(1).map(|section| {
        // A chapter's heading after the last explanation of the chapter before is no part of it.
        let section = section.split_once("\n## ").map_or(section, |(first, _)| first);
        let (code, rest) = section.split_once("\n\n").unwrap_or((section, ""));
        let (meaning, text) = rest.split_once("\n\n").unwrap_or((rest, ""));
        Explanation { code, meaning, text: text.trim() }
    })
}

/// The code that `text` names.
#[must_use]
pub fn code(text: &str) -> Option<&'static str> {
    explanations().map(|explanation| explanation.code).find(|code| *code == text)
}

/// The codes nearest to `code`, which is none.
#[must_use]
pub fn near(code: &str) -> Vec<&'static str> {
    let codes: Vec<&'static str> = explanations().map(|explanation| explanation.code).collect();
    nearest_few(code, &codes, MAX_NEAR)
}
