//! HTML → its links, ids and inline code, without building a tree.
//!
//! Input: the text of a page. Output: [`Found`]. Invariant: one pass; tags, comments and raw text are told apart
//! as in the HTML standard § 13.2.5, so that text never passes for markup. Attribute values may be unquoted, as
//! minified pages have them.

use crate::base::media;
use memchr::{memchr, memmem};
use std::borrow::Cow;

/// What a page has that the gate judges.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found<'a> {
    /// Addresses of links, pictures, scripts and style sheets, with character references resolved.
    pub links: Vec<Cow<'a, str>>,
    /// Those of the links that a browser follows by itself, or sends a form to.
    pub loads: Vec<Cow<'a, str>>,
    /// The content security policies in the head of the page.
    pub policies: Vec<Cow<'a, str>>,
    /// Whether something is loaded before the first policy, and so not bound by it.
    pub is_unbound: bool,
    /// Whether an element came that stands in no head, so that a policy would count no more.
    is_in_body: bool,
    /// Values of `id`.
    pub ids: Vec<Cow<'a, str>>,
    /// Values of `name` on `<a>`, which links may aim at too.
    pub anchor_names: Vec<Cow<'a, str>>,
    /// What a strict content security policy forbids, in words: an attribute `style`, an inline `<script>`.
    pub inline_code: Vec<String>,
}

/// Elements that may stand in a head (HTML standard § 4.2), with the root.
const HEAD: [&str; 10] = ["html", "head", "title", "meta", "link", "base", "script", "style", "noscript", "template"];

/// Relations of `<link>` for which a browser loads what it names (HTML standard § 4.6.7, and what browsers add).
const LOADING: [&str; 13] = [
    "stylesheet",
    "icon",
    "apple-touch-icon",
    "mask-icon",
    "manifest",
    "modulepreload",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "prerender",
    "pingback",
    "expect",
];

/// Elements that bring in a page or program of somebody else's.
const EMBEDDING: [&str; 6] = ["iframe", "frame", "object", "embed", "applet", "portal"];

/// Elements whose content is no markup (HTML standard § 13.1.2).
const RAW_TEXT: [&str; 4] = ["script", "style", "textarea", "title"];

/// Attributes that hold one address.
const ADDRESSES: [&str; 7] = ["href", "src", "xlink:href", "poster", "action", "formaction", "data"];

/// What ends a comment.
const COMMENT_END: &[u8] = b"-->";

/// Scans a page.
pub(super) fn scan_html(html: &str) -> Found<'_> {
    let mut found = Found::default();
    let mut position = 0;
    while let Some(offset) = memchr(b'<', &html.as_bytes()[position..]) {
        position += offset;
        let tag = &html[position..];
        position += if tag.starts_with("<!--") {
            memmem::find(tag.as_bytes(), COMMENT_END).map_or(tag.len(), |offset| offset + COMMENT_END.len())
        } else if tag.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
            scan_tag(tag, &mut found)
        } else if tag.starts_with("</") || tag.starts_with("<!") || tag.starts_with("<?") {
            memchr(b'>', tag.as_bytes()).map_or(tag.len(), |offset| offset + 1)
        } else {
            1
        };
    }
    found
}

/// Scans the start tag at the beginning of `text`; gives the offset after it and after its raw text.
fn scan_tag<'a>(text: &'a str, found: &mut Found<'a>) -> usize {
    let is_end = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'>');
    let name_end = text.as_bytes().iter().position(is_end).unwrap_or(text.len());
    let name = lower_case(&text[1..name_end]);
    let mut attributes = Attributes { text, position: name_end };
    let mut element = Element { name: &name, ..Element::default() };
    for (attribute, value) in attributes.by_ref() {
        element.take(attribute, value, found);
    }
    element.finish(found);
    let end = attributes.position;
    if RAW_TEXT.contains(&&*name) { end + raw_text_length(&text[end..], &name) } else { end }
}

/// The value of the attribute `name` in what stands between `<` and `>`.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let position = tag.find(|character: char| character.is_ascii_whitespace())?;
    let mut attributes = Attributes { text: tag, position };
    attributes.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| resolve_references(value))
}

