//! Content streams: the glyphs and rules that a page shows.
//!
//! Input: a page. Output: [`Shown`]. Invariants: each operation is done once, in order; forms inside forms are bounded
//! in depth and all content of a page in operations and bytes, so that time does not grow with what refers to what.

use super::font::{Font, Fonts};
use super::rule::{Path, Rule};
use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::{Page, Resources};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A glyph on a page. Distances are in points, from the upper left corner, as the page is turned.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// Where it begins, in the direction of its line.
    pub x0: f64,
    /// Where the next glyph is expected.
    pub x1: f64,
    /// The middle of its shape.
    pub middle: f64,
    /// Its base line.
    pub y: f64,
    /// The size of its font.
    pub size: f64,
    /// Quarters of a circle that its line is turned clockwise.
    pub turn: u8,
    /// Its text; none if its font has no map to Unicode for it.
    pub text: Option<Rc<str>>,
    /// Whether it is a flat stroke without a text, or one of U+0640 that an operation of its own shows: what stretches
    /// a word, and was not typed.
    pub is_stroke: bool,
    /// Whether its font is bold.
    pub is_bold: bool,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub width: f64,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// Whether a bound was met, and the rest of the page was not read.
    pub is_over_limit: bool,
}

/// Deepest form inside a form. Producers nest two or three.
const MAX_FORMS: u32 = 12;
/// Most operations of a page. A map drawn in lines has some hundred thousand.
const MAX_OPERATIONS: u32 = 4_000_000;
/// Most glyphs of a page. A full page of small print has 10,000.
const MAX_GLYPHS: usize = 500_000;
/// Most content of a page, unpacked, in bytes; a form counts each time that it is shown.
const MAX_CONTENT_BYTES: usize = 64 * 1024 * 1024;
/// Most content of a document, counted so, in bytes. 20,000 full pages have 400 MB.
const MAX_DOCUMENT_CONTENT_BYTES: usize = 1024 * 1024 * 1024;

/// Content of a document that was unpacked so far, in bytes: pages may show the same content many times.
#[derive(Debug, Default)]
pub(super) struct Budget(AtomicUsize);

impl Budget {
    /// Whether `bytes` more may be unpacked.
    fn takes(&self, bytes: usize) -> bool {
        self.0.fetch_add(bytes, Ordering::Relaxed) < MAX_DOCUMENT_CONTENT_BYTES
    }
}

/// Reads what `page` shows.
pub(super) fn read<'a>(page: &Page<'a>, fonts: &mut Fonts<'a>, budget: &Budget) -> Shown {
    let (width, height) = page.render_dimensions();
    let shown = Shown { width: f64::from(width), height: f64::from(height), ..Shown::default() };
    let initial = Affine::new(page.initial_transform(true).as_coeffs());
    let state = State::new(initial);
    let mut reader = Reader { shown, fonts, budget, state, saved: Vec::new(), operations: 0, bytes: 0 };
    let content = content(page);
    reader.bytes = content.len();
    if !budget.takes(content.len()) {
        reader.shown.is_over_limit = true;
        return reader.shown;
    }
    reader.run(&content, page.resources(), 0);
    reader.shown
}

/// The content of a page. (The library's own accessor would keep that of all pages in memory.)
fn content(page: &Page<'_>) -> Vec<u8> {
    let mut content = Vec::new();
    let mut add = |stream: Stream<'_>| {
        if let Ok(data) = stream.decoded_data()
            && content.len() + data.len() <= MAX_CONTENT_BYTES
        {
            content.extend_from_slice(&data);
            content.push(b'\n');
        }
    };
    match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => add(stream),
        Some(Object::Array(streams)) => streams.iter::<Stream<'_>>().for_each(add),
        _ => {}
    }
    content
}

#[derive(Clone)]
struct State<'a> {
    transform: Affine,
    font: Option<Rc<Font<'a>>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl State<'_> {
    fn new(transform: Affine) -> Self {
        let (size, character_space, word_space, stretch) = (1.0, 0.0, 0.0, 1.0);
        Self { transform, font: None, size, character_space, word_space, stretch, leading: 0.0, rise: 0.0 }
    }
}

struct Reader<'a, 'f> {
    shown: Shown,
    fonts: &'f mut Fonts<'a>,
    budget: &'f Budget,
    state: State<'a>,
    saved: Vec<State<'a>>,
    operations: u32,
    bytes: usize,
}

/// The parts of a content stream's state that end with it.
#[derive(Default)]
struct Stage {
    text: Affine,
    line: Affine,
    path: Path,
    /// For each marked content that is open: the text that replaces its glyphs, and the first of them.
    marked: Vec<Option<(String, usize)>>,
}

