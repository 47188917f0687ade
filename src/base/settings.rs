//! TOML files: text → a value of any type, or a diagnostic at the offending bytes.
//!
//! Input: a path for people and the file's text. Output: the value. Invariant: an unknown key is an
//! error that lists the known ones.

use super::code;
use super::diagnostic::{Diagnostic, Place};
use super::span::Span;
use super::suggestion;
use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

/// Reads `text` as TOML.
///
/// # Errors
/// With one diagnostic, for the first fault only: TOML tells no more.
pub fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Box<Diagnostic>> {
    // U+FEFF at the start is a byte order mark, which TOML 1.1 § Spec tells readers to pass over.
    toml::from_str(text).map_err(|error| Box::new(explain(path, text, &error)))
}

/// What stands in `text`, a data file that is built into the program.
///
/// # Panics
/// If the file is broken.
#[must_use]
pub fn built_in<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("a data file of the program is broken: {error}"))
}

/// A place in `text`: the value that stands at `keys`, or the start of the file if there is none.
///
/// A key that is a number counts the items of a list from 0.
#[must_use]
pub fn place(path: &str, text: &str, keys: &[&str]) -> Place {
    let span = span_at(text, keys).unwrap_or_default();
    Place::InText { path: path.to_owned(), text: text.into(), span }
}

fn span_at(text: &str, keys: &[&str]) -> Option<Span> {
    let (table, _) = DeTable::parse_recoverable(text);
    let (first, rest) = keys.split_first()?;
    let (_, found) = table.get_ref().iter().find(|(key, _)| key.get_ref() == first)?;
    let mut span = found.span();
    let mut value = found.get_ref();
    for key in rest {
        let next = child(value, key)?;
        span = next.span();
        value = next.get_ref();
    }
    Some(Span::new(span.start, span.end))
}

fn child<'a, 'text>(value: &'a DeValue<'text>, key: &str) -> Option<&'a toml::Spanned<DeValue<'text>>> {
    match value {
        DeValue::Array(_) => value.get(key.parse::<usize>().ok()?),
        _ => value.get(key),
    }
}

fn explain(path: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let span = widen(text, Span::new(range.start, range.end));
    let place = Place::InText { path: path.to_owned(), text: text.into(), span };
    let message = error.message().trim_end_matches('.');
    if let Some((key, known)) = unknown_key(message) {
        let hint = suggestion::hint(key, &known, "keys");
        return Diagnostic::error(code::UNKNOWN_KEY, format!("unknown key `{key}`")).at(place).hint(hint);
    }
    let is_well_formed = DeTable::parse(text).is_ok();
    let code = if is_well_formed { code::WRONG_VALUE } else { code::TOML_SYNTAX };
    let hint = match message.strip_prefix("missing field ") {
        Some(key) => format!("add {key} where the mark stands"),
        None if is_well_formed => "write the value in the form that is expected".to_owned(),
        None => {
            "a value is text in quotation marks, a number, `true`, `false`, a list or a table: see toml.io".to_owned()
        }
    };
    let message = message.lines().collect::<Vec<_>>().join("; ").replace("missing field", "missing key");
    // Serde names what TOML calls a list and a table by its own words.
    let message = message.replace("a sequence", "a list").replace("a map", "a table");
    Diagnostic::error(code, message).at(place).hint(hint)
}

/// The words between backticks of serde's message ``unknown field `a`, expected one of `b`, `c` ``.
fn unknown_key(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message.strip_prefix("unknown field ")?;
    let mut words = rest.split('`').skip(1).step_by(2);
    Some((words.next()?, words.collect()))
}

/// A key that is missing is reported at the whole table; its first line is enough to find it.
fn widen(text: &str, span: Span) -> Span {
    let inside = text.get(span.start..span.end).unwrap_or("");
    let first_line = inside.split_once('\n').map_or(inside, |(first, _)| first).trim_end();
    if inside.trim_end().contains('\n') { Span::new(span.start, span.start + first_line.len()) } else { span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Sample {
        title: String,
        items: Vec<String>,
    }

    fn fault(text: &str) -> Diagnostic {
        *parse::<Sample>("sample.toml", text).unwrap_err()
    }

    fn marked(text: &str, diagnostic: &Diagnostic) -> String {
        match &diagnostic.place {
            Some(Place::InText { span, .. }) => text[span.start..span.end].to_owned(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn unknown_key_lists_the_known_and_points_at_the_key() {
        let text = "titel = \"x\"\nitems = []\n";
        let found = fault(text);
        assert_eq!((found.code, marked(text, &found).as_str()), (code::UNKNOWN_KEY, "titel"));
        assert_eq!(found.hint.as_deref(), Some("did you mean `title`? known keys: `title`, `items`"));
    }

    #[test]
    fn wrong_type_and_broken_syntax_are_told_apart() {
        assert_eq!(fault("title = 3\nitems = []\n").code, code::WRONG_VALUE);
        assert_eq!(fault("title = \nitems = []\n").code, code::TOML_SYNTAX);
        assert_eq!(fault("title = \"x\"\n").message, "missing key `items`");
    }

    #[test]
    fn finds_a_value_inside_a_list() {
        let text = "title = \"x\"\nitems = [\"a\", \"b\"]\n";
        assert_eq!(span_at(text, &["items", "1"]), Some(Span::new(26, 29)));
        assert_eq!(&text[26..29], "\"b\"");
    }
}
