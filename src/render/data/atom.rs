//! Feeds (Atom, RFC 4287) in the language that stands at the root.
//!
//! Days stand at midnight UTC. An `id` is an address; where the site does not know its own, a UUID made of a key
//! (RFC 9562 § 5.8).

use crate::base::hash::sha256;
use crate::base::media;
use crate::render::site::{Local, Site};
use std::fmt::Write;

/// A feed.
pub(in crate::render) struct Feed {
    /// Where it stands, below the root of the site.
    pub(in crate::render) path: String,
    /// The page that says the same to people, below the root of its language.
    pub(in crate::render) home: String,
    /// What identifies it in a site that does not know its address.
    pub(in crate::render) key: String,
    /// Its title.
    pub(in crate::render) title: String,
    /// A line on it.
    pub(in crate::render) subtitle: String,
    /// The day of its last change, as ISO 8601.
    pub(in crate::render) updated: String,
}

/// Something new.
pub(in crate::render) struct Entry {
    /// Its page, below the root of its language.
    pub(in crate::render) path: String,
    /// What identifies it in a site that does not know its address.
    pub(in crate::render) key: String,
    /// Its title.
    pub(in crate::render) title: String,
    /// The day of its last change, as ISO 8601.
    pub(in crate::render) updated: String,
    /// A line on it.
    pub(in crate::render) summary: String,
}

impl Feed {
    /// The feed of `entries`.
    pub(in crate::render) fn text(&self, local: Local<'_>, entries: impl IntoIterator<Item = Entry>) -> String {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        let tag = &local.language.messages.language.html;
        let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", escaped(tag));
        self.head(&mut xml, local);
        for entry in entries {
            entry.put(&mut xml, local, &self.way_up(local));
        }
        xml.push_str("</feed>\n");
        xml
    }

    fn head(&self, xml: &mut String, local: Local<'_>) {
        let (site, config) = (local.site, local.site.input.config);
        element(xml, "id", &identifier(&config.base_url, self.own_path(), &self.key));
        element(xml, "title", &self.title);
        element(xml, "subtitle", &self.subtitle);
        element(xml, "updated", &midnight(&self.updated));
        let _ = writeln!(xml, "<author><name>{}</name></author>", escaped(config.publisher()));
        element(xml, "rights", &local.words().site.public_domain);
        if !config.base_url.is_empty() {
            link(xml, "self", media::ATOM, None, &format!("{}{}", config.base_url, self.path));
        }
        pages(xml, site, &self.way_up(local), &self.home);
    }

    /// The way from the feed up to the root of a site that does not know its address.
    fn way_up(&self, local: Local<'_>) -> String {
        let is_known = !local.site.input.config.base_url.is_empty();
        "../".repeat(if is_known { 0 } else { self.path.matches('/').count() })
    }

    /// What its `id` is made of: the feed of the whole archive has the address of that.
    fn own_path(&self) -> &str {
        if self.path == super::FEED { "" } else { &self.path }
    }
}

impl Entry {
    fn put(&self, xml: &mut String, local: Local<'_>, up: &str) {
        let config = local.site.input.config;
        let page = self.path.strip_suffix("index.html").unwrap_or(&self.path);
        xml.push_str("<entry>\n");
        element(xml, "id", &identifier(&config.base_url, page, &self.key));
        element(xml, "title", &self.title);
        element(xml, "updated", &midnight(&self.updated));
        pages(xml, local.site, up, &self.path);
        element(xml, "summary", &self.summary);
        xml.push_str("</entry>\n");
    }
}

/// Links to the page at `path` in every language, from where `up` leads to the root of the site.
fn pages(xml: &mut String, site: &Site<'_>, up: &str, path: &str) {
    for language in &site.languages {
        let target = super::located(site.input.config, &format!("{}{path}", language.prefix));
        link(xml, "alternate", media::HTML, Some(&language.messages.language.html), &format!("{up}{target}"));
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

/// The address of `path` in the site at `base_url`, or a UUID of version 8 made of `key` where that is empty.
fn identifier(base_url: &str, path: &str, key: &str) -> String {
    if !base_url.is_empty() {
        return format!("{base_url}{path}");
    }
    let hash = sha256(key.as_bytes());
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
        assert_eq!(identifier("https://example.org/", "", "x"), "https://example.org/");
        assert_eq!(identifier("https://example.org/", "states/aus/", "x"), "https://example.org/states/aus/");
        let uuid = identifier("", "", "a-63-ctbt");
        let lengths: Vec<usize> = uuid["urn:uuid:".len()..].split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_ne!(uuid, identifier("", "", "a-64-ctbt"));
    }

    #[test]
    fn text_is_never_markup() {
        assert_eq!(escaped("<a&\"\u{1}>"), "&lt;a&amp;&quot;\u{fffd}&gt;");
    }
}
