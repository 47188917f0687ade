//! A context object (ANSI/NISO Z39.88-2004, key/encoded-value), which pages carry in spans of the class `Z3988` (COinS).
//!
//! The matrix is that of books with the genre `report`; a resolution is one too, as the standard knows no acts. A
//! corporate author stands in `rft.aucorp`, which programs never part.

use super::super::citable::{Citable, CitableKind, wording};
use super::text_language;
use crate::model::edtf::Moment;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is not unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The context object of a document; a page that is no document has none of this kind.
pub(super) fn context_object(citable: &Citable, language: &str) -> String {
    // Programs read no number of a report from here, so that a resolution's stands in its title.
    let number = citable.symbol.as_deref().filter(|_| citable.kind == CitableKind::Resolution);
    let title =
        [Some(citable.title_in_list(language).as_str()), number].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let pairs = [
        ("ctx_ver", Some("Z39.88-2004".to_owned())),
        ("rft_val_fmt", Some("info:ofi/fmt:kev:mtx:book".to_owned())),
        ("rft.genre", Some("report".to_owned())),
        ("rft.btitle", Some(title)),
        ("rft.aucorp", Some(citable.author.in_language(language).to_owned())),
        ("rft.pub", wording(&citable.archive, language).map(str::to_owned)),
        ("rft.date", citable.issued().map(Moment::to_edtf)),
        ("rft.language", Some(text_language(citable, language).to_owned())),
        ("rft_id", citable.url.clone()),
    ];
    let known = pairs.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", encode(&value?))));
    known.collect::<Vec<_>>().join("&")
}

/// `text` in UTF-8 with everything but the unreserved characters of RFC 3986 as `%` and two digits.
fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_value_ends_it() {
        assert_eq!(encode("a&b=c d+第~"), "a%26b%3Dc%20d%2B%E7%AC%AC~");
    }
}
