//! Templates of citations: `{field}`, `‹optional›`, `*italic*`, and `{accessed}` for the reader's day.
//!
//! Input: a template and the fields' values. Output: [`Cited`]. Invariant: no character of a value is read as markup.

use std::fmt;

/// How a part of a citation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// As it is.
    Roman,
    /// In italics.
    Italic,
    /// Not at all, until a reader copies the citation and thereby names the day: a form with `{date}` or `{iso}`.
    Accessed,
}

/// A part of a citation in one face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// How they stand.
    pub face: Face,
}

/// A citation in words. As text ([`fmt::Display`]) it loses the italics, and the
/// place of the day of access.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cited {
    /// Its parts, in order.
    pub runs: Vec<Run>,
}

impl Cited {
    fn push(&mut self, text: &str, face: Face) {
        match self.runs.last_mut() {
            Some(run) if run.face == face => run.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.runs.push(Run { text: text.to_owned(), face }),
        }
    }

    fn append(&mut self, other: &Self) {
        for run in &other.runs {
            self.push(&run.text, run.face);
        }
    }
}

impl fmt::Display for Cited {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printed = self.runs.iter().filter(|run| run.face != Face::Accessed);
        printed.try_for_each(|run| formatter.write_str(&run.text))
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
    for (position, stretch) in part.split('*').enumerate() {
        let own = if position % 2 == 1 { Face::Italic } else { Face::Roman };
        for (number, piece) in stretch.split(['{', '}']).enumerate() {
            let is_field = number % 2 == 1;
            let found = if is_field { value(piece) } else { Some(piece.to_owned()) };
            is_known &= found.is_some();
            let face = if is_field && piece == "accessed" { Face::Accessed } else { own };
            cited.push(&found.unwrap_or_default(), face);
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
        let faces: Vec<Face> = cited.runs.iter().map(|run| run.face).collect();
        assert_eq!(faces, [Face::Roman, Face::Italic, Face::Roman]);
    }

    #[test]
    fn the_day_of_access_is_left_to_the_reader() {
        let cited = fill("a{accessed}.", &|_| Some("[{iso}]".to_owned()));
        assert_eq!(cited.to_string(), "a.");
        assert_eq!(cited.runs[1], Run { text: "[{iso}]".to_owned(), face: Face::Accessed });
    }
}
