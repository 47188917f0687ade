//! HTML: words told from markup in one pass over the source, so that all that is no citation stays byte for byte.

use super::address::encoded;
use super::generator::call_end;
use super::view::{OBJECT, View};

/// Elements whose words are read but not linked: links, what stands for code, and what is no running text.
const CLOSED: [&str; 17] = [
    "a", "button", "code", "head", "kbd", "label", "math", "noscript", "object", "option", "pre", "samp", "script",
    "style", "svg", "template", "textarea",
];

/// Elements whose content is no markup (HTML standard § 13.1.2, and those that browsers still read so).
const RAW_TEXT: [&str; 8] = ["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];

/// Elements that stand inside a sentence (HTML standard § 4.5, 4.7); all others part one from the next.
const PHRASING: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
    "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Names of characters that citations are printed with (HTML standard § 13.5).
const CHARACTERS: [(&str, &str); 16] = [
    ("amp", "&"),
    ("apos", "'"),
    ("emsp", "\u{2003}"),
    ("ensp", "\u{2002}"),
    ("gt", ">"),
    ("hyphen", "\u{2010}"),
    ("ldquo", "“"),
    ("lpar", "("),
    ("lt", "<"),
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("quot", "\""),
    ("rdquo", "”"),
    ("rpar", ")"),
    ("sol", "/"),
    ("thinsp", "\u{2009}"),
];

/// The words of an HTML text.
pub(super) fn view(text: &str) -> View {
    let mut reader = Reader { text, view: View::default(), closed: Vec::new() };
    reader.read();
    reader.view
}

/// Whether links may be made inside an element.
pub(super) fn is_closed(element: &str) -> bool {
    CLOSED.contains(&element)
}

struct Reader<'a> {
    text: &'a str,
    view: View,
    /// The closed elements that are open.
    closed: Vec<String>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut position = 0;
        while let Some(rest) = self.text.get(position..).filter(|rest| !rest.is_empty()) {
            let length = rest.find(['<', '&', '{']).unwrap_or(rest.len());
            self.view.show(self.text, position..position + length, self.closed.is_empty());
            position += length;
            let rest = &rest[length..];
            position += match rest.as_bytes() {
                [] => 0,
                [b'&', ..] => self.read_character(rest, position),
                [b'{', ..] => self.read_brace(rest, position),
                _ => self.read_markup(rest, position),
            };
        }
    }

    /// Reads the call of a site generator that `rest` may begin with; gives its length.
    fn read_brace(&mut self, rest: &str, position: usize) -> usize {
        if let Some(length) = call_end(rest, 0) {
            self.view.put(OBJECT);
            return length;
        }
        self.view.show(self.text, position..position + 1, self.closed.is_empty());
        1
    }

    /// Reads the reference to a character that `rest` may begin with; gives its length.
    fn read_character(&mut self, rest: &str, position: usize) -> usize {
        let (length, words) = character(rest).unwrap_or((1, "&".to_owned()));
        self.view.show_as(&words, position..position + length, self.closed.is_empty());
        length
    }

    /// Reads the tag or comment that `rest` may begin with; gives its length.
    fn read_markup(&mut self, rest: &str, position: usize) -> usize {
        let inside = &rest[1..];
        if let Some(comment) = inside.strip_prefix("!--") {
            return comment.find("-->").map_or(rest.len(), |end| end + "<!---->".len());
        }
        if inside.starts_with(['!', '?']) {
            return inside.find('>').map_or(rest.len(), |end| end + 2);
        }
        let is_end = inside.starts_with('/');
        let name = element(inside.trim_start_matches('/'));
        if name.is_empty() {
            self.view.show(self.text, position..position + 1, self.closed.is_empty());
            return 1;
        }
        let length = tag_length(rest);
        let is_whole = rest.get(..length).is_some_and(|tag| tag.ends_with("/>"));
        self.part(&name);
        if is_end {
            self.close(&name);
        } else if RAW_TEXT.contains(&name.as_str()) {
            self.view.put(OBJECT);
            return length + raw_length(&rest[length..], &name);
        } else if !is_whole {
            self.open(name);
        }
        length
    }

    /// Parts the words before an element from those in it and behind it, as far as it does.
    fn part(&mut self, name: &str) {
        if name == "br" {
            self.view.put("\n");
        } else if !PHRASING.contains(&name) {
            self.view.put("\n\n");
        }
    }

    fn open(&mut self, name: String) {
        // A head ends where the body begins, and a link where the next does, closed or not.
        if name == "body" {
            self.closed.clear();
        }
        if is_closed(&name) && !(name == "a" && self.closed.contains(&name)) {
            self.closed.push(name);
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(position) = self.closed.iter().rposition(|open| open == name) {
            self.closed.truncate(position);
        }
    }
}

/// The name of the element whose tag goes on with `inside`, in small letters; empty if it is no tag.
pub(super) fn element(inside: &str) -> String {
    let is_name = inside.starts_with(|character: char| character.is_ascii_alphabetic());
    let length = inside.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(inside.len());
    if is_name { inside[..length].to_ascii_lowercase() } else { String::new() }
}

/// The length of the tag that `rest` begins with; a `>` in a quoted attribute does not end it.
fn tag_length(rest: &str) -> usize {
    let mut quote = None;
    for (offset, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return offset + 1,
            (None, _) => {}
        }
    }
    rest.len()
}

/// The length of the raw text before the end of the element `name`.
fn raw_length(rest: &str, name: &str) -> usize {
    let is_end = |(offset, _): &(usize, &str)| element(&rest[offset + 2..]) == name;
    rest.match_indices("</").find(is_end).map_or(rest.len(), |(offset, _)| offset)
}

/// The length of the reference to a character at the beginning of `rest`, and the character.
fn character(rest: &str) -> Option<(usize, String)> {
    const LONGEST: usize = 10;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = rest.get(1..end)?;
    let words = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?.to_string()
        }
        // Whatever it is, a citation does not go on over it.
        None => CHARACTERS.iter().find(|(known, _)| *known == name).map_or(OBJECT, |(_, words)| words).to_owned(),
    };
    Some((end + 1, words))
}

/// `<a href="url">words</a>`; none where the words hold markup.
pub(super) fn link(words: &str, url: &str) -> Option<String> {
    let url = encoded(url).replace('&', "&amp;");
    (!words.contains(['<', '>'])).then(|| format!("<a href=\"{url}\">{words}</a>"))
}
