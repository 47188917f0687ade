//! The ledger: every identifier that was ever published, and what it stands for.
//!
//! An identifier without `/` is a record's; one with `/` is the address of a page below the site's root without
//! `index.html`: `reports/a-63-ctbt`, `resolutions/a-res-62-59`, `annex-2/`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The ledger file of the pages that belong to no report, without `.tsv`.
pub const ADDRESSES: &str = "addresses";

/// What has become of an identifier; all but the first are reviewed changes, with a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// It stands for the text it was published with.
    Published,
    /// It stands for the same passage, whose text was read or corrected anew.
    Corrected,
    /// What it stood for has another identifier.
    Moved,
    /// What it stood for is several records now.
    Split,
    /// What it stood for is a part of another record now.
    Merged,
    /// What it stood for is not in the archive any more.
    Withdrawn,
}

impl Status {
    /// Every status with its name in the ledger, in their order.
    pub const NAMES: [(Self, &'static str); 6] = [
        (Self::Published, "published"),
        (Self::Corrected, "corrected"),
        (Self::Moved, "moved"),
        (Self::Split, "split"),
        (Self::Merged, "merged"),
        (Self::Withdrawn, "withdrawn"),
    ];

    /// The status of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(status, _)| *status)
    }

    /// Its name in the ledger.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].1
    }

    /// Whether the identifier has a page of its own kind, and not one that points on.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Published | Self::Corrected)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The fingerprint of the text it stands for, or stood for at last; none for a page that has no text of its own.
    pub fingerprint: Option<String>,
    /// What has become of it.
    pub status: Status,
    /// The identifiers that lead on from it.
    pub successors: Vec<String>,
    /// The day of the change as ISO 8601, where it was given.
    pub date: Option<String>,
    /// Why it was changed.
    pub reason: Option<String>,
    /// The file it stands in, without `.tsv`: a report's id, or [`ADDRESSES`].
    pub file: String,
    /// Line of that file, from 1; 0 for a line that is not written yet.
    pub line: u64,
}

impl Entry {
    /// A newly published identifier, for the ledger file `file`.
    #[must_use]
    pub fn published(fingerprint: Option<String>, file: &str) -> Self {
        let (file, status) = (file.to_owned(), Status::Published);
        Self { fingerprint, status, successors: Vec::new(), date: None, reason: None, file, line: 0 }
    }

    /// Whether it says more than that the identifier was published.
    #[must_use]
    pub fn tells_of_a_change(&self) -> bool {
        self.status != Status::Published || self.date.is_some() || self.reason.is_some()
    }

    /// The cells of its line, for the identifier `id`.
    #[must_use]
    pub fn cells(&self, id: &str) -> [String; 6] {
        let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
        let status = self.status.to_string();
        let successors = self.successors.join(" ");
        [id.to_owned(), text(&self.fingerprint), status, successors, text(&self.date), text(&self.reason)]
    }
}

/// All lines of the ledger, by identifier.
pub type Ledger = BTreeMap<String, Entry>;

/// The columns of a ledger file.
pub const COLUMNS: [&str; 6] = ["id", "fingerprint", "status", "now", "date", "reason"];

/// The address of the page of `id` below the root of a language.
#[must_use]
pub fn address(id: &str) -> String {
    if id.contains('/') {
        format!("{}/index.html", id.trim_end_matches('/'))
    } else {
        format!("records/{id}/index.html")
    }
}

/// What puts identifiers in the order of a reader: numbers in them by value, so that 2 comes before 10.
#[must_use]
pub fn natural_key(id: &str) -> Vec<(String, u64)> {
    let mut parts = vec![(String::new(), 0_u64)];
    let mut was_digit = false;
    for character in id.chars() {
        let digit = character.to_digit(10).map(u64::from);
        if was_digit && digit.is_none() {
            parts.push((String::new(), 0));
        }
        was_digit = digit.is_some();
        let Some((word, number)) = parts.last_mut() else { continue };
        match digit {
            Some(digit) => *number = number.saturating_mul(10).saturating_add(digit),
            None => word.push(character),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_natural() {
        let mut ids = vec!["a-63-1a-aus-10", "a-63-1a-aus-2", "a-63-1a-aut-1", "a-63-1b-aus-1", "a-7", "a-63"];
        ids.sort_by_cached_key(|id| natural_key(id));
        assert_eq!(ids, ["a-7", "a-63", "a-63-1a-aus-2", "a-63-1a-aus-10", "a-63-1a-aut-1", "a-63-1b-aus-1"]);
    }

    #[test]
    fn names_and_addresses() {
        assert!(Status::NAMES.iter().all(|(status, name)| Status::from_name(name) == Some(*status)));
        assert_eq!(Status::from_name("lost"), None);
        assert_eq!(address("a-63-1"), "records/a-63-1/index.html");
        assert_eq!(address("years/2008"), "years/2008/index.html");
        assert_eq!(address("annex-2/"), "annex-2/index.html");
    }
}
