//! A page of the archive as a whole, which is declared beside what it is about; `overviews.rs` has them all.

use super::subject::{Document, Head, Local, Page, Site, Subject, address};
use crate::index::{Index, PassageRef, RecordRef};
use crate::render::messages::Messages;
use crate::render::view::{Link, Row};
use serde::Serialize;

/// A page of the archive as a whole: a list of all pages of a kind, the data, the pictures and the like.
pub(super) struct Overview {
    /// Its name in addresses and in the tables of words: `states`.
    pub(super) name: &'static str,
    /// Its title.
    pub(super) title: fn(&Messages) -> &String,
    /// One line on it.
    pub(super) description: fn(&Messages) -> &String,
    /// How the home page leads to it, where it does so of itself.
    pub(super) on_home: Option<OnHome>,
    /// Whether every page leads to it.
    pub(super) is_in_navigation: bool,
    /// The page, around a head that has title and description.
    pub(super) page: fn(Local<'_>, Head) -> Page,
}

/// How the home page leads to a list.
pub(super) struct OnHome {
    /// What it says of it.
    pub(super) text: fn(&Messages) -> &String,
    /// How many pages there are of the kind.
    pub(super) count: fn(&Index) -> usize,
}

impl Overview {
    /// A link to the page.
    pub(super) fn link(&self, local: Local<'_>) -> Link {
        Link::new(address::list(self.name), (self.title)(local.words()))
    }

    fn words(&self, local: Local<'_>) -> (String, String) {
        ((self.title)(local.words()).clone(), (self.description)(local.words()).clone())
    }
}

impl Subject for &Overview {
    fn address(&self) -> String {
        address::list(self.name)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let (title, description) = self.words(local);
        (self.page)(local, Head { title, description, ..Head::default() })
    }

    fn is_of_archive(&self) -> bool {
        true
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        Some(Document::overview(site, self.name, self.address(), |local| self.words(local)))
    }
}

/// What `list.html` shows.
#[derive(Serialize)]
struct ListView {
    /// The lines.
    rows: Vec<Row>,
}

/// A list with its lines and nothing else.
pub(super) fn list_page(head: Head, rows: Vec<Row>) -> Page {
    Page::new("list.html", head, &ListView { rows })
}

/// How many records cite something; if none does, how many other texts.
pub(super) fn citing(local: Local<'_>, records: &[RecordRef], passages: &[PassageRef]) -> Option<String> {
    let counts = &local.words().counts;
    local.count_any(&counts.records, records.len()).or_else(|| local.count_any(&counts.beside, passages.len()))
}

/// A key by which 65/59 comes before 65/127: words and numbers in turn.
pub(super) fn natural_key(symbol: &str) -> Vec<(String, u64)> {
    let parts = symbol.split_inclusive(|character: char| !character.is_ascii_digit());
    parts
        .map(|part| {
            let word = part.trim_start_matches(|character: char| character.is_ascii_digit());
            // Where there are no digits, or more than any symbol has, 0.
            let number = part[..part.len() - word.len()].parse().unwrap_or(0);
            (word.to_owned(), number)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_in_the_order_of_their_numbers() {
        let mut symbols = ["S/RES/984(1995)", "A/RES/65/127", "S/RES/1540(2004)", "A/RES/65/59", "A/RES/9/1"];
        symbols.sort_by_cached_key(|symbol| natural_key(symbol));
        assert_eq!(symbols, ["A/RES/9/1", "A/RES/65/59", "A/RES/65/127", "S/RES/984(1995)", "S/RES/1540(2004)"]);
    }
}
