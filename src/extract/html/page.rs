//! The tree of a page → blocks.

use super::element::{List, is_around_a_table, is_block, is_raised, join_han, list, number_of_item};
use super::note::Notes;
use super::tree::walk;
use crate::extract::document::{Block, DELETED, LINE_BREAK, LeftOut, Text};
use crate::extract::grid::{Cell, Grid, flatten};
use crate::extract::label;
use scraper::node::Element;
use scraper::{Html, Node};
use std::collections::HashMap;

/// The blocks of `html`, and what is not among them.
pub(super) fn read(html: &Html, notes: &Notes) -> (Vec<Block>, Vec<LeftOut>) {
    let mut page = Page::new(notes);
    walk(html, |number, node, is_end| match node {
        Node::Text(text) if !is_end => page.push(text),
        Node::Element(element) if is_end => page.close(number, element),
        Node::Element(element) => page.open(number, element),
        _ => {}
    });
    page.finish()
}

enum Holder {
    Page,
    Cell { span: usize, rows: usize },
    Note(usize),
    Furniture,
}

#[derive(Default)]
struct Table {
    grid: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    column: usize,
    has_heads: bool,
    /// Columns that cells of earlier rows reach into: first, number, rows left.
    reached: Vec<(usize, usize, usize)>,
}

struct Page<'n> {
    /// The number of the list item that has begun, while nothing of it was read.
    number: String,
    /// How many elements are open whose text is raised.
    raised: usize,
    notes: &'n Notes,
    containers: Vec<(Holder, Vec<Block>)>,
    text: Text,
    marked: Vec<Block>,
    tables: Vec<Table>,
    lists: Vec<List>,
    /// Elements whose text is left out: number, what it is.
    left: Option<(usize, &'static str)>,
    /// Number of the link that is being read as a mark or as a link back, and its text.
    link: Option<(usize, String)>,
    main: usize,
    pre: usize,
    labels: HashMap<usize, String>,
    bodies: HashMap<usize, Vec<Block>>,
    left_out: Vec<LeftOut>,
}

impl<'n> Page<'n> {
    fn new(notes: &'n Notes) -> Self {
        Self {
            number: String::new(),
            raised: 0,
            notes,
            containers: vec![(Holder::Page, Vec::new())],
            text: Text::default(),
            marked: Vec::new(),
            tables: Vec::new(),
            lists: Vec::new(),
            left: None,
            link: None,
            main: 0,
            pre: 0,
            labels: HashMap::new(),
            bodies: HashMap::new(),
            left_out: Vec::new(),
        }
    }

