//! The fingerprint of a text.

use crate::base::hash::hexadecimal;
use crate::base::printed::printed;
use sha2::{Digest, Sha256};

/// Bytes of the digest that are kept.
const N_BYTES: usize = 8;

/// The first 16 hexadecimal digits of the SHA-256 of `text` in Unicode normalisation form C, without white space.
///
/// 64 bits keep the lines of the ledger short: among a
/// million texts two share a fingerprint by chance at odds of 1 in 37 million. It tells changes, not forgeries;
/// for those each record has the SHA-256 of its source.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    let digest = Sha256::digest(printed(text).as_bytes());
    hexadecimal(&digest[..N_BYTES])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_spelling_of_characters_do_not_count() {
        assert_eq!(fingerprint("abc"), "ba7816bf8f01cfea", "FIPS 180-2, appendix B.1");
        assert_eq!(fingerprint("奥地利 签署\n了条约\u{3000}"), fingerprint("奥地利签署了条约"));
        assert_eq!(fingerprint("Cote\u{302}"), fingerprint("Cot\u{ea}"));
        assert_ne!(fingerprint("奥地利。"), fingerprint("奥地利"));
    }
}