impl<'a> Reader<'a, '_> {
    fn run(&mut self, content: &[u8], resources: &Resources<'a>, depth: u32) {
        let mut operations = TypedIter::new(content);
        let mut stage = Stage::default();
        let saved = self.saved.len();
        while let Some(operation) = operations.next() {
            self.operations += 1;
            if self.operations > MAX_OPERATIONS || self.shown.glyphs.len() > MAX_GLYPHS {
                self.shown.is_over_limit = true;
                break;
            }
            match operation {
                Op::SaveState(_) if self.saved.len() < MAX_SAVED => self.saved.push(self.state.clone()),
                Op::RestoreState(_) if self.saved.len() > saved => {
                    self.state = self.saved.pop().unwrap_or_else(|| self.state.clone())
                }
                Op::Transform(m) => self.state.transform *= affine([m.0, m.1, m.2, m.3, m.4, m.5]),
                Op::XObject(name) => self.form(name.0, resources, depth),
                Op::BeginMarkedContent(_) => stage.marked.push(None),
                Op::BeginMarkedContentWithProperties(marked) => {
                    let replaced = replacement(marked.1, resources);
                    stage.marked.push(replaced.map(|text| (text, self.shown.glyphs.len())));
                }
                Op::EndMarkedContent(_) => {
                    if let Some(Some((text, first))) = stage.marked.pop() {
                        replace(&mut self.shown.glyphs, first, &text);
                    }
                }
                operation => {
                    if !self.text(&operation, &mut stage, resources) {
                        stage.path.draw(&operation, self.state.transform, &mut self.shown.rules);
                    }
                }
            }
        }
        if self.saved.len() > saved {
            self.saved.truncate(saved + 1);
            self.state = self.saved.pop().unwrap_or_else(|| self.state.clone());
        }
    }

    fn form(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: u32) {
        let Some(stream) = resources.get_x_object(name) else { return };
        let dict = stream.dict();
        if depth >= MAX_FORMS || dict.get::<Name<'_>>("Subtype").is_none_or(|kind| kind.as_ref() != b"Form") {
            return;
        }
        // Before it is unpacked: a form that shows itself twice must not unpack for ever.
        if self.bytes > MAX_CONTENT_BYTES {
            self.shown.is_over_limit = true;
            return;
        }
        let Ok(content) = stream.decoded_data() else { return };
        self.bytes += content.len() + FORM_BYTES;
        if !self.budget.takes(content.len() + FORM_BYTES) {
            self.shown.is_over_limit = true;
            return;
        }
        let before = self.state.clone();
        if let Some(matrix) = dict.get::<[f64; 6]>("Matrix") {
            self.state.transform *= Affine::new(matrix);
        }
        let own = dict.get::<Dict<'a>>("Resources").map(Resources::new);
        self.run(&content, own.as_ref().unwrap_or(resources), depth + 1);
        self.state = before;
    }

    /// Does an operation on text; false if it is none.
    fn text(&mut self, operation: &Op<'_, '_>, stage: &mut Stage, resources: &Resources<'a>) -> bool {
        let first = self.shown.glyphs.len();
        let is_text = self.do_text(operation, stage, resources);
        let shown = &mut self.shown.glyphs[first..];
        let is_stroke = |glyph: &Glyph| glyph.is_stroke || glyph.text.as_deref() == Some("\u{640}");
        if shown.iter().all(is_stroke) {
            shown.iter_mut().for_each(|glyph| glyph.is_stroke = true);
        }
        is_text
    }

    fn do_text(&mut self, operation: &Op<'_, '_>, stage: &mut Stage, resources: &Resources<'a>) -> bool {
        match operation {
            Op::BeginText(_) => (stage.text, stage.line) = (Affine::IDENTITY, Affine::IDENTITY),
            Op::EndText(_) => {}
            Op::CharacterSpacing(value) => self.state.character_space = value.0.as_f64(),
            Op::WordSpacing(value) => self.state.word_space = value.0.as_f64(),
            Op::HorizontalScaling(value) => self.state.stretch = value.0.as_f64() / 100.0,
            Op::TextLeading(value) => self.state.leading = value.0.as_f64(),
            Op::TextRise(value) => self.state.rise = value.0.as_f64(),
            Op::TextFont(font) => {
                self.state.font = resources.get_font(font.0).and_then(|dict| self.fonts.font(&dict));
                self.state.size = font.1.as_f64();
            }
            Op::NextLine(by) => next_line(stage, by.0.as_f64(), by.1.as_f64()),
            Op::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                next_line(stage, by.0.as_f64(), by.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => next_line(stage, 0.0, -self.state.leading),
            Op::SetTextMatrix(m) => {
                stage.line = affine([m.0, m.1, m.2, m.3, m.4, m.5]);
                stage.text = stage.line;
            }
            Op::ShowText(text) => self.show(text.0.as_bytes(), stage),
            Op::ShowTexts(texts) => self.show_all(texts.0, stage),
            Op::NextLineAndShowText(text) => {
                next_line(stage, 0.0, -self.state.leading);
                self.show(text.0.as_bytes(), stage);
            }
            Op::ShowTextWithParameters(text) => {
                self.state.word_space = text.0.as_f64();
                self.state.character_space = text.1.as_f64();
                next_line(stage, 0.0, -self.state.leading);
                self.show(text.2.as_bytes(), stage);
            }
            _ => return false,
        }
        true
    }

    fn show_all(&mut self, texts: &Array<'_>, stage: &mut Stage) {
        for item in texts.iter::<Object<'_>>() {
            match item {
                Object::Number(by) => {
                    let by = -by.as_f64() / 1000.0 * self.state.size * self.state.stretch;
                    stage.text *= Affine::translate((by, 0.0));
                }
                Object::String(text) => self.show(text.as_bytes(), stage),
                _ => {}
            }
        }
    }

    fn show(&mut self, bytes: &[u8], stage: &mut Stage) {
        let Some(font) = self.state.font.clone() else { return };
        let state = &self.state;
        let scale = Affine::new([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let mut offset = 0;
        while offset < bytes.len() && self.shown.glyphs.len() <= MAX_GLYPHS {
            let (code, length) = font.read_code(bytes, offset);
            offset += length;
            let shown = font.shown(code);
            let place = state.transform * stage.text * scale;
            if let Some(glyph) = glyph(place, &shown, &font) {
                self.shown.glyphs.push(glyph);
            }
            let word_space = if code == 32 && length == 1 { state.word_space } else { 0.0 };
            let space = state.character_space + word_space;
            let by = if shown.advance.1 == 0.0 {
                ((shown.advance.0 / 1000.0 * state.size + space) * state.stretch, 0.0)
            } else {
                (0.0, shown.advance.1 / 1000.0 * state.size + space)
            };
            stage.text *= Affine::translate(by);
        }
    }
}

/// Most states kept at once. The standard asks readers for 28.
const MAX_SAVED: usize = 4096;
/// What showing a form counts besides its content, so that empty ones are bounded too.
const FORM_BYTES: usize = 1024;

fn affine(numbers: [hayro_syntax::object::Number; 6]) -> Affine {
    Affine::new(numbers.map(|number| number.as_f64()))
}

fn next_line(stage: &mut Stage, x: f64, y: f64) {
    stage.line *= Affine::translate((x, y));
    stage.text = stage.line;
}

/// The glyph that `shown` makes at `place`; none if its place is no place on paper.
fn glyph(place: Affine, shown: &super::font::Shown, font: &Font<'_>) -> Option<Glyph> {
    let coefficients = place.as_coeffs();
    if !coefficients.iter().all(|number| number.is_finite() && number.abs() < FARTHEST) {
        return None;
    }
    let [along_x, along_y, up_x, up_y, x, y] = coefficients;
    let size = up_x.hypot(up_y);
    let turn = match (along_x.abs() >= along_y.abs(), along_x >= 0.0, along_y >= 0.0) {
        (true, true, _) => 0,
        (false, _, true) => 1,
        (true, false, _) => 2,
        (false, _, false) => 3,
    };
    let Point { x, y } = turned_back(Point::new(x, y), turn);
    let unit = along_x.hypot(along_y) / 1000.0;
    let (x1, middle) = (x + unit * shown.advance.0, x + unit * shown.middle);
    let (text, is_stroke, is_bold) = (shown.text.clone(), shown.is_stroke, font.is_bold);
    Some(Glyph { x0: x.min(x1), x1: x.max(x1), middle, y, size, turn, text, is_stroke, is_bold })
}

/// A place on a page that is turned back by `turn` quarters, so that lines that were turned run from left to right.
pub(super) fn turned_back(place: Point, turn: u8) -> Point {
    match turn {
        0 => place,
        1 => Point::new(place.y, -place.x),
        2 => Point::new(-place.x, -place.y),
        _ => Point::new(-place.y, place.x),
    }
}

/// Farthest place on a page, in points: a page has at most 14,400 (ISO 32000-1, annex C).
pub(super) const FARTHEST: f64 = 100_000.0;

/// The text that replaces the glyphs of marked content (ISO 32000-1, 14.9.4).
fn replacement(properties: &Object<'_>, resources: &Resources<'_>) -> Option<String> {
    let text = match properties {
        Object::Dict(dict) => dict.get::<PdfString<'_>>("ActualText"),
        Object::Name(name) => resources.properties.get::<Dict<'_>>(name)?.get::<PdfString<'_>>("ActualText"),
        _ => None,
    }?;
    let bytes = text.as_bytes();
    let text = match bytes {
        [0xfe, 0xff, utf16 @ ..] => {
            let units: Vec<u16> = utf16.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, utf8 @ ..] => String::from_utf8_lossy(utf8).into_owned(),
        bytes => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    (!text.is_empty()).then_some(text)
}

/// Makes one glyph with the text `text` of those from `first` on, if they stand on one line.
fn replace(glyphs: &mut Vec<Glyph>, first: usize, text: &str) {
    let Some((begin, rest)) = glyphs.get(first..).and_then(<[Glyph]>::split_first) else { return };
    let same_line = |glyph: &Glyph| glyph.turn == begin.turn && (glyph.y - begin.y).abs() < 0.5 * begin.size;
    if !rest.iter().all(same_line) {
        return;
    }
    let mut whole = begin.clone();
    whole.x0 = rest.iter().fold(begin.x0, |least, glyph| least.min(glyph.x0));
    whole.x1 = rest.iter().fold(begin.x1, |most, glyph| most.max(glyph.x1));
    whole.text = Some(Rc::from(text));
    glyphs.truncate(first);
    glyphs.push(whole);
}
