//! What an AKN4UN document says of itself.
//!
//! Input: every element and text node. Output: [`Metadata`], the job number as furniture, and what `meta` holds beside
//! the text.

use crate::base::printed::on_one_line;
use crate::extract::document::{Block, LeftOut, Metadata, Text, Voted};
use crate::extract::xml::{Element, Event};
use std::collections::{BTreeMap, HashSet};

/// What is read of a document while its elements go by.
#[derive(Default)]
pub(super) struct Meta {
    found: Metadata,
    /// Every job number, each once.
    job_numbers: Vec<String>,
    /// The numbers in `job_numbers`.
    numbered: HashSet<String>,
    /// The symbols in [`Metadata::citations`].
    cited: HashSet<String>,
    /// Names of what `references` declares, by its id.
    names: BTreeMap<String, String>,
    /// How those voted whose names come next.
    voted: Option<Voted>,
    /// Text beside the document, by what it is.
    beside: BTreeMap<&'static str, String>,
    /// Elements open in `meta`, it included; zero outside.
    depth: usize,
    /// Inside `FRBRWork` or `FRBRExpression`: which of the two.
    level: Option<Level>,
    /// The element whose text is a value: the value's name, and how many elements are open in it.
    value: Option<(Value, String, usize)>,
}

/// A value that is the text of an element.
#[derive(Clone, Copy)]
enum Value {
    Symbol,
    Title,
    JobNumber,
    Voter(Voted),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Work,
    Expression,
    Manifestation,
}

/// What is beside the text of a document in its votes.
const VOTES: &str = "votes and other text of `meta`";

/// No date: what editors write where none is known.
const NO_DATE: &str = "0001-01-01";

impl Meta {
    /// Whether the last event belongs to `meta`, whose text is no text of the document.
    pub(super) fn is_inside(&self) -> bool {
        self.depth > 0
    }

    /// What comes next in the document.
    pub(super) fn event(&mut self, event: &Event) {
        match event {
            Event::Open(element) => self.open(element),
            Event::Close(_) => self.close(),
            Event::Text(text) => self.text(text),
        }
    }

    fn open(&mut self, element: &Element) {
        let name = element.name.local.as_str();
        if self.depth > 0 || name == "meta" {
            self.depth += 1;
            self.meta(name, element);
        } else {
            self.linked(name, element);
        }
        if let Some((_, _, inner)) = &mut self.value {
            *inner += 1;
        } else {
            let voter = || self.voted.filter(|_| self.depth > 0 && name == "organization").map(Value::Voter);
            let value = value_of(name, element, self.depth > 0).or_else(voter);
            self.value = value.map(|value| (value, String::new(), 1));
        }
        let attribute = |key| element.attribute("", key);
        if name == "session" {
            set(&mut self.found.session, attribute("value"));
        }
        if let Some(role) = attribute("refersTo").filter(|_| name == "docProponent") {
            set(&mut self.found.committee, Some(role));
        }
    }

