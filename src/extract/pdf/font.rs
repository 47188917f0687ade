//! Fonts: what a character code of a PDF font stands for, and how wide its glyph is.
//!
//! Input: a font dictionary. Output: [`Font`]. Invariant: a code whose font has no map to Unicode has no text; none is
//! guessed from the shape or number of a glyph.

use hayro_cmap::{BfString, CMap, CMapName, CidFamily};
use hayro_font::{CMapResolverFn, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// What a character code shows.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Its text; none if the font has no map to Unicode for it.
    pub text: Option<Rc<str>>,
    /// Whether its shape is a flat stroke on the base line, as stretches an Arabic word.
    pub is_stroke: bool,
    /// Where the middle of its shape is, from its origin, in thousandths of the size.
    pub middle: f64,
    /// How far the next glyph is, in thousandths of the size.
    pub advance: (f64, f64),
}

/// A font of a document.
pub(super) struct Font<'a> {
    font: hayro_font::Font<'a>,
    to_unicode: Option<CMap>,
    by_collection: Option<(CMap, CMap)>,
    has_encoding: bool,
    /// Whether its name says that it is bold.
    pub is_bold: bool,
    shown: RefCell<HashMap<u32, Rc<Shown>>>,
}

impl Font<'_> {
    /// The next character code in `bytes` from `offset` on, and its length in bytes.
    pub(super) fn read_code(&self, bytes: &[u8], offset: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, offset);
        (code, length.max(1))
    }

    /// What `code` shows.
    pub(super) fn shown(&self, code: u32) -> Rc<Shown> {
        if let Some(shown) = self.shown.borrow().get(&code) {
            return Rc::clone(shown);
        }
        let shown = Rc::new(self.look_up(code));
        self.shown.borrow_mut().insert(code, Rc::clone(&shown));
        shown
    }

    fn look_up(&self, code: u32) -> Shown {
        let glyph = self.font.glyph(self.font.map_code(code), code);
        let mapped = self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code));
        let text = mapped.or_else(|| self.by_encoding(code, &glyph)).map(string).filter(|text| is_text(text));
        let text = text.map(|text| Rc::from(plain_letters(&text).as_str()));
        let advance = self.font.code_advance(code);
        let looks = text.as_deref().is_none_or(|text: &str| text.chars().all(is_combining));
        let (is_stroke, middle) = if looks { outline(&glyph) } else { (false, advance.x / 2.0) };
        Shown { text, is_stroke, middle, advance: (advance.x, advance.y) }
    }

    /// What a code stands for by the font's encoding. A subset font with a map of its own and no encoding numbers its
    /// glyphs as it likes: there a code that the map leaves out stands for nothing.
    fn by_encoding(&self, code: u32, glyph: &FontGlyph<'_>) -> Option<BfString> {
        if self.to_unicode.is_some() && !self.has_encoding {
            return None;
        }
        let named = match glyph {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        named.or_else(|| {
            let (encoding, ucs2) = self.by_collection.as_ref()?;
            let cid = (1..=4).find_map(|length| encoding.lookup_cid_code(code, length))?;
            ucs2.lookup_bf_string(cid)
        })
    }
}

fn string(text: BfString) -> String {
    match text {
        BfString::Char(character) => character.to_string(),
        BfString::String(text) => text,
    }
}

/// Whether a map gave a text. Producers fill gaps of their maps with U+0000 and the like.
fn is_text(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| character >= ' ' || matches!(character, '\t' | '\n' | '\r'))
}

