//! The only place that makes markup of text.
//!
//! Input: text of any origin. Output: [`SafeHtml`], which templates print as it is. Invariants: tags
//! and attribute names come from this program, everything else is escaped, and no character remains
//! that HTML forbids.

use crate::base::media;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::io::Write;
use tera::Value;

/// Markup that may be printed as it is. Cheap to clone: the text is shared.
#[derive(Debug, Clone)]
pub struct SafeHtml(Value);

impl Default for SafeHtml {
    fn default() -> Self {
        Self(Value::safe_string(""))
    }
}

impl SafeHtml {
    /// What a template printed, with escaping on.
    pub(super) fn from_template(rendered: &str) -> Self {
        Self(Value::safe_string(rendered))
    }

    /// A block of JSON-LD that browsers do not run. Nothing in it can end the block or begin a comment: `<` and what
    /// HTML forbids are written as JSON escapes.
    pub(super) fn data_block(data: &serde_json::Value) -> Self {
        let mut block = format!("<script type=\"{}\">", media::JSON_LD);
        for character in data.to_string().chars() {
            match character {
                '"' | '\'' => block.push(character),
                _ if replacement(character).is_some() => block.push_str(&format!("\\u{:04x}", u32::from(character))),
                _ => block.push(character),
            }
        }
        block.push_str("</script>");
        Self(Value::safe_string(&block))
    }

    /// What the Markdown writer printed of a page without raw HTML. Words may be anywhere in it, in attributes too.
    pub(super) fn from_markdown(rendered: &str) -> Self {
        let mut shown = String::with_capacity(rendered.len());
        for character in rendered.chars() {
            match replacement(character).filter(|_| !matches!(character, '&' | '<' | '>' | '"' | '\'')) {
                Some(words) => shown.push_str(words),
                None => shown.push(character),
            }
        }
        Self(Value::safe_string(&shown))
    }
}

impl Serialize for SafeHtml {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Builds markup piece by piece.
#[derive(Debug, Default)]
pub(super) struct HtmlWriter {
    out: String,
}

impl HtmlWriter {
    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// A start tag; attributes without a value are left out.
    pub(super) fn start(&mut self, tag: &'static str, attributes: &[(&'static str, Option<&str>)]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            if let Some(value) = value {
                self.attribute(name, value);
            }
        }
        self.out.push('>');
    }

    /// An end tag.
    pub(super) fn end(&mut self, tag: &'static str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// The markup so far.
    pub(super) fn finish(self) -> SafeHtml {
        SafeHtml(Value::safe_string(&self.out))
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }
}

/// `text` as HTML text or as the inside of a quoted attribute.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// Appends `text` to `out` as HTML text or as the inside of a quoted attribute.
pub(super) fn escape(text: &str, out: &mut String) {
    let mut copied = 0;
    for (at, character) in suspects(text) {
        let Some(replacement) = replacement(character) else { continue };
        out.push_str(&text[copied..at]);
        out.push_str(replacement);
        copied = at + character.len_utf8();
    }
    out.push_str(&text[copied..]);
}

/// [`escape`] in the shape the template engine asks for.
pub(super) fn escape_into(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let mut copied = 0;
    for (at, character) in suspects(text) {
        let Some(replacement) = replacement(character) else { continue };
        out.write_all(&text.as_bytes()[copied..at])?;
        out.write_all(replacement.as_bytes())?;
        copied = at + character.len_utf8();
    }
    out.write_all(&text.as_bytes()[copied..])
}

/// Characters that may need replacing: a cheap test on their first bytes, because nearly none do.
fn suspects(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = text.as_bytes().get(at) {
            let length = LENGTHS.get(usize::from(*byte)).copied().unwrap_or(SUSPICIOUS);
            if length == SUSPICIOUS {
                let suspect = (at, text.get(at..)?.chars().next()?);
                at += suspect.1.len_utf8();
                return Some(suspect);
            }
            at += usize::from(length);
        }
        None
    })
}

/// The length of a character that may need replacing, as [`LENGTHS`] has it.
const SUSPICIOUS: u8 = 0;

/// How many bytes a character takes by its first one; [`SUSPICIOUS`] where some that begin so need replacing.
const LENGTHS: [u8; 256] = lengths();

const fn lengths() -> [u8; 256] {
    let mut lengths = [1; 256];
    let mut byte = 0;
    while byte < 256 {
        lengths[byte] = match byte as u8 {
            0..=0x1f | b'"' | b'&' | b'\'' | b'<' | b'>' | 0x7f | 0xc2 | 0xe2 | 0xef => SUSPICIOUS,
            0..=0xbf => 1,
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0.. => 4,
        };
        byte += 1;
    }
    lengths
}

/// What stands for a character in HTML, if not itself. Controls and non-characters are not allowed
/// in HTML; texts extracted from PDF hold some, and a reader should see that something was there.
fn replacement(character: char) -> Option<&'static str> {
    match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        '\r' => Some(" "),
        '\t' | '\n' => None,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' => {
            Some("\u{fffd}")
        }
        _ => bidirectional(character),
    }
}

/// What stands for a character that reorders the text around it ("Trojan Source", CVE-2021-42574): its name, so that a
/// reader sees that it is there and where. The data files have the character itself.
fn bidirectional(character: char) -> Option<&'static str> {
    match character {
        '\u{202a}' => Some("[U+202A]"),
        '\u{202b}' => Some("[U+202B]"),
        '\u{202c}' => Some("[U+202C]"),
        '\u{202d}' => Some("[U+202D]"),
        '\u{202e}' => Some("[U+202E]"),
        '\u{2066}' => Some("[U+2066]"),
        '\u{2067}' => Some("[U+2067]"),
        '\u{2068}' => Some("[U+2068]"),
        '\u{2069}' => Some("[U+2069]"),
        _ => None,
    }
}

/// `text` as pages show it, for what writes its own markup or puts text on a page by a script.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(|character| bidirectional(character).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match bidirectional(character) {
            Some(name) => shown.push_str(name),
            None => shown.push(character),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_markup_and_quotes() {
        assert_eq!(escaped("<b a='1'>&\"国"), "&lt;b a=&#39;1&#39;&gt;&amp;&quot;国");
    }

    #[test]
    fn shows_forbidden_characters_as_replaced() {
        assert_eq!(escaped("a\u{c}b\u{85}c\u{ffff}é，"), "a\u{fffd}b\u{fffd}c\u{fffd}é，");
    }

    #[test]
    fn a_data_block_holds_no_markup() {
        let data = serde_json::json!({ "a": "</script><!--&\u{85}\"国'" });
        let block = serde_json::to_value(SafeHtml::data_block(&data)).unwrap();
        let text = r#"{"a":"\u003c/script\u003e\u003c!--\u0026\u0085\"国'"}"#;
        assert_eq!(block.as_str(), Some(format!("<script type=\"application/ld+json\">{text}</script>").as_str()));
    }

    #[test]
    fn what_reorders_text_is_shown_and_not_obeyed() {
        assert_eq!(escaped("a\u{202e}b\u{2066}“c”"), "a[U+202E]b[U+2066]“c”");
        assert_eq!(visible("a\u{202e}b"), "a[U+202E]b");
        assert!(matches!(visible("a“b”"), Cow::Borrowed(_)));
    }

    #[test]
    fn both_escapers_agree() -> std::io::Result<()> {
        let text = "x<y>\u{7f} \"中\" '&'";
        let mut bytes = Vec::new();
        escape_into(text, &mut bytes)?;
        assert_eq!(bytes, escaped(text).into_bytes());
        Ok(())
    }
}
