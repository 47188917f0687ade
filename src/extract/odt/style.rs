//! Styles of paragraphs, characters and lists, as far as they number, hide, raise or break.

use crate::base::diagnostic::Diagnostic;
use crate::extract::numeral::NumberFormat;
use crate::extract::xml::{Element, Event, Reader};
use std::collections::{BTreeMap, HashMap};

/// A style of paragraphs or characters.
#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    list: Option<String>,
    is_hidden: Option<bool>,
    is_raised: Option<bool>,
    breaks_before: Option<bool>,
    breaks_after: Option<bool>,
}

/// A level of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    /// How its numbers are written.
    pub(super) format: NumberFormat,
    /// What is printed before the number.
    pub(super) prefix: String,
    /// What is printed behind the number.
    pub(super) suffix: String,
    /// The first number.
    pub(super) start: u32,
    /// How many levels are printed, this one the last.
    pub(super) shown: usize,
    /// The bullet of a level without numbers.
    pub(super) bullet: Option<String>,
}

/// The styles of a document by name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    lists: HashMap<String, BTreeMap<usize, Level>>,
}

/// The name by which the numbering of headings is kept.
pub(super) const OUTLINE: &str = "\u{0}outline";

/// Most styles that are based on one another; a circle ends here.
const MOST_PARENTS: usize = 32;

impl Styles {
    /// Reads the styles of a part, beside those that were read before.
    ///
    /// # Errors
    /// If it is damaged.
    pub(super) fn read(&mut self, mut reader: Reader) -> Result<(), Box<Diagnostic>> {
        let mut style = String::new();
        let mut list = String::new();
        while let Some(event) = reader.next()? {
            let Event::Open(element) = event else { continue };
            match element.name.parts() {
                ("office", "body") => reader.skip()?,
                ("style", "style") => {
                    style = name(&element);
                    let found = self.styles.entry(style.clone()).or_default();
                    found.parent = element.attribute("style", "parent-style-name").map(str::to_owned);
                    found.list = element.attribute("style", "list-style-name").map(str::to_owned);
                    if element.attribute("style", "master-page-name").is_some_and(|name| !name.is_empty()) {
                        found.breaks_before = Some(true);
                    }
                }
                ("style", "default-style") => style = String::new(),
                ("style", "paragraph-properties") => {
                    let found = self.styles.entry(style.clone()).or_default();
                    let breaks = |name| element.attribute("fo", name).map(|kind| kind == "page");
                    found.breaks_before = found.breaks_before.filter(|breaks| *breaks).or(breaks("break-before"));
                    found.breaks_after = breaks("break-after");
                }
                ("style", "text-properties") => {
                    let display = element.attribute("text", "display");
                    let found = self.styles.entry(style.clone()).or_default();
                    found.is_hidden = display.map(|display| display == "none");
                    found.is_raised = element.attribute("style", "text-position").map(is_raised);
                }
                ("text", "list-style") => list = name(&element),
                ("text", "outline-style") => list = OUTLINE.to_owned(),
                (
                    "text",
                    "list-level-style-number"
                    | "list-level-style-bullet"
                    | "outline-level-style"
                    | "list-level-style-image",
                ) => {
                    let number = element.attribute("text", "level").and_then(|level| level.parse().ok()).unwrap_or(1);
                    self.lists.entry(list.clone()).or_default().insert(number, level(&element));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The list that paragraphs of the style `name` are in.
    pub(super) fn list(&self, name: &str) -> Option<&str> {
        self.chain(name).find_map(|style| style.list.as_deref()).filter(|list| !list.is_empty())
    }

    /// Whether text of the style `name` is hidden.
    pub(super) fn is_hidden(&self, name: &str) -> bool {
        self.chain(name).find_map(|style| style.is_hidden).unwrap_or(false)
    }

    /// Whether text of the style `name` stands above the line, if it is said.
    pub(super) fn is_raised(&self, name: &str) -> Option<bool> {
        self.chain(name).find_map(|style| style.is_raised)
    }

    /// Whether a page ends before a paragraph of the style `name`.
    pub(super) fn breaks_before(&self, name: &str) -> bool {
        self.chain(name).find_map(|style| style.breaks_before).unwrap_or(false)
    }

    /// Whether a page ends behind a paragraph of the style `name`.
    pub(super) fn breaks_after(&self, name: &str) -> bool {
        self.chain(name).find_map(|style| style.breaks_after).unwrap_or(false)
    }

    /// The level `level`, from 1, of the list style `list`; the next higher one that it defines, where it has none for
    /// that level. Headings have no such number.
    pub(super) fn level(&self, list: &str, level: usize) -> Option<&Level> {
        let highest = if list == OUTLINE { level } else { 1 };
        self.lists.get(list)?.range(highest..=level.max(highest)).next_back().map(|(_, level)| level)
    }

    fn chain<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s Style> {
        let parent = |style: &&'s Style| self.styles.get(style.parent.as_deref()?);
        std::iter::successors(self.styles.get(name), parent).take(MOST_PARENTS)
    }
}

/// Whether a `style:text-position` is one above the line: `super 58%`, `33% 58%`.
fn is_raised(position: &str) -> bool {
    let height = position.split_whitespace().next().unwrap_or_default();
    height == "super"
        || height.strip_suffix('%').and_then(|height| height.parse::<f32>().ok()).is_some_and(|height| height > 0.0)
}

fn name(element: &Element) -> String {
    element.attribute("style", "name").unwrap_or_default().to_owned()
}

fn level(element: &Element) -> Level {
    let string = |space, name| element.attribute(space, name).unwrap_or_default().to_owned();
    let number = |name| element.attribute("text", name).and_then(|value| value.parse().ok());
    let is_synchronous = element.attribute("style", "num-letter-sync") == Some("true");
    Level {
        format: NumberFormat::of_odt(&string("style", "num-format"), is_synchronous),
        prefix: string("style", "num-prefix"),
        suffix: string("style", "num-suffix"),
        start: number("start-value").unwrap_or(1),
        shown: number("display-levels").unwrap_or(1) as usize,
        bullet: element.attribute("text", "bullet-char").map(str::to_owned),
    }
}
