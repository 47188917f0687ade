//! Bounds on a page's markup, checked before it is parsed: a parser's time grows with the square of either.

use crate::base::diagnostic::Diagnostic;
use crate::base::limits::{MAX_DOCUMENT_ATTRIBUTES, MAX_DOCUMENT_DEPTH};
use crate::extract::package::over_limit;
use std::collections::HashMap;

/// Elements that have no end, or whose end may be left out.
const UNENDED: [&str; 30] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li",
    "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rt", "rp", "html",
    "body",
];

/// Checks how deep elements are nested and how many attributes they have.
///
/// # Errors
/// If either is over its limit.
pub(super) fn check(text: &str, shown: &str) -> Result<(), Box<Diagnostic>> {
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut depth = 0usize;
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('<') {
        rest = behind;
        if let Some(comment) = behind.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        let (is_end, tag) = behind.strip_prefix('/').map_or((false, behind), |tag| (true, tag));
        if !tag.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        let length = tag.find(|character: char| character.is_whitespace() || matches!(character, '>' | '/'));
        let name = tag[..length.unwrap_or(tag.len())].to_ascii_lowercase();
        let (attributes, behind) = pass_attributes(&tag[name.len()..]);
        if attributes > MAX_DOCUMENT_ATTRIBUTES {
            return Err(over_limit(format!("an element has more than {MAX_DOCUMENT_ATTRIBUTES} attributes"), shown));
        }
        rest = behind;
        if UNENDED.contains(&name.as_str()) {
            continue;
        }
        let same = open.entry(name).or_default();
        if !is_end {
            (*same, depth) = (*same + 1, depth + 1);
        } else if *same > 0 {
            (*same, depth) = (*same - 1, depth - 1);
        }
        if depth > 2 * MAX_DOCUMENT_DEPTH {
            return Err(over_limit(format!("elements are nested more than {} deep", 2 * MAX_DOCUMENT_DEPTH), shown));
        }
    }
    Ok(())
}

/// The number of attributes up to the end of a tag, and what follows it.
fn pass_attributes(text: &str) -> (usize, &str) {
    let mut count = 0;
    let mut quote = None;
    let mut was_blank = false;
    for (offset, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return (count, &text[offset + 1..]),
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, byte) => {
                let is_blank = byte.is_ascii_whitespace() || byte == b'/';
                count += usize::from(was_blank && !is_blank);
                was_blank = is_blank;
                continue;
            }
        }
        // An attribute may follow a quotation mark at once.
        was_blank = true;
    }
    (count, "")
}
