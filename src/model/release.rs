//! Releases: named editions of the archive, each with a manifest that names the one before by its hash.
//!
//! A manifest says what changed since the one before, so that it grows with the changes and not with the archive; all
//! of them in order give what stood in each edition, and the hash of that is in each.
//!
//! ```text
//! depositary release 1
//! date 2027-01-15
//! name Second edition
//! previous 2026-11-29 <SHA-256 of that manifest>
//! records 812
//! edition <SHA-256 of a line for all that stands, as below without sign, day and reason, in the order of identifiers>
//! + <SHA-256> a-64-ctbt-1a-jpn-1 v2 2027-01-10 A word was read wrongly
//! - a-64-ctbt-1a-jpn-3 2027-01-12 It is of another report
//! + <hash of the report's edition> reports/a-64-ctbt
//! ```

use super::ledger::address;
use crate::base::hash::sha256;
use crate::base::path::SitePath;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The folder of the manifests.
pub const FOLDER: &str = "content/releases";

/// What names the archive as a whole in a manifest.
pub const ARCHIVE: &str = "archive/";

/// First line of a manifest, with the version of its form.
const FIRST_LINE: &str = "depositary release 1";

/// Hexadecimal digits of a SHA-256.
const DIGITS: usize = 64;

/// What stands under an identifier in an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The SHA-256 of a record's wording, or the hash of the edition of a report or of the archive.
    pub sha256: String,
    /// The version of a record; none for anything else.
    pub version: Option<u32>,
}

/// What stands in an edition, by identifier: a record's, `reports/<id>`, or [`ARCHIVE`].
pub type Edition = BTreeMap<String, Standing>;

/// What a manifest says of an identifier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    /// What stands under it now; none if it is gone.
    pub standing: Option<Standing>,
    /// When and why.
    pub occasion: Occasion,
}

/// When and why something published was changed, as far as somebody said so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasion {
    /// The day, as ISO 8601.
    pub date: Option<String>,
    /// The reason, on one line.
    pub reason: Option<String>,
}

/// The manifest of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The day, as ISO 8601; no two releases have the same.
    pub date: String,
    /// What it is called, where it has a name.
    pub name: Option<String>,
    /// The day and the SHA-256 of the manifest before; none for the first.
    pub previous: Option<(String, String)>,
    /// How many records it has.
    pub n_records: usize,
    /// The SHA-256 of all that stands in it.
    pub edition: String,
    /// What is new, changed or gone since the one before.
    pub changes: BTreeMap<String, ManifestEntry>,
}

/// The line of what stands under an identifier.
fn line(id: &str, Standing { sha256, version }: &Standing) -> String {
    match version {
        Some(version) => format!("{sha256} {id} v{version}"),
        None => format!("{sha256} {id}"),
    }
}

/// What stands for a day in a manifest where none is known and a reason follows.
const NO_DAY: &str = "-";

impl Occasion {
    /// The end of its line in a manifest.
    fn words(&self) -> String {
        match (self.date.as_deref(), self.reason.as_deref()) {
            (None, None) => String::new(),
            (date, None) => format!(" {}", date.unwrap_or(NO_DAY)),
            (date, Some(reason)) => format!(" {} {reason}", date.unwrap_or(NO_DAY)),
        }
    }

    fn parse(words: Option<&str>) -> Self {
        let Some(words) = words else { return Self::default() };
        let (date, reason) = first_word(words);
        Self { date: (date != NO_DAY).then(|| date.to_owned()), reason: reason.map(str::to_owned) }
    }
}

/// The SHA-256 of all that stands in an edition.
fn digest(edition: &Edition) -> String {
    let mut text = String::new();
    for (id, standing) in edition {
        let _ = writeln!(text, "{}", line(id, standing));
    }
    sha256(text.as_bytes())
}

fn n_records(edition: &Edition) -> usize {
    edition.values().filter(|standing| standing.version.is_some()).count()
}

