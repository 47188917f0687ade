//! Footnotes of a page: a link whose target has a link back to it.

use scraper::{Html, Node};
use std::collections::{HashMap, HashSet};

/// Elements by their number in document order.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Links that mark a note, with the element that holds the note.
    pub(super) marks: HashMap<usize, usize>,
    /// Elements that hold a note, with its mark.
    pub(super) bodies: HashMap<usize, usize>,
    /// Links from a note back to its mark.
    pub(super) backs: HashMap<usize, usize>,
    /// Elements around notes.
    pub(super) around: HashSet<usize>,
    /// Whether the page tells its main content from what stands around it.
    pub(super) has_main: bool,
}

struct Link {
    number: usize,
    /// What other links may call it: its own name or id, or that of the element right around it.
    names: Vec<String>,
    target: String,
    /// The element that holds the note, if this is the link back.
    body: usize,
    /// The element beside the text, if there is one, in which the link stands.
    aside: Option<usize>,
}

/// Finds the notes of `html`.
pub(super) fn find(html: &Html) -> Notes {
    let mut notes = Notes::default();
    let mut links = Vec::new();
    // Number, whether it can hold a note, whether it has an id, names.
    let mut open: Vec<(usize, bool, Vec<String>)> = Vec::new();
    let mut asides = Vec::new();
    super::tree::walk(html, |number, node, is_end| {
        let Node::Element(element) = node else { return };
        if is_end {
            open.pop();
            asides.pop_if(|aside| *aside == number);
            return;
        }
        if element.name() == "aside" && asides.is_empty() {
            asides.push(number);
        }
        notes.has_main |= matches!(element.name(), "main" | "article");
        let names: Vec<String> = ["id", "name"].iter().filter_map(|key| element.attr(key)).map(str::to_owned).collect();
        if let Some(target) =
            element.attr("href").filter(|_| element.name() == "a").and_then(|href| href.split_once('#'))
        {
            let around = open.last().map(|(_, _, names)| names.clone()).unwrap_or_default();
            let body = open.iter().rev().find(|(_, holds, names)| *holds && !names.is_empty());
            let body = body.or_else(|| open.iter().rev().find(|(_, holds, _)| *holds));
            let names = names.iter().cloned().chain(around).collect();
            links.push(Link {
                number,
                names,
                target: target.1.to_owned(),
                body: body.map_or(0, |(number, ..)| *number),
                aside: asides.last().copied(),
            });
        }
        open.push((number, matches!(element.name(), "div" | "li" | "p" | "dd" | "aside" | "tr"), names));
    });
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    let mut by_target: HashMap<&str, usize> = HashMap::new();
    for (index, link) in links.iter().enumerate() {
        // A link back: an earlier link has its target's name, and refers to it or to what holds it.
        if let Some(mark) = by_name.get(link.target.as_str()).and_then(|index| links.get(*index))
            && by_target.contains_key(mark.target.as_str())
            && mark.body != link.body
            && !notes.marks.contains_key(&mark.number)
            && !notes.bodies.contains_key(&link.body)
        {
            notes.marks.insert(mark.number, link.body);
            notes.bodies.insert(link.body, mark.number);
            notes.backs.insert(link.number, mark.number);
            notes.around.extend(link.aside);
            continue;
        }
        for name in &link.names {
            by_name.entry(name).or_insert(index);
        }
        by_target.entry(&link.target).or_insert(index);
    }
    notes
}