/// Arabic presentation forms as the letters they are forms of (Unicode Standard, chapter 9.2).
fn plain_letters(text: &str) -> String {
    let is_form = |character: char| matches!(character, '\u{fb50}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    let mut plain = String::new();
    for character in text.chars() {
        if is_form(character) {
            // A mark is shown on a blank or on a stroke where it stands alone.
            let letters = character.nfkc().filter(|letter| *letter != ' ' && *letter != '\u{640}');
            plain.extend(letters);
        } else {
            plain.push(character);
        }
    }
    plain
}

/// Whether a character has no width of its own and belongs to the letter it stands on.
pub(super) fn is_combining(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// Whether the shape of a glyph is a flat stroke near the base line; and its middle.
fn outline(glyph: &FontGlyph<'_>) -> (bool, f64) {
    let FontGlyph::Outline(glyph) = glyph else { return (false, 0.0) };
    let bounds = hayro_font::kurbo::Shape::bounding_box(&glyph.outline());
    let flat = bounds.height() > 0.0 && bounds.height() < FLAT && bounds.width() > bounds.height();
    (flat && bounds.y0.abs() < FLAT && bounds.y1.abs() < 2.0 * FLAT, f64::midpoint(bounds.x0, bounds.x1))
}

/// Highest stroke between Arabic letters, in thousandths of the size: they are as thick as the letters' own strokes.
const FLAT: f64 = 160.0;

/// The fonts of a document that were met so far.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    font_resolver: FontResolverFn,
    cmap_resolver: CMapResolverFn,
    known: HashMap<(usize, usize), Option<Rc<Font<'a>>>>,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        let font_resolver: FontResolverFn = Arc::new(|query| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
        });
        let cmap_resolver: CMapResolverFn = Arc::new(hayro_cmap::load_embedded);
        Self { cache: FontCache::new(), font_resolver, cmap_resolver, known: HashMap::new() }
    }

    /// The font that `dict` describes; none if it cannot be read.
    pub(super) fn font(&mut self, dict: &Dict<'a>) -> Option<Rc<Font<'a>>> {
        let key = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let font = self.read(dict).map(Rc::new);
        self.known.insert(key, font.clone());
        font
    }

    fn read(&self, dict: &Dict<'a>) -> Option<Font<'a>> {
        let font = self.cache.font(dict, &self.font_resolver, &self.cmap_resolver)?;
        let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let name = dict.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_lowercase()).unwrap_or_default();
        let is_bold = ["bold", "black", "heavy", "semib", "demi"].iter().any(|word| name.contains(word));
        let to_unicode = dict.get::<Stream<'_>>("ToUnicode").and_then(|stream| self.cmap(&Object::Stream(stream)));
        let by_collection = match (&to_unicode, &descendant) {
            (None, Some(descendant)) => self.by_collection(dict, descendant),
            _ => None,
        };
        let has_encoding = dict.contains_key("Encoding") && descendant.is_none();
        Some(Font { font, to_unicode, by_collection, has_encoding, is_bold, shown: RefCell::default() })
    }

    /// The maps of a font without a map of its own whose glyphs are numbered by one of Adobe's character collections.
    fn by_collection(&self, dict: &Dict<'a>, descendant: &Dict<'a>) -> Option<(CMap, CMap)> {
        let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
        let registry = info.get::<PdfString<'_>>("Registry")?;
        let ordering = info.get::<PdfString<'_>>("Ordering")?;
        let family = CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes());
        let ucs2 = hayro_cmap::load_embedded(family.ucs2_cmap()?)?;
        Some((self.cmap(&dict.get::<Object<'_>>("Encoding")?)?, self.parse(ucs2)?))
    }

    fn cmap(&self, object: &Object<'_>) -> Option<CMap> {
        match object {
            Object::Stream(stream) => self.parse(&stream.decoded_data().ok()?),
            Object::Name(name) => match CMapName::from_bytes(name.as_ref()) {
                CMapName::IdentityH => Some(CMap::identity_h()),
                CMapName::IdentityV => Some(CMap::identity_v()),
                name => self.parse(hayro_cmap::load_embedded(name)?),
            },
            _ => None,
        }
    }

    fn parse(&self, data: &[u8]) -> Option<CMap> {
        let resolver = Arc::clone(&self.cmap_resolver);
        CMap::parse(data, move |name| resolver(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presentation_forms_are_letters() {
        let cases = [
            ("\u{fefb}", "\u{644}\u{627}"),
            ("\u{fe8f}\u{fe91}", "\u{628}\u{628}"),
            ("\u{fe70}", "\u{64b}"),
            ("\u{fe71}", "\u{64b}"),
            ("\u{fb50}", "\u{671}"),
            ("\u{fb4f}", "\u{fb4f}"),
            ("\u{feff}", "\u{feff}"),
            ("\u{fb01}\u{640} ", "\u{fb01}\u{640} "),
        ];
        for (printed, expected) in cases {
            assert_eq!(plain_letters(printed), expected, "{printed:?}");
        }
    }

    #[test]
    fn gaps_of_maps_are_no_text() {
        for (text, expected) in
            [("a", true), (" ", true), ("a\tb\r\n", true), ("", false), ("\0", false), ("a\u{1f}", false)]
        {
            assert_eq!(is_text(text), expected, "{text:?}");
        }
    }
}