impl Release {
    /// The release of `edition`, after those of `chain`; `occasion` says of an identifier when and why it was changed.
    #[must_use]
    pub fn new(
        date: &str,
        name: Option<&str>,
        chain: &Chain,
        edition: &Edition,
        occasion: impl Fn(&str) -> Occasion,
    ) -> Self {
        let before = chain.latest();
        let changed = edition.iter().filter(|(id, standing)| before.get(*id) != Some(*standing));
        let changed = changed.map(|(id, standing)| (id, Some(standing.clone())));
        let gone = before.keys().filter(|id| !edition.contains_key(*id)).map(|id| (id, None));
        let changes = changed.chain(gone);
        Self {
            date: date.to_owned(),
            name: name.map(str::to_owned),
            previous: chain.releases.last().map(|last| (last.date.clone(), last.sha256())),
            n_records: n_records(edition),
            edition: digest(edition),
            changes: changes
                .map(|(id, standing)| (id.clone(), ManifestEntry { standing, occasion: occasion(id) }))
                .collect(),
        }
    }

    /// The text of the manifest.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\ndate {}\n", self.date);
        if let Some(name) = &self.name {
            let _ = writeln!(text, "name {name}");
        }
        if let Some((date, sha256)) = &self.previous {
            let _ = writeln!(text, "previous {date} {sha256}");
        }
        let _ = writeln!(text, "records {}\nedition {}", self.n_records, self.edition);
        for (id, ManifestEntry { standing, occasion }) in &self.changes {
            let words = occasion.words();
            let _ = match standing {
                Some(standing) => writeln!(text, "+ {}{words}", line(id, standing)),
                None => writeln!(text, "- {id}{words}"),
            };
        }
        text
    }

    /// The SHA-256 of the manifest.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256(self.text().as_bytes())
    }

    /// Reads a manifest, whose text is then exactly that of the release.
    ///
    /// # Errors
    /// With the number of the line that is wrong, from 1, and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut lines = Lines { lines: text.lines().collect(), at: 0 };
        if lines.next() != Some(FIRST_LINE) {
            return Err(lines.wrong("not the manifest of a release"));
        }
        let date = lines.needed("date")?.to_owned();
        let name = lines.optional("name").map(str::to_owned);
        let previous = match lines.optional("previous").map(|words| words.split_once(' ')) {
            None => None,
            Some(Some((date, hash))) if is_hash(hash) => Some((date.to_owned(), hash.to_owned())),
            Some(_) => return Err(lines.wrong("`previous` needs the day and the SHA-256 of the manifest before")),
        };
        let n_records = lines.needed("records")?.parse().map_err(|_| lines.wrong("not a number of records"))?;
        let edition = lines.needed("edition")?.to_owned();
        let mut changes = BTreeMap::new();
        while let Some(words) = lines.next() {
            let (id, change) = change(words).ok_or_else(|| lines.wrong("not a line of a manifest"))?;
            if changes.insert(id.clone(), change).is_some() {
                return Err(lines.wrong(&format!("`{id}` stands here twice")));
            }
        }
        let release = Self { date, name, previous, n_records, edition, changes };
        if release.text() == text { Ok(release) } else { Err((1, "not written as manifests are".to_owned())) }
    }

    /// What changed in it, records only, with what stands there now.
    pub fn records(&self) -> impl Iterator<Item = (&str, Option<u32>)> {
        let records = self.changes.iter().filter(|(id, _)| !id.contains('/'));
        records.map(|(id, change)| (id.as_str(), change.standing.as_ref().and_then(|standing| standing.version)))
    }
}

/// The lines of a manifest, and the number of the last that was read.
struct Lines<'a> {
    lines: Vec<&'a str>,
    at: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<&'a str> {
        self.at += 1;
        self.lines.get(self.at - 1).copied()
    }

    /// What stands behind `name` if it begins the next line.
    fn optional(&mut self, name: &str) -> Option<&'a str> {
        let value = self.lines.get(self.at)?.strip_prefix(name)?.strip_prefix(' ')?;
        self.at += 1;
        Some(value)
    }

    fn needed(&mut self, name: &str) -> Result<&'a str, (usize, String)> {
        self.optional(name).ok_or_else(|| (self.at + 1, format!("`{name}` is missing")))
    }

    fn wrong(&self, message: &str) -> (usize, String) {
        (self.at.max(1), message.to_owned())
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The line of a change.
fn change(line: &str) -> Option<(String, ManifestEntry)> {
    let (sign, words) = line.split_once(' ')?;
    let (sha256, words) = match sign {
        "+" => words.split_once(' ').filter(|(hash, _)| is_hash(hash)).map(|(hash, words)| (Some(hash), words))?,
        "-" => (None, words),
        _ => return None,
    };
    let (id, rest) = first_word(words);
    // Identifiers lead to files of a site, and nowhere else.
    if id.is_empty() || SitePath::new(address(id)).is_err() {
        return None;
    }
    let Some(sha256) = sha256 else {
        return Some((id.to_owned(), ManifestEntry { standing: None, occasion: Occasion::parse(rest) }));
    };
    let (version, rest) = if id.contains('/') {
        (None, rest)
    } else {
        let (word, rest) = first_word(rest?);
        (Some(word.strip_prefix('v')?.parse().ok()?), rest)
    };
    let standing = Standing { sha256: sha256.to_owned(), version };
    Some((id.to_owned(), ManifestEntry { standing: Some(standing), occasion: Occasion::parse(rest) }))
}

/// The first of some words, and the others.
fn first_word(words: &str) -> (&str, Option<&str>) {
    words.split_once(' ').map_or((words, None), |(first, rest)| (first, Some(rest)))
}

/// The releases of an archive, in their order, and what became of each identifier in them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// The releases, the first first.
    pub releases: Vec<Release>,
    /// Of each identifier the releases that changed it.
    changes: BTreeMap<String, Vec<usize>>,
}

