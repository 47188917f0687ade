//! What a site generator replaces in a text: shortcodes (Hugo, Quarto), tags (Liquid in Jekyll, Jinja), attributes
//! and fences (Pandoc, Quarto, kramdown).

use std::ops::Range;

/// What opens and closes a call; the longer marks first.
const CALLS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}")];

/// Tags of Liquid whose content is no text: it is shown as it is, or not at all.
const VERBATIM: [&str; 3] = ["raw", "highlight", "comment"];

/// The calls, attributes and fences in a Markdown text, in order.
pub(super) fn marks(text: &str) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = fences(text).collect();
    let mut position = 0;
    while let Some(offset) = text.get(position..).and_then(|rest| rest.find('{')) {
        let start = position + offset;
        let end = call_end(text, start).or_else(|| attributes_end(text, start));
        marks.extend(end.map(|end| start..end));
        position = end.unwrap_or(start + 1);
    }
    marks.sort_by_key(|mark| mark.start);
    marks
}

/// The end of the call at `start`, with the content of one that gives it to a program.
pub(super) fn call_end(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let (open, close) = CALLS.into_iter().find(|(open, _)| rest.starts_with(open))?;
    // A call does not go on behind a blank line; the braces are then something else.
    let paragraph = rest.split("\n\n").next()?;
    let length = paragraph.find(close)? + close.len();
    let inside = paragraph.get(open.len()..length - close.len()).unwrap_or_default();
    let name = inside.trim_start_matches('-').split_whitespace().next().unwrap_or_default();
    let behind = rest.get(length..)?;
    let content = match open {
        "{{<" if !inside.trim_end().ends_with('/') => after_tag(behind, open, &format!("/{name}"), close),
        "{%" if VERBATIM.contains(&name) => after_tag(behind, open, &format!("end{name}"), close),
        _ => None,
    };
    Some(start + length + content.unwrap_or(0))
}

/// The end of the first tag `name` in `text`.
fn after_tag(text: &str, open: &str, name: &str, close: &str) -> Option<usize> {
    text.match_indices(open).find_map(|(offset, _)| {
        let inside = text.get(offset + open.len()..)?;
        let rest = inside.trim_start_matches(['-', ' ']).strip_prefix(name)?.trim_start();
        let rest = rest.trim_start_matches('-').strip_prefix(close)?;
        Some(text.len() - rest.len())
    })
}

/// The end of attributes such as `{#id .class key="value"}` or `{: .class}`, which stand on one line.
fn attributes_end(text: &str, start: usize) -> Option<usize> {
    let inside = text.get(start + 1..)?.split('\n').next()?;
    let first = inside.trim_start_matches(':').trim_start();
    let key = first.trim_start_matches(|character: char| character.is_ascii_alphanumeric() || character == '-');
    if !first.starts_with(['#', '.', '=', '-']) && (key.len() == first.len() || !key.starts_with('=')) {
        return None;
    }
    let mut is_quoted = false;
    let end = inside.find(|character| {
        is_quoted ^= character == '"';
        character == '}' && !is_quoted
    });
    end.map(|end| start + 1 + end + 1)
}

/// Lines that open or close a division: `::: {.note title="…"}`.
fn fences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        end += line.len();
        (line, end - line.len()..end)
    });
    lines.filter(|(line, _)| line.trim_start().starts_with(":::")).map(|(_, range)| range)
}
