//! The tree of a page → blocks.

use super::note::Notes;
use super::tree::walk;
use crate::extract::document::{Block, LeftOut, Text};
use crate::extract::grid::{Cell, Grid, flatten};
use crate::extract::label;
use crate::extract::numeral::NumberFormat;
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

struct List {
    format: Option<NumberFormat>,
    next: i64,
    step: i64,
}

struct Page<'n> {
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
    order: Vec<usize>,
    left_out: Vec<LeftOut>,
}

impl<'n> Page<'n> {
    fn new(notes: &'n Notes) -> Self {
        Self {
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
            order: Vec::new(),
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
            for (index, line) in text.lines().enumerate() {
                if index > 0 && !self.text.is_blank() {
                    self.text.break_line();
                }
                self.text.push(line);
            }
            return;
        }
        let text = join_han(&text);
        let text = if self.text.as_str().is_empty() { text.trim_start_matches([' ', '\n', '\t', '\r']) } else { &text };
        self.text.push(text);
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
        if let Some(what) = self.why_left_out(element) {
            self.left = Some((number, what));
            return;
        }
        if is_block(element.name()) {
            self.end_paragraph();
        }
        if self.notes.bodies.contains_key(&number) {
            self.containers.push((Holder::Note(number), Vec::new()));
        }
        if self.notes.marks.contains_key(&number) || self.notes.backs.contains_key(&number) {
            self.link = Some((number, String::new()));
        }
        match element.name() {
            "main" | "article" => self.main += 1,
            "br" if !self.text.is_blank() => self.text.break_line(),
            "pre" => self.pre += 1,
            "ol" | "ul" | "menu" => self.lists.push(list(element)),
            "li" if !self.notes.bodies.contains_key(&number) => self.begin_item(element),
            "table" => self.tables.push(Table::default()),
            "tr" => self.begin_row(),
            "td" | "th" => self.begin_cell(element),
            "div" if matches!(element.attr("title"), Some("header" | "footer")) => {
                self.containers.push((Holder::Furniture, Vec::new()));
            }
            _ => {}
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
        if is_block(element.name()) {
            self.end_paragraph();
        }
        match element.name() {
            "main" | "article" => self.main = self.main.saturating_sub(1),
            "pre" => self.pre = self.pre.saturating_sub(1),
            "ol" | "ul" | "menu" => _ = self.lists.pop(),
            "td" | "th" => self.end_container(),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    let row = std::mem::take(&mut table.row);
                    table.grid.push(row);
                }
            }
            "table" => self.end_table(),
            "div" if matches!(element.attr("title"), Some("header" | "footer")) => self.end_container(),
            _ => {}
        }
        if self.notes.bodies.contains_key(&number) {
            self.end_container();
        }
    }

    /// Why the text of `element` is none of the document's, if it is not.
    fn why_left_out(&self, element: &Element) -> Option<&'static str> {
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
        self.text.push_mark(&label);
        self.order.push(*body);
        self.marked.push(Block::Footnote { label: label.clone(), text: Text::default() });
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
        let Some(list) = self.lists.last_mut() else { return };
        if let Some(value) = element.attr("value").and_then(|value| value.trim().parse().ok()) {
            list.next = value;
        }
        let value = list.next;
        list.next = value.saturating_add(list.step);
        let number = match (list.format, u32::try_from(value)) {
            (Some(NumberFormat::Bullet), _) => "- ".to_owned(),
            (Some(NumberFormat::None) | None, _) => return,
            (Some(format), Ok(value)) => format!("{}. ", format.write(value)),
            (Some(_), Err(_)) => format!("{value}. "),
        };
        self.text.push(&number);
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
                let lines = blocks.into_iter().map(|block| flatten(vec![block]).0).filter(|line| !line.is_blank());
                self.extend(lines.map(Block::Furniture).collect());
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
        let is_layout = table.grid.len() == 1 && !table.has_heads;
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
        let blocks: Vec<Block> =
            std::mem::take(&mut self.containers).into_iter().flat_map(|(_, blocks)| blocks).collect();
        let mut order = std::mem::take(&mut self.order).into_iter();
        let mut all = Vec::with_capacity(blocks.len());
        for block in blocks {
            let Block::Footnote { label, .. } = block else {
                all.push(block);
                continue;
            };
            let held = order.next().and_then(|body| self.bodies.remove(&body)).unwrap_or_default();
            let (mut text, _) = flatten(held);
            label::remove(&mut text, &label);
            all.push(Block::Footnote { label, text });
        }
        let mut rest: Vec<(usize, Vec<Block>)> = self.bodies.into_iter().collect();
        rest.sort_by_key(|(number, _)| *number);
        all.extend(rest.into_iter().flat_map(|(_, blocks)| blocks));
        (all, self.left_out)
    }
}

fn list(element: &Element) -> List {
    let style = element.attr("style").unwrap_or_default().replace(' ', "");
    let style = style.split_once("list-style-type:").and_then(|(_, style)| style.split(';').next());
    let of_style = style.and_then(NumberFormat::of_css);
    if element.name() != "ol" {
        return List { format: of_style.or(Some(NumberFormat::Bullet)), next: 1, step: 1 };
    }
    let format = of_style.unwrap_or_else(|| NumberFormat::of_html(element.attr("type").unwrap_or_default()));
    let next = element.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
    List { format: Some(format), next, step: if element.attr("reversed").is_some() { -1 } else { 1 } }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// `text` without the ends of its source lines between two Han characters, where nobody meant a blank.
fn join_han(text: &str) -> String {
    let is_han = |character: char| matches!(character as u32, 0x3000..=0x30ff | 0x3400..=0x9fff | 0xff00..=0xffef);
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_whitespace()) {
        let (before, behind) = rest.split_at(start);
        joined.push_str(before);
        let after = behind.trim_start_matches(|character: char| character.is_ascii_whitespace());
        let blanks = behind.get(..behind.len() - after.len()).unwrap_or_default();
        let joins = blanks.contains('\n')
            && joined.chars().next_back().is_some_and(is_han)
            && after.chars().next().is_some_and(is_han);
        if !joins {
            joined.push(' ');
        }
        rest = after;
    }
    joined.push_str(rest);
    joined
}
