//! Templates of citations: `{field}`, `‹optional›`, `*italic*`.
//!
//! Input: a template and the fields' values. Output: [`Cited`]. Invariant: no character of a value is read as markup.

use std::fmt;

/// A part of a citation in one face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether the style sets them in italics.
    pub is_italic: bool,
}

/// A citation in words. As text ([`fmt::Display`]) it loses the italics.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cited {
    /// Its parts, in order.
    pub runs: Vec<Run>,
}

impl Cited {
    fn push(&mut self, text: &str, is_italic: bool) {
        match self.runs.last_mut() {
            Some(run) if run.is_italic == is_italic => run.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.runs.push(Run { text: text.to_owned(), is_italic }),
        }
    }

    fn append(&mut self, other: &Self) {
        for run in &other.runs {
            self.push(&run.text, run.is_italic);
        }
    }
}

impl fmt::Display for Cited {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.runs.iter().try_for_each(|run| formatter.write_str(&run.text))
    }
}

/// `template` with its fields filled in; `value` gives a field, or none if it is not known.
pub(super) fn fill(template: &str, value: &dyn Fn(&str) -> Option<String>) -> Cited {
    let mut cited = Cited::default();
    for (part, is_optional) in parts(template) {
        let (filled, is_known) = fill_part(part, value);
        if is_known || !is_optional {
            cited.append(&filled);
        }
    }
    cited
}

/// The parts outside and inside `‹…›`, in turn.
fn parts(template: &str) -> impl Iterator<Item = (&str, bool)> {
    template.split('‹').enumerate().flat_map(|(position, piece)| {
        let (inside, outside) =
            if position == 0 { ("", piece) } else { piece.split_once('›').unwrap_or((piece, "")) };
        [(inside, true), (outside, false)]
    })
}

/// A part filled in, and whether all its fields are known.
fn fill_part(part: &str, value: &dyn Fn(&str) -> Option<String>) -> (Cited, bool) {
    let (mut cited, mut is_known) = (Cited::default(), true);
    for (position, face) in part.split('*').enumerate() {
        let is_italic = position % 2 == 1;
        for (number, piece) in face.split(['{', '}']).enumerate() {
            let found = if number % 2 == 1 { value(piece) } else { Some(piece.to_owned()) };
            is_known &= found.is_some();
            cited.push(&found.unwrap_or_default(), is_italic);
        }
    }
    (cited, is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_parts_go_with_their_fields_and_values_are_no_markup() {
        let value = |field: &str| match field {
            "title" => Some("A *b* {c} ‹d›".to_owned()),
            _ => None,
        };
        let cited = fill("x *{title}*‹, {unknown}›.", &value);
        assert_eq!(cited.to_string(), "x A *b* {c} ‹d›.");
        assert_eq!(cited.runs.iter().map(|run| run.is_italic).collect::<Vec<_>>(), [false, true, false]);
    }
}
