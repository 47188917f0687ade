//! XML as a stream of elements and text, within bounds.
//!
//! Input: the text of an XML document and the namespaces that its reader knows. Output: [`Event`]s in document order.
//! Invariants: what is opened is closed; nesting and attributes are bounded; text is given exactly; an entity is one
//! of the five that XML defines or a character reference, and a document that declares others is refused.

use super::package::{damaged, over_limit};
use crate::base::diagnostic::Diagnostic;
use crate::base::limits::{MAX_DOCUMENT_ATTRIBUTES, MAX_DOCUMENT_DEPTH};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event as Token};
use quick_xml::name::{Namespace, QName, ResolveResult};
use quick_xml::reader::NsReader;

/// Namespaces and the prefix by which the reader's code calls each, whatever prefix a document uses.
pub(super) type Vocabulary = &'static [(&'static str, &'static str)];

/// The prefix of names in namespaces outside the vocabulary.
pub(super) const FOREIGN: &str = "?";

const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";

/// The name of an element or attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// The vocabulary's prefix for its namespace, `xml`, [`FOREIGN`], or empty for a name in no namespace.
    pub(super) space: &'static str,
    /// The name without a prefix.
    pub(super) local: String,
}

impl Name {
    /// Both parts, to match on.
    pub(super) fn parts(&self) -> (&'static str, &str) {
        (self.space, &self.local)
    }
}

/// The start of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name.
    pub(super) name: Name,
    attributes: Vec<(Name, String)>,
}

impl Element {
    /// The value of the attribute `local` in the namespace called `space`, empty for none.
    pub(super) fn attribute(&self, space: &str, local: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(name, _)| name.space == space && name.local == local);
        found.map(|(_, value)| value.as_str())
    }
}

/// What comes next in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// An element begins. An empty one ends at once with [`Event::Close`].
    Open(Element),
    /// The element of this name, the last that is open, ends.
    Close(Name),
    /// Characters, white space as it stands. What follows may be text too.
    Text(String),
}

/// The text of the XML document in `bytes`: in UTF-8 or UTF-16 as its first bytes say, or in the encoding that its
/// declaration names. `part` is what it is called.
///
/// # Errors
/// If its bytes are no text of that encoding.
pub(super) fn decode(bytes: &[u8], part: &str, shown: &str) -> Result<String, Box<Diagnostic>> {
    let encoding = match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => Encoding::for_bom(bytes).map_or_else(|| declared(bytes), |(encoding, _)| encoding),
    };
    let (text, is_wrong) = encoding.decode_with_bom_removal(bytes);
    if is_wrong {
        return Err(damaged(&format!("`{part}` is not {}", encoding.name()), shown));
    }
    Ok(text.into_owned())
}

/// The encoding that the XML declaration names; UTF-8 if it names none.
fn declared(bytes: &[u8]) -> &'static Encoding {
    let declaration = bytes.strip_prefix(b"<?xml").and_then(|rest| rest.split(|byte| *byte == b'>').next());
    let named = declaration.and_then(|declaration| {
        let (_, behind) = std::str::from_utf8(declaration).ok()?.split_once("encoding")?;
        let quoted = behind.trim_start().strip_prefix('=')?.trim_start();
        let label = quoted.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
        Encoding::for_label(label.as_bytes())
    });
    // What names UTF-16 in single bytes is not in UTF-16.
    named.filter(|encoding| encoding.is_ascii_compatible()).unwrap_or(UTF_8)
}

/// Reads one XML document from its beginning to its end.
pub(super) struct Reader<'a> {
    tokens: NsReader<&'a [u8]>,
    vocabulary: Vocabulary,
    open: Vec<Name>,
    has_root: bool,
    part: &'a str,
    shown: &'a str,
}

impl<'a> Reader<'a> {
    /// A reader of `text`, the part `part` of the file `shown`.
    pub(super) fn new(text: &'a str, vocabulary: Vocabulary, part: &'a str, shown: &'a str) -> Self {
        let mut tokens = NsReader::from_str(text.trim_start_matches('\u{feff}'));
        tokens.config_mut().expand_empty_elements = true;
        tokens.resolver_mut().set_max_namespace_bindings(MAX_DOCUMENT_DEPTH);
        Self { tokens, vocabulary, open: Vec::new(), has_root: false, part, shown }
    }

