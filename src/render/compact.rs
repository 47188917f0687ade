//! Templates without the white space and the quotes that nobody reads, but still valid HTML.
//!
//! Compacting every page took 70 % of the time of rendering (5,000 records); what a page adds to its templates is dense
//! already, so each template is compacted once when it is loaded.
//! `minify-html` did this before, with parsers of CSS and JavaScript that took a third of a first build.

/// Elements beside whose tags white space is not shown, as they start a line or stand in a head or a table
/// (HTML standard, "Rendering").
const BLOCKS: [&str; 43] = [
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "script",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements whose text is taken as it stands.
const VERBATIM: [&str; 4] = ["pre", "script", "style", "textarea"];

/// A stretch of a template.
#[derive(Clone, Copy, PartialEq)]
enum Piece<'a> {
    /// `{{ … }}`, `{% … %}` or `{# … #}`.
    Code(&'a str),
    /// A tag, with the template code in it.
    Tag(&'a str),
    Blank(&'a str),
    Words(&'a str),
}

/// One template, compacted.
pub(super) fn compact(template: &str) -> String {
    let mut compacted = String::with_capacity(template.len());
    let mut verbatim = false;
    let mut before = None;
    let mut pieces = pieces(template).peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Blank(_) if !verbatim => {
                let is_shown = !is_block(before) && !is_block(pieces.peek().copied());
                compacted.push_str(if is_shown { " " } else { "" });
            }
            Piece::Tag(tag) => {
                verbatim = if VERBATIM.contains(&name(tag)) { !tag.starts_with("</") } else { verbatim };
                push_tag(&mut compacted, tag);
            }
            Piece::Code(text) | Piece::Blank(text) | Piece::Words(text) => compacted.push_str(text),
        }
        before = Some(piece);
    }
    compacted
}

fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end_of = |ends: &dyn Fn(char) -> bool| rest.find(ends).unwrap_or(rest.len());
        let (kind, length): (fn(_) -> _, usize) = match (code_length(rest), first) {
            (length @ 1.., _) => (Piece::Code, length),
            _ if starts_tag(rest) => (Piece::Tag, tag_length(rest)),
            _ if first.is_ascii_whitespace() => (Piece::Blank, end_of(&|c| !c.is_ascii_whitespace())),
            // At least the first character, which may be a brace or a bracket that begins neither.
            _ => {
                let tail = &rest[first.len_utf8()..];
                let ends = |c: char| c.is_ascii_whitespace() || c == '<' || c == '{';
                (Piece::Words, first.len_utf8() + tail.find(ends).unwrap_or(tail.len()))
            }
        };
        let (piece, tail) = rest.split_at(length);
        rest = tail;
        Some(kind(piece))
    })
}

/// Length of the template code that `rest` begins with; 0 for none.
fn code_length(rest: &str) -> usize {
    let pairs = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")];
    let end = pairs.iter().find(|(start, _)| rest.starts_with(start)).map(|(_, end)| *end);
    end.map_or(0, |end| rest.find(end).map_or(rest.len(), |at| at + end.len()))
}

fn starts_tag(rest: &str) -> bool {
    let mut characters = rest.strip_prefix('<').unwrap_or_default().chars();
    characters.next().is_some_and(|next| next.is_ascii_alphabetic() || "/!".contains(next))
}

/// Length of the tag that `rest` begins with: up to a `>` that is neither quoted nor in template code.
fn tag_length(rest: &str) -> usize {
    let mut quote = None;
    let mut at = 0;
    while let Some(character) = rest[at..].chars().next() {
        let code = code_length(&rest[at..]);
        match character {
            '>' if quote.is_none() && code == 0 => return at + 1,
            '"' | '\'' if quote.is_none() => quote = Some(character),
            _ if quote == Some(character) => quote = None,
            _ => {}
        }
        at += code.max(character.len_utf8());
    }
    rest.len()
}

/// The name of the element that `tag` starts or ends.
fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())]
}

fn is_block(piece: Option<Piece<'_>>) -> bool {
    matches!(piece, Some(Piece::Tag(tag)) if BLOCKS.contains(&name(tag)))
}

/// `tag` without the quotes around values that are one plain word.
fn push_tag(compacted: &mut String, tag: &str) {
    let mut rest = tag;
    while let Some(character) = rest.chars().next() {
        let code = code_length(rest);
        if let Some((value, tail)) = plain_value(rest) {
            compacted.push('=');
            compacted.push_str(value);
            rest = tail;
        } else {
            let (piece, tail) = rest.split_at(code.max(character.len_utf8()));
            compacted.push_str(piece);
            rest = tail;
        }
    }
}

/// The value that `rest` begins with as `="value"`, if it may stand without its quotes, and what follows.
fn plain_value(rest: &str) -> Option<(&str, &str)> {
    let (value, tail) = rest.strip_prefix("=\"")?.split_once('"')?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:#,".contains(&byte);
    let ends = tail.starts_with(|next: char| next.is_ascii_whitespace() || next == '>' || next == '{');
    (!value.is_empty() && value.bytes().all(is_plain) && ends).then_some((value, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_tag_and_white_space_that_is_shown() {
        let page = "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<title>t</title>\n</head>\n<body>\n<p>a  b\n<b>c</b>\n<i>d</i>\n</p>\n<pre>x\n  y</pre>\n</body></html>\n";
        let out = "<!DOCTYPE html> <html lang=zh><head><title>t</title></head><body><p>a b <b>c</b> <i>d</i></p><pre>x\n  y</pre></body></html>";
        assert_eq!(compact(page), out.replace("> <html", "><html"));
    }

    #[test]
    fn keeps_template_code_and_the_quotes_around_it() {
        let template =
            "<ul>\n  {% for x in list %}<li id=\"a-{{ x }}\">{{ <link to={x} is=\"y\" /> }}</li>{% endfor %}\n</ul>";
        let out = "<ul>{% for x in list %}<li id=\"a-{{ x }}\">{{ <link to={x} is=\"y\" /> }}</li>{% endfor %}</ul>";
        assert_eq!(compact(template), out);
    }

    #[test]
    fn keeps_template_code_between_attributes() {
        let template = "<a {% if x > y %}lang=\"en\"{% endif %} title='a \"b\"' href=\"{{ f(a=\"b\", c=\"d\") }}\" rel=\"next\">z</a>";
        let out =
            "<a {% if x > y %}lang=en{% endif %} title='a \"b\"' href=\"{{ f(a=\"b\", c=\"d\") }}\" rel=next>z</a>";
        assert_eq!(compact(template), out);
    }

    #[test]
    fn leaves_alone_what_is_no_tag_and_no_code() {
        let text = "a < b { c } <br class=\"x\"/> <3 {";
        assert_eq!(compact(text), text);
    }
}