/// `name` in lower case, in which nearly all stand already.
fn lower_case(name: &str) -> Cow<'_, str> {
    let is_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(name) } else { Cow::Owned(name.to_ascii_lowercase()) }
}

/// The length of the raw text up to the end tag of `name`.
fn raw_text_length(text: &str, name: &str) -> usize {
    let is_end = |offset: &usize| {
        let tail = text.as_bytes().get(offset + 2..offset + 2 + name.len());
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(name.as_bytes()))
    };
    text.match_indices("</").map(|(offset, _)| offset).find(is_end).unwrap_or(text.len())
}

/// The attributes of a start tag, one by one; afterwards `position` is after the tag.
struct Attributes<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
        if matches!(self.peek(), None | Some(b'>')) {
            self.position = (self.position + 1).min(self.text.len());
            return None;
        }
        // A name may begin with `=` (HTML standard § 13.2.5.32), so its first byte is taken unseen.
        let start = self.position;
        self.position += 1;
        self.skip(|byte| !byte.is_ascii_whitespace() && !b"/>=".contains(&byte));
        let name = &self.text[start..self.position];
        self.skip(|byte| byte.is_ascii_whitespace());
        if self.peek() != Some(b'=') {
            return Some((name, ""));
        }
        self.position += 1;
        self.skip(|byte| byte.is_ascii_whitespace());
        Some((name, self.value()))
    }
}

impl<'a> Attributes<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&is_skipped) {
            self.position += 1;
        }
    }

    fn value(&mut self) -> &'a str {
        let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\''));
        self.position += usize::from(quote.is_some());
        let start = self.position;
        match quote {
            Some(quote) => self.skip(|byte| byte != quote),
            None => self.skip(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        }
        let value = &self.text[start..self.position];
        self.position = (self.position + usize::from(quote.is_some())).min(self.text.len());
        value
    }
}

/// What must be known of a whole element before it can be judged.
#[derive(Default)]
struct Element<'a> {
    name: &'a str,
    has_source: bool,
    is_data: bool,
    http_equivalent: &'a str,
    content: &'a str,
    relation: &'a str,
    address: Option<&'a str>,
}

impl<'a> Element<'a> {
    fn take<'t: 'a>(&mut self, attribute: &str, value: &'t str, found: &mut Found<'t>) {
        let attribute = lower_case(attribute);
        match &*attribute {
            "id" => found.ids.push(resolve_references(value)),
            "name" if self.name == "a" => found.anchor_names.push(resolve_references(value)),
            "srcset" | "imagesrcset" => {
                found.links.extend(source_set(value));
                found.loads.extend(source_set(value));
            }
            "style" => found.inline_code.push("an attribute `style`".to_owned()),
            // Holds data and is not run (HTML standard § 4.12.1).
            "type" if self.name == "script" => self.is_data = value == media::JSON_LD,
            "http-equiv" => self.http_equivalent = value,
            "content" => self.content = value,
            "rel" => self.relation = value,
            "ping" | "srcdoc" => found.inline_code.push(format!("an attribute `{attribute}`")),
            name if name.starts_with("on") => found.inline_code.push(format!("an event handler `{name}`")),
            name if ADDRESSES.contains(&name) => {
                self.has_source |= name == "src";
                found.links.push(resolve_references(value));
                match name {
                    "href" | "xlink:href" => self.address = Some(value),
                    _ => found.loads.push(resolve_references(value)),
                }
            }
            _ => {}
        }
    }

    fn finish(self, found: &mut Found<'_>) {
        found.is_in_body |= !HEAD.contains(&self.name);
        found.loads.extend(self.address.filter(|_| self.is_loading()).map(resolved));
        match self.name {
            "style" => found.inline_code.push("an inline `<style>`".to_owned()),
            "script" if !self.has_source && !self.is_data => found.inline_code.push("an inline `<script>`".to_owned()),
            "base" => found.inline_code.push("an element `<base>`, which turns every link".to_owned()),
            "meta" => self.finish_meta(found),
            name if EMBEDDING.contains(&name) => found.inline_code.push(format!("an element `<{name}>`")),
            _ => {}
        }
    }

