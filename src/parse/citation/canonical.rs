//! Symbols as users type them → their canonical spelling.
//!
//! Input: `a/res/62/59`, `62/59`, `S/RES/1718 (2006)`, an undocs.org address. Output: the symbol.
//! Invariant: never fails; what is no symbol comes back without blanks, as it was typed.

use super::body::fitting;
use super::number::read_number;
use super::reading::fold;
use super::symbol::read_symbol;
use crate::model::citation::Symbol;
use crate::parse::lexicon::citation::CitationWords;

/// Hosts and language folders that stand before a symbol in a link (undocs.org, docs.un.org).
const LINK_PREFIXES: [&str; 12] =
    ["https://", "http://", "www.", "undocs.org/", "docs.un.org/", "ch/", "zh/", "en/", "fr/", "es/", "ru/", "ar/"];

/// The canonical spelling of a symbol: `A/RES/62/59`, `A/RES/217(III)`, `S/RES/1718(2006)`.
///
/// Case, blanks, full-width letters and U+2011 hyphens are folded, as undocs.org does; a bare
/// number is taken for the General Assembly's, with a year for the Security Council's.
#[must_use]
pub fn canonical(symbol_text: &str) -> Symbol {
    let folded: String = symbol_text.trim().chars().map(fold).collect();
    let typed = strip_link(&folded);
    let compact: String = typed.split_whitespace().collect();
    let compact = strip_link(&compact);
    let words = CitationWords::en();
    let spellings = [typed, compact].into_iter().flat_map(|text| [text.to_owned(), text.to_ascii_uppercase()]);
    let spelled = spellings.into_iter().find_map(|text| read_whole(&text, words));
    Symbol(spelled.unwrap_or_else(|| compact.to_owned()))
}

/// A symbol or number that is all of a text.
fn read_whole(text: &str, words: &CitationWords) -> Option<String> {
    if let Some(read) = read_symbol(text, 0, words) {
        return (read.end == text.len()).then_some(read.symbol);
    }
    let (number, end) = read_number(text, 0, words)?;
    let body = fitting(&number.shape).first().copied().unwrap_or_default();
    if end == text.len() { body.symbol(&number) } else { None }
}

/// The part of a link that is the symbol.
fn strip_link(typed: &str) -> &str {
    let mut rest = typed;
    loop {
        let inner = LINK_PREFIXES.iter().find_map(|prefix| strip(rest, prefix));
        let next = inner.unwrap_or_else(|| rest.trim_matches('/'));
        if next == rest {
            return rest;
        }
        rest = next;
    }
}

/// What follows `prefix` in `text`, whose case does not count.
fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_what_users_type() {
        let cases = [
            ("a/res/62/59", "A/RES/62/59"),
            ("62/59", "A/RES/62/59"),
            ("A/RES/217 A (III)", "A/RES/217(III)"),
            ("https://undocs.org/en/S/RES/1718(2006)", "S/RES/1718(2006)"),
            ("1718 (2006)", "S/RES/1718(2006)"),
            ("unep/ea.3/res.8", "UNEP/EA.3/Res.8"),
            ("AG/RES. 2359 (XXXVIII-O/08)", "AG/RES.2359(XXXVIII-O/08)"),
            ("npt/conf.2010/50 (vol. i)", "NPT/CONF.2010/50(Vol.I)"),
            ("not a symbol", "notasymbol"),
        ];
        for (typed, symbol) in cases {
            assert_eq!(canonical(typed).as_str(), symbol, "{typed}");
        }
    }
}
