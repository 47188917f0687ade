//! `feed.xml`: the archive's editions as an Atom feed (RFC 4287), one entry a report, the latest first.
//!
//! `updated` is the day in `edition.rs`, at midnight UTC. An `id` is the page's address; where the site does not know
//! its own, a UUID made of the report's id (RFC 9562 § 5.8).

use super::edition;
use crate::base::hash::sha256;
use crate::model::report::Report;
use crate::render::address;
use crate::render::site::{Local, Site};
use std::fmt::Write;

/// The feed in the language that stands at the root.
pub(super) fn feed(site: &Site<'_>) -> String {
    let local = site.first();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let tag = &local.language.messages.language.html;
    let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", escaped(tag));
    head(&mut xml, local);
    for position in latest_first(site) {
        if let Some(report) = site.input.corpus.reports.get(position) {
            entry(&mut xml, local, report, &edition::day(site.input, position));
        }
    }
    xml.push_str("</feed>\n");
    xml
}

fn latest_first(site: &Site<'_>) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..site.input.corpus.reports.len()).collect();
    positions.sort_by_cached_key(|position| std::cmp::Reverse(edition::day(site.input, *position)));
    positions
}

fn head(xml: &mut String, local: Local<'_>) {
    let (site, config) = (local.site, local.site.input.config);
    element(xml, "id", &identifier(&config.base_url, &format!("feed {}", super::english(&config.title))));
    element(xml, "title", local.text(&config.title));
    element(xml, "subtitle", local.text(&config.description));
    element(xml, "updated", &midnight(&edition::latest_day(site.input)));
    let _ = writeln!(xml, "<author><name>{}</name></author>", escaped(config.publisher()));
    element(xml, "rights", &local.words().site.public_domain);
    if !config.base_url.is_empty() {
        link(xml, "self", "application/atom+xml", None, &format!("{}feed.xml", config.base_url));
    }
    pages(xml, site, address::HOME);
}

fn entry(xml: &mut String, local: Local<'_>, report: &Report, day: &str) {
    let (config, path) = (local.site.input.config, address::report(&report.id));
    let known = super::located(config, &path);
    xml.push_str("<entry>\n");
    element(xml, "id", &identifier(if config.base_url.is_empty() { "" } else { &known }, &report.id.0));
    element(xml, "title", &local.report_name(report));
    element(xml, "updated", &midnight(day));
    pages(xml, local.site, &path);
    element(xml, "summary", &local.record_count(report.records.len()));
    xml.push_str("</entry>\n");
}

/// Links to the page at `path` in every language.
fn pages(xml: &mut String, site: &Site<'_>, path: &str) {
    for language in &site.languages {
        let target = super::located(site.input.config, &format!("{}{path}", language.prefix));
        link(xml, "alternate", "text/html", Some(&language.messages.language.html), &target);
    }
}

fn link(xml: &mut String, rel: &str, kind: &str, language: Option<&str>, target: &str) {
    let language = language.map_or_else(String::new, |tag| format!(" hreflang=\"{}\"", escaped(tag)));
    let _ = writeln!(xml, "<link rel=\"{rel}\" type=\"{kind}\"{language} href=\"{}\"/>", escaped(target));
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escaped(text));
}

fn midnight(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

/// `address`, or a UUID of version 8 made of `name` where it is empty.
fn identifier(address: &str, name: &str) -> String {
    if !address.is_empty() {
        return address.to_owned();
    }
    let hash = sha256(name.as_bytes());
    let part = |range: std::ops::Range<usize>| &hash[range];
    format!("urn:uuid:{}-{}-8{}-8{}-{}", part(0..8), part(8..12), part(12..15), part(15..18), part(18..30))
}

/// `text` as XML text; characters that XML 1.0 does not allow become U+FFFD.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(character),
            '\u{0}'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_an_address_or_a_uuid() {
        assert_eq!(identifier("https://example.org/", "x"), "https://example.org/");
        let uuid = identifier("", "a-63-ctbt");
        let lengths: Vec<usize> = uuid["urn:uuid:".len()..].split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_ne!(uuid, identifier("", "a-64-ctbt"));
    }

    #[test]
    fn text_is_never_markup() {
        assert_eq!(escaped("<a&\"\u{1}>"), "&lt;a&amp;&quot;\u{fffd}&gt;");
    }
}