    fn push(&mut self, text: &str) {
        if let Some((_, what)) = self.left {
            return self.leave_out(what, text);
        }
        if let Some((_, link)) = &mut self.link {
            return link.push_str(text);
        }
        if text.contains('\u{ad}') {
            let hyphens: String = text.chars().filter(|character| *character == '\u{ad}').collect();
            self.leave_out("soft hyphen", &hyphens);
        }
        let text = text.replace('\u{ad}', "");
        if self.pre > 0 {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.end_line();
                }
                self.push_shown(line);
            }
            return;
        }
        self.push_shown(&join_han(&text));
    }

    /// Takes characters that are shown, behind the number of the item that they begin.
    fn push_shown(&mut self, text: &str) {
        let text = if self.text.as_str().is_empty() { text.trim_start_matches([' ', '\n', '\t', '\r']) } else { text };
        if !text.trim().is_empty() {
            self.text.push(&std::mem::take(&mut self.number));
        }
        if self.raised > 0 { self.text.push_raised(text) } else { self.text.push(text) }
    }

    /// A line ends; an empty line parts paragraphs.
    fn end_line(&mut self) {
        if self.text.as_str().trim_end_matches(' ').ends_with(LINE_BREAK) {
            self.end_paragraph();
        } else if !self.text.is_blank() {
            self.text.break_line();
        }
    }

    fn leave_out(&mut self, what: &'static str, text: &str) {
        match self.left_out.last_mut() {
            Some(last) if last.what == what => last.text.push_str(text),
            _ => self.left_out.push(LeftOut { what, text: text.to_owned() }),
        }
    }

    fn open(&mut self, number: usize, element: &Element) {
        if self.left.is_some() {
            return;
        }
        if let Some(what) = self.why_left_out(number, element) {
            self.left = Some((number, what));
            return;
        }
        if is_block(element) {
            self.end_paragraph();
        }
        self.raised += usize::from(is_raised(element));
        if self.notes.bodies.contains_key(&number) {
            self.containers.push((Holder::Note(number), Vec::new()));
        }
        if self.notes.marks.contains_key(&number) || self.notes.backs.contains_key(&number) {
            self.link = Some((number, String::new()));
        }
        match element.name() {
            "main" | "article" => self.main += 1,
            "br" => self.end_line(),
            "pre" => self.pre += 1,
            "ol" | "ul" | "menu" => self.lists.push(list(element)),
            "li" if !self.notes.bodies.contains_key(&number) => self.begin_item(element),
            "table" => {
                self.text.push(&std::mem::take(&mut self.number));
                self.end_paragraph();
                self.tables.push(Table::default());
            }
            "tr" => self.begin_row(),
            "td" | "th" => self.begin_cell(element),
            _ if self.is_furniture(element) => self.containers.push((Holder::Furniture, Vec::new())),
            _ => {}
        }
    }

    /// Whether `element` holds what a page carries besides its text: as LibreOffice and Word mark it, or the foot of a
    /// page that does not tell its main content.
    fn is_furniture(&self, element: &Element) -> bool {
        let style = element.attr("style").unwrap_or_default();
        match element.name() {
            "div" => {
                matches!(element.attr("title"), Some("header" | "footer"))
                    || ["mso-element:header", "mso-element:footer"]
                        .iter()
                        .any(|kind| style.split(';').any(|part| part.trim() == *kind))
            }
            "footer" => !self.notes.has_main && self.tables.is_empty(),
            _ => false,
        }
    }

    fn close(&mut self, number: usize, element: &Element) {
        if let Some((left, _)) = self.left {
            if left == number {
                self.left = None;
            }
            return;
        }
        if self.link.as_ref().is_some_and(|(link, _)| *link == number) {
            self.end_link();
        }
        if is_block(element) {
            self.end_paragraph();
        }
        self.raised -= usize::from(is_raised(element)).min(self.raised);
        match element.name() {
            "li" => self.number.clear(),
            "main" | "article" => self.main = self.main.saturating_sub(1),
            "pre" => self.pre = self.pre.saturating_sub(1),
            "ol" | "ul" | "menu" => _ = self.lists.pop(),
            "td" | "th" => self.end_container(),
            "tr" => self.end_row(self.notes.bodies.contains_key(&number)),
            "table" => self.end_table(),
            _ if self.is_furniture(element) => self.end_container(),
            _ => {}
        }
        if self.notes.bodies.contains_key(&number) {
            self.end_container();
        }
    }

    /// Why the text of `element` is none of the document's, if it is not.
    fn why_left_out(&self, number: usize, element: &Element) -> Option<&'static str> {
        let is_around = self.notes.has_main && self.main == 0;
        let style = element.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        let is_hidden = element.attr("hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden")
            || style.contains("mso-hide:all");
        match (element.name(), element.attr("role")) {
            ("title", _) => Some("title of the page"),
            ("script", _) => Some("script"),
            ("style", _) => Some("style sheet"),
            ("noscript" | "template", _) => Some("text for other programs"),
            ("nav", _) | (_, Some("navigation" | "search")) => Some("navigation"),
            ("del", _) => Some(DELETED),
            // What Word keeps of a document beside its text.
            ("xml", _) => Some("settings of a word processor"),
            _ if style.contains("mso-element:comment") => Some("comment"),
            ("aside", _) if self.notes.around.contains(&number) => None,
            ("aside", _) | (_, Some("complementary")) => Some("what stands beside the text of the page"),
            ("header" | "footer", _) | (_, Some("banner" | "contentinfo")) if is_around => {
                Some("what stands around the text of the page")
            }
            ("button" | "select" | "textarea" | "option" | "datalist", _) => Some("form control"),
            ("svg" | "math" | "iframe" | "object" | "audio" | "video" | "canvas", _) => Some("embedded object"),
            _ if is_hidden => Some("hidden text"),
            _ => None,
        }
    }

    fn end_link(&mut self) {
        let Some((number, text)) = self.link.take() else { return };
        let label = text.trim().trim_matches(['(', ')', '[', ']']).trim().to_owned();
        if let Some(mark) = self.notes.backs.get(&number) {
            if self.labels.get(mark) != Some(&label) {
                self.leave_out("link back from a note", &text);
            }
            return;
        }
        let Some(body) = self.notes.marks.get(&number) else { return };
        self.text.push(&std::mem::take(&mut self.number));
        self.text.push_mark(&label);
        // The note's text comes later: for now, the number of the element that holds it.
        self.marked.push(Block::Footnote { label: label.clone(), text: Text::new(&body.to_string()) });
        self.labels.insert(number, label);
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let marked = std::mem::take(&mut self.marked);
        if let Some((_, blocks)) = self.containers.last_mut() {
            if !text.as_str().trim_matches(' ').is_empty() {
                blocks.push(Block::Paragraph(text));
            }
            blocks.extend(marked);
        }
    }

    fn begin_item(&mut self, element: &Element) {
        if let Some(list) = self.lists.last_mut() {
            self.number.extend(number_of_item(list, element));
        }
    }

    fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            (table.row, table.column) = (Vec::new(), 0);
            table.reached.retain_mut(|(_, _, rows)| {
                *rows = rows.saturating_sub(1);
                *rows > 0
            });
        }
    }

    /// A row ends, whose cells are the text of a note where it `is_note`.
    fn end_row(&mut self, is_note: bool) {
        let Some(table) = self.tables.last_mut() else { return };
        let row = std::mem::take(&mut table.row);
        if is_note {
            self.extend(row.into_iter().flat_map(|cell| cell.blocks).collect());
        } else {
            table.grid.push(row);
        }
    }

    fn begin_cell(&mut self, element: &Element) {
        let number = |name| element.attr(name).and_then(|value| value.trim().parse::<usize>().ok());
        let rows = number("rowspan").map_or(1, |rows| if rows == 0 { usize::MAX } else { rows });
        let span = number("colspan").unwrap_or(1).clamp(1, 1000);
        if let Some(table) = self.tables.last_mut() {
            table.has_heads |= element.name() == "th";
        }
        self.containers.push((Holder::Cell { span, rows }, Vec::new()));
    }

    fn end_container(&mut self) {
        self.end_paragraph();
        if self.containers.len() < 2 {
            return;
        }
        let Some((holder, blocks)) = self.containers.pop() else { return };
        match holder {
            Holder::Page => self.extend(blocks),
            Holder::Note(number) => _ = self.bodies.insert(number, blocks),
            Holder::Furniture => {
                let (notes, lines): (Vec<_>, Vec<_>) =
                    blocks.into_iter().partition(|block| matches!(block, Block::Footnote { .. }));
                let lines = lines.into_iter().map(|block| flatten(vec![block]).0).filter(|line| !line.is_blank());
                self.extend(lines.map(Block::Furniture).collect());
                self.extend(notes);
            }
            Holder::Cell { span, rows } => self.end_cell(blocks, span, rows),
        }
    }

    fn end_cell(&mut self, blocks: Vec<Block>, span: usize, rows: usize) {
        let Some(table) = self.tables.last_mut() else { return self.extend(blocks) };
        while let Some((start, span, _)) =
            table.reached.iter().find(|(start, span, _)| (*start..start + span).contains(&table.column))
        {
            table.column = start + span;
        }
        let start = table.column;
        table.column += span;
        // A cell that reaches down is noted for the rows below; so wide a table is not lined up.
        if rows > 1 && table.reached.len() < 64 {
            table.reached.push((start, span, rows));
        }
        table.row.push(Cell { start, span, blocks });
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let is_layout = !table.has_heads && (table.grid.len() == 1 || is_around_a_table(&table.grid));
        let blocks = if is_layout {
            table.grid.into_iter().flatten().flat_map(|cell| cell.blocks).collect()
        } else {
            let mut grid = Grid::default();
            table.grid.into_iter().for_each(|row| grid.push(row));
            grid.into_blocks()
        };
        self.extend(blocks);
    }

    fn extend(&mut self, blocks: Vec<Block>) {
        if let Some((_, held)) = self.containers.last_mut() {
            held.extend(blocks);
        }
    }

    /// The blocks with each note behind the block that marks it.
    fn finish(mut self) -> (Vec<Block>, Vec<LeftOut>) {
        self.end_paragraph();
        let blocks = std::mem::take(&mut self.containers).into_iter().flat_map(|(_, blocks)| blocks);
        let mut ahead: Vec<Block> = blocks.collect();
        ahead.reverse();
        let mut all = Vec::with_capacity(ahead.len());
        while let Some(block) = ahead.pop() {
            let Block::Footnote { label, text: number } = block else {
                all.push(block);
                continue;
            };
            let held = number.as_str().parse().ok().and_then(|body: usize| self.bodies.remove(&body));
            let (mut text, inner) = flatten(held.unwrap_or_default());
            label::remove(&mut text, &label);
            all.push(Block::Footnote { label, text });
            ahead.extend(inner.into_iter().rev());
        }
        let mut rest: Vec<(usize, Vec<Block>)> = self.bodies.into_iter().collect();
        rest.sort_by_key(|(number, _)| *number);
        all.extend(rest.into_iter().flat_map(|(_, blocks)| blocks));
        (all, self.left_out)
    }
}