    /// The number of elements that are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next event; none at the end of the document.
    ///
    /// # Errors
    /// If the document is cut off, not well-formed, declares entities, or is nested deeper than a document is.
    pub(super) fn next(&mut self) -> Result<Option<Event>, Box<Diagnostic>> {
        loop {
            let token = self.tokens.read_event().map_err(|error| self.damaged(&error.to_string()))?;
            match token {
                Token::Start(start) => return self.open(&start).map(Some),
                Token::Empty(_) => return Err(self.damaged("an empty element that is not expanded")),
                Token::End(_) => return self.close().map(Some),
                Token::Text(text) => match self.text(text.xml10_content().into_owned())? {
                    Some(event) => return Ok(Some(event)),
                    None => continue,
                },
                Token::CData(text) => match self.text(text.xml10_content().into_owned())? {
                    Some(event) => return Ok(Some(event)),
                    None => continue,
                },
                Token::GeneralRef(reference) => {
                    let character = match reference.resolve_char_ref() {
                        Ok(Some(character)) => Some(character.to_string()),
                        Ok(None) => resolve_predefined_entity(&reference).map(str::to_owned),
                        Err(error) => return Err(self.damaged(&error.to_string())),
                    };
                    let unknown = || self.damaged(&format!("`&{};` stands for no character", &*reference));
                    let character = character.ok_or_else(unknown)?;
                    if let Some(event) = self.text(character)? {
                        return Ok(Some(event));
                    }
                }
                Token::DocType(declaration) if declaration.contains("<!ENTITY") => {
                    return Err(self.damaged("it declares entities, which no published document does"));
                }
                Token::DocType(_) | Token::Comment(_) | Token::Decl(_) | Token::PI(_) => {}
                Token::Eof if self.open.is_empty() && self.has_root => return Ok(None),
                Token::Eof => return Err(self.damaged("it is cut off")),
            }
        }
    }