/// The editions in which something stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// The first.
    pub first: &'a Release,
    /// The last.
    pub last: &'a Release,
    /// Whether that is the latest of all.
    pub is_latest: bool,
}

impl Chain {
    /// The chain of `releases`, which are put in the order of their days.
    #[must_use]
    pub fn new(mut releases: Vec<Release>) -> Self {
        releases.sort_by(|left, right| left.date.cmp(&right.date));
        let mut changes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, release) in releases.iter().enumerate() {
            for id in release.changes.keys() {
                changes.entry(id.clone()).or_default().push(position);
            }
        }
        Self { releases, changes }
    }

    /// The same releases, as far as they tell of identifiers that are `meant`.
    #[must_use]
    pub fn only(&self, is_meant: impl Fn(&str) -> bool) -> Self {
        let changes = |release: &Release| {
            let meant = release.changes.iter().filter(|(id, _)| is_meant(id));
            meant.map(|(id, change)| (id.clone(), change.clone())).collect()
        };
        let only = |release: &Release| Release { changes: changes(release), ..release.clone() };
        Self::new(self.releases.iter().map(only).collect())
    }

    /// What stands in the latest edition.
    #[must_use]
    pub fn latest(&self) -> Edition {
        let mut edition = Edition::new();
        for release in &self.releases {
            take(&mut edition, release);
        }
        edition
    }

    /// What stands under `id` in the latest edition.
    #[must_use]
    pub fn standing(&self, id: &str) -> Option<&Standing> {
        let last = self.changes.get(id)?.last()?;
        self.releases.get(*last)?.changes.get(id)?.standing.as_ref()
    }

    /// The editions in which the hash under `id` begins with `hash`, each stretch of them that follow each other.
    #[must_use]
    pub fn stood(&self, id: &str, hash: &str) -> Vec<Stretch<'_>> {
        let positions = self.changes.get(id).map(Vec::as_slice).unwrap_or_default();
        let ends = positions.iter().skip(1).map(|next| next - 1).chain([self.releases.len().saturating_sub(1)]);
        let stretch = |(first, last): (&usize, usize)| {
            let first = self.releases.get(*first)?;
            let is_same = first.changes.get(id)?.standing.as_ref()?.sha256.starts_with(hash);
            let is_latest = last + 1 == self.releases.len();
            is_same.then(|| Some(Stretch { first, last: self.releases.get(last)?, is_latest }))?
        };
        positions.iter().zip(ends).filter_map(stretch).collect()
    }

    /// Every identifier that stood in an edition.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.changes.keys().map(String::as_str)
    }

    /// What is wrong with the chain: the release, and what it says that the ones before contradict.
    #[must_use]
    pub fn faults(&self) -> Vec<(&Release, String)> {
        let (mut edition, mut before): (Edition, Option<&Release>) = (Edition::new(), None);
        let mut faults = Vec::new();
        for release in &self.releases {
            let expected = before.map(|before| (before.date.clone(), before.sha256()));
            if release.previous != expected {
                let message = match (&release.previous, expected) {
                    (Some((date, _)), Some((expected, _))) if *date == expected => {
                        format!("the manifest of {date} is not the one that this was released after")
                    }
                    (_, Some((expected, _))) => format!("this was not released after that of {expected}"),
                    (_, None) => "the manifest before it is missing".to_owned(),
                };
                faults.push((release, message));
            }
            let lost = release.changes.iter().find(|(id, now)| now.standing.is_none() && !edition.contains_key(*id));
            faults.extend(lost.map(|(id, _)| (release, format!("`{id}` did not stand in the edition before"))));
            take(&mut edition, release);
            if n_records(&edition) != release.n_records || digest(&edition) != release.edition {
                let message = "what its lines and those before add up to is not the edition that it names";
                faults.push((release, message.to_owned()));
            }
            before = Some(release);
        }
        faults
    }
}

