//! LaTeX, as far as words are told from commands.
//!
//! Left alone: the preamble, comments, verbatim environments and commands, formulas, arguments that are no words
//! (labels, keys, addresses, files), the words of links. Unknown commands are taken to print their arguments.

use super::address::encoded;
use super::view::{OBJECT, View};
use std::collections::VecDeque;
use std::ops::Range;

/// Environments that print their text as it is, or not at all.
const VERBATIM: [&str; 9] =
    ["verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "comment", "filecontents", "alltt", "tikzpicture"];

/// Environments of formulas.
const FORMULAS: [&str; 10] =
    ["equation", "equation*", "align", "align*", "gather", "gather*", "multline", "multline*", "displaymath", "math"];

/// Commands whose arguments are no words, besides all that end in `ref` and all with `cite` in them.
const SILENT: [&str; 30] = [
    "label",
    "url",
    "path",
    "nolinkurl",
    "input",
    "include",
    "includegraphics",
    "bibliography",
    "bibliographystyle",
    "addbibresource",
    "usepackage",
    "documentclass",
    "bibitem",
    "hypersetup",
    "newcommand",
    "renewcommand",
    "providecommand",
    "newenvironment",
    "setlength",
    "vspace",
    "hspace",
    "gls",
    "glspl",
    "Gls",
    "index",
    "graphicspath",
    "lstinputlisting",
    "pdfinfo",
    "hypertarget",
    "includepdf",
];

/// Commands whose words stand apart from the sentence that they are called in.
const APART: [&str; 7] = ["footnote", "footnotetext", "endnote", "thanks", "marginpar", "sidenote", "todo"];

/// The words of a LaTeX text.
pub(super) fn view(text: &str) -> View {
    let body = |mark: &str| text.find(mark);
    let start = body("\\begin{document}").map_or(0, |start| start + "\\begin{document}".len());
    let end = body("\\end{document}").filter(|end| *end >= start).unwrap_or(text.len());
    let mut reader = Reader { text, view: View::default(), apart: VecDeque::from([(start..end, true)]) };
    while let Some((range, is_open)) = reader.apart.pop_front() {
        reader.read(range, is_open);
        reader.view.put("\n\n");
    }
    reader.view
}

struct Reader<'a> {
    text: &'a str,
    view: View,
    /// Parts still to be read, and whether they are open: the body, then footnotes.
    apart: VecDeque<(Range<usize>, bool)>,
}