    /// Whether a browser loads what the element's `href` names: all but what a reader clicks at, and mere references.
    fn is_loading(&self) -> bool {
        match self.name {
            "a" | "area" => false,
            "link" => {
                self.relation.split_ascii_whitespace().any(|word| LOADING.contains(&word.to_ascii_lowercase().as_str()))
            }
            _ => true,
        }
    }

    fn finish_meta(self, found: &mut Found<'_>) {
        if self.http_equivalent.eq_ignore_ascii_case("refresh") {
            let address = self.content.split_once("url=").map_or("", |(_, address)| address.trim());
            found.links.push(resolved(address));
            found.loads.push(resolved(address));
        }
        if self.http_equivalent.eq_ignore_ascii_case("content-security-policy") && !found.is_in_body {
            found.is_unbound |= found.policies.is_empty() && !found.loads.is_empty();
            found.policies.push(resolved(self.content));
        }
    }
}

/// [`resolve_references`] of what does not live as long as the page.
fn resolved<'a>(value: &str) -> Cow<'a, str> {
    Cow::Owned(resolve_references(value).into_owned())
}

/// The addresses of a `srcset`: each the first word of a part between commas (HTML standard § 4.8.4.2.1).
fn source_set(value: &str) -> impl Iterator<Item = Cow<'_, str>> {
    value.split(',').filter_map(|part| part.split_ascii_whitespace().next()).map(resolve_references)
}

/// `value` with its character references resolved: numbers, and the names that escapers and minifiers write.
/// The final `;` may be missing, as minifiers leave it out where that is allowed.
pub(super) fn resolve_references(value: &str) -> Cow<'_, str> {
    let Some((first, rest)) = value.split_once('&') else { return Cow::Borrowed(value) };
    let mut text = first.to_owned();
    for part in rest.split('&') {
        match reference(part) {
            Some((character, length)) => {
                text.push(character);
                text.push_str(&part[length..]);
            }
            None => {
                text.push('&');
                text.push_str(part);
            }
        }
    }
    Cow::Owned(text)
}

/// The character that `text`, which follows an `&`, refers to, and the length of the reference.
fn reference(text: &str) -> Option<(char, usize)> {
    let (character, length) = match text.strip_prefix('#') {
        Some(number) => numeric_reference(number).map(|(character, length)| (character, length + 1))?,
        None => {
            let names = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}')];
            let (name, character) = names.into_iter().find(|(name, _)| text.starts_with(name))?;
            (character, name.len())
        }
    };
    let has_end = text.get(length..).is_some_and(|tail| tail.starts_with(';'));
    Some((character, length + usize::from(has_end)))
}

fn numeric_reference(number: &str) -> Option<(char, usize)> {
    let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (number, 10, 0),
    };
    let length = digits.find(|character: char| !character.is_digit(radix)).unwrap_or(digits.len());
    let value = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
    Some((char::from_u32(value)?, prefix + length))
}

/// The addresses in `url(…)` and `@import "…"` of a style sheet.
pub(super) fn scan_css(css: &str) -> Vec<&str> {
    let parts = css.split("url(").skip(1).filter_map(|part| part.split_once(')'));
    let mut addresses: Vec<&str> = parts.map(|(address, _)| address.trim().trim_matches(['"', '\''])).collect();
    let imports = css.split("@import").skip(1).map(str::trim_start);
    let quoted = |part: &'_ str| part.starts_with(['"', '\'']);
    addresses.extend(imports.filter(|part| quoted(part)).filter_map(|part| part.get(1..)?.split(['"', '\'']).next()));
    addresses
}

