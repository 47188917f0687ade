//! Paths inside the site.

use super::limits::{MAX_PATH_BYTES, MAX_SEGMENT_BYTES};
use std::fmt;

/// A path of a file in the built site: relative, `/`-separated, lower case, no empty, `.` or `..` segment. Only the
/// names `CITATION.cff` and `SHA256SUMS` are in upper case.
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
    /// If a segment is empty, `.`, `..`, ends in a dot or blank, is a device name of Windows, or holds a
    /// character other than lower-case ASCII letters, digits, `-`, `_` and `.`; or if the path or a
    /// segment is longer than the limits.
    pub fn new(path: impl Into<String>) -> Result<Self, SitePathError> {
        let path = path.into();
        let fits = path.len() <= MAX_PATH_BYTES && path.split('/').all(is_segment);
        if fits { Ok(Self(path)) } else { Err(SitePathError(path)) }
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The way from this file's folder up to the site's root: `../../` for `states/aut/index.html`.
    #[must_use]
    pub fn way_up(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The address of `target` as written in this file: `../jpn/index.html`.
    #[must_use]
    pub fn relative(&self, target: &SitePath) -> String {
        let shared = shared_folders(&self.0, &target.0);
        let up = self.0[shared..].matches('/').count();
        format!("{}{}", "../".repeat(up), &target.0[shared..])
    }
}

/// Length of the folders, with their `/`, that both paths begin with.
fn shared_folders(from: &str, to: &str) -> usize {
    let same = from.bytes().zip(to.bytes()).take_while(|(left, right)| left == right);
    let length = same.count();
    from[..length].rfind('/').map_or(0, |slash| slash + 1)
}

impl fmt::Display for SitePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Names that others lay down in upper case: the Citation File Format (1.2.0), lists of checksums, the name of a site
/// for its host, and Bing's proof that a site is one's own.
const FIXED_NAMES: [&str; 4] = ["CITATION.cff", "SHA256SUMS", "CNAME", "BingSiteAuth.xml"];

fn is_segment(segment: &str) -> bool {
    FIXED_NAMES.contains(&segment) || is_plain_segment(segment)
}

fn is_plain_segment(segment: &str) -> bool {
    !segment.is_empty()
        && segment.len() <= MAX_SEGMENT_BYTES
        && !segment.ends_with('.')
        && !is_device_name(segment)
        && segment.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
}

/// Names that Windows keeps for devices, with any extension ("Naming Files, Paths, and Namespaces").
fn is_device_name(segment: &str) -> bool {
    let stem = segment.split_once('.').map_or(segment, |(first, _)| first);
    let is_numbered =
        |prefix: &str| stem.strip_prefix(prefix).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    matches!(stem, "con" | "prn" | "aux" | "nul") || is_numbered("com") || is_numbered("lpt")
}

/// Whether `text` is an id that can stand in an address: runs of lower-case ASCII letters and digits joined by `-`.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    !text.is_empty() && slug(text) == text && text.len() <= MAX_SEGMENT_BYTES && !is_device_name(text)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_every_file_system_takes() {
        for path in
            ["index.html", "states/aut/index.html", ".nojekyll", "data/records.ndjson", "data/CITATION.cff", "CNAME"]
        {
            assert!(SitePath::new(path).is_ok(), "{path}");
        }
    }

    #[test]
    fn refuses_what_leaves_the_site_or_collides() {
        let long = "a".repeat(MAX_SEGMENT_BYTES + 1);
        for path in [
            "",
            "/a",
            "a//b",
            "../a",
            "a/..",
            "a/.",
            "A",
            "Citation.cff",
            "a.",
            "con",
            "nul.html",
            "lpt1",
            "a\\b",
            "附",
            &long,
        ] {
            assert!(SitePath::new(path).is_err(), "{path}");
        }
    }

    #[test]
    fn slug_of_a_symbol_is_a_slug() {
        for symbol in ["A/RES/62/59", "S/RES/1718(2006)", "AG/RES.2359(XXXVIII-O/08)"] {
            assert!(is_slug(&slug(symbol)), "{symbol}");
        }
        assert!(!is_slug("a--b") && !is_slug("A") && !is_slug("-a"));
    }

    fn relative(from: &str, to: &str) -> Result<String, SitePathError> {
        Ok(SitePath::new(from)?.relative(&SitePath::new(to)?))
    }

    #[test]
    fn writes_relative_addresses() -> Result<(), SitePathError> {
        assert_eq!(relative("index.html", "states/index.html")?, "states/index.html");
        assert_eq!(relative("states/aut/index.html", "states/jpn/index.html")?, "../jpn/index.html");
        assert_eq!(relative("en/states/index.html", "states/index.html")?, "../../states/index.html");
        assert_eq!(relative("states/aut/index.html", "states/aut/index.html")?, "index.html");
        Ok(())
    }
}
