//! Notebooks (nbformat 4): the Markdown cells, each by itself; code, output and metadata stay as they are.

use super::markdown;
use super::view::{Run, View};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::ops::Range;

#[derive(Deserialize)]
struct Notebook<'a> {
    #[serde(borrow)]
    cells: Vec<Cell<'a>>,
}

#[derive(Deserialize)]
struct Cell<'a> {
    cell_type: String,
    #[serde(borrow)]
    source: Option<&'a RawValue>,
}

/// The words of a notebook's Markdown.
///
/// # Errors
/// If `text` is no notebook of that form.
pub(super) fn view(text: &str) -> Result<View, serde_json::Error> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let notebook: Notebook<'_> = serde_json::from_str(&text[start..])?;
    let mut view = View::default();
    for source in notebook.cells.iter().filter(|cell| cell.cell_type == "markdown").filter_map(|cell| cell.source) {
        let cell = Words::of(text, source)?;
        view.append(markdown::view(&cell.text), |run| cell.runs(run));
        view.put("\n\n");
    }
    Ok(view)
}

/// The text of a cell, with the place of each of its characters in the notebook.
struct Words {
    text: String,
    characters: Vec<Character>,
}

struct Character {
    shown: Range<usize>,
    source: Range<usize>,
}

impl Words {
    /// The text of `source`, a string or a list of strings in the notebook `whole`.
    fn of(whole: &str, source: &RawValue) -> Result<Self, serde_json::Error> {
        let mut words = Self { text: String::new(), characters: Vec::new() };
        let strings: Vec<&RawValue> =
            if source.get().starts_with('[') { serde_json::from_str(source.get())? } else { vec![source] };
        for string in strings {
            let start = string.get().as_ptr().addr() - whole.as_ptr().addr();
            words.read(string.get(), start)?;
        }
        Ok(words)
    }

    /// Reads the string `literal`, which stands at `start`.
    fn read(&mut self, literal: &str, start: usize) -> Result<(), serde_json::Error> {
        let string: String = serde_json::from_str(literal)?;
        let mut end = '"'.len_utf8();
        for character in string.chars() {
            let begin = end;
            end += length(&literal[begin..], character);
            let shown = self.text.len()..self.text.len() + character.len_utf8();
            self.characters.push(Character { shown, source: start + begin..start + end });
            self.text.push(character);
        }
        Ok(())
    }

    /// A run of words of the text as runs of the notebook, a character each, as escapes are longer than what they say.
    fn runs(&self, run: &Run) -> Vec<Run> {
        let at = |byte: usize| self.characters.partition_point(|character| character.shown.start < byte);
        let characters = &self.characters[at(run.source.start)..at(run.source.end)];
        let (Some(first), Some(last)) = (characters.first(), characters.last()) else { return Vec::new() };
        if run.shown.len() != run.source.len() {
            let source = first.source.start..last.source.end;
            return vec![Run { source, ..run.clone() }];
        }
        let shown = |range: &Range<usize>| {
            let start = run.shown.start + (range.start - run.source.start);
            start..start + range.len()
        };
        let piece = |character: &Character| Run {
            shown: shown(&character.shown),
            source: character.source.clone(),
            is_open: run.is_open,
        };
        characters.iter().map(piece).collect()
    }
}

/// How many bytes `character` takes at the beginning of `rest`, the rest of a literal.
fn length(rest: &str, character: char) -> usize {
    match rest.as_bytes() {
        // Two units of UTF-16, each written as `\uXXXX`.
        [b'\\', b'u', ..] if character.len_utf16() == 2 => 12,
        [b'\\', b'u', ..] => 6,
        [b'\\', ..] => 2,
        _ => character.len_utf8(),
    }
}

/// A Markdown link around words as the notebook has them; none if they cannot stand in one.
pub(super) fn link(words: &str, url: &str) -> Option<String> {
    let plain: String = serde_json::from_str(&format!("\"{words}\"")).ok()?;
    let link = markdown::link(&plain, url)?;
    Some(format!("[{words}{}", link.get(1 + plain.len()..)?))
}
