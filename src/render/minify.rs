//! Templates without the white space and the quotes that nobody reads, but still valid HTML.
//!
//! Minifying every page took 70 % of the time of rendering (5,000 records); what a page adds to its
//! templates is dense already, so each template is minified once when it is loaded.

use minify_html::{Cfg, minify};

/// One template, minified; as it is where it has template code between the attributes of a tag,
/// because the minifier would take that for attributes.
pub(super) fn minify_template(template: &str) -> String {
    if has_code_in_tag(template) {
        return template.to_owned();
    }
    String::from_utf8_lossy(&minify(template.as_bytes(), &configuration())).into_owned()
}

/// Only what the standard allows: closing tags, `html` and `head` stay, because readers of saved pages
/// and validators are happier with them, and the saving is a few bytes.
fn configuration() -> Cfg {
    Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_input_type_text_attr: true,
        preserve_brace_template_syntax: true,
        ..Cfg::new()
    }
}

/// Where in a template the scanner is.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    Tag,
    Value(char),
}

/// Whether template code stands inside a tag, outside the quotes of its attributes.
fn has_code_in_tag(template: &str) -> bool {
    let mut place = Place::Text;
    let mut rest = template;
    while let Some(character) = rest.chars().next() {
        let code = code_length(rest);
        if code > 0 && place == Place::Tag {
            return true;
        }
        place = next_place(place, character, rest).filter(|_| code == 0).unwrap_or(place);
        rest = &rest[code.max(character.len_utf8())..];
    }
    false
}

/// Length of the template code that `rest` begins with.
fn code_length(rest: &str) -> usize {
    let pairs = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
    let end = pairs.iter().find(|(start, _)| rest.starts_with(start)).map(|(_, end)| *end);
    end.map_or(0, |end| rest.find(end).map_or(rest.len(), |at| at + end.len()))
}

fn next_place(place: Place, character: char, rest: &str) -> Option<Place> {
    let starts_tag = || rest.chars().nth(1).is_some_and(|next| next.is_ascii_alphabetic() || next == '/');
    match (place, character) {
        (Place::Text, '<') if starts_tag() => Some(Place::Tag),
        (Place::Tag, '>') => Some(Place::Text),
        (Place::Tag, '"' | '\'') => Some(Place::Value(character)),
        (Place::Value(quote), _) if quote == character => Some(Place::Tag),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_validators_want() {
        let page = "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<title>t</title>\n</head>\n<body>\n<p>a  b</p>\n<pre>x\n  y</pre>\n</body></html>";
        let out =
            "<!doctype html><html lang=zh><head><title>t</title></head><body><p>a b</p><pre>x\n  y</pre></body></html>";
        assert_eq!(minify_template(page), out);
    }

    #[test]
    fn keeps_template_code_and_the_quotes_around_it() {
        let template = "<ul>\n  {% for x in list %}<li id=\"a-{{ x }}\">{{ <link to={x} /> }}</li>{% endfor %}\n</ul>";
        let out = minify_template(template);
        assert!(out.contains("id=\"a-{{ x }}\"") && out.contains("{{ <link to={x} /> }}"), "{out}");
    }

    #[test]
    fn leaves_a_template_alone_that_has_code_between_attributes() {
        let template = "<a {% if x %}lang=\"en\"{% endif %}  href=\"y\">z</a>";
        assert_eq!(minify_template(template), template);
        assert!(!has_code_in_tag("{{ <a b={c} /> }} <i title=\"{{ x }}\">{% if a < b %}{% endif %}</i>"));
    }
}