    /// Passes over what is left of the element that was opened last, and its end.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub(super) fn skip(&mut self) -> Result<(), Box<Diagnostic>> {
        let outside = self.depth().saturating_sub(1);
        while self.depth() > outside && self.next()?.is_some() {}
        Ok(())
    }

    /// The diagnostic for this document with what is wrong in it.
    pub(super) fn damaged(&self, what: &str) -> Box<Diagnostic> {
        damaged(&format!("`{}`: {what}", self.part), self.shown)
    }

    fn open(&mut self, start: &BytesStart) -> Result<Event, Box<Diagnostic>> {
        if self.open.len() >= MAX_DOCUMENT_DEPTH {
            let message = format!("`{}`: elements are nested more than {MAX_DOCUMENT_DEPTH} deep", self.part);
            return Err(over_limit(message, self.shown));
        }
        if self.open.is_empty() && self.has_root {
            return Err(self.damaged("it has two roots"));
        }
        self.has_root = true;
        let name = self.name(start.name(), true);
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.damaged(&error.to_string()))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            if attributes.len() >= MAX_DOCUMENT_ATTRIBUTES {
                let message = format!("`{}`: an element has more than {MAX_DOCUMENT_ATTRIBUTES} attributes", self.part);
                return Err(over_limit(message, self.shown));
            }
            let value = attribute.normalized_value(XmlVersion::Explicit1_0);
            let value = value.map_err(|error| self.damaged(&error.to_string()))?.into_owned();
            attributes.push((self.name(attribute.key, false), value));
        }
        self.open.push(name.clone());
        Ok(Event::Open(Element { name, attributes }))
    }

    fn close(&mut self) -> Result<Event, Box<Diagnostic>> {
        self.open.pop().map(Event::Close).ok_or_else(|| self.damaged("an element ends that was not begun"))
    }

    /// `text` as an event; none for white space outside the root.
    fn text(&self, text: String) -> Result<Option<Event>, Box<Diagnostic>> {
        if !self.open.is_empty() {
            return Ok(Some(Event::Text(text)));
        }
        if text.trim().is_empty() { Ok(None) } else { Err(self.damaged("text outside of all elements")) }
    }

    fn name(&self, name: QName, is_element: bool) -> Name {
        let (namespace, local) = self.tokens.resolver().resolve(name, is_element);
        let space = match namespace {
            ResolveResult::Unbound => "",
            ResolveResult::Bound(Namespace(XML_NAMESPACE)) => "xml",
            ResolveResult::Bound(Namespace(namespace)) => {
                let known = self.vocabulary.iter().find(|(known, _)| *known == namespace);
                known.map_or(FOREIGN, |(_, prefix)| prefix)
            }
            ResolveResult::Unknown(_) => FOREIGN,
        };
        Name { space, local: local.as_ref().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: Vocabulary = &[("urn:one", "one"), ("urn:strict:one", "one")];

    /// Every event in a line, or the message of the fault.
    fn events(text: &str) -> String {
        let mut reader = Reader::new(text, VOCABULARY, "part.xml", "file");
        let mut shown = Vec::new();
        loop {
            match reader.next() {
                Ok(Some(Event::Open(Element { name, attributes }))) => {
                    let attributes =
                        attributes.iter().map(|(name, value)| format!(" {}|{}={value}", name.space, name.local));
                    shown.push(format!("<{}|{}{}>", name.space, name.local, attributes.collect::<String>()));
                }
                Ok(Some(Event::Close(name))) => shown.push(format!("</{}|{}>", name.space, name.local)),
                Ok(Some(Event::Text(text))) => shown.push(text),
                Ok(None) => return shown.concat(),
                Err(fault) => return fault.message,
            }
        }
    }

    #[test]
    fn names_are_told_by_namespace() {
        let cases = [
            (r#"<a xmlns="urn:one" b="c"/>"#, "<one|a |b=c></one|a>"),
            (
                r#"<x:a xmlns:x="urn:strict:one" x:b="c"><b xml:lang="en"/></x:a>"#,
                "<one|a one|b=c><|b xml|lang=en></|b></one|a>",
            ),
            (r#"<x:a xmlns:x="urn:two"/>"#, "<?|a></?|a>"),
            ("<x:a/>", "<?|a></?|a>"),
        ];
        for (text, expected) in cases {
            assert_eq!(events(text), expected, "{text}");
        }
    }

    #[test]
    fn text_is_given_exactly() {
        let text = "\u{feff}<?xml version=\"1.0\"?>\n<!-- c --><a>  x &amp;&#x4e2d;&#65; <![CDATA[<y>]]>\t<b/> </a>\n";
        assert_eq!(events(text), "<|a>  x &中A <y>\t<|b></|b> </|a>");
    }

    #[test]
    fn a_document_says_its_encoding() {
        let utf_16 = |text: &str| {
            [&[0xff, 0xfe][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat()
        };
        let cases: [(Vec<u8>, Option<&str>); 7] = [
            (b"\xef\xbb\xbf<a>\xe4\xb8\xad</a>".to_vec(), Some("<a>中</a>")),
            (utf_16("<a>中</a>"), Some("<a>中</a>")),
            (utf_16("<a>中</a>").split_off(2), Some("<a>中</a>")),
            (b"\0<\0a\0>\x4e\x2d\0<\0/\0a\0>".to_vec(), Some("<a>中</a>")),
            (
                b"<?xml version='1.0' encoding = 'GB2312'?><a>\xd6\xd0</a>".to_vec(),
                Some("<?xml version='1.0' encoding = 'GB2312'?><a>中</a>"),
            ),
            (
                b"<?xml version='1.0' encoding='utf-16'?><a>a</a>".to_vec(),
                Some("<?xml version='1.0' encoding='utf-16'?><a>a</a>"),
            ),
            (b"<a>\xd6\xd0</a>".to_vec(), None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(decode(&bytes, "part.xml", "file").ok().as_deref(), expected);
        }
    }

    #[test]
    fn what_is_not_well_formed_is_told() {
        let cases = [
            "",
            " ",
            "x",
            "<a>",
            "<a><b></a>",
            "<a></a></a>",
            "<a/><b/>",
            "<a/>x",
            "<a",
            "<a b>",
            "<a b='&c;'/>",
            "<a>&c;</a>",
            "<a>&#0;</a>",
            "<!DOCTYPE a [<!ENTITY c 'd'>]><a/>",
        ];
        for text in cases {
            let message = events(text);
            assert!(message.starts_with("the document is damaged: `part.xml`: "), "{text:?}: {message}");
        }
    }

    #[test]
    fn size_is_bounded() {
        let deep = "<a>".repeat(1_000_000);
        assert_eq!(events(&deep), "`part.xml`: elements are nested more than 256 deep");
        let wide = format!("<a{}/>", (0..100_000).map(|number| format!(" b{number}=''")).collect::<String>());
        assert_eq!(events(&wide), "`part.xml`: an element has more than 1000 attributes");
        let spaces = format!("<a{}/>", (0..100_000).map(|number| format!(" xmlns:b{number}='c'")).collect::<String>());
        assert!(events(&spaces).contains("namespace"), "{}", events(&spaces));
    }
}
