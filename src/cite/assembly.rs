//! Citations of many things, put together from the words that they share: most records of a report are cited in words
//! that differ in their place in the report alone.
//!
//! Invariant: the pieces of a text give it back, character by character.

use super::citable::{Citable, CitableKind, Pinpoint};
use super::format::{Format, bibliography};
use super::style::{Style, cite};
use super::template::Face;
use super::words::words;
use crate::config::Localized;
use hashbrown::HashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// The languages in which styles name a place in a document.
const LANGUAGES: [&str; 2] = ["en", "zh"];

/// What stands for the own words of a record while its form is made: private characters, which no report has.
const STAND_IN: &str = "\u{e000}";

/// The citations of many things in every style, and their entries for reference managers in every format.
#[derive(Debug, Default, Serialize)]
pub struct Assembly {
    /// Key, name and language of each style.
    styles: Vec<(&'static str, &'static str, &'static str)>,
    /// Name, ending and media type of each format.
    formats: Vec<(&'static str, &'static str, &'static str)>,
    /// What things share: words, words in italics, or the form of the day of access.
    shared: Vec<Shared>,
    /// The forms that things have: a thing's citation in each style, then its entry in each format. A piece is the number
    /// of shared words, or below zero of the thing's own: -1 is the first. Records of a report mostly have one form.
    forms: Vec<Form>,
    /// The things by key.
    items: BTreeMap<String, Assembled>,
    #[serde(skip)]
    numbers: HashMap<Shared, i64>,
    #[serde(skip)]
    form_numbers: HashMap<Form, usize>,
}

/// The pieces of each text of a thing.
type Form = Vec<Vec<i64>>;

/// Words that things share.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
enum Shared {
    Words(String),
    Italic { italic: String },
    Accessed { accessed: String },
}

/// One thing.
#[derive(Debug, Serialize)]
struct Assembled {
    /// What tells it from others: its key, its place in the document or its number.
    own: Vec<String>,
    /// The number of its form.
    form: usize,
}

impl Assembly {
    /// Of `items`, with their entries in `language`.
    #[must_use]
    pub fn of(items: &[Citable], language: &str) -> Self {
        let styles = Style::all().map(|style| (style.key(), style.name(), style.language())).collect();
        let formats = Format::ALL.into_iter().map(|format| (format.name(), format.extension(), format.media_type()));
        let mut assembly = Self { styles, formats: formats.collect(), ..Self::default() };
        // Neighbours in a report mostly have one form, and a form takes ten texts.
        let mut last: Option<(Citable, usize)> = None;
        for item in items {
            let general = general(item);
            let form = match &last {
                Some((known, form)) if *known == general => *form,
                _ => assembly.form_of(&general, language),
            };
            assembly.items.insert(item.key.clone(), Assembled { own: own_words(item), form });
            last = Some((general, form));
        }
        assembly
    }

    /// The form of `item`.
    fn form_of(&mut self, item: &Citable, language: &str) -> usize {
        let own = own_words(item);
        let cited = Style::all().map(|style| {
            let runs = cite(item, style, None).runs.into_iter();
            runs.flat_map(|run| match run.face {
                Face::Roman => self.pieces(&run.text, &own),
                Face::Italic => vec![self.number(Shared::Italic { italic: run.text })],
                Face::Accessed => vec![self.number(Shared::Accessed { accessed: run.text })],
            })
            .collect()
        });
        let mut texts: Vec<Vec<i64>> = cited.collect();
        for format in Format::ALL {
            texts.push(self.pieces(&bibliography(std::slice::from_ref(item), format, Some(language)), &own));
        }
        self.form(texts)
    }

    /// `text` in pieces: what is between the thing's own words is shared.
    fn pieces(&mut self, text: &str, own: &[String]) -> Vec<i64> {
        let mut pieces = Vec::new();
        let mut rest = text;
        let first = |rest: &str| {
            let found = own
                .iter()
                .zip(1..)
                .filter_map(|(words, number)| Some((rest.find(words.as_str())?, number, words.len())));
            found.min()
        };
        while let Some((start, number, length)) = first(rest) {
            if start > 0 {
                pieces.push(self.number(Shared::Words(rest[..start].to_owned())));
            }
            pieces.push(-number);
            rest = &rest[start + length..];
        }
        if !rest.is_empty() {
            pieces.push(self.number(Shared::Words(rest.to_owned())));
        }
        pieces
    }

    fn form(&mut self, texts: Form) -> usize {
        if let Some(number) = self.form_numbers.get(&texts) {
            return *number;
        }
        let number = self.forms.len();
        self.forms.push(texts.clone());
        self.form_numbers.insert(texts, number);
        number
    }

    fn number(&mut self, shared: Shared) -> i64 {
        if let Some(number) = self.numbers.get(&shared) {
            return *number;
        }
        let number = self.shared.len() as i64;
        self.shared.push(shared.clone());
        self.numbers.insert(shared, number);
        number
    }
}

/// What tells `item` from others: its place in the document in each language, its key, a resolution's numbers.
fn own_words(item: &Citable) -> Vec<String> {
    let place = |language| item.pinpoint.as_ref().map(|pinpoint| words(language).place(pinpoint, language));
    let numbers = [&item.symbol, &item.number].into_iter().filter(|_| item.kind == CitableKind::Resolution);
    let numbers = numbers.flatten().cloned();
    LANGUAGES.into_iter().filter_map(place).chain([item.key.clone()]).chain(numbers).collect()
}

/// `item` with stand-ins for its key and place, if it is a row: equal for all that have one form. Of paragraphs styles
/// have words of their own.
fn general(item: &Citable) -> Citable {
    let Some(pinpoint) = item.pinpoint.as_ref().filter(|pinpoint| pinpoint.paragraph.is_none()) else {
        return item.clone();
    };
    let place = Pinpoint { record: Some(STAND_IN.to_owned()), pages: pinpoint.pages, ..Pinpoint::default() };
    Citable {
        key: STAND_IN.to_owned(),
        url: item.url.as_ref().map(|url| url.replace(&item.key, STAND_IN)),
        pinpoint: Some(place),
        addresses: Localized::default(),
        ..item.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::{Author, Cited, Pinpoint, Title};
    use crate::config::Localized;

    fn record(key: &str, row: &str) -> Citable {
        Citable {
            key: key.to_owned(),
            kind: CitableKind::Record,
            author: Author::default(),
            title: Title { by_language: Localized::from([("en".to_owned(), "A report".to_owned())]), original: None },
            pinpoint: Some(Pinpoint { row: Some(row.to_owned()), ..Pinpoint::default() }),
            symbol: None,
            number: None,
            date: None,
            session: Some(64),
            agenda_item: None,
            period: None,
            archive: Localized::default(),
            url: Some(format!("https://example.org/records/{key}/")),
            addresses: Localized::default(),
            edition: None,
            language: "en".to_owned(),
            languages: Vec::new(),
        }
    }

    #[test]
    fn pieces_give_each_text_back_and_records_share_all_but_their_own_words() {
        let items: Vec<Citable> = (1..=9).map(|row| record(&format!("a-1-{row}"), &row.to_string())).collect();
        let assembly = Assembly::of(&items, "en");
        let written = |item: &Assembled, text: &[i64]| -> String {
            let piece = |number: &i64| match usize::try_from(*number) {
                Ok(number) => match &assembly.shared[number] {
                    Shared::Words(words) | Shared::Italic { italic: words } => words.clone(),
                    Shared::Accessed { .. } => String::new(),
                },
                Err(_) => item.own[usize::try_from(-number - 1).unwrap()].clone(),
            };
            text.iter().map(piece).collect()
        };
        for item in &items {
            let assembled = &assembly.items[&item.key];
            let cited = Style::all().map(|style| cite(item, style, None)).map(|cited: Cited| cited.to_string());
            let entries =
                Format::ALL.into_iter().map(|format| bibliography(std::slice::from_ref(item), format, Some("en")));
            let expected: Vec<String> = cited.chain(entries).collect();
            let found: Vec<String> =
                assembly.forms[assembled.form].iter().map(|text| written(assembled, text)).collect();
            assert_eq!(found, expected);
        }
        let alone = Assembly::of(&items[..1], "en");
        assert_eq!((alone.shared, alone.forms), (assembly.shared, assembly.forms));
    }
}
