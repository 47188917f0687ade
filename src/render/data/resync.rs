//! ResourceSync (ANSI/NISO Z39.99-2017): the data files with their hashes, for those who keep a copy of them in step.
//!
//! A Source Description names the Capability List, that the Resource List, and that every file; where there are more than
//! a file holds, it is an index of several. Pages are not among them: `sitemap.xml` has those, and they say what the data
//! say. `at` is the day of the latest edition, as no clock is read.

use super::atom::escaped;
use super::edition;
use super::file::Sum;
use crate::render::site::Site;
use std::fmt::Write;

/// Where a harvester looks first (RFC 8615).
const DESCRIPTION: &str = ".well-known/resourcesync";

/// What the site offers.
const CAPABILITIES: &str = "resync/capabilitylist.xml";

/// Most files of a list.
const MAX_FILES: usize = 50_000;

/// Whether the file at `path` is one of these.
pub(super) fn is_own(path: &str) -> bool {
    path == DESCRIPTION || path.starts_with("resync/")
}

/// The files, each with its name; none where the site does not know its address.
pub(super) fn files(site: &Site<'_>) -> Vec<(String, String)> {
    let base = &site.input.config.base_url;
    if base.is_empty() {
        return Vec::new();
    }
    let last = site.input.releases.releases.last().map(|release| release.date.clone());
    let published = || site.input.config.publish.date.clone().unwrap_or_else(|| edition::latest_day(site.input));
    let at = last.unwrap_or_else(published);
    // Lists for reference managers say again what the records say.
    let sums = super::sums(site).iter().filter(|sum| !sum.path.starts_with("data/cite/"));
    listed(base, &at, &sums.collect::<Vec<_>>(), MAX_FILES)
}

/// The files of a site at `base` of the day `at`, in lists of `most`.
fn listed(base: &str, at: &str, sums: &[&Sum], most: usize) -> Vec<(String, String)> {
    let place = |name: &str| format!("<url><loc>{}</loc>", escaped(&format!("{base}{name}")));
    let list = |part: &[&Sum]| {
        let files = part.iter().map(|Sum { path, sha256, n_bytes }| {
            format!("{}<rs:md hash=\"sha-256:{sha256}\" length=\"{n_bytes}\"/></url>\n", place(path))
        });
        document("urlset", base, Some(CAPABILITIES), "resourcelist", Some(at), &files.collect::<String>())
    };
    let first = "resync/resourcelist.xml".to_owned();
    let mut made = Vec::new();
    if sums.len() <= most {
        made.push((first.clone(), list(sums)));
    } else {
        for (number, part) in sums.chunks(most).enumerate() {
            made.push((format!("resync/resourcelist-{}.xml", number + 1), list(part)));
        }
        let parts = made.iter().map(|(name, _)| format!("<sitemap><loc>{base}{name}</loc></sitemap>\n"));
        let parts: String = parts.collect();
        made.push((
            first.clone(),
            document("sitemapindex", base, Some(CAPABILITIES), "resourcelist", Some(at), &parts),
        ));
    }
    let offered = |name: &str, capability: &str| format!("{}<rs:md capability=\"{capability}\"/></url>\n", place(name));
    let capabilities = offered(&first, "resourcelist");
    let up = Some(DESCRIPTION);
    made.push((CAPABILITIES.to_owned(), document("urlset", base, up, "capabilitylist", None, &capabilities)));
    let described = offered(CAPABILITIES, "capabilitylist");
    made.push((DESCRIPTION.to_owned(), document("urlset", base, None, "description", None, &described)));
    made
}

/// A document of ResourceSync.
fn document(root: &str, base: &str, up: Option<&str>, capability: &str, at: Option<&str>, content: &str) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        xml,
        "<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:rs=\"http://www.openarchives.org/rs/terms/\">"
    );
    if let Some(up) = up {
        let _ = writeln!(xml, "<rs:ln rel=\"up\" href=\"{}\"/>", escaped(&format!("{base}{up}")));
    }
    let at = at.map_or_else(String::new, |day| format!(" at=\"{day}T00:00:00Z\""));
    let _ = writeln!(xml, "<rs:md capability=\"{capability}\"{at}/>\n{content}</{root}>");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_files_are_split_with_an_index() {
        let sum = |number: usize| Sum { path: format!("data/{number}.csv"), sha256: "ab".to_owned(), n_bytes: number };
        let sums: Vec<Sum> = (0..5).map(sum).collect();
        let sums: Vec<&Sum> = sums.iter().collect();
        let names = |most| listed("https://a/", "2026-01-01", &sums, most).into_iter().map(|(name, _)| name);
        let others = ["resync/capabilitylist.xml", ".well-known/resourcesync"];
        assert_eq!(names(5).collect::<Vec<_>>()[1..], others);
        assert_eq!(names(2).count(), 3 + 1 + 2);
        let files = listed("https://a/", "2026-01-01", &sums, 5);
        let entry = "<url><loc>https://a/data/3.csv</loc><rs:md hash=\"sha-256:ab\" length=\"3\"/></url>";
        assert!(files[0].1.contains(entry) && files[0].1.contains("at=\"2026-01-01T00:00:00Z\""), "{}", files[0].1);
    }
}
