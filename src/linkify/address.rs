//! Addresses that stand bare in a text: `https://undocs.org/A/RES/62/59`, `undocs.org/A/RES/62/59`.

/// How an address may begin that has no host to tell it.
const BEGINNINGS: [&str; 6] = ["https://", "http://", "ftp://", "www.", "mailto:", "doi:"];

/// The length of the address that `text` begins with, if it begins with one.
pub(super) fn is_address_at(text: &str) -> Option<usize> {
    let length = text.find(ends_address).unwrap_or(text.len());
    let token = text.get(..length)?;
    let begins = |start: &str| token.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    (BEGINNINGS.iter().any(|start| begins(start)) || has_host(token)).then_some(length)
}

/// A blank, a mark that closes what the address stands in, or a letter of another script.
fn ends_address(character: char) -> bool {
    !character.is_ascii_graphic() || "<>\"`|{}\\^".contains(character)
}

/// Whether something like `undocs.org/` comes first. A symbol does not: NPT/CONF.2010/PC.I/WP.78 has capitals.
fn has_host(token: &str) -> bool {
    let Some((host, _)) = token.split_once('/') else { return false };
    let is_label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.';
    let end = host.rsplit_once('.').map_or("", |(_, end)| end);
    host.bytes().all(is_label) && end.len() >= 2 && end.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// An address with everything encoded that could end it in Markdown, LaTeX, HTML, JSON or angle brackets.
pub(super) fn encoded(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    for character in url.chars() {
        match character {
            ' ' => encoded.push_str("%20"),
            '"' => encoded.push_str("%22"),
            '(' => encoded.push_str("%28"),
            ')' => encoded.push_str("%29"),
            '<' => encoded.push_str("%3C"),
            '>' => encoded.push_str("%3E"),
            '{' => encoded.push_str("%7B"),
            '}' => encoded.push_str("%7D"),
            '\\' => encoded.push_str("%5C"),
            _ => encoded.push(character),
        }
    }
    encoded
}
