//! The label that word processors print once more in front of a footnote's text.

use super::document::Text;
use super::raised;

/// Takes `label`, printed at the start of `text`, and the blanks behind it away. No character of a note is raised then.
pub(super) fn remove(text: &mut Text, label: &str) {
    *text = raised::plain(text);
    let printed = text.as_str().trim_start();
    let blanks = text.as_str().len() - printed.len();
    let length = label_length(printed, label).unwrap_or(0);
    text.remove_start(blanks + length);
}

/// The bytes that `label` takes at the start of `printed`, with brackets and a stop around it. A letter or digit is a
/// label only if a blank follows.
fn label_length(printed: &str, label: &str) -> Option<usize> {
    let inner = printed.trim_start_matches(['(', '[']);
    let rest = inner.strip_prefix(label)?;
    let behind = rest.trim_start_matches([')', ']', '.', '/']);
    let is_word = label.chars().next_back().is_some_and(char::is_alphanumeric);
    let ends = behind.chars().next().is_none_or(char::is_whitespace);
    if is_word && !ends {
        return None;
    }
    let is_bracketed = inner.len() < printed.len() || is_word;
    Some(printed.len() - if is_bracketed { behind.len() } else { rest.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_before_its_note_is_taken_away() {
        let cases = [
            ("* A/68/150.", "*", "A/68/150."),
            ("*A/68/150.", "*", "A/68/150."),
            ("1 See A/1.", "1", "See A/1."),
            (" 1. See A/1.", "1", "See A/1."),
            ("(a) See A/1.", "a", "See A/1."),
            ("a/ See A/1.", "a", "See A/1."),
            ("a", "a", ""),
            ("another", "a", "another"),
            ("12 States", "1", "12 States"),
            ("See A/1.", "1", "See A/1."),
            ("** x", "*", "* x"),
        ];
        for (printed, label, expected) in cases {
            let mut text = Text::new(printed);
            remove(&mut text, label);
            assert_eq!(text.as_str(), expected, "{printed}");
        }
    }
}
