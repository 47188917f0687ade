//! A text file that somebody wrote: its bytes → text, and a warning of what does not show in it.

use super::decode::decode;
use super::walk::{FoundFile, read_bytes};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::span::Span;

/// The text of `file`, which may have `limit` bytes.
///
/// # Errors
/// If it cannot be read, is larger or is not text.
pub(crate) fn read_text(
    file: &FoundFile,
    limit: u64,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<String, Box<Diagnostic>> {
    let (text, _) = decode(&read_bytes(&file.path, &file.shown, limit)?, &file.shown)?;
    let place = |span| Place::InText { path: file.shown.clone(), text: text.as_str().into(), span };
    diagnostics.extend(hidden_character(&text, place));
    Ok(text)
}

/// A warning at the first character that reorders or hides the text around it: the bidirectional overrides and
/// isolates of CVE-2021-42574, and control characters other than tabs, line and page ends.
pub(crate) fn hidden_character(text: &str, place: impl Fn(Span) -> Place) -> Option<Diagnostic> {
    let is_hidden = |character: char| match character {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' => false,
        other => other.is_control(),
    };
    let (start, character) = text.char_indices().find(|(_, character)| is_hidden(*character))?;
    let n_more = text.chars().filter(|character| is_hidden(*character)).count() - 1;
    let message = format!("hidden character U+{:04X}, and {n_more} more in this file", u32::from(character));
    let place = place(Span::new(start, start + character.len_utf8()));
    Some(Diagnostic::warning(code::HIDDEN_CHARACTER, message).at(place).hint("check it against the original"))
}
