//! `sitemap.xml` (sitemaps.org protocol 0.9): every page, where the site knows its address.
//!
//! A file holds 50,000 addresses at most; more are split over `sitemap-1.xml`, … and `sitemap.xml` is their index.

use super::atom::escaped;
use super::{lookup, resync};
use crate::render::page::{Subjects, in_languages, path};
use crate::render::sink::{RenderError, Sink, site_path};
use crate::render::site::Site;
use chrono::NaiveDate;
use std::fmt::Write;

/// Most addresses of a file.
const MAX_ADDRESSES: usize = 50_000;

/// Hands over what lists all pages and data: the script of addresses, the site map, and what ResourceSync asks for.
///
/// # Errors
/// If the sink refuses one.
pub(in crate::render) fn put(site: &Site<'_>, pages: &Subjects<'_>, sink: &dyn Sink) -> Result<(), RenderError> {
    let (own, config) = (own_pages(site), site.input.config);
    let first = pages.iter().map(|page| page.address());
    let others = |path: &&&str| !site.languages.iter().skip(1).any(|language| path.starts_with(&language.prefix));
    let script = lookup::script(site.input, first.chain(own.iter().filter(others).map(|path| (*path).to_owned())));
    sink.put(site_path(lookup::NAME)?, script.into_bytes())?;
    if config.base_url.is_empty() {
        return Ok(());
    }
    let listed = in_languages(site, pages).filter(|(_, page)| page.is_listed());
    let listed = listed.map(|(local, page)| (path(local, page), page.changed(site.input)));
    let mut listed: Vec<_> = listed.chain(own.iter().map(|path| ((*path).to_owned(), None))).collect();
    listed.sort_unstable();
    let address = |(path, changed)| Address { address: super::located(config, path), changed };
    let addresses: Vec<Address> = listed.iter().map(|(path, changed)| address((path, *changed))).collect();
    for (name, text) in files(&addresses, &config.base_url, MAX_ADDRESSES) {
        sink.put(site_path(&name)?, text.into_bytes())?;
    }
    for (name, text) in resync::files(site) {
        sink.put(site_path(&name)?, text.into_bytes())?;
    }
    Ok(())
}

/// The paths of pages among the site's own files.
fn own_pages<'a>(site: &Site<'a>) -> Vec<&'a str> {
    let files = site.input.static_files.keys().map(String::as_str);
    files.filter(|path| *path == "index.html" || path.ends_with("/index.html")).collect()
}

/// Whether the file at `path` is one that lists all pages or data.
pub(in crate::render) fn is_list(path: &str) -> bool {
    path == lookup::NAME || resync::is_own(path) || (path.starts_with("sitemap") && path.ends_with(".xml"))
}

/// An address of a site map, and the day of its last change where that is known.
struct Address {
    address: String,
    changed: Option<NaiveDate>,
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
