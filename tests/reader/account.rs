//! Whether a reading accounts for every character of its source once.

use super::Reading;
use depositary::base::span::Span;
use depositary::model::excerpt::Excerpt;

/// White space, and what is as invisible in files: byte order mark, zero-width space, and marks of the direction of writing.
fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '\u{feff}' | '\u{200b}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// What is wrong with the account of a source, if anything.
pub fn fault(reading: &Reading) -> Option<String> {
    let text = &reading.source.text;
    let mut end = 0;
    for span in reading.report.pieces.iter().map(|piece| piece.span).chain([Span::new(text.len(), text.len())]) {
        let Some(between) = text.get(end..span.start) else {
            return Some(format!("{span:?} begins before {end}, the end of the piece above"));
        };
        if !between.chars().all(is_blank) {
            return Some(format!("`{between}` before {span:?} belongs to no piece"));
        }
        if text.get(span.start..span.end).is_none() {
            return Some(format!("{span:?} does not lie on characters"));
        }
        end = span.end;
    }
    let report = &reading.report;
    let texts = report.records.iter().map(|record| &record.text);
    let footnotes = report.footnotes.iter().map(|footnote| &footnote.passage.text);
    texts.chain(footnotes).find_map(|excerpt| false_excerpt(excerpt, text))
}

/// What of an excerpt is not in the source: only white space may be put in, and a bullet or the sign
/// that PDF readers copy for a hyphen (U+FFFE) become a dash.
fn false_excerpt(excerpt: &Excerpt, source: &str) -> Option<String> {
    let wrong = |what: &str| Some(format!("{what} in `{}`, {:?}", excerpt.text, excerpt.runs));
    let mut at = 0;
    for run in &excerpt.runs {
        let Some(inserted) = excerpt.text.get(at..run.at) else { return wrong("runs overlap") };
        if !inserted.chars().all(is_blank) {
            return wrong("words were put in");
        }
        let printed = source.get(run.source.start..run.source.end).unwrap_or_default();
        let kept = excerpt.text.get(run.at..).unwrap_or_default();
        let is_bullet = kept.starts_with("- ") && matches!(printed, "–" | "—" | "•" | "●" | "▪" | "·" | "－");
        let is_bullet = is_bullet || (printed == "\u{fffe}" && kept.starts_with('-'));
        if !is_bullet && (printed.is_empty() || !kept.starts_with(printed)) {
            return wrong("the text is not the source's");
        }
        at = run.at + if is_bullet { 1 } else { printed.len() };
    }
    match excerpt.text.get(at..) {
        Some("") => None,
        _ => wrong("words were put in at the end"),
    }
}
