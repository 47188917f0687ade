//! Writes elements of a picture.

use super::super::html::{HtmlWriter, SafeHtml};
use super::scale::Step;

/// A rectangle, in the picture's units, which are CSS pixels at its own size.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Area {
    /// Left.
    pub(in super::super) x: i32,
    /// Top.
    pub(in super::super) y: i32,
    /// Width.
    pub(in super::super) width: i32,
    /// Height.
    pub(in super::super) height: i32,
}

/// Markup in the making.
pub(in super::super) struct Canvas {
    out: HtmlWriter,
    /// The way from the page to the root of its language.
    root: String,
}

impl Canvas {
    pub(super) fn new(root: &str) -> Self {
        Self { out: HtmlWriter::default(), root: root.to_owned() }
    }

    pub(super) fn finish(self) -> SafeHtml {
        self.out.finish()
    }

    pub(super) fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        let attributes: Vec<_> = attributes.iter().map(|(name, value)| (*name, Some(*value))).collect();
        self.out.start(tag, &attributes);
    }

    pub(super) fn close(&mut self, tag: &'static str) {
        self.out.end(tag);
    }

    pub(super) fn element(&mut self, tag: &'static str, attributes: &[(&'static str, &str)], text: &str) {
        self.open(tag, attributes);
        self.out.text(text);
        self.close(tag);
    }

    /// A link to a page below the root; without a path the text alone.
    pub(super) fn link(&mut self, path: Option<&str>, text: &str) {
        match path {
            Some(path) => {
                let href = format!("{}{path}", self.root);
                self.element("a", &[("href", &href)], text);
            }
            None => self.out.text(text),
        }
    }

    /// Texts one after another.
    pub(super) fn texts(&mut self, texts: &[&str]) {
        texts.iter().for_each(|text| self.out.text(text));
    }

    /// A colour and what it stands for.
    pub(super) fn step(&mut self, step: &Step) {
        self.open("span", &[("class", "step")]);
        if let Some(class) = &step.class {
            let size = [("class", "swatch"), ("width", "14"), ("height", "14"), ("aria-hidden", "true")];
            self.open("svg", &size);
            self.rect(class, Area { x: 0, y: 0, width: 14, height: 14 });
            self.close("svg");
        }
        self.out.text(&step.words);
        self.close("span");
    }

    /// A rectangle.
    pub(in super::super) fn rect(&mut self, class: &str, area: Area) {
        let [x, y, width, height] = [area.x, area.y, area.width, area.height].map(|number| number.to_string());
        self.element("rect", &[("class", class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)], "");
    }

    /// Text whose base line is at `y`; the class says where `x` is of it.
    pub(in super::super) fn text(&mut self, class: &str, x: i32, y: i32, text: &str) {
        self.element("text", &[("class", class), ("x", &x.to_string()), ("y", &y.to_string())], text);
    }

    /// A line.
    pub(in super::super) fn line(&mut self, class: &str, from: (i32, i32), to: (i32, i32)) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(|number| number.to_string());
        self.element("line", &[("class", class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)], "");
    }

    /// What belongs together and is called `words`; a link, where there is a path.
    pub(in super::super) fn part(
        &mut self,
        class: &str,
        path: Option<&str>,
        words: &str,
        draw: impl FnOnce(&mut Self),
    ) {
        let href = path.map(|path| format!("{}{path}", self.root));
        let tag = if href.is_some() { "a" } else { "g" };
        let class = (!class.is_empty()).then_some(class);
        self.out.start(tag, &[("class", class), ("href", href.as_deref())]);
        self.element("title", &[], words);
        draw(self);
        self.close(tag);
    }
}
