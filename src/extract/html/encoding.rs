//! The encoding of a page: its byte order mark, UTF-8 if its bytes are that, what its head declares, or what its bytes
//! are most likely in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a page may come before it declares its encoding (HTML, 13.2.3.2).
const DECLARED_WITHIN: usize = 4096;

/// The text of the page in `bytes`.
pub(super) fn decode(bytes: &[u8]) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) => UTF_8,
        None => without_mark(bytes),
    };
    encoding.decode(bytes).0.into_owned()
}

fn without_mark(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        // What declares UTF-16 in single bytes is not in UTF-16.
        _ => declared(bytes).filter(|encoding| encoding.is_ascii_compatible()).unwrap_or_else(|| likely(bytes)),
    }
}

fn likely(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// What `charset=` or `encoding=` in the head says.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..DECLARED_WITHIN).unwrap_or(bytes)).to_ascii_lowercase();
    let behind = ["charset=", "encoding="].iter().find_map(|key| head.split_once(key))?.1;
    let label = behind.trim_start_matches(['"', '\'', ' ']).split(['"', '\'', ' ', ';', '>', '/', '?']).next()?;
    Encoding::for_label(label.as_bytes())
}
