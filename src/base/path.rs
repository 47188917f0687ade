//! Paths inside the site.

use std::fmt;

/// A path of a file in the built site: relative, `/`-separated, lower case, no empty, `.` or `..` segment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

/// Why a text is no site path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a path inside the site")]
pub struct SitePathError(pub String);

impl SitePath {
    /// Checks `path`.
    ///
    /// # Errors
    /// If a segment is empty, `.`, `..`, ends in a dot or blank, or holds a character other than
    /// lower-case ASCII letters, digits, `-`, `_` and `.`.
    pub fn new(path: impl Into<String>) -> Result<Self, SitePathError> {
        let path = path.into();
        if path.split('/').all(is_segment) { Ok(Self(path)) } else { Err(SitePathError(path)) }
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn is_segment(segment: &str) -> bool {
    !segment.is_empty()
        && !segment.ends_with('.')
        && segment != ".."
        && segment.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
}

/// `symbol` as a path segment: lower case, runs of anything else than letters and digits become one `-`.
///
/// `A/RES/62/59` gives `a-res-62-59`, `S/RES/1718(2006)` gives `s-res-1718-2006`.
#[must_use]
pub fn slug(symbol: &str) -> String {
    let mut slug = String::with_capacity(symbol.len());
    for character in symbol.chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
