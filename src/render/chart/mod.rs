//! Pictures: SVG made while the site is built, each with what it shows in a sentence, a title, a description, its source
//! and its figures in a table.
//!
//! Input: figures, with words and addresses. Output: a `<figure>` as [`SafeHtml`]. Invariants: all text goes
//! through `html.rs`; colours are classes of the style sheet, never attributes; nothing is told by colour alone; no part
//! of a picture is wider than a telephone, so that parts stand side by side where there is room and else one below another.

mod canvas;
mod scale;
mod table;

pub(super) use canvas::{Area, Canvas};
pub(super) use scale::{Shades, Step};
pub(super) use table::{Cell, Table};

use super::html::SafeHtml;
use super::messages::PictureWords;

/// Longest table that stands open beneath its picture.
const OPEN_ROWS: usize = 12;

/// Width of a part: what a page has on a telephone 360 pixels wide.
pub(super) const PART_WIDTH: i32 = 320;

/// What is said of a picture.
pub(super) struct Caption {
    /// Its anchor, which begins the ids of its parts.
    pub(super) id: String,
    /// Its title.
    pub(super) title: String,
    /// What it shows, in a sentence.
    pub(super) finding: String,
    /// What is counted, and how to read it.
    pub(super) text: String,
    /// What it leaves out.
    pub(super) notes: Vec<String>,
    /// What its marks and colours stand for; several where the picture can be switched.
    pub(super) keys: Vec<Key>,
    /// Whether readers can go somewhere from it.
    pub(super) is_linked: bool,
    /// Where its figures come from, and the data file that has them.
    pub(super) source: Source,
}

/// Where figures come from.
pub(super) struct Source {
    /// In words.
    pub(super) words: String,
    /// The name of the data file.
    pub(super) file: &'static str,
    /// Its address below the root of the language.
    pub(super) path: String,
}

/// What colours and marks stand for.
pub(super) struct Key {
    /// What is measured; the name of the switch, where there are several.
    pub(super) title: String,
    /// The steps.
    pub(super) steps: Vec<Step>,
}

/// A part of a picture: its size and what is drawn in it.
pub(super) struct Part<T> {
    /// Width and height, in CSS pixels.
    pub(super) size: (i32, i32),
    /// What is drawn.
    pub(super) of: T,
}

/// How the parts of a picture stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// Each for itself.
    Apart,
    /// Without a gap: together they are one drawing.
    Joined,
}

/// A picture with its caption and table; `draw` fills a part.
pub(super) fn figure<T>(
    caption: &Caption,
    (parts, join): (&[Part<T>], Parts),
    root: &str,
    table: &Table,
    words: &PictureWords,
    draw: impl Fn(&mut Canvas, &T),
) -> SafeHtml {
    let mut canvas = Canvas::new(root);
    canvas.open("figure", &[("class", "chart"), ("id", &caption.id)]);
    canvas.element("p", &[("class", "finding")], &caption.finding);
    switches(&mut canvas, caption);
    canvas.open("div", &[("class", if join == Parts::Joined { "parts joined" } else { "parts" })]);
    for (number, part) in parts.iter().enumerate() {
        begin(&mut canvas, caption, part.size, number == 0);
        draw(&mut canvas, &part.of);
        canvas.close("svg");
    }
    canvas.close("div");
    canvas.open("figcaption", &[]);
    explain(&mut canvas, caption, words);
    figures(&mut canvas, table, words);
    canvas.close("figcaption");
    canvas.close("figure");
    canvas.finish()
}

/// The first part has the names by which all are called.
fn begin(canvas: &mut Canvas, caption: &Caption, (width, height): (i32, i32), is_first: bool) {
    let (title, text) = (format!("{}-title", caption.id), format!("{}-text", caption.id));
    let role = if caption.is_linked { "group" } else { "img" };
    let (view, labels) = (format!("0 0 {width} {height}"), format!("{title} {text}"));
    let (width, height) = (width.to_string(), height.to_string());
    canvas.open(
        "svg",
        &[("viewBox", &view), ("width", &width), ("height", &height), ("role", role), ("aria-labelledby", &labels)],
    );
    if is_first {
        canvas.element("title", &[("id", &title)], &caption.title);
        canvas.element("desc", &[("id", &text)], &caption.text);
    }
}

/// One button a key, where there are several: the style sheet shows what belongs to the chosen one.
fn switches(canvas: &mut Canvas, caption: &Caption) {
    if caption.keys.len() < 2 {
        return;
    }
    for (position, key) in caption.keys.iter().enumerate() {
        let (id, class) = (format!("{}-by-{position}", caption.id), format!("by by-{position}"));
        let name = format!("{}-by", caption.id);
        let mut attributes = vec![("type", "radio"), ("class", &class), ("name", &name), ("id", &id)];
        if position == 0 {
            attributes.push(("checked", ""));
        }
        canvas.open("input", &attributes);
        canvas.element("label", &[("for", &id)], &key.title);
    }
}

fn explain(canvas: &mut Canvas, caption: &Caption, words: &PictureWords) {
    canvas.element("p", &[], &caption.text);
    for (position, key) in caption.keys.iter().enumerate() {
        canvas.open("p", &[("class", &format!("key key-{position}"))]);
        if !key.title.is_empty() {
            canvas.element("span", &[("class", "step")], &key.title);
        }
        for step in &key.steps {
            canvas.step(step);
        }
        canvas.close("p");
    }
    for note in &caption.notes {
        canvas.element("p", &[("class", "left-out")], note);
    }
    canvas.open("p", &[]);
    canvas.texts(&[&words.source, &caption.source.words, " · ", &words.data]);
    canvas.link(Some(&caption.source.path), caption.source.file);
    canvas.close("p");
}

/// The table stands in the caption, as nothing but a caption may follow the picture.
fn figures(canvas: &mut Canvas, table: &Table, words: &PictureWords) {
    let is_long = table.rows.len() > OPEN_ROWS;
    if is_long {
        canvas.open("details", &[("class", "figures")]);
        canvas.element("summary", &[], &words.table);
    }
    canvas.open("div", &[("class", "scroll figures")]);
    table.write(canvas);
    canvas.close("div");
    if is_long {
        canvas.close("details");
    }
}
