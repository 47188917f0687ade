//! Pictures: SVG made while the site is built, each with a title, a description and its figures in a table.
//!
//! Input: figures, with words and addresses. Output: a `<figure>` as [`SafeHtml`]. Invariants: all text goes
//! through `html.rs`; colours are classes of the style sheet, never attributes; nothing is told by colour alone.

mod canvas;
mod scale;
mod table;

pub(super) use canvas::{Area, Canvas};
pub(super) use scale::{MonthAxis, Shades, Step};
pub(super) use table::{Cell, Table};

use super::html::SafeHtml;
use super::messages::PictureWords;

/// Longest table that stands open beneath its picture.
const OPEN_ROWS: usize = 12;

/// What is said of a picture.
pub(super) struct Caption {
    /// Its anchor, which begins the ids of its parts.
    pub(super) id: String,
    /// Its title.
    pub(super) title: String,
    /// What it shows, and how to read it.
    pub(super) text: String,
    /// What it leaves out.
    pub(super) notes: Vec<String>,
    /// What its marks and colours stand for; several where the picture can be switched.
    pub(super) keys: Vec<Key>,
    /// Whether readers can go somewhere from it.
    pub(super) is_linked: bool,
}

/// What colours and marks stand for.
pub(super) struct Key {
    /// What is measured; the name of the switch, where there are several.
    pub(super) title: String,
    /// The steps.
    pub(super) steps: Vec<Step>,
}

/// Most that fits on upright paper (A4) at its own size, in CSS pixels; what is wider is printed across.
const PAPER_WIDTH: i32 = 700;

/// A picture with its caption and table; `draw` fills a canvas of `width` by `height`.
pub(super) fn figure(
    caption: &Caption,
    (width, height): (i32, i32),
    root: &str,
    table: &Table,
    words: &PictureWords,
    draw: impl Fn(&mut Canvas),
) -> SafeHtml {
    figure_in_parts(caption, (width, &[(height, ())]), root, table, words, |canvas, ()| draw(canvas))
}

/// A picture in parts one below another, each with its height, so that each fits on paper; `draw` fills one.
pub(super) fn figure_in_parts<T>(
    caption: &Caption,
    (width, parts): (i32, &[(i32, T)]),
    root: &str,
    table: &Table,
    words: &PictureWords,
    draw: impl Fn(&mut Canvas, &T),
) -> SafeHtml {
    let mut canvas = Canvas::new(root);
    let class = if width > PAPER_WIDTH { "chart wide" } else { "chart" };
    canvas.open("figure", &[("class", class), ("id", &caption.id)]);
    switches(&mut canvas, caption);
    canvas.open("div", &[("class", "pan"), ("tabindex", "0"), ("role", "region"), ("aria-label", &caption.title)]);
    for (number, (height, part)) in parts.iter().enumerate() {
        begin(&mut canvas, caption, (width, *height), number == 0);
        draw(&mut canvas, part);
        canvas.close("svg");
    }
    canvas.close("div");
    canvas.open("figcaption", &[]);
    // `site.js` shows it where it is so.
    canvas.element("p", &[("class", "sideways"), ("hidden", "")], &words.sideways);
    explain(&mut canvas, caption);
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

fn explain(canvas: &mut Canvas, caption: &Caption) {
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