    fn close(&mut self) {
        self.depth -= self.depth.min(1);
        let Some((_, _, inner)) = &mut self.value else { return };
        *inner -= 1;
        if *inner == 0
            && let Some((value, text, _)) = self.value.take()
        {
            let text = on_one_line(&text);
            match value {
                Value::Symbol => set(&mut self.found.symbol, Some(&text)),
                Value::Title => set(&mut self.found.title, Some(&text)),
                Value::Voter(voted) => {
                    self.beside(VOTES, &text);
                    self.found.proceedings.voters.push((voted, text));
                }
                Value::JobNumber => {
                    set(&mut self.found.job_number, Some(&text));
                    if !text.is_empty() && self.numbered.insert(text.clone()) {
                        self.job_numbers.push(text);
                    }
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, value, _)) = &mut self.value {
            value.push_str(text);
        } else if self.depth > 0 {
            self.beside(VOTES, text);
        }
    }

    /// An element inside `meta`.
    fn meta(&mut self, name: &str, element: &Element) {
        let attribute = |key| element.attribute("", key);
        match name {
            "FRBRWork" => self.level = Some(Level::Work),
            "FRBRExpression" => self.level = Some(Level::Expression),
            "FRBRManifestation" => self.level = Some(Level::Manifestation),
            "FRBRdate" if attribute("date") == Some(NO_DATE) => {}
            "FRBRdate" if self.level == Some(Level::Work) => set(&mut self.found.adopted, attribute("date")),
            "FRBRdate" if self.level == Some(Level::Expression) => set(&mut self.found.date, attribute("date")),
            "FRBRauthor" if self.level == Some(Level::Work) => set(&mut self.found.organ, attribute("href")),
            "FRBRlanguage" => set(&mut self.found.language, attribute("language").map(language)),
            "keyword" if attribute("refersTo") == Some("agenda") => {
                set(&mut self.found.agenda_item, attribute("value").map(lettered).as_deref());
            }
            "keyword" => self.beside("keyword", attribute("showAs").unwrap_or_default()),
            "step" => {
                self.step(element);
                for key in ["date", "outcome", "as", "by"] {
                    self.beside("step of the adoption", attribute(key).unwrap_or_default());
                }
            }
            "voting" | "count" | "quorum" => {
                self.vote(name, element);
                for key in ["outcome", "value", "refersTo"] {
                    self.beside(VOTES, attribute(key).unwrap_or_default());
                }
            }
            "img" => self.beside("description of a picture", attribute("alt").unwrap_or_default()),
            _ => {}
        }
        if let (Some(id), Some(shown)) = (attribute("eId"), attribute("showAs")) {
            self.names.insert(id.to_owned(), shown.to_owned());
        }
    }

    /// A step on the way to adoption.
    fn step(&mut self, element: &Element) {
        let attribute = |key| element.attribute("", key);
        let found = &mut self.found.proceedings;
        match attribute("outcome") {
            Some("draftResolution") => {
                set(&mut found.draft, attribute("as"));
                set(&mut found.sponsors, attribute("by"));
            }
            Some("draftResolutionAdditionalSponsors") => set(&mut found.further_sponsors, attribute("by")),
            Some("adopted") => set(&mut found.meeting, attribute("as")),
            _ => {}
        }
    }

    /// Whether a vote was taken, and how those voted who come next.
    fn vote(&mut self, name: &str, element: &Element) {
        let attribute = |key| element.attribute("", key);
        if name == "voting" {
            self.found.proceedings.is_voted = match attribute("outcome") {
                Some("adoptedRecordedVote") => Some(true),
                Some("adoptedWithoutVote") => Some(false),
                _ => None,
            };
        }
        self.voted = match attribute("refersTo").filter(|_| name == "count") {
            Some("inFavour") => Some(Voted::InFavour),
            Some("against") => Some(Voted::Against),
            Some("abstaining") => Some(Voted::Abstained),
            _ => None,
        };
    }

    /// What an editor linked.
    fn linked(&mut self, name: &str, element: &Element) {
        if matches!(name, "a" | "ref" | "mref" | "rref")
            && let Some(symbol) = element.attribute("", "href").and_then(symbol)
            && self.cited.insert(symbol.clone())
        {
            self.found.citations.push(symbol);
        }
    }

    fn beside(&mut self, what: &'static str, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            let all = self.beside.entry(what).or_default();
            if !all.is_empty() {
                all.push_str("; ");
            }
            all.push_str(text);
        }
    }

    /// What the first page carries besides its text, and what is said beside the document.
    pub(super) fn beside_text(&self) -> (Vec<Block>, Vec<LeftOut>) {
        let furniture = self.job_numbers.iter().map(|number| Block::Furniture(Text::new(number))).collect();
        let left_out = self.beside.iter().map(|(what, text)| LeftOut { what, text: text.clone() }).collect();
        (furniture, left_out)
    }

