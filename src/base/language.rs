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
