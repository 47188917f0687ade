//! The words of a text as a reader sees them, with the map back to the text.

use super::address::is_address_at;
use std::collections::BTreeSet;
use std::ops::Range;

/// What stands for something that is no words: code, a formula, a reference.
pub(super) const OBJECT: &str = "\u{fffc}";

/// Words shown at one place of the view.
#[derive(Clone)]
pub(super) struct Run {
    /// Their bytes in the view.
    pub shown: Range<usize>,
    /// Their bytes in the source.
    pub source: Range<usize>,
    /// Whether links may be made in them.
    pub is_open: bool,
}

/// The words of a text, without its markup.
#[derive(Default)]
pub(super) struct View {
    text: String,
    runs: Vec<Run>,
    /// Offsets in the view behind which a link was left out.
    linked: BTreeSet<usize>,
}

impl View {
    /// The words.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Shows the part of `source` at `range` as it is; if it is open, links may be made in it, except in addresses.
    pub(super) fn show(&mut self, source: &str, range: Range<usize>, is_open: bool) {
        let mut start = range.start;
        while start < range.end {
            let Some(rest) = source.get(start..range.end) else { return };
            let (words, address) = next_address(rest);
            self.show_as(&rest[..words], start..start + words, is_open);
            if address > words {
                self.put(OBJECT);
            }
            start += address.max(1);
        }
    }

    /// Shows the bytes at `source` as `words`.
    pub(super) fn show_as(&mut self, words: &str, source: Range<usize>, is_open: bool) {
        let start = self.text.len();
        self.text.push_str(words);
        if !words.is_empty() {
            self.runs.push(Run { shown: start..self.text.len(), source, is_open });
        }
    }

    /// Shows something that stands nowhere in the source.
    pub(super) fn put(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Appends the view of a part of the source; `places` says where its runs stand in the whole.
    pub(super) fn append(&mut self, part: Self, places: impl Fn(&Run) -> Vec<Run>) {
        let start = self.text.len();
        self.text.push_str(&part.text);
        self.linked.extend(part.linked.iter().map(|offset| start + offset));
        for run in part.runs.iter().flat_map(places) {
            self.runs.push(Run { shown: start + run.shown.start..start + run.shown.end, ..run });
        }
    }

    /// Notes that the words so far end in a link that is not shown.
    pub(super) fn note_link(&mut self) {
        self.linked.insert(self.text.len());
    }

    /// The bytes of the source that are shown at `range`, if they are open, stand together, and are no link.
    pub(super) fn source(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let first = self.runs.partition_point(|run| run.shown.end <= range.start);
        let last = self.runs.partition_point(|run| run.shown.start < range.end);
        let runs = self.runs.get(first..last)?;
        let are_one = runs.iter().all(|run| run.is_open)
            && runs.windows(2).all(|pair| matches!(pair, [left, right] if left.source.end == right.source.start));
        let (head, tail) = (runs.first()?, runs.last()?);
        let is_whole = head.shown.start <= range.start && tail.shown.end >= range.end;
        let is_link = self.linked.contains(&range.end);
        (are_one && is_whole && !is_link).then(|| head.place(range.start)..tail.place(range.end))
    }
}

impl Run {
    /// The place in the source of an offset in the view. Words shown as others are only entered and left at their ends.
    fn place(&self, offset: usize) -> usize {
        if self.shown.len() == self.source.len() {
            self.source.start + (offset - self.shown.start)
        } else if offset <= self.shown.start {
            self.source.start
        } else {
            self.source.end
        }
    }
}

/// Where the first address in `text` begins and ends; its length twice if there is none.
fn next_address(text: &str) -> (usize, usize) {
    let mut is_start = true;
    for (offset, character) in text.char_indices() {
        let length = if is_start { is_address_at(&text[offset..]) } else { None };
        if let Some(length) = length {
            return (offset, offset + length);
        }
        is_start = !character.is_ascii_alphanumeric() && character != '.' && character != '-' && character != '/';
    }
    (text.len(), text.len())
}
