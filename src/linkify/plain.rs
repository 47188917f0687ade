//! Plain text: a link is words followed by an address in angle brackets (RFC 3986, appendix C).

use super::address::encoded;
use super::view::View;

/// The words of a plain text.
pub(super) fn view(text: &str) -> View {
    let mut view = View::default();
    let mut start = 0;
    while let Some((words, end)) = next_link(text, start) {
        view.show(text, start..words, true);
        view.note_link();
        start = end;
    }
    view.show(text, start..text.len(), true);
    view
}

/// The next address in angle brackets from `start` on: the end of the words before its blanks, and its own end.
fn next_link(text: &str, start: usize) -> Option<(usize, usize)> {
    let rest = text.get(start..)?;
    for (offset, _) in rest.match_indices('<') {
        let Some(inside) = rest.get(offset + 1..) else { continue };
        let Some(length) = inside.find(['>', ' ', '\n', '\t']) else { continue };
        let address = &inside[..length];
        let is_address = address.contains("://") || address.starts_with("mailto:") || is_page(address);
        if inside.get(length..).is_some_and(|rest| rest.starts_with('>')) && is_address {
            let words = rest[..offset].trim_end().len();
            return Some((start + words, start + offset + length + 2));
        }
    }
    None
}

/// A page of a site that does not know its own address.
fn is_page(address: &str) -> bool {
    address.contains('/') && address.ends_with(".html")
}

/// `words <url>`.
pub(super) fn link(words: &str, url: &str) -> Option<String> {
    Some(format!("{words} <{}>", encoded(url)))
}
