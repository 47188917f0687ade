//! The HTML of a page, as built or as a browser saved it → what of a record it shows.
//!
//! Invariant: one pass without a tree, as a file that somebody brings may be nested as deep as it likes.

use super::scan::{attribute, resolve_references};
use crate::base::printed::printed;
use std::collections::BTreeMap;

/// What a page shows, as [`printed`].
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SavedPage {
    /// The language of its words, BCP 47.
    pub language: String,
    /// What stands in `<code>`: identifiers and hashes.
    pub codes: Vec<String>,
    /// The text of its record, without translation and footnote marks.
    pub text: Option<String>,
    /// The rows marked with `data-field` (State, date, section), name and value in words, without remarks and codes.
    pub fields: BTreeMap<String, String>,
}

/// What a piece of a page belongs to.
enum Part {
    Other,
    Text,
    Field(String),
}

impl SavedPage {
    /// Reads a page.
    pub fn read(html: &str) -> Self {
        let mut page = Self::default();
        let mut reader = Reader { page: &mut page, part: Part::Other, words: String::new(), depth: 0, left_out: 0 };
        for piece in html.split('<').skip(1) {
            if let Some((tag, words)) = piece.split_once('>') {
                reader.read(tag, words);
            }
        }
        page
    }

    /// Whether the State, date and section that `here`, a page of the site, shows stand on this one in the same words.
    /// What this one adds in brackets, as it is printed in the source, is not compared where `here` has none.
    pub fn has_fields_of(&self, here: &Self) -> bool {
        let is_same = |(field, words): (&String, &String)| {
            let rest = self.fields.get(field).and_then(|shown| shown.strip_prefix(words));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
        };
        // The page of an earlier wording has no date where only the words of the text give one.
        let is_known = |field: &String| field == "date" || here.fields.contains_key(field);
        self.language == here.language && here.fields.iter().all(is_same) && self.fields.keys().all(is_known)
    }
}

struct Reader<'p> {
    page: &'p mut SavedPage,
    part: Part,
    words: String,
    /// How many `<div>` are open within the part.
    depth: usize,
    /// How many elements are open that are left out of the part.
    left_out: usize,
}

impl Reader<'_> {
    /// Takes a tag with the words after it.
    fn read(&mut self, tag: &str, words: &str) {
        let (start, is_end) = tag.strip_prefix('/').map_or((tag, false), |tag| (tag, true));
        let name = start.split_ascii_whitespace().next().unwrap_or_default();
        match (name, is_end) {
            ("html", false) => self.page.language = attribute(tag, "lang").unwrap_or_default().into_owned(),
            ("div", false) => self.begin_div(tag),
            ("div", true) => self.end_div(),
            _ if self.is_left_out(name) => {
                self.left_out = if is_end { self.left_out.saturating_sub(1) } else { self.left_out + 1 };
            }
            _ => {}
        }
        if name == "code" && !is_end && !words.trim().is_empty() {
            self.page.codes.push(resolve_references(words.trim()).into_owned());
        }
        if self.left_out == 0 && !matches!(self.part, Part::Other) {
            self.words.push_str(words);
        }
    }

    fn is_left_out(&self, name: &str) -> bool {
        match self.part {
            Part::Other => false,
            Part::Text => name == "sup",
            Part::Field(_) => matches!(name, "small" | "code"),
        }
    }

    fn begin_div(&mut self, tag: &str) {
        if !matches!(self.part, Part::Other) {
            self.depth += 1;
            self.left_out += 1;
        } else if let Some(field) = attribute(tag, "data-field") {
            self.part = Part::Field(field.into_owned());
        } else if attribute(tag, "class").is_some_and(|class| class == "record-text") && self.page.text.is_none() {
            self.part = Part::Text;
        }
    }

    fn end_div(&mut self) {
        if self.depth > 0 {
            self.depth -= 1;
            self.left_out = self.left_out.saturating_sub(1);
            return;
        }
        let words = printed(&resolve_references(&std::mem::take(&mut self.words)));
        match std::mem::replace(&mut self.part, Part::Other) {
            Part::Other => {}
            Part::Text => self.page.text = Some(words),
            Part::Field(field) => drop(self.page.fields.entry(field).or_insert(words)),
        }
        self.left_out = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shows_its_record() {
        let html = "<html lang=en><h1><code>a-1</code></h1><div class=record-text><div class=translation lang=en>\
                    <p>no</div><p lang=zh>a &amp; <a href=x>b</a><sup id=y><a>1</a></sup></p><ul><li>c</li></ul></div>\
                    <div data-field=\"date\"><dt>Date<dd>May 2009 (printed: 5/09) <code>2009-05</code><small>!</small>\
                    </div><p>d";
        let page = SavedPage::read(html);
        assert_eq!(page.language, "en");
        assert_eq!(page.codes, ["a-1", "2009-05"]);
        assert_eq!(page.text.as_deref(), Some("a&bc"));
        assert_eq!(page.fields, BTreeMap::from([("date".to_owned(), "DateMay2009(printed:5/09)".to_owned())]));
    }

    #[test]
    fn a_page_that_breaks_off_shows_no_record() {
        assert_eq!(SavedPage::read("<div class=record-text><p>x").text, None);
    }
}
