//! A document's own symbol, printed on its first page and at the head of every other.
//!
//! Input: a text and its tokens. Output: the tokens without that symbol where it stands alone on a
//! line. Invariant: a symbol alone on a line elsewhere is a citation, as it is in 84 of 100 cases.

use super::reading::{between, char_before};
use super::scan::{Piece, Token};

/// The distribution mark that follows the symbol in every language's masthead.
const DISTRIBUTION: &str = "Distr";

/// The mark stands within a few lines of the symbol.
const MASTHEAD_BYTES: usize = 240;

/// Takes out the document's own symbol at the head of its pages.
pub(super) fn drop_masthead(text: &str, tokens: &mut Vec<Token>) {
    let own = tokens.iter().filter(|token| stands_alone(text, token)).find_map(|token| own_symbol(text, token));
    if let Some(own) = own {
        let own = Piece::Symbol(own);
        tokens.retain(|token| token.piece != own || !stands_alone(text, token));
    }
}

/// The symbol of a token that the distribution mark follows.
fn own_symbol(text: &str, token: &Token) -> Option<String> {
    let Piece::Symbol(symbol) = &token.piece else { return None };
    let rest = text.as_bytes().get(token.end..)?;
    let head = rest.get(..MASTHEAD_BYTES.min(rest.len()))?;
    head.windows(DISTRIBUTION.len()).any(|window| window == DISTRIBUTION.as_bytes()).then(|| symbol.clone())
}

/// Whether a symbol is all that its line holds.
fn stands_alone(text: &str, token: &Token) -> bool {
    if !matches!(token.piece, Piece::Symbol(_)) {
        return false;
    }
    let rest = between(text, token.end, text.len()).trim_start_matches([' ', '\t', '\r', '*', '\u{3000}']);
    let mut start = token.start;
    while let Some((' ' | '\t', before)) = char_before(text, start) {
        start = before;
    }
    (rest.is_empty() || rest.starts_with('\n'))
        && char_before(text, start).is_none_or(|(character, _)| character == '\n')
}