/// The addresses of an XML file: attributes `href`, and the elements `<loc>` of a site map.
pub(super) fn scan_xml(xml: &str) -> Vec<Cow<'_, str>> {
    let mut links = scan_html(xml).links;
    let locations = xml.split("<loc>").skip(1).filter_map(|part| part.split_once("</loc>"));
    links.extend(locations.map(|(address, _)| resolve_references(address.trim())));
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(html: &str) -> Vec<String> {
        scan_html(html).links.into_iter().map(Cow::into_owned).collect()
    }

    #[test]
    fn finds_links_however_they_are_quoted() {
        let html = "<a href=\"a.html\">x</a><a class=x href=b.html>y</a><A HREF='c.html?x=1&amp;y=2#d'>z</A>\
                    <img src = d.png srcset=\"e.png 1x, f.png 2x\"><use xlink:href=#g />";
        assert_eq!(links(html), ["a.html", "b.html", "c.html?x=1&y=2#d", "d.png", "e.png", "f.png", "#g"]);
    }

    #[test]
    fn text_comments_and_raw_text_are_no_markup() {
        let html = "a < b &lt;a href=x> <!-- <a href=y id=z> --> <title><a href=t></title>\
                    <script src=s.js>\"<a href=u>\"</script><textarea><p id=v></textarea><p id=w>";
        let found = scan_html(html);
        assert_eq!((found.links, found.ids), (vec!["s.js".into()], vec!["w".into()]));
    }

    #[test]
    fn finds_ids_and_anchor_names() {
        let found = scan_html("<p id=国><a name='b'></a><input name=c><meta name=d content=e><h1 id=\"f&#39;g\">");
        assert_eq!(found.ids, ["国", "f'g"]);
        assert_eq!(found.anchor_names, ["b"]);
    }

    #[test]
    fn finds_what_the_policy_forbids() {
        let html = "<p style=color:red onclick=x()><script>1</script><style>a{}</style><base href=/>\
                    <script type=application/ld+json>{}</script><script src=a.js></script>\
                    <script type=module>1</script><script type=application/json>{}</script><script type>1</script>";
        assert_eq!(scan_html(html).inline_code.len(), 8);
        let more = "<iframe srcdoc=x></iframe><a ping=x href=y><object data=z></object><embed>";
        assert_eq!(scan_html(more).inline_code.len(), 5);
    }

    #[test]
    fn tells_what_is_loaded_from_what_is_linked() {
        let html = "<link rel=canonical href=a><link REL='shortcut ICON' href=b><a href=c><img src=d srcset='e 2x'>\
                    <form action=f><button formaction=g></form><svg><use href=h /><image xlink:href=i /></svg>\
                    <meta http-equiv=refresh content='0; url=j'><script src=k></script><area href=l>";
        assert_eq!(scan_html(html).loads, ["b", "d", "e", "f", "g", "h", "i", "j", "k"]);
    }

    #[test]
    fn finds_the_policy_of_the_head_and_what_it_does_not_bind() {
        let policy = "<meta http-equiv=content-security-policy content=\"default-src &#39;none&#39;\">";
        let found = |html: &str| {
            let found = scan_html(html);
            (found.policies.len(), found.is_unbound)
        };
        assert_eq!(found(&format!("<html><head><title>x</title>{policy}<script src=a></script>")), (1, false));
        assert_eq!(found(&format!("<script src=a></script>{policy}")), (1, true));
        assert_eq!(found(&format!("<p>{policy}")), (0, false));
        assert_eq!(scan_html(policy).policies, ["default-src 'none'"]);
    }

    #[test]
    fn follows_redirects_style_sheets_and_site_maps() {
        assert_eq!(links("<meta http-equiv=refresh content=\"0; url=a.html\">"), ["a.html"]);
        assert_eq!(scan_css("a{b:url(\"x.svg\")}@font-face{src:url(y.woff2) format('woff2')}"), ["x.svg", "y.woff2"]);
        assert_eq!(scan_css("@import 'a.css'; @import url(b.css);"), ["b.css", "a.css"]);
        assert_eq!(scan_xml("<url><loc>https://a/b&amp;c</loc></url><link href='d'/>"), ["d", "https://a/b&c"]);
    }

    #[test]
    fn references_may_lack_their_end() {
        assert_eq!(resolve_references("a&ampb&#x41;&#65&lt;&unknown;&"), "a&bAA<&unknown;&");
    }

    #[test]
    fn ends_on_any_input() {
        for html in ["<", "<a", "<a href", "<a href=", "<a href='", "<!--", "<script", "<script>", "</", "<a =>", "<p/"]
        {
            scan_html(html);
        }
    }
}
