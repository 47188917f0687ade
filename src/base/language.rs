//! Tags of languages (BCP 47).

/// The language of `tag` without script and region: `zh` of `zh-Hans` (RFC 5646, section 2.1).
#[must_use]
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Whether two tags name one language, whatever its script and region.
#[must_use]
pub fn is_one_language(tag: &str, other: &str) -> bool {
    primary(tag).eq_ignore_ascii_case(primary(other))
}

/// A script written without blanks between words: Han, Kana, CJK punctuation, full-width forms.
#[must_use]
pub fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character),
        0x2E80..=0x303F | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}
