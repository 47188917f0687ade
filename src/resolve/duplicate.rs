//! Documents that the archive has twice.
//!
//! Input: all reports and their texts. Output: a warning for each that is there under another id, as everything that is
//! counted counts double then.

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::hash::sha256;
use crate::base::source::{Source, line_spans};
use crate::model::report::{Report, ReportId};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Warnings for reports that have the text, or the symbol and language, of one before them.
#[must_use]
pub fn duplicates(reports: &[Arc<Report>], sources: &[Source]) -> Vec<Diagnostic> {
    let sources: Vec<Option<&Source>> = reports.iter().map(|report| sources.get(report.source.0)).collect();
    let hashes: Vec<Option<String>> = sources.par_iter().map(|source| source.map(words_hash)).collect();
    let (mut by_text, mut by_symbol) = (BTreeMap::new(), BTreeMap::new());
    let mut diagnostics = Vec::new();
    for ((report, source), hash) in reports.iter().zip(&sources).zip(&hashes) {
        let (Some(source), Some(hash)) = (source, hash) else { continue };
        let other: Option<&ReportId> = by_text.insert(hash, &report.id);
        let same_symbol = report.symbol().and_then(|symbol| by_symbol.insert((symbol, &report.language), &report.id));
        let found = match (other, same_symbol) {
            (Some(other), _) => (code::DUPLICATE_TEXT, format!("this is the text of the report `{other}`")),
            (None, Some(other)) => {
                let symbol = report.symbol().unwrap_or_default();
                let message = format!("the report `{other}` has this language and the symbol {symbol} too");
                (code::DUPLICATE_REPORT_SYMBOL, message)
            }
            (None, None) => continue,
        };
        let first_line = line_spans(&source.text).into_iter().find(|line| !line.is_empty()).unwrap_or_default();
        let place = Place::InSource(source.id, first_line);
        let warning = Diagnostic::warning(found.0, found.1).at(place);
        diagnostics.push(warning.hint("everything is counted twice: remove one of them, or correct its `symbol`"));
    }
    diagnostics
}

/// A number for the words of a text, whatever its blanks.
fn words_hash(source: &Source) -> String {
    let words: String = source.text.chars().filter(|character| !character.is_whitespace()).collect();
    sha256(words.as_bytes())
}
