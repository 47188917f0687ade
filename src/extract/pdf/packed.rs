//! Streams that unpack to more than a document has, told before anything unpacks them whole.
//!
//! Input: the bytes of a PDF. Output: whether one of its streams is over the limit. The library unpacks a stream into
//! memory at once; here it is unpacked piece by piece and thrown away.

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

/// Largest stream, unpacked, in bytes. Content of a page takes some kilobytes, a font of all Han some 20 MB.
const MAX_STREAM_BYTES: u64 = 128 * 1024 * 1024;
/// DEFLATE packs at most 1,032 to 1, so that a shorter stream cannot be over the limit.
const HARMLESS_BYTES: usize = (MAX_STREAM_BYTES / 1032) as usize;
/// How far before a stream its dictionary is looked for.
const DICTIONARY_BYTES: usize = 1024;

/// Whether a stream in `bytes` is packed twice, or unpacks to more than [`MAX_STREAM_BYTES`].
pub(super) fn is_over_limit(bytes: &[u8]) -> bool {
    let mut begins = memmem::find_iter(bytes, b"stream").filter(|at| !bytes[..*at].ends_with(b"end"));
    begins.any(|at| {
        let before = &bytes[at.saturating_sub(DICTIONARY_BYTES)..at];
        let dictionary = &before[memmem::rfind(before, b" obj").unwrap_or_default()..];
        let count = |name: &[u8]| memmem::find_iter(dictionary, name).count();
        let (deflate, lzw) = (count(b"/FlateDecode") + count(b"/Fl "), count(b"/LZWDecode") + count(b"/LZW "));
        if deflate + lzw > 1 {
            return true;
        }
        let data = &bytes[at + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let length = memmem::find(data.get(..HARMLESS_BYTES + 1).unwrap_or(data), b"endstream");
        let is_picture = memmem::find(dictionary, b"/Image").is_some();
        length.is_none()
            && data.len() > HARMLESS_BYTES
            && !is_picture
            && (lzw > 0 || deflate > 0 && unpacks_over_limit(data))
    })
}

fn unpacks_over_limit(data: &[u8]) -> bool {
    let mut unpacking = Decompress::new(true);
    let mut piece = vec![0; 64 * 1024];
    loop {
        let (read, written) = (unpacking.total_in(), unpacking.total_out());
        let rest = usize::try_from(read).ok().and_then(|read| data.get(read..)).unwrap_or_default();
        match unpacking.decompress(rest, &mut piece, FlushDecompress::None) {
            Ok(Status::Ok) if unpacking.total_out() > MAX_STREAM_BYTES => return true,
            Ok(Status::Ok) if (unpacking.total_in(), unpacking.total_out()) != (read, written) => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with a stream of `length` bytes behind `dictionary`.
    fn file(dictionary: &str, length: usize, end: &str) -> Vec<u8> {
        [dictionary.as_bytes(), b"\nstream\n", &vec![b'x'; length], end.as_bytes()].concat()
    }

    #[test]
    fn streams_are_told_by_their_dictionary() {
        let cases = [
            ("1 0 obj <</Filter/FlateDecode>>", false),
            ("1 0 obj <</Filter[/FlateDecode/FlateDecode]>>", true),
            ("1 0 obj <</Filter[/FlateDecode /LZWDecode]>>", true),
            ("1 0 obj <</Filter[/Fl /LZW ]>>", true),
            ("1 0 obj <</Filter[/ASCIIHexDecode/FlateDecode]>>", false),
            ("1 0 obj <</Filter/FlateDecode>> endobj 2 0 obj <</Filter/FlateDecode>>", false),
        ];
        for (dictionary, expected) in cases {
            assert_eq!(is_over_limit(&file(dictionary, 9, "\nendstream")), expected, "{dictionary}");
        }
        assert!(!is_over_limit(b"1 0 obj <</Filter[/FlateDecode/FlateDecode]>>\nendstream"));
        let far = format!("1 0 obj <</Filter[/FlateDecode/FlateDecode]{}>>", " ".repeat(DICTIONARY_BYTES));
        assert!(!is_over_limit(&file(&far, 9, "\nendstream")));
    }

    #[test]
    fn long_streams_that_are_not_unpacked_are_over_the_limit() {
        let end = "\nendstream";
        let lzw = "1 0 obj <</Filter/LZWDecode>>";
        let cases = [
            (lzw, HARMLESS_BYTES + 1 - end.len(), end, false),
            (lzw, HARMLESS_BYTES + 2 - end.len(), end, true),
            (lzw, HARMLESS_BYTES, "", false),
            (lzw, HARMLESS_BYTES + 1, "", true),
            ("1 0 obj <</Filter/LZW >>", HARMLESS_BYTES + 1, end, true),
            ("1 0 obj <</Subtype/Image/Filter/LZWDecode>>", HARMLESS_BYTES + 1, end, false),
            ("1 0 obj <</Filter/FlateDecode>>", HARMLESS_BYTES + 1, end, false),
            ("1 0 obj <<>>", HARMLESS_BYTES + 1, end, false),
        ];
        for (dictionary, length, end, expected) in cases {
            assert_eq!(is_over_limit(&file(dictionary, length, end)), expected, "{dictionary} {length}");
        }
    }
}
