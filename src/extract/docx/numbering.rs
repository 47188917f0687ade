//! Automatic numbers of paragraphs (ECMA-376 part 1, 17.9).

use super::property::{font, is_on, number, value};
use super::style::Styles;
use super::symbol;
use crate::base::diagnostic::Diagnostic;
use crate::extract::numeral::NumberFormat;
use crate::extract::xml::{Element, Event, Reader};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: NumberFormat,
    /// What is printed, `%1` for the number of the first level.
    text: String,
    /// The level, from 1, whose numbers begin this one anew; 0 for none. Every higher level if it is not said.
    restart: Option<usize>,
    /// Whether all its numbers are digits.
    is_legal: bool,
    has_suffix: bool,
    style: Option<String>,
    font: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            // ECMA-376 part 1, 17.9.25.
            start: 0,
            format: NumberFormat::Decimal,
            text: String::new(),
            restart: None,
            is_legal: false,
            has_suffix: true,
            style: None,
            font: None,
        }
    }
}

/// The definition that lists share.
#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
    /// The style whose list has the levels instead.
    link: Option<String>,
}

/// A list.
#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// Levels that a list has at most (17.9.6).
const LEVELS: usize = 9;

/// The lists of a document and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<i64, List>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    started: HashSet<(i64, usize)>,
}

/// What the element that is being read belongs to.
enum Place {
    Nothing,
    Definition(String),
    List(i64),
}

impl Numbering {
    /// Reads the part that holds the lists.
    ///
    /// # Errors
    /// If it is damaged.
    pub(super) fn read(mut reader: Reader, styles: &Styles) -> Result<Self, Box<Diagnostic>> {
        let mut numbering = Self::default();
        let mut place = Place::Nothing;
        let mut level = 0;
        while let Some(event) = reader.next()? {
            let Event::Open(element) = event else { continue };
            let ("w", name) = element.name.parts() else { continue };
            match name {
                "abstractNum" => place = Place::Definition(attribute(&element, "abstractNumId")),
                "num" => place = Place::List(attribute(&element, "numId").parse().unwrap_or_default()),
                "lvl" | "lvlOverride" => level = attribute(&element, "ilvl").parse().unwrap_or_default(),
                _ => numbering.take(&element, &place, level),
            }
        }
        numbering.follow_links(styles);
        Ok(numbering)
    }

    /// Takes over what `element` says of a list or its level.
    fn take(&mut self, element: &Element, place: &Place, level: usize) {
        let found = match (place, element.name.local.as_str()) {
            (Place::Definition(id), "numStyleLink") => {
                self.definitions.entry(id.clone()).or_default().link = value(element).map(str::to_owned);
                return;
            }
            (Place::List(id), "abstractNumId") => {
                self.lists.entry(*id).or_default().definition = value(element).unwrap_or_default().to_owned();
                return;
            }
            (Place::List(id), "startOverride") => {
                let list = self.lists.entry(*id).or_default();
                list.starts.extend(number(element).map(|start| (level, start)));
                return;
            }
            (Place::Definition(id), _) => self.definitions.entry(id.clone()).or_default().levels.entry(level),
            (Place::List(id), _) => self.lists.entry(*id).or_default().levels.entry(level),
            (Place::Nothing, _) => return,
        };
        match element.name.local.as_str() {
            "start" => found.or_default().start = number(element).unwrap_or(1),
            "numFmt" => found.or_default().format = NumberFormat::of_docx(value(element).unwrap_or_default()),
            "lvlText" => found.or_default().text = value(element).unwrap_or_default().to_owned(),
            "lvlRestart" => found.or_default().restart = number(element),
            "isLgl" => found.or_default().is_legal = is_on(element),
            "suff" => found.or_default().has_suffix = value(element) != Some("nothing"),
            "pStyle" => found.or_default().style = value(element).map(str::to_owned),
            "rFonts" => found.or_default().font = font(element),
            _ => {}
        }
    }

    /// Gives lists whose definition is another list's, by way of a style, that definition.
    fn follow_links(&mut self, styles: &Styles) {
        let linked: Vec<(i64, String)> = self
            .lists
            .iter()
            .filter_map(|(id, list)| {
                let style = self.definitions.get(&list.definition)?.link.as_deref()?;
                let (other, _) = styles.list(style)?;
                Some((*id, self.lists.get(&other)?.definition.clone()))
            })
            .collect();
        for (id, definition) in linked {
            if let Some(list) = self.lists.get_mut(&id) {
                list.definition = definition;
            }
        }
    }

    /// The level of `list` that is tied to `style`.
    pub(super) fn level_of_style(&self, list: i64, style: &str) -> Option<usize> {
        let list = self.lists.get(&list)?;
        let levels = list.levels.iter().chain(&self.definitions.get(&list.definition)?.levels);
        levels.into_iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(level, _)| *level)
    }

    /// Counts a paragraph of `list` at `level`, and gives its number as printed with the blank behind it.
    pub(super) fn count(&mut self, list: i64, level: usize) -> Option<String> {
        let id = list;
        let list = self.lists.get(&id)?;
        let definition = self.definitions.get(&list.definition)?;
        let defined = |level: usize| list.levels.get(&level).or_else(|| definition.levels.get(&level));
        let own = defined(level)?;
        let counters = self.counters.entry(list.definition.clone()).or_default();
        let anew = list.starts.get(&level).copied().filter(|_| self.started.insert((id, level)));
        let counter = counters.get_mut(level)?;
        *counter = Some(match (anew, *counter) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => own.start,
        });
        for (deeper, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            let restart = defined(deeper).and_then(|level| level.restart);
            if restart.is_none_or(|restart| level < restart) {
                *counter = None;
            }
        }
        if own.format == NumberFormat::Bullet {
            return Some(bullet(own));
        }
        let write = |which: usize| {
            let level = defined(which)?;
            let value = counters.get(which).copied().flatten().unwrap_or(level.start);
            let format = if own.is_legal { NumberFormat::Decimal } else { level.format };
            Some(format.write(value))
        };
        let printed = expand(&own.text, write);
        let suffix = if own.has_suffix { " " } else { "" };
        (!printed.trim().is_empty()).then(|| format!("{printed}{suffix}"))
    }
}

fn attribute(element: &Element, name: &str) -> String {
    element.attribute("w", name).unwrap_or_default().to_owned()
}

/// `text` with the number of a level for each `%1` to `%9`.
fn expand(text: &str, number: impl Fn(usize) -> Option<String>) -> String {
    let mut printed = String::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let level = rest.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| character == '%' && *digit > 0);
        match level {
            Some(level) => {
                rest.next();
                printed.extend(number(level as usize - 1));
            }
            None => printed.push(character),
        }
    }
    printed
}

/// A dash as it is stored; whatever else stands for a bullet, in fonts that give letters and private characters the
/// shape of one, as a bullet.
fn bullet(level: &Level) -> String {
    let stored: String = level.text.chars().map(|stored| symbol::character(stored, level.font.as_deref())).collect();
    match stored.trim() {
        "" => String::new(),
        dash @ ("-" | "–" | "—" | "‒" | "−") => format!("{dash} "),
        _ => "• ".to_owned(),
    }
}