    /// What the document says of itself, with the names of what it refers to.
    pub(super) fn finish(mut self) -> Metadata {
        for value in [&mut self.found.organ, &mut self.found.committee].into_iter().flatten() {
            if let Some(name) = self.names.get(value.trim_start_matches('#')) {
                value.clone_from(name);
            }
        }
        self.found
    }
}

/// Keeps the first value that is said.
fn set(known: &mut Option<String>, value: Option<&str>) {
    let value = value.map(str::trim).filter(|value| !value.is_empty());
    if known.is_none() {
        *known = value.map(str::to_owned);
    }
}

/// The value that an element's text is.
fn value_of(name: &str, element: &Element, is_meta: bool) -> Option<Value> {
    let role = element.attribute("", "refersTo").unwrap_or_default();
    match name {
        "docketNumber" => Some(Value::JobNumber),
        _ if is_meta => None,
        "docNumber" if role == "#symbol" => Some(Value::Symbol),
        "docTitle" if role == "#resolutionTitle" => Some(Value::Title),
        _ => None,
    }
}

/// An agenda item as it is cited: `98(b)` for `98b`.
fn lettered(item: &str) -> String {
    let item = item.trim();
    let digits = item.len() - item.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    match item.split_at(digits) {
        (number, letters)
            if !number.is_empty()
                && !letters.is_empty()
                && letters.bytes().all(|letter| letter.is_ascii_lowercase()) =>
        {
            format!("{number}({letters})")
        }
        _ => item.to_owned(),
    }
}

/// The BCP 47 tag of an ISO 639-2 or 639-3 code; another code as it is.
fn language(code: &str) -> &str {
    match code {
        "ara" => "ar",
        "chi" | "zho" | "cmn" => "zh",
        "eng" => "en",
        "fra" | "fre" => "fr",
        "rus" => "ru",
        "spa" => "es",
        other => other,
    }
}

/// Hosts at which the United Nations publishes documents by their symbol.
const HOSTS: [&str; 3] = ["undocs.org", "docs.un.org", "www.undocs.org"];

/// The symbol of the document at an address: `https://undocs.org/en/A/RES/76/17`, `…/view_doc.asp?symbol=A/RES/76/17`.
fn symbol(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let named = path.to_ascii_lowercase().find("symbol=").map(|at| at + "symbol=".len());
    let found = match named {
        Some(at) => path.get(at..)?.split(['&', '#']).next()?,
        None if HOSTS.contains(&host) => {
            let path = path.split(['?', '#']).next()?;
            let language = path.split_once('/').filter(|(first, _)| first.len() == 2 && *first == first.to_lowercase());
            language.map_or(path, |(_, symbol)| symbol)
        }
        None => return None,
    };
    let plain = decoded(found);
    Some(plain.split_whitespace().collect::<String>()).filter(|symbol| symbol.contains('/'))
}

/// `text` with what is written as `%2F` decoded.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = (*first == b'%').then(|| after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok())).flatten();
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_symbols() {
        let cases = [
            ("https://undocs.org/en/A/RES/76/17", Some("A/RES/76/17")),
            ("https://undocs.org/ch/A/RES/2832(XXVI)", Some("A/RES/2832(XXVI)")),
            ("https://undocs.org/A/43/398", Some("A/43/398")),
            ("https://undocs.org/S/2020/310", Some("S/2020/310")),
            ("https://docs.un.org/A%2FRES%2F60%2F1?x=y", Some("A/RES/60/1")),
            ("https://www.un.org/en/ga/search/view_doc.asp?symbol=S/RES/984%20(1995)&Lang=E", Some("S/RES/984(1995)")),
            ("https://example.org/A/RES/76/17", None),
            ("about:blank", None),
            ("", None),
        ];
        for (address, expected) in cases {
            assert_eq!(symbol(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn agenda_items_have_one_form() {
        let cases = [("93", "93"), ("98b", "98(b)"), ("100aa", "100(aa)"), ("4 (a)", "4 (a)"), ("", "")];
        for (item, expected) in cases {
            assert_eq!(lettered(item), expected);
        }
    }
}
