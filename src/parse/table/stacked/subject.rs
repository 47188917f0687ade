//! The State of which a text tells.

use crate::model::state::Iso3;
use crate::parse::Lexicon;

/// The subject stands among so many first characters.
const NEAR: usize = 160;

/// The State that `text` names as its subject: at its beginning, or behind the comma of the phrases before.
#[must_use]
pub fn subject(text: &str, lexicon: &Lexicon) -> Option<Iso3> {
    let state_at = |at: usize| lexicon.states.match_at(text, at).map(|(state, _)| state);
    if let Some(state) = state_at(0) {
        return Some(state);
    }
    let mut depth = 0_usize;
    for (at, character) in text.char_indices().take(NEAR) {
        match character {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            ',' | '，' if depth == 0 => {
                let after = at + character.len_utf8();
                let rest = &text[after..];
                let start = after + rest.len() - rest.trim_start().len();
                if let Some(state) = state_at(start) {
                    return Some(state);
                }
            }
            _ => {}
        }
    }
    None
}