impl Reader<'_> {
    /// Reads a part of the text; if it is open, links may be made in it.
    fn read(&mut self, range: Range<usize>, is_open: bool) {
        let (mut start, mut position) = (range.start, range.start);
        while position < range.end {
            let byte = self.byte(position);
            if !matches!(byte, b'\\' | b'%' | b'$' | b'~' | b'{' | b'}') {
                position += 1;
                continue;
            }
            self.view.show(self.text, start..position, is_open);
            position = self.read_special(byte, position, range.end, is_open).max(position + 1);
            start = position.min(range.end);
        }
        self.view.show(self.text, start..range.end, is_open);
    }

    /// Reads what begins with a special character; gives its end.
    fn read_special(&mut self, byte: u8, start: usize, end: usize, is_open: bool) -> usize {
        match byte {
            b'\\' => self.read_command(start, end, is_open),
            b'%' => self.after(start, end, "\n").map_or(end, |next| next - 1),
            b'$' => self.read_formula(start, end),
            b'~' => {
                self.view.show_as(" ", start..start + 1, is_open);
                start + 1
            }
            _ => start + 1,
        }
    }

    fn read_formula(&mut self, start: usize, end: usize) -> usize {
        let mark = if self.byte(start + 1) == b'$' { "$$" } else { "$" };
        let close = self.after(start + mark.len(), end, mark);
        // A formula does not go on behind a blank line; the dollar is then a slip.
        let close = close.filter(|close| !self.part(start..*close).contains("\n\n"));
        close.map_or(start + mark.len(), |close| self.hide(close))
    }

    fn read_command(&mut self, start: usize, end: usize, is_open: bool) -> usize {
        let name = self.name(start + 1, end);
        let after = start + 1 + name.len();
        match name.as_str() {
            "" => self.read_sign(start, end, is_open),
            "verb" | "lstinline" | "mintinline" => self.read_verb(after, end),
            "begin" => self.read_begin(after, end),
            "href" => self.read_link(self.groups(after, end, 1), end),
            "hyperref" | "hyperlink" if self.byte(after) == b'[' => self.read_link(self.groups(after, end, 0), end),
            "hyperlink" => self.read_link(self.groups(after, end, 1), end),
            "end" => self.groups(after, end, 1),
            name if APART.contains(&name) => self.read_apart(after, end, is_open),
            _ if is_silent(&name) => {
                let close = self.groups(after, end, usize::MAX);
                self.hide(close)
            }
            _ => self.groups(after, end, 0),
        }
    }

    /// A command of one sign: a blank, an escaped character, a formula.
    fn read_sign(&mut self, start: usize, end: usize, is_open: bool) -> usize {
        let range = start..start + 2;
        match self.byte(start + 1) {
            b',' | b' ' | b';' | b':' => self.view.show_as(" ", range.clone(), is_open),
            b'_' => self.view.show_as("_", range.clone(), is_open),
            b'&' => self.view.show_as("&", range.clone(), is_open),
            b'%' => self.view.show_as("%", range.clone(), is_open),
            b'(' => return self.after(start, end, "\\)").map_or(range.end, |close| self.hide(close)),
            b'[' => return self.after(start, end, "\\]").map_or(range.end, |close| self.hide(close)),
            // A letter of another script is no command.
            byte if !byte.is_ascii() => return start + 1,
            _ => {}
        }
        range.end
    }

    /// `\verb|…|`, `\lstinline[…]|…|` or with braces.
    fn read_verb(&mut self, after: usize, end: usize) -> usize {
        let star = usize::from(self.byte(after) == b'*');
        let open = self.groups(after + star, end, 0);
        if self.byte(open) == b'{' {
            let close = self.groups(open, end, usize::MAX);
            return self.hide(close);
        }
        let Some(mark) = self.part(open..end).chars().next() else { return end };
        let close = self.after(open + mark.len_utf8(), end, &mark.to_string()).unwrap_or(end);
        self.hide(close)
    }

    fn read_begin(&mut self, after: usize, end: usize) -> usize {
        let close = self.closing(after, end, b'{', b'}');
        let name = self.part(after..close).trim_start_matches('{').trim_end_matches('}').to_owned();
        if VERBATIM.contains(&name.as_str()) || FORMULAS.contains(&name.as_str()) {
            let close = self.after(close, end, &format!("\\end{{{name}}}")).unwrap_or(end);
            return self.hide(close);
        }
        self.groups(close, end, 0)
    }

    /// The words of a link, in the group at `open`: shown, but closed.
    fn read_link(&mut self, open: usize, end: usize) -> usize {
        let close = self.groups(open, end, 1);
        if self.byte(open) == b'{' {
            self.read(open + 1..close.saturating_sub(1).max(open + 1), false);
        }
        close
    }

    /// Words that are read after the sentence is, so that they do not part it.
    fn read_apart(&mut self, after: usize, end: usize, is_open: bool) -> usize {
        let open = self.groups(after, end, 0);
        let close = self.groups(open, end, 1);
        if close > open + 1 {
            self.apart.push_back((open + 1..close - 1, is_open));
        }
        close
    }

    /// Puts an object in the place of what ends at `end`.
    fn hide(&mut self, end: usize) -> usize {
        self.view.put(OBJECT);
        end
    }

    /// The end of the `[…]` that follow `start` and of up to `n_groups` `{…}`.
    fn groups(&self, start: usize, end: usize, n_groups: usize) -> usize {
        let (mut position, mut n_read) = (start, 0);
        loop {
            let close = match self.byte(position) {
                b'[' if position < end => self.closing(position, end, b'[', b']'),
                b'{' if position < end && n_read < n_groups => {
                    n_read += 1;
                    self.closing(position, end, b'{', b'}')
                }
                b'*' if position == start => position + 1,
                _ => return position,
            };
            position = close;
        }
    }

    /// The end of the group that opens at `start`.
    fn closing(&self, start: usize, end: usize, open: u8, close: u8) -> usize {
        let (mut depth, mut position) = (0_usize, start);
        while position < end {
            match self.byte(position) {
                b'\\' => position += 1,
                byte if byte == open => depth += 1,
                byte if byte == close && depth == 1 => return position + 1,
                byte if byte == close => depth = depth.saturating_sub(1),
                _ => {}
            }
            position += 1;
        }
        end
    }

    fn name(&self, start: usize, end: usize) -> String {
        self.part(start..end).chars().take_while(char::is_ascii_alphabetic).collect()
    }

    /// The end of the next `mark` from `start` on.
    fn after(&self, start: usize, end: usize, mark: &str) -> Option<usize> {
        self.part(start..end).find(mark).map(|offset| start + offset + mark.len())
    }

    fn part(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    fn byte(&self, position: usize) -> u8 {
        self.text.as_bytes().get(position).copied().unwrap_or_default()
    }
}

fn is_silent(name: &str) -> bool {
    SILENT.contains(&name) || name.contains("cite") || name.ends_with("ref") || name.ends_with("refs")
}

/// `\href{url}{words}`, with what TeX would read in the address escaped (hyperref manual, `\href`).
pub(super) fn link(words: &str, url: &str) -> Option<String> {
    let url = encoded(url).replace('%', "\\%").replace('#', "\\#").replace('&', "\\&");
    (!words.contains("\n\n")).then(|| format!("\\href{{{url}}}{{{words}}}"))
}
