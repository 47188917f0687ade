//! Numbers of list items and headings (ODF 1.3 part 3, 5.3 and 16.30).

use super::style::Styles;
use crate::extract::numeral::NumberFormat;
use std::collections::HashMap;

/// Levels of a list (ODF has ten).
const LEVELS: usize = 10;

type Counters = [Option<u32>; LEVELS];

/// How far the lists of a document have been counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// How far each list has been counted, with those that go on with it.
    counters: Vec<Counters>,
    by_id: HashMap<String, usize>,
    /// The last list of each style.
    by_style: HashMap<String, usize>,
}

impl Lists {
    /// Begins the list `id` of the style `style`: anew, or, if it says so, where the list `continued` or the last of its
    /// style ended.
    pub(super) fn begin(&mut self, style: &str, id: Option<&str>, continued: Option<&str>, goes_on: bool) {
        let earlier = continued.and_then(|id| self.by_id.get(id)).copied();
        let earlier = earlier.or_else(|| self.by_style.get(style).copied().filter(|_| goes_on));
        let list = earlier.unwrap_or_else(|| self.add());
        self.by_style.insert(style.to_owned(), list);
        if let Some(id) = id {
            self.by_id.insert(id.to_owned(), list);
        }
    }

    fn add(&mut self) -> usize {
        self.counters.push(Counters::default());
        self.counters.len() - 1
    }

    /// Counts an item at `level`, from 1, with the number `start` if it says one; its number as printed, with the blank
    /// behind it.
    pub(super) fn count(&mut self, styles: &Styles, style: &str, level: usize, start: Option<u32>) -> Option<String> {
        let own = styles.level(style, level)?;
        let list = match self.by_style.get(style) {
            Some(list) => *list,
            None => {
                let list = self.add();
                self.by_style.insert(style.to_owned(), list);
                list
            }
        };
        let counters = self.counters.get_mut(list)?;
        let counter = counters.get_mut(level.checked_sub(1)?)?;
        let next = counter.map_or(own.start, |last| last.saturating_add(1));
        *counter = Some(start.unwrap_or(next));
        counters.iter_mut().skip(level).for_each(|counter| *counter = None);
        if let Some(bullet) = &own.bullet {
            return Some(if matches!(bullet.as_str(), "-" | "–" | "—") {
                format!("{bullet} ")
            } else {
                "• ".to_owned()
            });
        }
        if own.format == NumberFormat::None {
            let printed = format!("{}{}", own.prefix, own.suffix);
            return (!printed.trim().is_empty()).then(|| format!("{} ", printed.trim_end()));
        }
        let first = level.saturating_sub(own.shown.max(1)) + 1;
        let numbers = (first..=level).filter_map(|shown| {
            let format = styles.level(style, shown)?.format;
            let start = styles.level(style, shown)?.start;
            let value = counters.get(shown - 1).copied().flatten().unwrap_or(start);
            Some(format.write(value)).filter(|number| !number.is_empty())
        });
        let numbers = numbers.collect::<Vec<_>>().join(".");
        Some(format!("{}{numbers}{} ", own.prefix, own.suffix.trim_end()))
    }
}
