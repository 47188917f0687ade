//! Marks of footnotes in brackets, `[^12]`: the form that text taken out of a document gives them.

use std::borrow::Cow;

/// The label of a mark in brackets has no more bytes.
const LONGEST_LABEL: usize = 24;

/// The mark in brackets at the start of `text`, `[^12]`: its label and length.
pub fn bracketed(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix("[^")?;
    let end = inside.bytes().take(LONGEST_LABEL + 1).position(|byte| byte == b']')?;
    let label = inside.get(..end).filter(|label| !label.is_empty() && !label.contains([' ', '[', '^']))?;
    Some((label.to_lowercase(), end + 3))
}

/// `text` without its marks in brackets.
pub fn without_bracketed(text: &str) -> Cow<'_, str> {
    if !text.contains("[^") {
        return Cow::Borrowed(text);
    }
    let mut rest = text;
    let mut plain = String::with_capacity(text.len());
    while let Some(at) = rest.find("[^") {
        let (before, mark) = rest.split_at(at);
        plain.push_str(before);
        let len = bracketed(mark).map_or(0, |(_, len)| len);
        let after = len.max(2);
        plain.push_str(&mark[..after - len]);
        rest = &mark[after..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}
