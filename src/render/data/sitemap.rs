//! `sitemap.xml` (sitemaps.org protocol 0.9): every page, where the site knows its address.
//!
//! A file holds 50,000 addresses at most; more are split over `sitemap-1.xml`, … and `sitemap.xml` is their index.

use super::feed::escaped;
use super::{edition, lookup};
use crate::base::path::SitePath;
use crate::config::Config;
use crate::model::ledger::{self, Ledger};
use crate::model::record::Record;
use crate::render::{Input, RenderError, Sink, SinkError, address, site_path};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

/// Most addresses of a file.
const MAX_ADDRESSES: usize = 50_000;

/// Hands files on and remembers the pages among them.
pub(in crate::render) struct PageList<'a> {
    sink: &'a dyn Sink,
    pages: Mutex<BTreeSet<SitePath>>,
}

impl<'a> PageList<'a> {
    /// An empty list before `sink`.
    pub(in crate::render) fn new(sink: &'a dyn Sink) -> Self {
        Self { sink, pages: Mutex::default() }
    }

    /// Takes a page into the list that is not handed on.
    pub(in crate::render) fn add(&self, path: &SitePath) {
        // A page at an address of its own; `404.html` stands at any.
        if path.as_str() == "index.html" || path.as_str().ends_with("/index.html") {
            self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
        }
    }

    /// Hands over what lists all pages so far: the script of addresses and the site map.
    pub(in crate::render) fn put_lists(self, input: &Input<'_>) -> Result<(), RenderError> {
        let pages = std::mem::take(&mut *self.pages.lock().unwrap_or_else(PoisonError::into_inner));
        let others: Vec<String> = prefixes(input.config).collect();
        let is_first = |path: &&str| !others.iter().any(|prefix| path.starts_with(prefix));
        let script = lookup::script(input, pages.iter().map(SitePath::as_str).filter(is_first));
        self.sink.put(site_path(lookup::NAME)?, script.into_bytes())?;
        self.put_map(&pages, input)
    }

    /// Hands over the site map of `pages`, but for those that only point on.
    fn put_map(&self, pages: &BTreeSet<SitePath>, input: &Input<'_>) -> Result<(), RenderError> {
        let Input { config, ledger, .. } = *input;
        if config.base_url.is_empty() {
            return Ok(());
        }
        let given_up = given_up(config, ledger);
        let listed = pages.iter().map(SitePath::as_str).filter(|path| !given_up.contains(*path));
        let days = days(input);
        let addresses: Vec<Address> = listed.map(|path| Address::new(config, path, &days)).collect();
        for (name, text) in files(&addresses, &config.base_url, MAX_ADDRESSES) {
            self.sink.put(site_path(&name)?, text.into_bytes())?;
        }
        Ok(())
    }
}

impl Sink for PageList<'_> {
    fn put(&self, path: SitePath, bytes: Vec<u8>) -> Result<(), SinkError> {
        self.add(&path);
        self.sink.put(path, bytes)
    }
}

/// Whether the file at `path` is one that lists all pages.
pub(in crate::render) fn is_list(path: &str) -> bool {
    path == lookup::NAME || (path.starts_with("sitemap") && path.ends_with(".xml"))
}

/// The folders of the languages that do not stand at the root.
fn prefixes(config: &Config) -> impl Iterator<Item = String> + '_ {
    config.languages.iter().skip(1).map(|tag| format!("{}/", tag.to_ascii_lowercase()))
}

/// Paths of the pages that stand at the addresses of identifiers given up.
fn given_up(config: &Config, ledger: Option<&Ledger>) -> BTreeSet<String> {
    let entries = ledger.into_iter().flatten().filter(|(_, entry)| !entry.status.is_live());
    let in_languages =
        |path: String| std::iter::once(String::new()).chain(prefixes(config)).map(move |prefix| prefix + &path);
    entries.flat_map(|(id, _)| in_languages(ledger::address(id))).collect()
}

/// An address of a site map, and the day of its last change where that is known.
struct Address {
    address: String,
    changed: Option<Date>,
}

impl Address {
    /// That of the page at `path`, which stands in `days` without the folder of its language.
    fn new(config: &Config, path: &str, days: &BTreeMap<String, Date>) -> Self {
        let below = prefixes(config).find_map(|prefix| path.strip_prefix(&prefix)).unwrap_or(path);
        Self { address: super::located(config, path), changed: days.get(below).copied() }
    }
}

/// The days on which the pages of reports and records were written or changed, where that is known; never that of the
/// build.
fn days(input: &Input<'_>) -> BTreeMap<String, Date> {
    let mut days = BTreeMap::new();
    for (position, report) in input.corpus.reports.iter().enumerate() {
        let pages = [address::report(&report.id), address::source(&report.id)];
        days.extend(edition::known(input, position).into_iter().flat_map(|day| pages.clone().map(|page| (page, day))));
        let written = edition::written(input, position);
        let record =
            |record: &Record| Some((address::record(&record.id), edition::changed(input, record).or(written)?));
        for (page, day) in report.records.iter().filter_map(record) {
            // In another expression of a work most are records of that, which comes first.
            days.entry(page).or_insert(day);
        }
    }
    days
}

/// The files of a site map, each with its name.
fn files(addresses: &[Address], base_url: &str, most: usize) -> Vec<(String, String)> {
    if addresses.len() <= most {
        return vec![("sitemap.xml".to_owned(), list("urlset", "url", addresses))];
    }
    let parts = addresses.chunks(most).enumerate();
    let mut files: Vec<(String, String)> =
        parts.map(|(number, part)| (format!("sitemap-{}.xml", number + 1), list("urlset", "url", part))).collect();
    let named = |(name, _): &(String, String)| Address { address: format!("{base_url}{name}"), changed: None };
    let names: Vec<Address> = files.iter().map(named).collect();
    files.push(("sitemap.xml".to_owned(), list("sitemapindex", "sitemap", &names)));
    files
}

fn list(root: &str, item: &str, addresses: &[Address]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    for Address { address, changed } in addresses {
        let changed = changed.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
        let _ = writeln!(xml, "<{item}><loc>{}</loc>{changed}</{item}>", escaped(address));
    }
    let _ = writeln!(xml, "</{root}>");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_addresses_are_split_with_an_index() {
        let address = |number| Address { address: format!("https://a/{number}/"), changed: None };
        let addresses: Vec<Address> = (0..5).map(address).collect();
        let split = files(&addresses, "https://a/", 2);
        let names: Vec<&str> = split.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
        assert_eq!(split.iter().map(|(_, text)| text.matches("<url>").count()).sum::<usize>(), 5);
        assert!(split[3].1.contains("<sitemap><loc>https://a/sitemap-3.xml</loc></sitemap>"));
        assert_eq!(files(&addresses, "https://a/", 5).len(), 1);
    }
}
