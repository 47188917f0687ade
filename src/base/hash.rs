//! Hashes as people and programs write them: in hexadecimal.

use sha2::{Digest, Sha256};

/// The digits of numbers in base 16.
const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The SHA-256 of `bytes` (FIPS 180-4) in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// `bytes` in lower-case hexadecimal.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}