/// Makes `edition` that of `release`.
fn take(edition: &mut Edition, release: &Release) {
    for (id, change) in &release.changes {
        match &change.standing {
            Some(standing) => drop(edition.insert(id.clone(), standing.clone())),
            None => drop(edition.remove(id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(of: &[(&str, &str, u32)]) -> Edition {
        let standing = |text: &str, version| Standing { sha256: sha256(text.as_bytes()), version: Some(version) };
        of.iter().map(|(id, text, version)| ((*id).to_owned(), standing(text, *version))).collect()
    }

    /// Three releases: two records, one of them changed, the other withdrawn.
    fn chain() -> Chain {
        let editions = [
            ("2026-01-01", edition(&[("a-1", "x", 1), ("a-2", "y", 1)]), [None, None]),
            ("2026-02-01", edition(&[("a-1", "z", 2), ("a-2", "y", 1)]), [None, Some("A word was read wrongly")]),
            ("2026-03-01", edition(&[("a-1", "z", 2)]), [Some("2026-02-20"), Some("It is of another report")]),
        ];
        editions.iter().fold(Chain::default(), |chain, (date, edition, occasion)| {
            let [day, reason] = occasion.map(|words| words.map(str::to_owned));
            let occasion = |_: &str| Occasion { date: day.clone(), reason: reason.clone() };
            let next = Release::new(date, Some("An edition"), &chain, edition, occasion);
            Chain::new(chain.releases.into_iter().chain([next]).collect())
        })
    }

    #[test]
    fn a_manifest_is_read_as_it_is_written() {
        for release in chain().releases {
            assert_eq!(Release::parse(&release.text()), Ok(release.clone()), "{}", release.text());
        }
        let text = chain().releases[1].text();
        assert_eq!(text.lines().filter(|line| line.starts_with(['+', '-'])).count(), 1, "{text}");
        let outside = text.replace("a-1 v2", "../a-1 v2");
        for wrong in
            ["", "x", &outside, &text.replace("date ", "day "), &text.replace("+ ", "* "), &text.replace(" v2", "")]
        {
            assert!(Release::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Release::parse(&format!("{text}\n")).map_err(|(line, _)| line), Err(8));
    }

    #[test]
    fn what_stood_when_is_told() {
        let chain = chain();
        let stood = |id, text: &str| {
            let stretch = chain.stood(id, &sha256(text.as_bytes()));
            stretch.first().map(|found| (found.first.date.clone(), found.last.date.clone(), found.is_latest))
        };
        let dates = |first: &str, last: &str, is_latest| Some((first.to_owned(), last.to_owned(), is_latest));
        assert_eq!(stood("a-1", "x"), dates("2026-01-01", "2026-01-01", false));
        assert_eq!(stood("a-1", "z"), dates("2026-02-01", "2026-03-01", true));
        assert_eq!(stood("a-2", "y"), dates("2026-01-01", "2026-02-01", false));
        assert_eq!(stood("a-2", "z"), None);
        assert!(chain.standing("a-2").is_none() && chain.standing("a-1").is_some());
        assert_eq!(chain.faults(), []);
    }

    #[test]
    fn a_change_anywhere_in_the_chain_is_found() {
        let sound = chain();
        let broken = |change: fn(&mut Vec<Release>)| {
            let mut releases = sound.releases.clone();
            change(&mut releases);
            Chain::new(releases).faults().len()
        };
        assert_eq!(broken(|releases| releases[0].name = None), 1);
        assert_eq!(broken(|releases| drop(releases.remove(0))), 3);
        assert_eq!(broken(|releases| drop(releases.remove(1))), 2);
        assert!(broken(|releases| releases[1].changes.clear()) >= 2);
        assert_eq!(broken(|releases| releases[2].n_records = 7), 1);
        let reason = |releases: &mut Vec<Release>| {
            releases[1].changes.get_mut("a-1").unwrap().occasion.reason = None;
        };
        assert_eq!(broken(reason), 1);
    }
}
